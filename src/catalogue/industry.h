/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the whole record industry did meanwhile, so that an artist's trend in dynamics
 * is not taken for a habit of his own.
 */
#ifndef HS_CATALOGUE_INDUSTRY_H
#define HS_CATALOGUE_INDUSTRY_H

#include <stdbool.h>

/* Typical dynamics of released masters in dB (DR, about the same course as PLR and
 * crest factor) of a year. Published medians of albums: about 13 in 1985, 8 at the
 * lowest in 2008, 8 to 9 in 2012; before 1982 steady, held after the last year known.
 */
double hs_industry_dynamics_db(double year);
/* Whether a rule's value follows that course: dynamics in dB. */
bool hs_industry_applies(const char *rule);

#endif
