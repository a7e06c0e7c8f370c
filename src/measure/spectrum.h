/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one short-time Fourier transform that all analysers share. Two resolutions: FAST
 * frames follow the music in time and serve what lies above about 1 kHz and all band
 * envelopes; FINE frames come from a decimated signal and resolve the low bands (bins of
 * 1.5 Hz or finer). Hann windows, hop half the length; a frame carries both channels of
 * the down-mix, scaled so that |X|^2 summed over all bins (both halves) is the mean power
 * of the windowed signal corrected for the window's power: a full-scale sine in one
 * channel sums to 0.5.
 */
#ifndef HS_MEASURE_SPECTRUM_H
#define HS_MEASURE_SPECTRUM_H

#include <complex.h>
#include <stddef.h>
#include <stdint.h>

enum hs_resolution { HS_SPECTRUM_FAST, HS_SPECTRUM_FINE };

struct hs_spectrum {
    enum hs_resolution resolution;
    int64_t index;        /* frames of this resolution count from 0 */
    double centre_s;      /* time of the middle of the frame */
    double hop_s, bin_hz; /* constant per file and resolution */
    size_t n_bins;        /* 0 .. n_bins-1, up to Nyquist of that resolution */
    double valid_hz;      /* bins up to here are free of the decimator's slope */
    const float complex *left, *right; /* aliased (same pointer) where the file is mono */
};

#endif
