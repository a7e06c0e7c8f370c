/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Onsets in FAST frames, whatever the equalisation: every band is taken relative to its own
 * recent maximum before its rise is looked at (adaptive whitening, Stowell & Plumbley 2007),
 * so a shelf moves none of this. Broad onsets are rises of the middle of the eleven third
 * octaves 200 Hz-2 kHz: struck sounds rise in all of them at once, sung and bowed ones in
 * few. Low onsets are rises of 45-112 Hz, where kick drums are. The maker
 * of the spectra runs this once per frame; analysers read hs_spectrum.onset.
 */
#ifndef HS_MEASURE_ONSETS_H
#define HS_MEASURE_ONSETS_H

#include "dsp/kernels.h"
#include "measure/spectrum.h"

enum { HS_ONSET_MID = 11, HS_ONSET_BANDS = HS_ONSET_MID + 1, HS_ONSET_PAST = 3 };

struct hs_onsets {
    const struct hs_kernels *kernels;
    double ceiling[HS_ONSET_BANDS];
    double level_db[HS_ONSET_PAST][HS_ONSET_BANDS]; /* whitened, newest first */
    double broad_db[3], low_db[3];                  /* rises, newest first */
    int64_t n;                                      /* frames that sounded */
    double forget;                                  /* of the maxima, per frame */
};

struct hs_onset {
    bool sounding;  /* the frame is not silent; else the rest is 0 */
    double rise_db; /* of the frame: middle rise of the bands over two hops */
    double low_rise_db;
    bool broad, low;         /* the frame before this one was the peak of an onset */
    double broad_db, low_db; /* how much it rose */
};

/* Power (mid + side) of bands first..last of a FAST frame. */
double hs_onset_power(const struct hs_spectrum *f, size_t first, size_t last);
struct hs_onset hs_onsets_frame(struct hs_onsets *o, const struct hs_spectrum *f);

#endif
