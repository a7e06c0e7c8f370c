/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For detectors of 10 ms to 0.5 s: medians of the reduction in bins of 1 dB of level, two
 * straight pieces through them (every bin is tried as threshold), and the mean distance of all
 * moments from these. The detector with the smallest distance gives threshold and slope.
 */
#include "pair/ratio.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum { BINS = 80, LEAST_PER_BIN = 20 };

/* Level by a detector that follows over so many ticks; NaN where nothing sounds. */
static void detect(const struct hs_pass *p, double ticks, double *level_db)
{
    double power = 0;
    for (size_t i = 0; i < p->n_ticks; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        double now = t->frames > 0 ? (double)(t->xx / (2 * t->frames)) : 0;
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
static void fill_bins(const struct hs_reduction *r, const double *level_db, double top_db,
                      double *work, struct curve *k)
{
    size_t start[BINS + 1] = {0}, fill[BINS];
    const double low = top_db - BINS;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < r->n; i++) {
            double bin = floor(level_db[i] - low);
            if (!(bin >= 0 && bin < BINS) || !isfinite(r->db[i]))
                continue;
            if (pass)
                work[fill[(int)bin]++] = (double)r->db[i];
            else
                start[(int)bin + 1]++;
        }
        for (int b = 0; b < BINS && !pass; b++)
            fill[b] = start[b], start[b + 1] += start[b];
    }
    /* the median reduction of each decibel of level */
    k->n = 0;
    for (int b = 0; b < BINS; b++) {
        size_t n = start[b + 1] - start[b];
        if (n < LEAST_PER_BIN)
            continue;
        k->level[k->n] = low + b + 0.5;
        k->reduction[k->n] = hs_median(work + start[b], n);
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
static double scatter(const struct hs_reduction *r, const double *level_db, const struct curve *k)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (!isfinite(r->db[i]) || !isfinite(level_db[i]))
            continue;
        double curve = k->base_db + k->slope * fmax(level_db[i] - k->threshold_db, 0);
        sum += fabs((double)r->db[i] - curve);
        n++;
    }
    return n ? sum / (double)n : INFINITY;
}

/* The detector's time is not known: the one with the least scatter is taken. */
void hs_ratio_find(const struct hs_pass *p, const struct hs_reduction *r, struct hs_ratio *out)
{
    static const double ticks[] = {1, 3, 8, 20, 50};
    double *level_db = HS_NEW_ARRAY(double, r->n + 1), *work = HS_NEW_ARRAY(double, r->n + 1);
    double best = INFINITY;
    struct curve *k = HS_NEW(struct curve);
    *out = (struct hs_ratio){NAN, 0};
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        detect(p, ticks[i], level_db);
        fill_bins(r, level_db, r->least_db + BINS - 30, work, k);
        fit_pieces(k);
        double away = k->slope > 0 ? scatter(r, level_db, k) : INFINITY;
        if (away >= best)
            continue;
        best = away;
        *out = (struct hs_ratio){k->threshold_db + r->unity_gain_db, k->slope};
    }
    hs_free(level_db);
    hs_free(work);
    hs_free(k);
}
