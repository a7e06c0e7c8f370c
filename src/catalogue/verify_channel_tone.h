/* SPDX-License-Identifier: Apache-2.0 */
/* How one channel was equalised alone, from old to new and from the mix to the old file, by the
 * pairs. Pure. */
#ifndef HS_CATALOGUE_VERIFY_CHANNEL_TONE_H
#define HS_CATALOGUE_VERIFY_CHANNEL_TONE_H

#include "catalogue/verification.h"

/* What is left of the equaliser that mastering had on one channel, as a share of it: 1 nothing was
 * done, 0 all, negative: it was turned round. NaN where the pairs do not tell; then `why`, unless
 * the first pair has none. */
double hs_tone_share_left(const struct hs_verification *v, const char **why);
/* Whether the one that the new master shows beside the old one takes that of mastering back, all or
 * part of it. */
bool hs_tone_is_taken_back(const struct hs_verification *v);
/* Whether the new master has one channel equalised in another part of the spectrum than mastering
 * had. */
bool hs_tone_is_elsewhere(const struct hs_verification *v);

#endif
