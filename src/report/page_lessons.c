/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lessons.html: one printable sheet for each fault that recurs, made of the worst and the best
 * passages of the catalogue itself; blind first.
 */
#include "report/exercise.h"
#include "report/frame.h"
#include "report/habit.h"
#include "report/habit_counts.h"
#include "report/listen.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/words.h"

#include <stdio.h>

enum { LESSONS = 12, TOPICS = 3 };

/* Where the habit sits, and so where to work on it. */
static void put_where(struct hs_html *h, const struct hs_rule_count *r)
{
    size_t mix =
        r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] + r->origins[HS_ORIGIN_EASED];
    size_t mastering = r->origins[HS_ORIGIN_MASTERING] + r->origins[HS_ORIGIN_EXPOSED];
    size_t unknown = r->origins[HS_ORIGIN_CANNOT_SAY];
    hs_html_literal(h, "<p>");
    if (mix > mastering && mix >= unknown)
        hs_html_textf(h, "While mixing: %zu of %zu were in the mix already.", mix, r->counted);
    else if (mastering > mix && mastering >= unknown)
        hs_html_textf(h, "With mastering: %zu of %zu came in or were exposed there.", mastering,
                      r->counted);
    else if (mix + mastering)
        hs_html_textf(h, "At both ends: %zu in the mix, %zu from mastering, %zu unknown.", mix,
                      mastering, unknown);
    else if (r->rule && r->rule->dimension->beside_others)
        hs_html_literal(h, "Where the record is put together: no song shows it by itself.");
    else
        hs_html_literal(h, "Cannot say: no mix tells of it.");
    hs_html_literal(h, "</p>");
}

/* The words for a fault stand in the table of rules with commas and no spaces; here they get their
 * spaces. */
static void put_heard_as(struct hs_html *h, const char *heard_as)
{
    struct hs_buf words = {0};
    for (const char *s = heard_as; *s; s++) {
        hs_buf_putc(&words, *s);
        if (*s == ',' && s[1] != ' ')
            hs_buf_putc(&words, ' ');
    }
    hs_html_text(h, words.data);
    hs_buf_free(&words);
}

/* One sheet: how often the fault occurs, what it sounds like, the exercise, where to work on it. */
static void put_lesson(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                       size_t number, size_t n)
{
    char title[96];
    hs_html_literal(h, "<article class=\"sheet\"><p class=\"kicker\"><span>");
    hs_html_textf(h, "Lesson %zu of %zu", number, n);
    hs_html_literal(h, "</span> <span>one sheet</span>");
    if (r->rule)
        hs_html_tier(h, r->rule->tier);
    hs_html_literal(h, "</p><h2>Hearing: ");
    hs_html_link(h, "rules/", r->id, ".html", hs_rule_capital(r->id, title));
    hs_html_literal(h, "</h2><p>");
    hs_html_habit_counts(p, h, r);
    hs_html_habit_origins(h, r);
    hs_html_literal(h, "</p><ol class=\"steps\"><li><h3>What to listen for</h3>");
    /* one step each: what it is, tell it by ear, mend it */
    hs_html_listen(h, r->id, NULL, NULL);
    hs_html_literal(h, "<p>Heard as: ");
    if (r->rule && r->rule->heard_as)
        put_heard_as(h, r->rule->heard_as);
    hs_html_literal(h, ". ");
    hs_html_text(h, r->rule && r->rule->dimension->beside_others
                        ? "Play each song behind the one before it, both as loud as they are."
                        : "Not loudness: play all passages equally loud, each twice at most.");
    hs_html_literal(h, "</p></li>");
    hs_html_exercise(p, h, r);
    hs_html_literal(h, "<li><h3>Where to work on it</h3>");
    put_where(h, r);
    hs_html_literal(h, "</li></ol></article>\n");
}

/* Faults that recur or lean, were found, and can be heard. */
static bool is_lesson(const struct hs_rule_count *r)
{
    enum hs_verdict verdict = hs_habit_verdict(r);
    if (r->rule && r->rule->hearable == HS_NEVER_HEARD)
        return false;
    return r->counted && (verdict == HS_RECURS || verdict == HS_LEANS);
}

/* "2 lessons: too bright, muddy" */
static void put_topics(struct hs_pages *p, struct hs_html *h, size_t n)
{
    size_t said = 0;
    hs_html_count(h, n, "lesson", "lessons");
    for (size_t i = 0; i < p->n_rules && said < TOPICS; i++)
        if (is_lesson(&p->rules[i])) {
            hs_html_text(h, said++ ? ", " : ": ");
            hs_html_text(h, hs_rule_title(p->rules[i].id));
        }
    if (n > said)
        hs_html_textf(h, " and %zu more", n - said);
}

/* One sheet for each fault that recurs or leans, to be printed. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    size_t n = 0, shown = 0;
    for (size_t i = 0; i < p->n_rules; i++)
        n += is_lesson(&p->rules[i]);
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>");
    if (n)
        put_topics(p, h, n);
    else
        hs_html_literal(h, "Nothing to teach yet");
    hs_html_literal(h, "</h1><p class=\"lead\">");
    if (n)
        hs_html_literal(
            h, "One sheet for each fault that recurs or leans, made of the artist\xe2\x80\x99s own "
               "best and worst passages: listen, tick, then look.");
    else
        hs_html_literal(h, "No fault recurs or leans in these records, so there is nothing here "
                           "to teach.");
    hs_html_literal(h, "</p></div>\n");
    hs_html_cut(h, n < LESSONS ? n : LESSONS, n);
    for (size_t i = 0; i < p->n_rules && shown < LESSONS; i++)
        if (is_lesson(&p->rules[i]))
            put_lesson(p, h, &p->rules[i], ++shown, n);
    hs_frame_end(p, h);
}

const struct hs_page hs_page_lessons = {
    .folder = "",
    .file = "lessons",
    .title = "Lessons",
    .nav = "Lessons",
    .place = 50,
    .render = render,
};
