/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers of habits: each move with what is usual elsewhere, the moves as the rules read them,
 * and the habits of all years in one table.
 */
#ifndef HS_REPORT_HABITS_TABLE_H
#define HS_REPORT_HABITS_TABLE_H

#include "model/audit.h"
#include "report/html.h"

/* Each in a fold where it is not the main thing; mixes have zones alone. `who`: "Mastering", "B.
 * Master": captions tell tables apart. */
void hs_html_habits(struct hs_html *h, const struct hs_habits *habits, const char *who,
                    bool mastering);
/* `habits`: n of them, of one year each, oldest first. */
void hs_html_habits_years(struct hs_html *h, const struct hs_habits *const *habits, size_t n,
                          const char *who, bool mastering);

#endif
