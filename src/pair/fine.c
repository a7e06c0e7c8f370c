/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a coarse time map to an exact one:
 * 1. Up to 16 windows of 1.5 s of the master are kept, spread over the shared part, each with
 *    the piece of the mix where the map puts it and 0.3 s on either side.
 * 2. In a round, the mix of each window is read along the map and set against the master's by
 *    generalised cross-correlation with phase transform (dsp/gcc.h), 100 Hz to 8 kHz. A peak of
 *    more than 8 times the rms is a lag. A robust line through the lags corrects the map.
 * 3. The first rounds reach 0.2 s and read the mix at its nearest frames. They begin with mid
 *    against mid; where few windows match, all four ways of mid and side are tried and the best
 *    one is kept. Then follow a round of 10 ms between the frames with half windows, and one of
 *    2.5 ms with whole windows.
 * 4. A drift that cannot be told from none is set to none.
 * 5. The signs and heights of the four correlations at the final map say which part of the mix
 *    became which part of the master, and with which sign.
 */
#include "pair/fine.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gcc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Length of a window: long enough for thousands of independent bins, short enough that
 * tape wow stays within a sample or two. */
static const double window_s = 1.5, margin_s = 0.3;
static const double first_reach_s = 0.2, second_reach_s = 0.01;
/* Where music has energy in nearly every recording. */
static const double low_hz = 100, high_hz = 8000;
/* Peak over the rms of the correlation: noise of 20,000 lags reaches 4.5. */
static const double stands_out_z = 8;
/* A speed that is off by less than this smears a window by less than a sample or two. */
static const double settled = 5e-5;
enum { FIRST_ROUNDS = 4 };
/* Median correlation by which mid is mid without a look at the other ways. */
static const double plain_strength = 0.4;
/* Frames by which the ends of a piece may lie off: 0.02 rad at 8 kHz. */
static const double most_slip = 0.02;
/* Robust deviation, in frames, of the lags of heavily limited or encoded music: that of noise
 * alone (docs/pairs.md). */
static const double least_wow_frames = 1;
/* Gaps longer than this are not read through: the file is sought in. */
static const double leap_s = 2;
/* No reach is longer than this share of a window. */
static const double most_reach = 0.1;
/* 0.2 ppm: 50 microseconds in four minutes, less than two samples. */
static const double no_drift = 2e-7, least_slip = 0.1;
/* One channel that was delayed shows in all four ways alike: mid and side have changed places
 * only where that explains clearly more. */
static const double clearly = 1.3;
/* A channel this far below the other is taken as silent (energy ratio, -60 dB). */
static const double silent = 1e-6;

/* How a piece of the mix is read. WHOLE: between its frames, or at whole frames where the speed
 * makes no difference over the piece. NEAREST: always at the nearest frames, which is off by up to
 * half a frame and costs little. */
enum reading { WHOLE, NEAREST };

static void read_nearest(const struct hs_window *w, double at, double step, size_t n, float *left,
                         float *right)
{
    for (size_t i = 0; i < n;) {
        long first = lround(at + step * (double)i);
        double next = fabs(step - 1) * (double)(n - i) < 0.5
                          ? (double)n
                          : (double)i + fmax(0.5 / fabs(step - 1), 1);
        size_t m = (next < (double)n ? (size_t)next : n) - i;
        memcpy(left + i, w->left + first, m * sizeof *left);
        memcpy(right + i, w->right + first, m * sizeof *right);
        i += m;
    }
}

