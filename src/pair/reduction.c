/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/reduction.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

/* A tick counts as active within this of the loud ones (95th percentile of level). */
static const double active_db = 40;
/* See find_unity_gain. */
static const double unity_quantile = 0.98, near_unity_db = 0.15, spike = 1.2;
/* Beside noise: what tone and gain cannot be told apart by; covers 95 % of the chains of
 * docs/pairs.md. */
static const double model_error_db = 0.25;
/* Ticks whose residual is more than this share of their power say little of the gain. */
static const double most_residual = 0.3;
static const double fade_edge_db = 1, least_fade_db = 6;
/* See kind_of: 1 dB below the ceiling; shares between what such devices show
 * (docs/pairs.md). */
static const double pinned = 0.89, ceiling_quantile = 0.998;
static const double clipper_pinned = 0.25, instant = 0.14, most_of_it = 0.95;
static const double attack_db = 0.3, limiter_attacks = 0.32;
static const size_t least_over = 5;
enum { SMOOTH = 3, BINS = 80, LEAST_ACTIVE = 100, LEAST_PER_BIN = 20 };

struct series {
    double *gain_db, *level_db; /* per tick; NaN where not in the shared part */
    double *work;
    size_t n;
};

static void series_init(struct series *c, const struct hs_pass *p)
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

static void series_free(struct series *c)
{
    hs_free(c->gain_db);
    hs_free(c->level_db);
    hs_free(c->work);
}

static double quantile_of(struct series *c, const double *x, const double *gate, double least,
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
static double noise_of_gain(struct series *c, const struct hs_pass *p, double least)
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
 * reach, less what noise lifts them. Where devices rest, moments heap up there. */
static void find_unity_gain(struct series *c, const struct hs_pass *p, double least,
                            struct hs_reduction *d)
{
    double *even = HS_NEW_ARRAY(double, c->n + 1);
    size_t n, all, at_unity = 0, below = 0;
    for (size_t i = 0; i < c->n; i++)
        even[i] = smooth_at(p, i, -1);
    double noise = noise_of_gain(c, p, least);
    double top = quantile_of(c, even, c->level_db, least, INFINITY, unity_quantile, &all);
    d->unity_gain_db = top - noise * hs_normal_quantile(unity_quantile);
    if (all < LEAST_ACTIVE / 4)
        d->unity_gain_db = quantile_of(c, c->gain_db, c->level_db, least, INFINITY, 0.9, &n);
    double near = near_unity_db + 2 * noise;
    for (size_t i = 0; i < c->n; i++) {
        double away = d->unity_gain_db - even[i];
        at_unity += c->level_db[i] >= least && fabs(away) < near;
        below += c->level_db[i] >= least && away >= near && away < 3 * near;
    }
    d->lower_bound = (double)at_unity < spike * (double)below;
    d->error_db = model_error_db + noise + (d->lower_bound ? 0.5 : 0);
    hs_free(even);
}

static void find_reduction(struct series *c, double least, struct hs_reduction *d)
{
    d->reduction = HS_NEW_ARRAY(float, c->n + 1);
    d->n = c->n;
    size_t k = 0;
    for (size_t i = 0; i < c->n; i++) {
        bool active = c->level_db[i] >= least && isfinite(c->gain_db[i]);
        d->reduction[i] = active ? (float)(d->unity_gain_db - c->gain_db[i]) : NAN;
        if (active)
            c->work[k++] = d->unity_gain_db - c->gain_db[i];
    }
    d->n_active = k;
    hs_sort(c->work, k);
    d->median_db = hs_quantile_sorted(c->work, k, 0.5);
    d->p95_db = hs_quantile_sorted(c->work, k, 0.95);
    d->p99_db = hs_quantile_sorted(c->work, k, 0.99);
}

/* Level by a detector that follows over so many ticks; NaN where nothing sounds. */
static void detect(const struct hs_pass *p, double ticks, double *level_db)
{
    double power = 0;
    for (size_t i = 0; i < p->n_ticks; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        double now = t->frames > 0 ? (double)(t->xx / t->frames) : 0;
        power += (now - power) / ticks;
        level_db[i] = t->xx > 0 && power > 0 ? hs_db_from_power(power) : NAN;
    }
}

struct curve {
    double level[BINS], reduction[BINS], weight[BINS];
    int n;
    double threshold_db, base_db, slope; /* slope 0: none */
};

/* Medians of 1 dB bins of level: the moments are laid out bin by bin. */
static void fill_bins(struct series *c, const double *level_db, double top_db, double unity_gain_db,
                      struct curve *k)
{
    size_t start[BINS + 1] = {0}, fill[BINS];
    const double low = top_db - BINS;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < c->n; i++) {
            double bin = floor(level_db[i] - low);
            if (!(bin >= 0 && bin < BINS) || !isfinite(c->gain_db[i]))
                continue;
            if (pass)
                c->work[fill[(int)bin]++] = c->gain_db[i];
            else
                start[(int)bin + 1]++;
        }
        for (int b = 0; b < BINS && !pass; b++)
            fill[b] = start[b], start[b + 1] += start[b];
    }
    k->n = 0;
    for (int b = 0; b < BINS; b++) {
        size_t n = start[b + 1] - start[b];
        if (n < LEAST_PER_BIN)
            continue;
        k->level[k->n] = low + b + 0.5;
        k->reduction[k->n] = unity_gain_db - hs_median(c->work + start[b], n);
        k->weight[k->n++] = sqrt((double)n);
    }
}

