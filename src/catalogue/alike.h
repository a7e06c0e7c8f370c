/* SPDX-License-Identifier: Apache-2.0 */
/* How much the tracks of a release hang together, between the releases of one engineer, studio or
 * the like alone. Pure sums; nothing fails. */
#ifndef HS_CATALOGUE_ALIKE_H
#define HS_CATALOGUE_ALIKE_H

#include "catalogue/cells.h"
#include "catalogue/recurrence.h"

/* How alike the tracks of one cell are (cells.h): sums over the rules by factor, of values and of
 * moves apart. Begin with zeros. */
struct hs_alike {
    struct hs_alike_sum {
        struct hs_correlation sum;
        double rules, clusters;
    } of[HS_N_FACTORS][2];
};

/* Adds what one rule tells. */
void hs_alike_add(const struct hs_clustering *by, const struct hs_census *c,
                  const struct hs_counted *counted, struct hs_alike *alike);
/* The sum that holds for evidence of this kind by a factor. */
const struct hs_alike_sum *hs_alike_of(const struct hs_alike *alike, enum hs_factor f,
                                       const struct hs_evidence_counts *e);
double hs_alike_icc(const struct hs_alike_sum *alike);

#endif
