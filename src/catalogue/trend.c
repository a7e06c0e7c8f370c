/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 0. What is looked at is what speaks for the rule: the moves of mastering where they show
 * anything, else the songs.
 * 1. Units with a year are grouped by release; each release has a date (median year), the median of
 *    its values, and counts of faulty and judged units. Five releases of two dates are needed.
 * 2. Rate: Cochran-Armitage; its p comes from permuting whole releases, because tracks of one
 * release are not independent.
 * 3. Value: Theil-Sen slope over the medians; its p is Mann-Kendall's with releases permuted (very
 *    large catalogues: the normal limit over the medians). For rules of dynamics the slope of the
 *    industry over the same dates stands beside it.
 * 4. The smaller of both p counts, doubled. The direction is that of the fault: more of it is
 * worse.
 * 5. Steady: a straight line over the means of the releases whose 90 % interval lies within a
 * margin either side of no change (steady.h).
 */
#include "catalogue/trend.h"

#include "catalogue/kinds.h"
#include "catalogue/stats_counts.h"
#include "catalogue/stats_ranks.h"
#include "catalogue/stats_resample.h"
#include "catalogue/stats_slopes.h"
#include "catalogue/steady.h"
#include "catalogue/trend_series.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/dynamics_of_year.h"
#include "judge/rule.h"

#include <math.h>
#include <stdlib.h>

enum { RELEASES_NEEDED = 5, PAIRS_MOST_TRACKS = 2000, PAIRS_MOST_RELEASES = 100 };

/* What is asked. */
struct question {
    const struct hs_audit *audit;
    const struct hs_census *c;
    const struct hs_rule *rule; /* NULL: not known */
    bool moves;
    int side; /* on which more of the value is worse; 0: none */
};

static double rate_p(const struct hs_series *s, struct hs_arena *scratch)
{
    double *excess = HS_ARENA_ARRAY(scratch, double, s->n_releases + 1), k = 0;
    for (size_t r = 0; r < s->n_releases; r++)
        k += s->faulty[r];
    for (size_t r = 0; r < s->n_releases; r++)
        excess[r] = s->faulty[r] - s->judged[r] * k / (double)s->n;
    return k > 0 && k < (double)s->n ? hs_permute_linear(excess, s->date, s->n_releases, HS_SEED)
                                     : NAN;
}

/* Between release a and b: how many more of their pairs of tracks rise than fall. */
static double rising(const struct hs_series *s, size_t a, size_t b)
{
    double sum = 0;
    for (size_t i = s->start[a]; i < s->start[a + 1]; i++)
        for (size_t j = s->start[b]; j < s->start[b + 1]; j++) {
            double x = s->units[i].value, y = s->units[j].value;
            sum += (double)((y > x) - (y < x));
        }
    return sum;
}

/* The releases that have a median, packed. */
static size_t with_median(const struct hs_series *s, double *date, double *median)
{
    size_t n = 0;
    for (size_t r = 0; r < s->n_releases; r++)
        if (isfinite(s->median[r])) {
            date[n] = s->date[r];
            median[n++] = s->median[r];
        }
    return n;
}

/* Mann-Kendall over all pairs of tracks with whole releases permuted; in very large catalogues over
 * the medians with the normal limit. */
static double value_p(const struct hs_series *s, const double *date, const double *median, size_t n,
                      struct hs_arena *scratch)
{
    if (s->n > PAIRS_MOST_TRACKS || s->n_releases > PAIRS_MOST_RELEASES)
        return hs_mann_kendall(date, median, n).p;
    size_t m = s->n_releases;
    double *pairs = HS_ARENA_ARRAY(scratch, double, m *m + 1);
    for (size_t a = 0; a < m; a++)
        for (size_t b = a + 1; b < m; b++) {
            pairs[a * m + b] = rising(s, a, b);
            pairs[b * m + a] = -pairs[a * m + b];
        }
    return hs_permute_kendall(s->date, pairs, m, HS_SEED);
}

/* Whether the whole industry moved what the rule reads over the years. */
static bool follows_industry(const struct question *q)
{
    return !q->moves && q->rule && q->rule->years != HS_YEARS_NONE;
}

/* The slope of the medians over the years, beside that of the industry for a rule that follows
 * it. */