/* A straight line through the bins as they rise above bin t; returns its error. */
static double line_above(const struct curve *k, int t, double *base, double *slope)
{
    double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, error = 0;
    for (int b = 0; b < k->n; b++) {
        double w = k->weight[b], x = fmax(k->level[b] - k->level[t], 0), y = k->reduction[b];
        sw += w, sx += w * x, sy += w * y, sxx += w * x * x, sxy += w * x * y;
    }
    double over = sw * sxx - sx * sx;
    *slope = over > 0 ? fmin(fmax((sw * sxy - sx * sy) / over, 0), 1) : 0;
    *base = (sy - *slope * sx) / sw;
    for (int b = 0; b < k->n; b++) {
        double x = fmax(k->level[b] - k->level[t], 0);
        error += k->weight[b] * pow(k->reduction[b] - *base - *slope * x, 2);
    }
    return error;
}

/* Two straight pieces: the same reduction up to the threshold (none, unless the device
 * never lets go), then a slope of 1 - 1/ratio (Giannoulis, Massberg & Reiss, JAES 60(6),
 * 2012). */
static void fit_pieces(struct curve *k)
{
    double best = INFINITY, base, slope;
    k->slope = 0;
    for (int t = 0; t + 3 < k->n; t++) {
        double error = line_above(k, t, &base, &slope);
        if (error >= best || slope <= 0.02)
            continue;
        best = error;
        k->threshold_db = k->level[t];
        k->base_db = base;
        k->slope = slope;
    }
}

/* Mean distance of the moments from the curve, dB. */
static double scatter(const struct series *c, const double *level_db, double least,
                      double unity_gain_db, const struct curve *k)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (!(c->level_db[i] >= least) || !isfinite(c->gain_db[i]) || !isfinite(level_db[i]))
            continue;
        double curve = k->base_db + k->slope * fmax(level_db[i] - k->threshold_db, 0);
        sum += fabs(unity_gain_db - c->gain_db[i] - curve);
        n++;
    }
    return n ? sum / (double)n : INFINITY;
}

