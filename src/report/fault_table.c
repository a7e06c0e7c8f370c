/* SPDX-License-Identifier: Apache-2.0 */
/* The table of all faults that were found: share of the masters with its interval, how often it is
 * found elsewhere, verdict, origins, trend. It stands on the first page and on faults.html. */
#include "report/fault_table.h"

#include "report/habit.h"
#include "report/pieces.h"
#include "report/recurrence.h"
#include "report/words.h"

#include <math.h>

static const struct hs_column columns[] = {
    {"what", NULL},    {"masters", "n"},    {"could be", "n"},       {"elsewhere", "n"},
    {"verdict", NULL}, {"came from", NULL}, {"over the years", NULL}};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

/* What was found; below it what was counted, where that is something else. */
static void put_counts(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    hs_html_textf(h, "%zu of %zu", r->counted, r->judged);
    if ((size_t)x->faulty == r->counted && (size_t)x->judged == r->judged)
        return;
    hs_html_literal(h, "<span class=\"sub\">");
    hs_html_textf(h, "%s %d of %d", hs_evidence_name(x->evidence), x->faulty, x->judged);
    hs_html_literal(h, "</span>");
}

/* Masters at fault with the interval of the share, and the share elsewhere; numbers for sorting go
 * into each cell. */
static void put_rates(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    hs_html_td(h, &columns[1], x ? x->rate : (double)r->counted);
    if (x)
        put_counts(h, r);
    else
        hs_html_textf(h, "%zu", r->counted);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[2], x ? x->interval.low : NAN);
    if (x)
        hs_html_could_be(h, &x->interval);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[3], x ? x->base_rate : NAN);
    if (x && isfinite(x->base_rate))
        hs_html_share(h, x->base_rate);
    else
        hs_html_literal(h, "not known");
    hs_html_literal(h, "</td>");
}

/* Share, interval, verdict, origins and trend of one rule. */
static void put_row(const struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_link(h, "rules/", r->id, ".html", hs_habit_title(r));
    hs_html_literal(h, "</th>");
    put_rates(h, r);
    enum hs_verdict verdict = hs_habit_verdict(r);
    hs_html_td(h, &columns[4], verdict);
    hs_html_literal(h, "<span");
    hs_html_attr(h, "class",
                 verdict == HS_RECURS           ? "verdict recurs"
                 : verdict >= HS_ON_ONE_RELEASE ? "verdict"
                                                : "quiet");
    hs_html_literal(h, ">");
    hs_html_text(h, hs_verdict_words(verdict));
    hs_html_literal(h, "</span></td>");
    hs_html_td(h, &columns[5], NAN);
    hs_html_origins(h, r);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[6], NAN);
    hs_html_trend_word(h, p->audit, x);
    hs_html_literal(h, "</td></tr>\n");
}

static bool was_found(const struct hs_rule_count *r)
{
    return r->counted || r->cured;
}

/* Rules stand in the order of pages.c: what recurs first. `most` limits the rows. */
void hs_html_fault_table(struct hs_pages *p, struct hs_html *h, const char *id, size_t most)
{
    size_t shown = 0, n = 0;
    struct hs_arena a = {0};
    for (size_t i = 0; i < p->n_rules; i++)
        n += was_found(&p->rules[i]);
    hs_html_table_begin(h, id, "fold sortable",
                        hs_arena_printf(&a,
                                        "Order: what recurs first, then what weighs most. "
                                        "Masters: at fault, of those judged. Could be: of all "
                                        "such songs (95\xe2\x80\xaf%%). Elsewhere: in other music. "
                                        "%zu of %zu found shown; %zu more %s on no song: in range, "
                                        "a note, part of another, or not judged.",
                                        n < most ? n : most, n, p->n_rules - n,
                                        p->n_rules - n == 1 ? "counts" : "count"));
    hs_arena_free(&a);
    hs_html_columns(h, columns, N_COLUMNS);
    for (size_t i = 0; i < p->n_rules && shown < most; i++)
        if (was_found(&p->rules[i])) {
            put_row(p, h, &p->rules[i]);
            shown++;
        }
    if (!shown)
        hs_html_literal(h, "<tr><td colspan=\"7\">No fault counts.</td></tr>");
    hs_html_table_end(h);
}

/* Rules that were judged and found nowhere, as one line with the number of masters judged. */
void hs_html_unfound(struct hs_pages *p, struct hs_html *h)
{
    bool any = false;
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct hs_rule_count *r = &p->rules[i];
        if (r->found || !r->judged)
            continue;
        hs_html_text(h, any ? ", " : "");
        if (!any)
            hs_html_literal(h, "<p class=\"quiet\">Judged and found nowhere: ");
        hs_html_rule_link(h, r->id);
        hs_html_textf(h, " (%zu)", r->judged);
        any = true;
    }
    if (any)
        hs_html_literal(h, ".</p>");
}
