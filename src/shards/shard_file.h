/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RUN/shards/N: what shard N has to measure, as bytes that need no job file to be read and no
 * folder to be looked into. The plan has the hash of each. Reading takes foreign bytes: what is
 * no shard is refused, and never asks for more memory than a small multiple of its size.
 */
#ifndef HS_SHARDS_SHARD_FILE_H
#define HS_SHARDS_SHARD_FILE_H

#include "core/buf.h"
#include "model/job.h"
#include "shards/plan.h"

/* What one shard measures: whole tracks, and references beside them. Previews are made towards
 * the references of the job, all of which a shard with such tracks has. */
struct hs_shard {
    const struct hs_job *job; /* what it asks of every track */
    const struct hs_track **tracks;
    const struct hs_source **others; /* references, of mixes too */
    const struct hs_source **apart;  /* references of masters that are taken apart here */
    size_t n_tracks, n_others, n_apart;
    bool preview;   /* tracks of it are mastered in house */
    uint64_t files; /* over the sizes and times of all of them: a part of other files is none of
                       this plan */
};

void hs_shard_put(struct hs_buf *out, const struct hs_shard *s);
/* Any bytes, as a job that has what gathering reads; false where they are no shard. */
bool hs_shard_take(const void *data, size_t n, struct hs_arena *a, struct hs_job *out);
enum hs_status hs_shard_write(const char *run, size_t number, const struct hs_buf *data,
                              struct hs_error *err);
/* HS_E_USAGE: it is not what the plan says. A command in it is to be run only where the job is
 * `trusted`. */
enum hs_status hs_shard_read(const char *run, const struct hs_shard_plan *p, size_t number,
                             struct hs_arena *a, struct hs_job *out, struct hs_error *err);

#endif
