/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per rule, over the pairs whose mix was mastered to the loudness of its released master:
 * 1. Leave out previews that missed their loudness by more than 0.5 LU, and pairs whose PLR hardly
 *    changed. Of the latter, only false alarms are counted.
 * 2. Predict each master from the pairs of other releases (predict.h).
 * 3. Skill is 1 less the ratio of the mean errors of the prediction and of a baseline: no change,
 *    and the usual change. Its lower bound comes from the mean gain of each release, from 5
 *    releases on (Student's t). CRPS is taken of all three.
 * 4. A rule is proven with enough pairs and both lower bounds above 0.
 * 5. Over all rules, for faults that the mix has not: those foreseen and false alarms with Wilson
 *    intervals, the Brier score, its skill over the rate of the rule among the other pairs, and the
 *    calibration.
 */
#include "catalogue/backtest.h"

#include "catalogue/clustered.h"
#include "catalogue/predict.h"
#include "catalogue/scores.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/rule.h"

#include <math.h>
#include <stdint.h>

static const double hardly_db = 1;   /* of PLR */
static const double missed_lu = 0.5; /* a target that was not reached says nothing */
enum { ENOUGH_RELEASES = 5, ENOUGH_TO_CALIBRATE = 30 };

/* All points of one rule. */
struct column {
    const struct hs_rule *rule;
    struct hs_prediction *points;
    size_t n;
};

static double plr(const struct hs_file *f)
{
    return hs_values_or_nan(&f->values, "plr_db");
}

static const struct hs_preview_target *target_of(const struct hs_track_result *t)
{
    const struct hs_preview *p = t->released_preview;
    if (!p || !p->there || !p->actual || !p->n_targets)
        return NULL;
    const struct hs_preview_target *target = &p->targets[0];
    return fabs(target->reached_lufs - target->target_lufs) <= missed_lu ? target : NULL;
}

static bool hardly_mastered(const struct hs_track_result *t)
{
    return fabs(plr(&t->master) - plr(&t->mix)) <= hardly_db;
}

/* One pair on one rule: mix, chain and released master on the scale of masters. False where the mix
 * or either of the results was not judged. */
static bool take_point(const struct hs_track_result *t, size_t rule, struct hs_prediction *out)
{
    const struct hs_preview_target *target = target_of(t);
    const struct hs_standing *now = &target->standings[rule],
                             *then = &t->released_preview->actual[rule];
    if (!now->rule || !then->rule || !isfinite(now->mix_value) || !isfinite(then->mix_value))
        return false;
    *out = (struct hs_prediction){.release = t->track->release,
                                  .mix = then->mix_value,
                                  .chain = then->mix_value + now->value - now->mix_value,
                                  .actual = then->value,
                                  .limit = then->limit,
                                  .side = hs_rule_end(hs_rule_at(rule)),
                                  .fault = then->fault && then->mix_to_limit < 1,
                                  .in_mix = then->mix_to_limit >= 1};
    return true;
}

/* One rule on all pairs that were truly mastered. */
static struct column take_column(const struct hs_audit *audit, size_t rule, struct hs_arena *arena)
{
    size_t n = audit->job->n_tracks;
    struct column c = {.rule = hs_rule_at(rule),
                       .points = HS_ARENA_ARRAY(arena, struct hs_prediction, n + 1)};
    for (size_t i = 0; i < n; i++) {
        const struct hs_track_result *t = &audit->tracks[i];
        if (target_of(t) && !hardly_mastered(t) && take_point(t, rule, &c.points[c.n]))
            c.n++;
    }
    return c;
}

static double missed(const struct hs_prediction *p, int baseline)
{
    return fabs((baseline ? p->usual : p->nothing) - p->actual);
}

/* What is gained over a baseline in the mean of a release; NaN where it has no point, or where an
 * earlier point than `first` is of it. */
static double gain_of_release(const struct column *c, int baseline, size_t first)
{
    double gain = 0, n = 0;
    for (size_t k = 0; k < c->n; k++) {
        const struct hs_prediction *p = &c->points[k];
        if (p->release != c->points[first].release || !isfinite(missed(p, baseline)))
            continue;
        if (k < first)
            return NAN;
        gain += missed(p, baseline) - fabs(p->predicted - p->actual);
        n++;
    }
    return n > 0 ? gain / n : NAN;
}

/* Its interval is that of the mean over releases, of 5 at least. */
static void find_skill_low(const struct column *c, int baseline, struct hs_backtest_row *row)
{
    double mean = 0, square = 0;
    int releases = 0;
    for (size_t i = 0; i < c->n; i++) {
        double gain = gain_of_release(c, baseline, i);
        if (isnan(gain))
            continue;
        releases++;
        square += (gain - mean) * (gain - mean) * (releases - 1) / releases;
        mean += (gain - mean) / releases;
    }
    row->releases = releases > row->releases ? releases : row->releases;
    if (releases < ENOUGH_RELEASES)
        return;
    double error_of_mean = sqrt(square / (releases - 1) / releases);
    row->skill_low[baseline] =
        (mean - hs_student_quantile(0.975, releases - 1) * error_of_mean) / row->baseline[baseline];
}

/* Skill against one baseline, over the points that have it. */
static void find_skill(const struct column *c, int baseline, struct hs_backtest_row *row)
{
    double error = 0, theirs = 0;
    int n = 0;
    row->baseline[baseline] = row->skill[baseline] = row->skill_low[baseline] = NAN;
    for (size_t i = 0; i < c->n; i++)
        if (isfinite(missed(&c->points[i], baseline))) {
            error += fabs(c->points[i].predicted - c->points[i].actual);
            theirs += missed(&c->points[i], baseline);
            n++;
        }
    if (!n || !(theirs > 0))
        return;
    row->baseline[baseline] = theirs / n;
    row->skill[baseline] = 1 - error / theirs;
    find_skill_low(c, baseline, row);
}

/* Means of the score of the prediction and of both baselines; NaN where one point has none. */
static void find_crps(const struct column *c, double out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_prediction *p = &c->points[i];
        const double mean[] = {p->predicted, p->nothing, p->usual};
        for (int k = 0; k < 3; k++)
            out[k] += hs_crps_normal(p->actual, mean[k], p->spread[k]) / (double)c->n;
    }
}

