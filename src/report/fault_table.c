/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fault_table.h"

#include "report/chart_rule.h"
#include "report/pages.h"
#include "report/pieces.h"

#include <math.h>
#include <string.h>

static void put_prevalence(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    hs_html_literal(h, "<td class=\"nw\" data-v=\"");
    hs_html_textf(h, "%.4f", x ? x->rate : 0);
    hs_html_literal(h, "\">");
    if (x) {
        hs_chart_rate(h, x);
        hs_html_rate(h, x->faulty, x->judged, x->interval_clustered);
    }
    if (!x)
        hs_html_textf(h, "%zu", r->counted);
    hs_html_literal(h, "</td><td>");
    if (x && isfinite(x->base_rate))
        hs_html_share(h, x->base_rate);
    else
        hs_html_literal(h, "not known");
    hs_html_literal(h, "</td>");
}

static void put_trend_word(struct hs_html *h, const struct hs_recurrence *x)
{
    if (!x || !x->trend.direction) {
        hs_html_literal(h, "<span class=\"quiet\">cannot say</span>");
        return;
    }
    const char *sign = x->trend.direction == HS_WORSE    ? "\xe2\x86\x97 "
                       : x->trend.direction == HS_BETTER ? "\xe2\x86\x98 "
                                                         : "\xe2\x86\x92 ";
    hs_html_text(h, sign);
    hs_html_text(h, hs_direction_name(x->trend.direction));
}

static void put_fault_row(struct hs_html *h, const struct hs_rule_count *r)
{
    bool recurring = r->recurrence && r->recurrence->recurring;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_rule_link(h, r->id);
    hs_html_literal(h, "</th>");
    put_prevalence(h, r);
    hs_html_literal(h, "<td>");
    if (recurring)
        hs_html_literal(h, "<span class=\"sev s4\"><span aria-hidden=\"true\">\xe2\x86\xbb</span> "
                           "recurs</span>");
    else
        hs_html_literal(h, "<span class=\"quiet\">not shown to recur</span>");
    hs_html_literal(h, "</td><td>");
    hs_html_origins(h, r);
    hs_html_literal(h, "</td><td class=\"nw\">");
    put_trend_word(h, r->recurrence);
    hs_html_literal(h, "</td></tr>");
}

void hs_html_fault_table(struct hs_pages *p, struct hs_html *h, const char *id, const char *klass,
                         size_t most)
{
    size_t shown = 0;
    hs_html_table_begin(h, id, klass, "Recurring faults");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">fault</th><th scope=\"col\">masters at "
                       "fault (95\xe2\x80\xaf% interval)</th><th scope=\"col\">references</th><th "
                       "scope=\"col\">verdict</th><th scope=\"col\">origin</th><th "
                       "scope=\"col\">trend</th></tr></thead><tbody>");
    for (size_t i = 0; i < p->n_rules && shown < most; i++)
        if (p->rules[i].counted || p->rules[i].cured) {
            put_fault_row(h, &p->rules[i]);
            shown++;
        }
    if (!shown)
        hs_html_literal(h, "<tr><td colspan=\"6\">No fault counts.</td></tr>");
    hs_html_literal(h, "</tbody>");
    hs_html_table_end(h);
}

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
