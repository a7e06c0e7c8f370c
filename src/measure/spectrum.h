/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one short-time Fourier transform that all analysers share. Two resolutions: FAST
 * frames follow the music in time and serve what lies above about 1 kHz and all band
 * envelopes; FINE frames come from a decimated signal and resolve the low bands (bins of
 * 1.5 Hz or finer). Hann windows, hop half the length, frame k centred at k * hop (the
 * signal continues as silence on both ends, so every sample counts alike); a frame carries
 * both channels of the down-mix, scaled so that |X|^2 summed over all bins (both halves)
 * is the mean power of the windowed signal corrected for the window's power: a full-scale
 * sine in one channel sums to 0.5.
 */
#ifndef HS_MEASURE_SPECTRUM_H
#define HS_MEASURE_SPECTRUM_H

#include "model/measure.h"

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hs_resolution { HS_SPECTRUM_FAST, HS_SPECTRUM_FINE };

/* Powers of one third octave of a frame, both halves of the spectrum together. With
 * M = (L + R) / 2 and S = (L - R) / 2, mid - side is the real part of L conj(R), and
 * mid + side is (left + right) / 2; identical channels have a side of exactly 0. */
struct hs_band_power {
    float left, right, mid, side;
    float cross_im; /* imaginary part of L conj(R) */
};

struct hs_onset;

struct hs_spectrum {
    enum hs_resolution resolution;
    int64_t index;                     /* frames of this resolution count from 0 */
    double centre_s;                   /* time of the middle of the frame */
    double hop_s, bin_hz;              /* constant per file and resolution */
    size_t n_bins;                     /* 0 .. n_bins-1, up to Nyquist of that resolution */
    double valid_hz;                   /* bins up to here are free of the decimator's slope */
    bool mono;                         /* left and right are the same signal */
    const float complex *left, *right; /* aliased (same pointer) where the file is mono */
    /* Per bin, of the one half that is here: |L|^2, |R|^2, |M|^2, |S|^2, Im L conj(R). */
    const float *power_left, *power_right, *power_mid, *power_side, *cross_im;
    /* FAST: the 31 third octaves (0 above Nyquist); bands below 200 Hz are only as sharp
     * as the bins allow. NULL in FINE frames. */
    const struct hs_band_power *bands;
    /* FAST: what rises in this frame, see measure/onsets.h. NULL in FINE frames. */
    const struct hs_onset *onset;
    /* FINE: the decimated signal itself, [centre - hop, centre): successive frames join.
     * NULL in FAST frames. Its first 1/4 of Nyquist is flat. */
    const float *low_left, *low_right;
    size_t n_low;
    double low_rate_hz;
};

#endif
