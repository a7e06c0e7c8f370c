/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gain that brings a mix to a loudness through clip and limiter, reckoned from its envelope:
 * the limiter's own window and release on the peaks of each step. Gains in dB, loudness in LUFS.
 * Pure functions; what `hs_search` points to must outlive it.
 */
#ifndef HS_PREVIEW_SEARCH_H
#define HS_PREVIEW_SEARCH_H

#include "preview/envelope.h"

struct hs_search {
    const struct hs_envelope *envelope;
    const float *compressor_db; /* gain reduction of each step */
    double ceiling_dbtp;
    double peak_db; /* of all, behind the compressor */
};

struct hs_searched {
    double gain_db, lufs;
    enum hs_preview_reach reach;
};

void hs_search_init(struct hs_search *s, const struct hs_envelope *e, const float *compressor_db,
                    double ceiling_dbtp);
/* How much the clip takes off the highest peak at a gain. */
double hs_search_clip_db(const struct hs_search *s, double gain_db, double most_clip_db);
double hs_search_loudness(const struct hs_search *s, double gain_db, double most_clip_db);
/* By secants, 8 rounds at most; what comes out is where the loudness is within 0.02 LU, or as far
 * as it gets. `first_db`: the gain to begin with. */
struct hs_searched hs_search_gain(const struct hs_search *s, double target_lufs,
                                  double most_clip_db, double first_db);

#endif
