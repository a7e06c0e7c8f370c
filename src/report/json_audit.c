/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.json in the order of docs/audit.schema.json: head, one object a track, then what recurs,
 * habits, the short list, releases, unfinished work, back-test and trust. The parts are separate
 * functions so that report.c writes them one by one and memory does not grow with the catalogue.
 */
#include "report/json_audit.h"

#include "catalogue/advice.h"
#include "report/json.h"
#include "report/json_file.h"
#include "report/json_finding.h"
#include "report/json_habits.h"
#include "report/json_preview.h"
#include "report/json_survival.h"

#include <math.h>

static void put_tick(struct hs_json *j, const char *key, enum hs_answer tick)
{
    if (tick == HS_ANSWER_NULL)
        hs_json_null(j, key);
    else if (tick == HS_ANSWER_NOT_APPLICABLE)
        hs_json_text(j, key, "not_applicable");
    else
        hs_json_bool(j, key, tick == HS_ANSWER_YES);
}

static void put_not_judged(struct hs_json *j, const struct hs_track_result *t)
{
    hs_json_array(j, "not_judged");
    for (size_t i = 0; i < t->n_not_judged; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "rule", t->not_judged[i].rule);
        hs_json_text(j, "why", t->not_judged[i].why);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* The engineer's own list; what was measured but not heard stands in the findings. */
static void put_heard(struct hs_json *j, const struct hs_track_result *t)
{
    hs_json_array(j, "heard");
    for (size_t i = 0; i < t->n_ticks; i++) {
        const struct hs_ear_note *row = &t->ticks[i];
        if (!row->note)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, "note", row->note);
        hs_json_text(j, "rule", row->rule);
        put_tick(j, "in_master", row->in_master);
        put_tick(j, "in_mix", row->in_mix);
        put_tick(j, "heard_in_master", row->heard_master);
        put_tick(j, "heard_in_mix", row->heard_mix);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

static void put_instrument(struct hs_json *j, const struct hs_instrument *in)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "role", hs_stem_role_name(in->role));
    hs_json_text(j, "name", in->name);
    hs_json_text(j, "source", hs_stem_origin_name(in->origin));
    hs_json_text(j, "in", hs_stem_side_name(in->side));
    hs_json_number(j, "polarity", in->polarity ? in->polarity : NAN);
    for (int i = 0; i < HS_N_INSTRUMENT_NUMBERS; i++)
        hs_json_number(j, hs_instrument_rows[i].key, in->number[i]);
    hs_json_object(j, "tone_db");
    for (int i = 0; i < HS_STEM_ZONES; i++)
        hs_json_number(j, hs_stem_zone_names[i], in->tone_db[i]);
    hs_json_object_end(j);
    hs_json_array(j, "course_lu");
    for (size_t i = 0; i < in->n_course; i++)
        hs_json_number(j, NULL, (double)in->course_lu[i]);
    hs_json_array_end(j);
    hs_json_text(j, "why", in->why);
    hs_json_object_end(j);
}

static void put_fits(struct hs_json *j, const struct hs_instruments *all)
{
    for (int s = 0; all && s < HS_STEM_SIDES; s++) {
        if (!all->fit[s].tried)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, "in", hs_stem_side_name((enum hs_stem_side)s));
        hs_json_number(j, "residual_db", all->fit[s].residual_db);
        hs_json_number(j, "window_s", all->fit[s].window_s);
        hs_json_text(j, "missing", all->fit[s].missing);
        hs_json_text(j, "why", all->fit[s].why);
        hs_json_object_end(j);
    }
}

/* Stems that were given are fitted in mix and master at once, those of a separator in each file
 * alone. */
static void put_list(struct hs_json *j, const char *key, const struct hs_track_result *t)
{
    const struct hs_instruments *sides[] = {t->mix.instruments, t->master.instruments};
    hs_json_array(j, key);
    for (int s = 0; s < (sides[0] == sides[1] ? 1 : 2); s++)
        for (size_t i = 0; sides[s] && i < sides[s]->n; i++)
            put_instrument(j, &sides[s]->items[i]);
    hs_json_array_end(j);
}

void hs_json_instruments(const struct hs_track_result *t, struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    put_list(&j, NULL, t);
}

