/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/band_gains.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/fft.h"
#include "pair/gain.h"
#include "pair/level_model.h"

#include <math.h>
#include <string.h>

const double hs_band_gain_edges_hz[HS_MODEL_BANDS + 1] = {86, 172, 650, 2500, 8000, 16000};
enum { N = 1024, HOP = N / 2, KNOTS = N / HS_GAIN_KNOT };
/* A band counts where it holds this share of the power and this much of it is coherent. */
static const double least_power = 1e-5, least_coherence = 0.4;
/* Below this a gain per band removes no more than noise. */
static const double looked_at_db = 2;
static const double active_db = 30, slow_s = 3;

struct frames {
    double (*xx)[HS_MODEL_BANDS], (*xy)[HS_MODEL_BANDS], (*yy)[HS_MODEL_BANDS];
    double *gain; /* the one for all, over the frame */
    size_t n;
};

static void frames_init(struct frames *f, const struct hs_stretches *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++)
        n += s->item[i].n / HOP;
    f->n = 0;
    f->xx = hs_calloc(n + 1, sizeof *f->xx);
    f->xy = hs_calloc(n + 1, sizeof *f->xy);
    f->yy = hs_calloc(n + 1, sizeof *f->yy);
    f->gain = HS_NEW_ARRAY(double, n + 1);
}

static void frames_free(struct frames *f)
{
    hs_free(f->xx);
    hs_free(f->xy);
    hs_free(f->yy);
    hs_free(f->gain);
}

static void spectrum(struct hs_fft *fft, const float *window, const float *x, float complex *out)
{
    for (size_t i = 0; i < N; i++)
        fft->time[i] = x[i] * window[i];
    hs_fft_forward_of(fft, fft->time, out);
}

static void add_bands(const float complex *x, const float complex *y, const size_t edge[],
                      double xx[], double xy[], double yy[])
{
    for (size_t b = 0; b < HS_MODEL_BANDS; b++)
        for (size_t k = edge[b]; k < edge[b + 1]; k++) {
            xx[b] += (double)(crealf(x[k]) * crealf(x[k]) + cimagf(x[k]) * cimagf(x[k]));
            xy[b] += (double)(crealf(x[k]) * crealf(y[k]) + cimagf(x[k]) * cimagf(y[k]));
            yy[b] += (double)(crealf(y[k]) * crealf(y[k]) + cimagf(y[k]) * cimagf(y[k]));
        }
}

static void fill_frames(struct frames *f, const struct hs_stretches *s, const float *const x1[2],
                        const float *const y[2], const float *gain)
{
    struct hs_fft fft;
    size_t edge[HS_MODEL_BANDS + 1];
    float *window = hs_aligned(N, sizeof *window);
    float complex *x = hs_aligned(N / 2 + 1, sizeof *x), *z = hs_aligned(N / 2 + 1, sizeof *z);
    hs_fft_init(&fft, N);
    hs_window_hann(window, N);
    for (size_t b = 0; b <= HS_MODEL_BANDS; b++) {
        edge[b] = (size_t)lround(hs_band_gain_edges_hz[b] * N / s->rate_hz);
        edge[b] = edge[b] > N / 2 ? N / 2 : edge[b];
    }
    for (size_t i = 0; i < s->n_items; i++)
        for (size_t at = 0; at + N <= s->item[i].n; at += HOP) {
            const size_t from = s->item[i].at + at, now = f->n++;
            double sum = 0, weight = 0;
            for (size_t k = 0; k < KNOTS; k++) {
                double w = (double)window[k * HS_GAIN_KNOT + HS_GAIN_KNOT / 2];
                sum += w * (double)gain[from / HS_GAIN_KNOT + k];
                weight += w;
            }
            f->gain[now] = sum / weight;
            for (int c = 0; c < 2; c++) {
                spectrum(&fft, window, x1[c] + from, x);
                spectrum(&fft, window, y[c] + from, z);
                add_bands(x, z, edge, f->xx[now], f->xy[now], f->yy[now]);
            }
        }
    hs_fft_free(&fft);
    hs_free(window);
    hs_free(x);
    hs_free(z);
}

