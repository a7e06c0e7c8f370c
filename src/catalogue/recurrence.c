/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often, against how often it happens anyway; and whether the catalogue as a whole
 * leans, which is a stronger question than how many tracks fell over the limit.
 */
#include "catalogue/recurrence.h"

#include "catalogue/base_rates.h"
#include "catalogue/census.h"
#include "catalogue/stats_counts.h"
#include "catalogue/stats_ranks.h"
#include "catalogue/stats_resample.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The stage most of the faults come from, where two thirds agree. */
static enum hs_habit habit_of(const int origins[HS_N_ORIGINS])
{
    int mix = origins[HS_ORIGIN_MIX] + origins[HS_ORIGIN_WORSENED] + origins[HS_ORIGIN_EASED];
    int mastering = origins[HS_ORIGIN_MASTERING];
    int known = mix + mastering + origins[HS_ORIGIN_EXPOSED];
    if (known < HS_FAULTS_NEEDED)
        return HS_HABIT_UNKNOWN;
    if (3 * mix >= 2 * known)
        return HS_HABIT_MIX;
    return 3 * mastering >= 2 * known ? HS_HABIT_MASTERING : HS_HABIT_BOTH;
}

/* Counts by release; returns how many releases have the fault. */
static int count_releases(const struct hs_census *c, size_t n_releases, int *faulty, int *judged)
{
    int with = 0;
    for (size_t i = 0; i < c->n; i++) {
        judged[c->units[i].release]++;
        faulty[c->units[i].release] += c->units[i].faulty;
    }
    for (size_t r = 0; r < n_releases; r++)
        with += faulty[r] > 0;
    return with;
}

/* Never narrower than Wilson's: few releases can agree by chance. */
static struct hs_interval clustered(const int *faulty, const int *judged, size_t n,
                                    struct hs_interval wilson)
{
    struct hs_interval b = hs_bootstrap_rate(faulty, judged, n, HS_CONFIDENCE, HS_SEED);
    if (isnan(b.low))
        return b;
    return (struct hs_interval){fmin(b.low, wilson.low), fmax(b.high, wilson.high)};
}

static void count_origins(const struct hs_census *c, int origins[HS_N_ORIGINS])
{
    for (size_t i = 0; i < c->n; i++)
        if (c->units[i].faulty)
            origins[c->units[i].origin]++;
}

static double mean_severity(const struct hs_census *c)
{
    double sum = 0;
    for (size_t i = 0; i < c->n; i++)
        sum += c->units[i].faulty ? (double)c->units[i].finding->severity : 0;
    return c->faulty ? sum / c->faulty : 0;
}

/* One-way analysis of variance of yes/no answers by release (Fleiss 1981, ch. 13). */
static struct hs_dispersion disperse(const int *faulty, const int *judged, size_t n)
{
    double all = 0, hits = 0, squares = 0, releases = 0, between = 0, within = 0;
    for (size_t r = 0; r < n; r++) {
        all += judged[r];
        hits += faulty[r];
        squares += (double)judged[r] * judged[r];
        releases += judged[r] > 0;
    }
    struct hs_dispersion d = {.size = all > 0 ? squares / all : 1};
    if (releases < 2 || all <= releases)
        return d;
    for (size_t r = 0; r < n; r++) {
        double p = judged[r] ? (double)faulty[r] / judged[r] : 0;
        between += judged[r] * (p - hits / all) * (p - hits / all) / (releases - 1);
        within += judged[r] * p * (1 - p) / (all - releases);
    }
    double typical = (all - squares / all) / (releases - 1);
    d.numerator = between - within;
    d.denominator = between + (typical - 1) * within;
    return d;
}

