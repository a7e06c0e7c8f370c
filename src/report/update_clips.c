/* SPDX-License-Identifier: Apache-2.0 */
/* Clips of verified updates: the old file, the new one and, where the correction can be rendered,
 * the old file with the planned correction. */
#include "report/update_clips.h"

#include "report/track.h"

#include <math.h>
#include <stdint.h>

/* The step of the plan for this rule; NULL: nothing was planned. */
const struct hs_planned *hs_update_step(const struct hs_verification *v, const char *rule)
{
    for (size_t i = 0; i < v->n_plan; i++)
        if (hs_same_rule(v->plan[i].rule, rule))
            return &v->plan[i];
    return NULL;
}

/* Where the fault is plainest in the master; without a place, in the middle. */
static struct hs_passage in_master(const struct hs_track_result *t, const char *rule)
{
    const struct hs_finding *f = hs_track_finding(t, rule);
    double duration = hs_values_or_nan(&t->master.values, "duration_s");
    double centre = f && f->n_times ? (f->times[0].from_s + f->times[0].to_s) / 2 : 0.5 * duration;
    double from = fmax(0, fmin(centre - HS_CLIP_SECONDS / 2.0, duration - HS_CLIP_SECONDS));
    return (struct hs_passage){from, fmin(from + HS_CLIP_SECONDS, duration)};
}

/* From the master to the file that is replaced, and from there to the new one. */
static bool place(const struct hs_verification *v, const char *rule, struct hs_clip *c)
{
    const struct hs_track_result *t = v->track;
    struct hs_passage master = in_master(t, rule), old = master;
    double delay = hs_values_or_nan(&v->pair.values, "delay_s");
    double drift = hs_values_or_nan(&v->pair.values, "drift_ppm");
    double ratio = 1 + (isfinite(drift) ? drift * 1e-6 : 0);
    double length = hs_values_or_nan(&t->update.values, "duration_s");
    if (v->pair.state != HS_PAIR_ALIGNED || !isfinite(delay) || !(master.to_s - master.from_s > 1))
        return false;
    if (v->kind == HS_UPDATE_MIX && !hs_clips_place_in_mix(&t->pair, &master, &old))
        return false;
    c->mix = old;
    c->master = (struct hs_passage){(old.from_s - delay) / ratio, (old.to_s - delay) / ratio};
    return c->master.from_s >= 0 && c->master.to_s <= length;
}

/* One clip for each correction whose place is known in the old and the new file. */
void hs_clips_plan_updates(const struct hs_audit *audit, const struct hs_verification *updates,
                           size_t n, struct hs_arena *arena, struct hs_clips *out)
{
    size_t cap = 0;
    for (size_t i = 0; i < n; i++) {
        const struct hs_verification *v = &updates[i];
        for (size_t k = 0; k < v->n_corrections; k++) {
            const char *rule = v->corrections[k].rule;
            const struct hs_planned *step = hs_update_step(v, rule);
            bool shown = step && hs_clips_can_show(&step->move);
            /* for these clips `finding` counts steps of the plan */
            struct hs_clip c = {
                .track = (size_t)(v->track - audit->tracks),
                .finding = step ? (size_t)(step - v->plan) : SIZE_MAX,
                .rule = rule,
                .side = HS_CLIP_UPDATE,
                .label = {"before", "after", shown ? "before, with the planned correction" : NULL},
                .name = hs_arena_printf(arena, "%s-%s", v->track->track->id, rule)};
            if (!hs_clips_can_sound(rule) || !place(v, rule, &c))
                continue;
            out->items = hs_arena_grow(arena, out->items, out->n, &cap, sizeof *out->items);
            out->items[out->n++] = c;
        }
    }
}
