/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grid of an encoder: music that was encoded and decoded again has, where its blocks lay, the
 * coefficients that the encoder set to nothing, still empty. At any other place, and in music that
 * was never encoded, few of them are. The same transform at each possible place tells them
 * apart, also at high rates (compare Yang, Shi and Huang, "Defeating fake-quality MP3", ACM MM&Sec
 * 2009, and Seichter, Cuccovillo and Aichroth, "AAC encoding detection", ICASSP 2016).
 */
#ifndef HS_MEASURE_GRID_H
#define HS_MEASURE_GRID_H

#include "dsp/hybrid.h"
#include "dsp/lapped.h"

enum hs_grid_kind { HS_GRID_MP3, HS_GRID_AAC, HS_GRID_AAC_SINE, HS_GRID_VORBIS, HS_N_GRIDS };

enum {
    HS_GRID_BLOCK = 1024,  /* coefficients of AAC and of a long block of Vorbis */
    HS_GRID_FRAMES = 3072, /* that one look takes: a block of 2048 at 1024 places */
};

struct hs_grid {
    int n_coefficients; /* of MDCT, that are looked at */
    struct hs_lapped lapped;
    struct hs_hybrid hybrid;
    float *window[HS_N_GRIDS]; /* NULL for MP3 */
    float taps[HS_N_GRIDS][HS_LAPPED + 1];
};

void hs_grid_init(struct hs_grid *g, double rate_hz);
void hs_grid_free(struct hs_grid *g);
/* How many coefficients are empty at the one place that stands out in HS_GRID_FRAMES samples of
 * one channel; 0: none stands out. A window that is like the encoder's is enough to stand out,
 * the encoder's own has most. All kinds but MP3 are looked at together. */
int hs_grid_look_mp3(struct hs_grid *g, const float *x);
void hs_grid_look_mdct(struct hs_grid *g, const float *x, int found[HS_N_GRIDS]);
const char *hs_grid_name(enum hs_grid_kind kind); /* "MP3" */

#endif
