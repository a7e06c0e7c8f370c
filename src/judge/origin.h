/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a fault came from: the same measure on the mix and on the master, on one scale
 * in steps towards the fault, mapped so that the usual move of mastering is none.
 */
#ifndef HS_JUDGE_ORIGIN_H
#define HS_JUDGE_ORIGIN_H

#include "model/audit.h"

#include <stdbool.h>

struct hs_two_sides {
    double mix, master; /* steps towards the fault; mix with the usual move added */
    double limit;       /* from here on it is a fault */
    double uncertainty; /* of the difference, in steps */
    bool limited;       /* limiting or level drove it, no targeted move */
};

/* Of a fault of the master (master > limit). */
enum hs_origin hs_origin_of(const struct hs_two_sides *s);
/* The mix was at fault and mastering mended it. */
bool hs_origin_cured(const struct hs_two_sides *s);

#endif
