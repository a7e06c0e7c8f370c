/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a catalogue deviates by more than artists without a habit differ from each other, as
 * odds. The model of a track's distance z towards the fault, in spreads of songs:
 *
 *     z = a + s (r + e)     a: this artist     s: how alike this artist's tracks are
 *                           r: this release    e: this track
 *
 * A habit adds 1, 2 or 3 spreads (of moves as many times more as `largest` says) to a quarter, a
 * half or all of the tracks. The odds say how many times better that explains the tracks than an
 * artist without a habit does; what is not known (a, s, r, size and share) is averaged over.
 */
#ifndef HS_CATALOGUE_HABIT_ODDS_H
#define HS_CATALOGUE_HABIT_ODDS_H

#include "catalogue/fault_count.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    HS_CLASSES = 11,          /* seven sound ones by z, then note, minor, moderate, severe */
    HS_THRESHOLD_CLASSES = 5, /* of a rule with fixed thresholds: sound, and the four */
};

struct hs_habit_model {
    struct hs_base base;
    double artist_share; /* of the variance of songs: how much artists differ */
    double artists;      /* behind the base */
    double references;   /* the user's own, 0 none */
    double icc;          /* within a release */
    double largest;      /* habit, in spreads; 0: 3, as of songs */
    double icc_apart;    /* the least of changes and splits; 0: HS_ICC_APART below 40 releases */
    bool fixed_thresholds;
    bool yes_or_no; /* two classes: none, and any level */
};

/* The tracks of each release by class, in the order of their dates. */
struct hs_class_counts {
    int (*by_release)[HS_CLASSES];
    size_t n;
};

struct hs_habit_odds; /* what the tracks of a catalogue say, release by release */

/* `apart`: changes or splits will be asked, which take more time to prepare. */
struct hs_habit_odds *hs_habit_odds_new(const struct hs_habit_model *m,
                                        const struct hs_class_counts *c, bool apart);
/* Natural logarithm of the odds that there is a habit. */
double hs_habit_odds_log(struct hs_habit_odds *o);
/* ... that it is on the releases where here[j], and not on the others, or the other way round;
 * *on is true where it is here. Against a habit throughout or none at all. */
double hs_habit_odds_split(struct hs_habit_odds *o, const bool *here, bool *on);

struct hs_habit_change {
    double log_odds; /* that it began or ended somewhere; -INFINITY: cannot be asked */
    size_t at;       /* the first release after the best place */
    size_t from, to; /* the places that hold .8 of the odds, of the first releases after */
    bool began;
};
struct hs_habit_change hs_habit_odds_change(struct hs_habit_odds *o);
void hs_habit_odds_free(struct hs_habit_odds *o);

/* The p value that odds are worth: it holds for any number of tracks and releases. */
double hs_habit_p(double log_odds);

/* Log odds from which on evidence is called some, fair, strong. */
enum hs_strength hs_habit_strength(double log_odds);

#endif
