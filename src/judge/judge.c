/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Make the reference models, one per rule.
 * 2. Per track: read it by every rule, then ask each rule that is on and could be read for a
 *    finding and a judgement; else note why it was not judged.
 * 3. Assign primary findings, sort the findings (worst first; accepted and cured ones last), copy
 *    them from scratch memory to the arena of the audit, and fill the ear notes.
 * 4. Make the expected spectrum.
 */
#include "judge/judge.h"

#include "core/alloc.h"
#include "judge/beside.h"
#include "judge/curve.h"
#include "judge/ear_notes.h"
#include "judge/find.h"
#include "judge/moves.h"
#include "judge/primary.h"
#include "judge/reference_learn.h"
#include "judge/reference_model.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The short list is led by what is known best of what weighs (catalogue/appraisal.h), and so is the
 * list of a track: of moderate and severe findings the measured ones first. Else worst first;
 * primary findings before those they explain, accepted and cured ones last; ties keep the order of
 * the rules. */
static bool before(const struct hs_finding *a, const struct hs_finding *b)
{
    const bool weighs_a = a->severity >= HS_MODERATE, weighs_b = b->severity >= HS_MODERATE;
    bool cured_a = a->origin == HS_ORIGIN_CURED, cured_b = b->origin == HS_ORIGIN_CURED;
    if (cured_a != cured_b)
        return cured_b;
    if (a->accepted != b->accepted)
        return b->accepted;
    if (!a->explained_by != !b->explained_by)
        return !a->explained_by;
    if (weighs_a && weighs_b && a->tier != b->tier)
        return a->tier < b->tier;
    if (a->severity != b->severity)
        return a->severity > b->severity;
    if (a->tier != b->tier)
        return a->tier < b->tier;
    return a->steps > b->steps;
}

static void sort_findings(struct hs_finding *f, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct hs_finding moved = f[i];
        size_t k = i;
        for (; k > 0 && before(&moved, &f[k - 1]); k--)
            f[k] = f[k - 1];
        f[k] = moved;
    }
}

/* The master of a track, with its release for rules that compare neighbours. */
static struct hs_case case_of(const struct hs_audit *audit, struct hs_track_result *t,
                              struct hs_arena *arena)
{
    struct hs_case c = {.role = HS_ROLE_MASTER,
                        .values = &t->master.values,
                        .file = &t->master,
                        .result = t,
                        .audit = audit,
                        .arena = arena};
    if (audit->job && t->track && t->track->release < audit->job->n_releases)
        c.release = &audit->job->releases[t->track->release];
    return c;
}

/* What one track can give at most, on its way. */
struct verdict {
    struct hs_finding *findings;
    struct hs_judgement *judgements;
    struct hs_not_judged *not_judged;
    size_t n_findings, n_judgements, n_not_judged;
};

/* One rule on one track: a judgement, perhaps with a finding; or the reason why it was not judged.
 */
static void apply_rule(const struct hs_reference_model *y, const struct hs_case *c,
                       struct verdict *v)
{
    if (!hs_rule_is_asked(y->rule, c->audit->survival))
        return;
    const char *refused = y->off              ? "switched off in the job file"
                          : !y->master.judged ? y->master.why
                                              : NULL;
    if (refused)
        v->not_judged[v->n_not_judged++] = (struct hs_not_judged){y->rule->id, refused};
    else if (hs_find(y, c, SIZE_MAX, &v->findings[v->n_findings],
                     &v->judgements[v->n_judgements++]))
        v->n_findings++;
}

/* Copies what a finding points to from scratch memory to the arena; equal texts are stored once. */
static void keep_finding(struct hs_finding *f, struct hs_arena *arena)
{
    f->target = hs_arena_intern(arena, f->target);
    f->exposed_by = hs_arena_intern(arena, f->exposed_by);
    f->direction = hs_arena_intern(arena, f->direction);
    f->evidence = hs_arena_intern(arena, f->evidence);
    f->moved = f->moved ? hs_arena_copy(arena, f->moved, sizeof *f->moved) : NULL;
    f->times = f->n_times ? hs_arena_copy(arena, f->times, f->n_times * sizeof *f->times) : NULL;
    f->correction.words = hs_arena_intern(arena, f->correction.words);
}

