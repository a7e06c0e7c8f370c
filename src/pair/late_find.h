/* SPDX-License-Identifier: Apache-2.0 */
/* Whether one channel of the master comes later than in the mix, by how much and from where on. */
#ifndef HS_PAIR_LATE_FIND_H
#define HS_PAIR_LATE_FIND_H

#include "pair/feed.h"
#include "pair/late.h"
#include "pair/time_map.h"

/* Up to half a second either way, from 0.2 ms on, of what both share between two moments of the
 * master by a line that may be off as much, and leads to where no channel is late afterwards.
 * out->n is 0 where the channels lie alike, or where too few places tell. Both feeds are at one
 * rate, nearly; fails only where a file cannot be read. */
enum hs_status hs_late_find(struct hs_feed *mix, struct hs_feed *master, struct hs_time_map *line,
                            double from_s, double to_s, struct hs_late *out, struct hs_error *err);

#endif
