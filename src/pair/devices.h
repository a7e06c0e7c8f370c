/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which devices made the master, in the order of the signal, each only where it is proven; and
 * the slow gain that is none: fades and rides. Pure functions of models and reduction.
 */
#ifndef HS_PAIR_DEVICES_H
#define HS_PAIR_DEVICES_H

#include "model/audit.h"
#include "pair/reduction.h"

#include <stdbool.h>

enum { HS_RIDES_MOST = 32 };

struct hs_devices {
    struct hs_device_use chain[HS_CHAIN_MOST];
    size_t n_chain;
    enum hs_processor last;
    bool curve, soft, behind; /* a curve is there; a soft one; in front of the filter */
    bool pure;                /* the curve alone explains what the gain seems to do */
    bool gain;                /* a gain device is named */
    bool hidden_compressor;   /* one before the limiter cannot be ruled out */
    bool multiband;
    const struct hs_static_curve *shape; /* that of the curve, NULL: none */
    double knee_db, top_db;
    bool lower_bound; /* the reduction is at least this: something never lets go */
    double bound_db;  /* of median and p95 */
    struct hs_passage fades[2], rides[HS_RIDES_MOST];
    size_t n_fades, n_rides;
    double fade_in_s, fade_out_s; /* 0: none; NaN: too little sound */
};

/* start_s: of the first tick, in master time. out->shape points into m. */
void hs_devices_find(const struct hs_models *m, const struct hs_reduction *r, double start_s,
                     struct hs_devices *out);
/* What the best of all models leaves, that of the pass included, dB relative to the master. */
double hs_devices_residual_db(const struct hs_devices *d, const struct hs_models *m,
                              const struct hs_reduction *r);

#endif
