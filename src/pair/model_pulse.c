/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the impulse response of the fitted filter stands and which sign it has: all-passes and
 * crossovers move the phase, and with it what the alignment took for delay and polarity.
 * pair/pair.c moves the alignment by it.
 */
#include "pair/model_pulse.h"

#include <math.h>

static const float clear_pulse = 1.2f;

/* The impulse response of the filter of the louder part, each bin weighted by its coherence. The
 * peak within 64 frames is taken where it is clearly higher than the response at the place that
 * the alignment found. */
void hs_model_find_pulse(struct hs_filter *f, const struct hs_transfer *t, struct hs_models *out)
{
    enum { REACH = 64 };
    const size_t bins = f->n / 2 + 1;
    const double bin_hz = t->rate_hz / (double)t->n;
    int part = hs_transfer_power(t, 1) > hs_transfer_power(t, 0);
    for (size_t k = 0; k < bins; k++) {
        double all = 0, both = hs_transfer_coherent(t, ((double)k - 0.25) * bin_hz,
                                                    ((double)k + 0.25) * bin_hz, &all);
        f->fft.freq[k] = f->h[part][part][k] * (float)(all > 0 ? both / all : 0);
    }
    /* the filter's pulse, where both files are coherent */
    hs_fft_inverse(&f->fft);
    const float *pulse = f->fft.time;
    float here = fmaxf(fmaxf(fabsf(pulse[0]), fabsf(pulse[1])), fabsf(pulse[f->n - 1]));
    long at = 0;
    for (long i = -REACH; i <= REACH; i++) {
        float now = fabsf(pulse[i < 0 ? f->n - (size_t)-i : (size_t)i]);
        if (now > fabsf(pulse[at < 0 ? f->n - (size_t)-at : (size_t)at]))
            at = i;
    }
    float peak = pulse[at < 0 ? f->n - (size_t)-at : (size_t)at];
    bool clear = fabsf(peak) > clear_pulse * here;
    out->pulse_frames = clear ? at : 0;
    out->pulse_sign = clear && peak < 0 ? -1 : 1;
}