void hs_recurrence_fill(const struct hs_audit *audit, const struct hs_census *c,
                        const struct hs_base_rate *base, struct hs_recurrence *out,
                        struct hs_dispersion *dispersion)
{
    size_t n = audit->job->n_releases;
    int *faulty = HS_NEW_ARRAY(int, n + 1), *judged = HS_NEW_ARRAY(int, n + 1);
    out->rule = c->rule;
    out->unit = c->unit;
    out->faulty = c->faulty;
    out->judged = (int)c->n;
    out->rate = c->n ? (double)c->faulty / (double)c->n : NAN;
    out->interval = hs_wilson(c->faulty, (int)c->n, HS_CONFIDENCE);
    out->releases = count_releases(c, n, faulty, judged);
    out->interval_clustered = clustered(faulty, judged, n, out->interval);
    out->base_fired = base->fired;
    out->base_n = base->judged;
    out->base_rate = hs_base_rate_value(base);
    out->p = c->n ? hs_base_rate_p(base, c->faulty, (int)c->n) : NAN;
    *dispersion = disperse(faulty, judged, n);
    dispersion->base = *base;
    out->by_pair_only = c->by_pair_only;
    out->by_pair = c->by_pair;
    count_origins(c, out->origins);
    out->habit = habit_of(out->origins);
    out->importance = mean_severity(c) * (c->n ? out->rate : 0);
    hs_free(faulty);
    hs_free(judged);
}

/* The distances from the expected centre, all and as one median per release. */
struct shift {
    double *all, *median, *weight;
    size_t n, n_releases;
};

static int by_release(const void *a, const void *b)
{
    const struct hs_unit *x = *(const struct hs_unit *const *)a;
    const struct hs_unit *y = *(const struct hs_unit *const *)b;
    if (x->release != y->release)
        return x->release < y->release ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

static void shift_take(const struct hs_census *c, struct shift *s)
{
    const struct hs_unit **units = hs_malloc((c->n + 1) * sizeof(const struct hs_unit *));
    double *copy = HS_NEW_ARRAY(double, c->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_judgement *j = c->units[i].judgement;
        if (j && isfinite(j->value - j->centre))
            units[n++] = &c->units[i];
    }
    qsort(units, n, sizeof *units, by_release);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && units[j]->release == units[i]->release; j++)
            s->all[j] = units[j]->judgement->value - units[j]->judgement->centre;
        memcpy(copy, s->all + i, (j - i) * sizeof *copy);
        s->weight[s->n_releases] = (double)(j - i);
        s->median[s->n_releases++] = hs_median(copy, j - i);
    }
    s->n = n;
    hs_free(units);
    hs_free(copy);
}

static double weighted_mean(const struct shift *s)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < s->n_releases; i++) {
        sum += s->weight[i] * s->median[i];
        weight += s->weight[i];
    }
    return sum / weight;
}

void hs_shift_fill(const struct hs_audit *audit, const struct hs_census *c,
                   struct hs_recurrence *out)
{
    (void)audit;
    struct shift s = {.all = HS_NEW_ARRAY(double, c->n + 1),
                      .median = HS_NEW_ARRAY(double, c->n + 1),
                      .weight = HS_NEW_ARRAY(double, c->n + 1)};
    shift_take(c, &s);
    struct hs_estimate e = hs_hodges_lehmann(s.all, s.n, HS_CONFIDENCE);
    out->shift = e.value;
    out->shift_interval = e.interval;
    out->shift_p = hs_wilcoxon_p(s.all, s.n);
    struct hs_interval b =
        hs_bootstrap_mean(s.median, s.weight, s.n_releases, HS_CONFIDENCE, HS_SEED);
    if (!isnan(b.low) && !isnan(e.interval.low)) { /* as far either side as releases vary */
        double mean = weighted_mean(&s);
        out->shift_interval.low = fmin(e.interval.low, e.value + b.low - mean);
        out->shift_interval.high = fmax(e.interval.high, e.value + b.high - mean);
    }
    hs_free(s.all);
    hs_free(s.median);
    hs_free(s.weight);
}

