/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the names in a job file tell without its audio: who plays, and recording codes that stand
 * on more than one song. Reads nothing from disk; results live in the arena.
 */
#ifndef HS_CLI_CHECK_NAMES_H
#define HS_CLI_CHECK_NAMES_H

#include "core/arena.h"
#include "model/job.h"

struct hs_job_artist {
    const char *name; /* NULL: nobody is named */
    size_t n_tracks;
};

/* One recording code on songs of different titles. */
struct hs_shared_isrc {
    const char *isrc;
    const struct hs_track **tracks; /* one for each title, in the order of the job */
    size_t n_tracks;
};

/* In the arena; the one with most tracks first. */
const struct hs_job_artist *hs_check_artists(const struct hs_job *job, struct hs_arena *a,
                                             size_t *n);
/* In the arena, in the order of the codes. */
const struct hs_shared_isrc *hs_check_isrcs(const struct hs_job *job, struct hs_arena *a,
                                            size_t *n);

#endif
