/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gathering what stems show: the sets of a job that are not known become tasks. A failure of one
 * set is unfinished work, told in `g`.
 */
#ifndef HS_RUN_GATHER_STEMS_H
#define HS_RUN_GATHER_STEMS_H

#include "run/gather.h"

/* Of files that have been measured. */
enum hs_status hs_gather_stems(struct hs_gather *g, const struct hs_job *job, struct hs_error *err);

#endif
