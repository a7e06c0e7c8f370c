/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preview: the chain that was used, each target with what was reached and what the rules found
 * there, from which loudness on each fault appears, how loud the mix can be made, and the steps
 * for the mix. Where a back-test of this catalogue exists, the shares that came true stand beside
 * the forecast. The back-test itself has one row a rule.
 */
#include "report/json_preview.h"

#include "catalogue/backtest.h"
#include "preview/preview.h"
#include "report/json_finding.h"

#include <math.h>

/* What each rule reads of the preview at this target, and how far its limit is. */
static void put_values(struct hs_json *j, const struct hs_preview_target *t)
{
    hs_json_array(j, "values");
    for (size_t i = 0; i < t->n_standings; i++) {
        const struct hs_standing *s = &t->standings[i];
        if (!s->rule)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, "rule", s->rule);
        hs_json_number(j, "value", s->value);
        hs_json_number(j, "mix_value", s->mix_value);
        hs_json_number(j, "limit", s->limit);
        hs_json_number(j, "to_limit", s->to_limit);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* One target: loudness asked for and reached, gain, reduction of the limiter, the bands whose peaks
 * hold the gain back, and findings. */
static void put_target(struct hs_json *j, const struct hs_preview_target *t)
{
    hs_json_object(j, NULL);
    hs_json_number(j, "target", t->target_lufs);
    hs_json_number(j, "reached", t->reached_lufs);
    hs_json_text(j, "why", t->reach == HS_PREVIEW_REACHED ? NULL : hs_preview_reach_name(t->reach));
    hs_json_bool(j, "of_master", t->of_master);
    hs_json_number(j, "gain_db", t->gain_db);
    hs_json_number(j, "clip_db", t->clip_db);
    hs_json_object(j, "gr_db");
    hs_json_number(j, "p50", t->gr_p50_db);
    hs_json_number(j, "p95", t->gr_p95_db);
    hs_json_number(j, "max", t->gr_max_db);
    hs_json_object_end(j);
    hs_json_number(j, "plr_db", t->plr_db);
    hs_json_object(j, "holds_gain");
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++)
        hs_json_number(j, hs_preview_band_name(b), t->holds[b]);
    hs_json_object_end(j);
    hs_json_put_findings(j, "findings", t->findings, t->n_findings);
    put_values(j, t);
    hs_json_object_end(j);
}

/* From which loudness on a rule finds a fault. The tier is `inferred` only where the back-test has
 * proven the forecast for this rule. */
static void put_first(struct hs_json *j, const struct hs_first_fault *f,
                      const struct hs_backtest *b)
{
    const struct hs_backtest_row *row = hs_backtest_row_of(b, f->rule);
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", f->rule);
    hs_json_number(j, "from_lufs", f->from_lufs);
    hs_json_numbers(j, "range", f->range, 2);
    hs_json_bool(j, "in_mix", f->in_mix);
    hs_json_number(j, "until_lufs", f->until_lufs);
    hs_json_text(j, "tier", hs_tier_name(row && row->proven ? HS_INFERRED : HS_INDICATION));
    hs_json_text(j, "why", f->why);
    hs_json_object_end(j);
}

static void put_steps(struct hs_json *j, const char *key, const struct hs_mix_step *steps, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "rule", steps[i].rule);
        hs_json_text(j, "words", steps[i].words);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

static void put_short_backtest(struct hs_json *j, const struct hs_backtest *b)
{
    hs_json_object(j, "backtest");
    hs_json_number(j, "pairs", b ? b->pairs : 0);
    hs_json_number(j, "skill", b ? b->skill : NAN);
    hs_json_object_end(j);
}

/* The reference mastering that all targets share. */
static void put_chain(struct hs_json *j, const struct hs_preview *p)
{
    hs_json_text(j, "chain", hs_preview_chain);
    hs_json_number(j, "mix_lufs", p->mix_lufs);
    if (p->has_eq)
        hs_json_numbers(j, "eq_db", p->eq_db, HS_BANDS);
    else
        hs_json_null(j, "eq_db");
    hs_json_object(j, "compressor");
    hs_json_number(j, "threshold_db", p->threshold_db);
    hs_json_number(j, "gr_p95_db", p->compressor_p95_db);
    hs_json_object_end(j);
}

