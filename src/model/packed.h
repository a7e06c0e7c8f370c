/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packed values: the results of very many files in little memory. What is kept of a file are
 * its numbers, a cell of eight bytes each; their names are shared by all files that have the
 * same ones. Series, long texts and long arrays that are seldom looked at stay where they are
 * stored and are read again when somebody asks for one. Values are unpacked into one of a few
 * slots while somebody looks at them: what hs_values_get or hs_values_doubles gave holds until
 * HS_PACKING_SLOTS other files have been asked; what did not have to be read again (an array
 * that stays, a short text) holds as long as the arena. One thread at a time.
 */
#ifndef HS_MODEL_PACKED_H
#define HS_MODEL_PACKED_H

#include "model/values.h"

enum { HS_PACKING_SLOTS = 32, HS_PACKING_SHAPES = 64 };

/* What all packed values of one arena share. */
struct hs_packing {
    /* Reads all values of `id` into `out`; false where they are gone. */
    bool (*read)(void *ctx, const void *id, struct hs_values *out);
    /* Whether a long array is looked at so often that it stays; NULL: all do. */
    bool (*stays)(void *ctx, const char *key);
    void *ctx;
    struct hs_packing_slot {
        const struct hs_packed *packed; /* whose values these are; NULL: free */
        struct hs_value *items;
        size_t cap;
        struct hs_arena arena; /* of what was read again */
        bool whole;            /* nothing is left out any more */
    } slot[HS_PACKING_SLOTS];
    size_t next, last;
    struct hs_shape *shapes[HS_PACKING_SHAPES]; /* lists of the names files have, by their hash */
};

/* Packs values into `arena`; what is bulky is left out. `id` must hold as long as the values,
 * and all values of a packing go into one arena. */
void hs_packing_pack(struct hs_packing *p, struct hs_values *v, struct hs_arena *arena,
                     const void *id);
void hs_packing_free(struct hs_packing *p);

#endif
