/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mix and the master of an order, which are read once for placing and once for each fit: kept
 * in memory where they are short enough and cost something to decode (media/kept.h).
 */
#ifndef HS_STEMS_KEEP_H
#define HS_STEMS_KEEP_H

#include "media/kept.h"
#include "stems/analyse.h"

struct hs_stem_keeping {
    struct hs_stems_order order; /* the same, with sides that are read from memory */
    struct hs_file file[HS_STEM_SIDES];
    struct hs_source source[HS_STEM_SIDES];
    struct hs_kept kept[HS_STEM_SIDES];
};

/* Reads the sides of an order that keep_bytes of it allow; a side that cannot be read is left as it
 * is. It must not be moved, and is to be freed. */
void hs_stem_keep(struct hs_stem_keeping *k, const struct hs_stems_order *order);
void hs_stem_keeping_free(struct hs_stem_keeping *k);

#endif
