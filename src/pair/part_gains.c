/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Frames of 186 ms, half overlapping, of the mix at filter and gain, u, and of what is left of
 *    the master, e = y - u, from 80 Hz to 12 kHz.
 * 2. Tiles of 3 frames and 3 bins of middle and sides. Where one part sounds alone in a tile, e is
 *    u times a real number. The gain that all tiles of an octave share is taken off, of middle and
 *    sides by themselves: that of a device, of a band of one, or of one on the middle or the sides.
 * 3. Of tiles in which the band is loud: what a real factor removes of e, less what an imaginary
 *    one does, which is what chance, reverberation and delays give to both.
 */
#include "pair/part_gains.h"

#include "core/alloc.h"
#include "dsp/fft.h"
#include "pair/gain.h"

#include <math.h>

enum { FRAME = 8192, HOP = FRAME / 2, ROWS = 3, BINS = 3 };

static const double low_hz = 80, high_hz = 12000;
/* A band is loud where it has a quarter of its mean power. */
static const double loud = 0.25;
/* The range in which this much of what was found lies above and below. */
static const double outside = 0.1;

/* Sums over a tile: powers of u and e, and their product. */
struct tile {
    double uu, ee, re, im;
};

struct tiles {
    size_t first, n_bands, n_rows; /* first bin; tiles of a row; rows */
    struct tile *at;
};

static void add_frame(const struct tiles *t, const float complex *u, const float complex *e,
                      size_t row)
{
    for (size_t b = 0; b < t->n_bands; b++) {
        struct tile *to = &t->at[row * t->n_bands + b];
        for (size_t k = t->first + b * BINS; k < t->first + (b + 1) * BINS; k++) {
            const double ur = (double)crealf(u[k]), ui = (double)cimagf(u[k]);
            const double er = (double)crealf(e[k]), ei = (double)cimagf(e[k]);
            to->uu += ur * ur + ui * ui;
            to->ee += er * er + ei * ei;
            to->re += ur * er + ui * ei;
            to->im += ur * ei - ui * er;
        }
    }
}

/* The frame at `from` of the middle or the sides: the mix at its gain, and what is left of the
 * master. */
static void cut_frame(const float *window, const float *const x[2], const float *const y[2],
                      const float *gain, size_t from, float sign, float *u, float *e)
{
    for (size_t i = 0; i < FRAME; i++) {
        const size_t at = from + i;
        const float g = gain ? gain[at / HS_GAIN_KNOT] : 1;
        u[i] = window[i] * g * (x[0][at] + sign * x[1][at]);
        e[i] = window[i] * (y[0][at] + sign * y[1][at]) - u[i];
    }
}

static void fill_tiles(const struct hs_stretches *s, const float *const x1[2],
                       const float *const y[2], const float *gain, struct tiles *t)
{
    struct hs_fft fft;
    float *window = hs_aligned(FRAME, sizeof *window);
    float *cut[2];
    float complex *freq[2];
    for (int i = 0; i < 2; i++) {
        cut[i] = hs_aligned(FRAME, sizeof **cut);
        freq[i] = hs_aligned(FRAME / 2 + 1, sizeof **freq);
    }
    hs_fft_init(&fft, FRAME);
    hs_window_hann(window, FRAME);
    for (size_t i = 0; i < s->n_items; i++)
        for (size_t k = 0; (k + ROWS) * HOP + HOP <= s->item[i].n; k += ROWS, t->n_rows += 2)
            for (size_t r = 0; r < 2 * ROWS; r++) {
                const size_t from = s->item[i].at + (k + r / 2) * HOP;
                cut_frame(window, x1, y, gain, from, r % 2 ? -1 : 1, cut[0], cut[1]);
                hs_fft_forward_of(&fft, cut[0], freq[0]);
                hs_fft_forward_of(&fft, cut[1], freq[1]);
                add_frame(t, freq[0], freq[1], t->n_rows + r % 2);
            }
    hs_fft_free(&fft);
    hs_free(window);
    for (int i = 0; i < 2; i++) {
        hs_free(cut[i]);
        hs_free(freq[i]);
    }
}

