/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Look-ups in the result of one track. Nothing is copied: all pointers live as long as the audit.
 * No function fails; what is not there is NULL.
 */
#ifndef HS_REPORT_TRACK_H
#define HS_REPORT_TRACK_H

#include "model/audit.h"

/* Of the findings of one rule the one that counts, else the first; NULL: none. */
const struct hs_finding *hs_track_finding(const struct hs_track_result *t, const char *rule);
const struct hs_judgement *hs_track_judgement(const struct hs_track_result *t, const char *rule);
/* False of a master that is not the song of its title; but that it is not counts. */
bool hs_track_counts_for_rule(const struct hs_track_result *t, const char *rule);
const struct hs_finding *hs_track_worst(const struct hs_track_result *t); /* counting, or NULL */
/* The step of the plan of that row which mends the finding; NULL: it is not planned. */
const struct hs_plan_step *hs_track_step(const struct hs_track_result *t,
                                         const struct hs_shortlist_row *row,
                                         const struct hs_finding *f);
size_t hs_track_counted(const struct hs_track_result *t);

#endif
