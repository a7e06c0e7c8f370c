/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Suspected are ticks of which, over 50 ms, a fifth and more of the power is unexplained (where
 *    hardly anything is in most moments: a hundred times as much as there, from a twentieth on),
 * and that are within 20 dB of the mean power.
 * 2. Runs of 0.2 s and more, gaps up to 0.2 s (1 s) closed, are places where what is unexplained is
 * ten times as strong as in the mean of the rest, and four times as strong as in all but a
 *    twentieth of its pieces of 0.2 s: an encoder leaves much of noise, reverberation of rests, a
 *    clipper of loud places, and all of them leave it everywhere.
 * 3. Where they are more than 16, or together more than a third of the song, it is another mix and
 *    no place in it.
 */
#include "pair/foreign.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum {
    AROUND = 2,
    SHORTEST = HS_PASS_HZ / 5,
    GAP = HS_PASS_HZ / 5,
    CLEAR_GAP = HS_PASS_HZ,
    BLOCK = HS_PASS_HZ / 5,
    SEGUE = 5 * HS_PASS_HZ
};
static const double least_share = 0.2, clear_share = 0.05, over_usual = 100;
static const double least_power = 0.01, over_rest = 10, over_most = 4, most_of_all = 1 / 3.0;

struct sums {
    double rr, yy, xx, frames;
};

static void add(struct sums *s, const struct hs_pass_tick *t)
{
    s->rr += (double)t->rr, s->yy += (double)t->yy, s->xx += (double)t->xx;
    s->frames += (double)t->frames;
}

static struct sums over(const struct hs_pass *p, size_t from, size_t to)
{
    struct sums s = {0};
    for (size_t i = from; i < to && i < p->n_ticks; i++)
        add(&s, &p->tick[i]);
    return s;
}

/* All that lies in no place. */
static struct sums rest_of(const struct hs_pass *p, const struct hs_foreign *f)
{
    struct sums s = {0};
    for (size_t i = 0, k = 0; i < p->n_ticks; i++) {
        while (k < f->n && i >= f->place[k].to)
            k++;
        if (k == f->n || i < f->place[k].from)
            add(&s, &p->tick[i]);
    }
    return s;
}

/* Of the ticks that sound. */
static double usual_share(const struct hs_pass *p)
{
    double *x = HS_NEW_ARRAY(double, p->n_ticks + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n_ticks; i++)
        if (p->tick[i].yy > 0)
            x[n++] = (double)p->tick[i].rr / (double)p->tick[i].yy;
    const double usual = n ? hs_median(x, n) : INFINITY;
    hs_free(x);
    return usual;
}

/* Runs of suspected ticks; more than HS_FOREIGN_MOST: how many does not matter. */
static size_t runs(const struct hs_pass *p, double share, size_t gap, double mean,
                   struct hs_foreign *out)
{
    size_t from = 0, last = 0, n = 0;
    bool open = false;
    out->n = 0;
    for (size_t i = 0; i <= p->n_ticks; i++) {
        const struct sums s = i < p->n_ticks && p->tick[i].frames > 0
                                  ? over(p, i > AROUND ? i - AROUND : 0, i + AROUND + 1)
                                  : (struct sums){0};
        if (s.rr > share * s.yy && s.yy > least_power * mean * s.frames) {
            from = open ? from : i;
            last = i;
            open = true;
        } else if (open && (i == p->n_ticks || i > last + gap)) {
            if (last + 1 - from >= SHORTEST && n++ < HS_FOREIGN_MOST)
                out->place[out->n++] = (struct hs_foreign_place){from, last + 1, 0, false};
            open = false;
        }
    }
    return n;
}

/* What nineteen of twenty pieces of the rest do not reach. */
static double most_of_rest(const struct hs_pass *p, const struct hs_foreign *f)
{
    double *x = HS_NEW_ARRAY(double, p->n_ticks / BLOCK + 1);
    size_t n = 0;
    for (size_t i = 0; i + BLOCK <= p->n_ticks; i += BLOCK) {
        const struct sums s = over(p, i, i + BLOCK);
        bool outside = s.frames > 0;
        for (size_t k = 0; k < f->n; k++)
            outside &= i + BLOCK + AROUND <= f->place[k].from || i >= f->place[k].to + AROUND;
        if (outside)
            x[n++] = s.rr / s.frames;
    }
    hs_sort(x, n);
    const double most = n ? hs_quantile_sorted(x, n, 0.95) : INFINITY;
    hs_free(x);
    return most;
}

/* The music is there, and softer than elsewhere beside the mix: the mix has something more. */
static bool lacks(const struct sums *s, const struct sums *rest)
{
    const double mostly_other = 0.8, softer = 0.8; /* 1 dB */
    return s->rr < mostly_other * s->yy && s->yy * rest->xx < softer * s->xx * rest->yy;
}

