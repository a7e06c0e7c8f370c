/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Worst examples: the three units with the highest severity, then the most audible steps; where
 *    the moves of mastering decide, those that mastering moved most. Best examples: the three units
 * without the fault that lie nearest to the expected centre.
 * 2. Agreement, over the tracks that have ear notes: a rule that is not in them was not heard. Each
 *    track is heard or not, found or not; Cohen's kappa and a Wilson interval are taken of the four
 *    counts. Of a mix only notes and findings that say yes or no count.
 */
#include "catalogue/lessons.h"

#include "catalogue/census.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What an example shows: the fault of a unit, or the move where moves are asked for, which needs no
 * fault of its own; NULL: none. */
static const struct hs_finding *shown_by(const struct hs_unit *u, bool by_moves)
{
    if (!by_moves)
        return u->faulty ? u->finding : NULL;
    const struct hs_finding *f = u->faulty ? u->finding : u->of_pair;
    return f && f->moved && f->severity >= HS_MINOR ? f : NULL;
}

/* How strongly: severity first, then audible steps, of the move where moves are asked for. */
static double strength(const struct hs_finding *f, bool by_moves)
{
    double steps = by_moves ? f->moved->steps : f->steps;
    return 1000 * (double)f->severity + (isfinite(steps) ? steps : 0);
}

static struct hs_example faulty_example(const struct hs_unit *u, const struct hs_finding *f)
{
    return (struct hs_example){.track = u->track,
                               .value = f->value,
                               .steps = f->steps,
                               .times = f->times,
                               .n_times = f->n_times};
}

/* The most severe ones, the worst first; of equals the earlier one. */
static void worst_fill(const struct hs_unit *units, size_t n_units, bool by_moves,
                       struct hs_recurrence *out)
{
    const struct hs_unit *top[HS_EXAMPLES];
    size_t n = 0;
    for (size_t i = 0; i < n_units; i++) {
        const struct hs_finding *f = shown_by(&units[i], by_moves);
        if (!f)
            continue;
        size_t at = n;
        while (at > 0 &&
               strength(f, by_moves) > strength(shown_by(top[at - 1], by_moves), by_moves))
            at--;
        if (at == HS_EXAMPLES)
            continue;
        n += n < HS_EXAMPLES;
        memmove(top + at + 1, top + at, (n - 1 - at) * sizeof(const struct hs_unit *));
        top[at] = &units[i];
    }
    if (by_moves && !n)
        return; /* what there is stays */
    for (size_t i = 0; i < n; i++)
        out->worst[i] = faulty_example(top[i], shown_by(top[i], by_moves));
    out->n_worst = n;
}

/* The examples of a habit that the moves show. */
void hs_lessons_of_moves(const struct hs_census *c, struct hs_recurrence *out)
{
    worst_fill(c->masters, c->n_masters, true, out);
}

/* The best are those nearest to the expected centre. */
static void best_fill(const struct hs_census *c, struct hs_recurrence *out)
{
    const struct hs_judgement *top[HS_EXAMPLES];
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_judgement *j = c->units[i].judgement;
        if (c->units[i].faulty || !j || !isfinite((double)j->steps))
            continue;
        size_t at = n;
        while (at > 0 && fabsf(j->steps) < fabsf(top[at - 1]->steps))
            at--;
        if (at == HS_EXAMPLES)
            continue;
        n += n < HS_EXAMPLES;
        memmove(top + at + 1, top + at, (n - 1 - at) * sizeof(const struct hs_judgement *));
        memmove(out->best + at + 1, out->best + at, (n - 1 - at) * sizeof *out->best);
        top[at] = j;
        out->best[at] = (struct hs_example){
            .track = c->units[i].track, .value = j->value, .steps = (double)j->steps};
    }
    out->n_best = n;
}

static void count(struct hs_agreement *a, bool ear, bool machine)
{
    *(ear ? machine ? &a->both : &a->ear_only : machine ? &a->machine_only : &a->neither) += 1;
}

/* Cohen (1960): agreement beyond what the two rates give by chance. */
static void agreement_finish(struct hs_agreement *a)
{
    double n = a->both + a->ear_only + a->machine_only + a->neither;
    double seen = (a->both + a->neither) / n;
    double ear = (a->both + a->ear_only) / n, machine = (a->both + a->machine_only) / n;
    double chance = ear * machine + (1 - ear) * (1 - machine);
    a->kappa = n > 0 && chance < 1 ? (seen - chance) / (1 - chance) : NAN;
    a->agreed = hs_wilson(a->both + a->neither, (int)n, HS_CONFIDENCE);
    if (n == 0)
        a->agreed = (struct hs_interval){NAN, NAN};
}

static const struct hs_ear_note *row_of(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_ticks; i++)
        if (t->ticks[i].note && t->ticks[i].rule && !strcmp(t->ticks[i].rule, rule))
            return &t->ticks[i];
    return NULL;
}

static bool machine_found(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (!strcmp(t->findings[i].rule, rule) && t->findings[i].origin != HS_ORIGIN_CURED)
            return true;
    return false;
}

/* A track with a list of the ear: what is not on the list was not heard as a fault. */
static void agree_on(const struct hs_track_result *t, const struct hs_census *c,
                     struct hs_recurrence *out)
{
    const struct hs_ear_note *row = row_of(t, c->rule);
    bool ear = row && row->heard_master != HS_ANSWER_NO;
    count(&out->in_master, ear, machine_found(t, c->rule));
    if (row && (row->heard_mix == HS_ANSWER_YES || row->heard_mix == HS_ANSWER_NO) &&
        (row->in_mix == HS_ANSWER_YES || row->in_mix == HS_ANSWER_NO))
        count(&out->in_mix, row->heard_mix == HS_ANSWER_YES, row->in_mix == HS_ANSWER_YES);
}

/* Worst and best masters to hear, and how far the artist's notes agree. */
void hs_lessons_fill(struct hs_audit *audit, const struct hs_census *c, struct hs_recurrence *out)
{
    worst_fill(c->units, c->n, false, out);
    best_fill(c, out);
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_track_result *t = &audit->tracks[c->units[i].track];
        if (t->track->n_heard)
            agree_on(t, c, out);
    }
    agreement_finish(&out->in_master);
    agreement_finish(&out->in_mix);
}
