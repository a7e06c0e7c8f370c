/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences of audit.json; pages have their own. */
#include "catalogue/recurrence_words.h"

#include "catalogue/census.h"
#include "catalogue/evidence.h"
#include "catalogue/evidence_verdict.h"
#include "core/arena.h"
#include "judge/rule.h"

#include <math.h>

static bool is_of_one_release(const struct hs_evidence_row *x)
{
    return x->releases == 1 && x->releases_judged > 1;
}

/* More than elsewhere, on too few tracks to weigh as a mistake. */
static const char *too_few_words(const struct hs_evidence_row *x)
{
    if (x->rate < HS_WEIGHTY_SHARE)
        return "more often than elsewhere, but rare";
    return x->faulty < HS_FAULTS_NEEDED ? "more often than elsewhere, but on too few tracks"
                                        : "more often than elsewhere, but less than twice as often";
}

/* More than elsewhere, and no more than artists differ: defects of files are no sound. */
static const char *sound_or_habit_words(const struct hs_recurrence *r,
                                        const struct hs_evidence_row *x)
{
    const struct hs_rule *rule = hs_rule_find(r->rule);
    if (rule && rule->dimension->of_the_file)
        return "more than elsewhere, but such things come with a delivery: one of them, or a habit";
    return x->own_references ? "more than on your references, but artists differ nearly that much: "
                               "a sound, or a habit"
                             : "more than elsewhere, but artists differ nearly that much: a sound, "
                               "or a habit";
}

const char *hs_recurrence_why_not(const struct hs_recurrence *r, const struct hs_evidence_row *x)
{
    if (x->verdict == HS_RECURS && hs_evidence_is_stand_in(r->rule, x))
        return "it would recur, but a stand-in says so, read from the whole sound and no stem: "
               "listen first";
    switch (x->verdict) {
    case HS_TOO_FEW:
        return x->faulty ? "fewer than 5 tracks judged" : NULL;
    case HS_ON_ONE_RELEASE:
        return "on one release: whether it is a habit one record cannot tell";
    case HS_LEANS:
        if (hs_evidence_more_than_elsewhere(x) && !hs_evidence_is_weighty(x))
            return too_few_words(x);
        if (!hs_evidence_more_than_artists_differ(x))
            return sound_or_habit_words(r, x);
        if (!hs_evidence_more_than_elsewhere(x) && is_of_one_release(x))
            return "all of them on one release: another one would tell whether it is a habit";
        if (!hs_evidence_more_than_elsewhere(x))
            return x->evidence == HS_BY_MOVES
                       ? "few moves are a fault by themselves, but mastering goes that way more "
                         "than engineers differ"
                       : "few songs are at fault, but the songs lean that way more than artists "
                         "differ";
        return too_few_words(x);
    case HS_NOT_SHOWN:
        if (!r->faulty)
            return NULL;
        if (!(x->rate > x->base_rate))
            return "not more often than elsewhere";
        return is_of_one_release(x) ? "all of them on one release: true of it, not shown for others"
                                    : "not more often than elsewhere, as far as the numbers tell";
    case HS_VERDICT_NONE:
    case HS_RECURS:
        break;
    }
    return NULL;
}

/* "; 12 already in the mix, 2 brought in by mastering" */
static const char *origin_words(struct hs_arena *a, const struct hs_recurrence *r)
{
    const int counts[] = {r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] +
                              r->origins[HS_ORIGIN_EASED],
                          r->origins[HS_ORIGIN_MASTERING], r->origins[HS_ORIGIN_EXPOSED]};
    static const char *const of[] = {"already in the mix", "brought in by mastering",
                                     "exposed by mastering"};
    const char *text = "";
    for (int i = 0; i < 3; i++)
        if (counts[i])
            text = hs_arena_printf(a, "%s%s %d %s", text, *text ? "," : ";", counts[i], of[i]);
    return text;
}

/* "far more than artists differ (odds 1400 to 1)" */
static const char *odds_words(struct hs_arena *a, const struct hs_evidence_row *x)
{
    double odds = exp(x->log_odds);
    if (!(odds >= 3) || x->verdict <= HS_NOT_SHOWN)
        return "";
    odds = fmin(odds, 1e6);
    double unit = pow(10, floor(log10(odds)) - (odds < 100 ? 1 : 2)); /* no more digits are known */
    return hs_arena_printf(a, "; odds of %.*f to 1 that it is a habit", odds < 10 ? 1 : 0,
                           unit * round(odds / unit));
}

