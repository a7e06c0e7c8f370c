/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one pass over all that both files share: the mix along the time line, through the filter
 * that the models found, against the master. Keeps 100 Hz ticks of gain, level and peaks, the
 * transfer over the whole shared part, and what is left unexplained. 64 bytes per tick.
 */
#ifndef HS_PAIR_PASS_H
#define HS_PAIR_PASS_H

#include "dsp/kweight.h"
#include "pair/aligned.h"
#include "pair/breaks.h"
#include "pair/clicks.h"
#include "pair/filter.h"
#include "pair/gain.h"
#include "pair/static_curve.h"

#include <stdbool.h>

enum { HS_PASS_HZ = 100 };

/* One tick of 10 ms; sums over its knots. */
struct hs_pass_tick {
    float xx, xy, yy, rr;    /* equalised mix, master, what gain (and curve) leave; power sums */
    float flat_xx, flat_gxx; /* of the flattened mix; the same times the gain */
    float peak_x, peak_y;
    float peak_before; /* of the mix as it is, at the gain: what stood before the filter */
    float frames;      /* 0: not in the shared part */
};

struct hs_pass {
    struct hs_transfer transfer;
    struct hs_filter filter;
    double rate_hz;
    /* given */
    enum hs_samples samples;             /* by which the gain is found */
    const struct hs_static_curve *curve; /* with that gain; NULL: none */
    float small;                         /* see hs_gain_knots */
    bool evens_out;                      /* the gain is taken off before the transfer is measured */
    bool measures_loudness;              /* costs a tenth of the pass */
    size_t every;                        /* frame of the transfer; 2 where there are plenty */
    /* results */
    struct hs_pass_tick *tick; /* from start_s on */
    size_t n_ticks, cap_ticks;
    double start_s;
    struct hs_clicks clicks;
    struct hs_breaks breaks;
    float *loud_mix, *loud_master; /* K-weighted power of 100 ms */
    size_t n_loud, cap_mix, cap_master;
    /* working state */
    float *mix[2];                              /* what the filter sees: n frames, mid and side */
    float *master[2];                           /* left and right beside it */
    float complex *now[2], *before[2];          /* spectra of the mix at this hop and the last */
    float complex *lent[HS_TRANSFER_FRAMES][2]; /* that the transfer may still have to see */
    size_t n_lent;
    float *even[2]; /* the master evened out, from the last frame's first on */
    float *eq[2], *per_frame, *gain;
    struct hs_knot *knot;
    size_t n_recent;  /* knots kept from hops before */
    size_t n_foreign; /* hops until the last one that did not agree has gone by */
    float last_gain;
    struct hs_kweight kweight;
    struct hs_kweight_state k_mix, k_master;
    double loud_sum[4];
    size_t loud_frames;
    int64_t end; /* frame of the master behind what is shared */
};

/* Transfer and filter are ready for frames of n and are set by the caller before a run. */
void hs_pass_init(struct hs_pass *p, double rate_hz, size_t n, double start_s);
/* Goes through a piece of one segment of the time line and adds to the results. An error only where
 * a file cannot be read. */
enum hs_status hs_pass_run(struct hs_pass *p, struct hs_aligned *a, size_t segment, double from_s,
                           double to_s, struct hs_error *err);
/* Forgets what was gone through; transfer, too. The filter stays. */
void hs_pass_reset(struct hs_pass *p);
void hs_pass_free(struct hs_pass *p);

#endif