/* What stems show of the mix and of the master, and what they leave. */
static void put_instruments(struct hs_json *j, const struct hs_track_result *t)
{
    const struct hs_instruments *sides[] = {t->mix.instruments, t->master.instruments};
    double residual_db = NAN;
    if (sides[0] == sides[1])
        sides[1] = NULL;
    put_list(j, "instruments", t);
    hs_json_array(j, "stems_fit");
    for (int s = 0; s < 2; s++)
        put_fits(j, sides[s]);
    hs_json_array_end(j);
    for (int s = 0; s < 2; s++)
        for (int k = HS_STEM_SIDES; sides[s] && k-- > 0;)
            if (isnan(residual_db) && sides[s]->fit[k].tried)
                residual_db = sides[s]->fit[k].residual_db;
    hs_json_number(j, "stems_residual_db", residual_db);
}

static void put_track(struct hs_json *j, const struct hs_audit *audit,
                      const struct hs_track_result *t)
{
    const struct hs_release *release = &audit->job->releases[t->track->release];
    hs_json_object(j, NULL);
    hs_json_text(j, "id", t->track->id);
    hs_json_text(j, "title", t->track->title);
    hs_json_text(j, "release", release->title);
    hs_json_number(j, "year", t->track->year ? t->track->year : NAN);
    hs_json_put_file(j, "master", &t->master);
    hs_json_put_file(j, "mix", &t->mix);
    hs_json_put_pair(j, "pair", &t->pair);
    hs_json_put_findings(j, "findings", t->findings, t->n_findings);
    put_not_judged(j, t);
    put_heard(j, t);
    put_instruments(j, t);
    hs_json_put_survival(j, audit, t);
    if (t->preview)
        hs_json_put_preview(j, "preview", t->preview, audit->backtest);
    hs_json_object_end(j);
}

static void put_interval(struct hs_json *j, const char *key, struct hs_interval x)
{
    hs_json_numbers(j, key, (double[]){x.low, x.high}, 2);
}

static void put_trend(struct hs_json *j, const struct hs_trend *t)
{
    hs_json_object(j, "trend");
    hs_json_text(j, "direction", hs_direction_name(t->direction));
    hs_json_number(j, "p", t->p);
    hs_json_number(j, "q", t->q);
    hs_json_text(j, "basis", hs_basis_name(t->basis));
    hs_json_text(j, "why", t->why);
    hs_json_number(j, "rate_z", t->rate_z);
    hs_json_number(j, "slope_per_year", t->slope_per_year);
    put_interval(j, "slope_interval", t->slope_interval);
    hs_json_number(j, "slope_p", t->slope_p);
    hs_json_number(j, "industry_slope_per_year", t->industry_slope_per_year);
    hs_json_number(j, "n_releases", t->n_releases);
    put_interval(j, "span_interval", t->span_interval);
    hs_json_number(j, "span_years", t->span_years);
    hs_json_object_end(j);
}

static void put_association(struct hs_json *j, const struct hs_association *a)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "factor", a->factor);
    hs_json_text(j, "level", a->level);
    hs_json_number(j, "q", a->q);
    hs_json_number(j, "odds_log10", a->log_odds / log(10));
    hs_json_bool(j, "more", a->more);
    hs_json_number(j, "pooled", a->pooled);
    put_interval(j, "pooled_interval", a->pooled_interval);
    hs_json_number(j, "p", a->p);
    hs_json_number(j, "faulty", a->faulty);
    hs_json_number(j, "judged", a->judged);
    hs_json_number(j, "faulty_else", a->faulty_else);
    hs_json_number(j, "judged_else", a->judged_else);
    put_interval(j, "interval", a->interval);
    hs_json_number(j, "releases", a->releases);
    hs_json_number(j, "odds_ratio", a->odds_ratio);
    hs_json_text(j, "why", a->why);
    hs_json_text(j, "aliased_with", a->aliased_with);
    hs_json_object_end(j);
}