/* In the memory that it takes: there may be very many tracks. */
static void keep(const struct verdict *v, struct hs_track_result *t, struct hs_arena *arena)
{
    t->n_findings = v->n_findings;
    t->n_judgements = v->n_judgements;
    t->n_not_judged = v->n_not_judged;
    t->findings = hs_arena_copy(arena, v->findings, v->n_findings * sizeof *v->findings);
    t->judgements = hs_arena_copy(arena, v->judgements, v->n_judgements * sizeof *v->judgements);
    t->not_judged = hs_arena_copy(arena, v->not_judged, v->n_not_judged * sizeof *v->not_judged);
    for (size_t i = 0; i < t->n_findings; i++)
        keep_finding(&t->findings[i], arena);
    for (size_t i = 0; i < t->n_not_judged; i++)
        t->not_judged[i].why = hs_arena_intern(arena, t->not_judged[i].why);
}

/* Whether b finds at fault the very move that a calls a repair of the opposite fault. Opposite
 * rules have centres of their own, so that a move across both can be either. */
static bool is_denied(const struct hs_finding *a, const struct hs_finding *b)
{
    return a->origin == HS_ORIGIN_CURED && b->origin != HS_ORIGIN_CURED && a->moved && b->moved &&
           a->moved->change * b->moved->change > 0 &&
           hs_rule_find(a->rule)->moves.part != HS_PART_NONE &&
           hs_rule_find(a->rule)->moves.part == hs_rule_find(b->rule)->moves.part;
}

/* Whether b took the treble away that a calls cured: a wall cures nothing. */
static bool is_walled(const struct hs_finding *a, const struct hs_finding *b)
{
    return a->origin == HS_ORIGIN_CURED && b->origin == HS_ORIGIN_MASTERING &&
           b->severity >= HS_MINOR &&
           (hs_same_rule(b->rule, "upsampled") || hs_same_rule(b->rule, "band_limited")) &&
           hs_rule_find(a->rule)->moves.part == hs_rule_find("bright")->moves.part;
}

/* Whether b is the very filter that made the move which a calls cured: an equaliser on one channel
 * moves the tone of the middle as well. */
static bool is_made_by(const struct hs_finding *a, const struct hs_finding *b)
{
    const struct hs_rule *rule = hs_rule_find(a->rule), *of_b = hs_rule_find(b->rule);
    if (a->origin != HS_ORIGIN_CURED || b->origin != HS_ORIGIN_MASTERING ||
        b->severity < HS_MINOR || !of_b->accounts_for || rule->moves.part < HS_PART_SUB ||
        rule->moves.part > HS_PART_TREBLE)
        return false;
    struct hs_finding made = *a;
    made.origin = HS_ORIGIN_MASTERING;
    made.severity = HS_NOTE; /* how large the fault of the mix was says nothing of the move */
    return of_b->accounts_for(b, &made);
}

/* One move is not told as a fault and as a repair. */
static void drop_denied(struct verdict *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_findings; i++) {
        bool denied = false;
        for (size_t k = 0; k < v->n_findings; k++)
            denied |= is_denied(&v->findings[i], &v->findings[k]) ||
                      is_made_by(&v->findings[i], &v->findings[k]) ||
                      is_walled(&v->findings[i], &v->findings[k]);
        if (!denied)
            v->findings[n++] = v->findings[i];
    }
    v->n_findings = n;
}

/* All rules on one track: read, compare, name the origin, choose the primary findings, sort. */
static void judge_track(struct hs_audit *audit, struct hs_reference_model *models, size_t track,
                        struct hs_track_result *t, struct hs_arena *arena)
{
    struct hs_arena scratch = {0};
    struct hs_case c = case_of(audit, t, &scratch);
    size_t n = hs_rule_count();
    struct verdict v = {.findings = HS_ARENA_ARRAY(&scratch, struct hs_finding, n),
                        .judgements = HS_ARENA_ARRAY(&scratch, struct hs_judgement, n),
                        .not_judged = HS_ARENA_ARRAY(&scratch, struct hs_not_judged, n)};
    hs_reference_models_look(models, audit, track, &scratch);
    for (size_t i = 0; i < n; i++)
        apply_rule(&models[i], &c, &v);
    drop_denied(&v);
    hs_primary_assign(v.findings, v.n_findings);
    sort_findings(v.findings, v.n_findings);
    keep(&v, t, arena);
    t->n_ticks = 0;
    hs_ear_notes_fill(t, models, arena);
    hs_arena_free(&scratch);
}

static void expect_spectrum(struct hs_audit *audit)
{
    struct hs_expected_spectrum *s = HS_ARENA_NEW(&audit->arena, struct hs_expected_spectrum);
    hs_curve_make(audit, &audit->arena, s);
    audit->spectrum = s;
}

/* What judgements say of their rules outlives the models. */
static void keep_rules(struct hs_reference_model *models, struct hs_arena *arena)
{
    for (size_t r = 0; r < hs_rule_count(); r++) {
        struct hs_judged_rule *judged = hs_reference_model_judged(&models[r], arena);
        hs_moves_usual(&models[r], judged, arena);
        models[r].judged = judged;
    }
}

