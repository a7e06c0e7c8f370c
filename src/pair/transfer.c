/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transfer of two inputs (mid and side of the mix) to two outputs (of the master):
 * 1. Each frame adds the products of its spectra, under a Hann window, to sums per bin: powers
 *    of both files, cross power of the two inputs, and cross powers of each input with each
 *    output. The window of the mix is applied to its spectrum, as a convolution with (-1/4,
 *    1/2, -1/4), because the same spectrum also serves the filter.
 * 2. Per bin the 2 x 2 normal equations are solved for what each input leaves of its own output,
 *    with 1e-5 of the power of each input and the floor of dither added to the diagonal; with a
 *    thousandth where gains are read.
 * 3. In a third octave the transfer is the power mean over its bins, weighted by the power of
 *    the mix. Coherence is the explained share of the master's power. The error is two standard
 *    errors (Bendat & Piersol, table 9.6) and an allowance for the model; below a coherence of
 *    0.4 there is no value.
 */
#include "pair/transfer.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

/* Share of each input's power added to it before solving: keeps inputs that are nearly
 * the same sound from being told apart by noise; moves a transfer by 0.0001 dB, and by a
 * thousandth of what each output has of the other input where gains are read. */
static const double loading = 1e-5, loading_of_gains = 1e-3;
/* Below this power per bin (dBFS of a whole frame) is nothing but dither. */
static const double floor_db = -150;
/* Bands of less coherence have no transfer. */
static const double least_coherence = 0.4;

/* What is left beside chance: the reference level, slopes within a band, gain that moves
 * within a frame; 95 % of 1352 bands stayed below (docs/pair-method.md). */
static const double model_error_db = 0.2;

enum { LANES = 8, SUMS = 14 }; /* bins that a kernel takes at once */

void hs_transfer_init(struct hs_transfer *t, size_t n, double rate_hz)
{
    *t = (struct hs_transfer){.n = n, .bins = n / 2 + 1, .rate_hz = rate_hz};
    hs_fft_init(&t->fft, n);
    t->window = hs_aligned(n, sizeof *t->window);
    hs_window_hann(t->window, n);
    t->sums = hs_aligned(SUMS * t->bins, sizeof *t->sums);
    double *next = t->sums;
    for (int i = 0; i < 2; i++) {
        t->at.xx[i] = next, next += t->bins;
        t->at.yy[i] = next, next += t->bins;
        for (int j = 0; j < 2; j++)
            for (int part = 0; part < 2; part++)
                t->at.xy[i][j][part] = next, next += t->bins;
    }
    for (int part = 0; part < 2; part++)
        t->at.x01[part] = next, next += t->bins;
}

void hs_transfer_reset(struct hs_transfer *t)
{
    t->n_frames = t->n_waiting = 0;
    memset(t->sums, 0, SUMS * t->bins * sizeof *t->sums);
}

void hs_transfer_copy(struct hs_transfer *to, const struct hs_transfer *from)
{
    to->n_frames = from->n_frames;
    memcpy(to->sums, from->sums, SUMS * from->bins * sizeof *from->sums);
}

void hs_transfer_free(struct hs_transfer *t)
{
    hs_fft_free(&t->fft);
    hs_free(t->window);
    for (int i = 0; i < HS_TRANSFER_FRAMES; i++)
        for (int part = 0; part < 2; part++)
            hs_free(t->spectrum[i][part]);
    hs_free(t->sums);
    *t = (struct hs_transfer){0};
}

/* One frame of both files. */
void hs_transfer_add(struct hs_transfer *t, const float complex *const x[2],
                     const float *const y[2], float weight)
{
    struct hs_transfer_frame *f = &t->waiting[t->n_waiting];
    float complex **const spectrum = t->spectrum[t->n_waiting];
    f->weight = weight;
    for (int i = 0; i < 2; i++) {
        if (!spectrum[i])
            spectrum[i] = hs_aligned(t->bins, sizeof *spectrum[i]);
        for (size_t k = 0; k < t->n; k++)
            t->fft.time[k] = y[i][k] * t->window[k] * weight;
        hs_fft_forward_of(&t->fft, t->fft.time, spectrum[i]);
        f->x[i] = x[i];
        f->y[i] = spectrum[i];
    }
    t->n_frames++;
    if (++t->n_waiting == HS_TRANSFER_FRAMES)
        hs_transfer_finish(t);
}

