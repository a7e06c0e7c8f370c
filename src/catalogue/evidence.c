/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. p_count: the chance of as many faults at the base rate (fault_count.h).
 * 2. log_odds and p_habit: a habit against the differences between artists (habit_odds.h). Without
 *    a unit at any level, p_habit is 1 and the odds are not asked. Where few are at fault, or
 *    a note, the odds are those of all others.
 * 3. p_release: where all faults are on one release of several, the chance of as many on it, if the
 *    odds of that release show anything.
 * 4. Where all releases have a year, the change point comes from the same odds. Rules with fixed
 *    thresholds count only whether a defect is there. With fewer tracks at any level than a change
 *    has to be seen on none is asked, and the row is not of that family of tests.
 */
#include "catalogue/evidence.h"

#include "catalogue/release_icc.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum { SEEN_ON = 4 }; /* tracks at a level that show a change */

static struct hs_fault_count fault_count(const struct hs_evidence_counts *e, double icc)
{
    /* with a single release nothing is claimed of others: no correlation is needed */
    return (struct hs_fault_count){e->judged, e->n, e->row->faulty, e->n > 1 ? icc : 0,
                                   e->base.variance};
}

/* How many tracks of the releases from .. to are at a level at all, a note or worse. */
static double at_a_level(const struct hs_evidence_counts *e, size_t from, size_t to)
{
    size_t first = (e->fixed_thresholds ? HS_THRESHOLD_CLASSES : HS_CLASSES) - HS_LEVELS;
    double n = 0;
    for (size_t j = from; j < to; j++)
        for (size_t k = first; k < first + HS_LEVELS; k++)
            n += e->classes.by_release[j][k];
    return n;
}

static int judged_on(const struct hs_evidence_counts *e, size_t from, size_t to)
{
    int judged = 0;
    for (size_t j = from; j < to; j++)
        judged += e->judged[j];
    return judged;
}

static double share_at_a_level(const struct hs_evidence_counts *e, size_t from, size_t to)
{
    int judged = judged_on(e, from, to);
    return judged ? at_a_level(e, from, to) / judged : 0;
}

/* Whether the side that is said to have it also shows it, on four tracks or more and more often
 * than the other one: values that stand still, all at their lowest, differ from those of songs
 * without a fault anywhere. */
static bool change_is_seen(const struct hs_evidence_counts *e, const struct hs_habit_change *change)
{
    double before = share_at_a_level(e, 0, change->at);
    double behind = share_at_a_level(e, change->at, e->n);
    double having = change->began ? at_a_level(e, change->at, e->n) : at_a_level(e, 0, change->at);
    return having >= SEEN_ON && (change->began ? behind > before : before > behind);
}

/* Odds of x come up once in x times at most where nothing changed (Markov's inequality). What was
 * simulated for whole catalogues holds for defects of fixed thresholds, of which it is known how
 * much they hang together. */
static double p_of_change(const struct hs_evidence_counts *e, double log_odds)
{
    return e->fixed_thresholds ? hs_habit_p(log_odds) : fmin(1, exp(-log_odds));
}

/* The change point with its odds; p stays NaN where no place can be asked, and is 1 where no fault
 * shows it. */
static void ask_since(struct hs_evidence_counts *e, struct hs_habit_odds *odds)
{
    struct hs_habit_change change = hs_habit_odds_change(odds);
    struct hs_since *s = &e->row->since;
    if (change.log_odds == -INFINITY)
        return;
    s->p = 1;
    if (!change_is_seen(e, &change))
        return;
    size_t from = change.began ? change.at : 0, to = change.began ? e->n : change.at;
    int with = (int)at_a_level(e, from, to), with_of = judged_on(e, from, to);
    *s = (struct hs_since){.at = e->release[change.at],
                           .not_before = e->release[change.from],
                           .began = change.began,
                           .with = with,
                           .with_of = with_of,
                           .without = (int)at_a_level(e, 0, e->n) - with,
                           .without_of = judged_on(e, 0, e->n) - with_of,
                           .p = p_of_change(e, change.log_odds),
                           .q = NAN,
                           .log_odds = change.log_odds};
}

