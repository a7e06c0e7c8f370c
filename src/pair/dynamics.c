/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/dynamics.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdlib.h>
#include <stdio.h>

/* A tick counts as active within this of the loud ones (95th percentile of level). */
static const double active_db = 40;
/* See find_reference. */
static const double rest_quantile = 0.98, near_rest_db = 0.15, pile = 1.2;
/* Ticks whose residual is more than this share of their power say little of the gain. */
static const double most_residual = 0.3;
enum { SMOOTH = 3, BINS = 80, LEAST_ACTIVE = 100, LEAST_PER_BIN = 20 };

struct course {
    double *gain_db, *level_db; /* per tick; NaN where not in the shared part */
    double *work;
    size_t n;
};

static void course_init(struct course *c, const struct hs_pass *p)
{
    c->n = p->n_ticks;
    c->gain_db = HS_NEW_ARRAY(double, c->n + 1);
    c->level_db = HS_NEW_ARRAY(double, c->n + 1);
    c->work = HS_NEW_ARRAY(double, c->n + 1);
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        bool sounds = t->frames > 0 && t->xx > 0 && t->xy > 0;
        c->level_db[i] = sounds ? hs_db_from_power((double)(t->xx / t->frames)) : NAN;
        c->gain_db[i] = sounds ? hs_db_from_amplitude((double)(t->xy / t->xx)) : NAN;
    }
}

static void course_free(struct course *c)
{
    hs_free(c->gain_db);
    hs_free(c->level_db);
    hs_free(c->work);
}

static double quantile_of(struct course *c, const double *x, const double *gate, double least,
                          double most, double q, size_t *n)
{
    size_t k = 0;
    for (size_t i = 0; i < c->n; i++)
        if (isfinite(x[i]) && gate[i] >= least && gate[i] <= most)
            c->work[k++] = x[i];
    hs_sort(c->work, k);
    *n = k;
    return k ? hs_quantile_sorted(c->work, k, q) : NAN;
}

/* Gain over 70 ms, weighted by power: noise of single ticks averaged out. `odd` -1 takes
 * all ticks, 0 and 1 every second one. NaN where it is not clear. */
static double smooth_at(const struct hs_pass *p, size_t i, int odd)
{
    size_t lo = i > SMOOTH ? i - SMOOTH : 0;
    size_t hi = i + SMOOTH < p->n_ticks ? i + SMOOTH + 1 : p->n_ticks;
    double xx = 0, xy = 0, yy = 0, rr = 0;
    for (size_t k = lo; k < hi; k++) {
        if (odd >= 0 && (int)(k % 2) != odd)
            continue;
        xx += (double)p->tick[k].xx;
        xy += (double)p->tick[k].xy;
        yy += (double)p->tick[k].yy;
        rr += (double)p->tick[k].rr;
    }
    bool clear = xx > 0 && xy > 0 && rr < most_residual * yy;
    return clear ? hs_db_from_amplitude(xy / xx) : NAN;
}

/* Standard deviation of the smoothed gain by noise alone: odd ticks against even ones. */
static double noise_of_gain(struct course *c, const struct hs_pass *p, double least)
{
    size_t k = 0;
    for (size_t i = 0; i < c->n; i++) {
        double d = smooth_at(p, i, 0) - smooth_at(p, i, 1);
        if (c->level_db[i] >= least && isfinite(d))
            c->work[k++] = d;
    }
    return k ? hs_mad(c->work, k, 0) / 2 : 0;
}

/* Gain of the passages that are not reduced: what the highest fiftieth of the moments
 * reach, less what noise lifts them. Where devices rest, moments pile up there. */
static void find_reference(struct course *c, const struct hs_pass *p, double least,
                           struct hs_dynamics *d)
{
    double *even = HS_NEW_ARRAY(double, c->n + 1);
    size_t n, all, at_rest = 0, below = 0;
    for (size_t i = 0; i < c->n; i++)
        even[i] = smooth_at(p, i, -1);
    double noise = noise_of_gain(c, p, least);
    double top = quantile_of(c, even, c->level_db, least, INFINITY, rest_quantile, &all);
    d->reference_db = top - noise * hs_normal_quantile(rest_quantile);
    if (all < LEAST_ACTIVE / 4)
        d->reference_db = quantile_of(c, c->gain_db, c->level_db, least, INFINITY, 0.9, &n);
    double near = near_rest_db + 2 * noise;
    for (size_t i = 0; i < c->n; i++) {
        double away = d->reference_db - even[i];
        at_rest += c->level_db[i] >= least && fabs(away) < near;
        below += c->level_db[i] >= least && away >= near && away < 3 * near;
    }
    d->lower_bound = (double)at_rest < pile * (double)below;
    d->error_db = 0.1 + noise + (d->lower_bound ? 0.5 : 0);
    hs_free(even);
}

static void find_reduction(struct course *c, double least, struct hs_dynamics *d)
{
    d->reduction = HS_NEW_ARRAY(float, c->n + 1);
    d->n = c->n;
    size_t k = 0;
    for (size_t i = 0; i < c->n; i++) {
        bool active = c->level_db[i] >= least && isfinite(c->gain_db[i]);
        d->reduction[i] = active ? (float)(d->reference_db - c->gain_db[i]) : NAN;
        if (active)
            c->work[k++] = d->reference_db - c->gain_db[i];
    }
    d->n_active = k;
    hs_sort(c->work, k);
    d->median_db = hs_quantile_sorted(c->work, k, 0.5);
    d->p95_db = hs_quantile_sorted(c->work, k, 0.95);
    d->p99_db = hs_quantile_sorted(c->work, k, 0.99);
}

