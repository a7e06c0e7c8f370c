/* SPDX-License-Identifier: Apache-2.0 */
/* Since when mastering, the mixes or the masters are another than before, in words. */
#ifndef HS_REPORT_HABIT_CHANGES_H
#define HS_REPORT_HABIT_CHANGES_H

#include "report/html.h"
#include "report/pages.h"

enum hs_toned { HS_TONED_MASTERING, HS_TONED_MIXES, HS_TONED_MASTERS, HS_N_TONED };

/* A sentence for each zone that changed, and for the width; nothing where none did. `all`: the
 * habits of all tracks together. */
void hs_html_habit_changes(struct hs_html *h, const struct hs_audit *audit,
                           const struct hs_habits *all, enum hs_toned what);
/* The sentence of the largest of them alone. */
void hs_html_largest_change(struct hs_html *h, const struct hs_audit *audit,
                            const struct hs_habits *all, enum hs_toned what);
/* "Mixes have more of the treble since 2008." for the heading: of the largest change. False where
 * none is shown. */
bool hs_html_habit_change_claim(struct hs_html *h, const struct hs_audit *audit,
                                const struct hs_habits *all, enum hs_toned what);

#endif
