/* SPDX-License-Identifier: Apache-2.0 */
/*
 * habits.html shows what one engineer or room does again and again: first all together (left out
 * where one engineer did everything), then by engineer, then by year. Each has its sentences, a
 * curve with where it could lie, and its numbers beside what mastering elsewhere does.
 */
#include "report/chart_habits.h"
#include "report/frame.h"
#include "report/habit.h"
#include "report/habit_changes.h"
#include "report/habit_side.h"
#include "report/habits_table.h"
#include "report/moves_table.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HEADLINES = 3, ENGINEERS = 12, YEARS = 12 };

/* "Brightened by mastering.", "Perhaps: brightened by mastering." What recurs or leans by the moves
 * of mastering, though no zone of the tone is surely moved. */
static size_t put_leaning(const struct hs_pages *p, struct hs_html *h)
{
    size_t said = 0;
    for (size_t i = 0; i < p->n_rules && said < HEADLINES; i++) {
        const struct hs_rule_count *r = &p->rules[i];
        if (hs_habit_verdict(r) < HS_LEANS || r->recurrence->evidence != HS_BY_MOVES ||
            hs_habit_is_rare(r))
            continue;
        char title[96];
        bool recurs = hs_habit_verdict(r) == HS_RECURS; /* these come first */
        const char *words = hs_habit_title(r);
        hs_html_text(h, said ? ", " : recurs ? "" : "Perhaps: ");
        hs_html_text(h, said || !recurs ? words : hs_capital(words, title, sizeof title));
        said++;
    }
    hs_html_text(h, said ? "." : "");
    return said;
}

/* The strongest habit of each engineer as the heading, three at most, and what they rest on. */
static void put_headline(const struct hs_pages *p, struct hs_html *h,
                         const struct hs_habit_side sides[2])
{
    size_t said;
    hs_html_literal(h, "<div class=\"hero\"><h1>");
    said = hs_html_habit_claims(h, &sides[0], 0, HEADLINES);
    said = hs_html_habit_claims(h, &sides[1], said, HEADLINES);
    for (int i = 0; i < 2 && said < HEADLINES; i++) {
        hs_html_text(h, said && sides[i].n ? " " : "");
        said += sides[i].n && hs_html_habit_change_claim(h, p->audit, &sides[i].habits[0],
                                                         sides[i].mastering ? HS_TONED_MASTERING
                                                                            : HS_TONED_MIXES);
    }
    if (!said && !put_leaning(p, h))
        hs_html_literal(h, "No habit of tone is shown.");
    hs_html_literal(h, "</h1><p class=\"lead\">From ");
    if (sides[0].n) {
        hs_html_count(h, (size_t)sides[0].habits[0].n, "mix beside its master",
                      "mixes beside their masters");
        hs_html_text(h, sides[1].n ? ", and " : "");
    }
    if (sides[1].n) {
        hs_html_count(h, (size_t)sides[1].habits[0].n, "mix", "mixes");
        hs_html_literal(h, " beside what is expected of mixes");
    }
    hs_html_literal(h, ". These are habits of tone, whether or not they lead to a fault; they show "
                       "long before a single song proves one. Which faults recur: ");
    hs_html_link(h, "", "index", ".html", "the overview");
    hs_html_literal(h, ".</p></div>\n");
}

/* The interval of the median, in dB. */
static void put_between(struct hs_html *h, const struct hs_usual *u)
{
    hs_html_literal(h, " (median, 95\xe2\x80\xaf% ");
    hs_html_signed(h, u->interval.low, 1);
    hs_html_literal(h, " to ");
    hs_html_signed(h, u->interval.high, 1);
    hs_html_literal(h, ")");
}

/* "B. Master raises the treble in 15 of 16 pairs, by 3.4 dB (median, 95 % +2.6 to +4.2); usual."
 */
static void put_zone(struct hs_html *h, const struct hs_habit_side *s,
                     const struct hs_habits *habits, size_t zone)
{
    const struct hs_usual *u = &habits->zone[zone];
    double usual[2];
    hs_habits_usual(habits, zone, usual);
    hs_html_text(h, hs_habit_side_who(s, habits));
    hs_html_textf(h, " %s the %s in %d of %d %s, by ", u->median > 0 ? s->more : s->less,
                  hs_zones[zone].name, u->same, u->n, s->mastering ? "pairs" : "mixes");
    hs_html_quantity(h, fabs(u->median), 1, "dB");
    if (hs_usual_is_told(u))
        put_between(h, u);
    else
        hs_html_literal(h,
                        " (median of this one release; others would tell whether it is a habit)");
    if (isfinite(usual[0])) {
        hs_html_text(h, !hs_habits_is_unusual(habits, zone)  ? "; usual is "
                        : hs_moves_is_less(u->median, usual) ? "; less than the usual "
                                                             : "; more than the usual ");
        hs_html_range(h, usual, 1, "dB");
    }
    hs_html_literal(h, ". ");
}

