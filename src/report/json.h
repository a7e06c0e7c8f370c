/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text into a buffer: commas, escapes and nesting kept right by construction. The
 * text is ASCII-safe inside HTML too: < > & U+2028 U+2029 are written as \u escapes, and
 * what is not UTF-8 becomes U+FFFD. Each object that stands in an array opens a line of
 * its own, so that two audits can be compared by line. No function fails.
 */
#ifndef HS_REPORT_JSON_H
#define HS_REPORT_JSON_H

#include "core/buf.h"
#include "model/audit.h"
#include "model/measure.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_json {
    struct hs_buf *out;
    bool comma; /* something stands before, on this level */
    bool top;   /* the next object opens the text: no line break before it */
};

/* `key` is NULL for an element of an array and at the top. */
void hs_json_object(struct hs_json *j, const char *key);
void hs_json_object_end(struct hs_json *j);
void hs_json_array(struct hs_json *j, const char *key);
void hs_json_array_end(struct hs_json *j);
void hs_json_number(struct hs_json *j, const char *key, double x);    /* null for NaN, Inf */
void hs_json_text(struct hs_json *j, const char *key, const char *s); /* null for NULL */
void hs_json_bool(struct hs_json *j, const char *key, bool x);
void hs_json_null(struct hs_json *j, const char *key);
void hs_json_numbers(struct hs_json *j, const char *key, const double *x, size_t n);
void hs_json_texts(struct hs_json *j, const char *key, const char *const *texts, size_t n);
/* The quoted, escaped string alone. */
void hs_json_quote(struct hs_buf *out, const char *s);

/* The rows of `table` that stand in JSON, in its order; a dotted key opens an object that
 * holds all rows with its prefix. Missing values are null. */
void hs_json_values(struct hs_json *j, const struct hs_values *v,
                    const struct hs_measure *const *rows, size_t n);
/* "bounds": {key: error}, "absent": {key: reason} of the same rows. */
void hs_json_remarks(struct hs_json *j, const struct hs_values *v,
                     const struct hs_measure *const *rows, size_t n);

#endif
