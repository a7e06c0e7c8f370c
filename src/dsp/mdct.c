/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 2 n samples are folded into n, whose DCT-IV is a complex FFT of n/2 points between two
 * rotations.
 */
#include "dsp/mdct.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

void hs_mdct_init(struct hs_mdct *m, size_t n)
{
    *m = (struct hs_mdct){.n = n};
    hs_fft_init(&m->fft, n);
    m->twiddle = hs_aligned(n / 2, sizeof *m->twiddle);
    m->in = hs_aligned(n / 2, sizeof *m->in);
    m->out = hs_aligned(n / 2, sizeof *m->out);
    m->folded = hs_aligned(n, sizeof *m->folded);
    for (size_t k = 0; k < n / 2; k++)
        m->twiddle[k] = (float complex)cexp(-I * HS_PI * (double)(8 * k + 1) / (double)(8 * n));
}

/* Two samples of 2 n fold into one of n, in which the transform is a DCT-IV. */
static void fold(const float *x, const float *w, size_t n, float *out)
{
    size_t half = n / 2;
    for (size_t i = 0; i < half; i++) {
        size_t down = 3 * half - 1 - i, up = 3 * half + i, back = n - 1 - i;
        out[i] = -x[down] * w[down] - x[up] * w[up];
        out[half + i] = x[i] * w[i] - x[back] * w[back];
    }
}

/* A DCT-IV of n by a complex transform of half the length. */
void hs_mdct_run(struct hs_mdct *m, const float *x, const float *window, float *out)
{
    size_t n = m->n;
    float *in = (float *)m->in;
    fold(x, window, n, m->folded);
    for (size_t i = 0; i < n / 2; i++) {
        float a = m->folded[2 * i], b = m->folded[n - 1 - 2 * i];
        float c = crealf(m->twiddle[i]), s = cimagf(m->twiddle[i]);
        in[2 * i] = a * c - b * s;
        in[2 * i + 1] = a * s + b * c;
    }
    hs_fft_forward_pairs(&m->fft, m->in, m->out);
    const float *y = (const float *)m->out;
    for (size_t k = 0; k < n / 2; k++) {
        float a = y[2 * k], b = y[2 * k + 1];
        float c = crealf(m->twiddle[k]), s = cimagf(m->twiddle[k]);
        out[2 * k] = a * c - b * s;
        out[n - 1 - 2 * k] = -(a * s + b * c);
    }
}

void hs_mdct_free(struct hs_mdct *m)
{
    if (!m)
        return;
    hs_fft_free(&m->fft);
    hs_free(m->twiddle);
    hs_free(m->in);
    hs_free(m->out);
    hs_free(m->folded);
    *m = (struct hs_mdct){0};
}

static double sine(size_t i, size_t n)
{
    return sin(HS_PI * ((double)i + 0.5) / (double)(2 * n));
}

void hs_window_sine(float *w, size_t n)
{
    for (size_t i = 0; i < 2 * n; i++)
        w[i] = (float)sine(i, n);
}

void hs_window_vorbis(float *w, size_t n)
{
    for (size_t i = 0; i < 2 * n; i++)
        w[i] = (float)sin(HS_PI / 2 * sine(i, n) * sine(i, n));
}

/* The modified Bessel function of order 0, by its series. */
static double bessel0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; term > 1e-12 * sum; k++) {
        term *= x / (2 * k) * x / (2 * k);
        sum += term;
    }
    return sum;
}

static double kaiser(size_t i, size_t n)
{
    const double alpha = 4;
    double t = 2 * (double)i / (double)n - 1;
    return bessel0(HS_PI * alpha * sqrt(1 - t * t));
}

void hs_window_kbd(float *w, size_t n)
{
    double all = 0, sum = 0;
    for (size_t i = 0; i <= n; i++)
        all += kaiser(i, n);
    for (size_t i = 0; i < n; i++) {
        sum += kaiser(i, n);
        w[i] = w[2 * n - 1 - i] = (float)sqrt(sum / all);
    }
}
