/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time lines. A line says where a moment of the master lies in the mix:
 * mix time = delay_s + ratio * master time. Robust fit by Theil and Sen.
 */
#ifndef HS_PAIR_TIME_MAP_H
#define HS_PAIR_TIME_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct hs_time_map {
    double delay_s, ratio;
};

static inline double hs_time_map_at(struct hs_time_map l, double master_s)
{
    return l.delay_s + l.ratio * master_s;
}

/* Median of the slopes of all pairs, then least squares of the points within `keep`
 * robust deviations (at least `floor` away). used[i] says which. spread is the
 * robust deviation of all points from the first line; the errors are standard errors. */
struct hs_fit {
    double offset, slope; /* y = offset + slope * x */
    double offset_error, slope_error, spread;
    size_t n_used;
};
struct hs_fit hs_fit_time_map(const double *x, const double *y, size_t n, double floor, bool *used);

/* Where both run alike, frame by frame (converted or not), the part of a frame that is left of the
 * delay is a part of the transfer: the mix need not be read between its samples. */
struct hs_time_map hs_time_map_on_frames(struct hs_time_map map, double mix_hz, double master_hz);

#endif
