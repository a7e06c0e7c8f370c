/* SPDX-License-Identifier: Apache-2.0 */
#include "model/bulk.h"

#include "core/alloc.h"

#include <math.h>
#include <string.h>

enum { LONG_TEXT = 512, LONG_SERIES = 16, LONG_ARRAY = 16 };

/* The names of the values of a file, and where each stands: open addressing, index + 1. */
struct hs_shape {
    struct hs_shape *next;
    const char **key; /* stored once in the arena, so that pointers tell them apart */
    uint16_t *place;
    size_t n, room; /* room: a power of two */
};

union cell {
    double number;
    uint64_t count;
    const char *text;
    const float *series;
};

/* What a value is and how many cells it takes:
 * absent, text      the text
 * number, flag      the number
 * bounded number    the number, its bound
 * array             its length, its elements
 * series            the series, its length, start, step
 * left out          none */
enum fold {
    ABSENT,
    NOTHING,
    NUMBER,
    BOUNDED,
    FLAG,
    TEXT,
    ARRAY,
    SERIES,
    NO_TEXT,
    NO_ARRAY,
    NO_SERIES
};

struct hs_kept {
    const struct hs_shape *shape;
    const union cell *cells;
    unsigned char fold[];
};

static size_t hash_of(const char *s)
{
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return (size_t)(h ^ h >> 32);
}

static uint16_t *place_of(const struct hs_shape *s, const char *key)
{
    size_t i = hash_of(key) & (s->room - 1);
    while (s->place[i] && strcmp(s->key[s->place[i] - 1], key))
        i = (i + 1) & (s->room - 1);
    return &s->place[i];
}

static struct hs_shape *new_shape(const char **key, size_t n, struct hs_arena *arena)
{
    struct hs_shape *s = HS_ARENA_NEW(arena, struct hs_shape);
    s->n = n;
    s->key = hs_arena_copy(arena, key, n * sizeof *key);
    for (s->room = 16; s->room < 2 * n;)
        s->room *= 2;
    s->place = HS_ARENA_ARRAY(arena, uint16_t, s->room);
    for (size_t i = 0; i < n; i++)
        *place_of(s, key[i]) = (uint16_t)(i + 1);
    return s;
}

static const struct hs_shape *shape_of(struct hs_bulk *b, const struct hs_values *v,
                                       struct hs_arena *arena)
{
    const char **key = hs_malloc((v->n + 1) * sizeof *key);
    size_t h = v->n;
    for (size_t i = 0; i < v->n; i++) {
        key[i] = hs_arena_intern(arena, v->items[i].key);
        h = h * 31 + hash_of(key[i]);
    }
    struct hs_shape **list = &b->shapes[h % HS_BULK_SHAPES], *s = *list;
    while (s && (s->n != v->n || memcmp(s->key, key, v->n * sizeof *key)))
        s = s->next;
    if (!s) {
        s = new_shape(key, v->n, arena);
        s->next = *list;
        *list = s;
    }
    hs_free(key);
    return s;
}

static enum fold fold_of(const struct hs_value *item, const struct hs_bulk *b)
{
    switch (item->kind) {
    case HS_NUMBER:
        return isnan(item->bound) ? NUMBER : BOUNDED;
    case HS_FLAG:
        return FLAG;
    case HS_ARRAY:
        return item->n >= LONG_ARRAY && b->stays && !b->stays(b->ctx, item->key) ? NO_ARRAY : ARRAY;
    case HS_SERIES:
        return item->n >= LONG_SERIES ? NO_SERIES : SERIES;
    case HS_TEXT:
        return item->text && strlen(item->text) >= LONG_TEXT ? NO_TEXT : TEXT;
    default:
        return item->absence == HS_NOTHING_THERE ? NOTHING : ABSENT;
    }
}

static size_t n_cells(const struct hs_value *item, enum fold fold)
{
    static const unsigned char n[] = {[ABSENT] = 1, [NOTHING] = 1, [NUMBER] = 1, [BOUNDED] = 2,
                                      [FLAG] = 1,   [TEXT] = 1,    [ARRAY] = 1,  [SERIES] = 4};
    return fold > SERIES ? 0 : n[fold] + (fold == ARRAY ? item->n : 0);
}

/* Texts of many files are much alike: codecs, tags, reasons. */
static union cell *put_cells(const struct hs_value *item, enum fold fold, union cell *c,
                             struct hs_arena *arena)
{
    if (fold == ABSENT || fold == NOTHING || fold == TEXT) {
        c++->text = hs_arena_intern(arena, fold == TEXT ? item->text : item->why);
    } else if (fold == ARRAY) {
        c++->count = item->n;
        if (item->n)
            memcpy(c, item->array, item->n * sizeof *item->array);
        c += item->n;
    } else if (fold == SERIES) {
        c++->series = hs_arena_copy(arena, item->series, item->n * sizeof *item->series);
        c++->count = item->n;
        c++->number = item->start_s;
        c++->number = item->step_s;
    } else if (fold < ARRAY) {
        c++->number = item->number;
        if (fold == BOUNDED)
            c++->number = item->bound;
    }
    return c;
}

