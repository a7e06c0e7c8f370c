/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All text passes put_escaped: the five characters of HTML become entities; a line end becomes
 * the sign of the return key; control characters, bidirectional overrides and bytes that are not
 * UTF-8 become U+FFFD. Attributes that name places on a page (id, for, ...) get the prefix of the
 * page where several stand in one file. Links are percent-encoded, or resolved by `places` in a
 * single file. Numbers are written with a true minus sign and a narrow space before the unit.
 */
#include "report/html.h"

#include "core/arena.h"
#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Text as HTML. Control characters and overrides of the direction of writing become U+FFFD: a
 * file name must not turn a page round. */
static void put_escaped(struct hs_buf *out, const char *s)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(s + i, n - i, &c);
        bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
        bool override = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        const char *as = c == '&'    ? "&amp;"
                         : c == '<'  ? "&lt;"
                         : c == '>'  ? "&gt;"
                         : c == '"'  ? "&quot;"
                         : c == '\'' ? "&#39;"
                         : c == '\n' ? "\xe2\x86\xb5" /* the arrow of the return key, U+21B5 */
                         : c == 0xfffd || control || override ? "\xef\xbf\xbd"
                                                              : NULL;
        if (as)
            hs_buf_puts(out, as);
        else
            hs_buf_put(out, s + i, len);
        i += len;
    }
}

void hs_html_text(struct hs_html *h, const char *s)
{
    if (s)
        put_escaped(&h->out, s);
}

/* Text of sentences in which a hyphen before a digit at the start of a word is a minus sign. */
void hs_html_prose(struct hs_html *h, const char *s)
{
    struct hs_buf b = {0};
    for (const char *c = s ? s : ""; *c; c++) {
        bool begins = c == s || c[-1] == ' ' || c[-1] == '(';
        if (*c == '-' && begins && isdigit((unsigned char)c[1]))
            hs_buf_puts(&b, "\xe2\x88\x92");
        else
            hs_buf_putc(&b, *c);
    }
    hs_html_text(h, b.data);
    hs_buf_free(&b);
}

/* Formats into a small buffer first, because nearly all texts are short; a longer one is formatted
 * again into an arena. */
static void put_formatted(struct hs_html *h, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    char small[256];
    int n = vsnprintf(small, sizeof small, fmt, ap);
    if (n < (int)sizeof small) {
        put_escaped(&h->out, small);
    } else {
        struct hs_arena a = {0};
        put_escaped(&h->out, hs_arena_vprintf(&a, fmt, again));
        hs_arena_free(&a);
    }
    va_end(again);
}

void hs_html_textf(struct hs_html *h, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    put_formatted(h, fmt, ap);
    va_end(ap);
}

/* Names within the page: in a file of several pages each has its prefix. */
static bool is_name(const char *attribute)
{
    static const char *const names[] = {"id", "for", "name", "aria-labelledby"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(attribute, names[i]))
            return true;
    return false;
}

/* An attribute. In a page that holds several, names get the prefix of their part. */
static void put_value(struct hs_html *h, const char *name, const char *value)
{
    const char *prefix = h->prefix && is_name(name) ? h->prefix : NULL;
    hs_buf_putc(&h->out, ' ');
    hs_buf_puts(&h->out, name);
    hs_buf_puts(&h->out, "=\"");
    while (prefix && *value) { /* a list of names */
        size_t n = strcspn(value, " ");
        struct hs_arena a = {0};
        hs_buf_puts(&h->out, prefix);
        put_escaped(&h->out, hs_arena_strndup(&a, value, n));
        hs_arena_free(&a);
        value += n;
        if (*value)
            hs_buf_putc(&h->out, *value++);
    }
    put_escaped(&h->out, value);
    hs_buf_putc(&h->out, '"');
}

void hs_html_attr(struct hs_html *h, const char *name, const char *value)
{
    if (value)
        put_value(h, name, value);
}

