/* SPDX-License-Identifier: Apache-2.0 */
/* What a row of evidence is held against: how often it is so elsewhere, and how much artists or
 * engineers differ. Fills the base of the counts and what goes with it. */
#ifndef HS_CATALOGUE_HELD_AGAINST_H
#define HS_CATALOGUE_HELD_AGAINST_H

#include "catalogue/base_rates.h"
#include "catalogue/evidence_counts.h"
#include "judge/rule.h"

/* Songs elsewhere, and the user's own references. The rule may be NULL: not known. */
void hs_against_songs(const struct hs_rule *rule, const struct hs_base_rate *base,
                      struct hs_evidence_counts *e);
/* The base of what the file itself shows. */
void hs_against_physics(const struct hs_rule *rule, const struct hs_base_rate *base,
                        struct hs_evidence_counts *e);
/* How often harmless mastering moves a value as far. */
void hs_against_moves(const struct hs_rule *rule, const struct hs_base_rate *base,
                      struct hs_evidence_counts *e);

#endif
