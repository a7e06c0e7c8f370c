/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mid and side of the mix became in the master, as a transfer function of two
 * inputs and two outputs: averaged cross spectra (Welch) of frames whose gain has been
 * evened out, so that a compressor moving with the music does not bias it (Bendat &
 * Piersol, Random Data, ch. 7: multiple-input linear systems).
 */
#ifndef HS_PAIR_TRANSFER_H
#define HS_PAIR_TRANSFER_H

#include "dsp/fft.h"
#include "model/measure.h"

/* Sums over frames, per bin. x: mix, y: master; 0 mid, 1 side. */
struct hs_transfer {
    size_t n, bins, n_frames;
    double rate_hz;
    struct hs_fft fft;
    float *window;
    float complex *spectrum[4];  /* of the frame at hand: x0 x1 y0 y1 */
    double *xx[2], *yy[2];
    double complex *x01;         /* conj(x0) x1 */
    double complex *xy[2][2];    /* conj(x_i) y_j */
};

void hs_transfer_init(struct hs_transfer *t, size_t n, double rate_hz);
void hs_transfer_reset(struct hs_transfer *t);
void hs_transfer_free(struct hs_transfer *t);
/* One frame of n samples of each. */
void hs_transfer_add(struct hs_transfer *t, const float *const x[2],
                     const float *const y[2]);
/* h[i][j]: from mix part i to master part j at a bin. */
void hs_transfer_solve(const struct hs_transfer *t, size_t bin, double complex h[2][2]);

/* Third octaves of one part (0 mid, 1 side). */
struct hs_bands {
    double db[HS_BANDS];        /* master over mix, NaN where it cannot be had */
    double error_db[HS_BANDS];  /* 95 % */
    double coherence[HS_BANDS]; /* 0-1, NaN above Nyquist */
    double power[HS_BANDS];     /* of the mix */
    double residual[HS_BANDS];  /* power of the master that the mix does not explain */
};
void hs_transfer_bands(const struct hs_transfer *t, int part, struct hs_bands *out);

/* The transfer as a filter whose response in time is limited to n/4 frames either way. */
struct hs_filter {
    size_t n; /* frames taken at once; n/2 come out, for the middle of what went in */
    struct hs_fft fft;
    float complex *h[2][2], *x[2];
};
void hs_filter_init(struct hs_filter *f, size_t n);
void hs_filter_free(struct hs_filter *f);
void hs_filter_set(struct hs_filter *f, const struct hs_transfer *t);
/* in: n frames of mid and side; out: n/2 frames, those from n/4 on. */
void hs_filter_run(struct hs_filter *f, const float *const in[2], float *const out[2]);

#endif
