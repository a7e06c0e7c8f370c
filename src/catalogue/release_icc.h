/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much the tracks of a release are alike, as the share of the variance within an artist that a
 * release has in common (intraclass correlation, ICC). Pure.
 */
#ifndef HS_CATALOGUE_RELEASE_ICC_H
#define HS_CATALOGUE_RELEASE_ICC_H

#include "catalogue/recurrence.h"

/* What is usual, where nothing can be estimated. */
#define HS_ICC_USUAL .10
/* Where single releases are told apart (changes, with whom), the least: a level or a side often has
 * two or three releases, and taking .10 where .30 is true would call a difference up to three times
 * as often as said (p times the odds .33 instead of .12; .13 with this value). */
#define HS_ICC_APART .20

/* Of this catalogue: over all rules with a distribution, drawn to what is usual. `counted` is in
 * the order of audit->recurring. */
double hs_release_icc(const struct hs_audit *audit, const struct hs_counted *counted);
/* Of a rule: defects of the file, which all tracks of a transfer or a delivery share, have one of
 * their own; of all others `usual`. */
double hs_release_icc_of(const char *rule, double usual);

#endif
