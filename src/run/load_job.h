/* SPDX-License-Identifier: Apache-2.0 */
/* Loads a job for a command and logs what is wrong with it. */
#ifndef HS_RUN_LOAD_JOB_H
#define HS_RUN_LOAD_JOB_H

#include "core/log.h"
#include "model/job.h"

/* NULL where the job cannot be used: then its errors are logged and *exit_code is set. The caller
 * frees the job (hs_job_free). */
struct hs_job *hs_run_load_job(const char *path, const struct hs_log *log, int *exit_code);

#endif