/* How a count is said, by what was counted. */
static const struct {
    const char *counted, *against; /* "%d of %d ..." */
    bool origins;                  /* whether where it came from is asked */
} said_of[HS_N_EVIDENCES] = {
    [HS_BY_PHYSICS] = {"%d of %d tracks", "elsewhere", true},
    [HS_BY_MOVES] = {"mastering moved %d of %d masters that way", "by chance", false},
    [HS_BY_STEMS] = {"%d of %d tracks by their stems", "elsewhere", true},
    [HS_BY_MIXES] = {"%d of %d mixes", "elsewhere", false},
    [HS_BY_SONGS] = {"%d of %d tracks", "elsewhere", true},
};

static const char *base_words(struct hs_arena *a, double rate)
{
    return rate < .005 ? "less than 1 %" : hs_arena_printf(a, "about %.0f %%", 100 * rate);
}

/* ", those before 2006 (of the others 1 of 24)"; no name, for an anonymous report keeps the
 * sentence. */
static const char *stretch_words(struct hs_audit *audit, const struct hs_evidence_row *x)
{
    if (!x->of_stretch)
        return "";
    int year = audit->job->releases[x->since.at].year;
    return hs_arena_printf(&audit->arena, ", those %s %d%s (of the others %d of %d)",
                           x->since.began ? "from" : "before", year, x->since.began ? " on" : "",
                           x->faulty_outside, x->judged_outside);
}

/* "; 8 more went that way and needed it"; a rule with two sides has no way, but a middle. */
static const char *called_for_words(struct hs_arena *a, const struct hs_rule *rule,
                                    const struct hs_evidence_row *x)
{
    if (!x->called_for)
        return "";
    return hs_arena_printf(a,
                           rule && !rule->side
                               ? "; %d more went back towards the middle and needed it"
                               : "; %d more went that way and needed it",
                           x->called_for);
}

/* "; on 9 of them another fault of one cause is further out" */
static const char *part_words(struct hs_arena *a, const struct hs_evidence_row *x)
{
    if (!x->part_of_others)
        return "";
    return hs_arena_printf(a, "; on %d of them another fault of one cause is further out",
                           x->part_of_others);
}

/* "; later masters of songs left out: 3; copies of a mastering that counts: 4" */
static const char *not_counted_words(struct hs_arena *a, const struct hs_recurrence *r,
                                     const struct hs_evidence_row *x)
{
    bool each = x->evidence == HS_BY_MOVES || x->evidence == HS_BY_MIXES;
    const char *later = "", *copies = "", *another = "";
    if (!each && r->later_masters)
        later = hs_arena_printf(a, "; later masters of songs left out: %d", r->later_masters);
    if (r->copies)
        copies = hs_arena_printf(a, "; copies of a mastering that counts: %d", r->copies);
    if (r->of_another_song)
        another = hs_arena_printf(a, "; not the song of the title: %d", r->of_another_song);
    return hs_arena_printf(a, "%s%s%s", later, copies, another);
}

const char *hs_recurrence_words(struct hs_audit *audit, const struct hs_recurrence *r,
                                const struct hs_evidence_row *x)
{
    struct hs_arena *a = &audit->arena;
    if (!x->judged)
        return "not judged on any track";
    const struct hs_rule *rule = hs_rule_find(r->rule);
    bool told = x->evidence == HS_BY_PHYSICS && rule && rule->physics.tell;
    bool songs = r->once_a_song && x->evidence == HS_BY_SONGS;
    const char *counts = hs_arena_printf(a,
                                         told    ? rule->physics.counted
                                         : songs ? "%d of %d songs"
                                                 : said_of[x->evidence].counted,
                                         x->faulty, x->judged);
    const char *against = x->own_references ? "on your references" : said_of[x->evidence].against;
    if (!x->faulty)
        return hs_arena_printf(a, "%s; %s %s%s", counts, against, base_words(a, x->base_rate),
                               odds_words(a, x));
    return hs_arena_printf(
        a, "%s (%.0f %%, could be %.0f to %.0f %%) on %d release%s%s%s%s%s%s; %s %s%s", counts,
        100 * x->rate, 100 * x->interval.low, 100 * x->interval.high, x->releases,
        x->releases == 1 ? "" : "s", stretch_words(audit, x), part_words(a, x),
        called_for_words(a, rule, x), not_counted_words(a, r, x),
        said_of[x->evidence].origins && !told ? origin_words(a, r) : "", against,
        base_words(a, x->base_rate), odds_words(a, x));
}