static const char *why_not(const struct hs_recurrence *r)
{
    if (r->faulty == 0)
        return NULL;
    if (r->judged < HS_TRACKS_NEEDED)
        return "fewer than 5 tracks judged";
    if (r->faulty < HS_FAULTS_NEEDED)
        return "fewer than 3 tracks have it";
    if (r->releases < 2)
        return "on one release only";
    if (!(r->q < HS_FALSE_DISCOVERIES))
        return "not more often than elsewhere, as far as the numbers tell";
    if (!(r->interval.low > r->base_rate))
        return "the interval of the rate reaches down to the base rate";
    if (!(r->interval_clustered.low > r->base_rate))
        return "releases differ too much: the interval over releases reaches the base "
               "rate";
    return NULL;
}

/* The catalogue leans towards the fault by an audible step or more, and surely. */
static bool leans(const struct hs_recurrence *r, double jnd, int side)
{
    if (!side || isnan(r->interval_clustered.low) || isnan(r->shift_interval.low) || !(jnd > 0))
        return false; /* one release is an occasion, not a house */
    double nearest = side > 0 ? r->shift_interval.low : -r->shift_interval.high;
    return side * r->shift >= jnd && nearest > 0;
}

static void jnd_and_side(const struct hs_audit *audit, const char *rule, double *jnd, int *side)
{
    *jnd = NAN, *side = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_judgement *j = hs_judgement_of(&audit->tracks[i], rule);
        if (!j)
            continue;
        *jnd = j->of->jnd, *side = j->of->side;
        return;
    }
}

static enum hs_pattern reading(const struct hs_audit *audit, const struct hs_recurrence *r)
{
    double jnd;
    int side;
    if (r->judged < HS_TRACKS_NEEDED)
        return HS_PATTERN_TOO_FEW;
    if (r->recurring)
        return HS_PATTERN_MISTAKE;
    if (r->by_pair)
        return HS_PATTERN_WITHIN_RANGE;
    jnd_and_side(audit, r->rule, &jnd, &side);
    return leans(r, jnd, side) ? HS_PATTERN_HOUSE_SOUND : HS_PATTERN_WITHIN_RANGE;
}

/* "; 12 already in the mix, 2 brought in by mastering" */
static const char *origin_words(struct hs_arena *a, const struct hs_recurrence *r)
{
    const int counts[] = {r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] +
                              r->origins[HS_ORIGIN_EASED],
                          r->origins[HS_ORIGIN_MASTERING], r->origins[HS_ORIGIN_EXPOSED]};
    static const char *const of[] = {"already in the mix", "brought in by mastering",
                                     "exposed by mastering"};
    const char *text = "";
    for (int i = 0; i < 3; i++)
        if (counts[i])
            text = hs_arena_printf(a, "%s%s %d %s", text, *text ? "," : ";", counts[i], of[i]);
    return text;
}

static const char *words(struct hs_arena *a, const struct hs_recurrence *r)
{
    if (!r->judged)
        return "not judged on any track";
    if (r->by_pair)
        return hs_arena_printf(a,
                               "mastering moved %d of %d masters that way without taking them "
                               "out of the expected range (%.0f %%, 95 %% interval %.0f to %.0f "
                               "%%), on %d release%s",
                               r->faulty, r->judged, 100 * r->rate, 100 * r->interval.low,
                               100 * r->interval.high, r->releases, r->releases == 1 ? "" : "s");
    return hs_arena_printf(a,
                           "%d of %d tracks (%.0f %%, 95 %% interval %.0f to %.0f %%) on %d "
                           "release%s%s; elsewhere about %.0f %%",
                           r->faulty, r->judged, 100 * r->rate, 100 * r->interval.low,
                           100 * r->interval.high, r->releases, r->releases == 1 ? "" : "s",
                           origin_words(a, r), 100 * r->base_rate);
}

static int by_importance(const void *a, const void *b)
{
    const struct hs_recurrence *x = a, *y = b;
    if (x->importance != y->importance)
        return x->importance > y->importance ? -1 : 1;
    int order = strcmp(x->rule, y->rule);
    return order ? order : x->by_pair - y->by_pair;
}

/* Trends are read only of rules with enough faults (or a leaning): a count that no
 * exchange of dates can change, so the choice does not bias the test. */
