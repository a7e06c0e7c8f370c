/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a WAV that the test writes itself: values, seeking, tags, refusals. */
#include "check.h"
#include "fixture_dir.h"

#include "core/buf.h"
#include "core/fs.h"
#include "core/num.h"
#include "core/wire.h"
#include "media/checksum.h"
#include "media/library.h"
#include "media/reader.h"

#include <libavutil/mem.h>
#include <stdlib.h>
#include <unistd.h>

enum { N = 50000 };

static int sample(int frame, int channel)
{
    return (frame * (channel ? 31 : 17) + 7) % 65536 - 32768;
}

static void put_u16(struct hs_buf *b, unsigned x)
{
    hs_buf_putc(b, (char)(x & 255));
    hs_buf_putc(b, (char)(x >> 8));
}

static void make_wav(struct hs_buf *b, int n_channels, int rate, int n_frames)
{
    unsigned bytes = (unsigned)(n_frames * n_channels * 2);
    hs_buf_puts(b, "RIFF");
    hs_wire_put_u32(b, 36 + bytes);
    hs_buf_puts(b, "WAVEfmt ");
    hs_wire_put_u32(b, 16);
    put_u16(b, 1);
    put_u16(b, (unsigned)n_channels);
    hs_wire_put_u32(b, (uint32_t)rate);
    hs_wire_put_u32(b, (uint32_t)(rate * n_channels * 2));
    put_u16(b, (unsigned)(n_channels * 2));
    put_u16(b, 16);
    hs_buf_puts(b, "data");
    hs_wire_put_u32(b, bytes);
    for (int i = 0; i < n_frames; i++)
        for (int c = 0; c < n_channels; c++)
            put_u16(b, (unsigned)sample(i, c) & 65535);
}

static const char *write_file(struct hs_arena *a, const char *dir, const char *name,
                              struct hs_buf *b)
{
    char *path = hs_path_join(a, dir, name);
    CHECK(hs_fs_write(path, b->data, b->len, NULL) == HS_OK);
    hs_buf_free(b);
    *b = (struct hs_buf){0};
    return path;
}

static struct hs_reader *open_source(const char *path, const char *right)
{
    struct hs_source source = {.path = path, .right_path = right};
    struct hs_error err = {0};
    struct hs_reader *r = NULL;
    hs_reader_open(&r, &source, &err);
    if (!r)
        fprintf(stderr, "%s\n", err.msg);
    return r;
}

/* Compares what is left with the samples from `at` on; returns the frames that agree.
 */
static int agree(struct hs_reader *r, int at, size_t most, int left, int right)
{
    const float *const *p;
    size_t n;
    int start = at;
    while (hs_reader_read(r, most, &p, &n, NULL) == HS_OK && n)
        for (size_t k = 0; k < n; k++, at++)
            if (p[0][k] != (float)sample(at, left) / 32768.0f ||
                (right >= 0 && p[1][k] != (float)sample(at, right) / 32768.0f))
                return at - start;
    return at - start;
}

static void test_values_and_seek(const char *stereo)
{
    static const size_t sizes[] = {1, 7, 4096, 100000};
    for (size_t i = 0; i < 4; i++) {
        struct hs_reader *r = open_source(stereo, NULL);
        CHECK(r && agree(r, 0, sizes[i], 0, 1) == N);
        hs_reader_close(r);
    }
    static const int at[] = {0, 1, 1023, 1024, 30000, 29999, 100, N - 1, N, 5};
    struct hs_reader *r = open_source(stereo, NULL);
    for (size_t i = 0; r && i < sizeof at / sizeof *at; i++) {
        CHECK(hs_reader_seek(r, at[i], NULL) == HS_OK);
        CHECK(agree(r, at[i], 777, 0, 1) == N - at[i]);
    }
    const struct hs_stream *s = hs_reader_stream(r);
    CHECK(s->sample_rate_hz == 44100 && s->n_channels == 2 && s->lossless && s->bits == 16);
    CHECK(s->layout[0] == HS_CH_LEFT && s->layout[1] == HS_CH_RIGHT);
    CHECK_TEXT(s->codec, "pcm_s16le");
    CHECK_TEXT(s->container, "wav");
    hs_reader_close(r);
}

