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
#include "report/json_instruments.h"
#include "report/json_preview.h"
#include "report/json_recurrence.h"
#include "report/json_survival.h"

#include <math.h>

/* An answer of an ear note: true, false, null (not asked), or "not_applicable". */
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

/* One object of "tracks", in the order of the schema. */
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
    hs_json_put_instruments(j, t);
    hs_json_put_survival(j, audit, t);
    if (t->preview)
        hs_json_put_preview(j, "preview", t->preview, audit->backtest);
    hs_json_object_end(j);
}

/* The steps of a plan: where each is to be done, and value now, expected after it and at the most.
 */
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

/* What to leave alone and what to ask before work begins; worked out here, because nothing else of
 * an audit keeps it. */
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

/* One row of the short list with the factors of its priority. */
static void put_listed(struct hs_json *j, const struct hs_audit *audit,
                       const struct hs_shortlist_row *row)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "track", audit->tracks[row->track].track->id);
    hs_json_number(j, "rank", row->rank ? row->rank : NAN);
    hs_json_number(j, "priority", row->priority);
    hs_json_text(j, "action", hs_action_name(row->action));
    hs_json_text(j, "tier", hs_tier_name(row->tier));
    /* what the priority is the product of */
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

/* What catalogue/ says of a release: tracks listed, action, hours, and whether a new track would
 * fit the others. */
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

/* Files and pairs that this run could not finish. */
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

/* How far a listener's answers agree with a rule. */
static void put_trust(struct hs_json *j, const struct hs_trust *t)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", t->rule);
    hs_json_text(j, "listener", t->listener);
    hs_json_number(j, "trials", t->trials);
    hs_json_number(j, "confirmed", t->confirmed);
    hs_json_numbers(j, "interval", (double[]){t->interval.low, t->interval.high}, 2);
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

/* All that follows the tracks. `flush` takes what has gathered, one row at a time; false ends the
 * writing. */
void hs_json_audit_tail(const struct hs_audit *audit, struct hs_buf *out,
                        bool (*flush)(void *ctx, struct hs_buf *out), void *ctx)
{
    bool going = true;
    struct hs_json j = {.out = out};
    hs_json_array_end(&j);
    hs_json_array(&j, "recurring");
    for (size_t i = 0; i < audit->n_recurring && going; i++) {
        hs_json_put_recurrence(&j, audit, &audit->recurring[i]);
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
