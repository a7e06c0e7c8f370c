/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transfer is taken to time, limited to an eighth of the frame either way by a raised cosine,
 * and taken back. Fast convolution keeps the part of a frame that the response reaches from within
 * (overlap-save).
 */
#include "pair/filter.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"

#include <math.h>
#include <string.h>

void hs_filter_init(struct hs_filter *f, size_t n)
{
    *f = (struct hs_filter){.n = n};
    hs_fft_init(&f->fft, n);
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            f->h[i][j] = hs_aligned(n / 2 + 1, sizeof *f->h[i][j]);
}

void hs_filter_free(struct hs_filter *f)
{
    hs_fft_free(&f->fft);
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            hs_free(f->h[i][j]);
    *f = (struct hs_filter){0};
}

/* Full up to `reach` of n, then a raised cosine down to nothing at twice that. */
static void limit_time(struct hs_filter *f, double reach)
{
    size_t n = f->n;
    for (size_t i = 0; i < n; i++) {
        double away = (double)(i < n / 2 ? i : n - i) / (double)n, w = 1;
        if (away > reach)
            w = away < 2 * reach ? 0.5 + 0.5 * cos(HS_PI * (away - reach) / reach) : 0;
        f->fft.time[i] *= (float)(w / (double)n);
    }
}

/* In time: what rings longer than `reach` is no equaliser. */
void hs_filter_limit(struct hs_filter *f, double reach)
{
    const double longest = 0.5 / HS_FILTER_SHARE;
    const size_t bins = f->n / 2 + 1;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            memcpy(f->fft.freq, f->h[i][j], bins * sizeof **f->h[i]);
            f->fft.freq[0] = crealf(f->fft.freq[0]);
            f->fft.freq[bins - 1] = crealf(f->fft.freq[bins - 1]);
            hs_fft_inverse_by_pairs(&f->fft);
            limit_time(f, reach > 0 && reach < longest ? reach : longest);
            hs_fft_forward(&f->fft);
            memcpy(f->h[i][j], f->fft.freq, bins * sizeof **f->h[i]);
        }
}

void hs_filter_set(struct hs_filter *f, const struct hs_transfer *t, double reach_s)
{
    for (size_t k = 0; k < f->n / 2 + 1; k++) {
        double complex h[2][2];
        hs_transfer_solve(t, k, h);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                f->h[i][j][k] = (float complex)h[i][j];
    }
    hs_filter_limit(f, reach_s * t->rate_hz / (double)f->n);
}

void hs_filter_spectrum(struct hs_filter *f, const float *in, float complex *out)
{
    hs_fft_forward_of(&f->fft, in, out);
}

/* Two in, two out. */
void hs_filter_run(struct hs_filter *f, const float complex *const x[2], float *const out[2])
{
    const size_t last = f->n / 2, hop = hs_filter_hop(f->n), from = f->n / HS_FILTER_SHARE;
    const float scale = 1 / (float)f->n;
    for (int j = 0; j < 2; j++) {
        const float complex *const h[2] = {f->h[0][j], f->h[1][j]};
        f->fft.kernels->filter(h, x, last, f->fft.freq);
        f->fft.freq[0] = crealf(f->fft.freq[0]);
        f->fft.freq[last] = crealf(f->h[0][j][last]) * crealf(x[0][last]) +
                            crealf(f->h[1][j][last]) * crealf(x[1][last]);
        hs_fft_inverse_by_pairs(&f->fft);
        for (size_t i = 0; i < hop; i++)
            out[j][i] = f->fft.time[from + i] * scale;
    }
}

void hs_filter_samples(struct hs_filter *f, const float complex *x, float *out)
{
    const size_t hop = hs_filter_hop(f->n), from = f->n / HS_FILTER_SHARE;
    const float scale = 1 / (float)f->n;
    memcpy(f->fft.freq, x, (f->n / 2 + 1) * sizeof *x);
    hs_fft_inverse_by_pairs(&f->fft);
    for (size_t i = 0; i < hop; i++)
        out[i] = f->fft.time[from + i] * scale;
}
