/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bands in which stems are fitted: half octaves in the middle, wider outside, with edges at
 * those of the zones in which tone is told. Bins carry K-weighting (ITU-R BS.1770-5 annex 1), so
 * that powers of bands add up to loudness. Pure.
 */
#ifndef HS_STEMS_BANDS_H
#define HS_STEMS_BANDS_H

#include "dsp/kernels.h"
#include "model/instrument.h"

#include <stddef.h>

enum { HS_STEM_BANDS = HS_RUNS };

extern const double hs_stem_edges_hz[HS_STEM_BANDS + 1];
/* The first band of each zone, and one more. */
extern const int hs_stem_zone_bands[HS_STEM_ZONES + 1];

struct hs_stem_bands {
    size_t n_fft, hop;
    size_t bin[HS_STEM_BANDS];    /* of the transform, the first of a band */
    size_t n_bins[HS_STEM_BANDS]; /* how many it holds */
    size_t at[HS_STEM_BANDS + 1]; /* where it is kept: runs of whole vectors, zeros at their ends */
    float *weight;                /* as they are kept: K-weighting; powers are mean squares */
    double k_power[HS_STEM_BANDS]; /* mean K-weighting of a band, as power */
    double thirds[HS_STEM_BANDS];  /* how many third octaves it is wide */
};

/* Frames of some 93 ms, half overlapping, at this sample rate. */
void hs_stem_bands_init(struct hs_stem_bands *b, double rate_hz);
void hs_stem_bands_free(struct hs_stem_bands *b);

#endif
