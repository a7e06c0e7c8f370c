/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tape does not run evenly: how far the mix time of a moment of the master lies off the
 * straight line, and how the mix is read along that path (pair/wow_follow.h finds it).
 */
#ifndef HS_PAIR_WOW_H
#define HS_PAIR_WOW_H

#include "dsp/sinc.h"
#include "pair/time_map.h"

struct hs_wow {
    double from_s, step_s; /* in master time: of the first knot; between knots */
    size_t n;              /* 0: runs along the line */
    double *late_s;        /* mix time less that of the line; owned */
};

void hs_wow_free(struct hs_wow *w);
/* Off the line at a moment, smooth between the knots; 0 where there is no wow. */
double hs_wow_at(const struct hs_wow *w, double master_s);

/* Where frames of the master lie in a buffer of the mix. */
struct hs_path {
    struct hs_time_map line;
    const struct hs_wow *wow; /* NULL or empty: straight */
    double rate_hz;           /* of the master */
    double mix_hz, mix_s;     /* of the buffer, and the time of its frame 0 */
};
/* n frames from master_s on, read between those of the buffer along the path. */
void hs_path_read(const struct hs_path *p, const struct hs_sinc *sinc, const float *left,
                  const float *right, double master_s, size_t n, float *out_left, float *out_right);

#endif
