/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. All windows are set against the mix once more, along the line that they were loaded by, within
 *    0.2 s. Those that agree half as well as the middle one count; three of four must.
 * 2. The median of the slopes between neighbours is the speed, which jumps do not touch. A line
 *    through all of them has another one: the windows are set against the mix along the right one.
 * 3. Windows in a row within 3 frames are a stretch. One that stands alone between others is left
 *    out: a jump lies within it. More than a quarter of these: a tape.
 * 4. Two stretches differ by a millisecond and more: a tape whose windows happen to agree moves by
 *    less, or by all amounts.
 */
#include "pair/jumps.h"

#include "core/num.h"
#include "pair/fine_match.h"

#include <math.h>
#include <string.h>

static const double reach_s = 0.2, agree = 0.5, same_frames = 3, least_jump_s = 0.001;
static const double no_drift = 1e-6;
enum { ROUNDS = 4, FEWEST = 4 };

struct point {
    double at_s, late_s; /* middle of a window; mix time less that of the line */
};

/* The windows that agree along a line, in the order of the master. */
static size_t points_of(const struct hs_fine *f, struct hs_time_map line,
                        struct point out[HS_FINE_WINDOWS])
{
    struct hs_fine along = *f;
    struct hs_matcher m;
    bool way[2][2] = {{false, false}, {false, false}};
    double value[HS_FINE_WINDOWS], work[HS_FINE_WINDOWS];
    size_t n = 0;
    along.line = line;
    along.wow = NULL;
    way[f->basis.from[0]][0] = true;
    hs_matcher_init(&m, f->rate_hz, f->window[0].n);
    hs_matcher_reach(&m, f->rate_hz, fmin(reach_s, (double)f->window[0].n / f->rate_hz / 8));
    for (size_t i = 0; i < f->n_windows; i++) {
        const struct hs_window *w = &f->window[i];
        struct hs_gcc_peak peak[2][2];
        const double late_s = hs_matcher_match(&m, &along, w, HS_FINE_READ_WHOLE, way, peak);
        const struct hs_gcc_peak *p = &peak[f->basis.from[0]][0];
        if (!(p->z > HS_FINE_STANDS_OUT))
            continue;
        const struct point x = {w->master_s + (double)w->n / 2 / f->rate_hz,
                                along.line.ratio *
                                    (late_s - (p->lag + (double)m.reach) / f->rate_hz)};
        size_t k = n++;
        for (; k && out[k - 1].at_s > x.at_s; k--) {
            out[k] = out[k - 1];
            value[k] = value[k - 1];
        }
        out[k] = x;
        value[k] = fabs(p->value);
    }
    hs_matcher_free(&m);
    memcpy(work, value, n * sizeof *work);
    const double least = agree * hs_median(work, n);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (value[i] >= least)
            out[kept++] = out[i];
    return kept;
}

/* The drift, which is the slope of most neighbours. */
static double drift_of(const struct point *x, size_t n)
{
    double slope[HS_FINE_WINDOWS];
    for (size_t i = 0; i + 1 < n; i++)
        slope[i] = (x[i + 1].late_s - x[i].late_s) / (x[i + 1].at_s - x[i].at_s);
    return hs_median(slope, n - 1);
}

/* Makes a line faster without moving its middle; by how much. Nearly the nominal speed is that. */
static double turn(struct hs_time_map *line, double drift, double middle_s)
{
    double ratio = line->ratio + drift;
    ratio = fabs(ratio - 1) < no_drift ? 1 : ratio;
    const double by = ratio - line->ratio;
    line->delay_s -= by * middle_s;
    line->ratio = ratio;
    return fabs(by);
}

/* Points along a line of the speed that most of them have: jumps make another one of it. */
static size_t level_points(const struct hs_fine *f, struct hs_time_map *line,
                           struct point x[HS_FINE_WINDOWS])
{
    const double middle_s = (f->from_s + f->to_s) / 2;
    size_t n = 0;
    for (int round = 0; round < ROUNDS; round++) {
        n = points_of(f, *line, x);
        if (n < FEWEST || turn(line, drift_of(x, n), middle_s) < no_drift)
            break;
    }
    return n;
}

/* Runs of points that lie level; `late` of each its mean. */
static size_t runs_of(const struct point *x, size_t n, double same_s, struct hs_level_stretch *out,
                      double *late)
{
    size_t k = 0;
    for (size_t i = 0, end; i < n; i = end) {
        double sum = x[i].late_s;
        for (end = i + 1; end < n && fabs(x[end].late_s - sum / (double)(end - i)) <= same_s; end++)
            sum += x[end].late_s;
        out[k] = (struct hs_level_stretch){x[i].at_s, x[end - 1].at_s, {0, 1}, end - i};
        late[k++] = sum / (double)(end - i);
    }
    return k;
}

/* Speed that is left within the runs: the windows' own errors, spread over all of them. */
static double slope_within(const struct point *x, const struct hs_level_stretch *run,
                           const double *late, size_t n_runs)
{
    double st = 0, tt = 0;
    for (size_t i = 0, k = 0; i < n_runs; i++) {
        const double middle_s = (run[i].from_s + run[i].to_s) / 2;
        for (size_t end = k + run[i].n; k < end; k++) {
            st += (x[k].at_s - middle_s) * (x[k].late_s - late[i]);
            tt += (x[k].at_s - middle_s) * (x[k].at_s - middle_s);
        }
    }
    return tt > 0 ? st / tt : 0;
}

size_t hs_jumps_find(const struct hs_fine *f, struct hs_level_stretch out[HS_EDITS_MOST])
{
    struct hs_level_stretch run[HS_FINE_WINDOWS];
    struct point x[HS_FINE_WINDOWS];
    double late[HS_FINE_WINDOWS];
    struct hs_time_map line = f->start;
    const double same_s = same_frames / f->rate_hz;
    size_t n = f->n_windows ? level_points(f, &line, x) : 0;
    if (n < FEWEST || 4 * n < 3 * f->n_windows)
        return 0;
    size_t n_runs = runs_of(x, n, same_s, run, late);
    for (int round = 0; n_runs > 1 && round < ROUNDS; round++) {
        const double slope = slope_within(x, run, late, n_runs);
        if (turn(&line, slope, (f->from_s + f->to_s) / 2) < no_drift / 10)
            break;
        n = points_of(f, line, x);
        n_runs = runs_of(x, n, same_s, run, late);
    }
    size_t k = 0, alone = f->n_windows - n;
    double last = NAN;
    for (size_t i = 0; i < n_runs; i++) {
        const bool inside = i && i + 1 < n_runs;
        if (inside && run[i].n == 1) {
            alone++;
            continue;
        }
        if (k && fabs(late[i] - last) <= same_s) {
            out[k - 1].to_s = run[i].to_s;
            out[k - 1].n += run[i].n;
            continue;
        }
        if (k && fabs(late[i] - last) < least_jump_s)
            return 0;
        last = late[i];
        out[k] = run[i];
        out[k++].line = (struct hs_time_map){line.delay_s + last, line.ratio};
    }
    return k > 1 && 4 * alone <= f->n_windows ? k : 0;
}
