/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Since when mastering or mixing is another than before, zone by zone and in width: of all tracks
 * together, in the order of the years of their releases.
 */
#ifndef HS_CATALOGUE_HABIT_CHANGES_H
#define HS_CATALOGUE_HABIT_CHANGES_H

#include "catalogue/habit_values.h"
#include "catalogue/step.h"

/* Since when, of the values of the tracks of all: HS_ZONE_CHANGES samples, in dB. Fills
 * `steps` and h->change. */
void hs_habit_changes_look(const struct hs_audit *audit, const struct hs_sample *s,
                           struct hs_step *steps, struct hs_habits *h);
/* Over mastering and mixing together: q, and intervals at the level that is left. `steps` are those
 * of mastering, then those of mixing or, without mixes, of the masters. */
void hs_habit_changes_decide(struct hs_audit *audit,
                             const struct hs_step steps[2][HS_ZONE_CHANGES]);

#endif
