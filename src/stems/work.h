/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the stems of one order while it is worked on. */
#ifndef HS_STEMS_WORK_H
#define HS_STEMS_WORK_H

#include "stems/fitting.h"
#include "stems/follow.h"
#include "stems/places.h"

/* One order on its way: where stems lie, which of them were fitted, and the fit. */
struct hs_stem_work {
    const struct hs_stems_order *order;
    struct hs_stem_places at;
    size_t fitted[HS_STEMS_MOST], n_fitted; /* of the stems of the order */
    bool is_mixdown[HS_STEMS_MOST];         /* of the same: the whole song, left out */
    bool is_group[HS_STEMS_MOST];           /* of the same: the sum of others, left out */
    size_t group[HS_STEMS_MOST];  /* of the same: one more than that which holds it; 0: none */
    bool is_split[HS_STEMS_MOST]; /* of the same: fitted as its middle and the rest */
    double late_s[HS_STEMS_MOST]; /* of the same: one side of it comes so much later; 0: none */
    struct hs_stem_piece piece[HS_STEMS_MOST][2]; /* of each stem, where the first file is cut */
    struct hs_stem_fitting fit;
    struct hs_stem_following following[HS_STEM_SIDES]; /* by file, as the fit has them */
};

#endif
