/* SPDX-License-Identifier: Apache-2.0 */
/* The page of one rule: what is measured, how often it fired, every track on one scale. */
#include "core/alloc.h"
#include "report/chart_rule.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/recurrence.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

static void put_about(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_rule *rule = r->rule;
    if (!rule)
        return;
    hs_html_literal(h, "<dl class=\"facts\">");
    hs_html_fact(h, "id", rule->id);
    hs_html_fact(h, "dimension", rule->dimension->name);
    hs_html_fact(h, "evidence", hs_tier_name(rule->tier));
    hs_html_literal(h, "</dl><dl class=\"about\">");
    hs_html_fact(h, "What is measured", rule->measured);
    hs_html_fact(h, "Where the limits come from", rule->limit_from);
    hs_html_fact(h, "Source", rule->source);
    if (isfinite(rule->jnd) && rule->jnd > 0) {
        hs_html_literal(h, "<div><dt>One audible step</dt><dd>");
        hs_html_quantity(h, rule->jnd, rule->jnd < 1 ? 2 : 1, rule->unit);
        hs_html_literal(h, "</dd></div>");
    }
    hs_html_literal(h, "</dl>");
}

static void put_recurrence(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    hs_html_literal(h, "<section><h2>In this catalogue</h2>");
    if (!x) {
        hs_html_literal(h, "<p>");
        if (r->judged)
            hs_html_textf(h, "%zu of %zu judged masters are at fault.", r->counted, r->judged);
        else
            hs_html_literal(h, "Judged on no master.");
        hs_html_literal(h, "</p>");
        hs_html_literal(h, "</section>\n");
        return;
    }
    hs_html_literal(h, "<p class=\"big\">");
    hs_html_rate(h, x->faulty, x->judged, x->interval_clustered);
    hs_html_text(h, x->recurring ? ": it recurs" : ": not shown to recur");
    hs_html_literal(h, "</p>");
    if (x->words) {
        hs_html_literal(h, "<p>");
        hs_html_text(h, x->words);
        hs_html_literal(h, "</p>");
    }
    hs_html_literal(h, "<p>");
    if (isfinite(x->base_rate)) {
        hs_html_literal(h, "References at fault: ");
        hs_html_share(h, x->base_rate);
        hs_html_textf(h, " (n = %d). ", x->base_n);
    }
    if (isfinite(x->q)) {
        hs_html_literal(h, "q = ");
        hs_html_number(h, x->q, 3);
        hs_html_literal(h, ". ");
    }
    hs_html_textf(h, "On %d releases. ", x->releases);
    hs_html_text(h, x->why_not);
    if (x->reading) {
        hs_html_literal(h, " Reading: ");
        hs_html_text(h, hs_pattern_name(x->reading));
        hs_html_literal(h, ".");
    }
    hs_html_literal(h, "</p><p>Origin: ");
    hs_html_origins(h, r);
    if (!r->counted && !r->cured)
        hs_html_literal(h, "no finding");
    hs_html_literal(h, "</p>");
    hs_html_trend(h, &x->trend);
    hs_html_agreement(h, &x->in_master, "master");
    hs_html_agreement(h, &x->in_mix, "mix");
    hs_html_literal(h, "</section>\n");
}

static void put_levels(struct hs_html *h, const struct hs_recurrence *x)
{
    if (!x || !x->n_associations)
        return;
    hs_html_literal(h, "<section><h2>By engineer, studio and year</h2>");
    hs_html_table_begin(h, "levels", "sortable", "Rate by factor");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">factor</th><th scope=\"col\">level</th><th "
                       "scope=\"col\">at fault</th><th scope=\"col\">elsewhere</th><th "
                       "scope=\"col\">q</th><th scope=\"col\">remark</th></tr></thead><tbody>");
    for (size_t i = 0; i < x->n_associations && i < 100; i++) {
        const struct hs_association *a = &x->associations[i];
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_text(h, a->factor);
        hs_html_literal(h, "</th><td>");
        hs_html_text(h, a->level);
        hs_html_literal(h, "</td><td>");
        hs_html_rate(h, a->faulty, a->judged, a->interval);
        hs_html_literal(h, "</td><td>");
        hs_html_textf(h, "%d of %d", a->faulty_else, a->judged_else);
        hs_html_literal(h, "</td><td class=\"num\">");
        if (isfinite(a->q))
            hs_html_number(h, a->q, 3);
        hs_html_literal(h, "</td><td>");
        hs_html_text(h, a->why);
        if (a->aliased_with) {
            hs_html_literal(h, " cannot be told from ");
            hs_html_text(h, a->aliased_with);
        }
        hs_html_literal(h, "</td></tr>");
    }
    hs_html_literal(h, "</tbody>");
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

struct entry {
    const struct hs_track_result *t;
    const struct hs_finding *f;
    const struct hs_judgement *j;
    size_t order;
};

