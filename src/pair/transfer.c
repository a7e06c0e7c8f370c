/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/transfer.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

/* Share of each input's power added to it before solving: keeps inputs that are nearly
 * the same sound from being told apart by noise; moves a transfer by 0.0001 dB. */
static const double loading = 1e-5;
/* Below this power per bin (dBFS of a whole frame) is nothing but dither. */
static const double floor_db = -150;
/* Less coherent bands say nothing of the transfer (science: bands below are ignored). */
static const double least_coherence = 0.4;

/* What is left beside chance: the reference level, slopes within a band, gain that moves
 * within a frame; 95 % of 546 bands stayed below (docs/pairs.md). */
static const double model_error_db = 0.17;

void hs_transfer_init(struct hs_transfer *t, size_t n, double rate_hz)
{
    *t = (struct hs_transfer){.n = n, .bins = n / 2 + 1, .rate_hz = rate_hz};
    hs_fft_init(&t->fft, n);
    t->window = hs_aligned(n, sizeof *t->window);
    hs_window_hann(t->window, n);
    for (int i = 0; i < 4; i++)
        t->spectrum[i] = hs_aligned(t->bins, sizeof *t->spectrum[i]);
    for (int i = 0; i < 2; i++) {
        t->xx[i] = HS_NEW_ARRAY(double, t->bins);
        t->yy[i] = HS_NEW_ARRAY(double, t->bins);
        for (int j = 0; j < 2; j++)
            t->xy[i][j] = HS_NEW_ARRAY(double complex, t->bins);
    }
    t->x01 = HS_NEW_ARRAY(double complex, t->bins);
}

void hs_transfer_reset(struct hs_transfer *t)
{
    t->n_frames = 0;
    for (int i = 0; i < 2; i++) {
        memset(t->xx[i], 0, t->bins * sizeof **t->xx);
        memset(t->yy[i], 0, t->bins * sizeof **t->yy);
        for (int j = 0; j < 2; j++)
            memset(t->xy[i][j], 0, t->bins * sizeof ***t->xy);
    }
    memset(t->x01, 0, t->bins * sizeof *t->x01);
}

void hs_transfer_free(struct hs_transfer *t)
{
    hs_fft_free(&t->fft);
    hs_free(t->window);
    for (int i = 0; i < 4; i++)
        hs_free(t->spectrum[i]);
    for (int i = 0; i < 2; i++) {
        hs_free(t->xx[i]);
        hs_free(t->yy[i]);
        for (int j = 0; j < 2; j++)
            hs_free(t->xy[i][j]);
    }
    hs_free(t->x01);
    *t = (struct hs_transfer){0};
}

static void spectrum_of(struct hs_transfer *t, const float *x, float complex *out)
{
    for (size_t i = 0; i < t->n; i++)
        t->fft.time[i] = x[i] * t->window[i];
    hs_fft_forward(&t->fft);
    memcpy(out, t->fft.freq, t->bins * sizeof *out);
}

static double power_of(float complex c)
{
    return (double)(crealf(c) * crealf(c) + cimagf(c) * cimagf(c));
}

/* conj(a) b without the checks for infinities that C's product carries. */
static double complex cross_of(float complex a, float complex b)
{
    float re = crealf(a) * crealf(b) + cimagf(a) * cimagf(b);
    float im = crealf(a) * cimagf(b) - cimagf(a) * crealf(b);
    return (double)re + (double)im * I;
}

void hs_transfer_add(struct hs_transfer *t, const float *const x[2],
                     const float *const y[2])
{
    for (int i = 0; i < 2; i++) {
        spectrum_of(t, x[i], t->spectrum[i]);
        spectrum_of(t, y[i], t->spectrum[2 + i]);
    }
    for (size_t k = 0; k < t->bins; k++) {
        const float complex a = t->spectrum[0][k], b = t->spectrum[1][k];
        const float complex c = t->spectrum[2][k], d = t->spectrum[3][k];
        t->xx[0][k] += power_of(a);
        t->xx[1][k] += power_of(b);
        t->yy[0][k] += power_of(c);
        t->yy[1][k] += power_of(d);
        t->x01[k] += cross_of(a, b);
        t->xy[0][0][k] += cross_of(a, c);
        t->xy[0][1][k] += cross_of(a, d);
        t->xy[1][0][k] += cross_of(b, c);
        t->xy[1][1][k] += cross_of(b, d);
    }
    t->n_frames++;
}

static double bin_floor(const struct hs_transfer *t)
{
    double scale = (double)t->n * 0.5; /* of a full-scale sine under the window, squared */
    return hs_power_from_db(floor_db) * scale * scale * (double)t->n_frames;
}

void hs_transfer_solve(const struct hs_transfer *t, size_t k, double complex h[2][2])
{
    double least = bin_floor(t) + 1e-300;
    double a = t->xx[0][k] * (1 + loading) + least, d = t->xx[1][k] * (1 + loading) + least;
    double complex c = t->x01[k];
    double det = a * d - (creal(c) * creal(c) + cimag(c) * cimag(c));
    for (int j = 0; j < 2; j++) {
        double complex p = t->xy[0][j][k], q = t->xy[1][j][k];
        h[0][j] = (d * p - c * q) / det;
        h[1][j] = (a * q - conj(c) * p) / det;
    }
}

/* Power of output j that both inputs explain at a bin. */
static double explained(const struct hs_transfer *t, size_t k, int j,
                        double complex h[2][2])
{
    double p = creal(conj(h[0][j]) * t->xy[0][j][k] + conj(h[1][j]) * t->xy[1][j][k]);
    return fmin(fmax(p, 0), t->yy[j][k]);
}

