/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results of very many files in little memory: series and long texts stay where they are
 * stored and are read again when hs_values_get (or packing) asks for one. What it gave holds
 * until HS_BULK_SLOTS other files have been asked. One thread at a time.
 */
#ifndef HS_MODEL_BULK_H
#define HS_MODEL_BULK_H

#include "model/values.h"

enum { HS_BULK_SLOTS = 32 };

struct hs_bulk {
    /* Unpacks all values of `id` into `out`; false where they are gone. */
    bool (*read)(void *ctx, const void *id, struct hs_values *out);
    void *ctx;
    struct hs_bulk_slot {
        struct hs_arena arena;
        struct hs_value *items; /* whose bulk is in the arena */
        size_t n;
    } slot[HS_BULK_SLOTS];
    size_t next;
};

/* Moves values into `arena`, in the memory they take. With `bulk`, what is bulky is left
 * out; `id` must hold as long as the values. NULL: everything is kept. */
void hs_values_keep(struct hs_values *v, struct hs_arena *arena, struct hs_bulk *bulk,
                    const void *id);
/* Reads what was left out. Called by hs_values_get and hs_values_pack. */
void hs_bulk_fetch(const struct hs_values *v);
void hs_bulk_free(struct hs_bulk *bulk);

#endif
