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

/* `err` says that a file cannot be read, `again` what a second try came to (all clear: nothing).
 * The same words twice are believed; else the second try counts, and where it failed in the same
 * way with other words the disk is at fault (HS_E_IO). */
void hs_checked_confirm(struct hs_error *err, const struct hs_error *again);

/* Takes the name of the file off the front of a message. */
void hs_checked_strip(const struct hs_checked *in, struct hs_error *err);

#endif
