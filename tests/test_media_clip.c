/* SPDX-License-Identifier: Apache-2.0 */
/* Clips are decoded again: length, level, passage, and the same bytes twice. */
#include "check.h"
#include "fixture_dir.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "media/clip.h"
#include "media/library.h"
#include "media/reader.h"

#include <stdlib.h>
#include <unistd.h>

/* Bursts over a falling sweep: a level, and a course of time that shifts would show. */
static float tone(size_t i, int rate, int channel)
{
    double t = (double)i / rate;
    double burst = fmod(t, 0.5) < 0.3 ? 1 : 0.1;
    double sweep = 0.3 * sin(2 * 3.14159265358979 * (900 * t - 40 * t * t + 200 * channel * t));
    return (float)(burst * sweep);
}

static float *read_all(const char *path, size_t *n, int *rate, int *n_channels)
{
    struct hs_source source = {.path = path};
    struct hs_error err = {0};
    struct hs_reader *r;
    const float *const *p;
    size_t k, cap = 48000 * 20;
    float *x = hs_calloc(cap, sizeof *x);
    *n = 0;
    *rate = *n_channels = 0;
    if (!CHECK(hs_reader_open(&r, &source, &err) == HS_OK))
        return x;
    *rate = hs_reader_stream(r)->sample_rate_hz;
    *n_channels = hs_reader_stream(r)->n_channels;
    while (hs_reader_read(r, 5000, &p, &k, &err) == HS_OK && k && *n + k <= cap) {
        memcpy(x + *n, p[*n_channels - 1], k * sizeof *x);
        *n += k;
    }
    CHECK(!err.status);
    hs_reader_close(r);
    return x;
}

static double level_db(const float *x, size_t n)
{
    double sum = 1e-20;
    for (size_t i = 0; i < n; i++)
        sum += (double)x[i] * x[i];
    return 10 * log10(sum / (double)n);
}

/* Lag, in frames of `rate`, at which the decoded clip is most like the tone. */
static int best_lag(const float *x, size_t n, int rate, int channel)
{
    double best = -1;
    int at = 9999;
    for (int lag = -60; lag <= 60; lag++) {
        double sum = 0;
        for (size_t i = 100; i + 100 < n; i++)
            sum += (double)x[i] * (double)tone((size_t)((int)i - lag), rate, channel);
        if (sum > best) {
            best = sum;
            at = lag;
        }
    }
    return at;
}

static void try_clip(struct hs_arena *a, const char *dir, const char *codec, int rate,
                     int n_channels, int rate_back)
{
    size_t n = (size_t)rate * 3 + 1234, n_back;
    float *x[2];
    int back, channels_back;
    for (int c = 0; c < 2; c++) {
        x[c] = hs_calloc(n, sizeof(float));
        for (size_t i = 0; i < n; i++)
            x[c][i] = tone(i, rate, c);
    }
    struct hs_error err = {0};
    char *one = hs_path_join(a, dir, "one"), *two = hs_path_join(a, dir, "two");
    const float *const *p = (const float *const *)x;
    CHECK(hs_clip_write(one, codec, p, n_channels, n, rate, &err) == HS_OK);
    CHECK(hs_clip_write(two, codec, p, n_channels, n, rate, &err) == HS_OK);
    CHECK_TEXT(err.msg, "");
    struct hs_buf b1 = {0}, b2 = {0};
    CHECK(hs_fs_read(one, 1 << 20, &b1, NULL) == HS_OK &&
          hs_fs_read(two, 1 << 20, &b2, NULL) == HS_OK);
    CHECK(b1.len == b2.len && b1.len && !memcmp(b1.data, b2.data, b1.len));
    CHECK((double)b1.len < 3.1 * 25000 + 5000);
    float *y = read_all(one, &n_back, &back, &channels_back);
    CHECK(back == rate_back && channels_back == n_channels);
    CHECK_NEAR((double)n_back, (double)n * back / rate, 1);
    CHECK_NEAR(level_db(y, n_back), level_db(x[n_channels - 1], n), 0.3);
    CHECK_NEAR(best_lag(y, n_back, back, n_channels - 1), 0, 1);
    hs_free(y);
    hs_free(x[0]);
    hs_free(x[1]);
    hs_buf_free(&b1);
    hs_buf_free(&b2);
}

int main(void)
{
    char dir[] = P_tmpdir "/hs_clip_XXXXXX";
    struct hs_arena a = {0};
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    try_clip(&a, dir, "opus", 44100, 2, 48000);
    try_clip(&a, dir, "opus", 48000, 1, 48000);
    try_clip(&a, dir, "opus", 96000, 2, 48000);
    try_clip(&a, dir, "opus", 22050, 2, 48000);
    try_clip(&a, dir, "aac", 44100, 2, 44100);
    try_clip(&a, dir, "aac", 192000, 1, 48000);
    float silence[10] = {0};
    const float *p[2] = {silence, silence};
    struct hs_error err = {0};
    CHECK(hs_clip_write(hs_path_join(&a, dir, "x"), "mp3", p, 2, 10, 44100, &err) == HS_E_FAILED);
    err = (struct hs_error){0};
    CHECK(hs_clip_write(hs_path_join(&a, dir, "no/x"), "opus", p, 2, 10, 44100, &err) == HS_E_IO);
    CHECK(remove_tree(dir));
    hs_arena_free(&a);
    return check_done();
}
