/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The job behind `hindsight preview`: the mixes as tracks to be released, by themselves or beside
 * those of a job. Everything lives in the arena given.
 */
#ifndef HS_CLI_PREVIEW_JOB_H
#define HS_CLI_PREVIEW_JOB_H

#include "cli/options.h"

/* Appends the operands to *job, which is empty or was loaded, and sets what the options ask for.
 * HS_E_USAGE: the targets are none. */
enum hs_status hs_preview_job_set(const struct hs_options *o, struct hs_arena *arena,
                                  struct hs_job *job, struct hs_error *err);

#endif
