/* SPDX-License-Identifier: Apache-2.0 */
#include "job/bytes.h"

#include "core/text.h"

#include <string.h>

/* Bytes of a job file that are not UTF-8 (old file names) pass through libyaml, which would refuse
 * them, as characters of a private plane. Byte 0x80 + i becomes U+10FE80 + i, four bytes F4 8F
 * BA/BB xx in UTF-8. */
static const uint32_t PLANE = 0x10fe00;

static void put_escaped(struct hs_buf *out, unsigned char byte)
{
    uint32_t c = PLANE + byte;
    const char utf8[4] = {(char)(0xf0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3f)),
                          (char)(0x80 | (c >> 6 & 0x3f)), (char)(0x80 | (c & 0x3f))};
    hs_buf_put(out, utf8, sizeof utf8);
}

/* False where nothing has to be escaped, and for UTF-16, which libyaml reads by itself. */
bool hs_bytes_escape(const void *data, size_t n, struct hs_buf *out)
{
    const char *s = data;
    bool utf16 = n >= 2 && (!memcmp(s, "\xff\xfe", 2) || !memcmp(s, "\xfe\xff", 2));
    if (utf16 || hs_utf8_valid(s, n))
        return false;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(s + i, n - i, &c);
        if (hs_utf8_valid(s + i, len))
            hs_buf_put(out, s + i, len);
        else
            for (size_t j = 0; j < len; j++)
                put_escaped(out, (unsigned char)s[i + j]);
        i += len;
    }
    return true;
}

/* In place: what was escaped becomes shorter. */
void hs_bytes_unescape(char *text)
{
    size_t n = strlen(text);
    char *to = text;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(text + i, n - i, &c);
        if (c >= PLANE + 0x80 && c <= PLANE + 0xff) {
            *to++ = (char)(c - PLANE);
        } else {
            memmove(to, text + i, len);
            to += len;
        }
        i += len;
    }
    *to = '\0';
}
