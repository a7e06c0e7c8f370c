/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Audio at any places between its samples: a windowed sinc (Kaiser, 64 taps wide at the
 * original rate). For changing rate, delay and drift in one step. Pure.
 */
#ifndef HS_DSP_PLACES_H
#define HS_DSP_PLACES_H

#include <stddef.h>

struct hs_places {
    float *table; /* phases of the kernel */
    size_t half;  /* taps either side */
    double step;
};

/* For output samples `step` input samples apart; above 1 the band is limited for it. */
void hs_places_init(struct hs_places *s, double step);
/* out[i] = the input at place first + i * step; outside the input lies silence. */
void hs_places_run(const struct hs_places *s, const float *in, size_t n_in, double first,
                   float *out, size_t n_out);
void hs_places_free(struct hs_places *s);

#endif
