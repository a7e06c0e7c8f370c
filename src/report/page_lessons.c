/* SPDX-License-Identifier: Apache-2.0 */
/* lessons.html: the recurring faults as teaching, each with its worst and its best
 * examples from the catalogue itself. */
#include "core/alloc.h"
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LESSONS = 12, EXAMPLES = 3 };

struct example {
    const struct hs_track_result *t;
    const struct hs_finding *f;
    double distance; /* audible steps from the centre, towards the fault */
    size_t order;
};

static int nearest_first(const void *a, const void *b)
{
    const struct example *x = a, *y = b;
    if (x->distance < y->distance || x->distance > y->distance)
        return x->distance < y->distance ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Tracks on the scale of the rule, nearest to the centre first; at fault or not. */
static size_t collect(struct hs_pages *p, const char *rule, struct example *out, bool faulty)
{
    size_t n = 0;
    for (size_t i = 0; i < p->audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        const struct hs_finding *f = hs_track_finding(t, rule);
        const struct hs_judgement *j = hs_track_judgement(t, rule);
        struct example e = {t, f, NAN, i};
        if (faulty && f && hs_finding_counts(f))
            e.distance = isfinite(f->steps) ? fabs(f->steps) : (double)f->severity;
        else if (!faulty && !f && j)
            e.distance = isfinite(j->steps) ? fabs(j->steps) : 0;
        if (isfinite(e.distance))
            out[n++] = e;
    }
    qsort(out, n, sizeof *out, nearest_first);
    return n;
}

static void put_example(struct hs_html *h, const struct example *e)
{
    html_literal(h, "<li>");
    hs_put_track_link(h, e->t);
    if (e->f) {
        html_literal(h, " ");
        hs_put_severity(h, e->f->severity);
        html_literal(h, " ");
        html_quantity(h, e->f->value, hs_unit_digits(e->f->unit), e->f->unit);
        if (e->f->n_times) {
            html_literal(h, ", listen at ");
            hs_put_spans(h, e->f->times, e->f->n_times, 2);
        }
        html_literal(h, " <span class=\"quiet\">");
        html_text(h, hs_origin_words(e->f->origin));
        html_literal(h, "</span>");
    }
    html_literal(h, "</li>");
}

static void put_examples(struct hs_pages *p, struct hs_html *h, const char *rule)
{
    struct example *e = HS_NEW_ARRAY(struct example, p->audit->job->n_tracks + 1);
    size_t n = collect(p, rule, e, true);
    html_literal(h, "<div class=\"examples\"><div><h3>Worst</h3><ol>");
    for (size_t i = 0; i < n && i < EXAMPLES; i++)
        put_example(h, &e[n - 1 - i]);
    html_literal(h, "</ol></div>");
    n = collect(p, rule, e, false);
    if (n) {
        html_literal(h, "<div><h3>Best of this catalogue</h3><ol>");
        for (size_t i = 0; i < n && i < EXAMPLES; i++)
            put_example(h, &e[i]);
        html_literal(h, "</ol></div>");
    }
    html_literal(h, "</div>");
    hs_free(e);
}

/* Where the habit sits, and so where to work on it. */
static void put_where(struct hs_html *h, const struct hs_rule_count *r)
{
    size_t mix = r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] +
                 r->origins[HS_ORIGIN_EASED];
    size_t mastering = r->origins[HS_ORIGIN_MASTERING] + r->origins[HS_ORIGIN_EXPOSED];
    size_t unknown = r->origins[HS_ORIGIN_CANNOT_SAY];
    html_literal(h, "<p><strong>Where to work on it:</strong> ");
    if (mix > mastering && mix >= unknown)
        html_textf(h, "while mixing; %zu of %zu were in the mix already.", mix, r->counted);
    else if (mastering > mix && mastering >= unknown)
        html_textf(h, "with mastering; %zu of %zu came in or were exposed there.", mastering,
                   r->counted);
    else if (mix + mastering)
        html_textf(h, "both ends: %zu in the mix, %zu from mastering, %zu unknown.", mix,
                   mastering, unknown);
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
    put_examples(p, h, r->id);
    html_literal(h, "<div class=\"charts\">");
    snprintf(id, sizeof id, "lesson-strip-%zu", number);
    hs_chart_strip(p, h, r, id, true);
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
