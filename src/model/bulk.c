/* SPDX-License-Identifier: Apache-2.0 */
#include "model/bulk.h"

#include <string.h>

enum { LONG_TEXT = 512, LONG_SERIES = 16 };

static bool is_bulky(const struct hs_value *item)
{
    if (item->kind == HS_SERIES)
        return item->n >= LONG_SERIES;
    return item->kind == HS_TEXT && item->text && strlen(item->text) >= LONG_TEXT;
}

/* Texts of many files are much alike: codecs, tags, reasons. */
static void keep_item(struct hs_value *item, struct hs_arena *arena, bool leave_out)
{
    item->key = hs_arena_intern(arena, item->key);
    if (leave_out && is_bulky(item)) {
        item->left_out = true;
        if (item->kind == HS_TEXT)
            item->text = NULL;
        else
            item->series = NULL;
    } else if (item->kind == HS_TEXT) {
        item->text = hs_arena_intern(arena, item->text);
    } else if (item->kind == HS_ABSENT) {
        item->why = hs_arena_intern(arena, item->why);
    } else if (item->kind == HS_ARRAY) {
        item->array = hs_arena_copy(arena, item->array, item->n * sizeof *item->array);
    } else if (item->kind == HS_SERIES) {
        item->series = hs_arena_copy(arena, item->series, item->n * sizeof *item->series);
    }
}

void hs_values_keep(struct hs_values *v, struct hs_arena *arena, struct hs_bulk *bulk,
                    const void *id)
{
    v->items = hs_arena_copy(arena, v->items, v->n * sizeof *v->items);
    v->arena = arena;
    v->cap = v->n;
    v->bulk = bulk;
    v->bulk_id = id;
    for (size_t i = 0; i < v->n; i++)
        keep_item(&v->items[i], arena, bulk != NULL);
}

static void drop(struct hs_bulk_slot *slot)
{
    for (size_t i = 0; i < slot->n; i++) {
        struct hs_value *item = &slot->items[i];
        if (!item->left_out)
            continue;
        if (item->kind == HS_TEXT)
            item->text = NULL;
        else
            item->series = NULL;
    }
    hs_arena_free(&slot->arena);
    *slot = (struct hs_bulk_slot){.n = 0};
}

/* Gives an item what it is in `whole`; an empty one where it is not. */
static void fill(struct hs_value *item, const struct hs_values *whole, size_t at)
{
    const struct hs_value *from = at < whole->n ? &whole->items[at] : NULL;
    if (!from || strcmp(from->key, item->key))
        from = hs_values_get(whole, item->key);
    if (!from || from->kind != item->kind) {
        item->left_out = false;
        item->n = 0;
        if (item->kind == HS_TEXT)
            item->text = "";
    } else if (item->kind == HS_TEXT) {
        item->text = from->text;
    } else {
        item->series = from->series;
        item->n = from->n;
    }
}

static bool is_here(const struct hs_value *item)
{
    return item->kind == HS_TEXT ? item->text != NULL : item->series != NULL;
}

void hs_bulk_fetch(const struct hs_values *v)
{
    size_t first = 0;
    while (first < v->n && (!v->items[first].left_out || is_here(&v->items[first])))
        first++;
    if (!v->bulk || first == v->n)
        return;
    struct hs_bulk *b = v->bulk;
    struct hs_bulk_slot *slot = &b->slot[b->next];
    b->next = (b->next + 1) % HS_BULK_SLOTS;
    drop(slot);
    struct hs_values whole;
    hs_values_init(&whole, &slot->arena);
    if (!b->read(b->ctx, v->bulk_id, &whole))
        whole.n = 0;
    slot->items = v->items;
    slot->n = v->n;
    for (size_t i = first; i < v->n; i++)
        if (v->items[i].left_out)
            fill(&v->items[i], &whole, i);
}

void hs_bulk_free(struct hs_bulk *bulk)
{
    for (size_t i = 0; i < HS_BULK_SLOTS; i++)
        drop(&bulk->slot[i]);
}
