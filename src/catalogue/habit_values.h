/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers that habits are made of, track by track, in dB and LU; NaN: not known. Of mastering
 * what the pair says, of mixing the spectrum of the mix less what is expected of it.
 */
#ifndef HS_CATALOGUE_HABIT_VALUES_H
#define HS_CATALOGUE_HABIT_VALUES_H

#include "model/audit.h"

/* What the numbers are read from. */
struct hs_habit_source {
    const struct hs_audit *audit;
    const double **bands; /* by track of the audit, HS_BANDS each; NULL: not known */
    const double *shift;  /* of the bands of mixes: added to each */
    const double *error;  /* of the bands of mixes: variance of what they are held against */
    size_t first;         /* track whose judgements name the rules */
};

/* Of one track; `which` is a third octave, a zone, or a judgement of the first track. */
typedef double hs_habit_value(const struct hs_habit_source *s, size_t track, size_t which);
hs_habit_value hs_habit_band_of_move, hs_habit_zone_of_move; /* the transfer */
hs_habit_value hs_habit_band_of_mix, hs_habit_zone_of_mix;
hs_habit_value hs_habit_gain, hs_habit_reduction, hs_habit_width, hs_habit_tails;
hs_habit_value hs_habit_width_of_mix, hs_habit_width_of_master; /* side over mid */
/* What mastering did to the value of a rule, in the unit of the rule's usual moves. */
hs_habit_value hs_habit_change_of_rule;

/* HS_BANDS values where they lie; NULL: not known. */
const double *hs_habit_bands_of_move(const struct hs_track_result *t);
const double *hs_habit_bands_of_mix(const struct hs_track_result *t);
const double *hs_habit_bands_of_master(const struct hs_track_result *t);
/* The variance of what a zone is held against: of moves none. */
double hs_habit_no_error(const struct hs_habit_source *s, size_t zone);
double hs_habit_zone_error(const struct hs_habit_source *s, size_t zone);
/* What mixes are held against: the expected centre less the usual move of mastering, which is that
 * of this catalogue's own pairs where there are enough (audit->mastering). */
void hs_habit_expect_mixes(const struct hs_audit *audit, double shift[HS_BANDS],
                           double error[HS_BANDS]);

#endif
