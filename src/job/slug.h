/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Titles made comparable, and names for files made of titles. Pure; results live in the arena.
 * Titles may be any bytes.
 */
#ifndef HS_JOB_SLUG_H
#define HS_JOB_SLUG_H

#include "core/arena.h"

/* URL-safe form of release, disc and title, without the "-2" of a repeat. */
char *hs_job_track_id(struct hs_arena *a, const char *release, int disc, const char *title);
/* Normalised title: NFKD, marks stripped, case folded, alphanumerics only. */
char *hs_job_normal_title(struct hs_arena *a, const char *title);

#endif
