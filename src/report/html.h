/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTML text into a buffer, escaped by construction: whatever is not a string literal of
 * this program goes through hs_html_text, hs_html_attr or hs_html_link, and hs_html_literal refuses
 * anything that is not a literal at compile time. Titles, paths and reasons are untrusted.
 * No function fails. A zeroed struct is ready for use.
 */
#ifndef HS_REPORT_HTML_H
#define HS_REPORT_HTML_H

#include "core/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Of a page that holds others: where a link to one of them leads. */
struct hs_html_places {
    /* Writes the value of an attribute that would lead to a file; false: it leads nowhere. */
    bool (*put)(struct hs_html_places *places, struct hs_buf *out, const char *folder,
                const char *file, const char *suffix);
    size_t bytes_left; /* that clips may take */
};

struct hs_html {
    struct hs_buf out;
    const char *root;   /* from the page to the report's folder: "" or "../" */
    const char *prefix; /* of every id, where several pages stand in one file; NULL: none */
    struct hs_html_places *places; /* NULL: each page is a file of its own */
    size_t n_forms;                /* for answers, so far: each has a number of its own */
};

#define hs_html_literal(h, s) hs_buf_put(&(h)->out, "" s "", sizeof(s) - 1)

/* Escaped; ill-formed UTF-8 as U+FFFD, control characters and overrides made harmless.
 * NULL writes nothing. */
void hs_html_text(struct hs_html *h, const char *s);
/* The same of a sentence with numbers in it: a hyphen before a digit becomes a minus. */
void hs_html_prose(struct hs_html *h, const char *s);
void hs_html_textf(struct hs_html *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* ' name="value"', escaped; into a tag that is still open. NULL value: nothing. */
void hs_html_attr(struct hs_html *h, const char *name, const char *value);
void hs_html_attrf(struct hs_html *h, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* ' name="root/folder/file suffix"' with the name percent-encoded; folder may be "". */
void hs_html_url(struct hs_html *h, const char *name, const char *folder, const char *file,
                 const char *suffix);
/* <a href="root/folder/file suffix">text</a> */
void hs_html_link(struct hs_html *h, const char *folder, const char *file, const char *suffix,
                  const char *text);

/* For people: a true minus sign, `digits` behind the point; "not known" for NaN. */
void hs_html_number(struct hs_html *h, double x, int digits);
void hs_html_signed(struct hs_html *h, double x, int digits); /* "+1.2", "-1.2", "0.0" */
/* Number, narrow space, unit. */
void hs_html_quantity(struct hs_html *h, double x, int digits, const char *unit);
/* "1:03" or "1:02:03"; tenths where `tenths`. */
void hs_html_time(struct hs_html *h, double seconds, bool tenths);
/* "120 Hz", "5 kHz", "2.5 kHz" */
void hs_html_hertz(struct hs_html *h, double hz);
/* "37 %", "<1 %" */
void hs_html_share(struct hs_html *h, double share);
/* An end of line, for preformatted text. */
void hs_html_break(struct hs_html *h);
/* "1,231" */
void hs_html_grouped(struct hs_html *h, size_t n);
/* "1 track", "3 tracks" */
void hs_html_count(struct hs_html *h, size_t n, const char *one, const char *many);

/* Tables, sections, lists: what would else be written by hand twice. */
struct hs_column {
    const char *name;
    const char *klass; /* of head and cells, NULL: none */
};
/* <div class="table"><table class="klass"><caption>; the caption says the order and the cut. */
void hs_html_table_begin(struct hs_html *h, const char *id, const char *klass, const char *caption);
void hs_html_table_end(struct hs_html *h);
/* <thead> of the names and an open <tbody>. */
void hs_html_columns(struct hs_html *h, const struct hs_column *columns, size_t n);
/* An open <td>, labelled for the cards of a phone; `value` is what the column sorts by, NaN:
 * its text. */
void hs_html_td(struct hs_html *h, const struct hs_column *column, double value);
/* <section id="id" aria-labelledby="h-id"><h2>heading</h2>; </section> closes it. */
void hs_html_section(struct hs_html *h, const char *id, const char *klass, const char *heading);
/* <details><summary>words <span class="quiet">count</span></summary>; SIZE_MAX: no count. */
void hs_html_fold(struct hs_html *h, const char *words, size_t count);
/* <div><dt>name</dt><dd>text</dd></div>; nothing where text is NULL or empty. */
void hs_html_fact(struct hs_html *h, const char *name, const char *text);
/* "12 of 40 shown", nothing where all are. */
void hs_html_cut(struct hs_html *h, size_t shown, size_t n);

#endif
