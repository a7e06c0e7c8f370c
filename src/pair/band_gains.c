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
#include <string.h>

/* A band counts where it holds this share of the power and this much of it is coherent. */
static const double least_power = 1e-5, least_coherence = 0.4;
/* Below this a gain per band removes no more than noise. */
static const double looked_at_db = 2;
static const double active_db = 30, slow_s = 3;
/* As of the gain of all (pair/reduction.c): moments that the model reduces by less are at unity
 * gain, unless there are fewer of them, or the gain still rises towards quiet. */
static const double at_unity_db = 0.15, least_at_unity = 0.04, still_rising_db = 0.3;
/* A gain that follows no level by so much is none of this band's own; it moves all the same from
 * so much on. */
static const double least_r2 = 0.25, moves_db = 1;

static double own_gain(const struct hs_band_frames *f, size_t i, size_t b)
{
    return fmax(f->xy[i][b] / fmax(f->xx[i][b], 1e-12), 0);
}

/* A band over the frames in which it sounds: level and gain in dB, and what the model reduces. */
struct band_course {
    double *level, *gain, *model, *work;
    float *weight;
    size_t n;
};

static void course_init(struct band_course *c, size_t n)
{
    double **const series[] = {&c->level, &c->gain, &c->model, &c->work};
    for (size_t i = 0; i < sizeof series / sizeof *series; i++)
        *series[i] = HS_NEW_ARRAY(double, n + 1);
    c->weight = HS_NEW_ARRAY(float, n + 1);
    c->n = n;
}

static void course_free(struct band_course *c)
{
    hs_free(c->level);
    hs_free(c->gain);
    hs_free(c->model);
    hs_free(c->work);
    hs_free(c->weight);
}

/* How the gain of a band follows its level; `apart`: what it has beyond the gain of all. */
static void fit_band(const struct hs_band_frames *f, size_t b, double hz, bool apart,
                     struct band_course *c, struct hs_level_model *m)
{
    for (size_t i = 0; i < f->n; i++) {
        double all = apart ? fmax(f->gain[i], 1e-3) : 1;
        c->level[i] = hs_db_from_power(fmax(f->xx[i][b], 1e-15));
        c->gain[i] = hs_db_from_amplitude(fmax(own_gain(f, i, b) / all, 1e-3));
    }
    const double least = hs_ticks_quantile(c->level, NULL, f->n, 0.95, c->work) - active_db;
    for (size_t i = 0; i < f->n; i++)
        c->weight[i] = c->level[i] > least ? 1 : 0;
    /* how far the band's gain follows its own level */
    hs_level_model_fit(c->gain, c->level, c->weight, f->n, hz, slow_s, m);
    hs_level_model_run(m, c->level, f->n, hz, c->model);
}

static double quantile_of(const struct band_course *c, const double *x, double q)
{
    return hs_ticks_quantile(x, c->weight, c->n, q, c->work);
}

/* Gain of the moments that the model does not reduce, or of their quietest fifth where that is
 * higher; where there are hardly any, what the model puts back. */
static double unity_of(struct band_course *c)
{
    double *level = HS_NEW_ARRAY(double, c->n + 1), *gain = HS_NEW_ARRAY(double, c->n + 1), unity;
    size_t n = 0, n_quiet = 0, n_active = 0;
    for (size_t i = 0; i < c->n; i++) {
        n_active += c->weight[i] > 0;
        if (c->weight[i] > 0 && c->model[i] < at_unity_db)
            level[n] = c->level[i], gain[n++] = c->gain[i];
    }
    if ((double)n < least_at_unity * (double)n_active) {
        for (size_t i = 0; i < c->n; i++)
            gain[i] = c->gain[i] + c->model[i];
        unity = quantile_of(c, gain, 0.5);
    } else {
        const double most = hs_quantile(memcpy(c->work, level, n * sizeof *level), n, 0.2);
        unity = hs_quantile(memcpy(c->work, gain, n * sizeof *gain), n, 0.5);
        for (size_t i = 0; i < n; i++)
            if (level[i] <= most)
                c->work[n_quiet++] = gain[i];
        const double rise = n_quiet ? hs_median(c->work, n_quiet) - unity : 0;
        unity += rise > still_rising_db ? rise : 0;
    }
    hs_free(level);
    hs_free(gain);
    return unity;
}

/* The gain over a tenth of a second: the holes of an encoder are no gain. */
static void smooth_gain(const struct hs_band_frames *f, size_t b, struct band_course *c)
{
    enum { AROUND = 4 };
    for (size_t i = 0; i < f->n; i++) {
        double xx = 1e-12, xy = 0;
        for (size_t k = i > AROUND ? i - AROUND : 0; k <= i + AROUND && k < f->n; k++)
            xx += f->xx[k][b], xy += f->xy[k][b];
        c->gain[i] = hs_db_from_amplitude(fmax(xy / xx, 1e-3));
    }
}

/* What the band is turned down by. Where the gain does not follow its own level (the processor's
 * band is wider, an encoder makes holes) only what it moves by for most of the time counts. */
static double reduction_of(const struct hs_band_frames *f, struct band_course *c, size_t b,
                           bool follows)
{
    if (follows)
        return fmax(unity_of(c) - quantile_of(c, c->gain, 0.05), 0);
    smooth_gain(f, b, c);
    const double away = quantile_of(c, c->gain, 0.8) - quantile_of(c, c->gain, 0.2);
    return away >= moves_db ? away : 0;
}

/* Each band's gain by itself, and apart from the gain of all. */
static void fit_bands(const struct hs_band_frames *f, double hz, struct hs_models *out)
{
    struct band_course c;
    double most_db = 0;
    course_init(&c, f->n);
    for (size_t b = 0; b < HS_MODEL_BANDS; b++) {
        struct hs_level_model m;
        if (!out->band_coherent[b])
            continue;
        fit_band(f, b, hz, true, &c, &m);
        out->apart_p95_db[b] = quantile_of(&c, c.model, 0.95);
        out->apart_r2[b] = m.r2;
        out->apart_slope[b] = m.slope;
        fit_band(f, b, hz, false, &c, &m);
        out->band_p95_db[b] = quantile_of(&c, c.model, 0.95);
        out->band_r2[b] = m.r2;
        out->band_slope[b] = m.slope;
        out->band_reduction_db[b] = reduction_of(f, &c, b, m.r2 >= least_r2);
        if (m.r2 >= least_r2)
            most_db = fmax(most_db, out->band_reduction_db[b]);
    }
    for (size_t b = 0; b < HS_MODEL_BANDS; b++)
        out->band_reduction_db[b] = fmin(out->band_reduction_db[b], most_db);
    course_free(&c);
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
