/* SPDX-License-Identifier: Apache-2.0 */
/* Time and polarity of a pair by the impulse response of its filter. Pure. */
#ifndef HS_PAIR_MODEL_PULSE_H
#define HS_PAIR_MODEL_PULSE_H

#include "pair/models.h"

/* The peak of the impulse response, from the bins where both files agree: its sign is the
 * polarity and its place the delay, whatever all-passes and crossovers did to the phase below.
 * Taken where it stands out clearly from what is at the place that the alignment found. */
void hs_model_find_pulse(struct hs_filter *f, const struct hs_transfer *t, struct hs_models *out);

#endif
