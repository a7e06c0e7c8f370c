/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/catalogue.h"
#include "catalogue/inside.h"

static void analyse_rule(struct hs_audit *audit, const struct hs_songs *songs,
                         const struct hs_base_rate *base, struct hs_recurrence *out,
                         struct hs_dispersion *dispersion)
{
    struct hs_arena scratch = {0};
    struct hs_census c;
    hs_census_take(audit, songs, base->rule, &scratch, &c);
    hs_recurrence_fill(audit, &c, base, out, dispersion);
    hs_shift_fill(audit, &c, out);
    hs_trend_fill(audit, &c, out);
    hs_associations_fill(audit, &c, out);
    hs_lessons_fill(audit, &c, out);
    hs_arena_free(&scratch);
}

void hs_catalogue_analyse_with(struct hs_audit *audit, const struct hs_base_rate *rules,
                               size_t n_rules)
{
    struct hs_arena scratch = {0};
    struct hs_songs songs;
    struct hs_dispersion *dispersion =
        HS_ARENA_ARRAY(&scratch, struct hs_dispersion, n_rules + 1);
    hs_songs_find(audit, &scratch, &songs);
    audit->recurring = HS_ARENA_ARRAY(&audit->arena, struct hs_recurrence, n_rules + 1);
    audit->n_recurring = n_rules;
    for (size_t i = 0; i < n_rules; i++)
        analyse_rule(audit, &songs, &rules[i], &audit->recurring[i], &dispersion[i]);
    hs_recurrence_decide(audit, dispersion);
    hs_arena_free(&scratch);
    hs_shortlist_make(audit);
}
