/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What would help a finding: which step has to be done again, how well that can work
 * with what is archived, and how much the finding weighs when the step is decided on.
 */
#ifndef HS_CATALOGUE_REMEDY_H
#define HS_CATALOGUE_REMEDY_H

#include "model/audit.h"

#include <stdbool.h>

struct hs_remedy {
    enum hs_action action; /* LEAVE: nothing that is archived can help */
    double fixability;     /* 0-1 */
};
struct hs_remedy hs_remedy_of(const struct hs_track_result *t, const struct hs_finding *f);
/* The same where the mix cannot or need not be made again. */
struct hs_remedy hs_remedy_without_session(const struct hs_track_result *t,
                                           const struct hs_finding *f);

/* Weight in the decision: a moderate inferred finding is 1. 0: not on its account. */
double hs_remedy_points(const struct hs_finding *f);
/* How sure the finding and its origin are, 0-1. */
double hs_remedy_confidence(const struct hs_track_result *t, const struct hs_finding *f);
/* A proxy that neither pair, stems nor the engineer's ear confirm. */
bool hs_remedy_only_indicated(const struct hs_finding *f);
/* Points from which an action is proposed. */
double hs_remedy_needed(enum hs_action action);
double hs_remedy_hours(enum hs_action action, const struct hs_track *t);

#endif
