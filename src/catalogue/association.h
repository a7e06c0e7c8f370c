/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With whom and where a fault comes more often: mix engineer, mastering engineer, studio, format,
 * genre, label. Fills the associations of one row, in the audit's arena; q is corrected later,
 * over all rules. NaN and a reason where a level has too few releases. `icc`: correlation of the
 * tracks of a release, by hs_release_icc_apart.
 */
#ifndef HS_CATALOGUE_ASSOCIATION_H
#define HS_CATALOGUE_ASSOCIATION_H

#include "catalogue/census.h"
#include "catalogue/evidence.h"

/* Whether the tracks of the job differ in any of these. */
bool hs_associations_are_there(const struct hs_audit *audit);
void hs_associations_fill(struct hs_audit *audit, const struct hs_census *c,
                          const struct hs_evidence_counts *songs, double icc,
                          struct hs_recurrence *out);

#endif
