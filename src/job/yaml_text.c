/* SPDX-License-Identifier: Apache-2.0 */
/* A text is plain only where no YAML 1.1 or 1.2 reader takes it for a number, a date, a truth value
 * or syntax; everything else goes into double quotes with JSON's escapes. */
#include "job/yaml_text.h"

#include "core/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Words that YAML readers take for something else than text. */
static bool is_special(const char *s)
{
    static const char *const words[] = {"null", "true", "false", "yes",  "no",  "on",
                                        "off",  "y",    "n",     ".inf", ".nan"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcasecmp(s, words[i]))
            return true;
    /* Numbers, times and dates are made of these alone. */
    return strspn(s, "0123456789.+-:_eExXTZ ") == strlen(s);
}

/* Whether every YAML reader takes the text for itself without quotes. */
static bool is_plain(const char *s, bool flow)
{
    size_t n = strlen(s);
    if (!n || is_special(s) || s[n - 1] == ' ' || s[n - 1] == ':')
        return false;
    if (!isalnum((unsigned char)s[0]) && !(s[0] & 0x80) && !strchr("/.(_", s[0]))
        return false;
    for (size_t i = 0; i < n; i++) {
        if ((s[i] == ':' && s[i + 1] == ' ') || (s[i] == '#' && i && s[i - 1] == ' '))
            return false;
        if (flow && strchr(",[]{}:", s[i]))
            return false;
    }
    return hs_utf8_valid(s, n);
}

/* Control characters, direction marks and what YAML has no room for. */
static bool is_odd(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || (c & 0xfffe) == 0xfffe;
}

/* One character within double quotes. */
static void put_escaped(struct hs_buf *out, uint32_t c, const char *s, size_t len)
{
    bool odd = is_odd(c);
    if (c == '"' || c == '\\')
        hs_buf_printf(out, "\\%c", (int)c);
    else if (odd && c < 0x100)
        hs_buf_printf(out, "\\x%02x", (unsigned)c);
    else if (odd)
        hs_buf_printf(out, c > 0xffff ? "\\U%08x" : "\\u%04x", (unsigned)c);
    else if (c == 0xfffd)
        hs_buf_puts(out, "\xef\xbf\xbd");
    else
        hs_buf_put(out, s, len);
}

/* `flow`: within brackets or braces, where more characters mean something. */
void hs_yaml_put_text(struct hs_buf *out, const char *text, bool flow)
{
    size_t n = strlen(text);
    bool odd = false;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        i += hs_utf8_decode(text + i, n - i, &c);
        odd |= is_odd(c);
    }
    if (!odd && is_plain(text, flow)) {
        hs_buf_puts(out, text);
        return;
    }
    hs_buf_putc(out, '"');
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(text + i, n - i, &c);
        put_escaped(out, c, text + i, len);
        i += len;
    }
    hs_buf_putc(out, '"');
}
