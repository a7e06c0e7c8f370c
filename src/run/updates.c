/* SPDX-License-Identifier: Apache-2.0 */
#include "run/updates.h"

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

enum hs_status hs_updates_verify(struct hs_collect *c, struct hs_audit *audit, const char *plans,
                                 struct hs_verification **out, size_t *n, struct hs_error *err)
{
    size_t n_tracks = audit->job->n_tracks, n_updates = 0;
    struct hs_arena *a = &audit->arena;
    for (size_t i = 0; i < n_tracks; i++)
        n_updates += audit->tracks[i].track->update.path != NULL;
    struct hs_collect_couple *couples = HS_ARENA_ARRAY(a, struct hs_collect_couple, n_updates + 1);
    *out = HS_ARENA_ARRAY(a, struct hs_verification, n_updates + 1);
    *n = 0;
    for (size_t i = 0; i < n_tracks; i++) {
        const struct hs_track_result *t = &audit->tracks[i];
        if (!t->track->update.path)
            continue;
        struct hs_verification *v = &(*out)[*n];
        v->track = t;
        v->kind = hs_verify_kind(t);
        couples[(*n)++] =
            (struct hs_collect_couple){hs_verify_old(t, v->kind), &t->update, &v->pair};
    }
    enum hs_status status = hs_collect_couples(c, couples, *n, err);
    for (size_t i = 0; status == HS_OK && i < *n; i++) {
        struct hs_verification *v = &(*out)[i];
        struct hs_track_result *t = &audit->tracks[v->track - audit->tracks];
        if (plans)
            status = hs_plans_load(plans, c->log, a, v, err);
        hs_verify_update(audit, a, v);
        t->update_verified = is_verified(v);
        t->update_kind = v->kind;
    }
    return status;
}
