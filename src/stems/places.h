/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where all stems of a track lie in its mix and its master: each for itself, and all as one export.
 */
#ifndef HS_STEMS_PLACES_H
#define HS_STEMS_PLACES_H

#include "stems/analyse.h"
#include "stems/place.h"

struct hs_stem_places {
    double rate_hz;                            /* of the clock */
    struct hs_stem_place place[HS_STEMS_MOST]; /* of each stem in the first file */
    enum hs_stem_side side[HS_STEM_SIDES];     /* those in which stems lie, the clock first */
    size_t n_sides;
    int64_t shift; /* frame of the clock on which the second file begins */
    double drift;  /* of the second file */
};

/* `rate_hz` is set; `out->fit` says which files were tried, and why none was found there. */
enum hs_status hs_stem_places_find(struct hs_stem_places *p, const struct hs_stems_order *order,
                                   struct hs_instruments *out, struct hs_error *err);

#endif
