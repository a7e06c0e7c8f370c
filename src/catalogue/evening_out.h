/* SPDX-License-Identifier: Apache-2.0 */
/* Mastering that goes by where the mix lies, raising what has little and lowering what has much. */
#ifndef HS_CATALOGUE_EVENING_OUT_H
#define HS_CATALOGUE_EVENING_OUT_H

#include "catalogue/census.h"
#include "judge/rule.h"

/* Spreads of moves for each spread of songs: 0, or below it where mastering surely evens out. The
 * rule may be NULL: not known. */
double hs_evening_out(const struct hs_census *c, const struct hs_rule *rule);

#endif