static void one_band(const struct hs_transfer *t, int part, size_t b, struct hs_bands *out)
{
    double bin_hz = t->rate_hz / (double)t->n, sum = 0, in = 0, coherent = 0, total = 0;
    size_t from = (size_t)ceil(hs_band_low_hz(b) / bin_hz);
    size_t to = (size_t)ceil(hs_band_high_hz(b) / bin_hz);
    if (from == to)
        to++;
    out->db[b] = out->error_db[b] = out->coherence[b] = NAN;
    out->power[b] = out->residual[b] = 0;
    if (hs_band_hz(b) > 0.49 * t->rate_hz || !t->n_frames)
        return;
    to = to > t->bins ? t->bins : to;
    for (size_t k = from; k < to; k++) {
        double complex h[2][2];
        hs_transfer_solve(t, k, h);
        double p = pow(creal(h[part][part]), 2) + pow(cimag(h[part][part]), 2);
        sum += p * t->xx[part][k];
        in += t->xx[part][k];
        coherent += explained(t, k, part, h);
        total += t->yy[part][k];
    }
    double least = bin_floor(t) * (double)(to - from);
    out->power[b] = in / (double)t->n_frames;
    out->residual[b] = (total - coherent) / (double)t->n_frames;
    if (in <= least || total <= least)
        return;
    double g2 = coherent / total;
    out->coherence[b] = g2;
    if (g2 < least_coherence || !(sum > 0))
        return;
    /* Two standard errors (Bendat & Piersol, table 9.6); bins of a Hann frame are
     * independent in every 1.5; what the model cannot follow stands in the last term. */
    double averages = (double)t->n_frames * fmax((double)(to - from) / 1.5, 1);
    out->db[b] = hs_db_from_power(sum / in);
    out->error_db[b] = 2 * 8.686 * sqrt((1 - g2) / (2 * averages * g2)) + model_error_db +
                       0.5 * (1 - g2);
}

void hs_transfer_bands(const struct hs_transfer *t, int part, struct hs_bands *out)
{
    for (size_t b = 0; b < HS_BANDS; b++)
        one_band(t, part, b, out);
}

void hs_filter_init(struct hs_filter *f, size_t n)
{
    *f = (struct hs_filter){.n = n};
    hs_fft_init(&f->fft, n);
    for (int i = 0; i < 2; i++) {
        f->x[i] = hs_aligned(n / 2 + 1, sizeof *f->x[i]);
        for (int j = 0; j < 2; j++)
            f->h[i][j] = hs_aligned(n / 2 + 1, sizeof *f->h[i][j]);
    }
}

void hs_filter_free(struct hs_filter *f)
{
    hs_fft_free(&f->fft);
    for (int i = 0; i < 2; i++) {
        hs_free(f->x[i]);
        for (int j = 0; j < 2; j++)
            hs_free(f->h[i][j]);
    }
    *f = (struct hs_filter){0};
}

/* Full up to n/8, then a raised cosine down to nothing at n/4. */
static void limit_time(struct hs_filter *f)
{
    size_t n = f->n;
    for (size_t i = 0; i < n; i++) {
        double away = (double)(i < n / 2 ? i : n - i) / (double)n, w = 1;
        if (away > 0.125)
            w = away < 0.25 ? 0.5 + 0.5 * cos(HS_PI * (away - 0.125) / 0.125) : 0;
        f->fft.time[i] *= (float)(w / (double)n);
    }
}

void hs_filter_set(struct hs_filter *f, const struct hs_transfer *t)
{
    size_t bins = f->n / 2 + 1;
    for (size_t k = 0; k < bins; k++) {
        double complex h[2][2];
        hs_transfer_solve(t, k, h);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                f->h[i][j][k] = (float complex)h[i][j];
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            memcpy(f->fft.freq, f->h[i][j], bins * sizeof **f->h[i]);
            f->fft.freq[0] = crealf(f->fft.freq[0]);
            f->fft.freq[bins - 1] = crealf(f->fft.freq[bins - 1]);
            hs_fft_inverse(&f->fft);
            limit_time(f);
            hs_fft_forward(&f->fft);
            memcpy(f->h[i][j], f->fft.freq, bins * sizeof **f->h[i]);
        }
}

static float complex product(float complex a, float complex b)
{
    float re = crealf(a) * crealf(b) - cimagf(a) * cimagf(b);
    float im = crealf(a) * cimagf(b) + cimagf(a) * crealf(b);
    return re + im * I;
}

void hs_filter_run(struct hs_filter *f, const float *const in[2], float *const out[2])
{
    size_t bins = f->n / 2 + 1;
    for (int i = 0; i < 2; i++) {
        memcpy(f->fft.time, in[i], f->n * sizeof(float));
        hs_fft_forward(&f->fft);
        memcpy(f->x[i], f->fft.freq, bins * sizeof **f->x);
    }
    for (int j = 0; j < 2; j++) {
        for (size_t k = 0; k < bins; k++)
            f->fft.freq[k] = product(f->h[0][j][k], f->x[0][k]) +
                             product(f->h[1][j][k], f->x[1][k]);
        hs_fft_inverse(&f->fft);
        for (size_t i = 0; i < f->n / 2; i++)
            out[j][i] = f->fft.time[f->n / 4 + i] / (float)f->n;
    }
}
