/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Find out which tracks are one song (songs.h), which are another one than their title says
 *    (another_song.h), which rule has the name of a cause with several (causes.h), and how often
 * each rule fires on the references.
 * 2. Per rule: take the census, count it by kind of evidence, and fill examples and, with several
 *    artists, groups.
 * 3. Decide over all rules together, because p values are corrected for their number.
 * 4. Per rule again: the trend of what speaks for it, and, where tracks differ in engineer, studio
 *    and the like, associations.
 * 5. Make the habits of mastering and mixing, the trust in the listener, and the short list.
 */
#include "catalogue/catalogue.h"

#include "catalogue/another_song.h"
#include "catalogue/association.h"
#include "catalogue/base_rates.h"
#include "catalogue/causes.h"
#include "catalogue/cells.h"
#include "catalogue/census.h"
#include "catalogue/groups.h"
#include "catalogue/habits.h"
#include "catalogue/lessons.h"
#include "catalogue/recurrence.h"
#include "catalogue/release_icc.h"
#include "catalogue/shortlist.h"
#include "catalogue/songs.h"
#include "catalogue/trend.h"
#include "catalogue/trend_verdict.h"
#include "catalogue/trust.h"
#include "core/alloc.h"
#include "judge/judge.h"
#include "judge/rule.h"

/* All that is asked of one rule; deciding comes when all rules are there. */
static void analyse_rule(struct hs_audit *audit, const struct hs_songs *songs,
                         const struct hs_base_rate *base, struct hs_arena *arena,
                         struct hs_recurrence *out, struct hs_counted *counted,
                         struct hs_grouped *grouped, const struct hs_clustering *by,
                         struct hs_alike *alike)
{
    struct hs_arena scratch = {0};
    struct hs_census c;
    hs_census_take(audit, songs, base->rule, &scratch, &c);
    hs_recurrence_fill(audit, &c, base, arena, out, counted);
    hs_lessons_fill(audit, &c, out);
    if (grouped)
        hs_groups_fill(audit, &c, counted, arena, grouped);
    if (by)
        hs_alike_add(by, &c, counted, alike);
    hs_arena_free(&scratch);
}

static bool has_faults(const struct hs_counted *counted)
{
    for (size_t k = 0; k < counted->n; k++)
        if (counted->row[k].row->faulty >= HS_FAULTS_NEEDED)
            return true;
    return false;
}

/* Over the years, and with whom and where: needs the verdicts, and how alike the tracks of a
 * release are, which all rules together tell. Nothing where the tracks do not differ in any factor.
 */
static void ask_again(struct hs_audit *audit, const struct hs_songs *songs,
                      const struct hs_clustering *by, const struct hs_alike *alike,
                      const struct hs_counted *counted, struct hs_aliases *aliases)
{
    for (size_t i = 0; i < audit->n_recurring; i++) {
        struct hs_recurrence *r = &audit->recurring[i];
        struct hs_arena scratch = {0};
        struct hs_census c;
        hs_census_take(audit, songs, r->rule, &scratch, &c);
        hs_trend_fill(audit, &c, &counted[i], r);
        if (by && has_faults(&counted[i]))
            hs_associations_fill(audit, by, &c, &counted[i], alike, r);
        hs_arena_free(&scratch);
    }
    hs_trends_decide(audit);
    hs_associations_decide(audit, aliases);
}

static bool differs_at_all(const struct hs_clustering *by)
{
    for (int f = 0; f < HS_N_FACTORS; f++)
        if (by->differs[f])
            return true;
    return false;
}

/* Where what mastering did decides, the worst examples are those that it moved. */
static void learn_from_moves(const struct hs_audit *audit, const struct hs_songs *songs,
                             struct hs_recurrence *out)
{
    struct hs_arena scratch = {0};
    struct hs_census c;
    hs_census_take(audit, songs, out->rule, &scratch, &c);
    hs_lessons_of_moves(&c, out);
    hs_arena_free(&scratch);
}