void hs_html_attrf(struct hs_html *h, const char *name, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct hs_arena a = {0};
    put_value(h, name, hs_arena_vprintf(&a, fmt, ap));
    hs_arena_free(&a);
    va_end(ap);
}

/* An address within the report: relative to the page, or, in a single file, what `places` makes of
 * it (an anchor, data, or no attribute at all). */
void hs_html_url(struct hs_html *h, const char *name, const char *folder, const char *file,
                 const char *suffix)
{
    if (h->places) {
        struct hs_buf value = {0};
        if (h->places->put(h->places, &value, folder, file, suffix))
            hs_html_attr(h, name, value.data);
        hs_buf_free(&value);
        return;
    }
    hs_buf_putc(&h->out, ' ');
    hs_buf_puts(&h->out, name);
    hs_buf_puts(&h->out, "=\"");
    hs_buf_puts(&h->out, h->root ? h->root : "");
    hs_text_put_percent(&h->out, folder);
    hs_text_put_percent(&h->out, file);
    put_escaped(&h->out, suffix);
    hs_buf_putc(&h->out, '"');
}

void hs_html_link(struct hs_html *h, const char *folder, const char *file, const char *suffix,
                  const char *text)
{
    hs_html_literal(h, "<a");
    hs_html_url(h, "href", folder, file, suffix);
    hs_html_literal(h, ">");
    hs_html_text(h, text);
    hs_html_literal(h, "</a>");
}

void hs_html_number(struct hs_html *h, double x, int digits)
{
    char text[HS_NUM_TEXT];
    if (isnan(x)) {
        hs_html_literal(h, "not known");
        return;
    }
    const char *s =
        isinf(x) ? x > 0 ? "\xe2\x88\x9e" : "-\xe2\x88\x9e" : hs_num_fixed(text, x, digits);
    if (*s == '-')
        hs_html_literal(h, "\xe2\x88\x92");
    hs_buf_puts(&h->out, s + (*s == '-'));
}

/* "+1.2" and "−0.3"; what rounds to zero has no sign. */
void hs_html_signed(struct hs_html *h, double x, int digits)
{
    char text[HS_NUM_TEXT];
    if (isfinite(x) && *hs_num_fixed(text, x, digits) != '-' && strspn(text, "0.") != strlen(text))
        hs_buf_putc(&h->out, '+');
    hs_html_number(h, x, digits);
}

/* Of a number that is not there only the dash is put. */
void hs_html_quantity(struct hs_html *h, double x, int digits, const char *unit)
{
    unit = hs_num_readable(&x, &digits, unit);
    hs_html_number(h, x, digits);
    if (!isnan(x) && unit && *unit) {
        hs_buf_puts(&h->out, "\xe2\x80\xaf"); /* narrow, unbreakable */
        hs_html_text(h, unit);
    }
}

