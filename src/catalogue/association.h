/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With whom and where a fault comes more often: mix engineer, mastering engineer, studio, format,
 * genre, label. By every kind of evidence, all as one family of tests; of a factor the evidence
 * that tells its levels apart best is kept. Lives in the audit's arena; same input, same bits.
 */
#ifndef HS_CATALOGUE_ASSOCIATION_H
#define HS_CATALOGUE_ASSOCIATION_H

#include "catalogue/alike.h"
#include "catalogue/recurrence.h"

/* Fills the associations of one row, by all evidence, once all rules were added. NaN and a reason
 * where a level has too few releases. Nothing where a fault is too rare to be split. */
void hs_associations_fill(struct hs_audit *audit, const struct hs_clustering *by,
                          const struct hs_census *c, const struct hs_counted *counted,
                          const struct hs_alike *alike, struct hs_recurrence *out);
/* Over all rows, of which the verdicts are known: q, the evidence that is kept, and what its levels
 * cannot be told from. */
void hs_associations_decide(struct hs_audit *audit, struct hs_aliases *aliases);

#endif
