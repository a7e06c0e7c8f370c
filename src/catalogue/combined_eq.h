/* SPDX-License-Identifier: Apache-2.0 */
/* The values that a plan with several equaliser moves ends at: the moves act on one spectrum, so
 * each changes what the others reach. */
#ifndef HS_CATALOGUE_COMBINED_EQ_H
#define HS_CATALOGUE_COMBINED_EQ_H

#include "model/audit.h"

/* Sets `planned` and `planned_most` of the steps whose rules read third octaves, with all shelves
 * and bells of the plan done. */
void hs_combined_eq(const struct hs_track_result *t, struct hs_plan_step *steps, size_t n);

#endif
