/* SPDX-License-Identifier: Apache-2.0 */
/* One channel that was equalised while the other was not. Pure; the transfer is only read. */
#ifndef HS_PAIR_CHANNEL_TONE_H
#define HS_PAIR_CHANNEL_TONE_H

#include "pair/transfer.h"

#include <stdbool.h>

/* Less than this says nothing: see the head of channel_tone.c. */
#define HS_CHANNEL_TONE_DB 2.0

struct hs_channel_tone {
    double db;             /* what left was given more than right; negative: less */
    double gain_db;        /* the same of the half of all third octaves that agree best: what the
                              channel was turned up beside its tone */
    double from_hz, to_hz; /* half of it at least; 0: to the end of what is known */
};

/* The octave between 63 Hz and 12.5 kHz in which the least of it is the most, less the middle one
 * of all third octaves, which is the gain of a channel. False below HS_CHANNEL_TONE_DB, and where
 * too few third octaves are known. */
bool hs_channel_tone(const struct hs_transfer *t, struct hs_channel_tone *out);

#endif
