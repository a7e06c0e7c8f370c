/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Progress for people: on a terminal one line redrawn at most ten times a second,
 * elsewhere a line every 30 s. Audio hours done, speed against real time, time left of all
 * stages: tasks under way count as far as they must have come at the pace of those that are done.
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
    double busy_s;                    /* worker time that what is done took, summed over tasks */
    double under_way; /* of tasks that are being worked on: the weight that they have done */
    double later;     /* time of all later stages over that of this one; NaN: unknown */
    double audio_s;   /* worked off, incl. tasks under way */
    size_t n, n_done;
    struct timespec start, last;
};

void hs_progress_start(struct hs_progress *p, const struct hs_log *log, const char *what);
/* A task is done that took so long. */
void hs_progress_done(struct hs_progress *p, double weight, double took_s);
/* The weight that a task of this weight has done after so many seconds; 0 until one is done. */
double hs_progress_under_way(const struct hs_progress *p, double weight, double for_s);
void hs_progress_draw(struct hs_progress *p); /* cheap when it is not yet time */
void hs_progress_end(struct hs_progress *p);  /* clears the line, says the total */

#endif