/* "3:07", "1:02:45"; with `tenths` "3:07.4". Below zero and above 1e7 s it is not known. */
void hs_html_time(struct hs_html *h, double seconds, bool tenths)
{
    if (!(seconds >= 0) || seconds > 1e7) {
        hs_html_literal(h, "not known");
        return;
    }
    long total = lround(seconds * 10);
    if (!tenths)
        total = lround(seconds) * 10;
    long s = total / 10;
    if (s >= 3600)
        hs_html_textf(h, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
    else
        hs_html_textf(h, "%ld:%02ld", s / 60, s % 60);
    if (tenths)
        hs_html_textf(h, ".%ld", total % 10);
}

void hs_html_hertz(struct hs_html *h, double hz)
{
    double khz = hz / 1000;
    if (hz < 1000)
        hs_html_quantity(h, hz, 0, "Hz");
    else
        hs_html_quantity(h, khz, fabs(khz - round(khz)) < 0.05 ? 0 : 1, "kHz");
}

void hs_html_share(struct hs_html *h, double share)
{
    if (!isfinite(share))
        hs_html_literal(h, "not known");
    else if (share > 0 && share < 0.005)
        hs_html_literal(h, "&lt;1\xe2\x80\xaf%");
    else
        hs_html_textf(h, "%.0f\xe2\x80\xaf%%", 100 * share);
}

void hs_html_break(struct hs_html *h)
{
    hs_buf_putc(&h->out, '\n');
}

void hs_html_grouped(struct hs_html *h, size_t n)
{
    if (n >= 1000)
        hs_html_grouped(h, n / 1000);
    hs_html_textf(h, n >= 1000 ? ",%03zu" : "%zu", n % 1000);
}

void hs_html_count(struct hs_html *h, size_t n, const char *one, const char *many)
{
    hs_html_textf(h, "%zu %s", n, n == 1 ? one : many);
}

/* The table lies in a region that can be scrolled by keys, since wide tables do not fit narrow
 * screens. */
void hs_html_table_begin(struct hs_html *h, const char *id, const char *klass, const char *caption)
{
    hs_html_literal(h, "<div class=\"table\" tabindex=\"0\"");
    hs_html_attr(h, "role", h->prefix ? "group" : "region");
    hs_html_attr(h, "aria-label", caption);
    hs_html_literal(h, "><table");
    hs_html_attr(h, "id", id);
    hs_html_attr(h, "class", klass);
    hs_html_literal(h, "><caption>");
    hs_html_text(h, caption);
    hs_html_literal(h, "</caption>");
}

void hs_html_table_end(struct hs_html *h)
{
    hs_html_literal(h, "</tbody></table></div>\n");
}

/* The head of a table; the body is opened. */
void hs_html_columns(struct hs_html *h, const struct hs_column *columns, size_t n)
{
    hs_html_literal(h, "<thead><tr>");
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<th scope=\"col\"");
        hs_html_attr(h, "class", columns[i].klass);
        hs_html_literal(h, ">");
        hs_html_text(h, columns[i].name);
        hs_html_literal(h, "</th>");
    }
    hs_html_literal(h, "</tr></thead><tbody>\n");
}

/* A cell that carries the name of its column for narrow screens, and the number by which report.js
 * sorts. */
void hs_html_td(struct hs_html *h, const struct hs_column *column, double value)
{
    hs_html_literal(h, "<td");
    hs_html_attr(h, "class", column->klass);
    hs_html_attr(h, "data-label", column->name);
    if (isfinite(value))
        hs_html_attrf(h, "data-v", "%g", value);
    hs_html_literal(h, ">");
}

/* The caller closes it. */
void hs_html_section(struct hs_html *h, const char *id, const char *klass, const char *heading)
{
    hs_html_literal(h, "<section");
    hs_html_attr(h, "id", id);
    hs_html_attr(h, "class", klass);
    if (!h->prefix) /* landmarks of many pages in one file would all have the same names */
        hs_html_attrf(h, "aria-labelledby", "h-%s", id);
    hs_html_literal(h, "><h2");
    hs_html_attrf(h, "id", "h-%s", id);
    hs_html_literal(h, ">");
    hs_html_text(h, heading);
    hs_html_literal(h, "</h2>");
}

void hs_html_fold(struct hs_html *h, const char *words, size_t count)
{
    hs_html_literal(h, "<details class=\"fold-up\"><summary>");
    hs_html_text(h, words);
    if (count != SIZE_MAX)
        hs_html_textf(h, " (%zu)", count);
    hs_html_literal(h, "</summary>");
}

void hs_html_cut(struct hs_html *h, size_t shown, size_t n)
{
    if (shown < n)
        hs_html_textf(h, "%zu of %zu shown", shown, n);
}

void hs_html_fact(struct hs_html *h, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    hs_html_literal(h, "<div><dt>");
    hs_html_text(h, name);
    hs_html_literal(h, "</dt><dd>");
    hs_html_text(h, text);
    hs_html_literal(h, "</dd></div>");
}
