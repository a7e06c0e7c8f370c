/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several rules may find one cause (a limiter leaves a master over-limited, clipped and
 * over-compressed). On a track the one furthest out leads and the others are part of it, so that
 * over a catalogue one cause has as many names as it has leads. Here it is decided which rule
 * counts those of its findings, too, that are part of another. Lives in the scratch arena; never
 * fails.
 */
#ifndef HS_CATALOGUE_CAUSES_H
#define HS_CATALOGUE_CAUSES_H

#include "catalogue/songs.h"

struct hs_causes {
    bool *counts;   /* rule by rule: whether it counts what is part of the other one */
    size_t n_rules; /* 0: no rule does */
};

void hs_causes_find(const struct hs_audit *audit, const struct hs_songs *songs,
                    struct hs_arena *scratch, struct hs_causes *out);
/* Whether a finding that is part of another counts for its rule. */
bool hs_causes_counts(const struct hs_causes *c, const struct hs_finding *f);

#endif
