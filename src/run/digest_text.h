/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The digest for people (digest.txt) and for programs (digest.json), appended to `out`. Control
 * characters of titles and paths are made visible. Only printing can fail.
 */
#ifndef HS_RUN_DIGEST_TEXT_H
#define HS_RUN_DIGEST_TEXT_H

#include "core/error.h"
#include "run/digest.h"

/* `titles` of tracks come from the audit; control characters are made visible. */
void hs_digest_text(const struct hs_digest *d, const struct hs_audit *audit, struct hs_buf *out);
/* `job` and `unfinished` stand in it for overviews over many reports. */
void hs_digest_json(const struct hs_digest *d, const struct hs_job *job, size_t unfinished,
                    struct hs_buf *out);
/* The digest of a run in which nothing changed since the run `last`; `since` is a day. */
void hs_digest_text_unchanged(const struct hs_run *last, const struct hs_job *job,
                              const struct hs_unfinished *unfinished, size_t n_unfinished,
                              const char *since, struct hs_buf *out);
void hs_digest_json_unchanged(const struct hs_run *last, const struct hs_job *job,
                              size_t unfinished, struct hs_arena *a, struct hs_buf *out);
/* The same to standard output; HS_E_IO where that is closed or full. */
enum hs_status hs_digest_print(const struct hs_digest *d, const struct hs_job *job,
                               size_t unfinished, struct hs_error *err);
/* The same for a run in which nothing changed since the run `last`. */
enum hs_status hs_digest_print_unchanged(const struct hs_run *last, const struct hs_job *job,
                                         size_t unfinished, struct hs_arena *a,
                                         struct hs_error *err);

#endif