/* null where no preview was asked for. */
void hs_json_put_preview(struct hs_json *j, const char *key, const struct hs_preview *p,
                         const struct hs_backtest *b)
{
    if (!p) {
        hs_json_null(j, key);
        return;
    }
    hs_json_object(j, key);
    hs_json_text(j, "why", p->why);
    hs_json_texts(j, "warnings", p->warnings, p->n_warnings);
    put_chain(j, p);
    hs_json_array(j, "targets");
    for (size_t i = 0; i < p->n_targets; i++)
        put_target(j, &p->targets[i]);
    hs_json_array_end(j);
    hs_json_array(j, "first_fault");
    for (size_t i = 0; i < p->n_first; i++)
        put_first(j, &p->first[i], b);
    hs_json_array_end(j);
    hs_json_number(j, "carries_lufs", p->carries_lufs);
    hs_json_text(j, "carries_why", isfinite(p->carries_lufs) ? p->carries_why : NULL);
    put_steps(j, "plan", p->plan, p->n_plan);
    put_steps(j, "asks", p->asks, p->n_asks);
    put_short_backtest(j, b);
    hs_json_object_end(j);
}

/* One rule of the back-test: errors of the forecast and of two baselines, skill, bias, spread and
 * CRPS. */
static void put_row(struct hs_json *j, const struct hs_backtest_row *r)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", r->rule);
    hs_json_text(j, "unit", r->unit);
    hs_json_number(j, "pairs", r->pairs);
    hs_json_number(j, "releases", r->releases);
    hs_json_number(j, "error", r->error);
    hs_json_numbers(j, "error_of_baselines", r->baseline, 2);
    hs_json_numbers(j, "skill", r->skill, 2);
    hs_json_numbers(j, "skill_low", r->skill_low, 2);
    hs_json_number(j, "error_of_chain", r->error_of_chain);
    hs_json_number(j, "weight", r->weight);
    hs_json_number(j, "bias", r->bias);
    hs_json_number(j, "spread", r->spread);
    hs_json_number(j, "crps", r->crps[0]);
    hs_json_numbers(j, "crps_of_baselines", r->crps + 1, 2);
    hs_json_bool(j, "proven", r->proven);
    hs_json_object_end(j);
}

/* Forecast probabilities in bins against what came true; null with too few pairs. */
static void put_calibration(struct hs_json *j, const struct hs_backtest *b)
{
    if (!b->calibrated) {
        hs_json_null(j, "calibration");
        return;
    }
    hs_json_array(j, "calibration");
    for (size_t i = 0; i < HS_CALIBRATION_BINS; i++) {
        hs_json_object(j, NULL);
        hs_json_number(j, "n", b->bins[i].n);
        hs_json_number(j, "predicted", b->bins[i].predicted);
        hs_json_number(j, "observed", b->bins[i].observed);
        hs_json_numbers(j, "interval", b->bins[i].interval, 2);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* null where there is no pair to try previews on. */
void hs_json_put_backtest(struct hs_json *j, const char *key, const struct hs_backtest *b)
{
    if (!b) {
        hs_json_null(j, key);
        return;
    }
    hs_json_object(j, key);
    hs_json_number(j, "pairs", b->pairs);
    hs_json_number(j, "hardly_mastered", b->hardly_mastered);
    hs_json_number(j, "alarms_hardly_mastered", b->alarms_unmastered);
    hs_json_number(j, "skill", b->skill);
    hs_json_number(j, "faults", b->faults);
    hs_json_number(j, "foreseen", b->foreseen);
    hs_json_numbers(j, "foreseen_interval", b->foreseen_interval, 2);
    hs_json_number(j, "sound", b->sound);
    hs_json_number(j, "false_alarms", b->false_alarms);
    hs_json_numbers(j, "alarm_interval", b->alarm_interval, 2);
    hs_json_number(j, "foreseen_by_usual", b->foreseen_by_usual);
    hs_json_number(j, "brier", b->brier);
    hs_json_number(j, "brier_skill", b->brier_skill);
    put_calibration(j, b);
    hs_json_array(j, "rules");
    for (size_t i = 0; i < b->n_rows; i++)
        put_row(j, &b->rows[i]);
    hs_json_array_end(j);
    hs_json_object_end(j);
}
