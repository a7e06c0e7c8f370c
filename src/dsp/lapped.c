/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Without a window the coefficient is the real part of a bin Q[k] of a discrete Fourier
 *    transform over the block, at odd multiples of half a period. From one sample to the next such
 *    a bin turns by its frequency, one sample enters and one leaves.
 * 2. A window that is a sum of cosines is a sum over neighbouring bins; the phases of the transform
 *    make it real parts for even harmonics and imaginary parts for odd ones.
 * 3. The sine window is half a harmonic: the difference of two bins at even multiples.
 * 4. Rounding adds up, so that the caller starts anew now and then.
 */
#include "dsp/lapped.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/slide.h"
#include "dsp/windowed_sinc.h"

#include <math.h>
#include <string.h>

enum { EIGHT = 8 };

/* Whole vectors. */
static size_t in_eights(size_t n)
{
    return (n + EIGHT - 1) / EIGHT * EIGHT;
}

/* Bin i has (first + i + half) half periods in n samples. A sample that leaves counts with the
 * sign that it has a block later. */
static void bins_init(struct hs_slide *s, float complex *phase, size_t n, double first, double sign,
                      double turned)
{
    for (size_t i = 0; i < s->n; i++) {
        double w = HS_PI * (first + (double)i) / (double)n;
        double complex turn = cexp(I * w), at = cexp(-I * (w * (0.5 + (double)n / 2) + turned));
        double complex in = sign * turn * at;
        phase[i] = (float complex)at;
        s->turn[0][i] = (float)creal(turn);
        s->turn[1][i] = (float)cimag(turn);
        s->in[0][i] = (float)creal(in);
        s->in[1][i] = (float)cimag(in);
    }
}

void hs_lapped_init(struct hs_lapped *l, size_t n, size_t first, size_t n_out)
{
    *l = (struct hs_lapped){.n = n, .first = first, .n_out = n_out, .kernels = hs_kernels_choose()};
    hs_slide_init(&l->odd, in_eights(n_out + (size_t)2 * HS_LAPPED), EIGHT);
    hs_slide_init(&l->even, in_eights(n_out + 1), EIGHT);
    hs_fft_init(&l->fft, 4 * n);
    l->phase[0] = hs_aligned(l->odd.n, sizeof *l->phase[0]);
    l->phase[1] = hs_aligned(l->even.n, sizeof *l->phase[1]);
    l->twist = hs_aligned(2 * n, sizeof *l->twist);
    bins_init(&l->odd, l->phase[0], n, (double)first - HS_LAPPED + 0.5, -1, 0);
    bins_init(&l->even, l->phase[1], n, (double)first, 1, HS_PI / 4);
    for (size_t i = 0; i < 2 * n; i++)
        l->twist[i] = (float complex)cexp(-I * HS_PI * (double)i / (double)(2 * n));
}

void hs_lapped_free(struct hs_lapped *l)
{
    if (!l)
        return;
    hs_slide_free(&l->odd);
    hs_slide_free(&l->even);
    hs_fft_free(&l->fft);
    hs_free(l->phase[0]);
    hs_free(l->phase[1]);
    hs_free(l->twist);
    *l = (struct hs_lapped){0};
}

/* The bins of x w from `first` on, w NULL: of x alone. */
static void transform(struct hs_lapped *l, const float *x, const float *w, bool odd, size_t first)
{
    struct hs_slide *s = odd ? &l->odd : &l->even;
    const float complex *phase = l->phase[odd ? 0 : 1];
    float complex *in = (float complex *)l->fft.time, *out = l->fft.freq;
    for (size_t i = 0; i < 2 * l->n; i++) {
        float sample = w ? x[i] * w[i] : x[i];
        in[i] = odd ? sample * l->twist[i] : sample;
    }
    hs_fft_forward_pairs(&l->fft, in, out);
    for (size_t i = 0; i < s->n; i++) {
        float re = crealf(out[first + i]), im = cimagf(out[first + i]);
        s->x[0][i] = re * crealf(phase[i]) - im * cimagf(phase[i]);
        s->x[1][i] = re * cimagf(phase[i]) + im * crealf(phase[i]);
    }
}

/* All bins anew. */
void hs_lapped_start(struct hs_lapped *l, const float *x)
{
    transform(l, x, NULL, true, l->first - HS_LAPPED);
    transform(l, x, NULL, false, l->first);
}

/* One sample on: x[-1] leaves, the last one of the block enters. */
void hs_lapped_next(struct hs_lapped *l, const float *x)
{
    float old = x[-1], new = x[2 * l->n - 1], sum[EIGHT], difference[EIGHT];
    for (int i = 0; i < EIGHT; i++) {
        sum[i] = old + new;
        difference[i] = new - old;
    }
    l->kernels->slide(&l->odd, sum);
    l->kernels->slide(&l->even, difference);
}

void hs_lapped_sine(const struct hs_lapped *l, float *out)
{
    l->kernels->lapped_sine(l->even.x[0], l->even.x[1], 1, 0.5f, l->n_out, out);
}

void hs_lapped_window(const struct hs_lapped *l, const float taps[HS_LAPPED + 1], float *out)
{
    l->kernels->lapped(l->odd.x[0] + HS_LAPPED, l->odd.x[1] + HS_LAPPED, taps, l->n_out, out);
}

/* Under the window itself, by a transform of its own. */
void hs_lapped_of(struct hs_lapped *l, const float *x, const float *window, float *out)
{
    transform(l, x, window, true, l->first - HS_LAPPED);
    memcpy(out, l->odd.x[0] + HS_LAPPED, l->n_out * sizeof *out);
}

/* Least squares with one condition: the cosines are orthogonal, so that what the sum lacks at the
 * end of the window is dealt out by their values there. The window is symmetric. Signs are those of
 * powers of j. */
void hs_lapped_taps(const float *window, size_t n, float taps[HS_LAPPED + 1])
{
    static const double sign[] = {1, 1, -1, -1};
    double b[HS_LAPPED + 1] = {0}, end[HS_LAPPED + 1], lacks = (double)window[0], all = 0;
    for (size_t i = 0; i < n; i++) {
        double step = cos(HS_PI * ((double)i + 0.5) / (double)n), before = step, c = 1;
        for (int p = 0; p <= HS_LAPPED; p++) {
            double next = 2 * step * c - before;
            b[p] += (double)window[i] * c * (p ? 2 : 1) / (double)n;
            before = c, c = next;
        }
    }
    for (int p = 0; p <= HS_LAPPED; p++) {
        end[p] = cos(HS_PI * p * 0.5 / (double)n);
        lacks -= b[p] * end[p];
        all += end[p] * end[p] * (p ? 2 : 1);
    }
    for (int p = 0; p <= HS_LAPPED; p++) {
        b[p] += lacks * end[p] * (p ? 2 : 1) / all;
        taps[p] = (float)(b[p] * sign[p % 4] * (p ? 0.5 : 1));
    }
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

/* With alpha 4, as AAC has it. */
static double kaiser(size_t i, size_t n)
{
    const double alpha = 4;
    double t = 2 * (double)i / (double)n - 1;
    return hs_bessel_i0(HS_PI * alpha * sqrt(1 - t * t));
}

void hs_window_kbd(float *w, size_t n)
{
    double all = 0, *sum = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i <= n; i++)
        sum[i] = all += kaiser(i, n);
    for (size_t i = 0; i < n; i++)
        w[i] = w[2 * n - 1 - i] = (float)sqrt(sum[i] / all);
    hs_free(sum);
}
