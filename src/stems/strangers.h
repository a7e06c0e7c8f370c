/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stem of another song among those of one: what it should hold is in no stem, and soft stems of
 * the song drown in that. Pure.
 */
#ifndef HS_STEMS_STRANGERS_H
#define HS_STEMS_STRANGERS_H

#include "stems/places.h"

/* Readings of one file. Those that drowned are told which stem was not found there
 * (hs_instrument.beside), if one was not that should be heard. */
void hs_stem_point_at_strangers(const struct hs_stem_places *at, const struct hs_stems_order *order,
                                struct hs_instrument *items, size_t n);

#endif
