/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the moving gain was: reduction against the passages that are not reduced, its
 * static curve, and which kind of device it looks like. Pure functions of the ticks.
 */
#ifndef HS_PAIR_REDUCTION_H
#define HS_PAIR_REDUCTION_H

#include "pair/pass.h"

#include <stdbool.h>

enum hs_processor {
    HS_PROCESSOR_NONE,
    HS_PROCESSOR_COMPRESSOR,
    HS_PROCESSOR_LIMITER,
    HS_PROCESSOR_CLIPPER
};

struct hs_reduction {
    float *reduction; /* dB per tick, NaN where not active; owned */
    size_t n;
    size_t n_active;
    double unity_gain_db; /* gain of what is not reduced, master over equalised mix */
    double median_db, p95_db, p99_db;
    double error_db;              /* of median and p95 */
    bool lower_bound;             /* it never lets go: even the quiet passages are reduced */
    double threshold_db, ratio;   /* of the static curve, re master; NaN: none */
    double peaks_share;           /* where peaks would pass the ceiling: reduction over passing */
    double ceiling_hit_share;     /* ... and how often the master's peak is at the ceiling */
    double least_db;              /* level from which a moment is active */
    double fade_in_s, fade_out_s; /* 0: none; NaN: cannot be had */
    double second_p90_db, second_p20_db; /* of the residual of single seconds */
    enum hs_processor kind;
    double residual_db, residual_peaks_db; /* re master; the latter at reduced moments */
};

void hs_reduction_find(const struct hs_pass *p, struct hs_reduction *out);
void hs_reduction_free(struct hs_reduction *d);
const char *hs_processor_name(enum hs_processor kind);

#endif
