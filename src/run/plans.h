/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plans of a published report, for the tracks whose updates are verified. What is read lives
 * in the arena.
 */
#ifndef HS_RUN_PLANS_H
#define HS_RUN_PLANS_H

#include "catalogue/verify.h"
#include "core/log.h"

/* Sets v->from from `folder`/ID.yaml. Where there is none, or where it was written for
 * another file than the one that was replaced (said in the log), it stays NULL: the plan
 * is made anew. HS_E_USAGE with file, line and column: the plan cannot be read. */
enum hs_status hs_plans_load(const char *folder, const struct hs_log *log, struct hs_arena *a,
                             struct hs_verification *v, struct hs_error *err);

#endif
