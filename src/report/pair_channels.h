/* SPDX-License-Identifier: Apache-2.0 */
/* What mastering did to one channel alone, as parts of the sentence of its moves. */
#ifndef HS_REPORT_PAIR_CHANNELS_H
#define HS_REPORT_PAIR_CHANNELS_H

#include "model/values.h"
#include "report/sentence.h"

/* One that comes late, all through or in parts; one that was equalised and the other not. */
void hs_pair_channel_words(struct hs_sentence *s, const struct hs_values *pair);

#endif
