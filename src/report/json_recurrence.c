/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One object a rule, in the order of docs/audit.schema.json: the verdict of the row that speaks,
 * since when, all rows of evidence, groups, origins, trend, associations, and what its page shows
 * besides.
 */
#include "report/json_recurrence.h"

#include "report/json_finding.h"

#include <math.h>

static void put_interval(struct hs_json *j, const char *key, struct hs_interval x)
{
    hs_json_numbers(j, key, (double[]){x.low, x.high}, 2);
}

/* Direction over the years with p and q, the slope, and that of other music for comparison. */
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

/* One level of a factor (an engineer, a studio, a genre): faulty there and elsewhere, and how sure
 * the difference is. */
static void put_association(struct hs_json *j, const struct hs_association *a)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "factor", a->factor);
    hs_json_text(j, "level", a->level);
    hs_json_text(j, "evidence", hs_evidence_name(a->evidence));
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

/* The worst and the best masters by this rule. */
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
    hs_json_text(j, "aliased_with", s->factor);
    hs_json_text(j, "level", s->level);
    hs_json_bool(j, "level_of_others", s->level_of_others);
    hs_json_object_end(j);
}

/* The releases that a stretch leaves out; null without one. */
static void put_outside(struct hs_json *j, bool of_stretch, int faulty, int judged)
{
    if (!of_stretch) {
        hs_json_null(j, "outside");
        return;
    }
    hs_json_object(j, "outside");
    hs_json_number(j, "faulty", faulty);
    hs_json_number(j, "judged", judged);
    hs_json_object_end(j);
}

/* One row of evidence (songs, mixes, moves, physics, stems) with its own verdict. */
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
    hs_json_bool(j, "of_stretch", r->of_stretch);
    put_outside(j, r->of_stretch, r->faulty_outside, r->judged_outside);
    hs_json_number(j, "part_of_others", r->part_of_others);
    hs_json_number(j, "called_for", r->called_for);
    put_origins(j, r->origins);
    hs_json_object_end(j);
}

/* Keys by kind of group, and of its name. */
static const char *const group_keys[HS_N_GROUPINGS][2] = {
    {"by_artist", "artist"}, {"by_mastered_by", "mastered_by"}, {"by_studio", "studio"}};

/* The rows of evidence of artists, mastering engineers or studios alone. */
static void put_groups(struct hs_json *j, const struct hs_recurrence *r, enum hs_grouping by)
{
    hs_json_array(j, group_keys[by][0]);
    for (size_t i = 0; i < r->n_groups; i++) {
        const struct hs_group *g = &r->groups[i];
        if (g->by != by)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, group_keys[by][1], g->name);
        hs_json_text(j, "evidence", hs_evidence_name(g->row->evidence));
        hs_json_text(j, "verdict", hs_verdict_name(g->row->verdict));
        hs_json_number(j, "faulty", g->row->faulty);
        hs_json_number(j, "judged", g->row->judged);
        hs_json_number(j, "rate", g->row->rate);
        put_interval(j, "interval", g->row->interval);
        hs_json_number(j, "q", g->row->q);
        hs_json_number(j, "q_count", g->row->q_count);
        hs_json_number(j, "releases", g->row->releases);
        hs_json_number(j, "releases_judged", g->row->releases_judged);
        hs_json_text(j, "aliased_with", g->aliased_with);
        hs_json_text(j, "explained_by", g->explained_by);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* Everything that stands on the page of a rule. `interval_clustered` is kept for readers of
 * older files. */
void hs_json_put_recurrence(struct hs_json *j, const struct hs_audit *audit,
                            const struct hs_recurrence *r)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", r->rule);
    hs_json_text(j, "verdict", hs_verdict_name(r->verdict));
    hs_json_bool(j, "recurring", r->recurring);
    hs_json_text(j, "evidence", hs_evidence_name(r->evidence));
    hs_json_text(j, "strength", hs_strength_name(r->strength));
    /* how often, and how often elsewhere */
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
    /* since when, and with whom */
    put_since(j, audit, &r->since);
    hs_json_bool(j, "of_stretch", r->of_stretch);
    put_outside(j, r->of_stretch, r->faulty_outside, r->judged_outside);
    hs_json_number(j, "part_of_others", r->part_of_others);
    hs_json_number(j, "called_for", r->called_for);
    hs_json_bool(j, "once_a_song", r->once_a_song);
    hs_json_number(j, "later_masters", r->later_masters);
    hs_json_number(j, "copies", r->copies);
    hs_json_number(j, "of_another_song", r->of_another_song);
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
    /* by value: how far the artist's songs lie from the expected centre */
    hs_json_number(j, "shift", r->shift);
    put_interval(j, "shift_interval", r->shift_interval);
    hs_json_number(j, "shift_p", r->shift_p);
    hs_json_text(j, "unit", r->unit);
    hs_json_text(j, "habit", hs_habit_name(r->habit));
    hs_json_text(j, "words", r->words);
    hs_json_number(j, "base_fired", r->base_fired);
    put_examples(j, "worst", audit, r->worst, r->n_worst);
    put_examples(j, "best", audit, r->best, r->n_best);
    /* and whether the artist heard it */
    put_agreement(j, "agreement", &r->in_master);
    put_agreement(j, "agreement_mix", &r->in_mix);
    hs_json_object_end(j);
}
