/* SPDX-License-Identifier: Apache-2.0 */
/*
 * After the judging: the clips that the report needs, cut by share of the orders that the audit
 * left beside the store of the run (run/clip_desk.h). There are few of them, so that few tasks of
 * an array share them: the first of a run's shards.
 */
#ifndef HS_SHARDS_CLIPS_H
#define HS_SHARDS_CLIPS_H

#include "shards/work.h"

/* How many of `n_shards` cut clips; the others have nothing to do. */
size_t hs_shard_clips_share(size_t n_shards);
/* As hs_work, for the clips. *n_unfinished: clips that could not be cut this time. HS_E_USAGE also
 * where nothing has been judged yet. */
enum hs_status hs_work_clips(const struct hs_work_request *q, size_t *n_unfinished,
                             struct hs_error *err);

#endif
