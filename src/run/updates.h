/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tracks with an `update:`: the old file against the new one, and both against the plan: the
 * one that was published, or one made anew from the old files.
 */
#ifndef HS_RUN_UPDATES_H
#define HS_RUN_UPDATES_H

#include "catalogue/verify.h"
#include "core/log.h"
#include "run/results.h"

/* What to do with a plan that cannot be read. */
enum hs_bad_plan { HS_BAD_PLAN_FAILS, HS_BAD_PLAN_ANEW };

/* The audit has been judged. `plans`: folder of the published plans; one that is not there is made
 * anew. *out and what it holds live in the audit's arena; marks the tracks whose update is
 * verified, and gives them the plan that was published first. */
enum hs_status hs_updates_verify(struct hs_results *r, struct hs_audit *audit, const char *plans,
                                 enum hs_bad_plan bad_plan, const struct hs_log *log,
                                 struct hs_verification **out, size_t *n, struct hs_error *err);

#endif