static void test_pairs(const char *stereo, const char *left, const char *right, const char *shorter,
                       const char *other_rate)
{
    struct hs_error err = {0};
    struct hs_reader *r = open_source(left, right);
    CHECK(r && hs_reader_stream(r)->n_channels == 2 && agree(r, 0, 500, 0, 0) == N);
    CHECK(r && hs_reader_seek(r, 4321, NULL) == HS_OK && agree(r, 4321, 500, 0, 0) == N - 4321);
    CHECK(r && !hs_reader_remarks(r));
    CHECK_TEXT(hs_reader_stream(r)->codec, "pcm_s16le"); /* after a seek too */
    hs_reader_close(r);
    r = open_source(left, shorter); /* half as long: silence follows */
    CHECK(r && agree(r, 0, 500, 0, 0) == N / 2);
    const float *const *p;
    size_t n = 0;
    CHECK(hs_reader_seek(r, N - 100, NULL) == HS_OK);
    CHECK(!hs_reader_read(r, 500, &p, &n, NULL) && n == 100 &&
          p[0][99] == (float)sample(N - 1, 0) / 32768.0f && p[1][99] == 0);
    CHECK(!hs_reader_read(r, 500, &p, &n, NULL) && n == 0);
    CHECK(hs_reader_remarks(r) && strstr(hs_reader_remarks(r), "right file is 0.567 s shorter"));
    hs_reader_close(r);
    struct hs_source bad = {.path = left, .right_path = stereo};
    CHECK(hs_reader_open(&r, &bad, &err) == HS_E_FORMAT && !r && strstr(err.msg, stereo));
    bad.right_path = other_rate;
    err = (struct hs_error){0};
    CHECK(hs_reader_open(&r, &bad, &err) == HS_E_FORMAT && strstr(err.msg, "Hz"));
}

static void test_refusals(struct hs_arena *a, const char *dir)
{
    struct hs_buf b = {0};
    struct hs_error err = {0};
    struct hs_reader *r;
    struct hs_source s = {.path = hs_path_join(a, dir, "absent.wav")};
    CHECK(hs_reader_open(&r, &s, &err) == HS_E_MISSING && strstr(err.msg, "absent.wav"));
    s.path = dir;
    CHECK(hs_reader_open(&r, &s, NULL) == HS_E_FORMAT && !r);
    hs_buf_puts(&b, "this is no audio");
    s.path = write_file(a, dir, "text.wav", &b);
    CHECK(hs_reader_open(&r, &s, NULL) == HS_E_FORMAT && !r);
    make_wav(&b, 2, 44100, N);
    b.len -= 40000; /* cut off: 10000 frames are missing */
    s.path = write_file(a, dir, "cut.wav", &b);
    CHECK(hs_reader_open(&r, &s, NULL) == HS_OK);
    CHECK(agree(r, 0, 4096, 0, 1) == N - 10000);
    const float *const *p;
    size_t n;
    err = (struct hs_error){0};
    CHECK(hs_reader_read(r, 100, &p, &n, &err) == HS_E_FORMAT && strstr(err.msg, "truncated"));
    hs_reader_close(r);
}

/* Too little memory is the machine's fault, wherever it ends: never a word on the file. */
static void test_no_memory(const char *path)
{
    const struct hs_source s = {.path = path};
    size_t n_failed = 0;
    for (size_t most = 64; most < (1 << 20); most += most / 8) {
        struct hs_reader *r;
        av_max_alloc(most);
        const enum hs_status status = hs_reader_open(&r, &s, NULL);
        CHECK(status == HS_OK || status == HS_E_IO);
        n_failed += status != HS_OK;
        if (!status)
            hs_reader_close(r);
    }
    av_max_alloc(HS_MEDIA_MOST_BYTES);
    CHECK(n_failed > 0);
}

/* FLAC's checksum bit by bit, as RFC 9639 defines it, against the one by tables. */
static void test_checksum(struct hs_arena *a)
{
    const struct hs_checksum *c = hs_checksum_new(a);
    struct hs_rng rng = {5};
    uint8_t p[302];
    for (size_t n = 0; n <= 300; n++) {
        unsigned r = 0;
        for (size_t i = 0; i < n; i++) {
            p[i] = (uint8_t)hs_rng_next(&rng);
            for (int bit = 7; bit >= 0; bit--)
                r = (r << 1 ^ ((r >> 15 ^ p[i] >> bit) & 1 ? 0x8005u : 0)) & 0xffffu;
        }
        p[n] = (uint8_t)(r >> 8), p[n + 1] = (uint8_t)r;
        CHECK(hs_checksum_holds(c, p, n + 2));
        p[hs_rng_below(&rng, n + 2)] ^= (uint8_t)(1 << hs_rng_below(&rng, 8));
        CHECK(!hs_checksum_holds(c, p, n + 2));
    }
}

int main(void)
{
    char dir[] = P_tmpdir "/hs_media_XXXXXX";
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    make_wav(&b, 2, 44100, N);
    const char *stereo = write_file(&a, dir, "stereo.wav", &b);
    make_wav(&b, 1, 44100, N);
    const char *mono = write_file(&a, dir, "mono.wav", &b);
    make_wav(&b, 1, 44100, N);
    const char *right = write_file(&a, dir, "a:b \"c\" %d.wav", &b);
    make_wav(&b, 1, 44100, N / 2);
    const char *half = write_file(&a, dir, "half.wav", &b);
    make_wav(&b, 1, 48000, N);
    const char *rate = write_file(&a, dir, "rate.wav", &b);
    test_values_and_seek(stereo);
    test_pairs(stereo, mono, right, half, rate);
    test_refusals(&a, dir);
    test_no_memory(stereo);
    test_checksum(&a);
    CHECK(remove_tree(dir));
    hs_arena_free(&a);
    return check_done();
}
