/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 by RFC 4648, with padding and without line ends, for clips and assets that stand as data
 * addresses in a single file. */
#include "report/base64.h"

/* Three bytes are four digits; a rest is padded. */
void hs_base64_put(struct hs_buf *out, const unsigned char *p, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned v = (unsigned)p[i] << 16 | (left > 1 ? (unsigned)p[i + 1] << 8 : 0) |
                     (left > 2 ? p[i + 2] : 0);
        char four[4] = {digits[v >> 18], digits[v >> 12 & 63], left > 1 ? digits[v >> 6 & 63] : '=',
                        left > 2 ? digits[v & 63] : '='};
        hs_buf_put(out, four, 4);
    }
}
