/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the standings of a preview to the first fault of each rule:
 * 1. Per target, from quiet to loud, correct the value of the chain by what the pairs of this job
 *    teach, if they are enough, and say how far it is to the limit.
 * 2. The first target beyond the limit has the fault; its loudness is interpolated from the highest
 *    value before it, and rounded to 0.5 LUFS. The range is the LU that the value needs for the
 *    usual error of a prediction, 0.5 to 3 LU.
 * 3. A fault that is in the mix is named as such, with the loudness from which on it is gone.
 * 4. The mix carries the loudness of the earliest of these: the first fault that is not in the mix,
 *    and limiting that is heard; without either, the loudness beyond which gain has no effect.
 */
#include "catalogue/preview_verdict.h"

#include "catalogue/backtest.h"
#include "catalogue/mix_plan.h"
#include "catalogue/predict.h"
#include "core/num_text.h"
#include "judge/rule.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* A gain reduction whose 95th percentile is 4 to 6 dB is heard: the middle of that. */
static const double heard_limiting_db = 5;
static const double least_range_lu = 0.5, most_range_lu = 3;

static double to_half(double lufs)
{
    return round(2 * lufs) / 2;
}

/* The loudness at which a rising value crosses `limit`, between target i - 1 and i. */
static double crossing(const struct hs_preview *p, size_t i, double before, double now,
                       double limit)
{
    double loud = p->targets[i].reached_lufs;
    if (!i || !(now > before))
        return loud;
    double quiet = p->targets[i - 1].reached_lufs;
    return quiet + (loud - quiet) * fmin(1, fmax(0, (limit - before) / (now - before)));
}

/* What the pairs of this job teach of a rule, if they are enough; else the chain itself. */
static struct hs_lesson_of_pairs lesson_of(const struct hs_audit *audit, size_t rule)
{
    const struct hs_backtest_row *row = hs_backtest_row_of(audit->backtest, hs_rule_at(rule)->id);
    if (!row || row->pairs < HS_ENOUGH_TO_FORESEE)
        return hs_predict_learn(NULL, 0, SIZE_MAX, hs_rule_at(rule)->jnd);
    return (struct hs_lesson_of_pairs){row->weight, row->bias, row->spread};
}

/* How far a mastering that does what the pairs teach goes towards the limit (1) at a target: the
 * way from the mix to the limit is taken as straight. */
static double predicted(const struct hs_standing *s, const struct hs_lesson_of_pairs *l)
{
    double value = hs_predict(l, s->mix_value, s->value);
    double slope = (1 - s->mix_to_limit) / (s->limit - s->mix_value);
    return isfinite(slope) ? s->to_limit + (value - s->value) * slope : s->to_limit;
}

/* How many LU the value needs for what a prediction of it is usually off by. */
static double range_of(const struct hs_preview *p, size_t i, size_t rule,
                       const struct hs_lesson_of_pairs *l)
{
    size_t before = i ? i - 1 : 0, after = i ? i : p->n_targets - 1;
    double lu = p->targets[after].reached_lufs - p->targets[before].reached_lufs;
    double moved =
        fabs(p->targets[after].standings[rule].value - p->targets[before].standings[rule].value);
    double range = moved > 0 && lu > 0 ? l->spread * lu / (moved * l->weight) : most_range_lu;
    return fmin(most_range_lu, fmax(least_range_lu, range));
}

/* What limits at a target, in words. */
static const char *what_holds(const struct hs_preview_target *t, struct hs_arena *a)
{
    size_t b = hs_strongest_band(t);
    char db[HS_NUM_TEXT];
    if (!isfinite(t->holds[b]) || t->gr_p95_db < 0.1)
        return "by the equaliser and the compressor alone: the limiter takes next to nothing";
    return hs_arena_printf(
        a, "the limiter takes %s dB or more in 5 %% of the time, and %s hold%s %.0f %% of that",
        hs_num_fixed(db, t->gr_p95_db, 1), hs_holder_words(t, b), hs_holder_is_one(t, b) ? "s" : "",
        100 * t->holds[b]);
}

/* A finding that does not count in the chain (another one stands for it) does not count here. */
static bool is_fault(const struct hs_standing *s, double to_limit)
{
    return s->fault ? !(to_limit < fmin(1, s->to_limit)) : to_limit >= 1 && s->to_limit < 1;
}

