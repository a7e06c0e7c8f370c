/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The gain of the active ticks, less what is slower than 3 s.
 * 2. Its power spectrum, averaged over pieces of 10 s (Welch; Hann window, half overlapped).
 * 3. One line with its second and third harmonic holds most of the power from 0.35 Hz on.
 */
#include "pair/tremolo.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/fft.h"

#include <math.h>
#include <string.h>

enum { PIECE = 1024, BINS = PIECE / 2 + 1, NEAR = 2, HARMONICS = 3 };
static const double least_hz = 0.5, most_hz = 20, counts_hz = 0.35;
/* Swings of less cannot be heard; of the power of all that moves; of the ticks that are active. */
static const double least_db = 0.5, least_share = 0.7, least_active = 0.6;
static const double slow_s = 3;

static void add_spectra(const struct hs_reduction *r, const double *gain, double power[BINS])
{
    struct hs_fft fft;
    float window[PIECE];
    hs_fft_init(&fft, PIECE);
    hs_window_hann(window, PIECE);
    for (size_t from = 0; from + PIECE <= r->n; from += PIECE / 2) {
        for (size_t i = 0; i < PIECE; i++)
            fft.time[i] = r->weight[from + i] > 0 ? window[i] * (float)gain[from + i] : 0;
        hs_fft_forward(&fft);
        for (size_t k = 0; k < BINS; k++)
            power[k] += pow((double)crealf(fft.freq[k]), 2) + pow((double)cimagf(fft.freq[k]), 2);
    }
    hs_fft_free(&fft);
}

static double around(const double power[BINS], size_t k)
{
    double sum = 0;
    for (size_t i = k - NEAR; i <= k + NEAR && i < BINS; i++)
        sum += power[i];
    return sum;
}

/* The strongest line with its harmonics, as a share of all; its bin in *at. */
static double line_share(const double power[BINS], size_t *at)
{
    const double bin_hz = (double)HS_PASS_HZ / PIECE;
    double all = 1e-20, own = 0;
    *at = (size_t)(least_hz / bin_hz);
    for (size_t k = (size_t)(counts_hz / bin_hz); k < BINS; k++)
        all += power[k];
    for (size_t k = *at; k <= (size_t)(most_hz / bin_hz); k++)
        if (power[k] > power[*at])
            *at = k;
    if (power[*at] < power[*at - 1]) /* the foot of what is slower */
        return 0;
    /* the flank of a slower swing is no line */
    if (power[*at - 1] > power[*at])
        return 0;
    for (size_t h = 1; h <= HARMONICS && h * *at + NEAR < BINS; h++)
        own += around(power, h * *at);
    return own / all;
}

/* Swings by the spectrum of the gain. */
bool hs_tremolo_find(const struct hs_reduction *r, double *hz, double *db)
{
    if (r->n < PIECE || (double)r->n_active < least_active * (double)r->n)
        return false;
    double *gain = HS_NEW_ARRAY(double, r->n + 1), *work = HS_NEW_ARRAY(double, r->n + 1);
    double power[BINS] = {0};
    memcpy(gain, r->gain_db, r->n * sizeof *gain);
    hs_ticks_fast(gain, r->weight, r->n, (size_t)(slow_s * HS_PASS_HZ));
    *db = hs_ticks_quantile(gain, r->weight, r->n, 0.95, work) -
          hs_ticks_quantile(gain, r->weight, r->n, 0.05, work);
    size_t at = 0;
    bool swings = false;
    if (*db >= least_db) {
        add_spectra(r, gain, power);
        swings = line_share(power, &at) >= least_share;
    }
    *hz = (double)at * HS_PASS_HZ / PIECE;
    hs_free(gain);
    hs_free(work);
    return swings;
}
