/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a teacher needs of one rule: the worst and best examples among the artist's own tracks,
 * and how often ear and machine agree. Fills fields of `out`; lists live in the audit's arena.
 */
#ifndef HS_CATALOGUE_LESSONS_H
#define HS_CATALOGUE_LESSONS_H

#include "catalogue/census.h"

void hs_lessons_fill(struct hs_audit *audit, const struct hs_census *c, struct hs_recurrence *out);
/* The worst examples anew, of what mastering moved and most of all so; where it moved none, those
 * that are there stay. */
void hs_lessons_of_moves(const struct hs_census *c, struct hs_recurrence *out);

#endif
