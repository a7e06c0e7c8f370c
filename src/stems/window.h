/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One window of the fit, some seconds long. For each frame, channel and band it holds how the
 * stems correlate with each other and with the files; of that a first fit is made in which all
 * stems share one gain per frame, that of the bus: what a compressor does there is common to all.
 * Pure.
 *
 * A cell is a band of a channel: cell = channel * HS_STEM_BANDS + band.
 */
#ifndef HS_STEMS_WINDOW_H
#define HS_STEMS_WINDOW_H

#include "stems/bands.h"
#include "stems/solve.h"
#include "stems/spectra.h"

#include <complex.h>

enum { HS_STEM_CELLS = 2 * HS_STEM_BANDS };

/* Products of stems are kept for k <= i alone, [channel][pair][re, im][band]. How many floats they
 * are, and where the real part of one of them stands; its imaginary part, which is 0 where k is i,
 * stands HS_STEM_BANDS behind. */
static inline size_t hs_stem_pairs(size_t n_stems)
{
    return n_stems * (n_stems + 1) / 2;
}

static inline size_t hs_stem_room(size_t n_stems)
{
    return 2 * hs_stem_pairs(n_stems) * 2 * HS_STEM_BANDS;
}

static inline size_t hs_stem_at(size_t n_stems, size_t cell, size_t i, size_t k)
{
    const size_t channel = cell / HS_STEM_BANDS, band = cell % HS_STEM_BANDS;
    return (channel * hs_stem_pairs(n_stems) + i * (i + 1) / 2 + k) * 2 * HS_STEM_BANDS + band;
}

/* Sums over the frames of a window, with the gain of the bus in them; of one file. */
struct hs_stem_sums {
    float *a;                    /* as hs_stem_at: conj(s_i) s_k */
    double complex *r;           /* [cell][i]: conj(s_i) m */
    float *across;               /* [band][i][2]: left times conj(right) of a stem */
    double power[HS_STEM_CELLS]; /* of the file */
};

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

void hs_stem_sums_init(struct hs_stem_sums *s, size_t n_stems);
void hs_stem_sums_free(struct hs_stem_sums *s);
/* conj(s_i) s_k of two stems in any order. */
double complex hs_stem_product(const struct hs_stem_sums *s, size_t n_stems, size_t cell, size_t i,
                               size_t k);
/* Power of each stem below which a cell holds nothing of it but rounding: -90 dB of all cells. */
void hs_stem_floors(const struct hs_stem_sums *s, size_t n_stems, double *floor);
/* Those of a cell as hs_solver_run wants them. */
void hs_stem_products_of(const struct hs_stem_sums *s, size_t n_stems, size_t cell,
                         double complex *out);
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
