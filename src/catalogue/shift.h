/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the catalogue as a whole leans: the distances of its tracks from the expected
 * centre, all together. */
#ifndef HS_CATALOGUE_SHIFT_H
#define HS_CATALOGUE_SHIFT_H

#include "catalogue/census.h"
#include "catalogue/clustered.h"

/* Fills shift, its interval and its p; adds to `z` how much the tracks of a release hang
 * together in this rule. */
void hs_shift_fill(const struct hs_census *c, struct hs_recurrence *out, struct hs_correlation *z);
/* By an audible step or more, on two releases, and surely. */
bool hs_shift_leans(const struct hs_audit *audit, const struct hs_recurrence *r);

#endif
