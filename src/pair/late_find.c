/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. At sixteen places of what is shared each channel of the master is laid on its own channel of
 *    the mix (phase transform, pair/fine_match.h); the difference of both lags is how late one of
 *    them is. The first six places decide whether the others are looked at.
 * 2. A place counts where both channels stand out, where neither agrees half as well at the
 *    lag of the other one (music of loops lies in itself in many ways), and where a place beside it
 *    says the same.
 * 3. Places that say the same are a run. Between two runs one channel jumps: the one whose own lag
 *    moves more. The moment is where the sum of what the mix explains at the old lag, less that at
 *    the new one, is highest, in pieces of 12 ms.
 * 4. Where a channel is late, left and right of the mix are laid on each other at the same places:
 * a lag that stands out and by which they agree twice as well as at none is what the mix itself is
 *    late by. Of a step it is the median, where half of its places agree.
 */
#include "pair/late_find.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/fine_match.h"

#include <math.h>
#include <string.h>

enum { PLACES = 16, FIRST = 6, STEP = 512 };
/* The latest that is found; a piece with the reach on both sides. */
static const double reach_s = 0.55, piece_s = 2.6;
static const double least_shared_s = 10, alike_s = 0.0001;
/* Share of the peak that may stand at the other channel's lag; of the places that must agree. */
static const double elsewhere = 0.5, agreed = 0.75;
static const size_t first_place[FIRST] = {1, 4, 6, 9, 11, 14};

struct look {
    struct hs_matcher m;
    struct hs_feed *mix, *master;
    struct hs_time_map line;
    float *in[4]; /* left and right of the mix, with the reach; of the master */
};

struct place {
    double at_s, lag_s[2];
    double mix_left_s; /* left of the mix later than its right; NaN: not known */
    bool seen, good;
};

static double late_of(const struct place *p)
{
    return p->lag_s[1] - p->lag_s[0];
}

/* n frames of a feed from a moment on, beginning at the frame that is nearest. */
static enum hs_status read_on(struct hs_feed *f, double at_s, size_t n, float *const out[2],
                              struct hs_error *err)
{
    const float *x[2];
    enum hs_status status = hs_feed_get(f, llround((at_s - f->origin_s) * f->rate_hz), n, x, err);
    for (int c = 0; c < 2 && !status; c++)
        memcpy(out[c], x[c], n * sizeof *x[c]);
    return status;
}

static enum hs_status read_at(struct hs_feed *f, double at_s, size_t n, float *const out[2],
                              struct hs_error *err)
{
    enum hs_status status = hs_feed_seek(f, fmax(at_s, 0), err);
    return status ? status : read_on(f, at_s, n, out, err);
}

static struct hs_gcc_peak peak_of(struct look *l, int channel)
{
    memcpy(l->m.left, l->in[channel], l->m.gcc.fft.n * sizeof(float));
    return hs_matcher_lag(&l->m, l->m.left, l->in[2 + channel]);
}

/* Height at a lag of what peak_of was last asked. */
static double height_at(struct look *l, double lag)
{
    const long at = lround(lag), slack = 2;
    return fabs(
        hs_gcc_find(&l->m.gcc, l->m.mix[0], l->m.master[0], at - slack, at + slack, 1).value);
}

/* What stands in l->in of the mix. */
static double left_later_s(struct look *l)
{
    const double rate = l->master->rate_hz, longest_s = 0.9 * reach_s;
    memcpy(l->m.left, l->in[0], l->m.gcc.fft.n * sizeof(float));
    const struct hs_gcc_peak peak = hs_matcher_lag(&l->m, l->m.left, l->in[1] + l->m.reach);
    const double left_s = -(peak.lag + (double)l->m.reach) / rate;
    const bool alone = height_at(l, -(double)l->m.reach) < elsewhere * fabs(peak.value);
    if (peak.z < HS_FINE_STANDS_OUT || fabs(left_s) > longest_s)
        return (double)NAN;
    return fabs(left_s) < hs_late_least_s || !alone ? 0 : left_s;
}

