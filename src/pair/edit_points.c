/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Around each edge, 2 s to either side, the master is compared with the mix along the line
 * before and along the line after it: normalised correlation over 70 ms at every 10 ms. A side
 * without a line scores a constant. The edge goes to the tick that makes the sum of the scores
 * before it along the one line and behind it along the other the largest.
 */
#include "pair/edit_points.h"

#include "core/alloc.h"

#include <math.h>
#include <string.h>

enum { TICKS = 400, NEAR = 3 }; /* of 10 ms; correlation over 70 ms */
static const double reach_s = TICKS / 200.0, tick_s = 0.01;
/* What a stretch that follows nothing scores: between foreign music and a changed copy. */
static const double nothing = 0.4;

/* Sums of products per tick of the master with the mix along a line. */
struct sums {
    double xx[TICKS], xy[TICKS], yy[TICKS];
};

/* The mix along a line, at the rate of the master. */
static enum hs_status read_along(struct hs_feed *mix, struct hs_time_map line, double from_s,
                                 double rate_hz, size_t n, float *left, float *right,
                                 struct hs_error *err)
{
    struct hs_sinc sinc;
    const float *in[2];
    double start = hs_time_map_at(line, from_s);
    enum hs_status status = hs_feed_seek(mix, fmax(start - 0.01, 0), err);
    if (status)
        return status;
    double at = (start - mix->origin_s) * mix->rate_hz;
    double step = line.ratio * mix->rate_hz / rate_hz;
    int64_t first = (int64_t)floor(at) - HS_SINC_BEFORE - 1;
    size_t need = (size_t)ceil(step * (double)n) + HS_SINC_BEFORE + HS_SINC_AFTER + 4;
    status = hs_feed_get(mix, first, need, in, err);
    if (status)
        return status;
    hs_sinc_init(&sinc);
    hs_sinc_read(&sinc, in[0], in[1], at - (double)first, step, n, left, right);
    hs_sinc_free(&sinc);
    return HS_OK;
}

static void add_up(const float *x, const float *y, size_t n, struct sums *s)
{
    for (size_t i = 0; i < n; i++) {
        size_t t = i * TICKS / n;
        s->xx[t] += (double)(x[i] * x[i]);
        s->xy[t] += (double)(x[i] * y[i]);
        s->yy[t] += (double)(y[i] * y[i]);
    }
}

/* How well the master follows the line at each tick, 0-1. */
static enum hs_status follow(struct hs_feed *mix, const struct hs_basis *basis,
                             struct hs_time_map line, double from_s, double rate_hz, size_t n,
                             float *const master[2], double *out, struct hs_error *err)
{
    struct sums s = {0};
    float *x[2] = {HS_NEW_ARRAY(float, n), HS_NEW_ARRAY(float, n)};
    enum hs_status status = read_along(mix, line, from_s, rate_hz, n, x[0], x[1], err);
    if (!status) {
        hs_basis_apply(basis, x[0], x[1], n);
        for (int c = 0; c < 2; c++)
            add_up(x[c], master[c], n, &s);
    }
    for (int t = 0; t < TICKS; t++) {
        double xx = 1e-9, xy = 0, yy = 1e-9;
        for (int k = t - NEAR; k <= t + NEAR; k++)
            if (k >= 0 && k < TICKS)
                xx += s.xx[k], xy += s.xy[k], yy += s.yy[k];
        out[t] = fmax(xy, 0) / sqrt(xx * yy);
    }
    hs_free(x[0]);
    hs_free(x[1]);
    return status;
}

/* The tick that divides best between `before` and `after`; their sums decide. */
static int divide(const double *before, const double *after)
{
    double sum = 0, best = -INFINITY;
    int at = 0;
    for (int t = 0; t < TICKS; t++)
        sum += after[t];
    for (int t = 0; t <= TICKS; t++) {
        if (sum > best)
            best = sum, at = t;
        if (t < TICKS)
            sum += before[t] - after[t];
    }
    return at;
}

/* The edge near edge_s between two lines, NULL for nothing. */
static enum hs_status refine_one(struct hs_feed *mix, struct hs_feed *master,
                                 const struct hs_basis *basis, const struct hs_time_map *before,
                                 const struct hs_time_map *after, double *edge_s,
                                 struct hs_error *err)
{
    const float *in[2];
    double from_s = *edge_s - reach_s, score[2][TICKS];
    const struct hs_time_map *line[2] = {before, after};
    size_t n = (size_t)lround(2 * reach_s * master->rate_hz);
    float *y[2] = {HS_NEW_ARRAY(float, n), HS_NEW_ARRAY(float, n)};
    enum hs_status status = hs_feed_seek(master, fmax(from_s, 0), err);
    int64_t first = llround((from_s - master->origin_s) * master->rate_hz);
    if (!status)
        status = hs_feed_get(master, first, n, in, err);
    for (size_t i = 0; !status && i < n; i++) {
        y[0][i] = (in[0][i] + in[1][i]) / 2;
        y[1][i] = (in[0][i] - in[1][i]) / 2;
    }
    from_s = master->origin_s + (double)first / master->rate_hz;
    for (int k = 0; k < 2 && !status; k++) {
        for (int t = 0; t < TICKS; t++)
            score[k][t] = nothing;
        if (line[k])
            status = follow(mix, basis, *line[k], from_s, master->rate_hz, n, y, score[k], err);
    }
    if (!status)
        *edge_s = from_s + divide(score[0], score[1]) * tick_s;
    hs_free(y[0]);
    hs_free(y[1]);
    return status;
}

/* Between two pieces that touch the point where the other explains more; at free ends the point
 * where it stops. */
enum hs_status hs_edit_points_refine(struct hs_feed *mix, struct hs_feed *master,
                                     const struct hs_basis *basis, struct hs_edit *edit, size_t n,
                                     double mix_s, double master_s, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (size_t i = 0; i <= n && !status; i++) {
        struct hs_edit *before = i > 0 ? &edit[i - 1] : NULL, *after = i < n ? &edit[i] : NULL;
        bool touch = before && after && after->from_s - before->to_s < reach_s;
        double edge;
        if (before) {
            edge = before->to_s;
            status = refine_one(mix, master, basis, &before->line, touch ? &after->line : NULL,
                                &edge, err);
            double end = (mix_s - before->line.delay_s) / before->line.ratio;
            before->to_s = fmin(fmin(edge, master_s), end);
            if (touch)
                after->from_s = before->to_s;
        }
        if (after && !touch && !status) {
            edge = after->from_s;
            status = refine_one(mix, master, basis, NULL, &after->line, &edge, err);
            after->from_s = fmax(edge, fmax(0, -after->line.delay_s / after->line.ratio));
        }
    }
    return status;
}

enum hs_status hs_edit_points_between(struct hs_feed *mix, struct hs_feed *master,
                                      const struct hs_basis *basis, struct hs_time_map before,
                                      struct hs_time_map after, double from_s, double to_s,
                                      double *edge_s, struct hs_error *err)
{
    const int tries = 1 + (int)ceil((to_s - from_s) / (2 * reach_s));
    double moved_s = reach_s;
    enum hs_status status = HS_OK;
    *edge_s = (from_s + to_s) / 2;
    for (int i = 0; i < tries && !status && fabs(moved_s) > reach_s - 5 * tick_s; i++) {
        const double last_s = *edge_s;
        status = refine_one(mix, master, basis, &before, &after, edge_s, err);
        moved_s = *edge_s - last_s;
    }
    *edge_s = fmin(fmax(*edge_s, from_s), to_s);
    return status;
}
