/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. All files of the job are looked at, and the durations are read from their headers.
 * 2. Files of one track are joined into a unit, and units that share a file are joined, so that
 *    no pair is torn and no file measured twice.
 * 3. Each unit is weighed by the length of its audio, times what each stage costs (measuring,
 *    comparing, stems, previews, separating).
 * 4. Units are dealt out, the heaviest first, each to the shard with the least weight.
 * 5. Shards, plan and scripts are written into the folder of the run.
 */
#include "shards/split.h"

#include "core/alloc.h"
#include "run/costs.h"
#include "run/couples.h"
#include "run/entries.h"
#include "run/previews.h"
#include "shards/balance.h"
#include "shards/durations.h"
#include "shards/folder.h"
#include "shards/plan.h"
#include "shards/scripts.h"
#include "shards/shard_file.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Of processor time for an hour of audio measured once (docs/performance.md). */
static const double minutes_an_hour = 1.0 / 6;

struct splitting {
    const struct hs_split_request *request;
    struct hs_entries entries;
    struct hs_couples couples;
    struct hs_units units;
    size_t *shard;  /* of each entry */
    bool *in_track; /* of each entry: else it is a reference alone */
    struct hs_arena arena;
};

/* Joins a file to the first one of its track; files that several tracks use join their units. */
static void join_source(struct splitting *s, size_t *first, const struct hs_source *source)
{
    if (!source->path)
        return;
    size_t i = hs_entries_find(&s->entries, source);
    if (*first == SIZE_MAX)
        *first = i;
    hs_units_join(&s->units, *first, i);
    s->in_track[i] = true;
}

/* Everything that is compared with the master must be in one shard. */
static void join_track(struct splitting *s, const struct hs_track *t)
{
    size_t first = SIZE_MAX;
    join_source(s, &first, &t->master);
    for (size_t i = 0; i < t->n_mixes; i++)
        join_source(s, &first, &t->mixes[i]);
    for (size_t i = 0; i < t->n_stems; i++)
        join_source(s, &first, &t->stems[i].source);
    join_source(s, &first, &t->update);
}

/* Pairs are collected on the way, to be counted. */
static void make_units(struct splitting *s)
{
    const struct hs_job *job = s->request->job;
    hs_units_init(&s->units, s->entries.n);
    for (size_t i = 0; i < job->n_tracks; i++) {
        join_track(s, &job->tracks[i]);
        hs_couples_of_track(&s->entries, &job->tracks[i], &s->couples);
    }
}

typedef double stages[HS_N_STAGES];

/* What is being weighed: the cost of a unit stands at its first entry. */
struct weighing {
    const struct splitting *s;
    stages *cost;
};

/* Called by run/costs.c for each stage of each file. */
static void add_cost(void *ctx, enum hs_stage stage, const struct hs_source *file, double times)
{
    const struct weighing *w = ctx;
    size_t i = hs_entries_find(&w->s->entries, file);
    w->cost[hs_units_of(&w->s->units, i)][stage] += times * w->s->entries.items[i].audio_s;
}

/* Returns how many units there are. */
static size_t weigh(const struct splitting *s, stages *cost)
{
    struct weighing w = {s, cost};
    const struct hs_job *job = s->request->job;
    size_t n = 0;
    for (size_t i = 0; i < s->entries.n; i++) {
        n += hs_units_of(&s->units, i) == i;
        add_cost(&w, HS_MEASURING, s->entries.items[i].file.source,
                 hs_cost_of_measuring(job->survival));
    }
    for (size_t i = 0; i < job->n_tracks; i++)
        hs_costs_of_track(&s->entries, job, &job->tracks[i], add_cost, &w);
    hs_costs_of_references(job, add_cost, &w);
    return n;
}

/* Files and pairs of each shard. */
static void count(const struct splitting *s, struct hs_shard_plan *plan)
{
    for (size_t i = 0; i < s->entries.n; i++)
        plan->shards[s->shard[i]].n_files++;
    for (size_t i = 0; i < s->couples.n; i++)
        plan->shards[s->shard[s->couples.items[i].from]].n_couples++;
}