static enum hs_status look_at(struct look *l, struct place *p, struct hs_error *err)
{
    const double rate = l->master->rate_hz;
    const double mix_s = hs_time_map_at(l->line, p->at_s) - (double)l->m.reach / rate;
    if (p->seen)
        return HS_OK;
    enum hs_status status = read_at(l->master, p->at_s, l->m.n, l->in + 2, err);
    if (!status)
        status = read_at(l->mix, mix_s, l->m.gcc.fft.n, l->in, err);
    if (status)
        return status;
    struct hs_gcc_peak peak[2];
    for (int c = 0; c < 2; c++) {
        peak[c] = peak_of(l, c);
        p->lag_s[c] = (peak[c].lag + (double)l->m.reach) / rate;
    }
    p->seen = true;
    p->good = peak[0].z > HS_FINE_STANDS_OUT && peak[1].z > HS_FINE_STANDS_OUT;
    if (!p->good || fabs(late_of(p)) < hs_late_least_s)
        return HS_OK;
    p->good = height_at(l, peak[0].lag) < elsewhere * fabs(peak[1].value);
    if (p->good) {
        peak_of(l, 0);
        p->good = height_at(l, peak[1].lag) < elsewhere * fabs(peak[0].value);
    }
    p->mix_left_s = p->good ? left_later_s(l) : (double)NAN;
    return HS_OK;
}

static bool alike(const struct place *a, const struct place *b)
{
    return fabs(late_of(a) - late_of(b)) < alike_s;
}

/* Keeps the places that one beside them agrees with; none where too few do. */
static size_t keep(const struct place *p, struct place *kept)
{
    struct place good[PLACES];
    size_t n = 0, k = 0;
    for (size_t i = 0; i < PLACES; i++)
        if (p[i].good)
            good[n++] = p[i];
    for (size_t i = 0; i < n; i++)
        if ((i > 0 && alike(&good[i], &good[i - 1])) ||
            (i + 1 < n && alike(&good[i], &good[i + 1])))
            kept[k++] = good[i];
    return (double)k >= agreed * (double)n && 2 * k >= PLACES ? k : 0;
}

/* By how much less one gain leaves of a channel of the master at the old lag than at the new one.
 * Steps from frame to frame stand for the music, so that the bass does not decide alone. */
static double better_as_it_was(const float *y, const float *old, const float *new)
{
    double old_y = 0, old_old = 1e-12, new_y = 0, new_new = 1e-12;
    for (size_t i = 0; i < STEP; i++) {
        const double of_y = (double)(y[i + 1] - y[i]);
        const double before = (double)(old[i + 1] - old[i]), behind = (double)(new[i + 1] - new[i]);
        old_y += before * of_y;
        old_old += before * before;
        new_y += behind * of_y;
        new_new += behind * behind;
    }
    return old_y * old_y / old_old - new_y * new_y / new_new;
}

/* The moment at which a channel of the master passes from one lag to another, between two
 * places. */
static enum hs_status find_jump(struct look *l, const struct place *before,
                                const struct place *behind, int channel, double lag_s,
                                double jump_s, double *at_s, struct hs_error *err)
{
    const double rate = l->master->rate_hz, long_s = (double)l->m.n / rate;
    const double later_s = lag_s + fmax(jump_s, 0); /* the mix is read from here on, for both */
    const size_t apart = (size_t)llround(fabs(jump_s) * rate);
    const float *x = l->in[channel];
    double sum = 0, most = 0;
    enum hs_status status = hs_feed_seek(l->master, before->at_s, err);
    if (!status)
        status =
            hs_feed_seek(l->mix, fmax(hs_time_map_at(l->line, before->at_s) - later_s, 0), err);
    *at_s = before->at_s;
    for (double from_s = before->at_s; from_s < behind->at_s + long_s && !status;
         from_s += STEP / rate) {
        status = read_on(l->master, from_s, STEP + 1, l->in + 2, err);
        if (!status)
            status = read_on(l->mix, hs_time_map_at(l->line, from_s) - later_s, STEP + 1 + apart,
                             l->in, err);
        if (!status)
            sum += better_as_it_was(l->in[2 + channel], x + (jump_s > 0 ? apart : 0),
                                    x + (jump_s > 0 ? 0 : apart));
        if (sum > most) {
            most = sum;
            *at_s = from_s + STEP / rate;
        }
    }
    return status;
}

/* What one channel jumps by between two places, as a step behind the last one. */
static enum hs_status add_step(struct look *l, const struct place *before,
                               const struct place *behind, struct hs_late *out,
                               struct hs_error *err)
{
    const double left_s = behind->lag_s[0] - before->lag_s[0];
    const double right_s = behind->lag_s[1] - before->lag_s[1];
    const int channel = fabs(right_s) >= fabs(left_s);
    const double jump_s = channel ? right_s - left_s : left_s - right_s;
    struct hs_late_step step = out->step[out->n - 1];
    step.late_s[channel] += jump_s;
    enum hs_status status =
        find_jump(l, before, behind, channel, before->lag_s[channel], jump_s, &step.from_s, err);
    out->step[out->n++] = step;
    return status;
}

