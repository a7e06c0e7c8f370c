/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Those of the plain kernels (kernels_scalar.c) that work on spectra: transforms, and what is
 * multiplied and added up over bins.
 */
#include "core/num.h"
#include "dsp/kernels_scalar.h"

#include <math.h>

void hs_window_scalar(const float *x, const float *w, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = x[i] * w[i];
}

/* Bin k of part j is turned by jk / 4m of a circle, and by a quarter more for each j and run. */
void hs_quarters_scalar(float complex *x, const float *twiddle, size_t m, float turn)
{
    (void)twiddle;
    for (size_t k = 0; k < m; k++) {
        double complex part[4];
        for (size_t j = 0; j < 4; j++)
            part[j] = (double complex)x[k + j * m];
        for (size_t run = 0; run < 4; run++) {
            double complex sum = 0;
            for (size_t j = 0; j < 4; j++)
                sum += part[j] * cexp((double)turn * I * HS_PI * (double)(j * (k + run * m)) /
                                      (double)(2 * m));
            x[k + run * m] = (float complex)sum;
        }
    }
}

void hs_rfft_unpack_scalar(float complex *x, const float *twiddle, size_t half)
{
    (void)twiddle;
    x[half] = x[0];
    for (size_t k = 0; 2 * k <= half; k++) {
        double complex a = (double complex)x[k], b = conj((double complex)x[half - k]);
        double complex w = cexp(-I * HS_PI * (double)k / (double)half);
        double complex even = (a + b) / 2, odd = -I * w * (a - b) / 2;
        x[k] = (float complex)(even + odd);
        x[half - k] = (float complex)conj(even - odd);
    }
}

void hs_rfft_pack_scalar(float complex *x, const float *twiddle, size_t half)
{
    (void)twiddle;
    for (size_t k = 0; 2 * k <= half; k++) {
        double complex a = (double complex)x[k], b = conj((double complex)x[half - k]);
        double complex back = I * cexp(I * HS_PI * (double)k / (double)half) * (a - b);
        x[k] = (float complex)(a + b + back);
        x[half - k] = (float complex)conj(a + b - back);
    }
}

void hs_filter_scalar(const float complex *const h[2], const float complex *const x[2], size_t n,
                      float complex *out)
{
    for (size_t k = 0; k < n; k++)
        out[k] = (float complex)((double complex)h[0][k] * (double complex)x[0][k] +
                                 (double complex)h[1][k] * (double complex)x[1][k]);
}

static void add_product(double *const sum[2], size_t k, double complex a, double complex b)
{
    sum[0][k] += creal(conj(a) * b);
    sum[1][k] += cimag(conj(a) * b);
}

static double complex hann(const float complex *x, float weight)
{
    return (double)weight *
           (0.5 * (double complex)x[0] - 0.25 * ((double complex)x[-1] + (double complex)x[1]));
}

static void add_bin(const struct hs_transfer_frame *f, size_t k, const struct hs_transfer_sums *s)
{
    const double complex a[2] = {hann(f->x[0] + k, f->weight), hann(f->x[1] + k, f->weight)};
    for (int i = 0; i < 2; i++) {
        const double complex b = (double complex)f->y[i][k];
        s->xx[i][k] += creal(a[i] * conj(a[i]));
        s->yy[i][k] += creal(b * conj(b));
        for (int j = 0; j < 2; j++)
            add_product(s->xy[i][j], k, a[i], (double complex)f->y[j][k]);
    }
    add_product(s->x01, k, a[0], a[1]);
}

void hs_transfer_scalar(const struct hs_transfer_frame *frame, size_t n_frames, size_t from,
                        size_t to, const struct hs_transfer_sums *s)
{
    for (size_t i = 0; i < n_frames; i++)
        for (size_t k = from; k < to; k++)
            add_bin(&frame[i], k, s);
}

void hs_power_scalar(const float complex *x, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = crealf(x[i]) * crealf(x[i]) + cimagf(x[i]) * cimagf(x[i]);
}

void hs_stereo_scalar(const float complex *l, const float complex *r, size_t n,
                      const struct hs_stereo_power *out)
{
    hs_power_scalar(l, out->left, n);
    hs_power_scalar(r, out->right, n);
    for (size_t i = 0; i < n; i++) {
        float complex mid = (l[i] + r[i]) / 2, side = (l[i] - r[i]) / 2;
        hs_power_scalar(&mid, out->mid + i, 1);
        hs_power_scalar(&side, out->side + i, 1);
        out->im[i] = cimagf(l[i]) * crealf(r[i]) - crealf(l[i]) * cimagf(r[i]);
    }
}

void hs_decibels_scalar(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = hs_db_from_power(x[i]);
}

void hs_spans_scalar(const float *x, const struct hs_span_bins *span, size_t n_spans, float *sum)
{
    for (size_t s = 0; s < n_spans; s++) {
        double all = 0;
        for (size_t i = 0; i < span[s].n; i++) {
            double share = i == 0               ? (double)span[s].first_share
                           : i + 1 == span[s].n ? (double)span[s].last_share
                                                : 1;
            all += share * (double)x[span[s].first + i];
        }
        sum[s] = (float)all;
    }
}

void hs_weigh_scalar(const float complex *x, const float *w, size_t n, float *re, float *im)
{
    for (size_t i = 0; i < n; i++) {
        re[i] = w[i] * crealf(x[i]);
        im[i] = w[i] * cimagf(x[i]);
    }
}

/* The cross spectrum over each run of bins. */
void hs_cross_scalar(const float *const a[2], const float *const b[2], const size_t at[HS_RUNS + 1],
                     float re[HS_RUNS], float im[HS_RUNS])
{
    for (size_t k = 0; k < HS_RUNS; k++) {
        double x = 0, y = 0;
        for (size_t i = at[k]; i < at[k + 1]; i++) {
            x += (double)(a[0][i] * b[0][i] + a[1][i] * b[1][i]);
            y += (double)(a[0][i] * b[1][i] - a[1][i] * b[0][i]);
        }
        re[k] = (float)x;
        im[k] = (float)y;
    }
}

void hs_cross_two_scalar(const float *const a[2], const float *const b[2], const float *const c[2],
                         const size_t at[HS_RUNS + 1], float out[4 * HS_RUNS])
{
    hs_cross_scalar(a, b, at, out, out + HS_RUNS);
    hs_cross_scalar(a, c, at, out + 2 * HS_RUNS, out + 3 * HS_RUNS);
}
