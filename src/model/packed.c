/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The list of names that a file has is its shape; files with the same list share one shape,
 *    found by its hash. A shape has a small hash table from name to place.
 * 2. Each value becomes a form of one byte and zero or more cells of eight bytes. Long texts,
 *    long series and long arrays that `stays` does not name become a form without cells.
 * 3. To be read, values are unpacked into one of 32 slots, which are used in turn. Where a value
 *    was left out, all values are read again from where they are stored, and what was left out is
 *    filled in.
 */
#include "model/packed.h"

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
 * empty array       none
 * left out          none */
enum form {
    ABSENT,
    NOTHING,
    NUMBER,
    BOUNDED,
    FLAG,
    TEXT,
    ARRAY,
    SERIES,
    EMPTY,
    NO_TEXT,
    NO_ARRAY,
    NO_SERIES
};

struct hs_packed {
    const struct hs_values_elsewhere *how;
    struct hs_packing *packing;
    const void *id;
    const struct hs_shape *shape;
    const union cell *cells;
    unsigned char form[];
};

static size_t hash_of(const char *s)
{
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return (size_t)(h ^ h >> 32);
}

/* The place of a name in the shape's table. */
static uint16_t *place_of(const struct hs_shape *s, const char *key)
{
    size_t i = hash_of(key) & (s->room - 1);
    while (s->place[i] && strcmp(s->key[s->place[i] - 1], key))
        i = (i + 1) & (s->room - 1);
    return &s->place[i];
}

/* A shape with a hash table that is at most half full. */
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

