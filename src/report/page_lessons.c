/* SPDX-License-Identifier: Apache-2.0 */
/* lessons.html: the recurring faults as teaching, each with an exercise made of its worst
 * and its best examples from the catalogue itself. */
#include "report/chart_rule.h"
#include "report/exercise.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/recurrence.h"

#include <stdio.h>

enum { LESSONS = 12 };

/* Where the habit sits, and so where to work on it. */
static void put_where(struct hs_html *h, const struct hs_rule_count *r)
{
    size_t mix =
        r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] + r->origins[HS_ORIGIN_EASED];
    size_t mastering = r->origins[HS_ORIGIN_MASTERING] + r->origins[HS_ORIGIN_EXPOSED];
    size_t unknown = r->origins[HS_ORIGIN_CANNOT_SAY];
    hs_html_literal(h, "<p><strong>Where to work on it:</strong> ");
    if (mix > mastering && mix >= unknown)
        hs_html_textf(h, "while mixing; %zu of %zu were in the mix already.", mix, r->counted);
    else if (mastering > mix && mastering >= unknown)
        hs_html_textf(h, "with mastering; %zu of %zu came in or were exposed there.", mastering,
                      r->counted);
    else if (mix + mastering)
        hs_html_textf(h, "both ends: %zu in the mix, %zu from mastering, %zu unknown.", mix,
                      mastering, unknown);
    else
        hs_html_literal(h, "cannot say; no mix could be compared.");
    hs_html_literal(h, "</p>");
}

static void put_lesson(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                       size_t number)
{
    const struct hs_recurrence *x = r->recurrence;
    char id[40];
    hs_html_literal(h, "<section class=\"lesson\"><h2>");
    hs_html_rule_link(h, r->id);
    hs_html_literal(h, "</h2><p class=\"big\">");
    if (x)
        hs_html_rate(h, x->faulty, x->judged, x->interval_clustered);
    else
        hs_html_textf(h, "%zu", r->counted);
    hs_html_literal(h, " masters");
    hs_html_text(h, x && x->recurring ? "" : ", not shown to recur");
    hs_html_literal(h, "</p>");
    if (r->rule && r->rule->measured) {
        hs_html_literal(h, "<p><strong>What it is:</strong> ");
        hs_html_text(h, r->rule->measured);
        hs_html_literal(h, "</p>");
    }
    if (r->rule && r->rule->heard_as) {
        struct hs_buf words = {0};
        for (const char *s = r->rule->heard_as; *s; s++) {
            hs_buf_putc(&words, *s);
            if (*s == ',' && s[1] != ' ')
                hs_buf_putc(&words, ' ');
        }
        hs_html_literal(h, "<p><strong>How it is heard:</strong> ");
        hs_html_text(h, words.data);
        hs_html_literal(h, "</p>");
        hs_buf_free(&words);
    }
    put_where(h, r);
    if (x && x->reading) {
        hs_html_literal(h, "<p><strong>Reading:</strong> ");
        hs_html_text(h, hs_pattern_name(x->reading));
        hs_html_literal(h, "</p>");
    }
    if (x) {
        hs_html_trend(h, &x->trend);
        hs_html_agreement(h, &x->in_master, "master");
        hs_html_agreement(h, &x->in_mix, "mix");
    }
    snprintf(id, sizeof id, "lesson-strip-%zu", number);
    hs_html_exercise(p, h, r, id);
    hs_html_literal(h, "<div class=\"charts\">");
    snprintf(id, sizeof id, "lesson-year-%zu", number);
    hs_chart_years(p, h, r, id);
    hs_html_literal(h, "</div></section>\n");
}

static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    size_t shown = 0;
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<h1>Lessons</h1><p>What this catalogue teaches: the faults that come "
                       "again, where they arise, and its own best examples to measure against."
                       "</p>");
    for (int recurring = 1; recurring >= 0; recurring--)
        for (size_t i = 0; i < p->n_rules && shown < LESSONS; i++) {
            const struct hs_rule_count *r = &p->rules[i];
            bool recurs = r->recurrence && r->recurrence->recurring;
            if (!r->counted || recurs != (recurring == 1) || (!recurs && r->counted < 2))
                continue;
            put_lesson(p, h, r, shown++);
        }
    if (!shown)
        hs_html_literal(h, "<p class=\"big\">No fault came twice.</p>");
    hs_frame_end(h);
}

const struct hs_page hs_page_lessons = {
    .folder = "",
    .file = "lessons",
    .title = "Lessons",
    .nav = "Lessons",
    .place = 50,
    .render = render,
};