/* Runs of places that say the same, two and more of each; n 0 where nothing is late. */
static enum hs_status lay_steps(struct look *l, const struct place *p, size_t n,
                                struct hs_late *out, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    bool late = false;
    for (size_t i = 0; i < n; i++)
        late |= fabs(late_of(&p[i])) >= hs_late_least_s;
    if (!late)
        return HS_OK;
    const double first_s = fabs(late_of(&p[0])) >= hs_late_least_s ? late_of(&p[0]) : 0;
    out->step[0].late_s[first_s > 0] = fabs(first_s);
    out->n = 1;
    for (size_t i = 1; i < n && !status; i++) {
        if (alike(&p[i - 1], &p[i]))
            continue;
        if (out->n == HS_LATE_STEPS) { /* so many jumps are something else */
            out->n = 0;
            return HS_OK;
        }
        status = add_step(l, &p[i - 1], &p[i], out, err);
    }
    return status;
}

/* Two lines near each other make one of another speed of what lies on both: the line takes the
 * speed of the places that say the same, or the lags would move between them. */
static void straighten(struct look *l, struct place *p, size_t n)
{
    double slope[2 * PLACES];
    size_t n_slopes = 0;
    for (size_t i = 1; i < n; i++)
        for (int c = 0; c < 2 && alike(&p[i - 1], &p[i]); c++)
            slope[n_slopes++] = (p[i].lag_s[c] - p[i - 1].lag_s[c]) / (p[i].at_s - p[i - 1].at_s);
    const double middle = n_slopes ? hs_median(slope, n_slopes) : 0;
    if (!n || fabs(middle) * (p[n - 1].at_s - p[0].at_s) < alike_s)
        return;
    l->line.ratio -= middle;
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < 2; c++)
            p[i].lag_s[c] -= middle * p[i].at_s;
}

/* What the mix is late by where step i holds, by the places there. */
static double late_in_mix(const struct hs_late *late, size_t i, const struct place *p, size_t n)
{
    double known[PLACES];
    size_t n_known = 0, n_alike = 0, all = 0;
    for (size_t k = 0; k < n; k++) {
        const bool here = (i == 0 || p[k].at_s >= late->step[i].from_s) &&
                          (i + 1 == late->n || p[k].at_s < late->step[i + 1].from_s);
        all += here;
        if (here && isfinite(p[k].mix_left_s))
            known[n_known++] = p[k].mix_left_s;
    }
    const double middle = hs_median(known, n_known);
    for (size_t k = 0; k < n_known; k++)
        n_alike += fabs(known[k] - middle) < alike_s;
    return 2 * n_alike >= all && n_alike ? middle : 0;
}

static enum hs_status look_everywhere(struct look *l, double from_s, double to_s,
                                      struct hs_late *out, struct hs_error *err)
{
    struct place p[PLACES] = {0}, kept[PLACES];
    const double room_s = to_s - from_s - (double)l->m.n / l->master->rate_hz;
    size_t n_late = 0;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < PLACES; i++)
        p[i].at_s = from_s + room_s * ((double)i + 0.5) / PLACES;
    for (size_t i = 0; i < FIRST && !status; i++) {
        struct place *here = &p[first_place[i]];
        status = look_at(l, here, err);
        n_late += here->good && fabs(late_of(here)) >= hs_late_least_s;
    }
    if (n_late == 0)
        return status;
    for (size_t i = 0; i < PLACES && !status; i++)
        status = look_at(l, &p[i], err);
    const size_t n = keep(p, kept);
    straighten(l, kept, n);
    if (!status && n)
        status = lay_steps(l, kept, n, out, err);
    if (!status && out->n)
        l->line.delay_s -= l->line.ratio * (kept[0].lag_s[0] - out->step[0].late_s[0]);
    for (size_t i = 0; i < out->n && !status; i++)
        out->step[i].mix_left_s = late_in_mix(out, i, kept, n);
    return status;
}

enum hs_status hs_late_find(struct hs_feed *mix, struct hs_feed *master, struct hs_time_map *line,
                            double from_s, double to_s, struct hs_late *out, struct hs_error *err)
{
    struct look l = {.mix = mix, .master = master, .line = *line};
    size_t n = 1 << 11;
    *out = (struct hs_late){.n = 0};
    if (!(to_s - from_s >= least_shared_s))
        return HS_OK;
    while ((double)n < piece_s * master->rate_hz)
        n *= 2;
    hs_matcher_init(&l.m, master->rate_hz, n);
    hs_matcher_reach(&l.m, master->rate_hz, reach_s);
    for (int i = 0; i < 4; i++)
        l.in[i] = hs_aligned(n, sizeof(float));
    enum hs_status status = look_everywhere(&l, from_s, to_s, out, err);
    *line = l.line;
    for (int i = 0; i < 4; i++)
        hs_free(l.in[i]);
    hs_matcher_free(&l.m);
    return status;
}
