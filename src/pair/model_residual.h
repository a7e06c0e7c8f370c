/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of the models explains the master best. Residuals are in dB of the master's power. Pure
 * functions.
 */
#ifndef HS_PAIR_MODEL_RESIDUAL_H
#define HS_PAIR_MODEL_RESIDUAL_H

#include "pair/models.h"

/* Residual of the best one, dB; 0 at most. */
double hs_models_best_db(const struct hs_models *m);
/* Nothing else explains the master, and gains by band do so better. */
bool hs_models_bands_explain(const struct hs_models *m);
/* Left and right move against each other, and that is what is left: an auto-pan. */
bool hs_models_panned(const struct hs_models *m);

#endif
