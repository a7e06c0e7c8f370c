/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the catalogue as a whole leans: the distances of its tracks from the expected
 * centre, all together. */
#ifndef HS_CATALOGUE_SHIFT_H
#define HS_CATALOGUE_SHIFT_H

#include "catalogue/census.h"
#include "catalogue/clustered.h"

/* Fills shift, its interval and its p. `*z` gets the parts of the correlation of z within a
 * release, which are added up over rules. */
void hs_shift_fill(const struct hs_census *c, struct hs_recurrence *out, struct hs_correlation *z);
/* Whether the shift goes towards the fault by an audible step or more, over two releases or more,
 * with an interval that leaves out 0. */
bool hs_shift_leans(const struct hs_audit *audit, const struct hs_recurrence *r);

#endif
