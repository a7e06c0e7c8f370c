/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a coarse time map to an exact one:
 * 1. Up to 16 windows of 1.5 s of the master are kept, spread over the shared part, each with
 *    the piece of the mix where the map puts it and 0.3 s on either side. Eight come first: where
 * all of them agree well and steadily, the others are not looked at.
 * 2. In a round, the mix of each window is read along the map and set against the master's by
 *    generalised cross-correlation with phase transform (dsp/gcc.h), 100 Hz to 8 kHz. A peak of
 *    more than 8 times the rms is a lag. A robust line through the lags corrects the map.
 * 3. The first rounds reach 0.2 s and read the mix at its nearest frames. They begin with mid
 *    against mid; where few windows match, all four ways of mid and side are tried and the best
 *    one is kept. Then follow a round of 10 ms between the frames with half windows, and one of
 *    2.5 ms with whole windows.
 * 4. A drift that cannot be told from none is set to none. Where lags differ, and yet one filter
 *    explains all windows (pair/fine_filter.h), phases were turned and nothing moved.
 * 5. The signs and heights of the four correlations at the final map say which part of the mix
 *    became which part of the master, and with which sign; a channel is turned over only where a
 *    filter agrees.
 */
#include "pair/fine.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/fine_filter.h"

#include <math.h>
#include <string.h>

static const double first_reach_s = 0.2, second_reach_s = 0.01;
/* A speed that is off by less than this smears a window by less than a sample or two. */
static const double settled = 5e-5;
enum { FIRST_ROUNDS = 4 };
/* Median correlation by which mid is mid without a look at the other ways. */
static const double plain_strength = 0.4;
/* Robust deviation, in frames, of the lags of heavily limited or encoded music: that of noise
 * alone (docs/pair-method.md). */
static const double least_wow_frames = 1;
/* No reach is longer than this share of a window. */
static const double most_reach = 0.1;
/* 50 microseconds in four minutes, less than two samples. */
static const double no_drift = 2e-7, least_slip = 0.1;
/* Median correlation; pieces of the same loops reach less. */
static const double least_strength = 0.12;
/* One channel that was delayed shows in all four ways alike: mid and side have changed places
 * only where that explains clearly more. */
static const double clearly = 1.3;
/* One channel is turned over only where a filter with that leaves clearly less than one without:
 * a crossover turns phases, and the four ways with them. */
static const double clearly_less = 0.7;
/* Share of the windows that one filter may leave where it explains all of them. It is asked whether
 * there is a drift within so many errors of the speed, and wherever windows scatter: the phases of
 * few notes may lie on a line (12 all-passes at 1 kHz behind Opus 96: 130 ppm, where it leaves 0.70
 * of the windows, and 0.09 at 0 ppm). */
static const double nothing_left = 0.02, most_error = 3, hardly_more = 1.1;
/* Behind an encoder a filter leaves more (all-passes and crossovers of three songs 0.03 to 0.15);
 * with each window at its own lag it leaves 5 times that and more, where phases were turned. */
static const double most_left = 0.25, moved = 1.5;
static const bool all_ways[2][2] = {{true, true}, {true, true}};

static const struct hs_gcc_peak *strongest(struct hs_gcc_peak peak[2][2])
{
    const struct hs_gcc_peak *best = &peak[0][0];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            if (peak[i][j].z > best->z)
                best = &peak[i][j];
    return best;
}

/* Of the four ways of mid and side, the one with the highest peaks is used from now on. */
static void keep_best(double sum[2][2], bool way[2][2])
{
    int best = 0;
    for (int k = 1; k < 4; k++)
        if (sum[k / 2][k % 2] > sum[best / 2][best % 2])
            best = k;
    for (int k = 0; k < 4; k++)
        way[k / 2][k % 2] = k == best;
}

