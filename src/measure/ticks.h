/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The common time grid of the analysers: tick i covers the frames from i/100 s to (i+1)/100 s,
 * each edge rounded to the nearest frame, so that rates that are no multiple of 100 Hz are served
 * too. Pure.
 */
#ifndef HS_MEASURE_TICKS_H
#define HS_MEASURE_TICKS_H

#include <stddef.h>
#include <stdint.h>

enum { HS_TICKS_PER_S = 100, HS_TICKS_PER_100_MS = 10 };

/* First frame of a tick. */
static inline int64_t hs_tick_frame(int64_t tick, int sample_rate_hz)
{
    return (tick * sample_rate_hz + HS_TICKS_PER_S / 2) / HS_TICKS_PER_S;
}

/* How many of n frames that begin at `first` belong to `tick`. */
static inline size_t hs_tick_take(int64_t tick, int sample_rate_hz, int64_t first, size_t n)
{
    int64_t left = hs_tick_frame(tick + 1, sample_rate_hz) - first;
    return left < (int64_t)n ? (size_t)left : n;
}

#endif
