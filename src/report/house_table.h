/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers of a house: each move with what is usual elsewhere, the moves as the rules read them,
 * and the houses of all years in one table.
 */
#ifndef HS_REPORT_HOUSE_TABLE_H
#define HS_REPORT_HOUSE_TABLE_H

#include "model/audit.h"
#include "report/html.h"

/* Each in a fold where it is not the main thing; mixes have zones alone. `who`: "Mastering", "B.
 * Master": captions tell tables apart. */
void hs_html_house(struct hs_html *h, const struct hs_house *house, const char *who,
                   bool mastering);
/* `house` holds n houses of one year each, oldest first. */
void hs_html_house_years(struct hs_html *h, const struct hs_house *const *house, size_t n,
                         const char *who, bool mastering);

#endif