static void put_origins(struct hs_json *j, const int origins[HS_N_ORIGINS])
{
    static const enum hs_origin order[] = {HS_ORIGIN_MIX,       HS_ORIGIN_WORSENED, HS_ORIGIN_EASED,
                                           HS_ORIGIN_MASTERING, HS_ORIGIN_EXPOSED,  HS_ORIGIN_CURED,
                                           HS_ORIGIN_CANNOT_SAY};
    hs_json_object(j, "origins");
    for (size_t i = 0; i < HS_N_ORIGINS; i++)
        hs_json_number(j, hs_origin_name(order[i]), origins[order[i]]);
    hs_json_object_end(j);
}

static void put_examples(struct hs_json *j, const char *key, const struct hs_audit *audit,
                         const struct hs_example *e, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "track", audit->tracks[e[i].track].track->id);
        hs_json_number(j, "value", e[i].value);
        hs_json_number(j, "steps", e[i].steps);
        hs_json_put_spans(j, "times", e[i].times, e[i].n_times);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* null where no engineer's list says anything about the rule. */
static void put_agreement(struct hs_json *j, const char *key, const struct hs_agreement *a)
{
    if (!(a->both + a->ear_only + a->machine_only + a->neither)) {
        hs_json_null(j, key);
        return;
    }
    hs_json_object(j, key);
    hs_json_number(j, "both", a->both);
    hs_json_number(j, "ear_only", a->ear_only);
    hs_json_number(j, "machine_only", a->machine_only);
    hs_json_number(j, "neither", a->neither);
    hs_json_number(j, "kappa", a->kappa);
    put_interval(j, "agreed", a->agreed);
    hs_json_object_end(j);
}

/* null where no change is shown. */
static void put_since(struct hs_json *j, const struct hs_audit *audit, const struct hs_since *s)
{
    if (!hs_since_shown(s)) {
        hs_json_null(j, "since");
        return;
    }
    const struct hs_release *release = &audit->job->releases[s->at];
    hs_json_object(j, "since");
    hs_json_number(j, "year", release->year);
    hs_json_text(j, "release", release->title);
    hs_json_text(j, "not_before", audit->job->releases[s->not_before].title);
    hs_json_number(j, "q", s->q);
    hs_json_text(j, "kind", s->began ? "began" : "ended");
    hs_json_object_end(j);
}

static void put_evidence(struct hs_json *j, const struct hs_audit *audit,
                         const struct hs_evidence_row *r)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "evidence", hs_evidence_name(r->evidence));
    hs_json_text(j, "verdict", hs_verdict_name(r->verdict));
    hs_json_text(j, "strength", hs_strength_name(r->strength));
    hs_json_number(j, "faulty", r->faulty);
    hs_json_number(j, "judged", r->judged);
    hs_json_number(j, "rate", r->rate);
    put_interval(j, "interval", r->interval);
    hs_json_number(j, "base_rate", r->base_rate);
    hs_json_text(j, "against", hs_against_name(r->evidence, r->own_references));
    hs_json_number(j, "releases", r->releases);
    hs_json_number(j, "releases_judged", r->releases_judged);
    hs_json_number(j, "q", r->q);
    hs_json_number(j, "q_count", r->q_count);
    hs_json_number(j, "odds_log10", r->log_odds / log(10));
    put_since(j, audit, &r->since);
    hs_json_object_end(j);
}

/* Keys by kind of group, and of its name. */
static const char *const group_keys[HS_N_GROUPINGS][2] = {
    {"by_artist", "artist"}, {"by_mastered_by", "mastered_by"}, {"by_studio", "studio"}};

