/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adding to a job file that people have edited: every byte that stands there stays,
 * with its comments and its order; what is new is put in at its place, in the style of
 * the place (block or flow).
 */
#ifndef HS_JOB_MERGE_H
#define HS_JOB_MERGE_H

#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>

enum hs_addition_kind {
    HS_ADD_RELEASE, /* behind the last release */
    HS_ADD_TRACK,   /* behind the last track of a release */
    HS_ADD_MIX,     /* a mix to a track that has none, behind its master */
    HS_ADD_NOTE,    /* lines of comment at the end of the file */
};

struct hs_addition {
    enum hs_addition_kind kind;
    size_t release, track; /* of the job as it stands; track: within its release */
    const char *block;     /* whole lines, written for column 1 */
    const char *flow;      /* the same in one piece: "{title: X, ...}", "mix: X"; no note has it */
    bool placed;           /* set: false where the place is written through an alias */
};

/* `data` must be a job file that loads. The result is checked by nobody here: load it
 * before it is kept. */
enum hs_status hs_job_merge(const char *path, const void *data, size_t n, struct hs_addition *adds,
                            size_t n_adds, struct hs_buf *out, struct hs_error *err);

#endif
