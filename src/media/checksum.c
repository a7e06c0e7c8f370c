/* SPDX-License-Identifier: Apache-2.0 */
/* The checksum of FLAC frames (CRC-16, polynomial 0x8005), sixteen bytes at once by tables. It lets
 * libavcodec skip its own, which takes four (media/checksum.h). */
#include "media/checksum.h"

enum { AT_ONCE = 16 };

/* table[k][b]: the checksum of the byte b with k zero bytes behind it. */
struct hs_checksum {
    uint16_t table[AT_ONCE][256];
};

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
    return c;
}

/* Over a frame with its checksum at the end the result is 0. Two sums run side by side, so that
 * table look-ups overlap. */
bool hs_checksum_holds(const struct hs_checksum *c, const uint8_t *p, size_t n)
{
    const uint16_t(*t)[256] = c->table;
    unsigned r = 0;
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
    return !r;
}
