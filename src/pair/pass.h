/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one pass over both files in lockstep: the mix is read along the line, equalised by
 * the calibrated filter, and set against the master. Keeps 100 Hz series of gain, level
 * and peaks, the transfer over the whole shared part, and what is left unexplained.
 */
#ifndef HS_PAIR_PASS_H
#define HS_PAIR_PASS_H

#include "dsp/kweight.h"
#include "pair/feed.h"
#include "pair/fine.h"
#include "pair/gain.h"
#include "pair/transfer.h"

#include <stdbool.h>

enum { HS_PASS_HZ = 100 };

/* One tick of 10 ms; sums over its blocks. */
struct hs_pass_tick {
    float xx, xy, yy, rr; /* equalised mix, master, residual; power sums */
    float peak_x, peak_y;
    float frames; /* 0: not in the shared part */
};

struct hs_pass {
    struct hs_transfer transfer;
    struct hs_filter filter;
    struct hs_sinc sinc;
    double rate_hz;
    /* results */
    struct hs_pass_tick *tick; /* from start_s on */
    size_t n_ticks, cap_ticks;
    double start_s;
    double ceiling;                /* of the master: given */
    const struct hs_wow *wow;      /* off the line; given, NULL: none */
    bool measures_loudness;        /* given; costs a tenth of the pass */
    size_t every;                  /* given: frame of the transfer; 2 where there are plenty */
    float *loud_mix, *loud_master; /* K-weighted power of 100 ms */
    size_t n_loud, cap_mix, cap_master;
    /* working state */
    float *mix[2], *master[2];         /* what the filter sees: n frames */
    float complex *now[2], *before[2]; /* spectra of the mix at this hop and the last */
    float *even[2];                    /* the master evened out, from the last frame's first on */
    float *eq[2], *per_frame, *gain;
    struct hs_gain_sums *blocks;
    size_t n_recent;  /* groups kept from hops before */
    size_t n_foreign; /* hops until the last one that did not agree has gone by */
    float last_gain;
    struct hs_kweight kweight;
    struct hs_kweight_state k_mix, k_master;
    double loud_sum[4];
    size_t loud_frames;
    int64_t end; /* frame of the master behind what is shared */
};

/* Transfer and filter have been calibrated with length n and are moved into the pass. */
void hs_pass_init(struct hs_pass *p, double rate_hz, size_t n, double start_s, double ceiling);
/* Goes through [from_s, to_s) of the master; may be called for several segments. */
enum hs_status hs_pass_run(struct hs_pass *p, struct hs_feed *mix, struct hs_feed *master,
                           struct hs_time_map line, const struct hs_basis *basis, double from_s,
                           double to_s, struct hs_error *err);
void hs_pass_free(struct hs_pass *p);

#endif