static double own_gain(const struct frames *f, size_t i, size_t b)
{
    return fmax(f->xy[i][b] / fmax(f->xx[i][b], 1e-12), 0);
}

/* How the gain of a band follows its level; `apart`: what it has beyond the gain of all. */
static void fit_band(const struct frames *f, size_t b, double hz, bool apart,
                     struct hs_level_model *m, double *p95_db)
{
    double *level = HS_NEW_ARRAY(double, f->n), *gain = HS_NEW_ARRAY(double, f->n);
    double *sorted = HS_NEW_ARRAY(double, f->n);
    float *weight = HS_NEW_ARRAY(float, f->n);
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        double all = apart ? fmax(f->gain[i], 1e-3) : 1;
        sorted[i] = level[i] = hs_db_from_power(fmax(f->xx[i][b], 1e-15));
        gain[i] = hs_db_from_amplitude(fmax(own_gain(f, i, b) / all, 1e-3));
    }
    hs_sort(sorted, f->n);
    const double least = hs_quantile_sorted(sorted, f->n, 0.95) - active_db;
    for (size_t i = 0; i < f->n; i++)
        weight[i] = level[i] > least ? 1 : 0;
    hs_level_model_fit(gain, level, weight, f->n, hz, slow_s, m);
    hs_level_model_run(m, level, f->n, hz, gain);
    for (size_t i = 0; i < f->n; i++)
        if (weight[i] > 0)
            sorted[n++] = gain[i];
    hs_sort(sorted, n);
    *p95_db = hs_quantile_sorted(sorted, n, 0.95);
    hs_free(level);
    hs_free(gain);
    hs_free(sorted);
    hs_free(weight);
}

static void fit_bands(const struct frames *f, double hz, struct hs_models *out)
{
    for (size_t b = 0; b < HS_MODEL_BANDS; b++) {
        struct hs_level_model m;
        if (!out->band_coherent[b])
            continue;
        fit_band(f, b, hz, false, &m, &out->band_p95_db[b]);
        out->band_r2[b] = m.r2;
        out->band_slope[b] = m.slope;
        fit_band(f, b, hz, true, &m, &out->apart_p95_db[b]);
        out->apart_r2[b] = m.r2;
        out->apart_slope[b] = m.slope;
    }
}

void hs_band_gains(const struct hs_stretches *s, const float *const x1[2], const float *const y[2],
                   const float *gain, struct hs_models *out)
{
    struct frames f;
    double xx[HS_MODEL_BANDS] = {0}, xy[HS_MODEL_BANDS] = {0}, yy[HS_MODEL_BANDS] = {0};
    double all_xx = 0, all_yy = 1e-20, wide = 0, own = 0;
    frames_init(&f, s);
    fill_frames(&f, s, x1, y, gain);
    for (size_t i = 0; i < f.n; i++)
        for (size_t b = 0; b < HS_MODEL_BANDS; b++)
            xx[b] += f.xx[i][b], xy[b] += f.xy[i][b], yy[b] += f.yy[i][b];
    for (size_t b = 0; b < HS_MODEL_BANDS; b++)
        all_xx += xx[b], all_yy += yy[b];
    for (size_t i = 0; i < f.n; i++)
        for (size_t b = 0; b < HS_MODEL_BANDS; b++) {
            double g = f.gain[i], o = own_gain(&f, i, b);
            wide += f.yy[i][b] - 2 * g * f.xy[i][b] + g * g * f.xx[i][b];
            own += f.yy[i][b] - 2 * o * f.xy[i][b] + o * o * f.xx[i][b];
        }
    out->band_drop_db = hs_db_from_power(fmax(wide, 1e-15 * all_yy) / fmax(own, 1e-15 * all_yy));
    for (size_t b = 0; b < HS_MODEL_BANDS; b++)
        out->band_coherent[b] =
            xx[b] > least_power * all_xx && xy[b] * xy[b] > least_coherence * xx[b] * yy[b];
    if (out->band_drop_db > looked_at_db)
        fit_bands(&f, s->rate_hz / HOP, out);
    frames_free(&f);
}