void hs_judge_audit(struct hs_audit *audit)
{
    size_t n = audit->job->n_tracks;
    struct hs_arena scratch = {0};
    audit->beside = hs_beside_new(audit, NULL, &scratch);
    struct hs_reference_model *models = hs_reference_models_new(audit, n, &scratch);
    keep_rules(models, &audit->arena);
    for (size_t i = 0; i < n; i++)
        judge_track(audit, models, i, &audit->tracks[i], &audit->arena);
    audit->beside = NULL;
    expect_spectrum(audit);
    hs_arena_free(&scratch);
}

void hs_judge_pair(struct hs_audit *audit, struct hs_track_result *result)
{
    struct hs_audit alone = {.job = audit->job,
                             .tracks = result,
                             .references = audit->references,
                             .mix_references = audit->mix_references};
    struct hs_reference_model *models = hs_reference_models_new(&alone, 1, &audit->arena);
    keep_rules(models, &audit->arena);
    judge_track(&alone, models, 0, result, &audit->arena);
    expect_spectrum(audit);
}

void hs_judge_beside(const struct hs_audit *audit, struct hs_reference_model *models,
                     struct hs_track_result *result, struct hs_arena *arena)
{
    struct hs_audit alone = *audit;
    alone.tracks = result;
    judge_track(&alone, models, 0, result, arena);
}

/* Findings of reference i, judged by all others and the built-in distribution. */
static size_t judge_reference(const struct hs_audit *audit, struct hs_reference_model *models,
                              size_t i, struct hs_arena *arena, struct hs_finding *findings,
                              struct hs_reference_count *counts)
{
    const struct hs_file *file = &audit->references[i];
    struct hs_case c = {.role = HS_ROLE_MASTER,
                        .values = &file->values,
                        .file = file,
                        .audit = audit,
                        .arena = arena};
    size_t n = 0;
    for (size_t r = 0; r < hs_rule_count(); r++) {
        struct hs_judgement stand;
        struct hs_reading *reading = &models[r].master;
        hs_rule_read(models[r].rule, &c, reading);
        if (models[r].off || !reading->judged)
            continue;
        counts[r].judged++;
        /* a reference is judged by a model without itself */
        if (hs_find(&models[r], &c, i, &findings[n], &stand))
            n++;
    }
    return n;
}

/* How often each rule fires on the references, by severity: the base rate of recurrence. */
void hs_judge_references(const struct hs_audit *audit, struct hs_reference_count *counts)
{
    size_t n_rules = hs_rule_count();
    size_t n = audit->job && audit->references ? audit->job->n_references : 0;
    struct hs_arena scratch = {0};
    struct hs_audit no_tracks = {.job = audit->job, .references = audit->references};
    memset(counts, 0, n_rules * sizeof *counts);
    struct hs_reference_model *models = hs_reference_models_new(&no_tracks, 0, &scratch);
    struct hs_finding *findings = HS_ARENA_ARRAY(&scratch, struct hs_finding, n_rules + 1);
    for (size_t i = 0; i < n; i++) {
        if (audit->references[i].state != HS_FILE_OK)
            continue;
        size_t found = judge_reference(audit, models, i, &scratch, findings, counts);
        for (size_t k = 0; k < found; k++) {
            struct hs_reference_count *c = &counts[hs_rule_index(hs_rule_find(findings[k].rule))];
            /* whether it leads or not: as the songs elsewhere were counted */
            for (int s = HS_NOTE; s <= (int)findings[k].severity; s++)
                c->at_least[s]++;
        }
    }
    hs_arena_free(&scratch);
}

static int by_name(const void *a, const void *b)
{
    return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

/* Tracks without an artist count a quarter of one each. */
double hs_reference_artists(const struct hs_audit *audit)
{
    const double tracks_of_an_artist = 4;
    size_t n = audit->job && audit->references ? audit->job->n_references : 0, named = 0,
           artists = 0;
    const char **name = HS_NEW_ARRAY(const char *, n + 1);
    size_t judged = 0;
    for (size_t i = 0; i < n; i++) {
        const struct hs_file *f = &audit->references[i];
        const struct hs_value *artist = hs_values_get(&f->values, "tag_artist");
        judged += f->state == HS_FILE_OK;
        if (f->state == HS_FILE_OK && artist && artist->kind == HS_TEXT)
            name[named++] = artist->text;
    }
    if (named)
        qsort(name, named, sizeof *name, by_name);
    for (size_t i = 0; i < named; i++)
        artists += !i || by_name(&name[i - 1], &name[i]) != 0;
    hs_free(name);
    return (double)artists + (double)(judged - named) / tracks_of_an_artist;
}
