/* SPDX-License-Identifier: Apache-2.0 */
/* What moved although no correction asked for it. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_H
#define HS_CATALOGUE_SIDE_EFFECTS_H

#include "catalogue/verify.h"
#include "judge/rule.h"

/* What a rule reads on a file by itself, without its pair or release. */
struct hs_reading hs_verify_read(const struct hs_rule *rule, const struct hs_audit *audit,
                                 const struct hs_file *file, enum hs_update_kind kind,
                                 struct hs_arena *arena);

/* Fills out->strays from the pair and from every rule's reading on both files. */
void hs_side_effects_find(const struct hs_audit *audit, struct hs_arena *arena,
                          struct hs_verification *out);
/* The tone alone: eq_db of the pair less the planned curves, each scaled to what was
 * done of it. Appends; `n_max` bounds the strays. */
void hs_side_effects_tone(struct hs_arena *arena, struct hs_verification *out, size_t n_max);

#endif
