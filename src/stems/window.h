/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One window of the fit, some seconds long. For each frame, channel and band it holds how the
 * stems correlate with each other and with the files; of that a first fit is made in which all
 * stems share one gain per frame, that of the bus: what a compressor does there is common to all.
 * Pure.
 */
#ifndef HS_STEMS_WINDOW_H
#define HS_STEMS_WINDOW_H

#include "stems/solve.h"
#include "stems/spectra.h"
#include "stems/sums.h"

/* Frame by frame, while the window is read. */
struct hs_stem_window {
    size_t n_stems, n_files, most, n; /* frames: most of them, those there are */
    float *a;                         /* [frame], as hs_stem_at */
    float *r;                         /* [frame][file][cell][i][2] */
    float *across;                    /* [frame][band][i][2] */
    float *power;                     /* [frame][file][cell] */
    double *bus[HS_STEM_SIDES];       /* [frame]: the gain of the bus in each file */
    float *plain_a, *plain_across;    /* sums over the window, the bus left out */
    float *products;                  /* of gains, as hs_stem_at */
    double complex *cell;             /* of one, as the solver wants them */
    struct hs_solver solver;
    const struct hs_kernels *kernels;
};

void hs_stem_window_init(struct hs_stem_window *w, size_t n_stems, size_t n_files, size_t most);
void hs_stem_window_free(struct hs_stem_window *w);
/* Adds the frame that the reader has: its first tracks are the files, then come the stems. */
void hs_stem_window_add(struct hs_stem_window *w, const struct hs_stem_reader *r);

/* Finds the gain of the bus and sums the window up; gains [cell][stem] are the first fit. File 0
 * comes first. */
void hs_stem_window_fit(struct hs_stem_window *w, size_t file, struct hs_stem_sums *sums,
                        double complex *gains);
/* Sets the products of these gains [cell][stem]. */
void hs_stem_window_products(struct hs_stem_window *w, const double complex *gains);
/* Power by cell of what those gains, whose products are set, leave of the file in a frame. */
void hs_stem_window_left(const struct hs_stem_window *w, size_t file, size_t frame,
                         const double complex *gains, double left[HS_STEM_CELLS]);

#endif
