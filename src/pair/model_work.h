/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the models work on: master and filtered mix of the stretches in memory, the filter and how
 * it is fitted, a gain per knot and what it leaves. One thread; owns its buffers, borrows the rest.
 */
#ifndef HS_PAIR_MODEL_WORK_H
#define HS_PAIR_MODEL_WORK_H

#include "pair/gain.h"
#include "pair/models.h"

struct hs_work {
    const struct hs_stretches *s;
    struct hs_transfer *transfer;
    struct hs_filter *filter;
    struct hs_transfer first, start; /* fitted to the master as it is; that the rounds begin with */
    const float *y[2];               /* master, left and right; of the stretches */
    float *x1[2];                    /* the mix through the filter */
    float *u[2];                     /* at its gain; then what the next filter is fitted to */
    struct hs_knot *knot;
    float *gain, *last; /* per knot; logarithms of the round before */
    size_t n, n_knots;
    bool *foreign; /* frames in which the master is something else, or nothing */
    double small;
    int only; /* channel that alone was changed, or -1 */
};

#define HS_CONST2(x) ((const float *const[]){(x)[0], (x)[1]})
/* A sample is small below this share of the ceiling: a clipper leaves it alone. */
#define HS_SMALL_SHARE 0.5
/* Share of the samples that pass the ceiling: a maximum is an overshoot after any codec. */
#define HS_OVER_CEILING 0.0005

void hs_work_init(struct hs_work *w, const struct hs_stretches *s, struct hs_transfer *t,
                  struct hs_filter *f);
void hs_work_free(struct hs_work *w);
/* Height that this share of the samples passes. */
double hs_work_height_of(const float *const y[2], size_t n, double share);
/* Powers of x, and of x - y, by channel. n: whole knots. */
struct hs_powers {
    double all[2], left[2];
};
struct hs_powers hs_work_powers_of(const float *const x[2], const float *const y[2], size_t n);
double hs_work_share_db(double left, double all);
/* Fits the transfer of the mix to `target` by least squares; `even`: the gain was taken off it.
 * Frames at the ends are left out where there are enough: what lies beyond them is not known. */
void hs_work_fit_filter(struct hs_work *w, const float *const target[2], bool even);
void hs_work_run_filter(struct hs_work *w);
/* Marks the frames that the filter is not fitted to: those of little coherence, and their
 * neighbours, which share samples with them. */
void hs_work_find_foreign(struct hs_work *w);
/* The channel that was changed where the filter explains the other one much better; -1: none. By
 * powers of the master, and of what the filter leaves. */
int hs_work_channel_alone(const struct hs_powers *p);

#endif
