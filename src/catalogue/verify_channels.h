/* SPDX-License-Identifier: Apache-2.0 */
/* How late a channel comes, from old to new and from the mix to the old file, by the pairs. Pure.
 */
#ifndef HS_CATALOGUE_VERIFY_CHANNELS_H
#define HS_CATALOGUE_VERIFY_CHANNELS_H

#include "catalogue/verification.h"

/* A stretch of a pair in which one channel comes late; all through: from 0 to infinity. */
struct hs_late_part {
    double from_s, to_s, ms; /* ms positive where left comes later */
};

/* The parts of a pair, at most `most`; 0: the pair does not tell. */
size_t hs_late_parts(const struct hs_values *pair, struct hs_late_part *out, size_t most);
/* The lateness that a pair has at a time, ms; NaN where it does not tell. */
double hs_late_at(const struct hs_values *pair, double at_s);
/* What is left of the lateness that mastering made, as a share of it: 1 nothing was done, 0 all.
 * Of several parts the one of which the most is left. NaN where the pairs do not tell. */
double hs_late_share_left(const struct hs_verification *v);

#endif
