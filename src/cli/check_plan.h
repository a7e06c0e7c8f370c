/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a job file says and what is on disk, without reading audio: for `check`. Everything lives
 * in the arena given; nothing fails, a file that is not there is counted.
 */
#ifndef HS_CLI_CHECK_PLAN_H
#define HS_CLI_CHECK_PLAN_H

#include "cli/check_names.h"

/* What a file is to the job. */
enum hs_plan_role {
    HS_PLAN_ROLE_MASTER,
    HS_PLAN_ROLE_MIX,
    HS_PLAN_ROLE_STEM,
    HS_PLAN_ROLE_UPDATE,
    HS_PLAN_ROLE_REFERENCE,
    HS_PLAN_ROLE_MIX_REFERENCE,
    HS_N_ROLES
};
const char *hs_plan_role_name(enum hs_plan_role role);

/* One use of a file. */
struct hs_use {
    const struct hs_source *source;
    const struct hs_track *track; /* NULL for a reference */
    enum hs_plan_role role;
};

struct hs_check_plan {
    struct hs_arena *arena;
    const struct hs_job *job;
    struct hs_use *uses; /* in the order of the job */
    size_t n_uses, cap_uses;
    size_t n_missing, n_ambiguous, n_with_mix;
    const char **ambiguous; /* by track: why, or NULL */
    const struct hs_job_artist *artists;
    const struct hs_shared_isrc *isrcs;
    size_t n_artists, n_isrcs;
};

/* A pair is ambiguous where more than one mix could be the one the master was made from
 * (the audit listens, this does not), or where one file plays two parts. One mix may
 * serve two masters (single and album). */
void hs_check_plan_make(struct hs_check_plan *p, const struct hs_job *job, struct hs_arena *arena);

#endif
