/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of a run over many machines, as `split` writes it and all others read it:
 * RUN/plan.json for people and programs, RUN/shards/N with what shard N has to measure. The
 * hash of the plan goes over the job, the program that measures and every shard; a part that was
 * measured by another plan is none of this run.
 */
#ifndef HS_SHARDS_PLAN_H
#define HS_SHARDS_PLAN_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/error.h"
#include "model/job.h"

#include <stddef.h>
#include <stdint.h>

/* What one shard measures: whole tracks, and references beside them. */
struct hs_shard {
    const struct hs_track **tracks;
    const struct hs_source **references;
    size_t n_tracks, n_references;
    unsigned survival; /* destinations, as the job asks for them */
    /* Where tracks of it are mastered in house: all references of the job, whose tone that goes
     * towards; they are measured in every such shard. */
    const struct hs_source *tone;
    size_t n_tone;
    bool preview;
};

struct hs_shard_head {
    double weight_s; /* of audio: once for measuring, and a share for comparing */
    size_t n_files, n_couples;
    uint64_t hash; /* of the file of the shard */
};

struct hs_shard_plan {
    const char *job_path; /* absolute */
    uint64_t job_hash, program, hash;
    double max_missing;
    struct hs_shard_head *shards;
    size_t n;
};

/* What measures and compares here, by its versions. */
uint64_t hs_shard_plan_program(void);
/* Over all but itself. */
uint64_t hs_shard_plan_hash(const struct hs_shard_plan *p);

enum hs_status hs_shard_plan_write(const char *run, const struct hs_shard_plan *p,
                                   struct hs_error *err);
/* HS_E_USAGE: there is no plan in RUN, or it is of another program. */
enum hs_status hs_shard_plan_read(const char *run, struct hs_arena *a, struct hs_shard_plan *out,
                                  struct hs_error *err);
/* HS_E_USAGE where the job file is no longer the one that was split. */
enum hs_status hs_shard_plan_check_job(const struct hs_shard_plan *p, struct hs_error *err);

void hs_shard_put(struct hs_buf *out, const struct hs_shard *s);
enum hs_status hs_shard_write(const char *run, size_t number, const struct hs_buf *data,
                              struct hs_error *err);
/* As a job that has what gathering reads. HS_E_USAGE: it is not what the plan says. */
enum hs_status hs_shard_read(const char *run, const struct hs_shard_plan *p, size_t number,
                             struct hs_arena *a, struct hs_job *out, struct hs_error *err);

#endif
