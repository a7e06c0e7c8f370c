/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/backtest.h"

#include "catalogue/clustered.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/rule.h"

#include <math.h>
#include <stdint.h>

static const double hardly_db = 1;   /* of PLR */
static const double missed_lu = 0.5; /* a target that was not reached says nothing */
static const double prior_pairs = 8, prior_steps = 2;
enum { ENOUGH_RELEASES = 5, ENOUGH_TO_CALIBRATE = 30 };

/* One pair on one rule. */
struct point {
    size_t release;
    double predicted, actual, mix; /* on the scale of the master */
    double usual;                  /* mix and the usual move of the other releases; NaN */
    double limit, side;
    bool fault, in_mix;
    double chance; /* predicted, of the fault */
};

/* All points of one rule. */
struct column {
    const struct hs_rule *rule;
    const char *unit;
    struct point *points;
    size_t n;
};

static double plr(const struct hs_file *f)
{
    return hs_values_or_nan(&f->values, "plr_db");
}

static const struct hs_preview_target *target_of(const struct hs_track_result *t)
{
    const struct hs_preview *p = t->foretold;
    if (!p || !p->there || !p->actual || !p->n_targets)
        return NULL;
    const struct hs_preview_target *target = &p->targets[0];
    return fabs(target->reached_lufs - target->target_lufs) <= missed_lu ? target : NULL;
}

static bool hardly_mastered(const struct hs_track_result *t)
{
    return fabs(plr(&t->master) - plr(&t->mix)) <= hardly_db;
}

static bool take_point(const struct hs_track_result *t, size_t rule, struct point *out)
{
    const struct hs_preview_target *target = target_of(t);
    const struct hs_stance *now = &target->stances[rule], *then = &t->foretold->actual[rule];
    if (!now->rule || !then->rule || !isfinite(now->mix_value) || !isfinite(then->mix_value))
        return false;
    *out = (struct point){.release = t->track->release,
                          .predicted = then->mix_value + now->value - now->mix_value,
                          .actual = then->value,
                          .mix = then->mix_value,
                          .usual = NAN,
                          .limit = then->limit,
                          .side = hs_rule_at(rule)->thresholds ? 1 : hs_rule_at(rule)->side,
                          .fault = then->fault && then->mix_to_limit < 1,
                          .in_mix = then->mix_to_limit >= 1};
    return true;
}

static struct column take_column(const struct hs_audit *audit, size_t rule, struct hs_arena *arena)
{
    size_t n = audit->job->n_tracks;
    struct column c = {.rule = hs_rule_at(rule),
                       .unit = hs_rule_at(rule)->unit,
                       .points = HS_ARENA_ARRAY(arena, struct point, n + 1)};
    for (size_t i = 0; i < n; i++) {
        const struct hs_track_result *t = &audit->tracks[i];
        if (target_of(t) && !hardly_mastered(t) && take_point(t, rule, &c.points[c.n]))
            c.n++;
    }
    return c;
}

/* The median move of the pairs of other releases. */
static double usual_move(const struct column *c, size_t release, double *scratch)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->points[i].release != release)
            scratch[n++] = c->points[i].actual - c->points[i].mix;
    return n ? hs_median(scratch, n) : NAN;
}

/* Centre and spread of what was missed, of all releases but one (SIZE_MAX: of all), shrunk. */
static void residual(const struct column *c, size_t release, double *bias, double *spread)
{
    double n = 0, sum = 0, square = 0, prior = prior_steps * c->rule->jnd;
    for (size_t i = 0; i < c->n; i++)
        if (c->points[i].release != release) {
            double e = c->points[i].actual - c->points[i].predicted;
            n++;
            sum += e;
            square += e * e;
        }
    double mean = n > 0 ? sum / n : 0, variance = n > 1 ? (square - n * mean * mean) / (n - 1) : 0;
    *bias = mean * n / (n + prior_pairs);
    *spread = sqrt((n * variance + prior_pairs * prior * prior) / (n + prior_pairs));
}

static void foretell(struct column *c)
{
    double *scratch = HS_NEW_ARRAY(double, c->n + 1);
    for (size_t i = 0; i < c->n; i++) {
        struct point *p = &c->points[i];
        double bias, spread;
        residual(c, p->release, &bias, &spread);
        p->usual = p->mix + usual_move(c, p->release, scratch);
        p->chance = hs_normal_cdf(p->side * (p->predicted + bias - p->limit) / spread);
    }
    hs_free(scratch);
}

static double missed(const struct point *p, int baseline)
{
    return fabs((baseline ? p->usual : p->mix) - p->actual);
}

