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
#include "dsp/kernels.h"
#include "model/measure.h"

/* One object per thread; all that it has is its own. Sums over frames, per bin. x: mix, y: master;
 * 0 mid, 1 side. */
struct hs_transfer {
    size_t n, bins, n_frames;
    double rate_hz;
    struct hs_fft fft;
    float *window;
    /* Frames that are not yet in the sums, and the master's spectra of them. */
    struct hs_transfer_frame waiting[HS_TRANSFER_FRAMES];
    float complex *spectrum[HS_TRANSFER_FRAMES][2];
    size_t n_waiting;
    struct hs_transfer_sums at; /* in `sums`, one piece */
    double *sums;
};

void hs_transfer_init(struct hs_transfer *t, size_t n, double rate_hz);
void hs_transfer_reset(struct hs_transfer *t);
/* Both of one length. */
void hs_transfer_copy(struct hs_transfer *to, const struct hs_transfer *from);
void hs_transfer_free(struct hs_transfer *t);
/* One frame of n samples of each: the mix by its spectra as hs_filter_spectrum gives them,
 * the master's samples; both times the weight. The spectra stay as they are until
 * HS_TRANSFER_FRAMES more have come or hs_transfer_finish is called. */
void hs_transfer_add(struct hs_transfer *t, const float complex *const x[2],
                     const float *const y[2], float weight);
/* Takes in what waits: before anything is asked. */
void hs_transfer_finish(struct hs_transfer *t);
/* h[i][j]: from mix part i to master part j at a bin. */
void hs_transfer_solve(const struct hs_transfer *t, size_t bin, double complex h[2][2]);
/* The same as a reading: where hardly anything tells mid and side of the mix apart each keeps its
 * own. */
void hs_transfer_gains(const struct hs_transfer *t, size_t bin, double complex h[2][2]);
/* How far mid and side of the mix are two sounds at a bin: 1 less their coherence. */
double hs_transfer_apart(const struct hs_transfer *t, size_t bin);

/* Power of the master (mid and side) from low_hz to high_hz that the mix explains; *all: of all
 * of it. */
double hs_transfer_coherent(const struct hs_transfer *t, double low_hz, double high_hz,
                            double *all);

/* Power of the master at a bin that the mix does not explain; *all: of all of it. */
double hs_transfer_left(const struct hs_transfer *t, size_t bin, double *all);

/* Power of one part of the mix. */
double hs_transfer_power(const struct hs_transfer *t, int part);

/* Third octaves of one part (0 mid, 1 side). */
struct hs_bands {
    double db[HS_BANDS];        /* master over mix, NaN where it cannot be had */
    double error_db[HS_BANDS];  /* 95 % */
    double coherence[HS_BANDS]; /* 0-1, NaN above Nyquist */
    double power[HS_BANDS];     /* of the mix */
    double residual[HS_BANDS];  /* power of the master that the mix does not explain */
    double explained[HS_BANDS]; /* and that both parts of the mix explain */
};
void hs_transfer_bands(const struct hs_transfer *t, int part, struct hs_bands *out);

#endif