static void put_groups(struct hs_json *j, const struct hs_recurrence *r, enum hs_grouping by)
{
    hs_json_array(j, group_keys[by][0]);
    for (size_t i = 0; i < r->n_groups; i++) {
        const struct hs_group *g = &r->groups[i];
        if (g->by != by)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, group_keys[by][1], g->name);
        hs_json_text(j, "verdict", hs_verdict_name(g->row->verdict));
        hs_json_number(j, "faulty", g->row->faulty);
        hs_json_number(j, "judged", g->row->judged);
        hs_json_number(j, "rate", g->row->rate);
        put_interval(j, "interval", g->row->interval);
        hs_json_number(j, "q", g->row->q);
        hs_json_number(j, "q_count", g->row->q_count);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* Everything that stands on the page of a rule. `interval_clustered` is kept for readers of
 * older files. */
static void put_recurrence(struct hs_json *j, const struct hs_audit *audit,
                           const struct hs_recurrence *r)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", r->rule);
    hs_json_text(j, "verdict", hs_verdict_name(r->verdict));
    hs_json_bool(j, "recurring", r->recurring);
    hs_json_text(j, "evidence", hs_evidence_name(r->evidence));
    hs_json_text(j, "strength", hs_strength_name(r->strength));
    hs_json_number(j, "faulty", r->faulty);
    hs_json_number(j, "judged", r->judged);
    hs_json_number(j, "rate", r->rate);
    put_interval(j, "interval", r->interval);
    put_interval(j, "interval_clustered", r->interval);
    hs_json_number(j, "base_rate", r->base_rate);
    hs_json_text(j, "against", hs_against_name(r->evidence, r->own_references));
    hs_json_number(j, "q", r->q);
    hs_json_number(j, "q_count", r->q_count);
    hs_json_number(j, "odds_log10", r->log_odds / log(10));
    put_since(j, audit, &r->since);
    hs_json_array(j, "rows");
    for (size_t i = 0; i < r->n_rows; i++)
        put_evidence(j, audit, r->rows[i]);
    hs_json_array_end(j);
    for (int by = 0; by < HS_N_GROUPINGS; by++)
        put_groups(j, r, (enum hs_grouping)by);
    put_origins(j, r->origins);
    put_trend(j, &r->trend);
    hs_json_array(j, "associations");
    for (size_t i = 0; i < r->n_associations; i++)
        put_association(j, &r->associations[i]);
    hs_json_array_end(j);
    hs_json_text(j, "why_not", r->why_not);
    hs_json_text(j, "reading", hs_pattern_name(r->reading));
    hs_json_number(j, "p", r->p);
    hs_json_number(j, "base_n", r->base_n);
    hs_json_number(j, "by_pair_only", r->by_pair_only);
    hs_json_number(j, "releases", r->releases);
    hs_json_number(j, "shift", r->shift);
    put_interval(j, "shift_interval", r->shift_interval);
    hs_json_number(j, "shift_p", r->shift_p);
    hs_json_text(j, "unit", r->unit);
    hs_json_text(j, "habit", hs_habit_name(r->habit));
    hs_json_text(j, "words", r->words);
    hs_json_number(j, "base_fired", r->base_fired);
    put_examples(j, "worst", audit, r->worst, r->n_worst);
    put_examples(j, "best", audit, r->best, r->n_best);
    put_agreement(j, "agreement", &r->in_master);
    put_agreement(j, "agreement_mix", &r->in_mix);
    hs_json_object_end(j);
}

static void put_plan(struct hs_json *j, const struct hs_audit *audit,
                     const struct hs_shortlist_row *row)
{
    hs_json_array(j, "plan");
    for (size_t i = 0; i < row->n_plan; i++) {
        const struct hs_plan_step *s = &row->plan[i];
        hs_json_object(j, NULL);
        hs_json_text(j, "rule", audit->tracks[row->track].findings[s->finding].rule);
        hs_json_text(j, "where", hs_place_name(s->where));
        hs_json_number(j, "now", s->now);
        hs_json_number(j, "planned", s->planned);
        hs_json_number(j, "planned_most", s->planned_most);
        hs_json_number(j, "tolerance", s->tolerance);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

static void put_advice(struct hs_json *j, const struct hs_audit *audit,
                       const struct hs_shortlist_row *row)
{
    struct hs_arena scratch = {0};
    struct hs_advice advice;
    hs_advice_make(audit, row, &scratch, &advice);
    hs_json_texts(j, "leave_alone", advice.leave_alone, advice.n_leave_alone);
    hs_json_texts(j, "questions", advice.questions, advice.n_questions);
    hs_arena_free(&scratch);
}

static void put_listed(struct hs_json *j, const struct hs_audit *audit,
                       const struct hs_shortlist_row *row)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "track", audit->tracks[row->track].track->id);
    hs_json_number(j, "rank", row->rank ? row->rank : NAN);
    hs_json_number(j, "priority", row->priority);
    hs_json_text(j, "action", hs_action_name(row->action));
    hs_json_text(j, "tier", hs_tier_name(row->tier));
    hs_json_object(j, "factors");
    hs_json_number(j, "severity", row->severity);
    hs_json_number(j, "fixability", row->fixability);
    hs_json_number(j, "reach", row->reach);
    hs_json_number(j, "confidence", row->confidence);
    hs_json_object_end(j);
    hs_json_number(j, "hours", row->hours);
    hs_json_numbers(j, "rank_range",
                    (double[]){row->rank ? row->rank_low : NAN, row->rank ? row->rank_high : NAN},
                    2);
    hs_json_bool(j, "in_budget", row->in_budget);
    hs_json_text(j, "why", row->why);
    put_plan(j, audit, row);
    put_advice(j, audit, row);
    hs_json_object_end(j);
}

