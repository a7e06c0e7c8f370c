/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Suspected are runs of ticks of which a twentieth and more of the power is unexplained, and ten
 *    times as much as usual: with one gain for both, a channel that is away leaves half of it.
 *    Where middles are compared, those whose gain is 4 to 9 dB below the usual one as well.
 * 2. Each is read again with a second on both sides. Per tick and channel: power of the mix and of
 *    the master. Usual is the median gain of the channel before the run, or behind it where that
 *    is higher. Where a drop does not end it is read on.
 * 3. A drop is a run of 0.1 s and more in which the gain of one channel is 20 dB below the usual
 * one while the mix sounds there, and the other channel keeps its gain. Runs less
 *    than 0.2 s apart are one.
 */
#include "pair/channel_drops.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum {
    AROUND = HS_PASS_HZ,
    LONGEST = 10 * HS_PASS_HZ,
    SHORTEST = HS_PASS_HZ / 10,
    GAP = HS_PASS_HZ / 5
};
enum { MOST_TICKS = LONGEST + 2 * AROUND };
static const double least_share = 0.05, over_usual = 10;
/* Of the middle of two equal channels half is left where one is away. */
static const double halved_db = 4, halved_most_db = 9;
static const double least_drop_db = 20, kept_db = 6, sounds_db = 30;

/* Power per tick of left and right, of mix and master. */
struct look {
    size_t from, n;
    size_t before, behind; /* ticks on either side of what is suspected */
    double mix[2][MOST_TICKS], master[2][MOST_TICKS];
};

static double left_share(const struct hs_pass_tick *t)
{
    return t->yy > 0 ? (double)t->rr / (double)t->yy : 0;
}

static double usual_share(const struct hs_pass *p, const struct hs_reduction *r)
{
    double *x = HS_NEW_ARRAY(double, r->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->weight[i] > 0)
            x[n++] = left_share(&p->tick[i]);
    const double usual = hs_median(x, n);
    hs_free(x);
    return n ? usual : 0;
}

static double usual_gain_db(const struct hs_reduction *r)
{
    double *x = HS_NEW_ARRAY(double, r->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->weight[i] > 0)
            x[n++] = r->gain_db[i];
    const double usual = hs_median(x, n);
    hs_free(x);
    return n ? usual : 0;
}

static double power_of(const float *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)x[i] * (double)x[i];
    return sum / (double)n;
}

/* Both files over the ticks of a look, unfiltered. */
static enum hs_status read_look(struct hs_aligned *a, const struct hs_pass *p, size_t segment,
                                struct look *l, struct hs_error *err)
{
    const size_t n = (size_t)lround(p->rate_hz / HS_PASS_HZ);
    const double from_s = p->start_s + (double)l->from / HS_PASS_HZ;
    float *x[4];
    for (int i = 0; i < 4; i++)
        x[i] = hs_aligned(n + 16, sizeof(float));
    enum hs_status status = hs_aligned_seek(a, segment, from_s, err);
    const int64_t at = hs_aligned_frame(a, from_s);
    for (size_t k = 0; k < l->n && !status; k++) {
        status = hs_aligned_read(a, segment, at + (int64_t)(k * n), n, (float *const[]){x[0], x[1]},
                                 (float *const[]){x[2], x[3]}, err);
        hs_to_left_right(x[0], x[1], n);
        for (int c = 0; c < 2 && !status; c++) {
            l->mix[c][k] = power_of(x[c], n);
            l->master[c][k] = power_of(x[2 + c], n);
        }
    }
    for (int i = 0; i < 4; i++)
        hs_free(x[i]);
    return status;
}

static double gain_db(const struct look *l, int c, size_t k)
{
    return hs_db_from_power((l->master[c][k] + 1e-14) / (l->mix[c][k] + 1e-14));
}

/* Medians over some ticks: gain, and level of the mix. */
static void medians_of(const struct look *l, int c, size_t from, size_t to, double *gain,
                       double *level)
{
    double x[MOST_TICKS], y[MOST_TICKS];
    size_t n = 0;
    for (size_t k = from; k < to; k++) {
        x[n] = gain_db(l, c, k);
        y[n++] = hs_db_from_power(l->mix[c][k] + 1e-14);
    }
    *gain = n ? hs_median(x, n) : -INFINITY;
    *level = n ? hs_median(y, n) : -INFINITY;
}