/* The first target from which on what is in the mix does not show; NaN: it always does. */
static double gone_from(const struct hs_preview *p, size_t rule)
{
    double from = NAN;
    for (size_t i = p->n_targets; i-- > 0 && !p->targets[i].standings[rule].fault;)
        from = p->targets[i].reached_lufs;
    return to_half(from);
}

/* The first target at which a rule fires, and the loudness from which it does, between targets
 * by a line. */
static bool find_first(const struct hs_audit *audit, const struct hs_preview *p, size_t rule,
                       struct hs_arena *a, struct hs_first_fault *out)
{
    const struct hs_lesson_of_pairs l = lesson_of(audit, rule);
    double most = -INFINITY;
    for (size_t i = 0; i < p->n_targets; i++) {
        const struct hs_preview_target *t = &p->targets[i];
        const struct hs_standing *s = &t->standings[rule];
        if (!s->rule)
            continue;
        double now = predicted(s, &l);
        bool in_mix = i == 0 && s->mix_to_limit >= 1;
        /* the loudness between two targets, and how sure the prediction is */
        if (is_fault(s, now) || (in_mix && s->fault)) {
            double from = crossing(p, i, fmin(most, 1), fmax(now, 1), 1);
            double range = range_of(p, i, rule, &l);
            *out = (struct hs_first_fault){.rule = s->rule,
                                           .from_lufs = to_half(from),
                                           .range = {to_half(from - range), to_half(from + range)},
                                           .in_mix = in_mix};
            out->until_lufs = in_mix ? gone_from(p, rule) : NAN;
            out->why = in_mix ? "it is in the mix" : what_holds(t, a);
            return true;
        }
        most = fmax(most, now);
    }
    return false;
}

/* Those of the mix last; else from the quietest on. */
static bool comes_before(const struct hs_first_fault *a, const struct hs_first_fault *b)
{
    if (a->in_mix != b->in_mix)
        return b->in_mix;
    return a->from_lufs < b->from_lufs;
}

/* Sorted as they are said. */
static void find_all(const struct hs_audit *audit, struct hs_preview *p, struct hs_arena *a)
{
    size_t n_rules = hs_rule_count();
    p->first = HS_ARENA_ARRAY(a, struct hs_first_fault, n_rules + 1);
    for (size_t r = 0; r < n_rules; r++) {
        struct hs_first_fault f;
        if (!find_first(audit, p, r, a, &f))
            continue;
        size_t at = p->n_first++;
        for (; at > 0 && comes_before(&f, &p->first[at - 1]); at--)
            p->first[at] = p->first[at - 1];
        p->first[at] = f;
    }
}

/* The loudness from which on the limiter is heard; NaN: at none of the targets. */
static double heard_from(const struct hs_preview *p)
{
    double most = 0;
    for (size_t i = 0; i < p->n_targets; i++) {
        double now = p->targets[i].gr_p95_db;
        if (now > heard_limiting_db)
            return to_half(crossing(p, i, most, now, heard_limiting_db));
        most = fmax(most, now);
    }
    return NAN;
}

/* The loudness that the mix carries, and why: the earlier of audible limiting and the first fault
 * that is not in the mix, else where more gain has no effect. */
static void find_limit(struct hs_preview *p, struct hs_arena *a)
{
    const struct hs_preview_target *last = &p->targets[p->n_targets - 1];
    p->carries_lufs = heard_from(p);
    p->carries_why = "there the limiter takes 5 dB or more in 5 % of the time, which is heard";
    if (p->n_first && !p->first[0].in_mix && !(p->carries_lufs < p->first[0].from_lufs)) {
        p->carries_lufs = p->first[0].from_lufs;
        p->carries_why =
            hs_arena_printf(a, "from there on %s", hs_rule_find(p->first[0].rule)->title);
    }
    if (isnan(p->carries_lufs) && last->reach == HS_PREVIEW_SATURATED) {
        p->carries_lufs = to_half(last->reached_lufs);
        p->carries_why = "more gain makes it no louder";
    }
}

void hs_preview_verdict_make(struct hs_audit *audit)
{
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        struct hs_track_result *t = &audit->tracks[i];
        if (!t->preview || !t->preview->there || !t->preview->n_targets)
            continue;
        find_all(audit, t->preview, &audit->arena);
        find_limit(t->preview, &audit->arena);
        hs_mix_plan_make(audit, t, &audit->arena);
    }
}
