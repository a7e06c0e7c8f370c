/* SPDX-License-Identifier: Apache-2.0 */
/* Values are gathered track by track; medians and intervals come from usual.h. */
#include "catalogue/habit_group.h"

#include <string.h>

const struct hs_track_result *hs_habit_group_track(const struct hs_habit_group *g, size_t track)
{
    return &g->from.audit->tracks[track];
}

struct hs_sample hs_habit_group_sample(struct hs_habit_group *g, hs_habit_value *value,
                                       size_t which)
{
    for (size_t i = 0; i < g->n; i++) {
        g->value[i] = value(&g->from, g->track[i], which);
        g->release[i] = hs_habit_group_track(g, g->track[i])->track->release;
    }
    return (struct hs_sample){g->value, g->release, g->n};
}

struct hs_usual hs_habit_group_usual(struct hs_habit_group *g, hs_habit_value *value, size_t which,
                                     double error)
{
    struct hs_sample s = hs_habit_group_sample(g, value, which);
    return hs_usual_of(&s, &g->between, error);
}

/* How far releases differ, by all third octaves together. */
static void look_between(struct hs_habit_group *g, hs_habit_value *band)
{
    g->between = hs_between_habits;
    for (size_t b = 0; b < HS_BANDS; b++) {
        struct hs_sample s = hs_habit_group_sample(g, band, b);
        hs_sample_between(&s, &g->between);
    }
}

bool hs_habit_group_has(const struct hs_habit_kind *k, const struct hs_habit_group *g, size_t track)
{
    const struct hs_track *t = hs_habit_group_track(g, track)->track;
    const char *name = k->engineer(t);
    return (!g->engineer || (name && !strcmp(name, g->engineer))) &&
           (!g->year || k->year(g->from.audit, t) == g->year);
}

void hs_habit_group_zones(struct hs_habit_group *g, struct hs_usual zone[HS_ZONES])
{
    look_between(g, g->kind->band);
    for (size_t z = 0; z < HS_ZONES; z++)
        zone[z] = hs_habit_group_usual(g, g->kind->zone, z, g->kind->zone_error(&g->from, z));
    hs_usual_correct(zone, HS_ZONES);
}