static void decide_trends(struct hs_audit *audit)
{
    size_t n = audit->n_recurring;
    double *p = HS_NEW_ARRAY(double, n + 1), *q = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct hs_recurrence *r = &audit->recurring[i];
        bool looked = r->faulty >= HS_FAULTS_NEEDED || r->reading == HS_PATTERN_HOUSE_SOUND;
        p[i] = looked ? r->trend.p : NAN;
    }
    hs_benjamini_hochberg(p, n, q);
    for (size_t i = 0; i < n; i++) {
        struct hs_trend *t = &audit->recurring[i].trend;
        t->q = q[i];
        if (isnan(q[i])) {
            t->direction = HS_DIRECTION_NONE;
            t->why = t->why ? t->why : "fewer than 3 tracks have it";
        } else if (!(q[i] < HS_FALSE_DISCOVERIES)) {
            t->direction = HS_STEADY;
        }
    }
    hs_free(p);
    hs_free(q);
}

static void decide_associations(struct hs_audit *audit)
{
    size_t m = 0, at = 0;
    for (size_t i = 0; i < audit->n_recurring; i++)
        m += audit->recurring[i].n_associations;
    double *p = HS_NEW_ARRAY(double, m + 1), *q = HS_NEW_ARRAY(double, m + 1);
    for (size_t i = 0; i < audit->n_recurring; i++)
        for (size_t k = 0; k < audit->recurring[i].n_associations; k++)
            p[at++] = audit->recurring[i].associations[k].p;
    hs_benjamini_hochberg(p, m, q);
    at = 0;
    for (size_t i = 0; i < audit->n_recurring; i++)
        for (size_t k = 0; k < audit->recurring[i].n_associations; k++)
            audit->recurring[i].associations[k].q = q[at++];
    hs_free(p);
    hs_free(q);
}

/* Defects of the file come by the release, with the transfer or the delivery it had. */
static bool of_the_file(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule && rule->dimension->of_the_file;
}

/* How much tracks of a release hang together, over all rules: one rule alone has too
 * few faults to tell. Defects of the file tell nothing of the sound, nor it of them. */
static double pooled_icc(const struct hs_recurrence *r, const struct hs_dispersion *d, size_t n,
                         bool file)
{
    double numerator = 0, denominator = 0;
    for (size_t i = 0; i < n; i++) {
        if (of_the_file(r[i].rule) != file)
            continue;
        numerator += d[i].numerator;
        denominator += d[i].denominator;
    }
    return denominator > 0 ? fmax(0, numerator / denominator) : 0;
}

void hs_recurrence_decide(struct hs_audit *audit, const struct hs_dispersion *dispersion)
{
    size_t n = audit->n_recurring;
    double *p = HS_NEW_ARRAY(double, n + 1), *q = HS_NEW_ARRAY(double, n + 1);
    const double icc[] = {pooled_icc(audit->recurring, dispersion, n, false),
                          pooled_icc(audit->recurring, dispersion, n, true)};
    for (size_t i = 0; i < n; i++) {
        struct hs_recurrence *r = &audit->recurring[i];
        double clustered = hs_base_rate_clustered_p(&dispersion[i].base, r->faulty, r->judged,
                                                    icc[of_the_file(r->rule)], dispersion[i].size);
        p[i] = r->p = isnan(r->p) ? NAN : fmax(r->p, clustered);
    }
    hs_benjamini_hochberg(p, n, q);
    for (size_t i = 0; i < n; i++) {
        struct hs_recurrence *r = &audit->recurring[i];
        r->q = q[i];
        r->why_not = why_not(r);
        r->recurring = r->faulty > 0 && !r->why_not;
        r->reading = reading(audit, r);
        r->words = words(&audit->arena, r);
        r->importance += r->recurring ? 10 : r->reading == HS_PATTERN_HOUSE_SOUND ? 5 : 0;
    }
    hs_free(p);
    hs_free(q);
    decide_trends(audit);
    decide_associations(audit);
    if (n)
        qsort(audit->recurring, n, sizeof *audit->recurring, by_importance);
}
