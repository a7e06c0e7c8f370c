/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The factors are instructions and CPU times held against measuring the same seconds
 * (docs/performance.md, "What each stage costs"). They need not be exact: a shard that is a third
 * heavier than planned ends later, and that is all.
 */
#include "run/costs.h"

#include "core/alloc.h"
#include "model/survival.h"
#include "run/couples.h"
#include "run/previews.h"
#include "run/stem_sets.h"
#include "survival/hear.h"

#include <math.h>

/* Of each file that takes part, in times of measuring it. */
static const double compare_cost = 0.7, fit_cost = 1.25;
static const double master_cost = 3.7, target_cost = 1.8;
/* A clip of ten seconds beside a song of four minutes: on one side or two, and on four or more. */
static const double clip_cost = 1.5, many_sides_cost = 2.5;
/* How many findings will have a clip is only known after judging: a third of the tracks in
 * catalogues, or one for each track where all songs have theirs, up to what the budget holds. */
static const double clips_per_track = 1.0 / 3, most_clips = 150;
/* A separator that runs as fast as the music plays; nobody knows which one it is. */
static const double separate_cost = 300;

static const struct {
    enum hs_destination to;
    double cost;
} destinations[] = {
    {HS_TO_CAR, 0.1},
    {HS_TO_PHONE, 0.1},
    {HS_TO_CLUB, 0.1},
    {HS_TO_VINYL, 0.1},
    {HS_TO_FM, 1.3},
    {HS_TO_CODECS, 5.0},
    {HS_TO_ALL_CODECS, 6.0},
    {HS_TO_WHOLE_CODECS, 20},
    {HS_TO_WHOLE_ALL_CODECS, 24}, /* both: on a file of four minutes */
};

/* The cost of one file with its destinations, in times of measuring it. */
double hs_cost_of_measuring(unsigned survival)
{
    double cost = 1;
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++)
        cost += survival & destinations[i].to ? destinations[i].cost : 0;
    return cost;
}

typedef void add_cost(void *ctx, enum hs_stage stage, const struct hs_source *file, double times);

/* A comparison reads both files. */
static void compare(const struct hs_entries *e, const struct hs_track *t, add_cost *add, void *ctx)
{
    struct hs_couples couples = {0};
    hs_couples_of_track(e, t, &couples);
    for (size_t i = 0; i < couples.n; i++) {
        add(ctx, HS_COMPARING, e->items[couples.items[i].from].file.source, compare_cost);
        add(ctx, HS_COMPARING, e->items[couples.items[i].to].file.source, compare_cost);
    }
    hs_free(couples.items);
}

/* A fit reads the files of both sides and all stems. */
static void fit(const struct hs_track *t, add_cost *add, void *ctx)
{
    for (size_t i = 0; i < hs_stem_sets_count(t); i++) {
        const struct hs_stem_set_of set = hs_stem_sets_at(t, i);
        for (int s = 0; s < HS_STEM_SIDES; s++)
            if (set.side[s])
                add(ctx, HS_FITTING, set.side[s], fit_cost);
        for (size_t k = 0; k < t->n_stems; k++)
            add(ctx, HS_FITTING, &t->stems[k].source, fit_cost);
    }
}

/* The chain once, then each target. */
static void master(const struct hs_job *job, const struct hs_track *t, add_cost *add, void *ctx)
{
    size_t n = hs_previews_targets(job, t);
    if (n)
        add(ctx, HS_MASTERING, t->n_mixes ? &t->mixes[0] : &t->update,
            master_cost + target_cost * (double)n);
}

/* Each candidate for the mix, and the master. */
static void separate(const struct hs_track *t, add_cost *add, void *ctx)
{
    for (size_t i = 0; i < t->n_mixes; i++)
        add(ctx, HS_SEPARATING, &t->mixes[i], separate_cost);
    if (t->master.path)
        add(ctx, HS_SEPARATING, &t->master, separate_cost);
}

/* Everything that a track costs beside measuring its files, stage by stage. */
void hs_costs_of_track(const struct hs_entries *e, const struct hs_job *job,
                       const struct hs_track *t, add_cost *add, void *ctx)
{
    compare(e, t, add, ctx);
    fit(t, add, ctx);
    master(job, t, add, ctx);
    if (job->separate && !t->n_stems)
        separate(t, add, ctx);
}

/* Is there a track that the separator has to take apart? */
bool hs_costs_separates(const struct hs_job *job)
{
    for (size_t i = 0; job->separate && i < job->n_tracks; i++)
        if (!job->tracks[i].n_stems)
            return true;
    return false;
}

/* Tracks that are taken apart are held against references that are, too. */
void hs_costs_of_references(const struct hs_job *job, add_cost *add, void *ctx)
{
    size_t n = hs_costs_separates(job) ? job->n_references : 0;
    for (size_t i = 0; i < n; i++)
        add(ctx, HS_SEPARATING, &job->references[i], separate_cost);
}

static void add_to_stage(void *ctx, enum hs_stage stage, const struct hs_source *file, double times)
{
    double *cost = ctx;
    (void)file;
    cost[stage] += times;
}

/* The sum of each stage over the whole job, for the estimate of the time that is left. */
void hs_costs_of_job(const struct hs_entries *e, const struct hs_job *job, unsigned survival,
                     double cost[HS_N_COSTS])
{
    for (int i = 0; i < HS_N_COSTS; i++)
        cost[i] = 0;
    cost[HS_MEASURING] = (double)e->n * hs_cost_of_measuring(survival);
    for (size_t i = 0; i < job->n_tracks; i++)
        hs_costs_of_track(e, job, &job->tracks[i], add_to_stage, cost);
    hs_costs_of_references(job, add_to_stage, cost);
}

double hs_costs_take_couples(double cost[HS_N_COSTS], size_t n, unsigned survival)
{
    const double of[] = {[HS_MEASURING] = 2 * (double)n * hs_cost_of_measuring(survival),
                         [HS_COMPARING] = 2 * (double)n * compare_cost};
    double now = 0, later = 0;
    for (int i = HS_MEASURING; i <= HS_COMPARING; i++) {
        now += of[i];
        cost[i] = cost[i] > of[i] ? cost[i] - of[i] : 0;
    }
    for (int i = 0; i < HS_N_COSTS; i++)
        later += cost[i];
    return now > 0 ? later / now : 0;
}

double hs_costs_of_clips(const struct hs_job *job, unsigned survival, bool all)
{
    double n = (double)job->n_tracks;
    double many = hs_hearing_asked(survival) ? n : 0, plain = all ? n : clips_per_track * n;
    for (size_t i = 0; i < job->n_tracks; i++)
        many += hs_previews_targets(job, &job->tracks[i]) > 0;
    double share = fmin(1, most_clips / (many + plain + 1));
    return share * (many_sides_cost * many + clip_cost * plain);
}

/* What comes after this stage, in times of this stage. */
double hs_costs_later(const double cost[HS_N_COSTS], enum hs_stage stage)
{
    double later = 0;
    for (int i = (int)stage + 1; i < HS_N_COSTS; i++)
        later += cost[i];
    return cost[stage] > 0 ? later / cost[stage] : later > 0 ? NAN : 0;
}
