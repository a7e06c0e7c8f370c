/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of one fault, from the verdict down to the single masters.
 * 1. Heading: verdict, share of the masters, counts and origins.
 * 2. Since when: the change point in words, one mark for each master, the rate over the years.
 * 3. Why it counts, where it came from, and with whom (report/rule_why.h).
 * 4. The worst and the best example to hear, with a form to answer.
 * 5. All masters on one scale, then as a table (report/rule_masters.h), and how the rule measures.
 */
#include "report/answer.h"
#include "report/chart_distribution.h"
#include "report/chart_rate.h"
#include "report/chart_units.h"
#include "report/frame.h"
#include "report/habit.h"
#include "report/habit_counts.h"
#include "report/listen.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/recurrence.h"
#include "report/rule_masters.h"
#include "report/rule_why.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>

/* The heading: verdict, evidence, and how many of the masters. */
static void put_hero(const struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    char title[96];
    hs_html_literal(h, "<p class=\"crumb\">");
    hs_html_link(h, "", "index", ".html", "Overview");
    hs_html_literal(h, " \xe2\x80\xba ");
    hs_html_link(h, "", "faults", ".html", "All faults");
    hs_html_literal(h, "</p><div class=\"hero\"><p class=\"kicker\">");
    hs_html_verdict(h, hs_habit_verdict(r));
    hs_html_literal(h, " ");
    if (r->rule)
        hs_html_tier(h, hs_habit_tier(r));
    hs_html_literal(h, "</p><h1>");
    hs_html_text(h, hs_capital(hs_habit_title(r), title, sizeof title));
    if (hs_habit_title(r) != hs_rule_title(r->id))
        hs_html_textf(h, ": %d of %d masters", x->faulty, x->judged);
    else if (x && x->judged)
        hs_html_textf(h, ": %zu of %zu masters", r->counted, r->judged);
    hs_html_literal(h, "</h1><p class=\"lead\">");
    if (!r->judged && !r->found)
        hs_html_literal(h, "Judged on no master.");
    else
        hs_html_habit_counts(p, h, r);
    hs_html_habit_origins(h, r);
    if (r->of_another) /* the table of masters has them with their severity */
        hs_html_textf(h, " On %zu more it is part of another fault.", r->of_another);
    if (r->counted_as_part)
        hs_html_textf(h,
                      " On %zu more the cause counts under the name that it has on more masters.",
                      r->counted_as_part);
    hs_html_literal(h, "</p></div>\n");
}

/* One example with its value, its clip, and a form to answer where it has a finding. */
static void put_example(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                        const struct hs_example *e, const char *heading)
{
    const struct hs_track_result *t = &p->audit->tracks[e->track];
    const struct hs_finding *f = hs_track_finding(t, r->id);
    const char *unit = f ? f->unit : r->rule ? r->rule->unit : NULL;
    const struct hs_clip *clip = hs_pages_example(p, e->track, r->id);
    hs_html_literal(h, "<div><h3>");
    hs_html_text(h, heading);
    hs_html_track_link(h, t);
    if (e->n_times) {
        hs_html_literal(h, ", ");
        hs_html_passages(h, e->times, e->n_times, 1);
    }
    hs_html_literal(h, "</h3><p>");
    hs_html_quantity(h, e->value, hs_unit_digits(unit), unit);
    hs_html_literal(h, ".</p>");
    if (clip)
        hs_html_player(p, h, clip);
    if (f)
        hs_html_answer_form(h, t->track, r->id, true);
    hs_html_literal(h, "</div>");
}

/* With clips, where they were cut. */
static void put_examples(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    if (!x || (!x->n_worst && !x->n_best))
        return;
    bool silent = r->rule && r->rule->hearable == HS_NEVER_HEARD;
    hs_html_section(h, "hear", NULL,
                    silent ? "The worst and the best" : "Hear the worst and the best");
    hs_html_listen(h, r->id, NULL, NULL);
    hs_html_literal(h, "<div class=\"two\">");
    if (x->n_worst)
        put_example(p, h, r, &x->worst[0], "The worst: ");
    if (x->n_best)
        put_example(p, h, r, &x->best[0], "The best: ");
    hs_html_literal(h, "</div></section>\n");
}

/* What the rule measures, where its limits come from, its source and its audible step. */
static void put_how(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_rule *rule = r->rule;
    if (!rule)
        return;
    hs_html_fold(h, "How it is measured", SIZE_MAX);
    hs_html_literal(h, "<dl>");
    hs_html_fact(h, "What is measured", rule->measured);
    hs_html_fact(h, "Where the limits come from", rule->limit_from);
    hs_html_fact(h, "Source", rule->source);
    hs_html_fact(h, "Name in files", rule->id);
    if (isfinite(rule->jnd) && rule->jnd > 0) {
        hs_html_literal(h, "<div><dt>One audible step</dt><dd>");
        hs_html_quantity(h, rule->jnd, rule->jnd < 1 ? 2 : 1, rule->unit);
        hs_html_literal(h, "</dd></div>");
    }
    hs_html_literal(h, "</dl></details>\n");
}

/* Where five dated releases are there: the rate over the years; marks of the masters always. */
static void put_since(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    if (!r->judged && !r->found)
        return;
    hs_html_section(h, "since", NULL, "Since when");
    hs_html_since(h, p->audit, r->recurrence);
    if (r->counted)
        hs_chart_units(p, h, r->id);
    hs_chart_rate(p, h, r);
    hs_html_literal(h, "</section>\n");
}

/* From the verdict to its reasons, then examples and all masters. */
static void render(struct hs_pages *p, struct hs_html *h, size_t rule)
{
    const struct hs_rule_count *r = &p->rules[rule];
    hs_frame_begin(p, h, hs_rule_title(r->id));
    put_hero(p, h, r);
    put_since(p, h, r);
    hs_html_rule_why(h, r);
    hs_html_rule_origins(h, r);
    hs_html_rule_levels(h, r->recurrence);
    hs_html_rule_groups(h, r->recurrence);
    put_examples(p, h, r);
    hs_chart_distribution(p, h, r, "strip");
    hs_html_rule_masters(p, h, r);
    put_how(h, r);
    hs_frame_end(p, h);
}

static size_t count(const struct hs_pages *p)
{
    return p->n_rules;
}

static const char *name(struct hs_pages *p, size_t rule)
{
    return p->rules[rule].id;
}

const struct hs_page hs_page_rule = {
    .folder = "rules/",
    .count = count,
    .name = name,
    .render = render,
};
