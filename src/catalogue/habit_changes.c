/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each value has its surest place (step.h); all of them, of mastering and of mixing, are one family
 * of tests (Benjamini and Hochberg). What else changed with the release is named.
 */
#include "catalogue/habit_changes.h"

#include "catalogue/census.h"
#include "catalogue/factors.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"

#include <math.h>

void hs_habit_changes_look(const struct hs_audit *audit, const struct hs_sample *s,
                           struct hs_step *steps, struct hs_habits *h)
{
    size_t n = audit->job->n_releases;
    int *year = HS_NEW_ARRAY(int, n + 1);
    for (size_t r = 0; r < n; r++)
        year[r] = audit->job->releases[r].year;
    hs_steps_find(s, HS_ZONE_CHANGES, year, steps);
    for (size_t w = 0; w < HS_ZONE_CHANGES; w++)
        h->change[w] = (struct hs_zone_change){.at = steps[w].at,
                                               .change = steps[w].change,
                                               .p = steps[w].p,
                                               .q = NAN,
                                               .interval = {NAN, NAN}};
    hs_free(year);
}

/* A value of all tracks together, with what was found of it. */
struct asked {
    struct hs_zone_change *change;
    const struct hs_step *step;
};

/* The first of mastering and of mixing are those of all; masters are asked where mixes are not. */
static size_t gather(struct hs_audit *audit, const struct hs_step steps[2][HS_ZONE_CHANGES],
                     struct asked out[2 * HS_ZONE_CHANGES])
{
    size_t n = 0;
    for (size_t w = 0; audit->n_mastering && w < HS_ZONE_CHANGES; w++)
        out[n++] = (struct asked){&audit->mastering[0].change[w], &steps[0][w]};
    for (size_t w = 0; audit->n_mixing && w < HS_ZONE_CHANGES; w++)
        out[n++] = (struct asked){&audit->mixing[0].change[w], &steps[1][w]};
    for (size_t w = 0; audit->masters && w < HS_ZONE_CHANGES; w++)
        out[n++] = (struct asked){&audit->masters->change[w], &steps[1][w]};
    return n;
}

void hs_habit_changes_decide(struct hs_audit *audit, const struct hs_step steps[2][HS_ZONE_CHANGES])
{
    struct asked all[2 * HS_ZONE_CHANGES];
    double p[2 * HS_ZONE_CHANGES] = {0}, q[2 * HS_ZONE_CHANGES];
    size_t n = gather(audit, steps, all), asked = 0, called = 0;
    for (size_t i = 0; i < n; i++)
        p[i] = all[i].change->at == SIZE_MAX ? NAN : all[i].change->p;
    hs_benjamini_hochberg(p, n, q);
    for (size_t i = 0; i < n; i++) {
        asked += !isnan(p[i]);
        called += q[i] < HS_FALSE_DISCOVERIES;
    }
    for (size_t i = 0; i < n && asked; i++) {
        struct hs_zone_change *c = all[i].change;
        c->q = q[i];
        c->interval = hs_step_interval(
            all[i].step, HS_FALSE_DISCOVERIES * (double)(called ? called : 1) / (double)asked);
        if (!hs_zone_change_is_shown(c))
            continue;
        struct hs_what_changed x = hs_factor_of_change(audit, c->at, true);
        c->factor = x.factor;
        c->level = x.level;
        c->level_of_others = x.level_of_others;
    }
}
