/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose report a folder holds: OUT/.hindsight/job names the job file, where it lies as seen
 * from OUT (so that both may move together), its artist, and the number under which the
 * runs of this report are kept in a store that several reports may share.
 */
#ifndef HS_RUN_IDENTITY_H
#define HS_RUN_IDENTITY_H

#include "core/arena.h"
#include "core/error.h"
#include "model/job.h"

#include <stdint.h>

/* Reads or writes the identity of the report in the open folder OUT with its state folder.
 * The report of another job is refused (HS_E_USAGE) with the name of that job; one whose job
 * file is gone is taken over by a job of the same artist. */
enum hs_status hs_identity_claim(int out_fd, int state_fd, const char *out,
                                 const struct hs_job *job, uint64_t id[2], struct hs_error *err);

#endif
