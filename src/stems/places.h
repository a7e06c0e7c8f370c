/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where all stems of a track lie in its mix and its master: each for itself, and all as one export.
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

/* `rate_hz` is set; `out->fit` says which files were tried, and why none was found there. */
enum hs_status hs_stem_places_find(struct hs_stem_places *p, const struct hs_stems_order *order,
                                   struct hs_instruments *out, struct hs_error *err);
/* Where the fit leaves much of the second file: whether that is cut differently from the first, as
 * mix and master are laid on each other; then its pieces are set. */
enum hs_status hs_stem_places_cut(struct hs_stem_places *p, const struct hs_stems_order *order,
                                  bool *changed, struct hs_error *err);

#endif
