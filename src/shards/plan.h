/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of a run over many machines, as `split` writes it and all others read it:
 * RUN/plan.json for people and programs, RUN/shards/N with what shard N has to measure. The hash
 * of the plan goes over the job, the program that measures and every shard; a part that was
 * measured by another plan is none of this run. What is read lives in the arena.
 */
#ifndef HS_SHARDS_PLAN_H
#define HS_SHARDS_PLAN_H

#include "core/arena.h"
#include "core/error.h"
#include "run/costs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_shard_head {
    double stage_s[HS_N_STAGES]; /* in seconds of audio measured once */
    size_t n_files, n_couples;
    uint64_t hash; /* of the file of the shard */
};

struct hs_shard_plan {
    const char *job_path; /* absolute */
    uint64_t job_hash, program, hash;
    double max_missing;
    struct hs_shard_head *shards;
    size_t n;
    bool trusted; /* nobody but the user and root could have written plan and job file */
};

/* Of all stages together. */
double hs_shard_weight_s(const struct hs_shard_head *h);
/* What measures and compares here, by its versions. */
uint64_t hs_shard_plan_program(void);
/* Over all but itself. */
uint64_t hs_shard_plan_hash(const struct hs_shard_plan *p);

enum hs_status hs_shard_plan_write(const char *run, const struct hs_shard_plan *p,
                                   struct hs_error *err);
/* Any text; false where it is no plan, or not the one that its hash is of. */
bool hs_shard_plan_parse(const char *path, const char *text, size_t n, struct hs_arena *a,
                         struct hs_shard_plan *out);
/* HS_E_USAGE: there is no plan in RUN, or it is of another program. */
enum hs_status hs_shard_plan_read(const char *run, struct hs_arena *a, struct hs_shard_plan *out,
                                  struct hs_error *err);
/* HS_E_USAGE where the job file is no longer the one that was split. */
enum hs_status hs_shard_plan_check_job(struct hs_shard_plan *p, struct hs_error *err);

#endif
