/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report without the names of artist, songs, engineers, rooms and listeners: for a class.
 * Genres and free words go too; years, measures and verdicts stay.
 */
#ifndef HS_REPORT_ANONYMOUS_H
#define HS_REPORT_ANONYMOUS_H

#include "model/audit.h"

/* Names the stems of a job by what they are ("vocal", "vocal 2"). Before anything is judged,
 * because names of stems stand in sentences of results. */
void hs_anonymous_stems(struct hs_job *job, struct hs_arena *arena);

/* Renames in place, after everything has been judged; the paths of sources stay, what is shown
 * of them does not. */
void hs_audit_anonymise(struct hs_audit *audit);

#endif
