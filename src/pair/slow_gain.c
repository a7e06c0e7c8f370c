/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Band gains over a quarter of a second, as logarithms, are the sum of a tone per band and a
 * gain per moment. Both are found as means of what the other leaves, in turns.
 */
#include "pair/slow_gain.h"

#include "core/alloc.h"
#include "pair/band_frames.h"
#include "pair/gain.h"

#include <math.h>

/* 21 frames: a quarter of a second. */
enum { AROUND = 10, ROUNDS = 20, KNOTS_PER_HOP = HS_BAND_HOP / HS_GAIN_KNOT };
/* A band says something where it is within 30 dB of its mean and agrees. */
static const double least_power = 1e-3, least_coherence = 0.4;

struct moment {
    double log_gain[HS_MODEL_BANDS];
    bool known[HS_MODEL_BANDS];
};

/* Gain by band over some frames; known where there is power and coherence. */
static void fill_moments(const struct hs_band_frames *f, size_t from, size_t n,
                         const double mean[HS_MODEL_BANDS], struct moment *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < HS_MODEL_BANDS; b++) {
            double xx = 0, xy = 0, yy = 0;
            for (size_t k = i > AROUND ? i - AROUND : 0; k <= i + AROUND && k < n; k++)
                xx += f->xx[from + k][b], xy += f->xy[from + k][b], yy += f->yy[from + k][b];
            out[i].known[b] = xx > least_power * (2 * AROUND + 1) * mean[b] && xy > 0 &&
                              xy * xy > least_coherence * xx * yy;
            out[i].log_gain[b] = out[i].known[b] ? log(xy / xx) : 0;
        }
}

/* The gain of each moment that leaves its bands their tones; of silent moments the one before. */
static void take_gain(const struct moment *m, size_t n, const double tone[HS_MODEL_BANDS],
                      double *gain)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0, k = 0;
        for (size_t b = 0; b < HS_MODEL_BANDS; b++)
            if (m[i].known[b])
                sum += m[i].log_gain[b] - tone[b], k++;
        gain[i] = k > 0 ? sum / k : i ? gain[i - 1] : 0;
    }
}

static void take_tone(const struct moment *m, size_t n, const double *gain,
                      double tone[HS_MODEL_BANDS])
{
    for (size_t b = 0; b < HS_MODEL_BANDS; b++) {
        double sum = 0, k = 0;
        for (size_t i = 0; i < n; i++)
            if (m[i].known[b])
                sum += m[i].log_gain[b] - gain[i], k++;
        tone[b] = k > 0 ? sum / k : 0;
    }
}

/* Straight between the middles of the frames. */
static void to_knots(const double *gain, size_t n, size_t n_knots, float *out)
{
    for (size_t k = 0; k < n_knots; k++) {
        double at = ((double)k + 0.5) / KNOTS_PER_HOP - 1;
        at = fmin(fmax(at, 0), (double)(n - 1));
        size_t i = (size_t)at;
        double share = at - (double)i, next = i + 1 < n ? gain[i + 1] : gain[i];
        out[k] = (float)exp(gain[i] + share * (next - gain[i]));
    }
}

/* Tone and gain in turns: what all bands share over time is gain, what lasts is tone. */
void hs_slow_gain_find(const struct hs_stretches *s, const float *const x1[2],
                       const float *const y[2], float *out)
{
    struct hs_band_frames f;
    double mean[HS_MODEL_BANDS] = {0}, tone[HS_MODEL_BANDS] = {0};
    hs_band_frames_fill(&f, s, x1, y, NULL);
    struct moment *m = hs_calloc(f.n + 1, sizeof *m);
    double *gain = HS_NEW_ARRAY(double, f.n + 1);
    for (size_t i = 0; i < f.n; i++)
        for (size_t b = 0; b < HS_MODEL_BANDS; b++)
            mean[b] += f.xx[i][b] / (double)f.n;
    for (size_t k = 0, from = 0; k < s->n_items; k++) {
        size_t n = hs_band_frames_in(s->item[k].n);
        fill_moments(&f, from, n, mean, m + from);
        from += n;
    }
    for (int round = 0; round < ROUNDS; round++) {
        take_gain(m, f.n, tone, gain);
        take_tone(m, f.n, gain, tone);
    }
    for (size_t k = 0, from = 0; k < s->n_items; k++) {
        size_t n = hs_band_frames_in(s->item[k].n);
        to_knots(gain + from, n, s->item[k].n / HS_GAIN_KNOT, out + s->item[k].at / HS_GAIN_KNOT);
        from += n;
    }
    hs_free(m);
    hs_free(gain);
    hs_band_frames_free(&f);
}
