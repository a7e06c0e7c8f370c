/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Candidates are up to 16 delays at the main line's speed: the main line, and the delays of
 *    the peaks of the coarse pieces (pair/coarse.h), those within 60 ms summed by their scores.
 * 2. For each candidate the normalised correlation of the fingerprint features over 3 s is
 *    computed every 0.2 s from running sums.
 * 3. Dynamic programming finds the succession of candidates, or of "nothing" at a fixed score,
 *    of the highest sum, where each change costs 5: what a perfect fit gains
 *    on a poor one in 2 s.
 * 4. Runs of one candidate of 3 s and more are the stretches.
 */
#include "pair/edits.h"

#include "core/alloc.h"
#include "pair/feature.h"

#include <math.h>
#include <string.h>

enum {
    LINES = 16,
    STEP = 10,  /* fingerprint frames per decision: 0.2 s */
    REACH = 75, /* frames looked at either side of a decision: 1.5 s */
};
static const double same_s = 0.06; /* delays nearer than this are one */
/* Correlation that a stretch of nothing in common reaches, and what a cut costs, in the
 * same measure summed over decisions: 2 s of a perfect against a poor fit. */
static const double nothing = 0.3, edit_costs = 5;
static const double least_s = 3;

struct choice {
    struct hs_time_map line[LINES];
    double weight[LINES];
    size_t n;
};

/* A few lines are enough; the weakest gives way, never the main one. */
static void add_delay(struct choice *c, struct hs_time_map line, double weight)
{
    for (size_t i = 0; i < c->n; i++)
        if (fabs(c->line[i].delay_s - line.delay_s) < same_s) {
            c->weight[i] += weight;
            return;
        }
    if (c->n < LINES) {
        c->line[c->n] = line;
        c->weight[c->n++] = weight;
        return;
    }
    size_t least = 1;
    for (size_t i = 1; i < c->n; i++)
        if (c->weight[i] < c->weight[least])
            least = i;
    if (c->weight[least] < weight) {
        c->line[least] = line;
        c->weight[least] = weight;
    }
}

/* Delays of the pieces' peaks at the main line's speed, the frequent ones. */
static void gather(const struct hs_coarse *coarse, struct hs_time_map main, struct choice *c)
{
    size_t most = coarse->n_pieces * HS_COARSE_PEAKS, n = 0;
    double *delay = HS_NEW_ARRAY(double, most + 1), *weight = HS_NEW_ARRAY(double, most + 1);
    for (size_t i = 0; i < coarse->n_pieces; i++)
        for (size_t k = 0; k < coarse->pieces[i].n_peaks; k++) {
            const struct hs_piece *p = &coarse->pieces[i];
            delay[n] = p->mix_s[k] - main.ratio * p->master_s;
            /* The best of a piece counts most: a cut may hold a single piece. */
            weight[n++] = p->score[k] * (k ? 0.3 : 1);
        }
    add_delay(c, main, 1e9);
    for (size_t i = 0; i < n; i++) {
        double sum = 0, mean = 0;
        for (size_t j = 0; j < n; j++)
            if (fabs(delay[j] - delay[i]) < same_s) {
                sum += weight[j];
                mean += weight[j] * delay[j];
            }
        bool known = false;
        for (size_t j = 0; j < c->n; j++)
            known |= fabs(c->line[j].delay_s - mean / sum) < same_s;
        if (!known)
            add_delay(c, (struct hs_time_map){mean / sum, main.ratio}, sum);
    }
    hs_free(delay);
    hs_free(weight);
}

