/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers written into the text of a job file: `heard`, `not_heard` and `accept` of the tracks
 * they are about, at the places that the parser marks. Comments, order and everything else
 * stay as they are: the result is parsed again and refused if anything else has changed.
 */
#ifndef HS_JOB_EDIT_H
#define HS_JOB_EDIT_H

#include "core/buf.h"
#include "core/error.h"
#include "model/job.h"

struct hs_edit_count {
    size_t added;          /* entries that now stand in the job */
    size_t there;          /* entries that stood there already */
    size_t contradictions; /* yes and no about one finding: the later one was taken */
    size_t unknown;        /* entries of tracks that are not in the job */
};

/* `text` is that of the job file, `answers` that of an answers.yaml, `path` and `answers_path`
 * name them in messages. *out is the new text; *diff says what changed, line by line. HS_E_USAGE
 * where either cannot be read, an entry contradicts the job, or anything else would change;
 * `messages` tells. */
enum hs_status hs_job_edit(const char *path, const struct hs_buf *text, const char *answers_path,
                           const struct hs_buf *answers, const char *const *rules, size_t n_rules,
                           struct hs_buf *out, struct hs_buf *diff, struct hs_edit_count *count,
                           struct hs_buf *messages, struct hs_error *err);

#endif
