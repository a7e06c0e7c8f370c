/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of a job, for people and as JSON, appended to `out`. Control characters of names are
 * made visible.
 */
#ifndef HS_CLI_CHECK_PLAN_PUT_H
#define HS_CLI_CHECK_PLAN_PUT_H

#include "cli/check_plan.h"
#include "core/buf.h"

void hs_check_plan_put_plain(const struct hs_check_plan *p, bool quiet, struct hs_buf *out);
void hs_check_plan_put_json(const struct hs_check_plan *p, struct hs_buf *out);

#endif
