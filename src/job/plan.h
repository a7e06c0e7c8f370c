/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of corrections of one track, as a report has it in plans/ID.yaml and as a person may
 * have changed it. Values are in the unit of each rule, frequencies in Hz, moves in dB; NaN where
 * the plan does not say.
 */
#ifndef HS_JOB_PLAN_H
#define HS_JOB_PLAN_H

#include "core/error.h"
#include "job/problem.h"
#include "model/audit.h"

/* The move of a name, or NULL. */
typedef const struct hs_move *hs_move_lookup(const char *name);

/* The plan in the `n` bytes of the file `path`; it lives in the arena. Corrections that a
 * person took out are not there, numbers that were changed are as changed. HS_E_FORMAT:
 * `problems` tells what was found and expected, with line and column. */
enum hs_status hs_plan_read(struct hs_arena *a, const char *path, const void *data, size_t n,
                            hs_move_lookup *move_of, struct hs_problems *problems,
                            struct hs_plan *out);

#endif
