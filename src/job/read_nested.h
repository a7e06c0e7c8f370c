/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Readers of what is nested: targets, rules, releases, tracks, notes. Each takes a node that may
 * have any kind; what does not fit becomes a problem with line and column, and reading goes on.
 * What is read lives in the arena of the job.
 */
#ifndef HS_JOB_READ_NESTED_H
#define HS_JOB_READ_NESTED_H

#include "job/schema.h"

HS_READER(hs_read_targets);
HS_READER(hs_read_defaults);
HS_READER(hs_read_rules);
HS_READER(hs_read_budget);
HS_READER(hs_read_survival);
HS_READER(hs_read_platforms);
HS_READER(hs_read_releases);
HS_READER(hs_read_tracks);
HS_READER(hs_read_heard);
HS_READER(hs_read_accept);
HS_READER(hs_read_not_heard);
HS_READER(hs_read_intended);

#endif
