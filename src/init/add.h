/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an archive has that its job file does not know yet, as additions to the file
 * (job/merge.h). Reads no disk; never fails.
 */
#ifndef HS_INIT_ADD_H
#define HS_INIT_ADD_H

#include "core/buf.h"
#include "init/archive.h"
#include "job/merge.h"
#include "model/job.h"

/* `text` is the job file. *n additions, to be freed with hs_free; their texts live in the
 * archive's arena. */
struct hs_addition *hs_init_additions(struct hs_archive *in, const struct hs_job *job,
                                      const struct hs_buf *text, size_t *n);

#endif