/* The curve of the detector that explains the moments best. */
static void fit_curve(struct series *c, const struct hs_pass *p, double top_db, double least,
                      struct hs_reduction *d)
{
    static const double ticks[] = {1, 3, 8, 20, 50};
    double *level_db = HS_NEW_ARRAY(double, c->n + 1), best = INFINITY;
    struct curve *k = HS_NEW(struct curve);
    d->threshold_db = d->ratio = NAN;
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        detect(p, ticks[i], level_db);
        fill_bins(c, level_db, top_db, d->unity_gain_db, k);
        fit_pieces(k);
        double away = k->slope > 0 ? scatter(c, level_db, least, d->unity_gain_db, k) : INFINITY;
        if (away >= best)
            continue;
        best = away;
        d->threshold_db = k->threshold_db + d->unity_gain_db;
        d->ratio = k->slope < 0.99 ? 1 / (1 - k->slope) : 100;
    }
    hs_free(level_db);
    hs_free(k);
}

/* Share of the moments at which the gain falls whose peak, there or in the next 10 ms, is
 * at the ceiling: what a limiter falls for; a compressor falls at any level. The ceiling is
 * what one moment in 500 reaches: single ones overshoot, and encoders add to them. */
static double attacks_at_ceiling(struct series *c, const struct hs_pass *p,
                                 const struct hs_reduction *d)
{
    size_t n = 0, at = 0, n_active = 0;
    for (size_t i = 0; i < d->n; i++)
        if (isfinite(d->reduction[i]))
            c->work[n_active++] = (double)p->tick[i].peak_y;
    hs_sort(c->work, n_active);
    const double ceiling = hs_quantile_sorted(c->work, n_active, ceiling_quantile);
    for (size_t i = 1; i + 1 < d->n; i++) {
        double fall = (double)d->reduction[i] - (double)d->reduction[i - 1];
        if (!(fall > attack_db))
            continue;
        n++;
        at += (double)fmaxf(p->tick[i].peak_y, p->tick[i + 1].peak_y) > pinned * ceiling;
    }
    return n ? (double)at / (double)n : 0;
}

/* Power that no gain per moment explains over the power that the gain took away, where it is
 * reduced: a clipper bends the wave within a moment, whatever else turns it down. What is
 * left unexplained where nothing is reduced (an encoder, noise) is taken off. */
static double bent_share(const struct hs_pass *p, const struct hs_reduction *d)
{
    const double unity = hs_amplitude_from_db(d->unity_gain_db);
    double rr = 0, taken = 0, other_rr = 0, other_yy = 1e-20, yy = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        double reduction = (double)d->reduction[i];
        double away = unity - hs_amplitude_from_db(d->unity_gain_db - reduction);
        if (reduction > 0.5)
            rr += (double)t->rr, yy += (double)t->yy, taken += away * away * (double)t->xx;
        else if (reduction < 0.2)
            other_rr += (double)t->rr, other_yy += (double)t->yy;
    }
    return taken > 0 ? fmax(rr - yy * other_rr / other_yy, 0) / taken : 0;
}

/* By what happens where the mix, at unity gain, would pass the master's ceiling: a clipper
 * takes the peaks and bends the wave, a limiter turns all of it down and keeps the peaks at
 * the ceiling, a compressor does not care for the ceiling. */
static enum hs_processor kind_of(struct series *c, const struct hs_pass *p, struct hs_reduction *d)
{
    const double gain = hs_amplitude_from_db(d->unity_gain_db);
    double over_sum = 0, reduced_sum = 0;
    size_t n_over = 0, n_pinned = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        double over = hs_db_from_amplitude(gain * (double)t->peak_x / p->ceiling);
        if (!(over > 1) || !isfinite(d->reduction[i]))
            continue;
        n_over++;
        over_sum += over;
        reduced_sum += fmax((double)d->reduction[i], 0);
        n_pinned += (double)t->peak_y > pinned * p->ceiling;
    }
    d->peaks_share = n_over ? reduced_sum / over_sum : NAN;
    d->ceiling_hit_share = n_over ? (double)n_pinned / (double)n_over : NAN;
    if (n_over >= least_over && d->peaks_share < most_of_it &&
        d->ceiling_hit_share > clipper_pinned && bent_share(p, d) > instant)
        return HS_PROCESSOR_CLIPPER;
    if (d->p99_db < 0.5)
        return HS_PROCESSOR_NONE;
    return attacks_at_ceiling(c, p, d) > limiter_attacks ? HS_PROCESSOR_LIMITER
                                                         : HS_PROCESSOR_COMPRESSOR;
}

