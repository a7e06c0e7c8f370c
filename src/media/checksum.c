/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checksum of FLAC frames (CRC-16, polynomial 0x8005). It lets libavcodec skip its own, which
 * takes four bytes at once (media/checksum.h).
 *
 * 1. Bytes are a polynomial over GF(2), the first bit the highest. Where the processor multiplies
 *    such, sixteen bytes with more behind them are replaced by their product with the power of x
 *    that they stand before, modulo the polynomial, four such at once (Gopal et al., Fast CRC
 *    Computation Using PCLMULQDQ, Intel 2009).
 * 2. The rest, or all, sixteen bytes at once by tables.
 */
#include "media/checksum.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

enum { AT_ONCE = 16, LANES = 4 };

/* table[k][b]: the checksum of the byte b with k zero bytes behind it. */
struct hs_checksum {
    uint16_t table[AT_ONCE][256];
    uint64_t one[2], four[2]; /* what moves the lower and the upper half of sixteen bytes on */
    bool multiplies;
};

/* x^n modulo the polynomial. */
static uint64_t power_of_x(int n)
{
    uint64_t r = 1;
    while (n--)
        r = r << 1 ^ (r & 0x8000 ? 0x18005 : 0);
    return r;
}

const struct hs_checksum *hs_checksum_new(struct hs_arena *a)
{
    struct hs_checksum *c = HS_ARENA_NEW(a, struct hs_checksum);
    for (unsigned b = 0; b < 256; b++) {
        unsigned r = b << 8;
        for (int bit = 0; bit < 8; bit++)
            r = (r << 1) ^ (r & 0x8000 ? 0x8005 : 0);
        c->table[0][b] = (uint16_t)r;
    }
    for (int k = 1; k < AT_ONCE; k++)
        for (int b = 0; b < 256; b++) {
            uint16_t r = c->table[k - 1][b];
            c->table[k][b] = (uint16_t)(r << 8 ^ c->table[0][r >> 8]);
        }
    for (int half = 0; half < 2; half++) {
        c->one[half] = power_of_x(8 * AT_ONCE + 64 * half);
        c->four[half] = power_of_x(8 * AT_ONCE * LANES + 64 * half);
    }
#ifdef __x86_64__
    c->multiplies = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("ssse3");
#endif
    return c;
}

#ifdef __x86_64__
#define MULTIPLIES __attribute__((target("pclmul,ssse3")))

/* Turns the order of the bytes, so that the first one is the highest. */
MULTIPLIES static __m128i turned(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

/* Sixteen bytes moved on by as many bits as `by` says, and added to those that stand there. */
MULTIPLIES static __m128i moved(__m128i x, __m128i by, const uint8_t *onto)
{
    const __m128i low = _mm_clmulepi64_si128(x, by, 0x00), high = _mm_clmulepi64_si128(x, by, 0x11);
    const __m128i there = turned(_mm_loadu_si128((const __m128i *)(const void *)onto));
    return _mm_xor_si128(_mm_xor_si128(low, high), there);
}

/* Sixteen bytes that have the checksum of the first bytes of p, whose number is returned: whole
 * blocks of 64. */
MULTIPLIES static size_t fold(const struct hs_checksum *c, const uint8_t *p, size_t n,
                              uint8_t out[AT_ONCE])
{
    enum { BLOCK = AT_ONCE * LANES };
    const __m128i one = _mm_set_epi64x((int64_t)c->one[1], (int64_t)c->one[0]);
    const __m128i four = _mm_set_epi64x((int64_t)c->four[1], (int64_t)c->four[0]);
    const size_t all = n / BLOCK * BLOCK;
    uint8_t lane[LANES][AT_ONCE];
    __m128i x[LANES];
    for (int i = 0; i < LANES; i++)
        x[i] = moved(_mm_setzero_si128(), one, p + AT_ONCE * i);
    for (size_t at = BLOCK; at < all; at += BLOCK)
        for (int i = 0; i < LANES; i++)
            x[i] = moved(x[i], four, p + at + (size_t)(AT_ONCE * i));
    for (int i = 1; i < LANES; i++) { /* the lanes stand one behind the other */
        _mm_storeu_si128((__m128i *)(void *)lane[i], turned(x[i]));
        x[0] = moved(x[0], one, lane[i]);
    }
    _mm_storeu_si128((__m128i *)(void *)out, turned(x[0]));
    return all;
}
#endif

/* The checksum of more bytes behind those whose checksum is r. Two sums run side by side, so that
 * table look-ups overlap. */
static unsigned add_bytes(const struct hs_checksum *c, unsigned r, const uint8_t *p, size_t n)
{
    const uint16_t(*t)[256] = c->table;
    for (; n >= AT_ONCE; n -= AT_ONCE, p += AT_ONCE) {
        unsigned a = t[15][p[0] ^ r >> 8] ^ t[14][p[1] ^ (r & 255)];
        unsigned b = 0;
        for (int k = 2; k < AT_ONCE; k += 2) {
            a ^= t[15 - k][p[k]];
            b ^= t[14 - k][p[k + 1]];
        }
        r = a ^ b;
    }
    for (; n; n--, p++)
        r = (r << 8 & 0xff00) ^ t[0][p[0] ^ r >> 8];
    return r;
}

/* Over a frame with its checksum at the end the result is 0. */
bool hs_checksum_holds(const struct hs_checksum *c, const uint8_t *p, size_t n)
{
    unsigned r = 0;
#ifdef __x86_64__
    uint8_t first[AT_ONCE];
    if (c->multiplies && n >= AT_ONCE * LANES) {
        const size_t done = fold(c, p, n, first);
        r = add_bytes(c, 0, first, AT_ONCE);
        p += done;
        n -= done;
    }
#endif
    return !add_bytes(c, r, p, n);
}
