/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gain and curve in front of the filter: a clipper before an equaliser or a crossover. Works on
 * the buffers of hs_work; nothing fails.
 */
#ifndef HS_PAIR_MODEL_BEHIND_H
#define HS_PAIR_MODEL_BEHIND_H

#include "pair/model_work.h"

/* Gain and curve of the mix as it is, then the filter: Rz1, Rz3. */
void hs_model_look_behind(struct hs_work *w, struct hs_models *out);

#endif
