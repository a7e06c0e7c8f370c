/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of a task in the worker, which must be those that the supervisor looked at: each
 * file is checked against its stamp before and after, and held open between, so that no
 * other one can take its inode. A file that was replaced meanwhile, even if the old one is back,
 * makes the task unfinished.
 */
#ifndef HS_RUN_CHECKED_H
#define HS_RUN_CHECKED_H

#include "core/stamp.h"
#include "core/wire.h"
#include "model/job.h"

struct hs_checked {
    struct hs_source source;
    struct hs_stamp stamp[2]; /* right one: of a discrete pair */
    int fd[2];                /* -1: not open */
};

/* `right` is NULL where the source is one file. */
void hs_checked_put(struct hs_buf *payload, const struct hs_source *source,
                    const struct hs_stamp *stamp, const struct hs_stamp *right);
struct hs_checked hs_checked_take(struct hs_cursor *c, struct hs_arena *a);

/* HS_E_MISSING, HS_E_CHANGED, HS_E_FORMAT (not a regular file) or HS_E_IO. */
enum hs_status hs_checked_open(struct hs_checked *in, struct hs_error *err);
/* Closes; HS_E_CHANGED, also over an error that is set, where it is not the same file. */
void hs_checked_close(struct hs_checked *in, struct hs_error *err);

/* Takes the name of the file off the front of a message. */
void hs_checked_strip(const struct hs_checked *in, struct hs_error *err);

#endif