/* How well one rule is predicted: error, and skill against "nothing changes" and "the usual
 * move". */
static struct hs_backtest_row row_of(const struct column *c)
{
    struct hs_backtest_row row = {.rule = c->rule->id, .unit = c->rule->unit, .pairs = (int)c->n};
    const struct hs_lesson_of_pairs l = hs_predict_learn(c->points, c->n, SIZE_MAX, c->rule->jnd);
    row.weight = l.weight;
    row.bias = l.offset;
    row.spread = l.spread;
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_prediction *p = &c->points[i];
        row.error += fabs(p->predicted - p->actual) / (double)c->n;
        row.error_of_chain += fabs(p->chain - p->actual) / (double)c->n;
    }
    for (int k = 0; k < 2; k++)
        find_skill(c, k, &row);
    find_crps(c, row.crps);
    row.proven = row.pairs >= HS_ENOUGH_TO_FORESEE && row.skill_low[0] > 0 && row.skill_low[1] > 0;
    return row;
}

/* What is counted over all rules: predicted chances, those of the rule's rate among the other
 * pairs, and what came. */
struct counted {
    double *chance, *rate;
    bool *came;
    size_t n;
};

/* Counts one prediction of a fault that the mix has not: a chance of one half or more says that it
 * comes. Rules with two sides are left out. */
static void count_point(const struct hs_prediction *p, double rate, struct hs_backtest *b,
                        struct counted *all)
{
    const bool said = p->chance >= 0.5;
    if (p->in_mix || !(fabs(p->side) > 0) || !isfinite(p->chance))
        return;
    b->faults += p->fault;
    b->sound += !p->fault;
    b->foreseen += p->fault && said;
    b->false_alarms += !p->fault && said;
    b->foreseen_by_usual += p->fault && p->side * (p->usual - p->limit) > 0;
    all->chance[all->n] = p->chance;
    all->rate[all->n] = rate;
    all->came[all->n++] = p->fault;
}

