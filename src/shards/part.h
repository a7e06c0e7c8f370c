/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a shard leaves in RUN/parts: a store with a row that says of which plan it is, whether it
 * is complete, how many rows it has, and what is unfinished. N.sqlite is complete; N.begun.sqlite
 * is what a shard that was stopped has so far. Both come by one rename, so that two workers of
 * one shard do no harm: the last one wins, with the same results. A part that is damaged or of
 * another plan is a state, not a failure.
 */
#ifndef HS_SHARDS_PART_H
#define HS_SHARDS_PART_H

#include "run/gather.h"
#include "shards/plan.h"
#include "store/store.h"

struct hs_shard_part {
    bool complete;
    uint64_t n_files, n_results; /* rows, this one left out */
    struct hs_unfinished *unfinished;
    size_t n_unfinished;
};

/* Why a part cannot be used; HS_PART_WHOLE: it can. */
enum hs_part_state {
    HS_PART_WHOLE,
    HS_PART_MISSING,
    HS_PART_DAMAGED, /* its structure, a row, or rows that are lost */
    HS_PART_FOREIGN, /* of another plan, or no part at all */
    HS_N_PART_STATES
};
const char *hs_part_state_name(enum hs_part_state state);

const char *hs_part_path(const char *run, size_t shard, bool complete, struct hs_arena *a);
/* Puts the row into the store (in the place of an earlier one), copies it beside the parts under a
 * name of this host and process, syncs it, and renames it into its place: a reader sees the part
 * before or this one, whole. *part says what is complete and unfinished; its counts of rows are
 * filled in. A complete part takes the begun one away. The store stays open and the caller's. Any
 * failure (HS_E_IO: no room, no right to write) leaves the part that was there, and no copy.
 * RUN/parts must have been looked at (folder.h). One thread a store; any number of processes. */
enum hs_status hs_part_publish(struct hs_store *store, const char *run,
                               const struct hs_shard_plan *p, size_t shard,
                               struct hs_shard_part *part, struct hs_error *err);
/* Opens and checks a part: structure, every row, their number, the plan. *store is open where
 * it is WHOLE. */
enum hs_part_state hs_part_open(const char *run, const struct hs_shard_plan *p, size_t shard,
                                bool complete, struct hs_arena *a, struct hs_store **store,
                                struct hs_shard_part *out);

#endif
