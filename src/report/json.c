/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A writer that only knows whether a comma is due. Keys with a dot ("a.b", "a.c") become one
 * object "a", written where the first of them stands in the table. Characters that could end a
 * script element in HTML are written as \u escapes. Numbers are the shortest text that reads back
 * as the same double; NaN and infinity are null.
 */
#include "report/json.h"

#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

/* A JSON string (RFC 8259). Invalid UTF-8 becomes U+FFFD. <, > and & are escaped, so that the text
 * can stand in a page. */
void hs_json_quote(struct hs_buf *out, const char *s)
{
    size_t n = strlen(s);
    hs_buf_putc(out, '"');
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(s + i, n - i, &c);
        if (c == '"' || c == '\\') {
            hs_buf_putc(out, '\\');
            hs_buf_putc(out, (char)c);
        } else if (c == '\n') {
            hs_buf_puts(out, "\\n");
        } else if (c < 0x20 || c == 0x7f || c == '<' || c == '>' || c == '&' || c == 0x2028 ||
                   c == 0x2029) {
            /* escaped too: what would end a script or a line in HTML */
            hs_buf_printf(out, "\\u%04x", (unsigned)c);
        } else if (c == 0xfffd) {
            hs_buf_puts(out, "\xef\xbf\xbd");
        } else {
            hs_buf_put(out, s + i, len);
        }
        i += len;
    }
    hs_buf_putc(out, '"');
}

/* Writes the comma that is due, and the key; NULL: an element of an array. */
static void name(struct hs_json *j, const char *key)
{
    if (j->comma)
        hs_buf_puts(j->out, key ? ", " : ",");
    j->comma = true;
    if (key) {
        hs_json_quote(j->out, key);
        hs_buf_puts(j->out, ": ");
    }
}

/* Objects in arrays begin on a line of their own, so that files of two runs can be compared by
 * lines. */
void hs_json_object(struct hs_json *j, const char *key)
{
    bool element = !key && !j->top;
    j->top = false;
    name(j, key);
    hs_buf_puts(j->out, element ? "\n{" : "{");
    j->comma = false;
}

void hs_json_object_end(struct hs_json *j)
{
    hs_buf_putc(j->out, '}');
    j->comma = true;
}

void hs_json_array(struct hs_json *j, const char *key)
{
    name(j, key);
    hs_buf_putc(j->out, '[');
    j->comma = false;
}

void hs_json_array_end(struct hs_json *j)
{
    hs_buf_putc(j->out, ']');
    j->comma = true;
}

void hs_json_number(struct hs_json *j, const char *key, double x)
{
    char text[HS_NUM_TEXT];
    name(j, key);
    hs_buf_puts(j->out, hs_num_text(text, x));
}

void hs_json_text(struct hs_json *j, const char *key, const char *s)
{
    name(j, key);
    if (s)
        hs_json_quote(j->out, s);
    else
        hs_buf_puts(j->out, "null");
}

void hs_json_bool(struct hs_json *j, const char *key, bool x)
{
    name(j, key);
    hs_buf_puts(j->out, x ? "true" : "false");
}

void hs_json_null(struct hs_json *j, const char *key)
{
    name(j, key);
    hs_buf_puts(j->out, "null");
}

void hs_json_numbers(struct hs_json *j, const char *key, const double *x, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++)
        hs_json_number(j, NULL, x[i]);
    hs_json_array_end(j);
}

void hs_json_texts(struct hs_json *j, const char *key, const char *const *texts, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++)
        hs_json_text(j, NULL, texts[i]);
    hs_json_array_end(j);
}

static void put_series(struct hs_json *j, const char *key, const struct hs_value *v)
{
    hs_json_object(j, key);
    hs_json_number(j, "start_s", v->start_s);
    hs_json_number(j, "step_s", v->step_s);
    hs_json_array(j, "values");
    for (size_t i = 0; i < v->n; i++)
        hs_json_number(j, NULL, (double)v->series[i]);
    hs_json_array_end(j);
    hs_json_object_end(j);
}

/* A value by its kind; what is absent is null. */
static void put_value(struct hs_json *j, const char *key, const struct hs_value *v)
{
    switch (v ? v->kind : HS_ABSENT) {
    case HS_ABSENT:
        hs_json_null(j, key);
        break;
    case HS_NUMBER:
        hs_json_number(j, key, v->number);
        break;
    case HS_FLAG:
        hs_json_bool(j, key, v->number != 0);
        break;
    case HS_TEXT:
        hs_json_text(j, key, v->text);
        break;
    case HS_ARRAY:
        hs_json_numbers(j, key, v->array, v->n);
        break;
    case HS_SERIES:
        put_series(j, key, v);
        break;
    }
}

/* The length of "gain_reduction_db" in "gain_reduction_db.median", 0 without a dot. */
static size_t prefix_length(const char *key)
{
    const char *dot = strchr(key, '.');
    return dot ? (size_t)(dot - key) : 0;
}

static bool same_prefix(const char *key, const char *prefix, size_t n)
{
    return !strncmp(key, prefix, n) && key[n] == '.';
}

/* All measures that share the part before the dot, as one object, written at the first of them. */
static void put_nested(struct hs_json *j, const struct hs_values *v,
                       const struct hs_measure *const *rows, size_t n, size_t first)
{
    const char *prefix = rows[first]->key;
    size_t len = prefix_length(prefix);
    for (size_t i = 0; i < first; i++)
        if (rows[i]->where == HS_IN_JSON && same_prefix(rows[i]->key, prefix, len))
            return; /* already written where the first of them stood */
    struct hs_buf key = {0};
    hs_buf_put(&key, prefix, len);
    hs_json_object(j, key.data);
    for (size_t i = first; i < n; i++)
        if (rows[i]->where == HS_IN_JSON && same_prefix(rows[i]->key, prefix, len))
            put_value(j, rows[i]->key + len + 1, hs_values_get(v, rows[i]->key));
    hs_json_object_end(j);
    hs_buf_free(&key);
}

/* Keys with a dot are nested: "fm.sdr_db" stands in the object "fm". */
void hs_json_values(struct hs_json *j, const struct hs_values *v,
                    const struct hs_measure *const *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i]->where != HS_IN_JSON)
            continue;
        if (prefix_length(rows[i]->key))
            put_nested(j, v, rows, n, i);
        else
            put_value(j, rows[i]->key, hs_values_get(v, rows[i]->key));
    }
}

/* "bounds": the known error of each measure that has one. "absent": why a measure is null. */
void hs_json_remarks(struct hs_json *j, const struct hs_values *v,
                     const struct hs_measure *const *rows, size_t n)
{
    hs_json_object(j, "bounds");
    for (size_t i = 0; i < n; i++) {
        const struct hs_value *x = hs_values_get(v, rows[i]->key);
        if (rows[i]->where == HS_IN_JSON && x && x->kind == HS_NUMBER && isfinite(x->bound))
            hs_json_number(j, rows[i]->key, x->bound);
    }
    hs_json_object_end(j);
    hs_json_object(j, "absent");
    for (size_t i = 0; i < n; i++) {
        const struct hs_value *x = hs_values_get(v, rows[i]->key);
        if (rows[i]->where == HS_IN_JSON && (!x || x->kind == HS_ABSENT))
            hs_json_text(j, rows[i]->key, hs_values_why(v, rows[i]->key));
    }
    hs_json_object_end(j);
}