/* The mix along the line, lead_s early; returned is how many seconds too late in the mix. */
static double read_mix(const struct hs_fine *f, const struct hs_window *w, double lead_s,
                       size_t from, size_t n, enum reading how, float *left, float *right)
{
    double master_s = w->master_s + (double)from / f->rate_hz;
    const double wow_at_s = hs_wow_at(f->wow, master_s);
    double at = (hs_time_map_at(f->line, master_s) + wow_at_s - lead_s - w->mix_s) * f->mix_hz;
    double step = f->line.ratio * f->mix_hz / f->rate_hz, late = 0;
    double slip = (step - 1) * (double)n / 2;
    const bool straight = !f->wow || !f->wow->n;
    if (straight && fabs(slip) < most_slip) {
        late = round(at + slip) - (at + slip);
        at = round(at + slip);
        step = 1;
    }
    if (fabs(step - 1) < 1e-10)
        step = 1;
    const double slack = straight ? 0 : 0.05 * f->mix_hz;
    double last = at + step * (double)n + HS_SINC_AFTER + 1 + slack;
    at -= slack;
    if (at < HS_SINC_BEFORE || last > (double)w->n_mix) { /* outside of what was kept */
        memset(left, 0, n * sizeof *left);
        memset(right, 0, n * sizeof *right);
        return 0;
    }
    at += slack;
    const struct hs_path path = {f->line, f->wow, f->rate_hz, f->mix_hz, w->mix_s};
    if (!straight)
        hs_path_read(&path, &f->sinc, w->left, w->right, master_s - lead_s / f->line.ratio, n, left,
                     right);
    else if (how == NEAREST)
        read_nearest(w, at, step, n, left, right);
    else
        hs_sinc_read(&f->sinc, w->left, w->right, at, step, n, left, right);
    return late / f->mix_hz;
}

/* To a moment that lies far behind what has been read. */
static enum hs_status leap(struct hs_feed *feed, double to_s, struct hs_error *err)
{
    double read_s = feed->origin_s + (double)(feed->first + (int64_t)feed->n) / feed->rate_hz;
    return to_s - read_s > leap_s ? hs_feed_seek(feed, to_s, err) : HS_OK;
}

static enum hs_status load(struct hs_fine *f, struct hs_feed *mix, struct hs_feed *master,
                           double at_s, size_t n, struct hs_window *w, struct hs_error *err)
{
    const float *in[2];
    enum hs_status status = leap(master, at_s, err);
    if (!status)
        status = leap(mix, hs_time_map_at(f->line, at_s) - margin_s, err);
    int64_t from = llround((at_s - master->origin_s) * f->rate_hz);
    if (!status)
        status = hs_feed_get(master, from, n, in, err);
    if (status)
        return status;
    w->master_s = master->origin_s + (double)from / f->rate_hz;
    w->n = n;
    w->mid = hs_malloc(n * sizeof(float));
    w->side = hs_malloc(n * sizeof(float));
    for (size_t i = 0; i < n; i++) {
        w->mid[i] = (in[0][i] + in[1][i]) / 2;
        w->side[i] = (in[0][i] - in[1][i]) / 2;
    }
    double start = hs_time_map_at(f->line, w->master_s) - margin_s;
    from = llround((start - mix->origin_s) * f->mix_hz);
    w->mix_s = mix->origin_s + (double)from / f->mix_hz;
    w->n_mix = (size_t)(((double)n / f->rate_hz * f->line.ratio + 2 * margin_s) * f->mix_hz);
    status = hs_feed_get(mix, from, w->n_mix, in, err);
    if (status)
        return status;
    float **keep[2] = {&w->left, &w->right};
    for (int c = 0; c < 2; c++) {
        *keep[c] = hs_malloc(w->n_mix * sizeof(float));
        memcpy(*keep[c], in[c], w->n_mix * sizeof(float));
    }
    return HS_OK;
}

static enum hs_status load_all(struct hs_fine *f, struct hs_feed *mix, struct hs_feed *master,
                               struct hs_error *err)
{
    double shared = f->to_s - f->from_s;
    size_t n = 1 << 11;
    while ((double)(2 * n) <= fmin(window_s * 1.05, shared / 4) * f->rate_hz)
        n *= 2;
    double room = shared - (double)n / f->rate_hz;
    size_t most = (size_t)(2 * shared * f->rate_hz / (double)n);
    f->n_windows = most > HS_FINE_WINDOWS ? HS_FINE_WINDOWS : most;
    enum hs_status status = hs_feed_seek(master, f->from_s, err);
    if (!status)
        status = hs_feed_seek(mix, hs_time_map_at(f->line, f->from_s) - margin_s, err);
    for (size_t i = 0; i < f->n_windows && !status; i++) {
        double at = f->from_s + room * ((double)i + 0.5) / (double)f->n_windows;
        status = load(f, mix, master, at, n, &f->window[i], err);
    }
    return status;
}

