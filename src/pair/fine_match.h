/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One window of pair/fine.h against another: lags of mid and side of the mix in those of the master
 * by generalised cross-correlation with phase transform. One thread each.
 */
#ifndef HS_PAIR_FINE_MATCH_H
#define HS_PAIR_FINE_MATCH_H

#include "dsp/gcc.h"
#include "pair/fine_windows.h"

/* Peak over the rms of the correlation: noise of 20,000 lags reaches 4.5. */
#define HS_FINE_STANDS_OUT 8.0

struct hs_matcher {
    struct hs_gcc gcc;
    size_t n;                          /* frames of the master looked for */
    float *left, *right;               /* of the mix: n + 2 * reach frames */
    float complex *mix[2], *master[2]; /* spectra of mid and side */
    double e_mix[2], e_master[2];      /* powers of the pieces that they are of */
    float *piece, *ramp; /* the master's piece under its window; the window's flanks */
    size_t n_ramp;
    long reach;
};

/* `size`, a power of two, holds the piece looked for and the reach on both sides. */
void hs_matcher_init(struct hs_matcher *m, double rate_hz, size_t size);
void hs_matcher_free(struct hs_matcher *m);
void hs_matcher_reach(struct hs_matcher *m, double rate_hz, double reach_s);
/* The spectra alone of the parts that any wanted way needs, and their powers. */
double hs_matcher_spectra(struct hs_matcher *m, const struct hs_fine *f, const struct hs_window *w,
                          enum hs_fine_reading how, const bool wanted[2][2]);
/* Lags of the wanted ones of the four ways: peak[i][j] of the mix's i in the master's j (0 mid, 1
 * side). Returned is how many seconds to take off the lags. */
double hs_matcher_match(struct hs_matcher *m, const struct hs_fine *f, const struct hs_window *w,
                        enum hs_fine_reading how, const bool wanted[2][2],
                        struct hs_gcc_peak peak[2][2]);
/* The same of n frames of both that are in m->left or m->right already (`mix`), and of those given
 * of the master. */
struct hs_gcc_peak hs_matcher_lag(struct hs_matcher *m, float *mix, const float *master);

#endif
