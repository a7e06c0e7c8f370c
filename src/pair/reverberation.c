/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Spectra of 43 ms, half overlapping, of mix and master along the time line.
 * 2. Per bin: correlations of the last 24 spectra of mid and side of the mix with one another and
 *    with each channel of the master. The sums of one delay more are those of one delay less,
 *    but for the frames at both ends.
 * 3. Least squares, with a little of the diagonal added, for 24 spectra and for 2. What is left is
 *    divided by the degrees of freedom that remain.
 * 4. What is left by both, over all bins: how many dB less by 24.
 */
#include "pair/reverberation.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/cholesky.h"
#include "pair/aligned.h"

#include <float.h>
#include <math.h>

enum { TAPS = HS_REVERBERATION_TAPS, FEW = 2, MOST = 2 * TAPS, STEP = 3 };

static const double frame_s = 2048 / 48000.0, low_hz = 200, high_hz = 6000;
static const double longest_s = 30, ridge = 1e-4, least_gain_db = 3;

/* Correlations of one bin. The rows are delays 0, 1, ... of mid, then of side. */
struct system {
    double complex xx[MOST][MOST]; /* conj(x_i) x_j */
    double complex xy[2][MOST];    /* conj(x_i) y */
    double yy[2];
};

/* Every few bins are enough. */
void hs_reverberation_init(struct hs_reverberation *r, double rate_hz, size_t most)
{
    *r = (struct hs_reverberation){.n = 256, .most = most};
    while ((double)r->n * 1.5 < frame_s * rate_hz)
        r->n *= 2;
    r->hop = r->n / 2;
    const double bin_hz = rate_hz / (double)r->n;
    r->first = (size_t)(low_hz / bin_hz);
    const size_t end = (size_t)fmin(high_hz / bin_hz, (double)r->n / 2);
    r->bins = (end - r->first + STEP - 1) / STEP;
    hs_fft_init(&r->fft, r->n);
    r->window = HS_NEW_ARRAY(float, r->n);
    hs_window_hann(r->window, r->n);
    for (int i = 0; i < 4; i++)
        r->spectra[i] = HS_NEW_ARRAY(float complex, r->bins *most + 1);
}

void hs_reverberation_free(struct hs_reverberation *r)
{
    hs_fft_free(&r->fft);
    hs_free(r->window);
    for (int i = 0; i < 4; i++)
        hs_free(r->spectra[i]);
    *r = (struct hs_reverberation){0};
}

/* Spectra of both channels of both files. */
void hs_reverberation_add(struct hs_reverberation *r, const float *const mix[2],
                          const float *const master[2])
{
    const float *const signal[4] = {mix[0], mix[1], master[0], master[1]};
    if (r->frames == r->most)
        return;
    for (int s = 0; s < 4; s++) {
        for (size_t i = 0; i < r->n; i++)
            r->fft.time[i] = r->window[i] * signal[s][i];
        hs_fft_forward(&r->fft);
        for (size_t k = 0; k < r->bins; k++)
            r->spectra[s][k * r->most + r->frames] = r->fft.freq[r->first + STEP * k];
    }
    r->frames++;
}

/* conj(a) b over the frames that have all delays, each by its own delay. */
static double complex product(const struct hs_reverberation *r, const float complex *a,
                              size_t a_later, const float complex *b, size_t b_later)
{
    double re = 0, im = 0;
    for (size_t t = TAPS; t < r->frames; t++) {
        const float complex x = a[t - a_later], y = b[t - b_later];
        const double xr = crealf(x), xi = cimagf(x), yr = crealf(y), yi = cimagf(y);
        re += xr * yr + xi * yi;
        im += xr * yi - xi * yr;
    }
    return re + im * I;
}

/* Correlations of two parts of the mix: the first row and column, and the others from them. */
static void correlate(const struct hs_reverberation *r, struct system *s, size_t k, int p, int q)
{
    const float complex *a = r->spectra[p] + k * r->most, *b = r->spectra[q] + k * r->most;
    double complex(*row)[MOST] = &s->xx[p * TAPS];
    const size_t at = (size_t)q * TAPS, last = r->frames;
    for (size_t i = 0; i < TAPS; i++) {
        row[0][at + i] = product(r, a, 0, b, i);
        row[i][at] = product(r, a, i, b, 0);
    }
    for (size_t i = 0; i + 1 < TAPS; i++)
        for (size_t j = 0; j + 1 < TAPS; j++)
            row[i + 1][at + j + 1] =
                row[i][at + j] +
                conj((double complex)a[TAPS - 1 - i]) * (double complex)b[TAPS - 1 - j] -
                conj((double complex)a[last - 1 - i]) * (double complex)b[last - 1 - j];
}

