/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A channel of the master that comes later than in the mix, all through or from a moment on. Laid
 * on a feed (pair/feed.h) it takes the lateness back, so that all that is found beside it is found
 * as if it were not there. Plain data, pure functions.
 */
#ifndef HS_PAIR_LATE_H
#define HS_PAIR_LATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HS_LATE_STEPS = 4 };

/* From a moment of the master on; left and right are so much late, negative: early. In the mix
 * itself left comes later than right by mix_left_s; 0: not, or it is not known. */
struct hs_late_step {
    double from_s, late_s[2], mix_left_s;
};

/* What one channel is later by than the other, to be found here; less is a part of the filter. */
extern const double hs_late_least_s;

/* In the order of time; n 0: no channel is late. Before the first step its own holds. */
struct hs_late {
    struct hs_late_step step[HS_LATE_STEPS];
    size_t n;
};

/* Frames that are read before the first and behind the last one of a request. */
void hs_late_reach(const struct hs_late *l, double rate_hz, size_t *before, size_t *behind);
/* n frames from the moment at_s on, of what begins `before` frames earlier. */
void hs_late_take(const struct hs_late *l, double rate_hz, double at_s, size_t before, size_t n,
                  const float *const in[2], float *const out[2]);
/* Whether a moment of the master is that of a jump from one step to the next; NULL: there are none.
 */
bool hs_late_jumps_at(const struct hs_late *l, double master_s);
/* How much later left is than right where a step holds, seconds. */
double hs_late_left_s(const struct hs_late_step *step);

#endif
