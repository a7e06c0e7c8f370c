/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether what one short filter does not explain of a master is reverberation of its mix: a long
 * filter explains it then, and it does not where a voice was added or another mix was taken. The
 * filters are fitted by least squares, bin by bin, to the last spectra of the mix, as for
 * dereverberation by linear prediction (Nakatani et al., IEEE Trans. ASLP 18(7), 2010).
 * One object belongs to a thread and owns its memory: some 4 MB.
 */
#ifndef HS_PAIR_REVERBERATION_H
#define HS_PAIR_REVERBERATION_H

#include "dsp/fft.h"
#include "pair/align.h"

#include <stdbool.h>

enum { HS_REVERBERATION_TAPS = 24 }; /* spectra of the long filter: half a second */

struct hs_reverberation {
    size_t n, hop;       /* samples of a frame; between two */
    size_t first, bins;  /* bins that are looked at: every third from 200 Hz to 6 kHz */
    size_t frames, most; /* seen; kept at the most */
    struct hs_fft fft;
    float *window;
    float complex *spectra[4]; /* mid and side of the mix, left and right of the master; by bin */
};

/* `most`: frames there is room for; more are not looked at. */
void hs_reverberation_init(struct hs_reverberation *r, double rate_hz, size_t most);
/* One frame of r->n samples, r->hop behind the last: mix and master. */
void hs_reverberation_add(struct hs_reverberation *r, const float *const mix[2],
                          const float *const master[2]);
/* By how many dB the long filter leaves less of the master than two spectra do, both as they would
 * on music they were not fitted to. NaN with too few frames or without sound. */
double hs_reverberation_gain_db(const struct hs_reverberation *r);
void hs_reverberation_free(struct hs_reverberation *r);

/* Whether the master is the mix with reverberation, by up to 30 s in the midst of the longest
 * segment that both share. An error only where a file cannot be read. */
enum hs_status hs_reverberation_explains(struct hs_alignment *place, bool *explains,
                                         struct hs_error *err);

#endif