/* Rules one by one, then what is decided over all of them: correlation within releases, verdicts,
 * habits, the short list. */
void hs_catalogue_analyse_with(struct hs_audit *audit, const struct hs_base_rate *rules,
                               size_t n_rules)
{
    struct hs_arena scratch = {0};
    struct hs_songs songs;
    struct hs_counted *counted = HS_ARENA_ARRAY(&scratch, struct hs_counted, n_rules + 1);
    struct hs_grouped *grouped = hs_groups_are_there(audit)
                                     ? HS_ARENA_ARRAY(&scratch, struct hs_grouped, n_rules + 1)
                                     : NULL;
    struct hs_clustering clustering = hs_clustering_of(audit, &scratch);
    const struct hs_clustering *by = differs_at_all(&clustering) ? &clustering : NULL;
    struct hs_alike alike = {0};
    struct hs_aliases aliases = {0};
    hs_songs_find(audit, &scratch, &songs);
    hs_another_song_mark(audit);
    hs_causes_mark(audit, &songs);
    audit->recurring = HS_ARENA_ARRAY(&audit->arena, struct hs_recurrence, n_rules + 1);
    audit->n_recurring = n_rules;
    for (size_t i = 0; i < n_rules; i++)
        analyse_rule(audit, &songs, &rules[i], &scratch, &audit->recurring[i], &counted[i],
                     grouped ? &grouped[i] : NULL, by, &alike);
    double icc = hs_release_icc(audit, counted);
    if (grouped)
        hs_groups_decide(audit, grouped, icc, &aliases);
    hs_recurrence_decide(audit, counted, icc);
    ask_again(audit, &songs, by, &alike, counted, &aliases);
    hs_recurrence_of_groups(audit);
    hs_recurrence_sort(audit);
    hs_arena_free(&aliases.arena);
    for (size_t i = 0; i < n_rules; i++)
        if (audit->recurring[i].evidence == HS_BY_MOVES &&
            audit->recurring[i].verdict > HS_NOT_SHOWN)
            learn_from_moves(audit, &songs, &audit->recurring[i]);
    hs_habits_make(audit, &songs);
    hs_arena_free(&scratch);
    hs_trust_make(audit);
    hs_shortlist_make(audit);
}

/* The count of one rule on the references. A rule that could judge only part of them is taken to
 * have seen the same part of their artists. */
static struct hs_base_levels levels_of(const struct hs_reference_count *c, double artists_a_track)
{
    struct hs_base_levels l = {.judged = c->judged, .artists = c->judged * artists_a_track};
    for (int i = 0; i < HS_LEVELS; i++)
        l.fired[i] = c->at_least[HS_NOTE + i];
    return l;
}

static size_t references_read(const struct hs_audit *audit)
{
    size_t n = 0;
    for (size_t i = 0; audit->references && i < audit->job->n_references; i++)
        n += audit->references[i].state == HS_FILE_OK;
    return n;
}

/* With the base rates of the built-in songs and of the references. */
void hs_catalogue_analyse(struct hs_audit *audit)
{
    size_t n = hs_rule_count(), n_references = references_read(audit);
    struct hs_base_rate *rules = HS_NEW_ARRAY(struct hs_base_rate, n + 1);
    struct hs_reference_count *counts = HS_NEW_ARRAY(struct hs_reference_count, n + 1);
    double artists = n_references ? hs_reference_artists(audit) / (double)n_references : 0;
    hs_judge_references(audit, counts);
    size_t n_asked = 0;
    for (size_t i = 0; i < n; i++) {
        if (!hs_rule_is_asked(hs_rule_at(i), audit->survival))
            continue;
        rules[n_asked] = hs_base_rate_builtin(hs_rule_at(i)->id);
        rules[n_asked++].references = levels_of(&counts[i], artists);
    }
    hs_catalogue_analyse_with(audit, rules, n_asked);
    hs_free(rules);
    hs_free(counts);
}
