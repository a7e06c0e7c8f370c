/* SPDX-License-Identifier: Apache-2.0 */
/* A short file that is converted by blocks, as they are asked for, has the samples of one that is
 * converted from its start on, and is silent before it and behind its end. A channel that comes
 * early has its samples behind a seek, too, in a file that is too long to be kept. */
#include "check.h"
#include "pair/feed.h"
#include "wav_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FROM_HZ = 48000, TO_HZ = 44100, N = 9 * FROM_HZ + 1234 };
static const double length_s = (double)N / FROM_HZ;
static char path[64];

static void put_noise(void)
{
    struct signal s = signal_new(FROM_HZ, 2);
    struct hs_rng rng = {7};
    signal_extend(&s, length_s);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] = (float)(hs_rng_uniform(&rng) - 0.5);
    snprintf(path, sizeof path, "/tmp/test_pair_feed_XXXXXX");
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    close(fd);
    put_wav(path, &s);
    signal_free(&s);
}

static void check_piece(struct hs_feed *f, const float *const whole[2], int64_t n_whole,
                        int64_t from, size_t n)
{
    const float *x[2];
    size_t wrong = 0;
    if (!CHECK(hs_feed_get(f, from, n, x, NULL) == HS_OK))
        return;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++) {
            const int64_t at = from + (int64_t)i;
            const float there = at < 0 || at >= n_whole ? 0 : whole[c][at];
            wrong += memcmp(&there, &x[c][i], sizeof there) != 0 && there != x[c][i];
        }
    CHECK(wrong == 0);
}

/* Behind a seek: left as it is, right from as much earlier as it comes early. */
static void check_early(double rate_hz, double early_s, const float *const whole[2])
{
    const struct hs_source source = {.path = path, .shown = path, .exists = true};
    const struct hs_late late = {.step = {{0, {0, 0}, 0}, {1, {0, -early_s}, 0}}, .n = 2};
    struct hs_feed f = {0};
    CHECK(hs_feed_open(&f, &source, rate_hz, NULL) == HS_OK);
    hs_feed_keep(&f, 1000); /* as if it were longer than what is kept */
    CHECK(!f.from_start && !f.ready);
    f.late = &late;
    for (double at_s = 1.5; at_s < 8; at_s += 2.1) {
        const float *x[2];
        const size_t n = 20000;
        size_t wrong = 0;
        if (!CHECK(hs_feed_seek(&f, at_s, NULL) == HS_OK && f.origin_s <= at_s))
            break;
        const int64_t from = llround((at_s - f.origin_s) * f.rate_hz);
        const int64_t at = llround(f.origin_s * f.rate_hz) + from;
        if (!CHECK(hs_feed_get(&f, from, n, x, NULL) == HS_OK))
            break;
        for (size_t i = 0; i < n; i++)
            for (int c = 0; c < 2; c++) {
                const int64_t moved = c ? llround(early_s * f.rate_hz) : 0;
                const float there = whole[c][at + (int64_t)i - moved];
                wrong += !(fabsf(there - x[c][i]) < 1e-5f);
            }
        CHECK(wrong == 0);
    }
    hs_feed_close(&f);
}

int main(void)
{
    static const struct {
        double from_s;
        size_t n;
    } piece[] = {{6.1, 50000}, {1.7, 3}, {1.7, 20000},  {9.0, 40000}, {0, 9000},
                 {3, 200000},  {12, 10}, {-0.3, 30000}, {6.1, 50000}, {0, 9 * TO_HZ}};
    struct hs_feed on = {0}, blocks = {0};
    const int64_t n = (int64_t)N * TO_HZ / FROM_HZ + 2;
    const float *x[2], *whole[2];
    put_noise();
    const struct hs_source source = {.path = path, .shown = path, .exists = true};
    CHECK(hs_feed_open(&on, &source, TO_HZ, NULL) == HS_OK);
    CHECK(hs_feed_open(&blocks, &source, TO_HZ, NULL) == HS_OK);
    hs_feed_keep(&blocks, length_s);
    CHECK(blocks.ready != NULL && on.ready == NULL);
    CHECK(hs_feed_get(&on, 0, (size_t)n, x, NULL) == HS_OK);
    for (int c = 0; c < 2; c++) {
        whole[c] = x[c];
        CHECK(x[c][100] < 0 || x[c][100] > 0);
        CHECK(x[c][n - 1000] < 0 || x[c][n - 1000] > 0);
    }
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++)
        check_piece(&blocks, whole, n, llround(piece[i].from_s * TO_HZ), piece[i].n);
    check_early(TO_HZ, 0.005, whole);
    check_early(TO_HZ, 0.3, whole);
    hs_feed_close(&blocks);
    hs_feed_close(&on);
    unlink(path);
    return check_done();
}