static const union cell *take_cells(struct hs_value *item, enum fold fold, const union cell *c)
{
    static const enum hs_kind kinds[] = {
        [ABSENT] = HS_ABSENT, [NOTHING] = HS_ABSENT, [NUMBER] = HS_NUMBER,   [BOUNDED] = HS_NUMBER,
        [FLAG] = HS_FLAG,     [TEXT] = HS_TEXT,      [ARRAY] = HS_ARRAY,     [SERIES] = HS_SERIES,
        [NO_TEXT] = HS_TEXT,  [NO_ARRAY] = HS_ARRAY, [NO_SERIES] = HS_SERIES};
    item->kind = kinds[fold];
    item->absence = fold == NOTHING ? HS_NOTHING_THERE : HS_NOT_MEASURED;
    item->left_out = fold >= NO_TEXT;
    item->bound = NAN;
    if (fold == ABSENT || fold == NOTHING || fold == TEXT) {
        item->text = c++->text;
    } else if (fold == ARRAY) {
        item->n = (uint32_t)c++->count;
        item->array = &c->number;
        c += item->n;
    } else if (fold == SERIES) {
        item->series = c++->series;
        item->n = (uint32_t)c++->count;
        item->start_s = c++->number;
        item->step_s = c++->number;
    } else if (fold < ARRAY) {
        item->number = c++->number;
        if (fold == BOUNDED)
            item->bound = c++->number;
    }
    return c;
}

static const struct hs_kept *fold(const struct hs_values *v, struct hs_bulk *b,
                                  struct hs_arena *arena)
{
    struct hs_kept *k = hs_arena_alloc(arena, sizeof *k + v->n);
    size_t cells = 0;
    for (size_t i = 0; i < v->n; i++) {
        enum fold f = fold_of(&v->items[i], b);
        k->fold[i] = (unsigned char)f;
        cells += n_cells(&v->items[i], f);
    }
    union cell *c = HS_ARENA_ARRAY(arena, union cell, cells);
    k->shape = shape_of(b, v, arena);
    k->cells = c;
    for (size_t i = 0; i < v->n; i++)
        c = put_cells(&v->items[i], (enum fold)k->fold[i], c, arena);
    return k;
}

static void keep_item(struct hs_value *item, struct hs_arena *arena)
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

void hs_values_keep(struct hs_values *v, struct hs_arena *arena, struct hs_bulk *bulk,
                    const void *id)
{
    v->arena = arena;
    v->bulk = bulk;
    v->bulk_id = id;
    v->cap = v->n;
    if (bulk && v->n < UINT16_MAX) {
        v->kept = fold(v, bulk, arena);
        v->items = NULL;
        return;
    }
    v->items = hs_arena_copy(arena, v->items, v->n * sizeof *v->items);
    for (size_t i = 0; i < v->n; i++)
        keep_item(&v->items[i], arena);
}

static struct hs_bulk_slot *unfold(const struct hs_values *v)
{
    const struct hs_kept *k = v->kept;
    struct hs_bulk *b = v->bulk;
    if (b->slot[b->last].kept == k)
        return &b->slot[b->last];
    for (size_t i = 0; i < HS_BULK_SLOTS; i++)
        if (b->slot[i].kept == k)
            return &b->slot[b->last = i];
    b->last = b->next;
    b->next = (b->next + 1) % HS_BULK_SLOTS;
    struct hs_bulk_slot *s = &b->slot[b->last];
    hs_arena_free(&s->arena);
    if (s->cap < v->n) {
        s->items = hs_realloc(s->items, v->n, sizeof *s->items);
        s->cap = v->n;
    }
    s->kept = k;
    s->whole = true;
    memset(s->items, 0, v->n * sizeof *s->items);
    const union cell *c = k->cells;
    for (size_t i = 0; i < v->n; i++) {
        s->items[i].key = k->shape->key[i];
        c = take_cells(&s->items[i], (enum fold)k->fold[i], c);
        s->whole = s->whole && !s->items[i].left_out;
    }
    return s;
}

/* Gives an item what it is in `whole`; an empty one where it is not. */
static void fill(struct hs_value *item, const struct hs_values *whole, size_t at)
{
    const struct hs_value *from = at < whole->n ? &whole->items[at] : NULL;
    if (!from || strcmp(from->key, item->key))
        from = hs_values_get(whole, item->key);
    const char *key = item->key;
    if (from && from->kind == item->kind) {
        *item = *from;
        item->key = key;
    } else if (item->kind == HS_TEXT) {
        item->text = "";
    }
    item->left_out = false;
}

const struct hs_value *hs_bulk_items(const struct hs_values *v)
{
    if (!v->kept)
        return v->items;
    struct hs_bulk_slot *s = unfold(v);
    if (s->whole)
        return s->items;
    struct hs_values whole;
    hs_values_init(&whole, &s->arena);
    if (!v->bulk->read(v->bulk->ctx, v->bulk_id, &whole))
        whole.n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (s->items[i].left_out)
            fill(&s->items[i], &whole, i);
    s->whole = true;
    return s->items;
}

struct hs_value *hs_bulk_find(const struct hs_values *v, const char *key)
{
    size_t at = *place_of(v->kept->shape, key);
    return at ? &unfold(v)->items[at - 1] : NULL;
}

void hs_bulk_free(struct hs_bulk *bulk)
{
    for (size_t i = 0; i < HS_BULK_SLOTS; i++) {
        hs_arena_free(&bulk->slot[i].arena);
        hs_free(bulk->slot[i].items);
        bulk->slot[i] = (struct hs_bulk_slot){.kept = NULL};
    }
}