static void find_residual(const struct hs_pass *p, struct hs_reduction *d)
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
    d->residual_peaks_db = peaks_yy > 0 ? fmax(hs_db_from_power(peaks_rr / peaks_yy), -120) : NAN;
}

/* Time from one end of the shared part over which the gain rises to its usual value; 0
 * where it starts there. */
static double fade_length(const struct series *c, const double *even, bool from_end)
{
    enum { LOOK = 30 * HS_PASS_HZ };
    size_t k = 0, last = 0, look = c->n < LOOK ? c->n : LOOK;
    double deepest = 0;
    for (size_t i = 0; i < look; i++) {
        double g = even[from_end ? c->n - 1 - i : i];
        if (isfinite(g))
            c->work[k++] = g;
    }
    if (k < 2 * HS_PASS_HZ)
        return NAN;
    double usual = hs_median(c->work, k);
    for (size_t i = 0; i < look; i++) {
        double g = even[from_end ? c->n - 1 - i : i];
        if (isfinite(g) && g > usual - fade_edge_db)
            break;
        if (isfinite(g))
            deepest = fmax(deepest, usual - g);
        last = i + 1;
    }
    /* A straight fade passes the edge when this share of it is over. */
    double share = hs_amplitude_from_db(-fade_edge_db);
    return deepest > least_fade_db ? (double)last / HS_PASS_HZ / share : 0;
}

static void find_fades(struct series *c, const struct hs_pass *p, struct hs_reduction *d)
{
    double *even = HS_NEW_ARRAY(double, c->n + 1);
    for (size_t i = 0; i < c->n; i++)
        even[i] = smooth_at(p, i, -1);
    d->fade_in_s = fade_length(c, even, false);
    d->fade_out_s = fade_length(c, even, true);
    hs_free(even);
}

/* Seconds of the master that the mix does not explain: their highest decile against the
 * lowest fifth. A voice that is missing from the mix comes and goes. */
static void find_missing(struct series *c, const struct hs_pass *p, struct hs_reduction *d)
{
    size_t k = 0;
    for (size_t i = 0; i + HS_PASS_HZ <= p->n_ticks; i += HS_PASS_HZ) {
        double yy = 0, rr = 0, level = -INFINITY;
        for (size_t j = i; j < i + HS_PASS_HZ; j++) {
            yy += (double)p->tick[j].yy;
            rr += (double)p->tick[j].rr;
            level = fmax(level, c->level_db[j]);
        }
        if (yy > 0 && level > d->least_db)
            c->work[k++] = fmax(hs_db_from_power(rr / yy), -90);
    }
    hs_sort(c->work, k);
    d->second_p90_db = hs_quantile_sorted(c->work, k, 0.9);
    d->second_p20_db = hs_quantile_sorted(c->work, k, 0.2);
}

void hs_reduction_find(const struct hs_pass *p, struct hs_reduction *out)
{
    struct series c;
    size_t n;
    *out = (struct hs_reduction){0};
    series_init(&c, p);
    double top = quantile_of(&c, c.level_db, c.level_db, -INFINITY, INFINITY, 0.95, &n);
    double least = top - active_db;
    find_unity_gain(&c, p, least, out);
    find_reduction(&c, least, out);
    if (out->n_active >= LEAST_ACTIVE) {
        fit_curve(&c, p, top + 10, least, out);
        out->kind = kind_of(&c, p, out);
    }
    out->least_db = least;
    find_residual(p, out);
    find_fades(&c, p, out);
    find_missing(&c, p, out);
    series_free(&c);
}

void hs_reduction_free(struct hs_reduction *d)
{
    hs_free(d->reduction);
    *d = (struct hs_reduction){0};
}

const char *hs_processor_name(enum hs_processor kind)
{
    static const char *const names[] = {"none", "compressor", "limiter", "clipper"};
    return names[kind];
}
