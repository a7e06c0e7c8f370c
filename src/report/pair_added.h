/* SPDX-License-Identifier: Apache-2.0 */
/* What was laid over the music by mastering, in sentences. */
#ifndef HS_REPORT_PAIR_ADDED_H
#define HS_REPORT_PAIR_ADDED_H

#include "core/text.h"
#include "model/values.h"

/* Places that dropped out, a gain that swings, turned phases, steady tones; false where there is
 * none of them. */
bool hs_pair_added_words(const struct hs_values *v, struct hs_buf *out);

#endif
