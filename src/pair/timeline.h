/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the master lies in the mix: offset and drift (time map), wow, edits and the shared
 * part, in one. Segments are in the order of the master; an unedited pair has one. Plain data;
 * the wow is owned by it.
 */
#ifndef HS_PAIR_TIMELINE_H
#define HS_PAIR_TIMELINE_H

#include "pair/edits.h"
#include "pair/wow.h"

/* What is shorter is no pair and no stretch of one. */
#define HS_LEAST_SHARED_S 2.0

struct hs_timeline {
    struct hs_edit segment[HS_EDITS_MOST];
    size_t n_segments;
    bool edited;       /* segments are cuts, not the whole shared part */
    bool skipped;      /* they are all there is, but for what was lost or repeated between them */
    struct hs_wow wow; /* off the map of segment 0; n 0: none */
};

/* Mix time of a moment of the master by the map of a segment, and by the wow where there is one. */
double hs_timeline_mix_s(const struct hs_timeline *t, size_t segment, double master_s);
/* Seconds of the master that the segments cover; from the first to the end of the last. */
double hs_timeline_shared_s(const struct hs_timeline *t);
double hs_timeline_from_s(const struct hs_timeline *t);
/* The first of the longest segments. */
size_t hs_timeline_longest(const struct hs_timeline *t);
/* One segment: all that lies in both files, of these lengths, by a map. */
void hs_timeline_whole(struct hs_timeline *t, struct hs_time_map map, double mix_s,
                       double master_s);
void hs_timeline_free(struct hs_timeline *t);

#endif
