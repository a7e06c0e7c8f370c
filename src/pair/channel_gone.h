/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where one channel of the master is gone for a while that the mix has there. No filter explains
 * both that and the rest, so it is left out of all that is compared.
 */
#ifndef HS_PAIR_CHANNEL_GONE_H
#define HS_PAIR_CHANNEL_GONE_H

#include "model/audit.h"
#include "pair/aligned.h"
#include "pair/silenced.h"

/* Found by the spells that the master has by itself (`one_side`) and the mix has not; both ends are
 * read in both files. Ticks from `start_s` on; *n at most HS_DROPS_MOST. `a` then reads `sound`:
 * its line without them, or as it was where that would fall into too many pieces or leave hardly
 * anything; the wow is borrowed. Fails only where a file cannot be read. */
enum hs_status hs_channel_gone_leave_out(struct hs_aligned *a, const struct hs_file *mix,
                                         const struct hs_file *master, double start_s,
                                         struct hs_drop gone[HS_DROPS_MOST], size_t *n,
                                         struct hs_timeline *sound, struct hs_error *err);

#endif
