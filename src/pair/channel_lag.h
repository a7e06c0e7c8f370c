/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much later one channel of the master comes than the mix has it, from what became of left and
 * of right each by itself. Pure.
 */
#ifndef HS_PAIR_CHANNEL_LAG_H
#define HS_PAIR_CHANNEL_LAG_H

#include "model/values.h"
#include "pair/late.h"
#include "pair/transfer.h"

/* How much later left comes than right, seconds, up to an eighth of a frame of the transfer; NaN
 * where no one lag stands out. */
double hs_channel_lag_s(const struct hs_transfer *t);
/* Puts `channel_delay_change_ms`, positive where left comes later; absent with a reason where no
 * one lag stands out. `lag_s`, as above, is on top of what was taken back all through. With it
 * `channels_moved_ms`, of left and right, where something was taken back, and
 * `mix_channel_delay_ms` where the mix is late itself. */
void hs_channel_lag_put(double lag_s, const struct hs_late *late, const struct hs_values *mix,
                        struct hs_values *v);
/* Puts `late_channel` where a channel comes late in a part of the song alone, in place of the
 * above, and then is true: of each part from, to (s), ms, positive where left comes later. `end_s`:
 * of the master. The other two are then of each part. */
bool hs_channel_lag_put_parts(const struct hs_late *late, double end_s, struct hs_values *v);

#endif
