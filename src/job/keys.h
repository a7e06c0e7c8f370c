/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of the keys that may stand in a job file: each row has its places, form, help and
 * reader. Messages, `hindsight generate keys` and docs/job-file.md follow from it. Read-only.
 */
#ifndef HS_JOB_KEYS_H
#define HS_JOB_KEYS_H

#include "job/schema.h"

extern const struct hs_job_key hs_job_keys[];
extern const size_t hs_n_job_keys;

#endif
