/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With whom and where a fault comes more often: fills one row; q is corrected later.
 */
#ifndef HS_CATALOGUE_ASSOCIATION_H
#define HS_CATALOGUE_ASSOCIATION_H

#include "catalogue/census.h"

void hs_associations_fill(struct hs_audit *audit, const struct hs_census *c,
                          struct hs_recurrence *out);

#endif
