/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A private folder (0700) on the local disk of the node, for as long as a shard is worked on. The
 * path lives in the arena.
 */
#ifndef HS_SHARDS_SCRATCH_H
#define HS_SHARDS_SCRATCH_H

#include "core/arena.h"
#include "core/error.h"

#include <stdbool.h>

/* In SLURM_TMPDIR, TMPDIR or /tmp, the first that can be written; else in RUN/scratch, which is
 * looked at as all folders of RUN are (folder.h). NULL with *err: HS_E_IO, or HS_E_FOREIGN. */
const char *hs_shard_scratch_make(const char *run, bool shared, struct hs_arena *a,
                                  struct hs_error *err);
/* With all that is in it; NULL is fine. */
void hs_shard_scratch_drop(const char *folder);

#endif
