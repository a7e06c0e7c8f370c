/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The analysis filter bank of MPEG audio layer III: 32 polyphase bands, in each of which an MDCT
 * over 36 of their samples makes 18 coefficients (ISO/IEC 11172-3, C.1.3 and 2.4.3.4.10).
 * Read-only once made.
 */
#ifndef HS_DSP_HYBRID_H
#define HS_DSP_HYBRID_H

enum {
    HS_HYBRID_BANDS = 32,
    HS_HYBRID_TAPS = 512,
    HS_HYBRID_SLOTS = 36, /* samples of the bands that one block takes */
    HS_HYBRID_STEP = 18,  /* and by which blocks follow each other; coefficients of a band */
};

struct hs_hybrid {
    float window[HS_HYBRID_TAPS];
    float matrix[2 * HS_HYBRID_BANDS][HS_HYBRID_BANDS];
    float cosines[HS_HYBRID_SLOTS][HS_HYBRID_STEP]; /* with the sine window of long blocks */
    float butterfly[8][2];                          /* against aliasing: c_s and c_a */
};

void hs_hybrid_init(struct hs_hybrid *h);
/* One sample of each band, of the 512 samples that end with `newest`. */
void hs_hybrid_slot(const struct hs_hybrid *h, const float *newest, float out[HS_HYBRID_BANDS]);
/* The coefficients of a long block from 36 such, of bands [first, end): 18 for each band. */
void hs_hybrid_block(const struct hs_hybrid *h, const float (*slots)[HS_HYBRID_BANDS], int first,
                     int end, float *out);

#endif
