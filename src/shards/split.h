/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a job to a run over many machines: every track with its mixes, stems and updates is one
 * unit, and tracks that share a file are one, so that no file is measured twice and no pair is
 * torn. Heaviest first, each to the shard that has the least.
 */
#ifndef HS_SHARDS_SPLIT_H
#define HS_SHARDS_SPLIT_H

#include "core/error.h"
#include "core/log.h"
#include "model/job.h"

#include <signal.h>

struct hs_split_request {
    const struct hs_job *job;
    const char *run; /* the folder, made where it is not there */
    bool shared;     /* the group may write it, too */
    size_t n_shards;
    int jobs;
    const struct hs_log *log;
    const volatile sig_atomic_t *stop;
};

/* Writes the plan, the shards and the scripts. HS_E_USAGE: more shards than the site lets an
 * array have; HS_E_MISSING: too many files are not there;
 * HS_E_FOREIGN: RUN is a link or another's. */
enum hs_status hs_split(const struct hs_split_request *q, struct hs_error *err);

#endif
