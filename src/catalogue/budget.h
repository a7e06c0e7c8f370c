/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the rows of the short list with the highest sum of priorities within a budget of hours.
 */
#ifndef HS_CATALOGUE_BUDGET_H
#define HS_CATALOGUE_BUDGET_H

#include "model/audit.h"

/* Sets in_budget of the listed rows; NaN: no budget, all of them. */
void hs_budget_choose(struct hs_shortlist_row *rows, size_t n, double budget_hours);

#endif
