/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences of habits: what somebody usually does to a zone, and who does what where engineers
 * differ. Pure; words live in the arena that is given.
 */
#ifndef HS_CATALOGUE_HABIT_WORDS_H
#define HS_CATALOGUE_HABIT_WORDS_H

#include "core/arena.h"
#include "model/habits.h"

/* The words for what an engineer does to a zone; `against` is what it is held against, `called` the
 * name of what is a habit: nothing of one release is called so. */
struct hs_habit_saying {
    const char *what, *more, *less, *leaves, *leave, *of, *against, *called;
};

/* What one engineer does to the zones, of the tracks of a group. */
struct hs_habit_of_engineer {
    const char *engineer;
    struct hs_usual zone[HS_ZONES];
};

/* Two engineers whose intervals have nothing in common, half a decibel or more from each other. */
bool hs_habit_engineers_differ(const struct hs_habit_of_engineer *engineers, size_t n, size_t zone);

/* "Bob raises the treble in 5 of 5 pairs, by 4.8 dB; Ann leaves it": those of whom it is shown,
 * then those who do next to nothing; no more than a few of either. */
const char *hs_habit_say_engineers(struct hs_arena *a, const struct hs_habit_saying *s,
                                   const struct hs_habit_of_engineer *engineers, size_t n,
                                   size_t zone);

/* Sets the words of all zones that have a habit:
 * "mastering by B. Master raises the treble in 11 of 12 pairs, median +2.1 dB (+1.4 to +2.9)" */
void hs_habit_say_zones(struct hs_arena *a, const struct hs_habit_saying *s, struct hs_habits *h);

#endif