struct matcher {
    struct hs_gcc gcc;
    size_t n;                          /* frames of the master looked for */
    float *left, *right;               /* of the mix: n + 2 * reach frames */
    float complex *mix[2], *master[2]; /* spectra of mid and side */
    float *piece, *ramp; /* the master's piece under its window; the window's flanks */
    size_t n_ramp;
    long reach;
};

/* `size`, a power of two, holds the piece looked for and the reach on both sides. */
static void matcher_init(struct matcher *m, double rate_hz, size_t size)
{
    hs_gcc_init(&m->gcc, size, rate_hz, low_hz, high_hz);
    m->n_ramp = size / 8;
    m->ramp = hs_aligned(m->n_ramp, sizeof(float));
    for (size_t i = 0; i < m->n_ramp; i++)
        m->ramp[i] = (float)(0.5 - 0.5 * cos(HS_PI * ((double)i + 0.5) / (double)m->n_ramp));
    m->piece = hs_aligned(size, sizeof(float));
    m->left = hs_aligned(size, sizeof(float));
    m->right = hs_aligned(size, sizeof(float));
    for (int c = 0; c < 2; c++) {
        m->mix[c] = hs_aligned(size / 2 + 1, sizeof(float complex));
        m->master[c] = hs_aligned(size / 2 + 1, sizeof(float complex));
    }
}

static void matcher_reach(struct matcher *m, double rate_hz, double reach_s)
{
    m->reach = lround(reach_s * rate_hz);
    m->n = m->gcc.fft.n - 2 * (size_t)m->reach;
}

static void matcher_free(struct matcher *m)
{
    hs_gcc_free(&m->gcc);
    hs_free(m->ramp);
    hs_free(m->piece);
    hs_free(m->left);
    hs_free(m->right);
    for (int c = 0; c < 2; c++) {
        hs_free(m->mix[c]);
        hs_free(m->master[c]);
    }
}

/* Raised-cosine flanks over an eighth at either end. Without them the bass leaks into all bins,
 * the phase transform weights the leakage like music, and the edges of both pieces correlate. */
static void taper(const struct matcher *m, float *x, size_t n)
{
    const size_t flank = m->n_ramp < n / 2 ? m->n_ramp : n / 2;
    for (size_t i = 0; i < flank; i++) {
        x[i] *= m->ramp[i];
        x[n - 1 - i] *= m->ramp[i];
    }
}

static double energy(const float *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)(x[i] * x[i]);
    return sum;
}

/* Lags of the wanted ones of the four ways: peak[i][j] of the mix's i in the master's j
 * (0 mid, 1 side). Returned is how many seconds to take off the lags. */