/* Skill against one baseline; its interval from the means of releases, of 5 at least. */
static void find_skill(const struct column *c, int baseline, struct hs_backtest_row *row)
{
    double error = 0, theirs = 0, mean = 0, square = 0;
    int n = 0, releases = 0;
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
    for (size_t i = 0; i < c->n; i++) {
        double gain = 0, in_release = 0;
        bool first = true;
        for (size_t k = 0; k < c->n; k++) {
            const struct point *p = &c->points[k];
            if (p->release != c->points[i].release || !isfinite(missed(p, baseline)))
                continue;
            first &= k >= i;
            gain += missed(p, baseline) - fabs(p->predicted - p->actual);
            in_release++;
        }
        if (!first || in_release == 0)
            continue;
        gain /= in_release;
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

static struct hs_backtest_row row_of(const struct column *c)
{
    struct hs_backtest_row row = {.rule = c->rule->id, .unit = c->unit, .pairs = (int)c->n};
    for (size_t i = 0; i < c->n; i++)
        row.error += fabs(c->points[i].predicted - c->points[i].actual) / (double)c->n;
    for (int k = 0; k < 2; k++)
        find_skill(c, k, &row);
    residual(c, SIZE_MAX, &row.bias, &row.spread);
    row.proven = row.pairs >= HS_ENOUGH_TO_FORESEE && row.skill_low[0] > 0 && row.skill_low[1] > 0;
    return row;
}

/* What is counted over all rules. */
struct score {
    double brier, climatology;
    int n;
    int in_bin[HS_CALIBRATION_BINS], came[HS_CALIBRATION_BINS];
    double chance[HS_CALIBRATION_BINS];
};

static void count_point(const struct column *c, size_t i, double others, struct hs_backtest *b,
                        struct score *s)
{
    const struct point *p = &c->points[i];
    const bool said = p->chance >= 0.5;
    if (p->in_mix || !(fabs(p->side) > 0) || !isfinite(p->chance))
        return;
    b->faults += p->fault;
    b->sound += !p->fault;
    b->foreseen += p->fault && said;
    b->false_alarms += !p->fault && said;
    b->foreseen_by_usual += p->fault && p->side * (p->usual - p->limit) > 0;
    size_t bin = (size_t)fmin(p->chance * HS_CALIBRATION_BINS, HS_CALIBRATION_BINS - 1);
    double came = p->fault;
    s->in_bin[bin]++;
    s->came[bin] += p->fault;
    s->chance[bin] += p->chance;
    s->brier += (p->chance - came) * (p->chance - came);
    s->climatology += (others - came) * (others - came);
    s->n++;
}

static void count_column(const struct column *c, struct hs_backtest *b, struct score *s)
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
        count_point(c, i, rate, b, s);
    }
}

static void take_interval(int k, int n, double out[2])
{
    struct hs_interval i = hs_wilson(k, n, 0.95);
    out[0] = i.low;
    out[1] = i.high;
}

static void conclude(struct hs_backtest *b, const struct score *s)
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
    b->brier = s->n ? s->brier / s->n : NAN;
    b->brier_skill = s->climatology > 0 ? 1 - s->brier / s->climatology : NAN;
    for (size_t i = 0; i < HS_CALIBRATION_BINS; i++) {
        struct hs_calibration_bin *bin = &b->bins[i];
        *bin = (struct hs_calibration_bin){s->in_bin[i], NAN, NAN, {NAN, NAN}};
        if (!bin->n)
            continue;
        bin->predicted = s->chance[i] / bin->n;
        bin->observed = (double)s->came[i] / bin->n;
        take_interval(s->came[i], bin->n, bin->interval);
    }
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
        for (size_t r = 0; hardly && r < t->n_stances; r++)
            b->alarms_unmastered += t->stances[r].fault && t->stances[r].mix_to_limit < 1;
    }
}

void hs_backtest_make(struct hs_audit *audit)
{
    struct hs_arena scratch = {0};
    struct score s = {0};
    size_t n_rules = hs_rule_count();
    if (!audit->job->preview)
        return;
    struct hs_backtest *b = HS_ARENA_NEW(&audit->arena, struct hs_backtest);
    b->rows = HS_ARENA_ARRAY(&audit->arena, struct hs_backtest_row, n_rules + 1);
    count_pairs(audit, b);
    for (size_t r = 0; r < n_rules; r++) {
        struct column c = take_column(audit, r, &scratch);
        if (!c.n)
            continue;
        foretell(&c);
        b->rows[b->n_rows++] = row_of(&c);
        count_column(&c, b, &s);
    }
    conclude(b, &s);
    audit->backtest = b;
    hs_arena_free(&scratch);
}

const struct hs_backtest_row *hs_backtest_row_of(const struct hs_backtest *b, const char *rule)
{
    for (size_t i = 0; b && i < b->n_rows; i++)
        if (hs_same_rule(b->rows[i].rule, rule))
            return &b->rows[i];
    return NULL;
}
