/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Better or worse over the years: fills the trend of one row; its q is corrected later, over all
 * rows. Below five dated releases the direction is NONE, with the reason.
 */
#ifndef HS_CATALOGUE_TREND_H
#define HS_CATALOGUE_TREND_H

#include "catalogue/recurrence.h"

/* Once the verdicts are known: the trend is that of what speaks for the rule. */
void hs_trend_fill(const struct hs_audit *audit, const struct hs_census *c,
                   const struct hs_counted *counted, struct hs_recurrence *out);

#endif