/* Worst first: severity, then distance; tracks in range after those at fault. */
static int worse_first(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int sx = x->f ? (hs_finding_counts(x->f) ? 10 : 1) + (int)x->f->severity : 0;
    int sy = y->f ? (hs_finding_counts(y->f) ? 10 : 1) + (int)y->f->severity : 0;
    if (sx != sy)
        return sy - sx;
    double dx = x->f ? x->f->steps : x->j ? x->j->steps : NAN;
    double dy = y->f ? y->f->steps : y->j ? y->j->steps : NAN;
    if (isnan(dx) != isnan(dy))
        return isnan(dx) ? 1 : -1;
    if (dx > dy || dx < dy)
        return dx > dy ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static size_t collect(struct hs_pages *p, const char *rule, struct entry *out)
{
    size_t n = 0;
    for (size_t i = 0; i < p->audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        struct entry e = {t, hs_track_finding(t, rule), hs_track_judgement(t, rule), i};
        if (e.f || e.j)
            out[n++] = e;
    }
    qsort(out, n, sizeof *out, worse_first);
    return n;
}

static void put_number_cell(struct hs_html *h, double x, int digits, const char *unit)
{
    hs_html_literal(h, "<td class=\"num\"");
    if (isfinite(x))
        hs_html_attrf(h, "data-v", "%g", x);
    hs_html_literal(h, ">");
    hs_html_quantity(h, x, digits, unit);
    hs_html_literal(h, "</td>");
}

static void put_entry(struct hs_pages *p, struct hs_html *h, const struct entry *e)
{
    const char *unit = e->f ? e->f->unit : e->j->of->unit;
    int digits = hs_unit_digits(unit);
    enum hs_severity severity = e->f ? e->f->severity : HS_NO_FAULT;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_track_link(h, e->t);
    hs_html_literal(h, "</th><td>");
    hs_html_release_link(p, h, e->t->track->release);
    hs_html_literal(h, "</td><td>");
    if (e->t->track->year)
        hs_html_textf(h, "%d", e->t->track->year);
    hs_html_literal(h, "</td><td");
    hs_html_attrf(h, "data-v", "%d", (int)severity);
    hs_html_literal(h, ">");
    if (e->f)
        hs_html_severity(h, severity);
    else
        hs_html_literal(h, "in range");
    if (e->f && e->f->explained_by)
        hs_html_literal(h, " <span class=\"quiet\">part of another</span>");
    if (e->f && e->f->accepted)
        hs_html_literal(h, " <span class=\"quiet\">accepted</span>");
    hs_html_literal(h, "</td>");
    put_number_cell(h, e->f ? e->f->value : e->j->value, digits, unit);
    put_number_cell(h, e->f ? e->f->mix_value : (double)e->j->mix_value, digits, unit);
    hs_html_literal(h, "<td>");
    if (e->f)
        hs_html_text(h, hs_origin_short(e->f->origin));
    hs_html_literal(h, "</td><td>");
    if (e->f)
        hs_html_passages(h, e->f->times, e->f->n_times, 2);
    hs_html_literal(h, "</td></tr>\n");
}

static void put_tracks(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    struct entry *entries = HS_NEW_ARRAY(struct entry, p->audit->job->n_tracks + 1);
    size_t n = collect(p, r->id, entries);
    hs_html_literal(h, "<section><h2>Tracks</h2>");
    if (n > HS_PAGE_ROWS) {
        hs_html_literal(h, "<p>");
        hs_html_textf(h, "The %d worst of %zu judged; all of them stand in audit.json.",
                      HS_PAGE_ROWS, n);
        hs_html_literal(h, "</p>");
    }
    if (!n)
        hs_html_literal(h, "<p>No master could be judged by this rule.</p>");
    if (r->not_judged) {
        hs_html_literal(h, "<p class=\"quiet\">Not judged on ");
        hs_html_count(h, r->not_judged, "track", "tracks");
        hs_html_literal(h, "; the reason stands on the page of each.</p>");
    }
    if (n) {
        hs_html_table_begin(h, "tracks", "sortable", "Tracks by this rule, worst first");
        hs_html_literal(h, "<thead><tr><th scope=\"col\">track</th><th scope=\"col\">release</th>"
                           "<th scope=\"col\">year</th><th scope=\"col\">verdict</th><th "
                           "scope=\"col\" class=\"num\">master</th><th scope=\"col\" "
                           "class=\"num\">mix</th><th scope=\"col\">origin</th><th "
                           "scope=\"col\">worst at</th></tr></thead><tbody>");
        for (size_t i = 0; i < n && i < HS_PAGE_ROWS; i++)
            put_entry(p, h, &entries[i]);
        hs_html_literal(h, "</tbody>");
        hs_html_table_end(h);
    }
    hs_html_literal(h, "</section>\n");
    hs_free(entries);
}

static void render(struct hs_pages *p, struct hs_html *h, size_t rule)
{
    const struct hs_rule_count *r = &p->rules[rule];
    hs_frame_begin(p, h, hs_rule_title(r->id));
    hs_html_literal(h, "<h1>");
    hs_html_text(h, hs_rule_title(r->id));
    hs_html_literal(h, "</h1>");
    put_about(h, r);
    put_recurrence(h, r);
    hs_chart_strip(p, h, r, "strip", false);
    hs_chart_years(p, h, r, "years");
    put_levels(h, r->recurrence);
    put_tracks(p, h, r);
    hs_frame_end(h);
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
