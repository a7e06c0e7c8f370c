/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two files of an update: which one is replaced, and what a rule reads on either. Never
 * fails: a file that cannot be read gives absent readings.
 */
#ifndef HS_CATALOGUE_VERIFY_FILES_H
#define HS_CATALOGUE_VERIFY_FILES_H

#include "catalogue/verification.h"
#include "judge/rule.h"
#include "model/audit.h"

/* Which old file the update replaces: as the job says, else by loudness and crest. */
enum hs_update_kind hs_verify_kind(const struct hs_track_result *t);
const struct hs_file *hs_verify_old(const struct hs_track_result *t, enum hs_update_kind kind);
/* What a rule reads on a file of track `t`: its old one or its update. A rule of the album looks
 * at the release too: at the other masters as they are beside an old file, and as their own
 * updates are beside an update. Every other rule reads the file by itself, without pair, stems or
 * release. */
struct hs_reading hs_verify_read(const struct hs_rule *rule, const struct hs_audit *audit,
                                 const struct hs_track_result *t, const struct hs_file *file,
                                 enum hs_update_kind kind, struct hs_arena *arena);
/* Whether the song was mixed again: a new mix, or a plan with a step in the mix. */
bool hs_verify_is_remixed(const struct hs_verification *v);
/* A track of which the update is the master and its old file the mix. */
struct hs_track_result hs_verify_both(const struct hs_verification *v);
/* That track as a case of its master; `both` must outlive it. */
struct hs_case hs_verify_case(const struct hs_track_result *both, const struct hs_audit *audit,
                              struct hs_arena *arena);
/* The update read as a master of its old file: with what their comparison shows. For rules of
 * single files. */
struct hs_reading hs_verify_read_beside(const struct hs_rule *rule, const struct hs_audit *audit,
                                        const struct hs_verification *v, struct hs_arena *arena);
/* Whether the plan has a step for this rule. */
bool hs_verify_is_planned(const struct hs_verification *v, const char *rule);
/* Whether mastering mended a fault that the mix has by this rule, or eased it. */
bool hs_verify_is_cured(const struct hs_track_result *t, const char *rule);

#endif