/* Two straight pieces through the medians of 1 dB bins: no reduction up to the threshold,
 * then a slope of 1 - 1/ratio (Giannoulis, Massberg & Reiss, JAES 60(6), 2012). */
static void fit_curve(struct course *c, double top_db, struct hs_dynamics *d)
{
    double level[BINS], reduction[BINS], weight[BINS], best = INFINITY;
    int n_bins = 0;
    for (int b = 0; b < BINS; b++) {
        size_t n;
        double lo = top_db - BINS + b;
        double gain = quantile_of(c, c->gain_db, c->level_db, lo, lo + 1, 0.5, &n);
        if (n < LEAST_PER_BIN)
            continue;
        level[n_bins] = lo + 0.5;
        reduction[n_bins] = d->reference_db - gain;
        weight[n_bins++] = sqrt((double)n);
    }
    d->threshold_db = d->ratio = NAN;
    for (int t = 0; t + 3 < n_bins; t++) {
        double over = 0, product = 0, error = 0;
        for (int b = t; b < n_bins; b++) {
            over += weight[b] * pow(level[b] - level[t], 2);
            product += weight[b] * (level[b] - level[t]) * reduction[b];
        }
        double slope = fmin(fmax(product / over, 0), 1);
        for (int b = 0; b < n_bins; b++)
            error += weight[b] *
                     pow(reduction[b] - slope * fmax(level[b] - level[t], 0), 2);
        if (error < best && slope > 0.02) {
            best = error;
            d->threshold_db = level[t];
            d->ratio = slope < 0.99 ? 1 / (1 - slope) : 100;
        }
    }
}

static double contrast(const struct hs_pass *p)
{
    const double *s = p->clip_small, *l = p->clip_large;
    if (!(s[0] > 0) || !(l[0] > 0))
        return 0;
    return hs_db_from_amplitude(s[0] / s[1]) - hs_db_from_amplitude(l[0] / l[1]);
}

static enum hs_reducer kind_of(const struct hs_pass *p, const struct hs_dynamics *d)
{
    size_t n_reduced = 0, at_ceiling = 0;
    if(getenv("DBG"))fprintf(stderr,"contrast %.2f p99 %.2f rest noise\n",d->clip_contrast_db,d->p99_db);
    for (size_t i = 0; i < d->n; i++)
        if ((double)d->reduction[i] > fmax(0.5, 0.5 * d->p95_db)) {
            n_reduced++;
            at_ceiling += (double)p->tick[i].peak_y > 0.89 * p->ceiling; /* within 1 dB */
        }
    if (d->p99_db < 0.5 || !n_reduced)
        return HS_REDUCER_NONE;
    double share = (double)at_ceiling / (double)n_reduced;
    if (d->clip_contrast_db > fmax(0.5, 0.25 * d->p99_db) && share > 0.3)
        return HS_REDUCER_CLIPPER;
    return share > 0.25 && !(d->ratio < 3 && d->median_db > 0.5 * d->p95_db)
               ? HS_REDUCER_LIMITER
               : HS_REDUCER_COMPRESSOR;
}

static void find_residual(const struct hs_pass *p, struct hs_dynamics *d)
{
    double yy = 0, rr = 0, peaks_yy = 0, peaks_rr = 0;
    for (size_t i = 0; i < p->n_ticks; i++) {
        yy += (double)p->tick[i].yy;
        rr += (double)p->tick[i].rr;
        if ((double)d->reduction[i] > 1) {
            peaks_yy += (double)p->tick[i].yy;
            peaks_rr += (double)p->tick[i].rr;
        }
    }
    d->residual_db = yy > 0 ? fmax(hs_db_from_power(rr / yy), -120) : NAN;
    d->residual_peaks_db = peaks_yy > 0 ? fmax(hs_db_from_power(peaks_rr / peaks_yy), -120)
                                        : NAN;
}

void hs_dynamics_find(const struct hs_pass *p, struct hs_dynamics *out)
{
    struct course c;
    size_t n;
    *out = (struct hs_dynamics){0};
    course_init(&c, p);
    double top = quantile_of(&c, c.level_db, c.level_db, -INFINITY, INFINITY, 0.95, &n);
    double least = top - active_db;
    find_reference(&c, p, least, out);
    find_reduction(&c, least, out);
    if (out->n_active >= LEAST_ACTIVE) {
        fit_curve(&c, top + 10, out);
        out->clip_contrast_db = contrast(p);
        out->kind = kind_of(p, out);
    }
    find_residual(p, out);
    course_free(&c);
}

void hs_dynamics_free(struct hs_dynamics *d)
{
    hs_free(d->reduction);
    *d = (struct hs_dynamics){0};
}

const char *hs_reducer_name(enum hs_reducer kind)
{
    static const char *const names[] = {"none", "compressor", "limiter", "clipper"};
    return names[kind];
}