/* Of the second before the run or of that behind it: a channel may never come back. */
static void usual_of(const struct look *l, int c, double *gain, double *level)
{
    double behind_gain, behind_level;
    medians_of(l, c, 0, l->before, gain, level);
    medians_of(l, c, l->n - l->behind, l->n, &behind_gain, &behind_level);
    if (behind_gain > *gain) {
        *gain = behind_gain;
        *level = behind_level;
    }
}

/* Adds a drop, or widens the one that was found here already: looks overlap. */
static size_t keep_drop(const struct hs_drop *x, struct hs_drop *drop, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct hs_drop *d = &drop[i];
        if (d->channel != x->channel || x->from > d->to + GAP || d->from > x->to + GAP)
            continue;
        d->from = x->from < d->from ? x->from : d->from;
        d->to = x->to > d->to ? x->to : d->to;
        d->db = fmax(d->db, x->db);
        return n;
    }
    if (n < HS_DROPS_MOST)
        drop[n++] = *x;
    return n;
}

/* Adds the runs of one channel. */
static size_t add_drops(const struct look *l, int c, const double gain[2], double level_db,
                        struct hs_drop *drop, size_t n)
{
    size_t begin = 0, end = 0, run = 0;
    double sum = 0;
    for (size_t k = 0; k <= l->n; k++) {
        if (k < l->n && gain_db(l, c, k) < gain[c] - least_drop_db &&
            gain_db(l, !c, k) > gain[!c] - kept_db &&
            hs_db_from_power(l->mix[c][k] + 1e-14) > level_db - sounds_db) {
            begin = run ? begin : k;
            end = k + 1;
            run++, sum += gain[c] - gain_db(l, c, k);
        } else if (k == l->n || k > end + GAP) {
            if (run >= SHORTEST)
                n = keep_drop(
                    &(struct hs_drop){l->from + begin, l->from + end, sum / (double)run, c}, drop,
                    n);
            run = 0, sum = 0;
        }
    }
    return n;
}

/* What is usual around a look. */
struct usual {
    double gain[2], level[2];
};

/* What the mix itself has gone does not drop out. */
static size_t add_both(const struct look *l, const struct usual *u, struct hs_drop *drop, size_t n)
{
    const double gone_db = 40;
    for (int c = 0; c < 2; c++)
        if (u->level[c] > u->level[!c] - gone_db)
            n = add_drops(l, c, u->gain, u->level[c], drop, n);
    return n;
}

/* Whether a drop reaches the end of the look. */
static bool goes_on(const struct look *l, const struct hs_drop *drop, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (drop[i].to + GAP >= l->from + l->n && drop[i].from < l->from + l->n)
            return true;
    return false;
}

/* Cuts a look to the segment of the time line that holds the middle of what is suspected; false
 * where none does. */
static bool cut_to_segment(const struct hs_timeline *line, double start_s, struct look *l,
                           size_t *segment)
{
    const long begin = (long)(l->from + l->before), end = (long)(l->from + l->n - l->behind);
    const double middle_s = start_s + (double)(begin + end) / 2 / HS_PASS_HZ;
    for (size_t i = 0; i < line->n_segments; i++) {
        const struct hs_edit *e = &line->segment[i];
        if (middle_s < e->from_s || middle_s > e->to_s)
            continue;
        long from = lround(ceil((e->from_s - start_s) * HS_PASS_HZ - 1e-6));
        long to = lround(floor((e->to_s - start_s) * HS_PASS_HZ + 1e-6));
        from = from > (long)l->from ? from : (long)l->from;
        to = to < (long)(l->from + l->n) ? to : (long)(l->from + l->n);
        if (to - from < SHORTEST)
            return false;
        l->before = begin > from ? (size_t)(begin - from) : 0;
        l->behind = to > end ? (size_t)(to - end) : 0;
        l->from = (size_t)from;
        l->n = (size_t)(to - from);
        *segment = i;
        return l->before + l->behind > 0;
    }
    return false;
}

