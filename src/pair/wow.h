/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tape does not run evenly: how far the mix time of a moment of the master lies off the
 * straight line, every 2048 frames (about 46 ms), found by following the waveform. Good for
 * wow of up to some 2 Hz and 1.5 % of speed; flutter averages out.
 */
#ifndef HS_PAIR_WOW_H
#define HS_PAIR_WOW_H

#include "dsp/sinc.h"
#include "pair/feed.h"
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

/* Follows the master in [from_s, to_s) around *line, which is laid anew through what was
 * found. part[0] of the mix is compared with part[1] of the master (0 mid, 1 side). An error only
 * where a file cannot be read; `out` is freed by the caller even then. */
enum hs_status hs_wow_follow(struct hs_feed *mix, struct hs_feed *master, const int part[2],
                             struct hs_time_map *line, double from_s, double to_s,
                             struct hs_wow *out, struct hs_error *err);

#endif
