/* SPDX-License-Identifier: Apache-2.0 */
/* A file kept in memory: the same samples as came in, wherever reading starts, in blocks of
 * integers and of floats; nothing of one that is too long or was not sound. */
#include "check.h"
#include "core/alloc.h"
#include "media/kept.h"
#include "media/reader.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 1000, N = 5 * BLOCK + 123 };

static float sample(size_t i, int channel)
{
    /* Every second block is of 24 bits. */
    float fine = i / BLOCK % 2 ? 1.0f / 8388608 : 0;
    return (float)((int)(i * 7919 + (size_t)channel * 31) % 65536 - 32768) / 32768 + fine;
}

static const struct hs_stream stereo = {
    .sample_rate_hz = 44100, .n_channels = 2, .codec = "x", .container = "y", .lossless = true};

static void fill(struct hs_kept *k, size_t most_bytes)
{
    CHECK(hs_kept_start(k, &stereo, most_bytes));
    for (size_t from = 0; from < N; from += BLOCK) {
        const size_t n = N - from < BLOCK ? N - from : BLOCK;
        float x[2][BLOCK];
        for (size_t i = 0; i < n; i++)
            for (int c = 0; c < 2; c++)
                x[c][i] = sample(from + i, c);
        hs_kept_add(k, (const float *const[]){x[0], x[1]}, n);
    }
}

/* Reads on from a frame to the end by a reader; the number of samples that differ. */
static size_t wrong_from(const struct hs_kept *k, int64_t from, size_t most)
{
    const struct hs_source source = {.path = "/nowhere", .kept = k};
    struct hs_reader *r = NULL;
    const float *const *x;
    size_t n = 1, at = (size_t)from, wrong = 0;
    CHECK(hs_reader_open(&r, &source, NULL) == HS_OK && hs_reader_seek(r, from, NULL) == HS_OK);
    CHECK(hs_reader_stream(r)->sample_rate_hz == 44100 && hs_reader_stream(r)->lossless);
    CHECK_TEXT(hs_reader_stream(r)->codec, "x");
    while (n) {
        CHECK(hs_reader_read(r, most, &x, &n, NULL) == HS_OK && n <= most);
        for (size_t i = 0; i < n; i++)
            for (int c = 0; c < 2; c++) {
                const float wanted = sample(at + i, c);
                wrong += memcmp(&x[c][i], &wanted, sizeof wanted) != 0;
            }
        at += n;
    }
    CHECK(at == N);
    hs_reader_close(r);
    return wrong;
}

int main(void)
{
    struct hs_kept k = {0};
    fill(&k, 1 << 20);
    hs_kept_end(&k, true);
    CHECK(k.whole && k.n_frames == N);
    const size_t whole = (size_t)3 * BLOCK;
    CHECK(k.bytes == 2 * (N - whole) * sizeof(float) + 2 * whole * sizeof(int16_t));
    CHECK(wrong_from(&k, 0, BLOCK) == 0 && wrong_from(&k, 0, 64) == 0);
    CHECK(wrong_from(&k, 999, 77) == 0 && wrong_from(&k, 1001, 4096) == 0);
    CHECK(wrong_from(&k, N - 1, 10) == 0);
    fill(&k, 1 << 20); /* anew, and with a flaw */
    hs_kept_end(&k, false);
    CHECK(!k.whole && !k.bytes);
    fill(&k, 20000); /* more than is allowed */
    hs_kept_end(&k, true);
    CHECK(!k.whole && !k.bytes);
    /* a minute of 16 bits takes 10.6 MB, one of floats twice as much; unknown lengths are tried */
    struct hs_stream minute = stereo;
    minute.duration_s = 60;
    minute.bits = 16;
    CHECK(hs_kept_start(&k, &minute, 11000000) && !hs_kept_start(&k, &minute, 10000000));
    hs_kept_add(&k, (const float *const[]){&(float){0}, &(float){0}}, 1);
    hs_kept_end(&k, true);
    CHECK(!k.whole && !k.bytes);
    minute.lossless = false;
    CHECK(hs_kept_start(&k, &minute, 22000000) && !hs_kept_start(&k, &minute, 20000000));
    minute.duration_s = 0;
    CHECK(hs_kept_start(&k, &minute, 1000));
    minute.plain = true; /* samples that are not compressed are read again, however few */
    CHECK(hs_kept_start(&k, &minute, 1000));
    hs_kept_add(&k, (const float *const[]){&(float){0}, &(float){0}}, 1);
    hs_kept_end(&k, true);
    CHECK(!k.whole && !k.bytes);
    hs_kept_free(&k);
    return check_done();
}