/* One round: lags of all windows against the line, then a better line. */
static void round_of(struct hs_fine *f, struct hs_matcher *m, double reach_s,
                     enum hs_fine_reading how, bool way[2][2])
{
    double t[HS_FINE_WINDOWS], late[HS_FINE_WINDOWS], value[HS_FINE_WINDOWS];
    bool used[HS_FINE_WINDOWS];
    size_t which[HS_FINE_WINDOWS], k = 0;
    double sum[2][2] = {{0}};
    hs_matcher_reach(m, f->rate_hz, reach_s);
    for (size_t i = 0; i < f->n_windows; i++) {
        struct hs_window *w = &f->window[i];
        struct hs_gcc_peak peak[2][2];
        double late_s = hs_matcher_match(m, f, w, how, way, peak);
        for (int j = 0; j < 4; j++)
            sum[j / 2][j % 2] += peak[j / 2][j % 2].z;
        const struct hs_gcc_peak *p = strongest(peak);
        w->good = p->z > HS_FINE_STANDS_OUT;
        w->lag_s = (p->lag + (double)m->reach) / f->rate_hz - late_s;
        w->value = fabs(p->value);
        if (!w->good)
            continue;
        t[k] = w->master_s + (double)w->n / 2 / f->rate_hz;
        late[k] = -f->line.ratio * w->lag_s;
        which[k++] = i;
    }
    /* only the parts that correlate are read from now on */
    keep_best(sum, way);
    f->n_good = 0;
    if (!k)
        return;
    /* the line through all windows that agree */
    f->fit = hs_fit_time_map(t, late, k, 4 / f->rate_hz, used);
    for (size_t i = 0; i < k; i++) {
        struct hs_window *w = &f->window[which[i]];
        w->good = used[i];
        w->lag_s = late[i] - f->fit.offset - f->fit.slope * t[i];
        if (used[i])
            value[f->n_good++] = w->value;
    }
    f->spread_s = f->fit.spread;
    f->wow_s = f->spread_s > least_wow_frames / f->rate_hz ? f->spread_s : 0;
    f->strength = f->n_good ? hs_median(value, f->n_good) : 0;
    f->line.delay_s += f->fit.offset;
    f->line.ratio += f->fit.slope;
}

/* Correlation of mix part i with master part j at the line itself, over up to half of the
 * windows, those that are good, and what a filter makes of them; returns how many. */
static size_t measure_parts(struct hs_fine *f, struct hs_matcher *m, struct hs_fine_filter *filter,
                            double sum[2][2])
{
    const size_t every = f->n_good > HS_FINE_WINDOWS / 2 ? 2 : 1;
    size_t n = 0, seen = 0;
    memset(sum, 0, 4 * sizeof **sum);
    hs_matcher_reach(m, f->rate_hz, 0.002);
    for (size_t k = 0; k < f->n_windows; k++) {
        struct hs_gcc_peak peak[2][2];
        struct hs_window *w = &f->window[k];
        if (!w->good || seen++ % every)
            continue;
        hs_matcher_match(m, f, w, HS_FINE_READ_WHOLE, all_ways, peak);
        hs_fine_filter_add(filter, m);
        n++;
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                if (fabs(peak[i][j].lag + (double)m->reach) < 8 && peak[i][j].z > 0)
                    sum[i][j] += peak[i][j].value;
    }
    return n;
}

/* Which part of the mix became which of the master, and with which sign. */
static void find_basis(struct hs_fine *f, struct hs_matcher *m)
{
    struct hs_fine_filter filter;
    hs_fine_filter_init(&filter, m, f->rate_hz);
    double sum[2][2], n = (double)measure_parts(f, m, &filter, sum);
    double straight = fabs(sum[0][0]) + fabs(sum[1][1]);
    double crossed = fabs(sum[0][1]) + fabs(sum[1][0]);
    int cross =
        crossed > clearly * straight &&
        hs_fine_filter_shared(&filter, 1) < clearly_less * hs_fine_filter_shared(&filter, 0);
    f->left = hs_fine_filter_own(&filter, cross);
    hs_fine_filter_free(&filter);
    for (int j = 0; j < 2; j++) {
        int i = cross ? !j : j;
        f->basis.from[j] = i;
        f->basis.sign[j] = sum[i][j] < 0 ? -1 : 1;
        f->basis.evidence[j] = fabs(sum[i][j]) / fmax(n, 1);
    }
    /* Where the weaker of both is too weak to have a sign of its own, it gets that of the other. */
    double strong = fmax(f->basis.evidence[0], f->basis.evidence[1]);
    double weak = fmin(f->basis.evidence[0], f->basis.evidence[1]);
    f->basis.side_known = weak > 0.1 * strong && weak > 0.01;
    if (!f->basis.side_known) {
        int known = f->basis.evidence[0] >= f->basis.evidence[1] ? 0 : 1;
        f->basis.sign[!known] = f->basis.sign[known];
    }
}