/* Keeps the runs that stand far above the rest, and in which the master has more than the mix. */
static void keep_loud(const struct hs_pass *p, double mean, struct hs_foreign *out)
{
    const struct sums rest = rest_of(p, out);
    const double usual = rest.frames > 0 ? rest.rr / rest.frames : INFINITY;
    const double most = most_of_rest(p, out);
    size_t kept = 0;
    for (size_t k = 0; k < out->n; k++) {
        struct hs_foreign_place x = out->place[k];
        const struct sums s = over(p, x.from, x.to);
        const double own = s.rr / s.frames;
        if (!(own > over_rest * usual) || !(own > over_most * most) || lacks(&s, &rest))
            continue;
        x.db = hs_db_from_power(own / mean);
        out->place[kept++] = x;
    }
    out->n = kept;
}

bool hs_foreign_meets(const struct hs_foreign *f, size_t from, size_t to)
{
    size_t shared = 0;
    for (size_t k = 0; k < f->n; k++) {
        const size_t a = from > f->place[k].from ? from : f->place[k].from;
        const size_t b = to < f->place[k].to ? to : f->place[k].to;
        shared += b > a ? b - a : 0;
    }
    return 5 * shared >= to - from;
}

/* Seconds in which both sound and no such place lies. */
static void find_missing(const struct hs_pass *p, const struct hs_reduction *r,
                         struct hs_foreign *out)
{
    double *x = HS_NEW_ARRAY(double, p->n_ticks / HS_PASS_HZ + 1);
    size_t n = 0;
    for (size_t i = 0; i + HS_PASS_HZ <= r->n && i + HS_PASS_HZ <= p->n_ticks; i += HS_PASS_HZ) {
        size_t active = 0;
        for (size_t k = i; k < i + HS_PASS_HZ; k++)
            active += r->weight[k] > 0;
        const struct sums s = over(p, i, i + HS_PASS_HZ);
        bool touched = false;
        for (size_t k = 0; k < out->n; k++)
            touched |= i < out->place[k].to && out->place[k].from < i + HS_PASS_HZ;
        if (!touched && s.yy > 0 && 2 * active >= HS_PASS_HZ)
            x[n++] = fmax(hs_db_from_power(s.rr / s.yy), -90);
    }
    hs_sort(x, n);
    out->missing_p90_db = n ? hs_quantile_sorted(x, n, 0.9) : NAN;
    out->missing_p20_db = n ? hs_quantile_sorted(x, n, 0.2) : NAN;
    hs_free(x);
}

static void tell_drops(const struct hs_drop *drop, size_t n, struct hs_foreign *f)
{
    for (size_t k = 0; k < f->n; k++)
        for (size_t i = 0; i < n; i++)
            f->place[k].told |= drop[i].from < f->place[k].to && f->place[k].from < drop[i].to;
}

/* Whether nearly nothing lies between, or what does is not the mix either. */
static bool is_other(const struct hs_pass *p, size_t from, size_t to)
{
    const struct sums s = over(p, from, to);
    return to - from <= GAP || s.rr > least_share * s.yy;
}

/* What sounds before the first moment that is shared, or behind the last, and runs on into it for
 * up to 5 s. */
static void tell_segues(const struct hs_pass *p, double master_s, struct hs_foreign *f)
{
    const double end_s = p->start_s + (double)p->n_ticks / HS_PASS_HZ;
    const bool before = p->start_s > 0.5, behind = master_s - end_s > 0.5;
    for (size_t k = 0; k < f->n; k++)
        f->place[k].told |=
            (before && f->place[k].from < SEGUE && is_other(p, 0, f->place[k].from)) ||
            (behind && f->place[k].to + SEGUE > p->n_ticks &&
             is_other(p, f->place[k].to, p->n_ticks));
}

void hs_foreign_find(const struct hs_pass *p, const struct hs_reduction *r,
                     const struct hs_drop *drop, size_t n_drops, double master_s,
                     struct hs_foreign *out)
{
    *out = (struct hs_foreign){
        .missing_p90_db = NAN, .missing_p20_db = NAN, .rest_db = NAN, .usual_share = NAN};
    const struct sums all = over(p, 0, p->n_ticks);
    if (!(all.yy > 0))
        return;
    const double mean = all.yy / all.frames;
    const double usual = out->usual_share = usual_share(p);
    const double share = fmin(fmax(over_usual * usual, clear_share), least_share);
    const size_t n = runs(p, share, share < least_share ? CLEAR_GAP : GAP, mean, out);
    struct sums rest = rest_of(p, out);
    if (n > HS_FOREIGN_MOST || rest.frames < (1 - most_of_all) * all.frames)
        out->n = 0;
    keep_loud(p, mean, out);
    tell_segues(p, master_s, out);
    tell_drops(drop, n_drops, out);
    rest = rest_of(p, out);
    if (rest.yy > 0)
        out->rest_db = hs_db_from_power(fmax(rest.rr / rest.yy, 1e-12));
    find_missing(p, r, out);
}
