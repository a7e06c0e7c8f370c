/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A list of items in the order in which they were set; setting a key again replaces its item.
 * Texts and arrays are copied into the arena. Reading looks the key up, in the list or in the
 * packed form; an array that was left out of memory is fetched at that moment. A number that is
 * not finite becomes absent with a reason.
 */
#include "model/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char not_measured[] = "not measured";

void hs_values_init(struct hs_values *v, struct hs_arena *arena)
{
    *v = (struct hs_values){.arena = arena};
}

/* Packed values begin with how they are read. */
static const struct hs_values_elsewhere *elsewhere(const struct hs_values *v)
{
    return *(const struct hs_values_elsewhere *const *)v->packed;
}

/* The item of a key in the list; NULL: none. */
static struct hs_value *own(const struct hs_values *v, const char *key)
{
    for (size_t i = 0; i < v->n; i++)
        if (!strcmp(v->items[i].key, key))
            return &v->items[i];
    return NULL;
}

static const struct hs_value *find(const struct hs_values *v, const char *key)
{
    return v->packed ? elsewhere(v)->find(v->packed, key) : own(v, key);
}

/* The item of a key, emptied and of this kind; a new one where there is none. */
static struct hs_value *slot(struct hs_values *v, const char *key, enum hs_kind kind)
{
    struct hs_value *item = own(v, key);
    if (!item) {
        size_t cap = v->cap;
        v->items = hs_arena_grow(v->arena, v->items, v->n, &cap, sizeof *v->items);
        v->cap = (unsigned)cap;
        item = &v->items[v->n++];
        item->key = hs_arena_strdup(v->arena, key);
    }
    const char *copied = item->key;
    *item = (struct hs_value){.key = copied, .kind = kind, .bound = NAN};
    return item;
}

void hs_values_number_bound(struct hs_values *v, const char *key, double x, double bound)
{
    if (!isfinite(x)) {
        hs_values_absent(v, key, "not finite");
        return;
    }
    struct hs_value *item = slot(v, key, HS_NUMBER);
    item->number = x;
    item->bound = bound;
}

void hs_values_number(struct hs_values *v, const char *key, double x)
{
    hs_values_number_bound(v, key, x, NAN);
}

void hs_values_flag(struct hs_values *v, const char *key, bool x)
{
    slot(v, key, HS_FLAG)->number = x;
}

void hs_values_text(struct hs_values *v, const char *key, const char *text)
{
    slot(v, key, HS_TEXT)->text = hs_arena_strdup(v->arena, text);
}

void hs_values_array(struct hs_values *v, const char *key, const double *x, size_t n)
{
    struct hs_value *item = slot(v, key, HS_ARRAY);
    item->array = hs_arena_copy(v->arena, x, n * sizeof *x);
    item->n = (uint32_t)n;
}

void hs_values_series(struct hs_values *v, const char *key, const float *x, size_t n,
                      double start_s, double step_s)
{
    struct hs_value *item = slot(v, key, HS_SERIES);
    item->series = hs_arena_copy(v->arena, x, n * sizeof *x);
    item->n = (uint32_t)n;
    item->start_s = start_s;
    item->step_s = step_s;
}

void hs_values_absent(struct hs_values *v, const char *key, const char *why_fmt, ...)
{
    va_list ap;
    va_start(ap, why_fmt);
    const char *why = hs_arena_vprintf(v->arena, why_fmt, ap);
    va_end(ap);
    slot(v, key, HS_ABSENT)->why = why;
}

/* Measured, and there is nothing of it: not the same as not measured. */
void hs_values_nothing(struct hs_values *v, const char *key, const char *why_fmt, ...)
{
    va_list ap;
    va_start(ap, why_fmt);
    const char *why = hs_arena_vprintf(v->arena, why_fmt, ap);
    va_end(ap);
    struct hs_value *item = slot(v, key, HS_ABSENT);
    item->why = why;
    item->absence = HS_NOTHING_THERE;
}

/* The item of a key; one that was left out of memory is fetched. */
static const struct hs_value *whole(const struct hs_values *v, const char *key)
{
    const struct hs_value *item = find(v, key);
    if (item && item->left_out)
        hs_values_items(v);
    return item;
}

const struct hs_value *hs_values_items(const struct hs_values *v)
{
    return v->packed ? elsewhere(v)->items(v->packed) : v->items;
}

/* Copies what an item points to into `arena`; equal texts and keys are stored once there. */
static void settle_item(struct hs_value *item, struct hs_arena *arena)
{
    item->key = hs_arena_intern(arena, item->key);
    if (item->kind == HS_TEXT)
        item->text = hs_arena_intern(arena, item->text);
    else if (item->kind == HS_ABSENT)
        item->why = hs_arena_intern(arena, item->why);
    else if (item->kind == HS_ARRAY)
        item->array = hs_arena_copy(arena, item->array, item->n * sizeof *item->array);
    else if (item->kind == HS_SERIES)
        item->series = hs_arena_copy(arena, item->series, item->n * sizeof *item->series);
}

/* Moves the values into an arena that lives longer. */
void hs_values_settle(struct hs_values *v, struct hs_arena *arena)
{
    v->arena = arena;
    v->cap = v->n;
    v->items = hs_arena_copy(arena, v->items, v->n * sizeof *v->items);
    for (size_t i = 0; i < v->n; i++)
        settle_item(&v->items[i], arena);
}

const struct hs_value *hs_values_get(const struct hs_values *v, const char *key)
{
    return whole(v, key);
}

/* Also one element of an array, "name[3]". */
bool hs_values_read(const struct hs_values *v, const char *key, double *out)
{
    const struct hs_value *item = find(v, key);
    const char *bracket = strchr(key, '[');
    if (!item && bracket) {
        char name[96];
        size_t n = (size_t)(bracket - key), i = strtoul(bracket + 1, NULL, 10);
        if (n >= sizeof name)
            return false;
        memcpy(name, key, n);
        name[n] = '\0';
        item = whole(v, name);
        if (!item || item->kind != HS_ARRAY || i >= item->n || isnan(item->array[i]))
            return false;
        *out = item->array[i];
        return true;
    }
    if (!item || (item->kind != HS_NUMBER && item->kind != HS_FLAG))
        return false;
    *out = item->number;
    return true;
}

double hs_values_or_nan(const struct hs_values *v, const char *key)
{
    double x;
    return hs_values_read(v, key, &x) ? x : NAN;
}

const double *hs_values_doubles(const struct hs_values *v, const char *key, size_t n)
{
    const struct hs_value *item = whole(v, key);
    return item && item->kind == HS_ARRAY && item->n == n ? item->array : NULL;
}

/* Line i of a text and its length; NULL: there are fewer. */
const char *hs_values_line(const struct hs_values *v, const char *key, size_t i, size_t *n)
{
    const struct hs_value *value = hs_values_get(v, key);
    const char *line = value && value->kind == HS_TEXT && *value->text ? value->text : NULL;
    for (; line && i; i--) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    *n = line ? strcspn(line, "\n") : 0;
    return line;
}

const char *hs_values_why(const struct hs_values *v, const char *key)
{
    const struct hs_value *item = find(v, key);
    return item && item->kind == HS_ABSENT && item->why ? item->why : not_measured;
}

enum hs_absence hs_values_absence(const struct hs_values *v, const char *key)
{
    const struct hs_value *item = find(v, key);
    return item && item->kind == HS_ABSENT ? item->absence : HS_NOT_MEASURED;
}
