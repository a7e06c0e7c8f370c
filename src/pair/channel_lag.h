/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much later one channel of the master comes than the mix has it, from what became of left and
 * of right each by itself. Pure.
 */
#ifndef HS_PAIR_CHANNEL_LAG_H
#define HS_PAIR_CHANNEL_LAG_H

#include "model/values.h"
#include "pair/transfer.h"

/* Puts `channel_delay_change_ms`, positive where left comes later; absent with a reason where no
 * one lag stands out. Up to an eighth of a frame of the transfer. */
void hs_channel_lag_put(const struct hs_transfer *t, struct hs_values *v);

#endif
