/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shelves and bells of one plan meet in the same spectrum.
 */
#ifndef HS_CATALOGUE_COMBINED_EQ_H
#define HS_CATALOGUE_COMBINED_EQ_H

#include "model/audit.h"

/* `planned` of shelves and bells with all of them done, not each alone. */
void hs_combined_eq(const struct hs_track_result *t, struct hs_plan_step *steps, size_t n);

#endif