/* A defect of fixed thresholds is there or not: how bad it is does not tell when it began. */
static void ask_since_yes_or_no(struct hs_evidence_counts *e, struct hs_habit_model model)
{
    struct hs_class_counts c = {hs_calloc(e->n + 1, sizeof *c.by_release), e->n};
    for (size_t j = 0; j < e->n; j++)
        for (size_t k = 0; k < HS_THRESHOLD_CLASSES; k++)
            c.by_release[j][k > 0] += e->classes.by_release[j][k];
    model.yes_or_no = true;
    struct hs_habit_odds *odds = hs_habit_odds_new(&model, &c, true);
    ask_since(e, odds);
    hs_habit_odds_free(odds);
    hs_free(c.by_release);
}

/* The odds by the classes of some releases. */
static double log_odds_of(const struct hs_habit_model *model, int (*by_release)[HS_CLASSES],
                          size_t n)
{
    struct hs_habit_odds *odds =
        hs_habit_odds_new(model, &(struct hs_class_counts){by_release, n}, false);
    double log_odds = hs_habit_odds_log(odds);
    hs_habit_odds_free(odds);
    return log_odds;
}

/* All faults are on one release: the chance of as many there, times the releases that it could have
 * been. Nothing is claimed of others, so that no correlation is needed; but records of honest
 * artists differ, too, so that the odds of that one have to show something. */
static void ask_one_release(const struct hs_evidence_counts *e, const struct hs_habit_model *model)
{
    size_t at = 0;
    if (e->row->releases != 1 || e->n < 2 || e->row->faulty < HS_FAULTS_NEEDED)
        return;
    while (!e->faulty[at])
        at++;
    struct hs_fault_count one = {&e->judged[at], 1, e->faulty[at], 0, e->base.variance};
    double log_odds = log_odds_of(model, &e->classes.by_release[at], 1);
    e->row->strength_there = hs_habit_strength(log_odds);
    if (e->row->strength_there)
        e->row->p_release = fmin(1, (double)e->n * hs_fault_count_tail(&one, e->base.rate[1]));
}

/* The odds without the tracks from a level on: a few of them are no habit, unless the others lean
 * that way as well. */
static double without_the_few(const struct hs_evidence_counts *e,
                              const struct hs_habit_model *model, enum hs_severity from)
{
    struct hs_class_counts c = {hs_calloc(e->n + 1, sizeof *c.by_release), e->n};
    const size_t classes = e->fixed_thresholds ? HS_THRESHOLD_CLASSES : HS_CLASSES;
    const size_t first = classes - HS_LEVELS + from - HS_NOTE;
    memcpy(c.by_release, e->classes.by_release, e->n * sizeof *c.by_release);
    for (size_t j = 0; j < e->n; j++)
        for (size_t k = first; k < classes; k++)
            c.by_release[j][k] = 0;
    double log_odds = log_odds_of(model, c.by_release, c.n);
    hs_free(c.by_release);
    return log_odds;
}

double hs_evidence_icc_apart(const struct hs_evidence_counts *e, double icc)
{
    const double most = .8;
    double artists = e->several_artists ? e->artist_share / (1 - e->artist_share) : 0;
    return fmin(most, fmax(icc, HS_ICC_APART) + artists);
}

