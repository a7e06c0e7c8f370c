/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Levels of instruments in all tracks of a job: which one stands elsewhere in a song than in
 * the artist's others. A second view; it makes no finding. Made once from the audit.
 */
#ifndef HS_REPORT_SISTER_LEVELS_H
#define HS_REPORT_SISTER_LEVELS_H

#include "judge/leave_one_out.h"
#include "model/audit.h"

struct hs_sister_levels {
    struct hs_leave_one_out of[HS_N_STEM_ORIGINS][HS_STEM_SIDES][HS_N_STEM_ROLES];
};

struct hs_sister_level {
    size_t n;         /* other tracks with such an instrument */
    double middle_lu; /* its level in those */
    double off_lu;    /* how much higher it is here */
};

void hs_sister_levels_init(struct hs_sister_levels *s, const struct hs_audit *audit,
                           struct hs_arena *arena);
/* Of the instrument of a role (hs_instrument_of_role): whether it lies clearly elsewhere than in
 * the other tracks. */
bool hs_sister_levels_differ(const struct hs_sister_levels *s, const struct hs_instrument *in,
                             struct hs_sister_level *out);

#endif
