/* SPDX-License-Identifier: Apache-2.0 */
/* How loud instruments usually are here against the references, where one separator took both
 * apart: what it does to all of them cancels. */
#ifndef HS_CATALOGUE_HABIT_LEVELS_H
#define HS_CATALOGUE_HABIT_LEVELS_H

#include "model/audit.h"

/* Adds a sentence to h->words for each role whose level in the masters of these tracks (release by
 * release) is clearly not that of the references; from three tracks and three references on. */
void hs_habit_levels_say(struct hs_audit *audit, const size_t *track, size_t n,
                         struct hs_habits *h);

#endif
