/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.json, whole or piece by piece, in the order of docs/audit.schema.json: head, each track
 * behind a comma, tail. Numbers have full precision; absent ones are null. Bytes depend on the
 * audit alone. No function fails.
 */
#ifndef HS_REPORT_JSON_AUDIT_H
#define HS_REPORT_JSON_AUDIT_H

#include "report/json.h"

/* One track, as an object. */
void hs_json_track(const struct hs_audit *audit, const struct hs_track_result *t,
                   struct hs_buf *out);

/* The parts of audit.json, so that it can be written piece by piece. */
void hs_json_audit_head(const struct hs_audit *audit, struct hs_buf *out);
/* `flush` is called after each row and may take away what is in `out`; false ends it. NULL:
 * all of it stays. */
void hs_json_audit_tail(const struct hs_audit *audit, struct hs_buf *out,
                        bool (*flush)(void *ctx, struct hs_buf *out), void *ctx);

#endif