/* Weighs the units and deals them out; every file goes with its unit. */
static void deal(struct splitting *s, struct hs_shard_plan *plan)
{
    stages *cost = HS_NEW_ARRAY(stages, s->entries.n + 1);
    double *of = HS_NEW_ARRAY(double, s->entries.n + 1);
    size_t *first = HS_NEW_ARRAY(size_t, s->entries.n + 1), n = 0;
    size_t *shard = HS_NEW_ARRAY(size_t, s->entries.n + 1), n_units = weigh(s, cost);
    plan->n = s->request->n_shards < n_units ? s->request->n_shards : n_units;
    plan->shards = HS_ARENA_ARRAY(&s->arena, struct hs_shard_head, plan->n + 1);
    for (size_t i = 0; i < s->entries.n; i++)
        if (hs_units_of(&s->units, i) == i) {
            for (int k = 0; k < HS_N_STAGES; k++)
                of[n] += cost[i][k];
            first[n++] = i;
        }
    hs_balance(of, n, plan->n, shard);
    for (size_t u = 0; u < n; u++) {
        s->shard[first[u]] = shard[u];
        for (int k = 0; k < HS_N_STAGES; k++)
            plan->shards[shard[u]].stage_s[k] += cost[first[u]][k];
    }
    for (size_t i = 0; i < s->entries.n; i++) /* the first of a unit comes before the rest */
        s->shard[i] = s->shard[hs_units_of(&s->units, i)];
    count(s, plan);
    hs_free(cost);
    hs_free(of);
    hs_free(first);
    hs_free(shard);
}

/* Where a track is: with the first of its files. */
static size_t shard_of_track(const struct splitting *s, const struct hs_track *t)
{
    const struct hs_source *first = t->master.path ? &t->master : &t->mixes[0];
    return s->shard[hs_entries_find(&s->entries, first)];
}

/* Room for what each shard gets, counted first. */
static struct hs_shard *make_shards(struct splitting *s, size_t n)
{
    const struct hs_job *job = s->request->job;
    struct hs_shard *shards = HS_ARENA_ARRAY(&s->arena, struct hs_shard, n + 1);
    for (size_t i = 0; i < job->n_tracks; i++)
        shards[shard_of_track(s, &job->tracks[i])].n_tracks++;
    for (size_t i = 0; i < s->entries.n; i++)
        shards[s->shard[i]].n_others += !s->in_track[i];
    for (size_t i = 0; i < n; i++) {
        shards[i].tracks =
            HS_ARENA_ARRAY(&s->arena, const struct hs_track *, shards[i].n_tracks + 1);
        shards[i].others =
            HS_ARENA_ARRAY(&s->arena, const struct hs_source *, shards[i].n_others + 1);
        shards[i].apart =
            HS_ARENA_ARRAY(&s->arena, const struct hs_source *, job->n_references + 1);
        shards[i].n_tracks = shards[i].n_others = 0;
        shards[i].job = job;
    }
    return shards;
}

/* Puts tracks, references and what is taken apart into their shards. */
static struct hs_shard *fill(struct splitting *s, const struct hs_shard_plan *plan)
{
    const struct hs_job *job = s->request->job;
    struct hs_shard *shards = make_shards(s, plan->n);
    for (size_t i = 0; i < job->n_tracks; i++) {
        struct hs_shard *to = &shards[shard_of_track(s, &job->tracks[i])];
        to->tracks[to->n_tracks++] = &job->tracks[i];
        to->preview |= hs_previews_targets(job, &job->tracks[i]) > 0;
    }
    for (size_t i = 0; i < s->entries.n; i++) {
        struct hs_shard *to = &shards[s->shard[i]];
        to->files = hs_entry_seen(&s->entries.items[i], to->files);
        if (!s->in_track[i])
            to->others[to->n_others++] = s->entries.items[i].file.source;
    }
    size_t n_apart = hs_costs_separates(job) ? job->n_references : 0;
    for (size_t i = 0; i < n_apart; i++) {
        struct hs_shard *to = &shards[s->shard[hs_entries_find(&s->entries, &job->references[i])]];
        to->apart[to->n_apart++] = &job->references[i];
    }
    return shards;
}

