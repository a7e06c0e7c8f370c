/* SPDX-License-Identifier: Apache-2.0 */
/* Edges, bins and weights for a sample rate: frames of the power of two nearest to 93 ms, hops of
 * half of it, and each band's bins padded to whole vectors. */
#include "stems/bands.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kweight.h"

#include <complex.h>
#include <math.h>

const double hs_stem_edges_hz[HS_STEM_BANDS + 1] = {
    20, 60, 120, 250, 355, 500, 710, 1000, 1400, 2000, 2800, 4000, 5600, 8000, 11000, 16000, 20000};
const int hs_stem_zone_bands[HS_STEM_ZONES + 1] = {0, 2, 5, 9, 13, 15};

enum { VECTOR = 8 }; /* runs of hs_kernels.cross */
static const double frame_s = 0.0929;

/* The power of two that is nearest, by ratio, to 93 ms: 4096 samples at 44.1 kHz. */
static size_t length_of(double rate_hz)
{
    size_t n = 256;
    while ((double)n * M_SQRT2 < frame_s * rate_hz)
        n *= 2;
    return n;
}

/* Bins of each band, K-weighted, so that powers are loudness. */
void hs_stem_bands_init(struct hs_stem_bands *b, double rate_hz)
{
    struct hs_kweight k;
    *b = (struct hs_stem_bands){.n_fft = length_of(rate_hz)};
    b->hop = b->n_fft / 2;
    hs_kweight_init(&k, (int)lround(rate_hz));
    const double hz = rate_hz / (double)b->n_fft;
    const size_t most = b->n_fft / 2;
    size_t edge = (size_t)ceil(hs_stem_edges_hz[0] / hz);
    for (int i = 0; i < HS_STEM_BANDS; i++) {
        const size_t end = (size_t)ceil(hs_stem_edges_hz[i + 1] / hz);
        b->bin[i] = edge;
        edge = end < most ? end : most;
        b->n_bins[i] = edge - b->bin[i];
        b->at[i + 1] = b->at[i] + (b->n_bins[i] + VECTOR - 1) / VECTOR * VECTOR;
    }
    b->weight = hs_aligned(b->at[HS_STEM_BANDS] + 1, sizeof *b->weight);
    /* The mean square of a Hann window is 3/8; of both sides of the spectrum one is kept. */
    const double scale = 2 / ((double)b->n_fft * (double)b->n_fft * 3 / 8);
    for (int i = 0; i < HS_STEM_BANDS; i++) {
        for (size_t at = 0; at < b->n_bins[i]; at++) {
            double power = hs_kweight_power(&k, (double)(at + b->bin[i]) * hz, rate_hz);
            b->weight[b->at[i] + at] = (float)sqrt(power * scale);
            b->k_power[i] += power / (double)b->n_bins[i];
        }
        b->thirds[i] = 10 * log10(hs_stem_edges_hz[i + 1] / hs_stem_edges_hz[i]);
    }
}

void hs_stem_bands_free(struct hs_stem_bands *b)
{
    hs_free(b->weight);
    *b = (struct hs_stem_bands){0};
}
