/* SPDX-License-Identifier: Apache-2.0 */

#include "catalogue/catalogue.h"

#include "catalogue/association.h"
#include "catalogue/base_rates.h"
#include "catalogue/census.h"
#include "catalogue/groups.h"
#include "catalogue/houses.h"
#include "catalogue/lessons.h"
#include "catalogue/recurrence.h"
#include "catalogue/shortlist.h"
#include "catalogue/songs.h"
#include "catalogue/trend.h"
#include "catalogue/trust.h"
#include "core/alloc.h"
#include "judge/judge.h"

static void analyse_rule(struct hs_audit *audit, const struct hs_songs *songs,
                         const struct hs_base_rate *base, struct hs_arena *arena,
                         struct hs_recurrence *out, struct hs_counted *counted,
                         struct hs_grouped *grouped)
{
    struct hs_arena scratch = {0};
    struct hs_census c;
    hs_census_take(audit, songs, base->rule, &scratch, &c);
    hs_recurrence_fill(audit, &c, base, arena, out, counted);
    hs_trend_fill(audit, &c, out);
    hs_associations_fill(audit, &c, &counted->row[0], out);
    hs_lessons_fill(audit, &c, out);
    if (grouped)
        hs_groups_fill(audit, &c, &counted->row[0], arena, out, grouped);
    hs_arena_free(&scratch);
}

void hs_catalogue_analyse_with(struct hs_audit *audit, const struct hs_base_rate *rules,
                               size_t n_rules)
{
    struct hs_arena scratch = {0};
    struct hs_songs songs;
    struct hs_counted *counted = HS_ARENA_ARRAY(&scratch, struct hs_counted, n_rules + 1);
    struct hs_grouped *grouped = hs_groups_are_there(audit)
                                     ? HS_ARENA_ARRAY(&scratch, struct hs_grouped, n_rules + 1)
                                     : NULL;
    hs_songs_find(audit, &scratch, &songs);
    audit->recurring = HS_ARENA_ARRAY(&audit->arena, struct hs_recurrence, n_rules + 1);
    audit->n_recurring = n_rules;
    for (size_t i = 0; i < n_rules; i++)
        analyse_rule(audit, &songs, &rules[i], &scratch, &audit->recurring[i], &counted[i],
                     grouped ? &grouped[i] : NULL);
    if (grouped)
        hs_groups_decide(audit, grouped);
    hs_recurrence_decide(audit, counted);
    hs_houses_make(audit, &songs);
    hs_arena_free(&scratch);
    hs_trust_make(audit);
    hs_shortlist_make(audit);
}

/* The user's references are taken to be of a quarter as many artists. */
static const double tracks_of_an_artist = 4;

void hs_catalogue_analyse(struct hs_audit *audit)
{
    size_t n = hs_rule_count();
    struct hs_base_rate *rules = HS_NEW_ARRAY(struct hs_base_rate, n + 1);
    int *fired = HS_NEW_ARRAY(int, n + 1), *judged = HS_NEW_ARRAY(int, n + 1);
    hs_judge_references(audit, fired, judged);
    for (size_t i = 0; i < n; i++) {
        rules[i] = hs_base_rate_builtin(hs_rule_at(i)->id);
        rules[i].references =
            hs_base_levels_of(fired[i], judged[i], judged[i] / tracks_of_an_artist);
    }
    hs_catalogue_analyse_with(audit, rules, n);
    hs_free(rules);
    hs_free(fired);
    hs_free(judged);
}
