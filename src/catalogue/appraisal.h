/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the findings of one track call for: each that counts speaks for the action that mends it
 * (remedy.h) and for the lighter ones that ease it. Findings and trust must be in place. Pure.
 */
#ifndef HS_CATALOGUE_APPRAISAL_H
#define HS_CATALOGUE_APPRAISAL_H

#include "model/audit.h"

enum { HS_N_ACTIONS = 4 };

/* What one action would help with. */
struct hs_help {
    double points, weight, fix, sure;    /* sums over the findings that speak for it */
    double worst, worst_fix, worst_sure; /* severity, share and certainty of the worst of them */
    const struct hs_finding *lead;
};

/* All that bears on the decision about one track. */
struct hs_appraisal {
    struct hs_help by[HS_N_ACTIONS];
    double worst, sum; /* severities of the primary findings */
    int n_leads, n_indicated, n_inferred;
};

struct hs_appraisal hs_appraise(const struct hs_track_result *t);
/* The heaviest action that pays; one that does not gives way to the next cheaper one. */
enum hs_action hs_appraisal_action(const struct hs_track_result *t, const struct hs_appraisal *a);

#endif