bool hs_fine_is_clear(const struct hs_fine *f)
{
    return f->by_filter ||
           (f->n_good == f->n_windows && f->strength > plain_strength && !(f->wow_s > 0));
}

/* What one filter leaves of all windows at a line; `apart`: each is read at its own lag. */
static double left_at(struct hs_fine *f, struct hs_matcher *m, struct hs_time_map line, bool apart)
{
    const struct hs_time_map was = f->line;
    struct hs_fine_filter filter;
    f->line = line;
    hs_fine_filter_init(&filter, m, f->rate_hz);
    hs_matcher_reach(m, f->rate_hz, 0.002);
    for (size_t k = 0; k < f->n_windows; k++) {
        f->line.delay_s = line.delay_s + (apart && f->window[k].good ? f->window[k].lag_s : 0);
        hs_matcher_spectra(m, f, &f->window[k], HS_FINE_READ_WHOLE, all_ways);
        hs_fine_filter_add(&filter, m);
    }
    const double left = fmin(hs_fine_filter_shared(&filter, 0), hs_fine_filter_shared(&filter, 1));
    hs_fine_filter_free(&filter);
    f->line = was;
    return left;
}

/* Crossovers and all-passes turn phases, and lags differ with the notes of each window. Where one
 * filter explains all windows at one speed, nothing moved; nor where it explains less with each
 * window at its own lag, whatever an encoder left. */
static void explain_by_filter(struct hs_fine *f, struct hs_matcher *m)
{
    const double middle = (f->from_s + f->to_s) / 2;
    const struct hs_time_map nominal = {f->line.delay_s + (f->line.ratio - 1) * middle, 1};
    const double drift = fabs(f->line.ratio - 1), error = most_error * f->fit.slope_error;
    const bool clear = hs_fine_is_clear(f), unsure = drift > 0 && (drift < error || !clear);
    if (clear && !unsure)
        return;
    const double left = left_at(f, m, f->line, false);
    const double left_nominal = unsure ? left_at(f, m, nominal, false) : left;
    const double least = fmin(left, left_nominal);
    if (least > most_left)
        return;
    const bool turned =
        least <= nothing_left || (f->wow_s > 0 && left_at(f, m, f->line, true) >= moved * least);
    if (turned ? left_nominal <= hardly_more * left : left > hardly_more * left_nominal)
        f->line = nominal;
    for (size_t k = 0; k < f->n_windows && turned; k++)
        f->window[k].good = true;
    if (!turned)
        return;
    f->n_good = f->n_windows;
    f->wow_s = 0;
    f->by_filter = true;
}

/* A drift within its error is set to none. */
static void settle(struct hs_fine *f)
{
    double drift = f->line.ratio - 1, middle = (f->from_s + f->to_s) / 2;
    /* So is one that moves the ends by less than a twentieth of a frame. */
    double slip = least_slip / (f->rate_hz * fmax(f->to_s - f->from_s, 1));
    if (fabs(drift) > fmax(fmin(3 * f->fit.slope_error + 1e-9, no_drift), slip))
        return;
    f->line.delay_s += drift * middle;
    f->line.ratio = 1;
}

/* Within a fifth of a second: first as if nothing had been swapped or turned over, by all
 * four ways where that leaves some windows without a match or convinces little. */