static double match(const struct hs_fine *f, struct matcher *m, const struct hs_window *w,
                    enum reading how, const bool wanted[2][2], struct hs_gcc_peak peak[2][2])
{
    static const struct hs_basis plain = {.from = {0, 1}, .sign = {1, 1}};
    const size_t from = (w->n - m->n) / 2, total = m->n + 2 * (size_t)m->reach;
    double lead_s = (double)m->reach / f->rate_hz * f->line.ratio;
    double late_s = read_mix(f, w, lead_s, from, total, how, m->left, m->right);
    hs_basis_apply(&plain, m->left, m->right, total);
    float *mix[2] = {m->left, m->right};
    const float *master[2] = {w->mid + from, w->side + from};
    double e_mix[2], e_master[2];
    for (int c = 0; c < 2; c++) {
        e_mix[c] = energy(mix[c] + m->reach, m->n);
        e_master[c] = energy(master[c], m->n);
        if (wanted[c][0] || wanted[c][1]) {
            taper(m, mix[c], total);
            hs_gcc_spectrum(&m->gcc, mix[c], total, m->mix[c]);
        }
        if (wanted[0][c] || wanted[1][c]) {
            memcpy(m->piece, master[c], m->n * sizeof *m->piece);
            taper(m, m->piece, m->n);
            hs_gcc_spectrum(&m->gcc, m->piece, m->n, m->master[c]);
        }
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            peak[i][j] = (struct hs_gcc_peak){0};
            if (wanted[i][j] && e_mix[i] > silent * e_mix[!i] &&
                e_master[j] > silent * e_master[!j])
                /* The mix is the longer one: found `reach` in where the line is right. */
                peak[i][j] =
                    hs_gcc_find(&m->gcc, m->mix[i], m->master[j], -2 * m->reach, 0, m->reach / 4);
        }
    return late_s;
}

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
static void round_of(struct hs_fine *f, struct matcher *m, double reach_s, enum reading how,
                     bool way[2][2])
{
    double t[HS_FINE_WINDOWS], late[HS_FINE_WINDOWS], value[HS_FINE_WINDOWS];
    bool used[HS_FINE_WINDOWS];
    size_t which[HS_FINE_WINDOWS], k = 0;
    double sum[2][2] = {{0}};
    matcher_reach(m, f->rate_hz, reach_s);
    for (size_t i = 0; i < f->n_windows; i++) {
        struct hs_window *w = &f->window[i];
        struct hs_gcc_peak peak[2][2];
        double late_s = match(f, m, w, how, way, peak);
        for (int j = 0; j < 4; j++)
            sum[j / 2][j % 2] += peak[j / 2][j % 2].z;
        const struct hs_gcc_peak *p = strongest(peak);
        w->good = p->z > stands_out_z;
        w->lag_s = (p->lag + (double)m->reach) / f->rate_hz - late_s;
        w->value = fabs(p->value);
        if (!w->good)
            continue;
        t[k] = w->master_s + (double)w->n / 2 / f->rate_hz;
        late[k] = -f->line.ratio * w->lag_s;
        which[k++] = i;
    }
    keep_best(sum, way);
    f->n_good = 0;
    if (!k)
        return;
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
 * windows, those that are good; returns how many. */
static size_t measure_parts(struct hs_fine *f, struct matcher *m, double sum[2][2])
{
    static const bool all[2][2] = {{true, true}, {true, true}};
    const size_t every = f->n_good > HS_FINE_WINDOWS / 2 ? 2 : 1;
    size_t n = 0, seen = 0;
    memset(sum, 0, 4 * sizeof **sum);
    matcher_reach(m, f->rate_hz, 0.002);
    for (size_t k = 0; k < f->n_windows; k++) {
        struct hs_gcc_peak peak[2][2];
        struct hs_window *w = &f->window[k];
        if (!w->good || seen++ % every)
            continue;
        match(f, m, w, WHOLE, all, peak);
        n++;
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                if (fabs(peak[i][j].lag + (double)m->reach) < 8 && peak[i][j].z > 0)
                    sum[i][j] += peak[i][j].value;
    }
    return n;
}

static void find_basis(struct hs_fine *f, struct matcher *m)
{
    double sum[2][2], n = (double)measure_parts(f, m, sum);
    double straight = fabs(sum[0][0]) + fabs(sum[1][1]);
    double crossed = fabs(sum[0][1]) + fabs(sum[1][0]);
    int cross = crossed > clearly * straight;
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
static void first_rounds(struct hs_fine *f, struct matcher *m, bool way[2][2])
{
    static const bool all[2][2] = {{true, true}, {true, true}};
    const double reach_s = fmin(first_reach_s, most_reach * (double)f->window[0].n / f->rate_hz);
    const struct hs_time_map start = f->line;
    for (int i = 0; i < FIRST_ROUNDS; i++) {
        round_of(f, m, reach_s, NEAREST, way);
        if (!i && (4 * f->n_good < 3 * f->n_windows || f->strength < plain_strength)) {
            f->line = start;
            memcpy(way, all, sizeof all);
            round_of(f, m, reach_s, NEAREST, way);
        }
        if (f->n_good < 2 || fabs(f->fit.slope) < settled)
            break;
    }
}

/* Ever nearer, by longer pieces at last. */
static void find_line(struct hs_fine *f)
{
    struct matcher part, all;
    size_t n = f->window[0].n;
    bool way[2][2] = {{true, false}, {false, false}};
    bool halves = n > 1 << 15;
    matcher_init(&part, f->rate_hz, n / 2);
    matcher_init(&all, f->rate_hz, n);
    first_rounds(f, halves ? &part : &all, way);
    if (f->n_good >= 2)
        round_of(f, &part, second_reach_s, WHOLE, way);
    if (f->n_good >= 2) {
        round_of(f, &all, second_reach_s / 4, WHOLE, way);
        settle(f);
        if (f->n_good)
            find_basis(f, &all);
    }
    matcher_free(&part);
    matcher_free(&all);
}

double hs_fine_lag_jitter(const struct hs_fine *f)
{
    enum { PARTS = 8, WINDOWS = 6 };
    const int i = f->basis.from[0], step = f->n_windows > WINDOWS ? 2 : 1;
    double lag[PARTS], away[PARTS * HS_FINE_WINDOWS];
    size_t n_away = 0;
    struct matcher m;
    if (f->window[0].n < 1 << 14)
        return 0;
    matcher_init(&m, f->rate_hz, f->window[0].n / PARTS);
    matcher_reach(&m, f->rate_hz, 0.004);
    for (size_t k = 0; k < f->n_windows; k += (size_t)step) {
        size_t n = 0;
        for (size_t part = 0; part < PARTS && f->window[k].good; part++) {
            struct hs_window w = f->window[k];
            const size_t from = part * w.n / PARTS + (size_t)m.reach;
            double late_s = read_mix(f, &w, (double)m.reach / f->rate_hz * f->line.ratio, from,
                                     m.gcc.fft.n, WHOLE, m.left, m.right);
            hs_basis_apply(&(struct hs_basis){.from = {0, 1}, .sign = {1, 1}}, m.left, m.right,
                           m.gcc.fft.n);
            float *x = i ? m.right : m.left;
            memcpy(m.piece, w.mid + from, m.n * sizeof *m.piece);
            taper(&m, x, m.gcc.fft.n);
            taper(&m, m.piece, m.n);
            hs_gcc_spectrum(&m.gcc, x, m.gcc.fft.n, m.mix[0]);
            hs_gcc_spectrum(&m.gcc, m.piece, m.n, m.master[0]);
            struct hs_gcc_peak p =
                hs_gcc_find(&m.gcc, m.mix[0], m.master[0], -2 * m.reach, 0, m.reach);
            if (p.z > stands_out_z)
                lag[n++] = p.lag + (double)m.reach - late_s * f->rate_hz;
        }
        double work[PARTS], middle;
        memcpy(work, lag, n * sizeof *work);
        middle = n > PARTS / 2 ? hs_median(work, n) : 0;
        for (size_t part = 0; n > PARTS / 2 && part < n; part++)
            away[n_away++] = lag[part] - middle;
    }
    matcher_free(&m);
    return n_away > 2 * PARTS ? hs_mad(away, n_away, 0) : 0;
}

enum hs_status hs_fine_align(struct hs_feed *mix, struct hs_feed *master, struct hs_time_map line,
                             const struct hs_wow *wow, double from_s, double to_s,
                             struct hs_fine *out, struct hs_error *err)
{
    struct hs_fine *f = out;
    *f = (struct hs_fine){.rate_hz = master->rate_hz,
                          .mix_hz = mix->rate_hz,
                          .from_s = from_s,
                          .to_s = to_s,
                          .line = line,
                          .wow = wow};
    f->basis = (struct hs_basis){.from = {0, 1}, .sign = {1, 1}};
    hs_sinc_init(&f->sinc);
    enum hs_status status = load_all(f, mix, master, err);
    if (status || f->n_windows < 2)
        return status;
    find_line(f);
    return HS_OK;
}

void hs_fine_free(struct hs_fine *f)
{
    for (size_t i = 0; i < HS_FINE_WINDOWS; i++) {
        struct hs_window *w = &f->window[i];
        hs_free(w->mid);
        hs_free(w->side);
        hs_free(w->left);
        hs_free(w->right);
    }
    hs_sinc_free(&f->sinc);
    *f = (struct hs_fine){0};
}
