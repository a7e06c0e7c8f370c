/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing (RFC 4180): a text that a spreadsheet would run as a formula (=, +, -, @, tab, line
 * end), also behind apostrophes, gets an apostrophe in front. A cell with a delimiter, a quote, a
 * line end or an outer blank is quoted.
 * Reading:
 * 1. UTF-16 is found by its byte order mark or by the zeros of its first letters and turned into
 *    UTF-8. What is not valid UTF-8 then is read byte by byte as Latin.
 * 2. A first line "sep=X" names a delimiter. The one that occurs most often in the line of names
 *    wins over it, because files are saved again with another one.
 * 3. Cells are read up to the delimiter or line end; "" inside quotes is one quote. The
 *    apostrophe that writing puts in front is taken away again.
 */
#include "report/csv.h"

#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* Spreadsheets evaluate cells that begin like this (also after a tab or a line end). */
static bool starts_formula(const char *s)
{
    return *s && strchr("=+-@\t\r\n", *s) != NULL;
}

/* The same behind any apostrophes: such a cell gets one more, which reading takes away. */
static bool is_guarded(const char *s)
{
    return starts_formula(s + strspn(s, "'"));
}

static void begin_cell(struct hs_csv *w)
{
    if (w->begun)
        hs_buf_putc(w->out, ',');
    w->begun = true;
}

/* An apostrophe that stands in front of a formula already gets a second one, so that reading gives
 * back what was written. */
void hs_csv_text(struct hs_csv *w, const char *s)
{
    begin_cell(w);
    if (!s || !*s)
        return;
    struct hs_buf clean = {0};
    if (is_guarded(s))
        hs_buf_putc(&clean, '\'');
    hs_utf8_put(&clean, s);
    bool quote =
        strpbrk(clean.data, ",;\t\"\r\n") || *clean.data == ' ' || clean.data[clean.len - 1] == ' ';
    if (quote)
        hs_buf_putc(w->out, '"');
    for (const char *p = clean.data; *p; p++) {
        if (*p == '"')
            hs_buf_putc(w->out, '"');
        hs_buf_putc(w->out, *p);
    }
    if (quote)
        hs_buf_putc(w->out, '"');
    hs_buf_free(&clean);
}

void hs_csv_number(struct hs_csv *w, double x)
{
    char text[HS_NUM_TEXT];
    begin_cell(w);
    if (isfinite(x))
        hs_buf_puts(w->out, hs_num_text(text, x));
}

void hs_csv_end_row(struct hs_csv *w)
{
    hs_buf_puts(w->out, "\r\n");
    w->begun = false;
}

/* Bytes of Latin-1 have the numbers of their characters in Unicode: those from 0x80 on are two
 * bytes in UTF-8. */
static void put_byte(const struct hs_csv_reader *s, struct hs_buf *b, char c)
{
    unsigned char u = (unsigned char)c;
    if (s->latin && u >= 0x80) {
        hs_buf_putc(b, (char)(0xc0 | u >> 6));
        hs_buf_putc(b, (char)(0x80 | (u & 0x3f)));
    } else {
        hs_buf_putc(b, c);
    }
}

/* Reads one cell and stops at the delimiter, the line end, or the end. */
static const char *take_cell(struct hs_csv_reader *s, struct hs_arena *a)
{
    struct hs_buf b = {0};
    bool quoted = s->p < s->end && *s->p == '"';
    s->p += quoted;
    while (s->p < s->end) {
        char c = *s->p;
        if (quoted && c == '"') {
            s->p++;
            quoted = s->p < s->end && *s->p == '"';
            if (!quoted)
                continue;
        } else if (!quoted && (c == s->delimiter || c == '\r' || c == '\n')) {
            break;
        }
        put_byte(s, &b, c);
        s->p++;
    }
    const char *text = b.data ? b.data : "";
    /* the apostrophe that hs_csv_text puts in front of a formula, or of an apostrophe before one */
    text += *text == '\'' && is_guarded(text);
    char *kept = hs_arena_strdup(a, text);
    hs_buf_free(&b);
    return kept;
}

/* The delimiter that is most frequent in the line of the names; `said` where none is. */
static char guess_delimiter(const char *p, const char *end, char said)
{
    static const char known[] = {',', ';', '\t', '|'};
    size_t counts[sizeof known] = {0}, best = 0;
    for (; p < end && *p != '\n' && *p != '\r'; p++)
        for (size_t i = 0; i < sizeof known; i++)
            counts[i] += *p == known[i];
    for (size_t i = 1; i < sizeof known; i++)
        if (counts[i] > counts[best])
            best = i;
    return counts[best] ? known[best] : said;
}

/* Which half of each unit of UTF-16 is the high one: 0 or 1; -1: it is none. */
static int high_byte(const struct hs_buf *b, size_t *start)
{
    const unsigned char *p = (const unsigned char *)b->data;
    *start = 0;
    if (b->len < 4 || b->len % 2)
        return -1;
    bool little = p[0] == 0xff && p[1] == 0xfe, big = p[0] == 0xfe && p[1] == 0xff;
    if (little || big)
        *start = 2;
    if (little || (p[0] && !p[1] && p[2] && !p[3]))
        return 1;
    return big || (!p[0] && p[1] && !p[2] && p[3]) ? 0 : -1;
}