/* One sentence for each zone in which a habit is shown or engineers differ, low to high. */
static void put_sentences(struct hs_html *h, const struct hs_habit_side *s,
                          const struct hs_habits *habits)
{
    size_t said = 0;
    hs_html_literal(h, "<p>");
    for (size_t z = 0; z < HS_ZONES; z++) {
        if (habits->by_whom[z])
            hs_html_textf(h, "Engineers differ: %s. ", habits->by_whom[z]);
        else if (hs_habit_is_said(&habits->zone[z]))
            put_zone(h, s, habits, z);
        said += habits->by_whom[z] || hs_habit_is_said(&habits->zone[z]);
    }
    if (!said)
        hs_html_literal(h, "Nothing is done to the tone the same way surely enough to be called a "
                           "habit. ");
    hs_html_tier(h, s->tier);
    hs_html_literal(h, "</p>\n");
}

/* The curve of one engineer or one year with its heading. */
static void put_chart(struct hs_html *h, const struct hs_habit_side *s,
                      const struct hs_habits *habits, size_t number)
{
    struct hs_arena a = {0};
    const char *heading = habits->year   ? hs_arena_printf(&a, "%d.", habits->year)
                          : s->mastering ? "Master over mix."
                                         : "Mixes against what is expected.";
    const char *sentence = hs_arena_printf(
        &a, "%d %s%s on %d %s: the median, and where it could lie.", habits->n, s->counted,
        habits->n == 1 ? ""
        : s->mastering ? "s"
                       : "es",
        habits->releases, habits->releases == 1 ? "release" : "releases");
    hs_chart_habits(h, habits, heading, sentence, hs_arena_printf(&a, "%s-%zu", s->id, number));
    hs_arena_free(&a);
}

static void put_key(struct hs_html *h, const struct hs_habit_side *s)
{
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-line\">median</span> <span "
                       "class=\"k-spread\">where it could lie (95\xe2\x80\xaf%)</span>");
    if (s->mastering)
        hs_html_literal(h, " <span class=\"k-usual\">what mastering elsewhere does</span>");
    hs_html_literal(h, "</p>\n");
}

/* All together, then each engineer by himself, at most ENGINEERS of them. */
static void put_engineers(struct hs_html *h, const struct hs_habit_side *s)
{
    size_t shown = 0, n = 0;
    for (size_t i = hs_habit_side_is_one(s); i < s->n; i++)
        n += !s->habits[i].year;
    hs_html_literal(h, "<p class=\"order\">All together, then by engineer, in the order of the "
                       "job. ");
    hs_html_cut(h, n < ENGINEERS ? n : ENGINEERS, n);
    hs_html_literal(h, "</p>\n");
    put_key(h, s);
    for (size_t i = hs_habit_side_is_one(s); i < s->n && shown < ENGINEERS; i++) {
        if (s->habits[i].year)
            continue;
        hs_html_literal(h, "<h3>");
        hs_html_text(h, hs_habit_side_who(s, &s->habits[i]));
        hs_html_literal(h, "</h3>\n");
        put_sentences(h, s, &s->habits[i]);
        put_chart(h, s, &s->habits[i], i);
        hs_html_habits(h, &s->habits[i], hs_habit_side_who(s, &s->habits[i]), s->mastering);
        shown++;
    }
}

static int by_year(const void *a, const void *b)
{
    const struct hs_habits *x = *(const struct hs_habits *const *)a,
                           *y = *(const struct hs_habits *const *)b;
    return (x->year > y->year) - (x->year < y->year);
}

/* A table of all years, and the curves of the latest. One year alone shows no change and is left
 * out. */
