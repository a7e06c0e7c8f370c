/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the impulse response of the fitted filter stands and which sign it has: all-passes and
 * crossovers move the phase, and with it what the alignment took for delay and polarity.
 * pair/pair.c moves the alignment by it.
 */
#include "pair/model_pulse.h"

#include "core/num.h"

#include <math.h>

static const float clear_pulse = 1.2f;
static const double least_straight = 0.9;

/* How far the filter leaves the phase of 100 Hz to 2 kHz as it is about a frame of its impulse
 * response, weighted by the mix's power: 1 all of it, -1 all of it is turned over, near 0 where
 * all-passes turn it. */
static double straightness(const struct hs_filter *f, const struct hs_transfer *t, int part,
                           long at)
{
    const double low_hz = 100, high_hz = 2000, bin_hz = t->rate_hz / (double)t->n;
    double straight = 0, all = 1e-300;
    for (size_t k = (size_t)(low_hz / bin_hz); (double)k * bin_hz < high_hz; k++) {
        const double power = t->at.xx[part][k];
        const double turn = 2 * HS_PI * (double)k * (double)at / (double)t->n;
        straight += power * ((double)crealf(f->h[part][part][k]) * cos(turn) -
                             (double)cimagf(f->h[part][part][k]) * sin(turn));
        all += power * (double)cabsf(f->h[part][part][k]);
    }
    return straight / all;
}

/* The impulse response of the filter of the louder part, each bin weighted by its coherence. The
 * peak within 64 frames is taken where it is clearly higher than the response at the place that
 * the alignment found. Treble that was raised or added may outweigh the rest in it: where nearly
 * all below 2 kHz says the other sign, that is the polarity, and the place stays. */
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
    hs_fft_inverse_by_pairs(&f->fft);
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
    const double straight = straightness(f, t, part, 0);
    const int sign = clear && peak < 0 ? -1 : 1;
    const bool by_bass = fabs(straight) >= least_straight && straight * sign < 0;
    out->pulse_frames = clear && !by_bass ? at : 0;
    out->pulse_sign = by_bass ? -sign : sign;
    out->straight = out->pulse_sign * straightness(f, t, part, out->pulse_frames);
}
