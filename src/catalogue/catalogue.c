/* SPDX-License-Identifier: Apache-2.0 */

#include "catalogue/catalogue.h"

#include "catalogue/association.h"
#include "catalogue/base_rates.h"
#include "catalogue/census.h"
#include "catalogue/lessons.h"
#include "catalogue/recurrence.h"
#include "catalogue/shortlist.h"
#include "catalogue/songs.h"
#include "catalogue/trend.h"
#include "catalogue/trust.h"
#include "core/alloc.h"
#include "judge/judge.h"

/* One row; of the pairs alone only where there is something to count. */
static void analyse_rule(struct hs_audit *audit, const struct hs_songs *songs,
                         const struct hs_base_rate *base, bool by_pair,
                         struct hs_dispersion *dispersion)
{
    struct hs_arena scratch = {0};
    struct hs_census c;
    hs_census_take(audit, songs, base->rule, by_pair, &scratch, &c);
    if (!by_pair || c.faulty) {
        struct hs_recurrence *out = &audit->recurring[audit->n_recurring];
        hs_recurrence_fill(audit, &c, base, out, &dispersion[audit->n_recurring++]);
        hs_shift_fill(audit, &c, out);
        hs_trend_fill(audit, &c, out);
        hs_associations_fill(audit, &c, out);
        hs_lessons_fill(audit, &c, out);
    }
    hs_arena_free(&scratch);
}

void hs_catalogue_analyse_with(struct hs_audit *audit, const struct hs_base_rate *rules,
                               size_t n_rules)
{
    struct hs_arena scratch = {0};
    struct hs_songs songs;
    struct hs_dispersion *dispersion =
        HS_ARENA_ARRAY(&scratch, struct hs_dispersion, 2 * n_rules + 1);
    hs_songs_find(audit, &scratch, &songs);
    audit->recurring = HS_ARENA_ARRAY(&audit->arena, struct hs_recurrence, 2 * n_rules + 1);
    audit->n_recurring = 0;
    for (size_t i = 0; i < n_rules; i++) {
        struct hs_base_rate of_pairs = hs_base_rate_of_pairs(rules[i].rule);
        analyse_rule(audit, &songs, &rules[i], false, dispersion);
        analyse_rule(audit, &songs, &of_pairs, true, dispersion);
    }
    hs_recurrence_decide(audit, dispersion);
    hs_arena_free(&scratch);
    hs_trust_make(audit);
    hs_shortlist_make(audit);
}

void hs_catalogue_analyse(struct hs_audit *audit)
{
    size_t n = hs_rule_count();
    struct hs_base_rate *rules = HS_NEW_ARRAY(struct hs_base_rate, n + 1);
    int *fired = HS_NEW_ARRAY(int, n + 1), *judged = HS_NEW_ARRAY(int, n + 1);
    hs_judge_references(audit, fired, judged);
    for (size_t i = 0; i < n; i++) {
        rules[i] = hs_base_rate_builtin(hs_rule_at(i)->id);
        rules[i].rule = hs_rule_at(i)->id;
        rules[i].fired += fired[i];
        rules[i].judged += judged[i];
    }
    hs_catalogue_analyse_with(audit, rules, n);
    hs_free(rules);
    hs_free(fired);
    hs_free(judged);
}