/* Counts all points of a rule; the rate that each is scored against leaves out the point itself. */
static void count_column(const struct column *c, struct hs_backtest *b, struct counted *all)
{
    int faults = 0, sound = 0;
    for (size_t i = 0; i < c->n; i++)
        if (!c->points[i].in_mix) {
            faults += c->points[i].fault;
            sound += !c->points[i].fault;
        }
    for (size_t i = 0; i < c->n; i++) {
        int others = faults + sound - 1;
        double rate = others > 0 ? (double)(faults - c->points[i].fault) / others : 0;
        count_point(&c->points[i], rate, b, all);
    }
}

static void take_interval(int k, int n, double out[2])
{
    struct hs_interval i = hs_wilson(k, n, 0.95);
    out[0] = i.low;
    out[1] = i.high;
}

/* Sums of the whole: skill, share predicted, false alarms, calibration of the chances. */
static void conclude(struct hs_backtest *b, const struct counted *all)
{
    double *skill = HS_NEW_ARRAY(double, b->n_rows + 1);
    size_t n = 0;
    for (size_t i = 0; i < b->n_rows; i++) {
        double least = fmin(b->rows[i].skill[0], b->rows[i].skill[1]);
        if (isfinite(least))
            skill[n++] = least;
    }
    b->skill = n ? hs_median(skill, n) : NAN;
    hs_free(skill);
    take_interval(b->foreseen, b->faults, b->foreseen_interval);
    take_interval(b->false_alarms, b->sound, b->alarm_interval);
    b->calibrated = b->pairs >= ENOUGH_TO_CALIBRATE;
    b->brier = hs_brier(all->chance, all->came, all->n);
    double climatology = hs_brier(all->rate, all->came, all->n);
    b->brier_skill = climatology > 0 ? 1 - b->brier / climatology : NAN;
    hs_calibrate(all->chance, all->came, all->n, b->bins);
}

/* What a preview says of a mix that was hardly touched should be nothing. */
static void count_pairs(const struct hs_audit *audit, struct hs_backtest *b)
{
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_preview_target *t = target_of(&audit->tracks[i]);
        if (!t)
            continue;
        bool hardly = hardly_mastered(&audit->tracks[i]);
        b->pairs += !hardly;
        b->hardly_mastered += hardly;
        for (size_t r = 0; hardly && r < t->n_standings; r++)
            b->alarms_unmastered += t->standings[r].fault && t->standings[r].mix_to_limit < 1;
    }
}

/* Each pair is predicted from those of other releases, then compared with its master. */
void hs_backtest_make(struct hs_audit *audit)
{
    struct hs_arena scratch = {0};
    size_t n_rules = hs_rule_count(), most = n_rules * audit->job->n_tracks + 1;
    if (!audit->job->preview)
        return;
    struct counted all = {.chance = HS_NEW_ARRAY(double, most),
                          .rate = HS_NEW_ARRAY(double, most),
                          .came = HS_NEW_ARRAY(bool, most)};
    struct hs_backtest *b = HS_ARENA_NEW(&audit->arena, struct hs_backtest);
    b->rows = HS_ARENA_ARRAY(&audit->arena, struct hs_backtest_row, n_rules + 1);
    count_pairs(audit, b);
    for (size_t r = 0; r < n_rules; r++) {
        struct column c = take_column(audit, r, &scratch);
        if (!c.n)
            continue;
        hs_predict_all(c.points, c.n, c.rule->jnd);
        b->rows[b->n_rows++] = row_of(&c);
        count_column(&c, b, &all);
    }
    conclude(b, &all);
    audit->backtest = b;
    hs_free(all.chance);
    hs_free(all.rate);
    hs_free(all.came);
    hs_arena_free(&scratch);
}

const struct hs_backtest_row *hs_backtest_row_of(const struct hs_backtest *b, const char *rule)
{
    for (size_t i = 0; b && i < b->n_rows; i++)
        if (hs_same_rule(b->rows[i].rule, rule))
            return &b->rows[i];
    return NULL;
}
