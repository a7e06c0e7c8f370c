/* SPDX-License-Identifier: Apache-2.0 */
#include "report/csv.h"

#include "core/num.h"
#include "core/text.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Spreadsheets evaluate cells that begin like this (also after a tab or a line end). */
static bool starts_formula(const char *s)
{
    return *s && strchr("=+-@\t\r\n", *s) != NULL;
}

static void begin_cell(struct hs_csv *w)
{
    if (w->begun)
        hs_buf_putc(w->out, ',');
    w->begun = true;
}

void hs_csv_text(struct hs_csv *w, const char *s)
{
    begin_cell(w);
    if (!s || !*s)
        return;
    struct hs_buf clean = {0};
    if (starts_formula(s) || (*s == '\'' && starts_formula(s + 1)))
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
    text += *text == '\'' && starts_formula(text[1] == '\'' ? text + 2 : text + 1);
    char *kept = hs_arena_strdup(a, text);
    hs_buf_free(&b);
    return kept;
}

/* The delimiter that is most frequent in the line of the names. */
static char guess_delimiter(const char *p, const char *end)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    for (; p < end && *p != '\n' && *p != '\r'; p++) {
        commas += *p == ',';
        semicolons += *p == ';';
        tabs += *p == '\t';
    }
    if (semicolons > commas && semicolons > tabs)
        return ';';
    return tabs > commas ? '\t' : ',';
}

void hs_csv_begin(struct hs_csv_reader *r, const char *data, size_t n)
{
    *r = (struct hs_csv_reader){data, data + n, ',', n && !hs_utf8_valid(data, n)};
    if (n >= 3 && !memcmp(data, "\xef\xbb\xbf", 3))
        r->p += 3;
    r->delimiter = guess_delimiter(r->p, r->end);
}

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
