/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of corrections of a listed track as YAML.
 */
#ifndef HS_REPORT_PLAN_YAML_H
#define HS_REPORT_PLAN_YAML_H

#include "core/buf.h"
#include "model/audit.h"

/* plans/TRACKID.yaml of a listed track; once there is an update, the plan as it was first. */
void hs_plan_yaml(const struct hs_audit *audit, const struct hs_shortlist_row *row,
                  struct hs_buf *out);

#endif