static void first_rounds(struct hs_fine *f, struct hs_matcher *m, bool way[2][2])
{
    static const bool all[2][2] = {{true, true}, {true, true}};
    const double reach_s = fmin(first_reach_s, most_reach * (double)f->window[0].n / f->rate_hz);
    const struct hs_time_map start = f->line;
    for (int i = 0; i < FIRST_ROUNDS; i++) {
        round_of(f, m, reach_s, HS_FINE_READ_NEAREST, way);
        if (!i && (4 * f->n_good < 3 * f->n_windows || f->strength < plain_strength)) {
            f->line = start;
            memcpy(way, all, sizeof all);
            round_of(f, m, reach_s, HS_FINE_READ_NEAREST, way);
        }
        if (f->n_good < 2 || fabs(f->fit.slope) < settled)
            break;
    }
}

/* Ever nearer, by longer pieces at last. */
static void find_line(struct hs_fine *f)
{
    struct hs_matcher part, all;
    size_t n = f->window[0].n;
    bool way[2][2] = {{true, false}, {false, false}};
    bool halves = n > 1 << 15;
    hs_matcher_init(&part, f->rate_hz, n / 2);
    hs_matcher_init(&all, f->rate_hz, n);
    first_rounds(f, halves ? &part : &all, way);
    if (f->n_good >= 2)
        round_of(f, &part, second_reach_s, HS_FINE_READ_WHOLE, way);
    if (f->n_good >= 2) {
        round_of(f, &all, second_reach_s / 4, HS_FINE_READ_WHOLE, way);
        settle(f);
        explain_by_filter(f, &all);
        if (f->n_good)
            find_basis(f, &all);
    }
    hs_matcher_free(&part);
    hs_matcher_free(&all);
}

/* Half of the windows first; where these are clear the rest is not read. */
enum hs_status hs_fine_align(struct hs_feed *mix, struct hs_feed *master, struct hs_time_map line,
                             const struct hs_wow *wow, double from_s, double to_s,
                             struct hs_fine *out, struct hs_error *err)
{
    struct hs_fine *f = out;
    size_t frames, n = 0;
    *f = (struct hs_fine){.rate_hz = master->rate_hz,
                          .mix_hz = mix->rate_hz,
                          .from_s = from_s,
                          .to_s = to_s,
                          .start = line,
                          .wow = wow};
    hs_sinc_init(&f->sinc);
    const size_t most = hs_fine_windows_most(f, &frames);
    enum hs_status status = HS_OK;
    while (n < most && !status && !(n && hs_fine_is_clear(f))) {
        size_t more = most == HS_FINE_WINDOWS ? most / 2 : most;
        f->line = line;
        f->basis = (struct hs_basis){.from = {0, 1}, .sign = {1, 1}};
        f->left = 1;
        f->by_filter = false;
        status = hs_fine_windows_load(f, mix, master, frames, n, more, most, err);
        n += more;
        f->n_windows = n;
        if (!status && n > 1)
            find_line(f);
    }
    return status;
}

/* Of eight windows that are clear as much is known as of sixteen. */
double hs_fine_merit(const struct hs_fine *f)
{
    return f->n_windows ? (double)f->n_good / (double)f->n_windows * f->strength : 0;
}

bool hs_fine_is_accepted(const struct hs_fine *f)
{
    size_t least = f->n_windows / 2 > 3 ? f->n_windows / 2 : 3;
    return f->n_good >= (least < f->n_windows ? least : f->n_windows) && f->n_good >= 2 &&
           f->strength > least_strength;
}

void hs_fine_forget_samples(struct hs_fine *f)
{
    for (size_t i = 0; i < HS_FINE_WINDOWS; i++) {
        float **const x[] = {&f->window[i].mid, &f->window[i].side, &f->window[i].left,
                             &f->window[i].right};
        for (size_t k = 0; k < sizeof x / sizeof *x; k++) {
            hs_free(*x[k]);
            *x[k] = NULL;
        }
    }
}

void hs_fine_free(struct hs_fine *f)
{
    hs_fine_forget_samples(f);
    hs_sinc_free(&f->sinc);
    *f = (struct hs_fine){0};
}
