/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the masters of each release lie to each other: made once for a whole audit, so that a track
 * is held against the others of its release in logarithmic time, however many these are. Two
 * measures: integrated loudness (LUFS), and the slope of the third octaves from 100 Hz to 10 kHz,
 * as the difference that it makes over that span (dB). Lives in the arena that is given.
 */
#ifndef HS_JUDGE_BESIDE_H
#define HS_JUDGE_BESIDE_H

#include "core/arena.h"
#include "model/audit.h"

enum hs_beside_measure { HS_BESIDE_LOUDNESS, HS_BESIDE_TONE, HS_N_BESIDE };

/* One measure of all masters, release by release. */
struct hs_beside_course {
    double *value;           /* by track of the job; NaN where it is not known */
    double *sorted, *sum;    /* the known ones of a release from its first track on, and their sums:
                                sum[i] holds what is before sorted[i] */
    size_t *known;           /* by release */
    double *steps, *n_steps; /* by track: sizes and number of the steps before it on its release,
                                from a track to the next one of the same disc */
};

struct hs_beside {
    /* [1]: masters as their updates are, where they have some */
    struct hs_beside_course course[2][HS_N_BESIDE];
};

double hs_beside_read(enum hs_beside_measure measure, const struct hs_values *v); /* or NaN */

/* Of this release alone; NULL: of all. Kinds of updates (`update_kind`) are to be settled before
 * the masters as their updates are (course[1]) can be told. */
const struct hs_beside *hs_beside_new(const struct hs_audit *audit,
                                      const struct hs_release *release, struct hs_arena *arena);

/* Values, or steps, of a release without those of one track: how many, and the mean of their sizes
 * (of values: of their distance from the median). */
struct hs_beside_others {
    size_t n;
    double middle, distance; /* middle: NaN for steps, and where n is 0 */
};
struct hs_beside_others hs_beside_values(const struct hs_beside_course *c,
                                         const struct hs_audit *audit, size_t track);
struct hs_beside_others hs_beside_steps(const struct hs_beside_course *c,
                                        const struct hs_audit *audit, size_t track);

#endif
