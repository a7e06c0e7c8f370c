/* SPDX-License-Identifier: Apache-2.0 */
/* What mastering laid over the music or took out of it in places, in the object of a pair. */
#ifndef HS_REPORT_JSON_ADDED_H
#define HS_REPORT_JSON_ADDED_H

#include "report/json.h"

/* drops, foreign, skips, clicks, swing, turned, added_tones, added_noise_db, copied_channel; empty
 * or null where there is none. */
void hs_json_put_added(struct hs_json *j, const struct hs_values *pair);

#endif
