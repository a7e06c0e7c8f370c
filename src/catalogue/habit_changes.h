/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Since when mastering or mixing is another than before, zone by zone and in width: of all tracks
 * together, in the order of the years of their releases.
 */
#ifndef HS_CATALOGUE_HABIT_CHANGES_H
#define HS_CATALOGUE_HABIT_CHANGES_H

#include "catalogue/habit_values.h"
#include "catalogue/step.h"

/* One value of the tracks of all, in the unit of struct hs_habit_change. */
void hs_habit_changes_look(const struct hs_audit *audit, const struct hs_sample *s, size_t which,
                           struct hs_habits *h);
/* Over mastering and mixing together: q, and intervals at the level that is left. */
void hs_habit_changes_decide(struct hs_audit *audit);

#endif
