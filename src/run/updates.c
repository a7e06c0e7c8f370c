/* SPDX-License-Identifier: Apache-2.0 */
/* Updates of an audit: what each one replaces, its comparison, its plan, and whether all of the
 * plan is done. Kinds are settled for all tracks first, because rules of the album read the whole
 * release. */
#include "run/updates.h"

#include "catalogue/trust.h"
#include "catalogue/verify_files.h"
#include "judge/beside.h"
#include "run/plans.h"

/* Whether every planned correction is done and there is no side effect beyond remarks. */
static bool is_verified(const struct hs_verification *v)
{
    if (v->why || v->failed || !v->n_corrections)
        return false;
    for (size_t i = 0; i < v->n_corrections; i++)
        if (v->corrections[i].outcome != HS_DONE)
            return false;
    return true;
}

/* One update: its comparison, its plan, the verdict, and the marks on its track. */
static enum hs_status verify(struct hs_results *r, struct hs_audit *audit, const char *plans,
                             enum hs_bad_plan bad_plan, const struct hs_log *log,
                             struct hs_verification *v, struct hs_error *err)
{
    struct hs_track_result *t = &audit->tracks[v->track - audit->tracks];
    enum hs_status status = HS_OK;
    v->kind = t->update_kind;
    hs_results_pair(r, hs_verify_old(t, v->kind), &t->update, &v->pair);
    status = hs_plans_load(plans, log, &audit->arena, v, err);
    if (status != HS_OK && bad_plan == HS_BAD_PLAN_ANEW)
        status = HS_OK;
    hs_verify_update(audit, &audit->arena, v);
    t->update_verified = is_verified(v);
    t->first_plan = v->from;
    return status;
}

enum hs_status hs_updates_verify(struct hs_results *r, struct hs_audit *audit, const char *plans,
                                 enum hs_bad_plan bad_plan, const struct hs_log *log,
                                 struct hs_verification **out, size_t *n, struct hs_error *err)
{
    size_t n_tracks = audit->job->n_tracks, n_updates = 0;
    enum hs_status status = HS_OK;
    struct hs_arena scratch = {0};
    hs_trust_make(audit); /* what is planned hangs on what the ear doubts */
    for (size_t i = 0; i < n_tracks; i++)
        if (audit->tracks[i].track->update.path) { /* all first: an album is looked at as a whole */
            audit->tracks[i].update_kind = hs_verify_kind(&audit->tracks[i]);
            n_updates++;
        }
    *out = HS_ARENA_ARRAY(&audit->arena, struct hs_verification, n_updates + 1);
    *n = 0;
    /* once for all updates, now that their kinds are known */
    audit->beside = n_updates ? hs_beside_new(audit, NULL, &scratch) : NULL;
    for (size_t i = 0; i < n_tracks && status == HS_OK; i++) {
        if (!audit->tracks[i].track->update.path)
            continue;
        struct hs_verification *v = &(*out)[(*n)++];
        v->track = &audit->tracks[i];
        status = verify(r, audit, plans, bad_plan, log, v, err);
    }
    audit->beside = NULL;
    hs_arena_free(&scratch);
    return status;
}
