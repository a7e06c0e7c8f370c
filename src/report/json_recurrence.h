/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row of `recurring` of audit.json: everything that stands on the page of a rule. Shares are
 * 0-1; absent numbers are null. No function fails.
 */
#ifndef HS_REPORT_JSON_RECURRENCE_H
#define HS_REPORT_JSON_RECURRENCE_H

#include "model/audit.h"
#include "report/json.h"

void hs_json_put_recurrence(struct hs_json *j, const struct hs_audit *audit,
                            const struct hs_recurrence *r);

#endif