static void value_trend(const struct hs_series *s, const struct question *q,
                        struct hs_arena *scratch, struct hs_trend *out)
{
    double *date = HS_ARENA_ARRAY(scratch, double, s->n_releases + 1);
    double *median = HS_ARENA_ARRAY(scratch, double, s->n_releases + 1);
    size_t n = with_median(s, date, median);
    if (n < RELEASES_NEEDED)
        return;
    struct hs_estimate e = hs_theil_sen(date, median, n, HS_CONFIDENCE);
    out->slope_per_year = e.value;
    out->slope_interval = e.interval;
    out->slope_p = value_p(s, date, median, n, scratch);
    if (!follows_industry(q))
        return;
    for (size_t i = 0; i < n; i++) /* a rule that reads too little dynamics falls with it */
        median[i] = hs_dynamics_of_year(HS_DR_OF_ALBUMS, date[i]) * (q->side > 0 ? -1 : 1);
    out->industry_slope_per_year = hs_theil_sen(date, median, n, HS_CONFIDENCE).value;
}

/* The audible step of the rule; NaN where nothing was judged. */
static double step_of(const struct hs_census *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->units[i].judgement)
            return c->units[i].judgement->of->jnd;
    return NAN;
}

/* Of an audible step: less than that over the whole span is no trend of values. */
static const double least_drift = .5;

/* Whether values drift by what can be heard, from the first date to the last. */
static bool is_audible(const struct hs_series *s, const struct question *q,
                       const struct hs_trend *t)
{
    double first = s->date[0], last = s->date[0];
    for (size_t r = 1; r < s->n_releases; r++) {
        first = fmin(first, s->date[r]);
        last = fmax(last, s->date[r]);
    }
    return !(fabs(t->slope_per_year) * (last - first) < least_drift * step_of(q->c));
}

/* Two looks at the same question: the better p counts double. A drift of values that nobody can
 * hear is none, and leaves the answer to the rate. */
static void combine(const struct hs_series *s, const struct question *q, struct hs_trend *t)
{
    double rise;
    bool by_value = q->side && isfinite(t->slope_p) &&
                    (isnan(t->rate_z) || (t->slope_p < t->p && is_audible(s, q, t)));
    if (by_value) {
        t->p = isnan(t->rate_z) ? t->slope_p : fmin(1, 2 * t->slope_p);
        rise = q->side * t->slope_per_year;
    } else {
        t->p = q->side && isfinite(t->slope_p) ? fmin(1, 2 * t->p) : t->p;
        rise = t->rate_z;
    }
    t->basis = isnan(t->p) ? HS_BASIS_NONE : by_value ? HS_BASIS_VALUE : HS_BASIS_RATE;
    t->direction = rise > 0 ? HS_WORSE : rise < 0 ? HS_BETTER : HS_DIRECTION_NONE;
    if (by_value && !is_audible(s, q, t))
        t->direction = HS_DIRECTION_NONE;
}

/* Margins within which nothing has changed for the ear: of values the larger of an audible step
 * and half a spread of songs, of rates a fifth of the tracks. */
static const double margin_spreads = .5, margin_rate = .20;

/* The spread of songs in the rule's unit, computed back from one track with a z between .2 and 1.6
 * (there z is linear, judge/scale.h), or of moves; NaN where there is none. */
static double spread_of(const struct question *q)
{
    const struct hs_census *c = q->c;
    if (q->moves)
        return q->rule ? q->rule->moves.spread : NAN;
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_judgement *j = c->units[i].judgement;
        double z = j ? fabs((double)j->z) : NAN;
        if (z > .2 && z < 1.6)
            return fabs(j->value - (double)j->centre) / z;
    }
    return NAN;
}

/* What one track contributes: its value, or 1 where it has the fault (a note or worse), else 0. */
static double course_value(const struct hs_dated *d, bool by_value)
{
    return by_value ? d->value : (double)(d->level > HS_NO_FAULT);
}

