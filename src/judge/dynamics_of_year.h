/* SPDX-License-Identifier: Apache-2.0 */
/* What the dynamics of the whole record industry were in a year, so that an artist's record
 * is held against its time. Between the years of the table on a straight line. */
#ifndef HS_JUDGE_DYNAMICS_OF_YEAR_H
#define HS_JUDGE_DYNAMICS_OF_YEAR_H

enum hs_dynamics_figure {
    HS_DR_OF_ALBUMS,   /* medians of released albums, dB */
    HS_CREST_OF_SONGS, /* peak over loudness, dB above the built-in catalogues */
};

/* Held before the first and after the last year that is known. */
double hs_dynamics_of_year(enum hs_dynamics_figure figure, double year);

#endif
