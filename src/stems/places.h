/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where all stems of a track lie in a file: each for itself, and all as one export.
 */
#ifndef HS_STEMS_PLACES_H
#define HS_STEMS_PLACES_H

#include "pair/edits.h"
#include "stems/analyse.h"
#include "stems/place.h"
#include "stems/spectra.h"

/* The first file is cut against all stems: behind a moment of it, or before it, they lie later by
 * so much. */
struct hs_stem_jump {
    double at_s, later_s; /* 0: it is not */
    bool before;
};

struct hs_stem_places {
    double rate_hz;                            /* of the clock */
    struct hs_stem_place place[HS_STEMS_MOST]; /* of each stem in the first file */
    enum hs_stem_side side[HS_STEM_SIDES];     /* those in which stems lie, the clock first */
    size_t n_sides;
    int64_t shift; /* frame of the clock on which the second file begins */
    double drift;  /* of the second file */
    struct hs_stem_piece cut[HS_EDITS_MOST]; /* of the second file, where it is an edit */
    size_t n_cut;                            /* 0: it is none */
    struct hs_stem_jump jump;
};

/* Looks for all stems in the first file, `side` of the track; `rate_hz` is set; `field` will be
 * open on it. *found: whether one of them lies there. */
enum hs_status hs_stem_places_find(struct hs_stem_places *p, const struct hs_stems_order *order,
                                   enum hs_stem_side side, struct hs_stem_field *field, bool *found,
                                   struct hs_error *err);

/* Looks everywhere for the returns that took the delay of the others; false: none is found at
 * another one. */
enum hs_status hs_stem_places_returns(struct hs_stem_places *p, const struct hs_stems_order *order,
                                      bool *changed, struct hs_error *err);

/* Puts stems that lie up to 50 ms apart from the export of most others where those lie; false:
 * there is none. */
bool hs_stem_places_gather(struct hs_stem_places *p, size_t n_stems);

#endif
