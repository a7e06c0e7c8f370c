/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Named results: what an analyser found out about a file, or a pair. An absent value is a
 * state with a reason, never a sentinel. Keys are those of a table of struct hs_measure;
 * keys with a dot ("gain_reduction_db.median") are nested objects in JSON.
 * Everything lives in the arena given at init; one thread at a time.
 */
#ifndef HS_MODEL_VALUES_H
#define HS_MODEL_VALUES_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hs_kind {
    HS_ABSENT, /* `why` says why */
    HS_NUMBER, /* finite */
    HS_ARRAY,  /* n doubles; NaN where an element is absent */
    HS_SERIES, /* n floats at start_s + i * step_s; NaN where absent */
    HS_TEXT,
    HS_FLAG, /* number is 0 or 1 */
};

/* Why a value is absent, for who decides by it; `why` tells people. */
enum hs_absence {
    HS_NOT_MEASURED,  /* it could not be had: nothing follows from that */
    HS_NOTHING_THERE, /* it was looked for, and the file has nothing of the kind */
};

/* What stands side by side belongs to one kind; only `bound` may be read of every kind but
 * a series. */
struct hs_value {
    const char *key;
    enum hs_kind kind : 8;
    enum hs_absence absence : 8; /* of an absent one */
    bool left_out;               /* of the memory, see model/packed.h */
    uint32_t n;
    union {
        struct {
            union {
                double number;
                const double *array;
                const char *text;
                const char *why;
            };
            double bound; /* error bound of number in its unit, NaN where none is known */
        };
        struct {
            const float *series;
            double start_s, step_s;
        };
    };
};

/* How values are read that are not items: packed ones (model/packed.h) begin with it. */
struct hs_packed;
struct hs_values_elsewhere {
    const struct hs_value *(*find)(const struct hs_packed *packed, const char *key);
    const struct hs_value *(*items)(const struct hs_packed *packed);
};

struct hs_values {
    struct hs_arena *arena;
    struct hs_value *items; /* NULL where they are packed */
    unsigned n, cap;
    const struct hs_packed *packed; /* such are not set any more; else NULL */
};

void hs_values_init(struct hs_values *v, struct hs_arena *arena);

/* Setting a key again replaces it. A non-finite number becomes absent ("not finite").
 * Arrays, series and texts are copied into the arena. `key` is copied too. */
void hs_values_number(struct hs_values *v, const char *key, double x);
void hs_values_number_bound(struct hs_values *v, const char *key, double x, double bound);
void hs_values_flag(struct hs_values *v, const char *key, bool x);
void hs_values_text(struct hs_values *v, const char *key, const char *text);
void hs_values_array(struct hs_values *v, const char *key, const double *x, size_t n);
void hs_values_series(struct hs_values *v, const char *key, const float *x, size_t n,
                      double start_s, double step_s);
void hs_values_absent(struct hs_values *v, const char *key, const char *why_fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The same where the reason is that the file has nothing of the kind. */
void hs_values_nothing(struct hs_values *v, const char *key, const char *why_fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* NULL where the key was never set. Of packed values it holds until HS_PACKING_SLOTS others
 * have been asked, as does what hs_values_doubles gives. */
const struct hs_value *hs_values_get(const struct hs_values *v, const char *key);
/* True and *out where the key holds a number or flag. "key[3]" reads an array element. */
bool hs_values_read(const struct hs_values *v, const char *key, double *out);
/* The number, or NaN: for arithmetic in which NaN is checked at the end. */
double hs_values_or_nan(const struct hs_values *v, const char *key);
/* The array of exactly n elements, or NULL. */
const double *hs_values_doubles(const struct hs_values *v, const char *key, size_t n);
/* The i-th line of a text and its length; NULL beyond the last, or where there is no text. */
const char *hs_values_line(const struct hs_values *v, const char *key, size_t i, size_t *n);
/* Why a key is absent ("not measured" where it was never set). */
const char *hs_values_why(const struct hs_values *v, const char *key);
/* NOT_MEASURED also where the key was never set. */
enum hs_absence hs_values_absence(const struct hs_values *v, const char *key);

/* All n of them, with nothing left out. */
const struct hs_value *hs_values_items(const struct hs_values *v);
/* Moves them into `arena`, in the memory they take. */
void hs_values_settle(struct hs_values *v, struct hs_arena *arena);

#endif
