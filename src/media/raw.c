/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers out of headers, byte by byte, because files have either order of bytes and no alignment.
 */
#include "media/raw.h"

uint64_t hs_raw_little(const uint8_t *p, int n)
{
    uint64_t x = 0;
    while (n--)
        x = x << 8 | p[n];
    return x;
}

uint64_t hs_raw_big(const uint8_t *p, int n)
{
    uint64_t x = 0;
    for (int i = 0; i < n; i++)
        x = x << 8 | p[i];
    return x;
}

bool hs_raw_at(FILE *f, int64_t at, void *out, size_t n)
{
    return at >= 0 && !fseeko(f, at, SEEK_SET) && fread(out, 1, n, f) == n;
}

int64_t hs_raw_size(FILE *f)
{
    return fseeko(f, 0, SEEK_END) ? 0 : ftello(f);
}
