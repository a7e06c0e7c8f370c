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

/* By the spells that the master has by itself (`one_side`) and the mix has not; both ends are read
 * in both files. Ticks from `start_s` on; *n at most HS_DROPS_MOST. Fails only where a file cannot
 * be read. */
enum hs_status hs_channel_gone_find(struct hs_aligned *a, const struct hs_file *mix,
                                    const struct hs_file *master, double start_s,
                                    struct hs_drop gone[HS_DROPS_MOST], size_t *n,
                                    struct hs_error *err);

/* The line without them; as it was where it would fall into too many pieces, or where hardly
 * anything would be left. Its wow is that of `line`, which keeps it. */
void hs_channel_gone_leave_out(const struct hs_timeline *line, double start_s,
                               const struct hs_drop *gone, size_t n, struct hs_timeline *out);

#endif