/* Writes each shard and keeps its hash for the plan. */
static enum hs_status write_shards(struct splitting *s, struct hs_shard_plan *plan,
                                   struct hs_error *err)
{
    enum hs_status status = HS_OK;
    struct hs_buf data = {0};
    const struct hs_shard *shards = fill(s, plan);
    for (size_t i = 0; i < plan->n && status == HS_OK; i++) {
        hs_buf_clear(&data);
        hs_shard_put(&data, &shards[i]);
        plan->shards[i].hash = XXH3_64bits(data.data, data.len);
        status = hs_shard_write(s->request->run, i, &data, err);
    }
    hs_buf_free(&data);
    return status;
}

static enum hs_status make_folders(const struct hs_split_request *q, struct hs_error *err)
{
    static const char *const names[] = {"shards", "parts", "log", "store"};
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && status == HS_OK; i++)
        status = hs_shard_folder(q->run, names[i], q->shared, err);
    return status;
}

/* What was made, and what to do next. */
static void say(const struct splitting *s, const struct hs_shard_plan *plan)
{
    double most_h = 0;
    for (size_t i = 0; i < plan->n; i++)
        most_h = fmax(most_h, hs_shard_weight_s(&plan->shards[i]) / 3600);
    hs_log_info(s->request->log,
                "%zu files and %zu pairs in %zu shards; the heaviest is worth %.1f hours of audio "
                "to be measured, some %.0f minutes of one processor. Next: %s/submit.sh",
                s->entries.n, s->couples.n, plan->n, most_h, ceil(most_h * minutes_an_hour),
                s->request->run);
}

/* Plan, shards and scripts. The plan comes after the shards, whose hashes it holds. */
static enum hs_status plan_and_write(struct splitting *s, struct hs_error *err)
{
    const struct hs_split_request *q = s->request;
    char path[PATH_MAX], run[PATH_MAX];
    struct hs_shard_plan plan = {.job_path = realpath(q->job->path, path),
                                 .job_hash = q->job->hash[0],
                                 .program = hs_shard_plan_program(),
                                 .max_missing = q->job->max_missing};
    if (!plan.job_path)
        return hs_fail_errno(err, HS_E_IO, "%s", q->job->path);
    make_units(s);
    deal(s, &plan);
    if (!plan.n)
        return hs_fail(err, HS_E_USAGE, "%s: found no audio file to measure", q->job->path);
    enum hs_status status = make_folders(q, err);
    if (status == HS_OK)
        status = write_shards(s, &plan, err);
    plan.hash = hs_shard_plan_hash(&plan);
    if (status == HS_OK)
        status = hs_shard_plan_write(q->run, &plan, err);
    if (status == HS_OK && !realpath(q->run, run))
        status = hs_fail_errno(err, HS_E_IO, "%s", q->run);
    if (status == HS_OK)
        status = hs_scripts_write(run, &plan, q->shared, err);
    if (status == HS_OK)
        say(s, &plan);
    return status;
}

/* The site's limit and missing files are checked first, because they need no plan. */
enum hs_status hs_split(const struct hs_split_request *q, struct hs_error *err)
{
    struct splitting s = {.request = q};
    size_t most = hs_scripts_most_shards();
    if (most && q->n_shards > most)
        return hs_fail(err, HS_E_USAGE,
                       "found %zu shards, but this site's arrays have at most %zu (MaxArraySize); "
                       "say -n %zu or fewer",
                       q->n_shards, most, most);
    hs_entries_of_job(&s.entries, q->job);
    s.shard = HS_NEW_ARRAY(size_t, s.entries.n + 1);
    s.in_track = HS_NEW_ARRAY(bool, s.entries.n + 1);
    enum hs_status status = hs_shard_durations(&s.entries, q->jobs, q->log, q->stop, err);
    double missing = hs_entries_missing(&s.entries);
    if (status == HS_OK && missing > q->job->max_missing)
        status = hs_fail(err, HS_E_MISSING,
                         "%.0f %% of the audio files are not there (limit %.0f %%): is a disk not "
                         "mounted? Split where the audio can be seen",
                         100 * missing, 100 * q->job->max_missing);
    if (status == HS_OK)
        status = plan_and_write(&s, err);
    hs_entries_free(&s.entries);
    hs_units_free(&s.units);
    hs_free(s.couples.items);
    hs_free(s.shard);
    hs_free(s.in_track);
    hs_arena_free(&s.arena);
    return status;
}
