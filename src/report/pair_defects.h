/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_REPORT_PAIR_DEFECTS_H
#define HS_REPORT_PAIR_DEFECTS_H

#include "core/buf.h"
#include "model/audit.h"

/* What of coarse steps, clipped samples, noise, hum and offset a master has more or less of than
 * its mix. False where there is nothing to say. */
bool hs_pair_defects_words(const struct hs_track_result *t, struct hs_buf *out);

#endif
