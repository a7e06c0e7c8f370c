/* SPDX-License-Identifier: Apache-2.0 */
/* lessons.html: the recurring faults as teaching, each with an exercise made of its worst
 * and its best examples from the catalogue itself. */
#include "report/page_parts.h"

#include <stdio.h>

enum { LESSONS = 12 };

/* Where the habit sits, and so where to work on it. */
static void put_where(struct hs_html *h, const struct hs_rule_count *r)
{
    size_t mix =
        r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] + r->origins[HS_ORIGIN_EASED];
    size_t mastering = r->origins[HS_ORIGIN_MASTERING] + r->origins[HS_ORIGIN_EXPOSED];
    size_t unknown = r->origins[HS_ORIGIN_CANNOT_SAY];
    html_literal(h, "<p><strong>Where to work on it:</strong> ");
    if (mix > mastering && mix >= unknown)
        html_textf(h, "while mixing; %zu of %zu were in the mix already.", mix, r->counted);
    else if (mastering > mix && mastering >= unknown)
        html_textf(h, "with mastering; %zu of %zu came in or were exposed there.", mastering,
                   r->counted);
    else if (mix + mastering)
        html_textf(h, "both ends: %zu in the mix, %zu from mastering, %zu unknown.", mix, mastering,
                   unknown);
    else
        html_literal(h, "cannot say; no mix could be compared.");
    html_literal(h, "</p>");
}

static void put_lesson(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                       size_t number)
{
    const struct hs_recurrence *x = r->recurrence;
    char id[40];
    html_literal(h, "<section class=\"lesson\"><h2>");
    hs_put_rule_link(h, r->id);
    html_literal(h, "</h2><p class=\"big\">");
    if (x)
        hs_put_rate(h, x->faulty, x->judged, x->interval_clustered);
    else
        html_textf(h, "%zu", r->counted);
    html_literal(h, " masters");
    html_text(h, x && x->recurring ? "" : ", not shown to recur");
    html_literal(h, "</p>");
    if (r->rule && r->rule->measured) {
        html_literal(h, "<p><strong>What it is:</strong> ");
        html_text(h, r->rule->measured);
        html_literal(h, "</p>");
    }
    if (r->rule && r->rule->heard_as) {
        struct hs_buf words = {0};
        for (const char *s = r->rule->heard_as; *s; s++) {
            hs_buf_putc(&words, *s);
            if (*s == ',' && s[1] != ' ')
                hs_buf_putc(&words, ' ');
        }
        html_literal(h, "<p><strong>How it is heard:</strong> ");
        html_text(h, words.data);
        html_literal(h, "</p>");
        hs_buf_free(&words);
    }
    put_where(h, r);
    if (x && x->reading) {
        html_literal(h, "<p><strong>Reading:</strong> ");
        html_text(h, x->reading);
        html_literal(h, "</p>");
    }
    if (x) {
        hs_put_trend(h, &x->trend);
        hs_put_agreement(h, &x->in_master, "master");
        hs_put_agreement(h, &x->in_mix, "mix");
    }
    snprintf(id, sizeof id, "lesson-strip-%zu", number);
    hs_put_exercise(p, h, r, id);
    html_literal(h, "<div class=\"charts\">");
    snprintf(id, sizeof id, "lesson-year-%zu", number);
    hs_chart_years(p, h, r, id);
    html_literal(h, "</div></section>\n");
}

void hs_page_lessons(struct hs_pages *p, struct hs_html *h)
{
    size_t shown = 0;
    hs_page_begin(p, h, "", "Lessons", "lessons");
    html_literal(h, "<h1>Lessons</h1><p>What this catalogue teaches: the faults that come "
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
        html_literal(h, "<p class=\"big\">No fault came twice.</p>");
    hs_page_end(h);
}
