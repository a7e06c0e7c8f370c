/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers of shards: which one a task of a job array is, by the variable of its engine, and
 * lists of them as sbatch takes them.
 */
#ifndef HS_SHARDS_NUMBERS_H
#define HS_SHARDS_NUMBERS_H

#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends "17,203-205"; `in` says of each shard whether it is in the list. */
void hs_shard_list(const bool *in, size_t n, struct hs_buf *out);
/* The shard that `text` says, else the environment: HINDSIGHT_SHARD, then the index of Slurm, PBS,
 * Kubernetes, AWS Batch (from 0), LSF and Grid Engine (from 1). HS_E_USAGE where nobody says
 * one, or none of the `n`. */
enum hs_status hs_shard_number(const char *text, size_t n, size_t *out, struct hs_error *err);

#endif
