/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts are told by what was counted (masters, mixes, moves, stems), with the usual number
 * elsewhere beside them, and what was left out of them.
 */
#include "report/habit_counts.h"

#include "judge/rule.h"
#include "report/recurrence.h"

#include <math.h>

static void put_part(struct hs_html *h, size_t n, size_t *said, const char *one, const char *many)
{
    if (!n)
        return;
    hs_html_text(h, *said ? ", " : " ");
    hs_html_textf(h, "%zu %s", n, n == 1 ? one : many);
    (*said)++;
}

/* Other counts may stand between: says of which number, " Of the 9,"; " All", where 9 follows. */
static void put_of(struct hs_html *h, const size_t o[HS_N_ORIGINS], size_t n)
{
    bool all = o[HS_ORIGIN_MIX] + o[HS_ORIGIN_EASED] == n;
    for (int i = 0; i < HS_N_ORIGINS; i++)
        all = all || o[i] == n;
    if (n == 1)
        hs_html_literal(h, " Of these,");
    else if (all)
        hs_html_literal(h, " All");
    else
        hs_html_textf(h, " Of the %zu,", n);
}

/* How many came in where. Nothing is said where no origin is known. */
void hs_html_habit_origins(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    size_t said = 0, o[HS_N_ORIGINS], n = x ? (size_t)x->faulty : r->counted;
    for (int i = 0; i < HS_N_ORIGINS; i++) /* of what was counted, where it was */
        o[i] = x ? (size_t)x->origins[i] : r->origins[i];
    bool moves = x && x->evidence == HS_BY_MOVES;
    if (o[HS_ORIGIN_CANNOT_SAY] == n || (moves && o[HS_ORIGIN_MASTERING] == n))
        return;
    put_of(h, o, n);
    put_part(h, moves ? 0 : o[HS_ORIGIN_MASTERING], &said, "was brought in by mastering",
             "were brought in by mastering");
    put_part(h, o[HS_ORIGIN_EXPOSED], &said, "was near it in the mix and was pushed over",
             "were near it in the mix and were pushed over");
    put_part(h, o[HS_ORIGIN_MIX] + o[HS_ORIGIN_EASED], &said, "was so in the mix",
             "were so in the mix");
    put_part(h, o[HS_ORIGIN_WORSENED], &said, "was in the mix and got worse",
             "were in the mix and got worse");
    put_part(h, o[HS_ORIGIN_CURED], &said, "was so in the mix and is no more",
             "were so in the mix and are no more");
    put_part(h, o[HS_ORIGIN_CANNOT_SAY], &said, "cannot be compared", "cannot be compared");
    hs_html_literal(h, ".");
}

/* By what was counted. */
static const char *const counted[HS_N_EVIDENCES] = {
    [HS_BY_PHYSICS] = "%d of %d masters",
    [HS_BY_MOVES] = "Mastering moved %d of %d masters that way",
    [HS_BY_STEMS] = "%d of %d masters, by their stems",
    [HS_BY_MIXES] = "%d of %d mixes",
    [HS_BY_SONGS] = "%d of %d masters",
};

/* " until A3 (2004)", where the counts are of these releases alone. */
void hs_html_habit_stretch(const struct hs_pages *p, struct hs_html *h,
                           const struct hs_recurrence *x)
{
    if (!x->of_stretch)
        return;
    hs_html_text(h, x->since.began ? " since " : " until ");
    hs_html_release(h, p->audit, hs_since_release(p->audit, &x->since));
}

/* Whether physics is a count of its own, beside that of the findings. */
static bool is_told(const struct hs_rule_count *r)
{
    return r->rule && r->rule->physics.tell;
}

/* Which masters are not among those that were counted. */
static void put_not_counted(struct hs_html *h, const struct hs_recurrence *x)
{
    bool moves = x->evidence == HS_BY_MOVES;
    int later = moves || x->evidence == HS_BY_MIXES ? 0 : x->later_masters;
    if (later)
        hs_html_textf(h, " A song counts with its first master: %d later %s left out.", later,
                      later == 1 ? "one is" : "ones are");
    if (x->of_another_song)
        hs_html_textf(h, " %d more %s not the song of the title and %s not count.",
                      x->of_another_song, x->of_another_song == 1 ? "is" : "are",
                      x->of_another_song == 1 ? "does" : "do");
    if (x->copies)
        hs_html_textf(h, " %d more %s a mastering that counts already.", x->copies,
                      x->copies == 1 ? "is a copy of" : "are copies of");
}

/* "12 of 20 masters (so at least 40 % of all songs like these); elsewhere it would be 3." The low
 * end of the interval is given only with the verdict that rests on it. */
void hs_html_habit_counts(const struct hs_pages *p, struct hs_html *h,
                          const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    if (!x) {
        hs_html_count(h, r->counted, "master", "masters");
        hs_html_literal(h, ".");
        return;
    }
    bool songs = x->once_a_song && x->evidence == HS_BY_SONGS;
    hs_html_textf(h, songs ? "%d of %d songs" : counted[x->evidence], x->faulty, x->judged);
    hs_html_habit_stretch(p, h, x);
    if (x->of_stretch)
        hs_html_textf(h, ", %d of %d %s", x->faulty_outside, x->judged_outside,
                      x->since.began ? "before" : "after");
    if (x->interval.low >= .005 && x->verdict == HS_RECURS) {
        hs_html_textf(h, " (so at least %.0f %% of all songs like these)", 100 * x->interval.low);
    }
    if (isfinite(x->base_rate)) {
        double usual = x->base_rate * x->judged;
        hs_html_textf(h, "; %s it would be ",
                      x->own_references ? "of as many of your references" : "elsewhere");
        if (usual < 0.95)
            hs_html_literal(h, "less than one");
        else
            hs_html_textf(h, "%.0f", usual);
    }
    hs_html_literal(h, ".");
    put_not_counted(h, x);
    if (x->part_of_others)
        hs_html_textf(h,
                      " On %d of them another fault of the same cause is further out and leads on "
                      "the page of the track.",
                      x->part_of_others);
    if (x->called_for)
        hs_html_textf(h,
                      r->rule && !r->rule->side
                          ? " On %d more it went back towards the middle, as the mix needed."
                          : " On %d more it went the same way, and the mix needed it.",
                      x->called_for);
    if (hs_same_rule(r->id, "damaged") && r->counted > (size_t)x->faulty)
        hs_html_textf(h,
                      " Of what is broken in unlike ways only the commonest counts here; in all "
                      "%zu of %zu masters are broken.",
                      r->counted, r->judged);
    /* what counts as evidence is not all that was found */
    bool of_masters = x->evidence == HS_BY_SONGS || (x->evidence == HS_BY_PHYSICS && !is_told(r));
    if (!of_masters && x->verdict > HS_NOT_SHOWN && r->counted != (size_t)x->faulty)
        hs_html_textf(h, " By itself it counts as a fault on %zu of %zu masters.", r->counted,
                      r->judged);
}
