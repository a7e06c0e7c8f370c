/* SPDX-License-Identifier: Apache-2.0 */
/* Better, worse or steady: what may be said of the trends of all rules together. */
#ifndef HS_CATALOGUE_TREND_VERDICT_H
#define HS_CATALOGUE_TREND_VERDICT_H

#include "model/audit.h"

/* Fills q and the direction, with why where there is none; once the trends are filled and the
 * changes are known. Texts live in the audit's arena. */
void hs_trends_decide(struct hs_audit *audit);

#endif
