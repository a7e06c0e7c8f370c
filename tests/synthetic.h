/* SPDX-License-Identifier: Apache-2.0 */
/* A catalogue made of numbers: releases, tracks and findings without any audio. */
#ifndef HS_TESTS_SYNTHETIC_H
#define HS_TESTS_SYNTHETIC_H

#include "catalogue/base_rates.h"
#include "catalogue/catalogue.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SYNTHETIC_FINDINGS = 8, SYNTHETIC_RULES = 40 };

struct synthetic {
    struct hs_job job;
    struct hs_audit audit;
    struct hs_track *tracks;
    struct hs_release *releases;
};

/* `n_releases` of `per_release` tracks each, every one readable, with no findings. */
__attribute__((unused)) static void synthetic_make(struct synthetic *s, size_t n_releases,
                                                   size_t per_release)
{
    size_t n = n_releases * per_release;
    *s = (struct synthetic){0};
    struct hs_arena *a = &s->audit.arena;
    s->releases = HS_ARENA_ARRAY(a, struct hs_release, n_releases + 1);
    s->tracks = HS_ARENA_ARRAY(a, struct hs_track, n + 1);
    s->audit.tracks = HS_ARENA_ARRAY(a, struct hs_track_result, n + 1);
    for (size_t r = 0; r < n_releases; r++)
        s->releases[r] = (struct hs_release){.title = hs_arena_printf(a, "Release %zu", r + 1),
                                             .year = 2000 + (int)r,
                                             .first_track = r * per_release,
                                             .n_tracks = per_release};
    for (size_t i = 0; i < n; i++) {
        struct hs_track_result *t = &s->audit.tracks[i];
        s->tracks[i] = (struct hs_track){.id = hs_arena_printf(a, "track-%zu", i + 1),
                                         .title = hs_arena_printf(a, "Song %zu", i + 1),
                                         .plays = NAN,
                                         .release = i / per_release};
        t->track = &s->tracks[i];
        t->master.state = HS_FILE_OK;
        t->findings = HS_ARENA_ARRAY(a, struct hs_finding, SYNTHETIC_FINDINGS);
        t->judgements = HS_ARENA_ARRAY(a, struct hs_judgement, SYNTHETIC_RULES);
        t->not_judged = HS_ARENA_ARRAY(a, struct hs_not_judged, SYNTHETIC_FINDINGS);
    }
    s->job = (struct hs_job){.tracks = s->tracks,
                             .n_tracks = n,
                             .releases = s->releases,
                             .n_releases = n_releases,
                             .budget_hours = NAN};
    s->audit.job = &s->job;
}

__attribute__((unused)) static struct hs_finding *synthetic_fault(struct synthetic *s, size_t track,
                                                                  const char *rule,
                                                                  enum hs_severity severity,
                                                                  enum hs_origin origin)
{
    struct hs_track_result *t = &s->audit.tracks[track];
    struct hs_finding *f = &t->findings[t->n_findings++];
    *f = (struct hs_finding){.rule = rule,
                             .tier = HS_INFERRED,
                             .severity = severity,
                             .value = 2.0 * (double)severity,
                             .unit = "dB",
                             .expected = {-2, 2},
                             .centre = 0,
                             .jnd = 1,
                             .steps = 2.0 * (double)severity,
                             .z = 2,
                             .target = "built-in",
                             .target_n = 100,
                             .catalogue_z = NAN,
                             .origin = origin,
                             .mix_value = 1.8 * (double)severity,
                             .change = .2 * (double)severity,
                             .uncertainty = .2};
    return f;
}

/* The severity of a distance in spreads, where steps are no matter. */
__attribute__((unused)) static int synthetic_level(double z)
{
    return (z >= 1.28) + (z >= 1.645) + (z >= 2) + (z >= 3);
}

__attribute__((unused)) static void synthetic_value(struct synthetic *s, size_t track,
                                                    const char *rule, int side, double value)
{
    struct hs_track_result *t = &s->audit.tracks[track];
    const struct hs_judged_rule of = {
        .rule = rule, .unit = "dB", .jnd = 1, .side = side, .expected = {-2, 2}};
    t->judgements[t->n_judgements++] =
        (struct hs_judgement){.of = hs_arena_copy(&s->audit.arena, &of, sizeof of),
                              .value = value,
                              .mix_value = NAN,
                              .mix_z = NAN,
                              .move_z = NAN,
                              .reach = NAN,
                              .centre = 0,
                              .steps = side * value,
                              .z = (float)(side * value / 2)};
}

/* The mix of the last value given, and what mastering did to it: both in spreads. */
__attribute__((unused)) static void synthetic_pair(struct synthetic *s, size_t track, double mix_z,
                                                   double move_z)
{
    struct hs_track_result *t = &s->audit.tracks[track];
    struct hs_judgement *j = &t->judgements[t->n_judgements - 1];
    t->pair.state = HS_PAIR_ALIGNED;
    j->mix_value = (float)(j->value - move_z);
    j->mix_z = (float)mix_z;
    j->move_z = (float)move_z;
    j->mix_level = (unsigned char)synthetic_level(mix_z);
}

__attribute__((unused)) static const struct hs_recurrence *synthetic_row(const struct synthetic *s,
                                                                         const char *rule)
{
    for (size_t i = 0; i < s->audit.n_recurring; i++)
        if (!strcmp(s->audit.recurring[i].rule, rule))
            return &s->audit.recurring[i];
    return NULL;
}

/* What a rule has elsewhere: on `judged` tracks of six artists. */
__attribute__((unused)) static struct hs_base_rate synthetic_base(const char *rule, int fired,
                                                                  int judged)
{
    return (struct hs_base_rate){.rule = rule, .builtin = hs_base_levels_of(fired, judged, 6)};
}

__attribute__((unused)) static void synthetic_free(struct synthetic *s)
{
    struct hs_arena a = s->audit.arena;
    hs_arena_free(&a);
}

#endif