/* By the count of faults, and by the odds of a habit. */
void hs_evidence_test(struct hs_evidence_counts *e, double icc)
{
    struct hs_evidence_row *row = e->row;
    if (!row->judged)
        return;
    struct hs_fault_count count = fault_count(e, icc);
    row->p_count = hs_fault_count_tail(&count, e->base.rate[1]);
    row->p_release = 1;
    row->p_habit = 1;
    const double seen = at_a_level(e, 0, e->n);
    if (!(seen > 0)) /* there is nothing to ask */
        return;
    const bool dated = e->dated && seen >= SEEN_ON;
    struct hs_habit_model model = {.base = e->base,
                                   .artist_share = e->artist_share,
                                   .artists = e->artists,
                                   .references = e->references,
                                   .icc = icc,
                                   .largest = e->largest,
                                   .icc_apart =
                                       e->several_artists ? hs_evidence_icc_apart(e, icc) : 0,
                                   .fixed_thresholds = e->fixed_thresholds};
    /* a rule with fixed thresholds is asked in another way */
    bool since = dated && !e->fixed_thresholds;
    struct hs_habit_odds *odds = hs_habit_odds_new(&model, &e->classes, since);
    row->log_odds = hs_habit_odds_log(odds);
    /* odds below 1 call nothing, with the few or without */
    bool few = share_at_a_level(e, 0, e->n) < HS_WEIGHTY_SHARE,
         few_faults = row->rate < HS_WEIGHTY_SHARE;
    if ((few || (few_faults && row->faulty > 0)) && row->log_odds > 0)
        row->log_odds = fmin(row->log_odds, without_the_few(e, &model, few ? HS_NOTE : HS_MINOR));
    ask_one_release(e, &model);
    row->p_habit = hs_habit_p(row->log_odds);
    row->strength = hs_habit_strength(row->log_odds);
    if (since)
        ask_since(e, odds);
    hs_habit_odds_free(odds);
    if (dated && e->fixed_thresholds)
        ask_since_yes_or_no(e, model);
}

struct hs_interval hs_evidence_interval(const struct hs_evidence_counts *e, double icc,
                                        double alpha)
{
    struct hs_fault_count count = fault_count(e, icc);
    return e->row->judged ? hs_fault_count_interval(&count, alpha) : (struct hs_interval){NAN, NAN};
}

/* The releases that have it by the change point: before it, or from it on. */
static void stretch_of(const struct hs_evidence_counts *e, struct hs_arena *arena,
                       struct hs_evidence_counts *out)
{
    size_t at = 0;
    while (at < e->n && e->release[at] != e->row->since.at)
        at++;
    size_t from = e->row->since.began ? at : 0, to = e->row->since.began ? e->n : at;
    *out = *e;
    out->n = to - from;
    out->release += from;
    out->judged += from;
    out->faulty += from;
    out->origins += from;
    out->part_of_others += from;
    out->classes.by_release += from;
    out->classes.n = out->n;
    hs_evidence_make_row(out, e->row->evidence, arena);
}

struct hs_evidence_row *hs_evidence_stretch(const struct hs_evidence_counts *e, double icc,
                                            double alpha_count, struct hs_arena *arena)
{
    const double places = 2 * ((double)e->n - 1);
    const struct hs_since *since = &e->row->since;
    struct hs_evidence_counts part;
    if (!hs_since_shown(since) || !(alpha_count > 0))
        return NULL;
    stretch_of(e, arena, &part);
    struct hs_evidence_row *x = part.row;
    if (x->releases < 2)
        return NULL;
    /* it could have been any place, before or after it */
    struct hs_fault_count count = fault_count(&part, icc);
    x->p_count = fmin(1, places * hs_fault_count_tail(&count, e->base.rate[1]));
    x->q_count = fmin(1, HS_FALSE_DISCOVERIES * x->p_count / alpha_count);
    x->interval = hs_fault_count_interval(&count, alpha_count / places);
    x->p_habit = since->p;
    x->q = since->q;
    x->log_odds = since->log_odds;
    x->strength = hs_habit_strength(since->log_odds);
    x->since = *since;
    x->of_stretch = true;
    for (size_t j = 0; e->called_for && j < part.n; j++)
        x->called_for += e->called_for[part.release[j]];
    return x;
}
