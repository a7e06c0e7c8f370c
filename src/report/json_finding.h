/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings as JSON, with the keys of docs/audit.schema.json. Passages are pairs of seconds in the
 * master. No function fails.
 */
#ifndef HS_REPORT_JSON_FINDING_H
#define HS_REPORT_JSON_FINDING_H

#include "report/json.h"

void hs_json_put_spans(struct hs_json *j, const char *key, const struct hs_passage *s, size_t n);
void hs_json_put_findings(struct hs_json *j, const char *key, const struct hs_finding *f, size_t n);
void hs_json_findings(const struct hs_finding *f, size_t n, struct hs_buf *out);

#endif
