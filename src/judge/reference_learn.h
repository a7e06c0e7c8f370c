/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the reference models from the references and the tracks of an audit. */
#ifndef HS_JUDGE_REFERENCE_LEARN_H
#define HS_JUDGE_REFERENCE_LEARN_H

#include "judge/reference_model.h"

/* Reads the first n tracks and all references by every rule; hs_rule_count() of them, in
 * `arena`. The readings of the tracks are not kept: hs_reference_models_look makes them anew. */
struct hs_reference_model *hs_reference_models_new(const struct hs_audit *audit, size_t n_tracks,
                                                   struct hs_arena *arena);

/* Reads one track by every rule into `master` and `mix`; their texts are in `arena`. */
void hs_reference_models_look(struct hs_reference_model *models, const struct hs_audit *audit,
                              size_t track, struct hs_arena *arena);

#endif