void hs_transfer_finish(struct hs_transfer *t)
{
    /* All but the highest bin, which no band holds. Below 0 lies the mirror image of 1. */
    float complex low[HS_TRANSFER_FRAMES][2][LANES + 2];
    struct hs_transfer_frame first[HS_TRANSFER_FRAMES];
    for (size_t k = 0; k < t->n_waiting; k++) {
        first[k] = t->waiting[k];
        for (int i = 0; i < 2; i++) {
            low[k][i][0] = conjf(first[k].x[i][1]);
            memcpy(low[k][i] + 1, first[k].x[i], (LANES + 1) * sizeof ***low);
            first[k].x[i] = low[k][i] + 1;
        }
    }
    t->fft.kernels->transfer(first, t->n_waiting, 0, LANES, &t->at);
    t->fft.kernels->transfer(t->waiting, t->n_waiting, LANES, t->bins - 1, &t->at);
    t->n_waiting = 0;
}

static double bin_floor(const struct hs_transfer *t)
{
    double scale = (double)t->n * 0.5; /* of a full-scale sine under the window, squared */
    return hs_power_from_db(floor_db) * scale * scale * (double)t->n_frames;
}

/* The 2 by 2 gains of a bin. Each output is its own input at one gain, and what that leaves is
 * divided among both: where the parts of the mix are one sound (a drum in one place) nothing tells
 * them apart, and then the simpler answer stands. */
static void solve(const struct hs_transfer *t, size_t k, double load, double complex h[2][2])
{
    const double least = bin_floor(t) + 1e-300, own[2] = {t->at.xx[0][k], t->at.xx[1][k]};
    const double with[2] = {own[0] * (1 + load) + least, own[1] * (1 + load) + least};
    const double c[2] = {t->at.x01[0][k], t->at.x01[1][k]};
    const double det = with[0] * with[1] - (c[0] * c[0] + c[1] * c[1]);
    for (int j = 0; j < 2; j++) {
        const int n = !j; /* the other input; real parts and imaginary ones by themselves */
        const double turn = j ? c[1] : -c[1]; /* of the other input against its own one */
        const double p_re = t->at.xy[j][j][0][k], p_im = t->at.xy[j][j][1][k];
        const double alone_re = p_re / (own[j] + least), alone_im = p_im / (own[j] + least);
        const double p_left_re = p_re - own[j] * alone_re, p_left_im = p_im - own[j] * alone_im;
        const double q_re = t->at.xy[n][j][0][k] - (c[0] * alone_re - turn * alone_im);
        const double q_im = t->at.xy[n][j][1][k] - (c[0] * alone_im + turn * alone_re);
        const double own_re = (with[n] * p_left_re - (c[0] * q_re + turn * q_im)) / det;
        const double own_im = (with[n] * p_left_im - (c[0] * q_im - turn * q_re)) / det;
        h[j][j] = own_re + alone_re + (own_im + alone_im) * I;
        h[n][j] = (with[j] * q_re - (c[0] * p_left_re - turn * p_left_im)) / det +
                  (with[j] * q_im - (c[0] * p_left_im + turn * p_left_re)) / det * I;
    }
}

void hs_transfer_solve(const struct hs_transfer *t, size_t k, double complex h[2][2])
{
    solve(t, k, loading, h);
}

void hs_transfer_gains(const struct hs_transfer *t, size_t k, double complex h[2][2])
{
    solve(t, k, loading_of_gains, h);
}

