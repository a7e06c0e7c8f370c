/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gains of the third octaves are drawn as straight lines over log frequency, made into a
 * minimum-phase filter of 16,384 taps by the real cepstrum, and applied in pieces.
 */
#include "run/clip_difference.h"

#include "core/alloc.h"
#include "dsp/fft.h"

#include <math.h>
#include <string.h>

enum { TAPS = 16384 };

/* Sample by sample; both must lie at the same place and level. */
void hs_clip_minus(const float *a, const float *b, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = a[i] - b[i];
}

/* Gain in dB at a frequency: straight over its logarithm between the known bands. */
static double gain_at(double hz, const double band_hz[HS_BANDS], const double eq_db[HS_BANDS])
{
    double below = NAN, above = NAN, hz_below = 0, hz_above = 0;
    for (size_t b = 0; b < HS_BANDS; b++) {
        if (!isfinite(eq_db[b]))
            continue;
        if (band_hz[b] <= hz || isnan(below)) {
            below = eq_db[b];
            hz_below = band_hz[b];
        }
        if (band_hz[b] >= hz && isnan(above)) {
            above = eq_db[b];
            hz_above = band_hz[b];
        }
    }
    if (isnan(below))
        return 0;
    if (isnan(above) || hz_above <= hz_below || hz <= hz_below)
        return below;
    return below + (above - below) * log(hz / hz_below) / log(hz_above / hz_below);
}

/* By the real cepstrum (Oppenheim & Schafer, Discrete-Time Signal Processing, 13.5). */
static void minimum_phase(struct hs_fft *f, double rate_hz, const double eq_db[HS_BANDS])
{
    double band_hz[HS_BANDS];
    for (size_t b = 0; b < HS_BANDS; b++)
        band_hz[b] = hs_band_hz(b);
    /* log magnitude in nepers on the bins of the filter */
    for (size_t k = 0; k <= TAPS / 2; k++) {
        double hz = fmax(1, (double)k * rate_hz / TAPS);
        f->freq[k] = (float)(gain_at(hz, band_hz, eq_db) * log(10) / 20);
    }
    hs_fft_inverse(f);
    /* the real cepstrum, folded on to positive times, is that of the minimum-phase filter */
    for (size_t i = 0; i < TAPS; i++) {
        float fold = i == 0 || i == TAPS / 2 ? 1 : i < TAPS / 2 ? 2 : 0;
        f->time[i] *= fold / TAPS;
    }
    hs_fft_forward(f);
    for (size_t k = 0; k <= TAPS / 2; k++)
        f->freq[k] = cexpf(f->freq[k]);
    hs_fft_inverse(f);
    for (size_t i = 0; i < TAPS; i++)
        f->time[i] /= TAPS;
}

/* A piece of n frames through the filter; what rings on is added behind it. */
static void equalise_piece(struct hs_fft *f, const float complex *filter, const float *x, size_t n,
                           float *out, size_t n_out)
{
    memset(f->time, 0, f->n * sizeof(float));
    memcpy(f->time, x, n * sizeof(float));
    hs_fft_forward(f);
    for (size_t k = 0; k <= f->n / 2; k++) {
        const float a = crealf(f->freq[k]), b = cimagf(f->freq[k]);
        const float c = crealf(filter[k]), d = cimagf(filter[k]);
        f->freq[k] = (a * c - b * d) + (a * d + b * c) * I;
    }
    hs_fft_inverse(f);
    for (size_t i = 0; i < n_out; i++)
        out[i] += f->time[i] / (float)f->n;
}

/* Convolution in pieces whose ends overlap (overlap-add). */
void hs_clip_equalise(float *const x[2], size_t n, double rate_hz, const double eq_db[HS_BANDS])
{
    enum { WHOLE = 4 * TAPS, PIECE = WHOLE - TAPS };
    struct hs_fft taps = {0}, all = {0};
    hs_fft_init(&taps, TAPS);
    hs_fft_init(&all, WHOLE);
    float complex *filter = hs_aligned(WHOLE / 2 + 1, sizeof *filter);
    float *out = hs_malloc((n + 1) * sizeof *out);
    minimum_phase(&taps, rate_hz, eq_db);
    memset(all.time, 0, WHOLE * sizeof(float));
    memcpy(all.time, taps.time, TAPS * sizeof(float));
    hs_fft_forward_of(&all, all.time, filter);
    for (int c = 0; c < 2; c++) {
        memset(out, 0, n * sizeof *out);
        for (size_t at = 0; at < n; at += PIECE)
            equalise_piece(&all, filter, x[c] + at, n - at < PIECE ? n - at : PIECE, out + at,
                           n - at < WHOLE ? n - at : WHOLE);
        memcpy(x[c], out, n * sizeof *out);
    }
    hs_fft_free(&taps);
    hs_fft_free(&all);
    hs_free(filter);
    hs_free(out);
}
