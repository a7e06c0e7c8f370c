/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scripts of a run for Slurm: what a task of the array does, and how all is submitted. They
 * name the program by the path it runs from.
 */
#ifndef HS_SHARDS_SCRIPTS_H
#define HS_SHARDS_SCRIPTS_H

#include "core/error.h"
#include "shards/plan.h"

#include <stdbool.h>

/* How many tasks an array of this site may have, by scontrol; 0 where there is none. */
size_t hs_scripts_most_shards(void);
/* RUN/shard.sbatch, merge.sbatch, clips.sbatch, report.sbatch and submit.sh; `run` is absolute. */
enum hs_status hs_scripts_write(const char *run, const struct hs_shard_plan *p, bool shared,
                                struct hs_error *err);

#endif
