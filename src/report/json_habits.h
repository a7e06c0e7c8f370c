/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `habits` of audit.json: what mastering and mixing do again and again, by engineer and year.
 * Medians in dB with 95 % intervals; null where they cannot be had.
 */
#ifndef HS_REPORT_JSON_HABITS_H
#define HS_REPORT_JSON_HABITS_H

#include "model/audit.h"
#include "report/json.h"

void hs_json_habits(struct hs_json *j, const struct hs_audit *audit);

#endif