double hs_transfer_apart(const struct hs_transfer *t, size_t k)
{
    const double both = t->at.xx[0][k] * t->at.xx[1][k];
    const double cross = pow(t->at.x01[0][k], 2) + pow(t->at.x01[1][k], 2);
    return both > 0 ? fmax(1 - cross / both, 0) + loading_of_gains : 1;
}

/* Power of output j that both inputs explain at a bin. */
static double explained(const struct hs_transfer *t, size_t k, int j, double complex h[2][2])
{
    double p = creal(h[0][j]) * t->at.xy[0][j][0][k] + cimag(h[0][j]) * t->at.xy[0][j][1][k] +
               creal(h[1][j]) * t->at.xy[1][j][0][k] + cimag(h[1][j]) * t->at.xy[1][j][1][k];
    return fmin(fmax(p, 0), t->at.yy[j][k]);
}

/* Power of the master that the mix explains, of `all`. */
double hs_transfer_coherent(const struct hs_transfer *t, double low_hz, double high_hz, double *all)
{
    const double bin_hz = t->rate_hz / (double)t->n;
    const size_t to = (size_t)ceil(high_hz / bin_hz);
    double both = 0;
    *all = 0;
    for (size_t k = (size_t)ceil(low_hz / bin_hz); k < to && k < t->bins; k++) {
        double complex h[2][2];
        hs_transfer_solve(t, k, h);
        for (int part = 0; part < 2; part++) {
            both += explained(t, k, part, h);
            *all += t->at.yy[part][k];
        }
    }
    return both;
}

double hs_transfer_left(const struct hs_transfer *t, size_t k, double *all)
{
    double complex h[2][2];
    double both = 0;
    *all = 0;
    hs_transfer_solve(t, k, h);
    for (int part = 0; part < 2; part++) {
        both += explained(t, k, part, h);
        *all += t->at.yy[part][k];
    }
    return *all - both;
}

double hs_transfer_power(const struct hs_transfer *t, int part)
{
    double sum = 0;
    for (size_t k = 0; k < t->bins; k++)
        sum += t->at.xx[part][k];
    return sum;
}

/* Gain, its error, coherence and powers of a third octave. */
static void one_band(const struct hs_transfer *t, int part, size_t b, struct hs_bands *out)
{
    double bin_hz = t->rate_hz / (double)t->n, sum = 0, in = 0, coherent = 0, total = 0;
    size_t from = (size_t)ceil(hs_band_low_hz(b) / bin_hz);
    size_t to = (size_t)ceil(hs_band_high_hz(b) / bin_hz);
    if (from == to)
        to++;
    out->db[b] = out->error_db[b] = out->coherence[b] = NAN;
    out->power[b] = out->residual[b] = out->explained[b] = 0;
    if (hs_band_hz(b) > 0.49 * t->rate_hz || !t->n_frames)
        return;
    to = to > t->bins ? t->bins : to;
    for (size_t k = from; k < to; k++) {
        double complex h[2][2];
        hs_transfer_gains(t, k, h);
        double p = pow(creal(h[part][part]), 2) + pow(cimag(h[part][part]), 2);
        sum += p * t->at.xx[part][k];
        hs_transfer_solve(t, k, h);
        in += t->at.xx[part][k];
        coherent += explained(t, k, part, h);
        total += t->at.yy[part][k];
    }
    double least = bin_floor(t) * (double)(to - from);
    out->power[b] = in / (double)t->n_frames;
    out->residual[b] = (total - coherent) / (double)t->n_frames;
    out->explained[b] = coherent / (double)t->n_frames;
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
    out->error_db[b] =
        2 * 8.686 * sqrt((1 - g2) / (2 * averages * g2)) + model_error_db + 0.5 * (1 - g2);
}

void hs_transfer_bands(const struct hs_transfer *t, int part, struct hs_bands *out)
{
    for (size_t b = 0; b < HS_BANDS; b++)
        one_band(t, part, b, out);
}