/* Means of the releases, and the variance of tracks about them. */
static struct hs_course course_of(const struct hs_series *s, bool by_value,
                                  struct hs_arena *scratch)
{
    double *date = HS_ARENA_ARRAY(scratch, double, s->n_releases + 1), squares = 0, free = 0;
    double *mean = HS_ARENA_ARRAY(scratch, double, s->n_releases + 1);
    int *tracks = HS_ARENA_ARRAY(scratch, int, s->n_releases + 1);
    size_t n = 0;
    for (size_t r = 0; r < s->n_releases; r++) {
        double sum = 0, square = 0;
        int k = 0;
        for (size_t i = s->start[r]; i < s->start[r + 1]; i++) {
            double x = course_value(&s->units[i], by_value);
            if (!isfinite(x))
                continue;
            sum += x, square += x * x;
            k++;
        }
        if (!k)
            continue;
        date[n] = s->date[r], mean[n] = sum / k, tracks[n] = k;
        /* spread within releases */
        squares += square - sum * sum / k;
        free += k - 1;
        n++;
    }
    return (struct hs_course){date, mean, tracks, n, free > 0 ? fmax(squares, 0) / free : NAN};
}

/* Says "steady" only where the change over the whole span is surely small; not seeing a change
 * is not enough. */
static void look_for_steadiness(const struct hs_series *s, const struct question *q,
                                struct hs_arena *scratch, struct hs_trend *t)
{
    double spread = spread_of(q), jnd = step_of(q->c);
    bool by_value = q->side && isfinite(spread) && isfinite(jnd);
    struct hs_course course = course_of(s, by_value, scratch);
    struct hs_drift drift = hs_drift_of(&course);
    t->span_interval = hs_drift_interval(&drift);
    if (!by_value &&
        isfinite(t->span_interval.low)) { /* a rate rises or falls by all of the tracks at most */
        t->span_interval.low = fmax(t->span_interval.low, -1);
        t->span_interval.high = fmin(t->span_interval.high, 1);
    }
    t->span_years = drift.years;
    t->steady =
        hs_drift_is_steady(&drift, by_value ? fmax(jnd, margin_spreads * spread) : margin_rate);
    t->span_by_value = by_value;
}

/* What speaks for the rule: the moves, where they show anything, else the songs. */
static const struct hs_evidence_counts *looked_at(const struct hs_counted *counted,
                                                  const struct hs_recurrence *r)
{
    for (size_t i = 0; i < counted->n; i++)
        if (r->evidence == HS_BY_MOVES && r->verdict > HS_NOT_SHOWN &&
            counted->row[i].row->evidence == HS_BY_MOVES)
            return &counted->row[i];
    return &counted->row[0];
}

/* Change of share and of value over the years; why there is no answer, where there is none. */
void hs_trend_fill(const struct hs_audit *audit, const struct hs_census *c,
                   const struct hs_counted *counted, struct hs_recurrence *out)
{
    const struct hs_evidence_counts *row = looked_at(counted, out);
    struct question q = {.audit = audit, .c = c, .rule = hs_rule_find(c->rule)};
    q.moves = row->row->evidence == HS_BY_MOVES;
    q.side = q.moves && q.rule && q.rule->moves.change_is_harm ? 1 : c->side;
    struct hs_arena scratch = {0};
    struct hs_trend *t = &out->trend;
    struct hs_series s;
    *t = (struct hs_trend){.p = NAN,
                           .q = NAN,
                           .rate_z = NAN,
                           .slope_per_year = NAN,
                           .slope_interval = {NAN, NAN},
                           .slope_p = NAN,
                           .span_interval = {NAN, NAN},
                           .span_years = NAN,
                           .industry_slope_per_year = NAN};
    hs_series_make(audit, c, row, out->habit, &scratch, &s);
    t->n_releases = (int)s.n_releases;
    if (s.n_releases < RELEASES_NEEDED) {
        t->why = "fewer than 5 dated releases";
    } else if (hs_series_of_one_date(&s)) {
        t->why = "all releases are of one year";
    } else {
        t->rate_z = hs_cochran_armitage_z(s.faulty, s.judged, s.date, s.n_releases);
        t->p = isnan(t->rate_z) ? NAN : rate_p(&s, &scratch);
        value_trend(&s, &q, &scratch, t);
        combine(&s, &q, t);
        look_for_steadiness(&s, &q, &scratch, t);
        t->why = isnan(t->p) ? "nothing changes" : NULL;
    }
    hs_arena_free(&scratch);
}