/* The shape of these names: one that is there, or a new one. */
static const struct hs_shape *shape_of(struct hs_packing *p, const struct hs_values *v,
                                       struct hs_arena *arena)
{
    const char **key = hs_malloc((v->n + 1) * sizeof *key);
    size_t h = v->n;
    for (size_t i = 0; i < v->n; i++) {
        key[i] = hs_arena_intern(arena, v->items[i].key);
        h = h * 31 + hash_of(key[i]);
    }
    struct hs_shape **list = &p->shapes[h % HS_PACKING_SHAPES], *s = *list;
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

/* How a value is kept; long series, texts and arrays that do not stay are left out. */
static enum form form_of(const struct hs_value *item, const struct hs_packing *p)
{
    switch (item->kind) {
    case HS_NUMBER:
        return isnan(item->bound) ? NUMBER : BOUNDED;
    case HS_FLAG:
        return FLAG;
    case HS_ARRAY:
        if (!item->n)
            return EMPTY;
        return item->n >= LONG_ARRAY && p->stays && !p->stays(p->ctx, item->key) ? NO_ARRAY : ARRAY;
    case HS_SERIES:
        return item->n >= LONG_SERIES ? NO_SERIES : SERIES;
    case HS_TEXT:
        return item->text && strlen(item->text) >= LONG_TEXT ? NO_TEXT : TEXT;
    default:
        return item->absence == HS_NOTHING_THERE ? NOTHING : ABSENT;
    }
}

/* How many cells a form takes. */
static size_t n_cells(const struct hs_value *item, enum form form)
{
    static const unsigned char n[] = {[ABSENT] = 1, [NOTHING] = 1, [NUMBER] = 1, [BOUNDED] = 2,
                                      [FLAG] = 1,   [TEXT] = 1,    [ARRAY] = 1,  [SERIES] = 4};
    return form > SERIES ? 0 : n[form] + (form == ARRAY ? item->n : 0);
}

/* Texts of many files are much alike: codecs, tags, reasons. */
static union cell *put_cells(const struct hs_value *item, enum form form, union cell *c,
                             struct hs_arena *arena)
{
    if (form == ABSENT || form == NOTHING || form == TEXT) {
        c++->text = hs_arena_intern(arena, form == TEXT ? item->text : item->why);
    } else if (form == ARRAY) {
        c++->count = item->n;
        memcpy(c, item->array, item->n * sizeof *item->array);
        c += item->n;
    } else if (form == SERIES) {
        c++->series = hs_arena_copy(arena, item->series, item->n * sizeof *item->series);
        c++->count = item->n;
        c++->number = item->start_s;
        c++->number = item->step_s;
    } else if (form < ARRAY) {
        c++->number = item->number;
        if (form == BOUNDED)
            c++->number = item->bound;
    }
    return c;
}

/* Makes a value of its cells; returns where the next ones begin. */
static const union cell *take_cells(struct hs_value *item, enum form form, const union cell *c)
{
    static const enum hs_kind kinds[] = {
        [ABSENT] = HS_ABSENT,  [NOTHING] = HS_ABSENT, [NUMBER] = HS_NUMBER,
        [BOUNDED] = HS_NUMBER, [FLAG] = HS_FLAG,      [TEXT] = HS_TEXT,
        [ARRAY] = HS_ARRAY,    [SERIES] = HS_SERIES,  [EMPTY] = HS_ARRAY,
        [NO_TEXT] = HS_TEXT,   [NO_ARRAY] = HS_ARRAY, [NO_SERIES] = HS_SERIES};
    item->kind = kinds[form];
    item->absence = form == NOTHING ? HS_NOTHING_THERE : HS_NOT_MEASURED;
    item->left_out = form >= NO_TEXT;
    item->bound = NAN;
    if (form == ABSENT || form == NOTHING || form == TEXT) {
        item->text = c++->text;
    } else if (form == ARRAY) {
        item->n = (uint32_t)c++->count;
        item->array = &c->number;
        c += item->n;
    } else if (form == SERIES) {
        item->series = c++->series;
        item->n = (uint32_t)c++->count;
        item->start_s = c++->number;
        item->step_s = c++->number;
    } else if (form < ARRAY) {
        item->number = c++->number;
        if (form == BOUNDED)
            item->bound = c++->number;
    }
    return c;
}

static enum form form_at(const struct hs_packed *k, size_t i)
{
    return (enum form)k->form[i];
}

/* The slot that holds these values, else the next one to be used again. */
static struct hs_packing_slot *slot_of(const struct hs_packed *k)
{
    struct hs_packing *p = k->packing;
    if (p->slot[p->last].packed == k)
        return &p->slot[p->last];
    for (size_t i = 0; i < HS_PACKING_SLOTS; i++)
        if (p->slot[i].packed == k)
            return &p->slot[p->last = i];
    p->last = p->next;
    p->next = (p->next + 1) % HS_PACKING_SLOTS;
    struct hs_packing_slot *s = &p->slot[p->last];
    s->packed = NULL;
    return s;
}

/* The values in a slot, without what was left out. */
static struct hs_packing_slot *unpack(const struct hs_packed *k)
{
    struct hs_packing_slot *s = slot_of(k);
    size_t n = k->shape->n;
    if (s->packed)
        return s;
    hs_arena_free(&s->arena);
    if (s->cap < n) {
        s->items = hs_realloc(s->items, n, sizeof *s->items);
        s->cap = n;
    }
    s->packed = k;
    s->whole = true;
    memset(s->items, 0, n * sizeof *s->items);
    const union cell *c = k->cells;
    for (size_t i = 0; i < n; i++) {
        s->items[i].key = k->shape->key[i];
        c = take_cells(&s->items[i], form_at(k, i), c);
        s->whole = s->whole && !s->items[i].left_out;
    }
    return s;
}

/* Fills in an item that was left out from `whole`; `at` is where it most likely stands there. An
 * empty item where `whole` does not have it. */
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

/* The same with what was left out, read again from where it is stored. */
static const struct hs_value *all_items(const struct hs_packed *k)
{
    struct hs_packing_slot *s = unpack(k);
    if (s->whole)
        return s->items;
    struct hs_values whole;
    hs_values_init(&whole, &s->arena);
    if (!k->packing->read(k->packing->ctx, k->id, &whole))
        whole.n = 0;
    for (size_t i = 0; i < k->shape->n; i++)
        if (s->items[i].left_out)
            fill(&s->items[i], &whole, i);
    s->whole = true;
    return s->items;
}

/* The value of a name; NULL: the file has none. */
static const struct hs_value *find(const struct hs_packed *k, const char *key)
{
    size_t at = *place_of(k->shape, key);
    return at ? &unpack(k)->items[at - 1] : NULL;
}

static const struct hs_values_elsewhere elsewhere = {.find = find, .items = all_items};

/* Forms and cells of all values, in one piece of memory each. */
static const struct hs_packed *pack(struct hs_packing *p, const struct hs_values *v,
                                    struct hs_arena *arena, const void *id)
{
    struct hs_packed *k = hs_arena_alloc(arena, sizeof *k + v->n);
    size_t cells = 0;
    for (size_t i = 0; i < v->n; i++) {
        enum form f = form_of(&v->items[i], p);
        k->form[i] = (unsigned char)f;
        cells += n_cells(&v->items[i], f);
    }
    union cell *c = HS_ARENA_ARRAY(arena, union cell, cells);
    k->how = &elsewhere;
    k->packing = p;
    k->id = id;
    k->shape = shape_of(p, v, arena);
    k->cells = c;
    for (size_t i = 0; i < v->n; i++)
        c = put_cells(&v->items[i], form_at(k, i), c, arena);
    return k;
}

/* The values keep their keys and lose their list: they are read through the packing from here on.
 */
void hs_packing_pack(struct hs_packing *p, struct hs_values *v, struct hs_arena *arena,
                     const void *id)
{
    if (v->n >= UINT16_MAX) { /* no file has as many: the places of a shape are 16 bits wide */
        hs_values_settle(v, arena);
        return;
    }
    v->packed = pack(p, v, arena, id);
    v->arena = arena;
    v->items = NULL;
    v->cap = v->n;
}

void hs_packing_free(struct hs_packing *p)
{
    for (size_t i = 0; i < HS_PACKING_SLOTS; i++) {
        hs_arena_free(&p->slot[i].arena);
        hs_free(p->slot[i].items);
        p->slot[i] = (struct hs_packing_slot){.packed = NULL};
    }
}
