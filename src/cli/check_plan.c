/* SPDX-License-Identifier: Apache-2.0 */
/* The plan of a job: every file that it names with its role, what is missing, and tracks whose pair
 * is ambiguous (several candidates for the mix, or a file that is also the master of another
 * track). check_plan_put.c prints it. */
#include "cli/check_plan.h"

#include "core/alloc.h"

#include <stdlib.h>
#include <string.h>

const char *hs_plan_role_name(enum hs_plan_role role)
{
    static const char *const names[HS_N_ROLES] = {
        [HS_PLAN_ROLE_MASTER] = "master",       [HS_PLAN_ROLE_MIX] = "mix",
        [HS_PLAN_ROLE_STEM] = "stem",           [HS_PLAN_ROLE_UPDATE] = "update",
        [HS_PLAN_ROLE_REFERENCE] = "reference", [HS_PLAN_ROLE_MIX_REFERENCE] = "mix reference",
    };
    return names[role];
}

/* A source without a path was not named. */
static void add(struct hs_check_plan *p, const struct hs_source *s, const struct hs_track *track,
                enum hs_plan_role role)
{
    if (!s->path)
        return;
    p->uses = hs_arena_grow(p->arena, p->uses, p->n_uses, &p->cap_uses, sizeof *p->uses);
    p->uses[p->n_uses++] = (struct hs_use){s, track, role};
    p->n_missing += !s->exists;
}

/* Every file that the job names, with what it is for. */
static void collect(struct hs_check_plan *p)
{
    const struct hs_job *job = p->job;
    for (size_t i = 0; i < job->n_tracks; i++) {
        const struct hs_track *t = &job->tracks[i];
        add(p, &t->master, t, HS_PLAN_ROLE_MASTER);
        for (size_t k = 0; k < t->n_mixes; k++)
            add(p, &t->mixes[k], t, HS_PLAN_ROLE_MIX);
        for (size_t k = 0; k < t->n_stems; k++)
            add(p, &t->stems[k].source, t, HS_PLAN_ROLE_STEM);
        add(p, &t->update, t, HS_PLAN_ROLE_UPDATE);
        p->n_with_mix += t->n_mixes > 0;
    }
    for (size_t i = 0; i < job->n_references; i++)
        add(p, &job->references[i], NULL, HS_PLAN_ROLE_REFERENCE);
    for (size_t i = 0; i < job->n_mix_references; i++)
        add(p, &job->mix_references[i], NULL, HS_PLAN_ROLE_MIX_REFERENCE);
}

/* Adds a reason to a track; a second reason follows the first. */
static void mark(struct hs_check_plan *p, const struct hs_track *t, const char *why)
{
    const char **at = &p->ambiguous[t - p->job->tracks];
    p->n_ambiguous += !*at;
    *at = *at ? hs_arena_printf(p->arena, "%s; %s", *at, why) : why;
}

/* Which of several mixes a master was made from is settled by the audit; `check` only says that it
 * is open. */
static void mark_candidates(struct hs_check_plan *p)
{
    for (size_t i = 0; i < p->job->n_tracks; i++)
        if (p->job->tracks[i].n_mixes > 1)
            mark(
                p, &p->job->tracks[i],
                hs_arena_printf(p->arena, "%zu candidates for the mix", p->job->tracks[i].n_mixes));
}

/* By file, then in the order of the job. Files are told apart by path, stream and section
 * (hs_source_order). */
static int by_path(const void *a, const void *b)
{
    const struct hs_use *x = *(struct hs_use *const *)a, *y = *(struct hs_use *const *)b;
    int order = hs_source_order(x->source, y->source);
    return order ? order : (x > y) - (x < y);
}

/* Uses [0, n) of one file by masters and mixes. */
static void mark_group(struct hs_check_plan *p, struct hs_use *const *group, size_t n)
{
    const struct hs_use *master = NULL;
    for (size_t i = 0; i < n && !master; i++)
        master = group[i]->role == HS_PLAN_ROLE_MASTER ? group[i] : NULL;
    for (size_t i = 0; i < n && master; i++)
        if (group[i] != master)
            mark(p, group[i]->track,
                 hs_arena_printf(p->arena, "its %s is also the master of %s",
                                 hs_plan_role_name(group[i]->role), master->track->id));
}

/* Marks tracks whose file is also the master of another. */
static void mark_collisions(struct hs_check_plan *p)
{
    struct hs_use **sorted = HS_NEW_ARRAY(struct hs_use *, p->n_uses + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n_uses; i++)
        if (p->uses[i].role == HS_PLAN_ROLE_MASTER || p->uses[i].role == HS_PLAN_ROLE_MIX)
            sorted[n++] = &p->uses[i];
    if (n)
        qsort(sorted, n, sizeof *sorted, by_path);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n; end++)
            if (hs_source_order(sorted[first]->source, sorted[end]->source))
                break;
        mark_group(p, sorted + first, end - first);
    }
    hs_free(sorted);
}

void hs_check_plan_make(struct hs_check_plan *p, const struct hs_job *job, struct hs_arena *arena)
{
    *p = (struct hs_check_plan){.arena = arena, .job = job};
    p->ambiguous = HS_ARENA_ARRAY(arena, const char *, job->n_tracks);
    collect(p);
    mark_candidates(p);
    mark_collisions(p);
    p->artists = hs_check_artists(job, arena, &p->n_artists);
    p->isrcs = hs_check_isrcs(job, arena, &p->n_isrcs);
}
