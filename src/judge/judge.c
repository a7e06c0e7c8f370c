/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/judge.h"

#include "core/alloc.h"
#include "judge/curve.h"
#include "judge/find.h"
#include "judge/leads.h"
#include "judge/ticks.h"
#include "judge/yard.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Worst first: leads before parts, cured ones last; the order of the rules decides. */
static bool before(const struct hs_finding *a, const struct hs_finding *b)
{
    bool cured_a = a->origin == HS_ORIGIN_CURED, cured_b = b->origin == HS_ORIGIN_CURED;
    if (cured_a != cured_b)
        return cured_b;
    if (a->accepted != b->accepted)
        return b->accepted;
    if (!a->part_of != !b->part_of)
        return !a->part_of;
    if (a->severity != b->severity)
        return a->severity > b->severity;
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

static void refuse(struct hs_track_result *t, const char *rule, const char *why)
{
    t->not_judged[t->n_not_judged++] = (struct hs_not_judged){rule, why};
}

static struct hs_case case_of(const struct hs_audit *audit, struct hs_track_result *t,
                              struct hs_arena *arena)
{
    struct hs_case c = {.role = HS_ROLE_MASTER, .values = &t->master.values,
                        .file = &t->master, .result = t, .audit = audit, .arena = arena};
    if (audit->job && t->track && t->track->release < audit->job->n_releases)
        c.release = &audit->job->releases[t->track->release];
    return c;
}

static void judge_track(struct hs_audit *audit, const struct hs_yard *yards, size_t track,
                        struct hs_track_result *t)
{
    struct hs_arena *arena = &audit->arena;
    struct hs_case c = case_of(audit, t, arena);
    size_t n = hs_rule_count();
    t->findings = HS_ARENA_ARRAY(arena, struct hs_finding, n);
    t->judgements = HS_ARENA_ARRAY(arena, struct hs_judgement, n);
    t->not_judged = HS_ARENA_ARRAY(arena, struct hs_not_judged, n);
    t->n_findings = t->n_judgements = t->n_not_judged = t->n_ticks = 0;
    for (size_t i = 0; i < n; i++) {
        const struct hs_yard *y = &yards[i];
        if (y->off)
            refuse(t, y->rule->id, "switched off in the job file");
        else if (!y->master[track].judged)
            refuse(t, y->rule->id, y->master[track].why);
        else if (hs_find(y, &c, track, SIZE_MAX, &t->findings[t->n_findings],
                         &t->judgements[t->n_judgements++]))
            t->n_findings++;
    }
    hs_leads_assign(t->findings, t->n_findings);
    sort_findings(t->findings, t->n_findings);
    hs_ticks_fill(t, yards, track, arena);
}

void hs_judge_audit(struct hs_audit *audit)
{
    size_t n = audit->job->n_tracks;
    struct hs_yard *yards = hs_yards_new(audit, n, &audit->arena);
    audit->curves = HS_ARENA_ARRAY(&audit->arena, struct hs_expected_curve, n + 1);
    for (size_t i = 0; i < n; i++) {
        judge_track(audit, yards, i, &audit->tracks[i]);
        hs_curve_expected(audit, &audit->tracks[i].master.values, &audit->arena,
                          &audit->curves[i]);
    }
}

void hs_judge_pair(struct hs_audit *audit, struct hs_track_result *result)
{
    struct hs_audit alone = {.job = audit->job, .tracks = result,
                             .references = audit->references,
                             .mix_references = audit->mix_references};
    struct hs_yard *yards = hs_yards_new(&alone, 1, &audit->arena);
    judge_track(audit, yards, 0, result);
    audit->curves = HS_ARENA_ARRAY(&audit->arena, struct hs_expected_curve, 1);
    hs_curve_expected(audit, &result->master.values, &audit->arena, &audit->curves[0]);
}

/* Findings of reference i, judged by all others and the built-in distribution. */
static size_t judge_reference(const struct hs_audit *audit, struct hs_yard *yards, size_t i,
                              struct hs_arena *arena, struct hs_finding *findings,
                              int *judged)
{
    const struct hs_file *file = &audit->references[i];
    struct hs_case c = {.role = HS_ROLE_MASTER, .values = &file->values, .file = file,
                        .audit = audit, .arena = arena};
    size_t n = 0;
    for (size_t r = 0; r < hs_rule_count(); r++) {
        struct hs_judgement stand;
        struct hs_reading *reading = &yards[r].master[0];
        hs_rule_read(yards[r].rule, &c, reading);
        if (yards[r].off || !reading->judged)
            continue;
        judged[r]++;
        if (hs_find(&yards[r], &c, 0, i, &findings[n], &stand))
            n++;
    }
    hs_leads_assign(findings, n);
    return n;
}

void hs_judge_references(const struct hs_audit *audit, int *fired, int *judged)
{
    size_t n_rules = hs_rule_count();
    size_t n = audit->job && audit->references ? audit->job->n_references : 0;
    struct hs_arena scratch = {0};
    struct hs_audit no_tracks = {.job = audit->job, .references = audit->references};
    memset(fired, 0, n_rules * sizeof *fired);
    memset(judged, 0, n_rules * sizeof *judged);
    struct hs_yard *yards = hs_yards_new(&no_tracks, 0, &scratch);
    struct hs_finding *findings = HS_ARENA_ARRAY(&scratch, struct hs_finding, n_rules + 1);
    for (size_t i = 0; i < n; i++) {
        if (audit->references[i].state != HS_FILE_OK)
            continue;
        size_t found = judge_reference(audit, yards, i, &scratch, findings, judged);
        for (size_t k = 0; k < found; k++)
            if (hs_finding_counts(&findings[k]))
                fired[hs_rule_index(hs_rule_find(findings[k].rule))]++;
    }
    hs_arena_free(&scratch);
}
