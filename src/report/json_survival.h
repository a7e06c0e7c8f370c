/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a file holds up, as JSON: what was asked for, each number, or null with its reason beside
 * it. No function fails.
 */
#ifndef HS_REPORT_JSON_SURVIVAL_H
#define HS_REPORT_JSON_SURVIVAL_H

#include "model/audit.h"
#include "report/json.h"

/* "survival": {...} of a track; and of a file by itself. */
void hs_json_put_survival(struct hs_json *j, const struct hs_audit *audit,
                          const struct hs_track_result *t);
void hs_json_put_survival_of(struct hs_json *j, const struct hs_file *file, unsigned destinations);

#endif
