/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds the wow of a tape (pair/wow.h) by following the waveform, with a knot every 2048 frames
 * (about 46 ms). Good for wow of up to some 2 Hz and 1.5 % of speed; flutter averages out.
 */
#ifndef HS_PAIR_WOW_FOLLOW_H
#define HS_PAIR_WOW_FOLLOW_H

#include "pair/feed.h"
#include "pair/wow.h"

/* Follows the master in [from_s, to_s) around *line, which is laid anew through what was
 * found. part[0] of the mix is compared with part[1] of the master (0 mid, 1 side). An error only
 * where a file cannot be read; `out` is freed by the caller even then. */
enum hs_status hs_wow_follow(struct hs_feed *mix, struct hs_feed *master, const int part[2],
                             struct hs_time_map *line, double from_s, double to_s,
                             struct hs_wow *out, struct hs_error *err);

#endif