/* Running sums of products, so that a correlation over any stretch costs nothing. */
static void correlate_along(const struct hs_feature *mix, const struct hs_feature *master,
                            long shift, size_t n_steps, float *out)
{
    size_t n = master->n;
    double *xy = HS_NEW_ARRAY(double, n + 1), *xx = HS_NEW_ARRAY(double, n + 1);
    double *yy = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        long at = (long)i + shift;
        double a = 0, b = 0, c = 0;
        for (size_t k = 0; k < HS_FINGERPRINT_BANDS; k++) {
            double y = (double)master->x[k][i];
            double x = at >= 0 && at < (long)mix->n ? (double)mix->x[k][at] : 0;
            a += x * y, b += x * x, c += y * y;
        }
        xy[i + 1] = xy[i] + a, xx[i + 1] = xx[i] + b, yy[i + 1] = yy[i] + c;
    }
    double least = 0.1 * (double)(2 * REACH * HS_FINGERPRINT_BANDS); /* near silence */
    for (size_t s = 0; s < n_steps; s++) {
        long mid = (long)(s * STEP + STEP / 2);
        size_t lo = mid > REACH ? (size_t)(mid - REACH) : 0;
        size_t hi = (size_t)(mid + REACH) < n ? (size_t)(mid + REACH) : n;
        double e = sqrt((xx[hi] - xx[lo] + least) * (yy[hi] - yy[lo] + least));
        bool outside = mid + shift < 0 || mid + shift >= (long)mix->n;
        out[s] = outside ? -1 : (float)((xy[hi] - xy[lo]) / e);
    }
    hs_free(xy);
    hs_free(xx);
    hs_free(yy);
}

/* The best succession of lines (dynamic programming); state n is "nothing". */
static void decide(const float *score, size_t n, size_t n_steps, unsigned char *path)
{
    size_t states = n + 1;
    double best[LINES + 1] = {0}, next[LINES + 1];
    unsigned char *from = HS_NEW_ARRAY(unsigned char, n_steps *states);
    for (size_t s = 0; s < n_steps; s++) {
        size_t top = 0;
        for (size_t k = 1; k < states; k++)
            if (best[k] > best[top])
                top = k;
        for (size_t k = 0; k < states; k++) {
            bool jump = best[top] - edit_costs > best[k];
            from[s * states + k] = (unsigned char)(jump ? top : k);
            next[k] = (jump ? best[top] - edit_costs : best[k]) +
                      (k < n ? (double)score[k * n_steps + s] : nothing);
        }
        memcpy(best, next, sizeof best);
    }
    /* back along the best path */
    size_t k = 0;
    for (size_t j = 1; j < states; j++)
        if (best[j] > best[k])
            k = j;
    for (size_t s = n_steps; s-- > 0;) {
        path[s] = (unsigned char)k;
        k = from[s * states + k];
    }
    hs_free(from);
}

/* Runs of one line that are long enough. */
static size_t collect(const struct choice *c, const unsigned char *path, size_t n_steps,
                      double speed, struct hs_edit out[HS_EDITS_MOST])
{
    const double step_s = (double)STEP / HS_FINGERPRINT_HZ / speed;
    size_t n = 0;
    for (size_t s = 0, end; s < n_steps; s = end) {
        for (end = s + 1; end < n_steps && path[end] == path[s];)
            end++;
        bool real = path[s] < c->n && (double)(end - s) * step_s >= least_s;
        if (real && n < HS_EDITS_MOST)
            out[n++] = (struct hs_edit){c->line[path[s]], (double)s * step_s, (double)end * step_s};
    }
    return n;
}

/* Which line holds where, by dynamic programming over the fingerprints. */
size_t hs_edits_find(const char *mix, const char *master, const struct hs_coarse *coarse,
                     struct hs_time_map main, struct hs_edit out[HS_EDITS_MOST])
{
    struct choice c = {0};
    struct hs_feature x, y;
    gather(coarse, main, &c);
    hs_feature_make(&x, mix, 1);
    hs_feature_make(&y, master, main.ratio);
    size_t n_steps = y.n / STEP;
    float *score = HS_NEW_ARRAY(float, c.n *n_steps + 1);
    unsigned char *path = HS_NEW_ARRAY(unsigned char, n_steps + 1);
    for (size_t i = 0; i < c.n; i++)
        correlate_along(&x, &y, lround(c.line[i].delay_s * HS_FINGERPRINT_HZ), n_steps,
                        score + i * n_steps);
    decide(score, c.n, n_steps, path);
    size_t n = collect(&c, path, n_steps, main.ratio, out);
    hs_feature_free(&x);
    hs_feature_free(&y);
    hs_free(score);
    hs_free(path);
    return n;
}
