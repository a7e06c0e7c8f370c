/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of corrections of a track.
 */
#ifndef HS_CATALOGUE_PLAN_H
#define HS_CATALOGUE_PLAN_H

#include "model/audit.h"

/* The corrections of a listed track. */
void hs_corrections_plan(struct hs_audit *audit, struct hs_shortlist_row *row);
/* Makes the corrections of a track's findings those of its plan: on the master unless it is mixed
 * again, none too small to hear, each as far as it has to go beside the others. Once is enough. */
void hs_corrections_settle(struct hs_track_result *t, bool remix, struct hs_arena *a);
/* What would be corrected, also of a track that is left alone: in the mix and then in
 * mastering when it is mixed again, else all of it on the master. */
size_t hs_corrections_steps(const struct hs_track_result *t, bool remix, struct hs_arena *a,
                            struct hs_plan_step **out);

/* Whether a correction is large enough to be planned: filters, gain and width from 1 dB on; others
 * always. */
bool hs_plan_is_worth_a_move(const struct hs_correction *c);
/* Whether what is wanted is less than that; not where a move is of no dB, or stops short of it. */
bool hs_plan_is_too_little(const struct hs_finding *f);
/* Whether a change of the file at that place can mend it at all. */
bool hs_plan_can_be_done(const struct hs_finding *f, enum hs_place where);

#endif
