/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a fade or a ride, and one filter, explain the master. */
#ifndef HS_PAIR_MODEL_SLOW_H
#define HS_PAIR_MODEL_SLOW_H

#include "pair/model_work.h"

/* A curve must lower what is left at the top by this to be one: untouched, encoded and equalised
 * masters have at most 0.6 dB. */
#define HS_LEAST_DROP_TOP_DB 3

/* Residuals of the models are set; filter and transfer are those of the last round. yy: power of
 * the master. */
bool hs_model_explained_by_slow_gain(struct hs_work *w, double yy, struct hs_models *out);

#endif
