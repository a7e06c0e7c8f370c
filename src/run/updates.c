/* SPDX-License-Identifier: Apache-2.0 */
#include "run/updates.h"

#include "catalogue/verify_files.h"
#include "run/plans.h"

/* Everything that was planned is done, nothing strayed. */
static bool is_verified(const struct hs_verification *v)
{
    if (v->why || v->failed || !v->n_corrections)
        return false;
    for (size_t i = 0; i < v->n_corrections; i++)
        if (v->corrections[i].outcome != HS_DONE && v->corrections[i].outcome != HS_OVERSHOT)
            return false;
    return true;
}

static enum hs_status verify(struct hs_results *r, struct hs_audit *audit, const char *plans,
                             const struct hs_log *log, struct hs_verification *v,
                             struct hs_error *err)
{
    struct hs_track_result *t = &audit->tracks[v->track - audit->tracks];
    enum hs_status status = HS_OK;
    v->kind = hs_verify_kind(t);
    hs_results_pair(r, hs_verify_old(t, v->kind), &t->update, &v->pair);
    if (plans)
        status = hs_plans_load(plans, log, &audit->arena, v, err);
    hs_verify_update(audit, &audit->arena, v);
    t->update_verified = is_verified(v);
    t->update_kind = v->kind;
    return status;
}

enum hs_status hs_updates_verify(struct hs_results *r, struct hs_audit *audit, const char *plans,
                                 const struct hs_log *log, struct hs_verification **out, size_t *n,
                                 struct hs_error *err)
{
    size_t n_tracks = audit->job->n_tracks, n_updates = 0;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < n_tracks; i++)
        n_updates += audit->tracks[i].track->update.path != NULL;
    *out = HS_ARENA_ARRAY(&audit->arena, struct hs_verification, n_updates + 1);
    *n = 0;
    for (size_t i = 0; i < n_tracks && status == HS_OK; i++) {
        if (!audit->tracks[i].track->update.path)
            continue;
        struct hs_verification *v = &(*out)[(*n)++];
        v->track = &audit->tracks[i];
        status = verify(r, audit, plans, log, v, err);
    }
    return status;
}
