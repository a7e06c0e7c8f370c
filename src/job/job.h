/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From YAML to struct hs_job: schema, inheritance, globs, look-up of files. The only
 * includer of yaml.h. Messages have the form file:line:column: what was found, what was
 * expected; all that can be found in one pass are reported.
 */
#ifndef HS_JOB_JOB_H
#define HS_JOB_JOB_H

#include "core/buf.h"
#include "core/error.h"
#include "model/job.h"

/* Loads a job file. Whatever is wrong (a file that cannot be read too) is HS_E_USAGE, and
 * `messages` holds one line per error. `rules` are the known rule ids, for `rules:` and
 * `accept:`; with none given any id is taken. Missing audio files are no error: their
 * source says exists == false. */
enum hs_status hs_job_load(const char *path, const char *const *rules, size_t n_rules,
                           struct hs_job **out, struct hs_buf *messages, struct hs_error *err);
/* The same from bytes in memory; `path` names them and is the base of relative paths. */
enum hs_status hs_job_parse(const char *path, const void *data, size_t n, const char *const *rules,
                            size_t n_rules, struct hs_job **out, struct hs_buf *messages,
                            struct hs_error *err);
void hs_job_free(struct hs_job *job); /* NULL is fine */

#endif
