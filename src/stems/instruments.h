/* SPDX-License-Identifier: Apache-2.0 */
/* What a fit says of each instrument of a track, and why one of them is not judged. Pure. */
#ifndef HS_STEMS_INSTRUMENTS_H
#define HS_STEMS_INSTRUMENTS_H

#include "stems/fitting.h"
#include "stems/follow.h"
#include "stems/places.h"

/* One order on its way: where stems lie, which of them were fitted, and the fit. */
struct hs_stem_work {
    const struct hs_stems_order *order;
    struct hs_stem_places at;
    size_t fitted[HS_STEMS_MOST], n_fitted; /* of the stems of the order */
    bool is_mixdown[HS_STEMS_MOST];         /* of the same: the whole song, left out */
    bool is_split[HS_STEMS_MOST];           /* of the same: fitted as its middle and the rest */
    double late_s[HS_STEMS_MOST]; /* of the same: one side of it comes so much later; 0: none */
    struct hs_stem_piece piece[HS_STEMS_MOST][2]; /* of each stem, where the first file is cut */
    struct hs_stem_fitting fit;
    struct hs_stem_following following[HS_STEM_SIDES]; /* by file, as the fit has them */
};

/* Readings of each stem, then of each role that has several stems, on each side that was fitted.
 * `out` has room for all; what it points to lives in the arena. */
void hs_stem_read_instruments(struct hs_stem_work *w, const struct hs_stem_bands *bands,
                              struct hs_arena *arena, struct hs_instruments *out);
/* Instruments of a file in which nothing was fitted say why. */
void hs_stem_tell_unfitted(const struct hs_stem_work *w, struct hs_instruments *out);

#endif