static void put_release(struct hs_json *j, const struct hs_audit *audit,
                        const struct hs_release_row *row)
{
    const struct hs_release *release = &audit->job->releases[row->release];
    hs_json_object(j, NULL);
    hs_json_text(j, "release", release->title);
    hs_json_text(j, "catalogue_number", release->catalogue_number);
    hs_json_number(j, "listed", row->n_listed);
    hs_json_number(j, "tracks", (double)release->n_tracks);
    hs_json_text(j, "action", hs_action_name(row->action));
    hs_json_number(j, "hours", row->hours);
    hs_json_text(j, "fit", row->fit);
    hs_json_object_end(j);
}

static void put_unfinished(struct hs_json *j, const struct hs_audit *audit)
{
    hs_json_array(j, "unfinished");
    for (size_t i = 0; i < audit->n_unfinished; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "what", audit->unfinished[i].what);
        hs_json_text(j, "why", audit->unfinished[i].why);
        hs_json_bool(j, "given_up", audit->unfinished[i].given_up);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

static void put_trust(struct hs_json *j, const struct hs_trust *t)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", t->rule);
    hs_json_text(j, "listener", t->listener);
    hs_json_number(j, "trials", t->trials);
    hs_json_number(j, "confirmed", t->confirmed);
    put_interval(j, "interval", t->interval);
    hs_json_bool(j, "decides", t->decides);
    hs_json_bool(j, "doubted", t->doubted);
    hs_json_object_end(j);
}

void hs_json_audit_head(const struct hs_audit *audit, struct hs_buf *out)
{
    struct hs_json j = {.out = out, .top = true};
    hs_json_object(&j, NULL);
    hs_json_text(&j, "format", "hindsight/1");
    hs_json_text(&j, "artist", audit->job->artist);
    hs_json_array(&j, "tracks");
}

void hs_json_audit_tail(const struct hs_audit *audit, struct hs_buf *out,
                        bool (*flush)(void *ctx, struct hs_buf *out), void *ctx)
{
    bool going = true;
    struct hs_json j = {.out = out};
    hs_json_array_end(&j);
    hs_json_array(&j, "recurring");
    for (size_t i = 0; i < audit->n_recurring && going; i++) {
        put_recurrence(&j, audit, &audit->recurring[i]);
        going = !flush || flush(ctx, out);
    }
    hs_json_array_end(&j);
    hs_json_text(&j, "genre_remark", audit->genre_remark);
    hs_json_habits(&j, audit);
    hs_json_array(&j, "shortlist");
    for (size_t i = 0; i < audit->n_shortlist && going; i++) {
        put_listed(&j, audit, &audit->shortlist[i]);
        going = !flush || flush(ctx, out);
    }
    hs_json_array_end(&j);
    hs_json_array(&j, "releases");
    for (size_t i = 0; i < audit->n_release_rows && going; i++) {
        put_release(&j, audit, &audit->release_rows[i]);
        going = !flush || flush(ctx, out);
    }
    hs_json_array_end(&j);
    put_unfinished(&j, audit);
    if (audit->backtest)
        hs_json_put_backtest(&j, "preview", audit->backtest);
    hs_json_array(&j, "trust");
    for (size_t i = 0; i < audit->n_trust; i++)
        put_trust(&j, &audit->trust[i]);
    hs_json_array_end(&j);
    hs_json_object_end(&j);
    hs_buf_putc(out, '\n');
}

void hs_json_track(const struct hs_audit *audit, const struct hs_track_result *t,
                   struct hs_buf *out)
{
    struct hs_json j = {.out = out, .top = true};
    put_track(&j, audit, t);
}
