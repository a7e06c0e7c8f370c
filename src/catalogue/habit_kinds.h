/* SPDX-License-Identifier: Apache-2.0 */
/* Of what habits are asked: mastering, mixing, and masters of which no mix is known. */
#ifndef HS_CATALOGUE_HABIT_KINDS_H
#define HS_CATALOGUE_HABIT_KINDS_H

#include "catalogue/habit_group.h"

extern const struct hs_habit_kind hs_habit_mastering, hs_habit_mixing;
/* Masters have no habits of their own, for mastering and mixing are one there: it is asked alone
 * since when they are another. It has no engineer, year or `fill`. */
extern const struct hs_habit_kind hs_habit_of_masters;

#endif
