/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results of very many files in little memory. What is kept of a file are its numbers, a
 * cell of eight bytes each; their names are shared by all files that have the same ones.
 * Series, long texts and long arrays that are seldom looked at stay where they are stored and
 * are read again when somebody asks for one. Values are unfolded into one of a few slots while
 * somebody looks at them: what hs_values_get or hs_values_doubles gave holds until HS_BULK_SLOTS
 * other files have been asked; what did not have to be read again (an array that stays, a short
 * text) holds as long as the arena. One thread at a time.
 */
#ifndef HS_MODEL_BULK_H
#define HS_MODEL_BULK_H

#include "model/values.h"

enum { HS_BULK_SLOTS = 32, HS_BULK_SHAPES = 64 };

struct hs_bulk {
    /* Unpacks all values of `id` into `out`; false where they are gone. */
    bool (*read)(void *ctx, const void *id, struct hs_values *out);
    /* Whether a long array is looked at so often that it stays; NULL: all do. */
    bool (*stays)(void *ctx, const char *key);
    void *ctx;
    struct hs_bulk_slot {
        const struct hs_kept *kept; /* whose values these are; NULL: free */
        struct hs_value *items;
        size_t cap;
        struct hs_arena arena; /* of what was read again */
        bool whole;            /* nothing is left out any more */
    } slot[HS_BULK_SLOTS];
    size_t next, last;
    struct hs_shape *shapes[HS_BULK_SHAPES]; /* lists of the names files have, by their hash */
};

/* Moves values into `arena`, in the memory they take. With `bulk`, they are folded and what
 * is bulky is left out; `id` must hold as long as the values, and all values of a bulk go into
 * one arena. NULL: everything is kept as it is. */
void hs_values_keep(struct hs_values *v, struct hs_arena *arena, struct hs_bulk *bulk,
                    const void *id);
/* A value of kept ones by its key, NULL where there is none; what is bulky may be left out. */
struct hs_value *hs_bulk_find(const struct hs_values *v, const char *key);
/* All n values of any `v`, with nothing left out. */
const struct hs_value *hs_bulk_items(const struct hs_values *v);
void hs_bulk_free(struct hs_bulk *bulk);

#endif
