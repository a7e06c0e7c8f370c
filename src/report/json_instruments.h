/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `instruments`, `stems_fit` and `stems_residual_db` of a track in audit.json: what stems show of
 * the mix and of the master. Levels in LU against the whole; absent numbers are null. No function
 * fails.
 */
#ifndef HS_REPORT_JSON_INSTRUMENTS_H
#define HS_REPORT_JSON_INSTRUMENTS_H

#include "model/audit.h"
#include "report/json.h"

/* The three keys, into the object of the track. */
void hs_json_put_instruments(struct hs_json *j, const struct hs_track_result *t);
/* The instruments alone, as an array. */
void hs_json_instruments(const struct hs_track_result *t, struct hs_buf *out);

#endif
