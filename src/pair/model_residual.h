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
/* Nothing else explains the master, and gains by band do so better; or they do so clearly. */
bool hs_models_bands_explain(const struct hs_models *m);
/* Left and right move against each other, and that is what is left: an auto-pan. */
bool hs_models_panned(const struct hs_models *m);
/* How much less gains of fine bands leave than filter, gain and curve, dB; NaN where not known. */
double hs_models_by_band_db(const struct hs_models *m);
/* From so much on bands may move by themselves: multiband processors 3.4 to 13 dB, on any residual;
 * encoders at most 1, stems 2 dB off 2.8, crossovers 2.5 and de-essers 4.5, of which no two bands
 * follow their level; limiters and compressors less than 0 (docs/pair-method.md). */
#define HS_BY_BAND_DB 2.5

#endif
