/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Deleting, and only what this program made: reports by their manifest, and what a killed
 * run left by the names that a report's files have. Nothing is reached through a link, and a
 * folder that holds anything else stays.
 */
#ifndef HS_RUN_SWEEP_H
#define HS_RUN_SWEEP_H

#include <stdbool.h>

/* The number of a report's folder, 0 where `name` is none such. */
long hs_report_number(const char *name);
/* The largest number in the folder of reports, 0 without one. */
long hs_sweep_largest(int reports);
/* Removes all reports but these two. */
void hs_sweep_reports(int reports, long keep_a, long keep_b);
/* Removes what killed workers were writing in a folder of a report that is being made. */
void hs_sweep_unfinished(int report, const char *folder);
/* Removes the links that a killed switch left in the folder `dir`. */
void hs_sweep_links(int dir);

#endif
