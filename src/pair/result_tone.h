/* SPDX-License-Identifier: Apache-2.0 */
/* Values of tone, width and balance, from the transfer of the pass; that of a late channel is set.
 */
#ifndef HS_PAIR_RESULT_TONE_H
#define HS_PAIR_RESULT_TONE_H

#include "pair/result.h"

void hs_result_tone(const struct hs_found *f, struct hs_values *v);

#endif
