/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Progress for people: on a terminal one line redrawn at most ten times a second,
 * elsewhere a line every 30 s. Audio hours done, speed against real time, time left of all
 * stages.
 */
#ifndef HS_POOL_PROGRESS_H
#define HS_POOL_PROGRESS_H

#include "core/log.h"

#include <stdbool.h>
#include <time.h>

struct hs_progress {
    const struct hs_log *log;
    bool terminal;
    const char *what;                 /* "measuring" */
    double total_weight, done_weight; /* bytes */
    double later;   /* time of all later stages over that of this one; NaN: unknown */
    double audio_s; /* worked off, incl. tasks under way */
    size_t n, n_done;
    struct timespec start, last;
};

void hs_progress_start(struct hs_progress *p, const struct hs_log *log, const char *what);
void hs_progress_draw(struct hs_progress *p); /* cheap when it is not yet time */
void hs_progress_end(struct hs_progress *p);  /* clears the line, says the total */

#endif
