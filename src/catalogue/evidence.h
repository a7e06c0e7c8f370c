/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row of evidence for a rule, with two tests of its own: are there more than elsewhere, and
 * is it more than artists differ. What is counted in it is the matter of catalogue/kinds.h, what
 * is decided over all rows that of catalogue/recurrence.h.
 */
#ifndef HS_CATALOGUE_EVIDENCE_H
#define HS_CATALOGUE_EVIDENCE_H

#include "catalogue/evidence_counts.h"

/* From this share of the tracks on faults weigh as a mistake that recurs; a smaller one is a few.
 */
#define HS_WEIGHTY_SHARE .2

/* The correlation within releases where releases are told apart: those of several artists differ as
 * artists do, too. */
double hs_evidence_icc_apart(const struct hs_evidence_counts *e, double icc);
/* Fills the tests of the row; icc is the correlation within releases. */
void hs_evidence_test(struct hs_evidence_counts *e, double icc);
/* The interval of the rate at a level alpha. */
struct hs_interval hs_evidence_interval(const struct hs_evidence_counts *e, double icc,
                                        double alpha);
/* Where a change is shown: the row of those releases alone that have it, two at least; else NULL.
 * That it is more than artists differ is what the change says: its odds are of a habit there and
 * none elsewhere, over all places. p_count is that of the releases times the places; `alpha_count`
 * is what a single p has to reach. */
struct hs_evidence_row *hs_evidence_stretch(const struct hs_evidence_counts *e, double icc,
                                            double alpha_count, struct hs_arena *arena);

#endif
