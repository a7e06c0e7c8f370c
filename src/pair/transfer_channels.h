/* SPDX-License-Identifier: Apache-2.0 */
/* What left and right of the mix became in the master, by a transfer of mid and side. Pure; the
 * transfer is only read. */
#ifndef HS_PAIR_TRANSFER_CHANNELS_H
#define HS_PAIR_TRANSFER_CHANNELS_H

#include "pair/transfer.h"

#include <stdbool.h>

/* Of third octaves: master over mix of left and right, what left was given over what right was, at
 * most 60 dB either way, and what both became. NaN where the mix explains less of the master than
 * `least_coherence` of its power, or one channel of it has hardly anything. */
struct hs_channel_gains {
    double db[2][HS_BANDS], over_db[HS_BANDS], power[HS_BANDS];
    double coherence[HS_BANDS]; /* share of the master that the mix explains */
};
void hs_transfer_each_channel(const struct hs_transfer *t, double least_coherence,
                              struct hs_channel_gains *out);
/* Master over mix of left and right as one, each from its own: what a channel that comes later does
 * to the middle is not in it. */
void hs_transfer_channels(const struct hs_transfer *t, double db[HS_BANDS]);
/* Whether the sides of the master were made of the middle of the mix by a delay (a Haas widener),
 * for a part that is heard: what each channel then has of the middle is a comb. */
bool hs_transfer_makes_sides(const struct hs_transfer *t);

#endif