static void put_years(struct hs_html *h, const struct hs_habit_side *s)
{
    struct hs_arena a = {0};
    const struct hs_habits **years = HS_ARENA_ARRAY(&a, const struct hs_habits *, s->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->habits[i].year)
            years[n++] = &s->habits[i];
    if (n > 1) {
        /* oldest first; curves of the latest years only */
        qsort(years, n, sizeof *years, by_year);
        hs_html_literal(h, "<h3>By year</h3>\n");
        hs_html_habits_years(h, years, n, s->name, s->mastering);
        hs_html_literal(h, "<div class=\"charts\">\n");
        for (size_t i = n > YEARS ? n - YEARS : 0; i < n; i++)
            put_chart(h, s, years[i], s->n + i);
        hs_html_literal(h, "</div>\n");
        if (n > YEARS) {
            hs_html_literal(h, "<p class=\"order\">Curves: the latest years. ");
            hs_html_cut(h, YEARS, n);
            hs_html_literal(h, "</p>\n");
        }
    }
    hs_arena_free(&a);
}

/* What to try at the next mix, where all mixes lean one way. */
static void put_try(struct hs_html *h, const struct hs_habits *habits)
{
    size_t z = hs_habit_strongest(habits);
    if (z == HS_ZONES)
        return;
    hs_html_literal(h, "<div class=\"remedy\"><p><b>Try</b> the next mix with ");
    hs_html_quantity(h, fabs(habits->zone[z].median), 1, "dB");
    hs_html_textf(h,
                  " %s at %s, or play a reference through the same speakers first: if that "
                  "sounds %s to you as well, it is the room.",
                  habits->zone[z].median > 0 ? "less" : "more", hs_zones[z].hz,
                  habits->zone[z].median > 0 ? "thin there" : "heavy there");
    hs_html_literal(h, "</p></div>\n");
}

/* Instruments that lie elsewhere than those of the references. */
static void put_levels(struct hs_html *h, const struct hs_habits *habits)
{
    for (size_t i = habits->n_words - habits->n_levels; i < habits->n_words; i++) {
        hs_html_literal(h, "<p>");
        hs_html_text(h, habits->words[i]);
        hs_html_literal(h, "</p>\n");
    }
}

/* Mastering, or the mixing room: sentences, curves and tables. */
static void put_side(const struct hs_audit *audit, struct hs_html *h, const struct hs_habit_side *s)
{
    if (!s->n)
        return;
    hs_html_section(h, s->id, NULL, s->heading);
    if (!s->mastering) {
        hs_html_literal(h, "<p>The mixes against what is expected of mixes: ");
        hs_html_text(h, s->habits[0].against);
        hs_html_literal(h, ", less what mastering usually adds.</p>\n");
        put_try(h, &s->habits[0]);
        put_levels(h, &s->habits[0]);
    }
    hs_html_habit_changes(h, audit, &s->habits[0],
                          s->mastering ? HS_TONED_MASTERING : HS_TONED_MIXES);
    put_engineers(h, s);
    put_years(h, s);
    hs_html_literal(h, "</section>\n");
}

/* Who mastered tracks but has no curve: too few pairs. */
static void put_unknown(struct hs_html *h, const struct hs_audit *audit)
{
    size_t said = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const char *name = audit->job->tracks[i].mastered_by;
        bool told = !name;
        for (size_t k = 0; k < audit->n_mastering && !told; k++)
            told = audit->mastering[k].engineer && !strcmp(audit->mastering[k].engineer, name);
        for (size_t k = 0; k < i && !told; k++)
            told = audit->job->tracks[k].mastered_by &&
                   !strcmp(audit->job->tracks[k].mastered_by, name);
        if (told)
            continue;
        hs_html_text(h, said++ ? ", " : NULL);
        if (said == 1)
            hs_html_literal(h, "<p class=\"quiet\">Fewer than three mixes beside masters of one "
                               "kind, so nothing is said about the mastering of: ");
        hs_html_text(h, name);
    }
    if (said)
        hs_html_literal(h, ".</p>\n");
}

static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    const struct hs_habit_side sides[2] = {hs_habit_side(p->audit, true),
                                           hs_habit_side(p->audit, false)};
    (void)index;
    hs_frame_begin(p, h, NULL);
    put_headline(p, h, sides);
    put_side(p->audit, h, &sides[0]);
    put_unknown(h, p->audit);
    put_side(p->audit, h, &sides[1]);
    hs_frame_end(p, h);
}

static size_t count(const struct hs_pages *p)
{
    return p->audit->n_mastering || p->audit->n_mixing;
}

const struct hs_page hs_page_habits = {
    .folder = "",
    .file = "habits",
    .title = "Habits",
    .nav = "Habits",
    .place = 45,
    .count = count,
    .render = render,
};