/* What is suspected: a share that is unexplained, or a gain. */
struct suspicion {
    const struct hs_pass *pass;
    const struct hs_reduction *reduction;
    double least_share, least_gain_db, most_gain_db;
};

static bool is_suspected(const struct suspicion *s, size_t i)
{
    const struct hs_reduction *r = s->reduction;
    return r->weight[i] > 0 &&
           (left_share(&s->pass->tick[i]) > s->least_share ||
            (r->gain_db[i] < s->most_gain_db && r->gain_db[i] > s->least_gain_db));
}

/* The next suspected run from *i on, with a second around it; false where there is none. */
static bool next_look(const struct suspicion *s, size_t *i, struct look *l)
{
    enum { APART = 5 };
    const size_t n = s->reduction->n;
    while (*i < n) {
        size_t from = *i, last = from;
        while (from < n && !is_suspected(s, from))
            from++;
        last = from;
        for (size_t k = from; k < n && k <= last + APART; k++)
            last = is_suspected(s, k) ? k : last;
        *i = last + 1;
        if (from >= n || last - from < SHORTEST / 2 || last - from > LONGEST)
            continue;
        l->from = from > AROUND ? from - AROUND : 0;
        const size_t to = last + AROUND < n ? last + AROUND : n;
        l->n = to - l->from;
        l->before = from - l->from;
        l->behind = to - last;
        return true;
    }
    return false;
}

/* Reads on as long as a drop does not end. */
static enum hs_status follow(struct hs_aligned *a, const struct hs_pass *p, size_t segment,
                             const struct usual *u, struct look *l,
                             struct hs_drop drop[HS_DROPS_MOST], size_t *n, struct hs_error *err)
{
    const double end_s = a->line->segment[segment].to_s;
    const size_t end =
        (size_t)fmin(fmax(floor((end_s - p->start_s) * HS_PASS_HZ), 0), (double)p->n_ticks);
    enum hs_status status = HS_OK;
    while (!status && goes_on(l, drop, *n) && l->from + l->n + SHORTEST < end) {
        l->from += l->n;
        l->n = end - l->from < 2 * AROUND ? end - l->from : 2 * AROUND;
        l->before = l->behind = 0;
        status = read_look(a, p, segment, l, err);
        if (!status)
            *n = add_both(l, u, drop, *n);
    }
    return status;
}

enum hs_status hs_channel_drops_find(struct hs_aligned *a, const struct hs_pass *p,
                                     const struct hs_reduction *r,
                                     struct hs_drop drop[HS_DROPS_MOST], size_t *n,
                                     struct hs_error *err)
{
    /* where a gain dips as far by itself most looks find nothing */
    enum { LOOKS_MOST = 64 };
    const double usual = usual_gain_db(r);
    const struct suspicion s = {p, r, fmax(least_share, over_usual * usual_share(p, r)),
                                a->middle ? usual - halved_most_db : -HUGE_VAL,
                                a->middle ? usual - halved_db : -HUGE_VAL};
    struct look *l = HS_NEW(struct look);
    enum hs_status status = HS_OK;
    size_t at = 0;
    const bool middle = a->middle;
    a->middle = false;
    for (int looks = 0;
         looks < LOOKS_MOST && *n < HS_DROPS_MOST && !status && next_look(&s, &at, l); looks++) {
        size_t segment;
        if (!cut_to_segment(a->line, p->start_s, l, &segment))
            continue;
        status = read_look(a, p, segment, l, err);
        if (status)
            break;
        struct usual u;
        for (int c = 0; c < 2; c++)
            usual_of(l, c, &u.gain[c], &u.level[c]);
        *n = add_both(l, &u, drop, *n);
        status = follow(a, p, segment, &u, l, drop, n, err);
        at = l->from + l->n - l->behind > at ? l->from + l->n - l->behind : at;
    }
    a->middle = middle;
    hs_free(l);
    return status;
}