/* A code point as UTF-8. */
static void put_code(struct hs_buf *b, uint32_t c)
{
    if (c < 0x80) {
        hs_buf_putc(b, (char)c);
    } else if (c < 0x800) {
        hs_buf_putc(b, (char)(0xc0 | c >> 6));
    } else if (c < 0x10000) {
        hs_buf_putc(b, (char)(0xe0 | c >> 12));
        hs_buf_putc(b, (char)(0x80 | (c >> 6 & 0x3f)));
    } else {
        hs_buf_putc(b, (char)(0xf0 | c >> 18));
        hs_buf_putc(b, (char)(0x80 | (c >> 12 & 0x3f)));
        hs_buf_putc(b, (char)(0x80 | (c >> 6 & 0x3f)));
    }
    if (c >= 0x80)
        hs_buf_putc(b, (char)(0x80 | (c & 0x3f)));
}

/* UTF-16 to UTF-8. Surrogates without their other half become U+FFFD; zeros are dropped, because
 * texts end at them. */
void hs_csv_decode(struct hs_buf *b)
{
    enum { REPLACEMENT = 0xfffd };
    size_t start;
    int high = high_byte(b, &start);
    struct hs_buf out = {0};
    if (high < 0)
        return;
    const unsigned char *p = (const unsigned char *)b->data;
    uint32_t first = 0; /* of a surrogate pair */
    for (size_t i = start; i + 1 < b->len; i += 2) {
        uint32_t c = (uint32_t)p[i + (size_t)high] << 8 | p[i + 1 - (size_t)high];
        bool low_half = c >= 0xdc00 && c < 0xe000;
        if (first && low_half)
            c = 0x10000 + ((first - 0xd800) << 10) + (c - 0xdc00);
        else if (first || low_half)
            put_code(&out, REPLACEMENT);
        bool joined = first && low_half;
        first = c >= 0xd800 && c < 0xdc00 ? c : 0;
        if (c && !first && (!low_half || joined))
            put_code(&out, c);
    }
    hs_buf_free(b);
    *b = out;
}

/* "sep=;", as some spreadsheets want it in front: the delimiter, else 0. */
static char take_separator(struct hs_csv_reader *r)
{
    static const char word[] = "sep=";
    const char *p = r->p;
    p += p < r->end && *p == '"';
    if ((size_t)(r->end - p) <= sizeof word || strncasecmp(p, word, sizeof word - 1))
        return 0;
    char delimiter = p[sizeof word - 1];
    p += sizeof word;
    while (p < r->end && (*p == '"' || *p == delimiter))
        p++;
    if (p < r->end && *p != '\r' && *p != '\n')
        return 0;
    p += p < r->end && *p == '\r';
    p += p < r->end && *p == '\n';
    r->p = p;
    return delimiter;
}

void hs_csv_begin(struct hs_csv_reader *r, const char *data, size_t n)
{
    *r = (struct hs_csv_reader){data, data + n, ',', n && !hs_utf8_valid(data, n)};
    if (n >= 3 && !memcmp(data, "\xef\xbb\xbf", 3))
        r->p += 3;
    char separator = take_separator(r);
    /* saved again, the line may say one thing and the rows another */
    r->delimiter = guess_delimiter(r->p, r->end, separator ? separator : ',');
}

/* A row may have fewer or more cells than the line of names; hs_csv_cell gives "" for what is not
 * there. */
bool hs_csv_read(struct hs_csv_reader *r, struct hs_arena *a, struct hs_csv_row *row)
{
    size_t cap = 0;
    *row = (struct hs_csv_row){0};
    if (r->p >= r->end)
        return false;
    for (;;) {
        row->cells = hs_arena_grow(a, row->cells, row->n, &cap, sizeof(const char *));
        row->cells[row->n++] = take_cell(r, a);
        if (r->p >= r->end || *r->p != r->delimiter)
            break;
        r->p++;
    }
    if (r->p < r->end && *r->p == '\r')
        r->p++;
    if (r->p < r->end && *r->p == '\n')
        r->p++;
    return true;
}

/* All rows at once; texts live in the arena. */
void hs_csv_parse(const char *data, size_t n, struct hs_arena *a, struct hs_csv_table *out)
{
    struct hs_csv_reader r;
    struct hs_csv_row row;
    size_t cap = 0;
    *out = (struct hs_csv_table){0};
    hs_csv_begin(&r, data, n);
    while (hs_csv_read(&r, a, &row)) {
        out->rows = hs_arena_grow(a, out->rows, out->n, &cap, sizeof *out->rows);
        out->rows[out->n++] = row;
    }
}

size_t hs_csv_column(const struct hs_csv_table *t, const char *name)
{
    for (size_t i = 0; t->n && i < t->rows[0].n; i++)
        if (!strcmp(t->rows[0].cells[i], name))
            return i;
    return SIZE_MAX;
}

const char *hs_csv_cell(const struct hs_csv_table *t, size_t row, size_t column)
{
    if (row >= t->n || column >= t->rows[row].n)
        return "";
    return t->rows[row].cells[column];
}