/* Takes the factor that the loud tiles of a range share off all of them; those that are not loud
 * are emptied. Returns the power of e before. */
static double take_range_gain(struct tile *range, const double *mean, size_t n)
{
    double uu = 1e-20, re = 0, im = 0, ee = 0;
    for (size_t b = 0; b < n; b++) {
        if (range[b].uu < loud * mean[b] || !(range[b].uu > 0))
            range[b] = (struct tile){0};
        uu += range[b].uu;
        re += range[b].re;
        im += range[b].im;
        ee += range[b].ee;
    }
    re /= uu;
    im /= uu;
    for (size_t b = 0; b < n; b++) {
        range[b].ee +=
            (re * re + im * im) * range[b].uu - 2 * (re * range[b].re + im * range[b].im);
        range[b].re -= re * range[b].uu;
        range[b].im -= im * range[b].uu;
    }
    return ee;
}

/* The ranges of a row: octaves. Returns the power of e before. */
static double take_gains(const struct tiles *t, size_t row, const double *mean)
{
    double before = 0;
    for (size_t b = 0, end; b < t->n_bands; b = end) {
        end = 2 * b + t->first / BINS + 1;
        end = end < t->n_bands ? end : t->n_bands;
        before += take_range_gain(t->at + row * t->n_bands + b, mean + b, end - b);
    }
    return before;
}

/* The bands between which most of it lies. */
static void find_range(const double *found, const struct tiles *t, double bin_hz, double hz[2])
{
    double sum = 0, so_far = 0;
    for (size_t b = 0; b < t->n_bands; b++)
        sum += fmax(found[b], 0);
    for (size_t b = 0; b < t->n_bands; b++) {
        const double before = so_far;
        so_far += fmax(found[b], 0);
        if (before <= outside * sum && so_far > outside * sum)
            hz[0] = (double)(t->first + b * BINS) * bin_hz;
        if (before < (1 - outside) * sum && so_far >= (1 - outside) * sum)
            hz[1] = (double)(t->first + (b + 1) * BINS) * bin_hz;
    }
}

static void sum_up(const struct tiles *t, double bin_hz, struct hs_models *out)
{
    const size_t n = 2 * t->n_bands;
    double *mean = HS_NEW_ARRAY(double, n), *found = HS_NEW_ARRAY(double, t->n_bands);
    double before = 1e-20, all = 1e-20, sum = 0;
    for (size_t i = 0; i < t->n_rows * t->n_bands; i++)
        mean[i % n] += 2 * t->at[i].uu / (double)t->n_rows;
    for (size_t r = 0; r < t->n_rows; r++)
        before += take_gains(t, r, mean + r % 2 * t->n_bands);
    for (size_t i = 0; i < t->n_rows * t->n_bands; i++) {
        const struct tile *x = &t->at[i];
        const double more = (x->re * x->re - x->im * x->im) / (x->uu + 1e-20);
        all += x->ee;
        sum += more;
        found[i % t->n_bands] += more;
    }
    out->part_share = sum / all;
    out->range_share = 1 - all / before;
    find_range(found, t, bin_hz, out->part_hz);
    hs_free(mean);
    hs_free(found);
}

void hs_part_gains(const struct hs_stretches *s, const float *const x1[2], const float *const y[2],
                   const float *gain, struct hs_models *out)
{
    const double bin_hz = s->rate_hz / FRAME;
    struct tiles t = {.first = (size_t)(low_hz / bin_hz)};
    t.n_bands = ((size_t)(high_hz / bin_hz) - t.first) / BINS;
    if (high_hz > s->rate_hz / 2)
        return;
    t.at = HS_NEW_ARRAY(struct tile, 2 * t.n_bands * (s->n / (ROWS * HOP) + 1));
    fill_tiles(s, x1, y, gain, &t);
    if (t.n_rows)
        sum_up(&t, bin_hz, out);
    hs_free(t.at);
}
