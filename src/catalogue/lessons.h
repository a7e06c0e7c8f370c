/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a teacher needs of one rule: examples, and ear against machine.
 */
#ifndef HS_CATALOGUE_LESSONS_H
#define HS_CATALOGUE_LESSONS_H

#include "catalogue/census.h"

void hs_lessons_fill(struct hs_audit *audit, const struct hs_census *c, struct hs_recurrence *out);

#endif
