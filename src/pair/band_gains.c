/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The residual with one gain for all bands against that with a gain of its own per band and
 * frame. Where the second is much less, a level model (pair/level_model.h) is fitted to the
 * gain of each band, as it is and beyond the gain of all.
 */
#include "pair/band_gains.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/band_frames.h"
#include "pair/level_model.h"
#include "pair/model_residual.h"

#include <math.h>

/* A band counts where it holds this share of the power and this much of it is coherent. */
static const double least_power = 1e-5, least_coherence = 0.4;
/* Below this a gain per band removes no more than noise. */
static const double looked_at_db = 2;
static const double active_db = 30, slow_s = 3;

static double own_gain(const struct hs_band_frames *f, size_t i, size_t b)
{
    return fmax(f->xy[i][b] / fmax(f->xx[i][b], 1e-12), 0);
}

/* How the gain of a band follows its level; `apart`: what it has beyond the gain of all. */
static void fit_band(const struct hs_band_frames *f, size_t b, double hz, bool apart,
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
    /* how far the band's gain follows its own level */
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

/* Each band's gain by itself, and apart from the gain of all. */
static void fit_bands(const struct hs_band_frames *f, double hz, struct hs_models *out)
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

/* How much better a gain for each band explains the master than one for all. */
void hs_band_gains(const struct hs_stretches *s, const float *const x1[2], const float *const y[2],
                   const float *gain, struct hs_models *out)
{
    struct hs_band_frames f;
    double xx[HS_MODEL_BANDS] = {0}, xy[HS_MODEL_BANDS] = {0}, yy[HS_MODEL_BANDS] = {0};
    double all_xx = 0, all_yy = 1e-20, wide = 0, own = 0;
    hs_band_frames_fill(&f, s, x1, y, gain);
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
    out->fine_residual_db = hs_db_from_power(fmax(f.fine_left / f.fine_all, 1e-6));
    out->band_drop_db = hs_db_from_power(fmax(wide, 1e-15 * all_yy) / fmax(own, 1e-15 * all_yy));
    for (size_t b = 0; b < HS_MODEL_BANDS; b++)
        out->band_coherent[b] =
            xx[b] > least_power * all_xx && xy[b] * xy[b] > least_coherence * xx[b] * yy[b];
    if (out->band_drop_db > looked_at_db || hs_models_bands_explain(out))
        fit_bands(&f, s->rate_hz / HS_BAND_HOP, out);
    hs_band_frames_free(&f);
}
