/* SPDX-License-Identifier: Apache-2.0 */
/* How late a channel comes, from old to new and from the mix to the old file, by the pairs. Pure.
 */
#ifndef HS_CATALOGUE_VERIFY_CHANNELS_H
#define HS_CATALOGUE_VERIFY_CHANNELS_H

#include "catalogue/verification.h"
#include "pair/late_parts.h"

enum { HS_LATE_STRETCHES_MOST = 4 * HS_LATE_PARTS_MOST + 2 };

/* A stretch in which neither pair changes, in the time of the new file; the last one ends at
 * infinity. Each with what that pair has there: ms 0 where the channels are in time. */
struct hs_late_stretch {
    double from_s, to_s;
    struct hs_late_part made, now; /* from the mix to the old file; from that to the new one */
};

/* In order, at most so many, without those of a second and less, which a pair does not tell. 0
 * where the pair of old and new does not tell; made.ms NaN where the other one does not. */
size_t hs_late_stretches(const struct hs_verification *v, struct hs_late_stretch *out, size_t most);
/* What is left of the lateness that mastering made, as a share of `found_ms`, what the old file was
 * late by as it was found, the mix's own delay with it: 1 nothing was done, 0 all. Of several
 * stretches the one of which the most is left. NaN where the pairs do not tell. */
double hs_late_share_left(const struct hs_verification *v, double found_ms);

#endif
