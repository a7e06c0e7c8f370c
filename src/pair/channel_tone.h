/* SPDX-License-Identifier: Apache-2.0 */
/* One channel that was equalised while the other was not. Pure; what is given is only read. */
#ifndef HS_PAIR_CHANNEL_TONE_H
#define HS_PAIR_CHANNEL_TONE_H

#include "model/values.h"
#include "pair/transfer.h"

#include <stdbool.h>

/* Less than this says nothing: see the head of channel_tone.c. */
#define HS_CHANNEL_TONE_DB 2.0

struct hs_channel_tone {
    double db;             /* what left was given more than right; negative: less */
    double gain_db;        /* the same where most third octaves agree: what the channel was turned
                              up beside its tone; NaN where they do not agree */
    double from_hz, to_hz; /* half of it at least; 0: to the end of what is known */
    double each_db[2];     /* of it left and right, each against its own gain where most agree; NaN
                              as gain_db */
    bool masked;           /* noise lies over it, of an encoder: see channel_tone_course.h */
    bool within[HS_BANDS], plain[HS_BANDS]; /* third octaves that have it; those that agree */
};

/* The octave between 63 Hz and 12.5 kHz in which the least of it is the most, less what both were
 * given where it is none. False below HS_CHANNEL_TONE_DB, and where too few third octaves are
 * known. */
bool hs_channel_tone(const struct hs_transfer *t, struct hs_channel_tone *out);
/* The mean of it in another transfer of the same pair; NaN where that does not show it. */
double hs_channel_tone_in(const struct hs_transfer *t, const struct hs_channel_tone *tone);
/* The same of what left has over right, dB, by third octave; NaN: not known. */
double hs_channel_tone_of(const double over_db[HS_BANDS], const struct hs_channel_tone *tone);
/* The channel that was equalised, of a pair that has a tone, as far as the mix tells it: 0 left, 1
 * right; -1: it may be either. */
int hs_channel_tone_moved(const struct hs_values *pair);

#endif
