/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the master is away while the mix sounds: silent, or turned down so far that music drops
 * out. Ticks and seconds of the master. Pure.
 */
#ifndef HS_PAIR_SILENCED_H
#define HS_PAIR_SILENCED_H

#include "pair/reduction.h"

enum { HS_DROPS_MOST = 16 };

/* A place where the level falls away: ticks, by how many dB, and in which channel (0 left, 1 right,
 * -1 both). */
struct hs_drop {
    size_t from, to;
    double db;
    int channel;
};

/* Seconds of silence between moments in which both sound, from tick `from` up to tick `to`:
 * between the fades at both ends, which fall silent as well. */
double hs_silenced_seconds(const struct hs_reduction *r, size_t from, size_t to);

/* Places of 0.1 to 10 s between `from` and `to` in which the gain is 20 dB and more below its usual
 * value while the mix sounds as loud as elsewhere; at most HS_DROPS_MOST, how many. Silence is one
 * of them. What a gate closes on is softer than what it lets through: that is none. */
size_t hs_drops_find(const struct hs_reduction *r, size_t from, size_t to,
                     struct hs_drop drop[HS_DROPS_MOST]);

#endif