/* Products of the mix's frames, now and earlier, and of these with the master. */
static void gather(const struct hs_reverberation *r, size_t k, struct system *s)
{
    for (int p = 0; p < 2; p++)
        for (int q = 0; q < 2; q++)
            correlate(r, s, k, p, q);
    for (int c = 0; c < 2; c++) {
        const float complex *y = r->spectra[2 + c] + k * r->most;
        s->yy[c] = creal(product(r, y, 0, y, 0));
        for (size_t i = 0; i < MOST; i++)
            s->xy[c][i] = product(r, r->spectra[i / TAPS] + k * r->most, i % TAPS, y, 0);
    }
}

/* Power of the master that the last `taps` spectra of the mix leave, at one bin. */
static double left(const struct system *s, size_t taps, size_t frames)
{
    double complex m[MOST * MOST], h[MOST];
    const size_t n = 2 * taps;
    double trace = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t row = i / taps * TAPS + i % taps;
        for (size_t j = 0; j < n; j++)
            m[i * n + j] = s->xx[row][j / taps * TAPS + j % taps];
        trace += creal(m[i * n + i]);
    }
    const double added = ridge * trace / (double)n;
    for (size_t i = 0; i < n; i++)
        m[i * n + i] += added;
    /* least squares with a little loading */
    hs_cholesky_factor(m, n, DBL_MIN);
    for (int c = 0; c < 2; c++) {
        double rest = s->yy[c];
        for (size_t i = 0; i < n; i++)
            h[i] = s->xy[c][i / taps * TAPS + i % taps];
        hs_cholesky_forward(m, n, 0, h);
        hs_cholesky_backward(m, n, h);
        for (size_t i = 0; i < n; i++)
            rest -= creal(conj(h[i]) * s->xy[c][i / taps * TAPS + i % taps]) +
                    added * creal(h[i] * conj(h[i]));
        sum += fmax(rest, 0);
    }
    return sum * (double)frames / (double)(frames - n);
}

/* How much more many taps of the past explain than few. */
double hs_reverberation_gain_db(const struct hs_reverberation *r)
{
    if (r->frames < TAPS + 2 * MOST)
        return NAN;
    struct system *s = HS_NEW(struct system);
    double by_few = 0, by_many = 0;
    for (size_t k = 0; k < r->bins; k++) {
        gather(r, k, s);
        by_few += left(s, FEW, r->frames - TAPS);
        by_many += left(s, TAPS, r->frames - TAPS);
    }
    hs_free(s);
    return by_few > 0 ? 10 * log10(by_few / fmax(by_many, 1e-12 * by_few)) : NAN;
}

/* From the middle of the longest piece. */
static enum hs_status read_frames(struct hs_reverberation *r, struct hs_aligned *both,
                                  struct hs_error *err)
{
    const size_t at = hs_timeline_longest(both->line);
    const struct hs_edit *e = &both->line->segment[at];
    const double middle_s = (e->from_s + e->to_s) / 2;
    const double from_s = fmax(e->from_s, middle_s - longest_s / 2);
    float *x[4];
    for (int i = 0; i < 4; i++)
        x[i] = HS_NEW_ARRAY(float, r->n);
    enum hs_status status = hs_aligned_seek(both, at, from_s, err);
    int64_t frame = hs_aligned_frame(both, from_s);
    const int64_t end = hs_aligned_frame(both, fmin(e->to_s, from_s + longest_s));
    while (!status && frame + (int64_t)r->n <= end) {
        status = hs_aligned_read(both, at, frame, r->n, &x[0], &x[2], err);
        if (!status)
            hs_reverberation_add(r, (const float *const *)&x[0], (const float *const *)&x[2]);
        frame += (int64_t)r->hop;
    }
    for (int i = 0; i < 4; i++)
        hs_free(x[i]);
    return status;
}

/* True where earlier frames of the mix explain much of the master: reverberation was added. */
enum hs_status hs_reverberation_explains(struct hs_alignment *place, bool *explains,
                                         struct hs_error *err)
{
    struct hs_reverberation r;
    struct hs_aligned both;
    const double rate_hz = place->fine.rate_hz;
    hs_reverberation_init(&r, rate_hz, (size_t)(longest_s / frame_s * 3));
    hs_aligned_init(&both, &place->mix_feed, &place->master_feed, &place->line, &place->fine);
    enum hs_status status = read_frames(&r, &both, err);
    *explains = !status && hs_reverberation_gain_db(&r) >= least_gain_db;
    hs_reverberation_free(&r);
    return status;
}
