/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of corrections of a listed track as YAML, as `verify` reads it (job/plan.h). Values
 * are in the unit of each rule, frequencies in Hz, moves in dB. Never fails.
 */
#ifndef HS_REPORT_PLAN_YAML_H
#define HS_REPORT_PLAN_YAML_H

#include "core/buf.h"
#include "model/audit.h"

/* plans/TRACKID.yaml of a listed track; once there is an update, the plan as it was first. */
void hs_plan_yaml(const struct hs_audit *audit, const struct hs_shortlist_row *row,
                  struct hs_buf *out);

#endif
