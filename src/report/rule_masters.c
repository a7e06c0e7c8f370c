/* SPDX-License-Identifier: Apache-2.0 */
#include "report/rule_masters.h"

#include "core/alloc.h"
#include "report/pieces.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

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
    int sx = x->f ? (hs_finding_counts_for_rule(x->f) ? 10 : 1) + (int)x->f->severity : 0;
    int sy = y->f ? (hs_finding_counts_for_rule(y->f) ? 10 : 1) + (int)y->f->severity : 0;
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

/* The tracks that the rule judged, worst first; gives their number. */
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

static const struct hs_column track_columns[] = {
    {"song", NULL},  {"release", NULL}, {"year", "n"},       {"verdict", NULL},
    {"master", "n"}, {"mix", "n"},      {"came from", NULL}, {"worst at", "n"}};

static void put_value(struct hs_html *h, size_t column, double x, const char *unit)
{
    hs_html_td(h, &track_columns[column], x);
    if (isfinite(x))
        hs_html_quantity(h, x, hs_unit_digits(unit), unit);
    hs_html_literal(h, "</td>");
}

/* Severity, or "in range"; and whether the finding counts. */
static void put_verdict(struct hs_html *h, const struct hs_finding *f)
{
    hs_html_td(h, &track_columns[3], f ? (double)f->severity : 0);
    hs_html_literal(h, "<span>");
    if (f)
        hs_html_severity(h, f->severity);
    else
        hs_html_literal(h, "in range");
    if (f && f->explained_by) {
        hs_html_literal(h, " <span class=\"quiet\">part of ");
        hs_html_text(h, hs_rule_title(f->explained_by));
        hs_html_literal(h, "</span>");
    }
    if (f && f->accepted)
        hs_html_literal(h, " <span class=\"quiet\">on purpose</span>");
    hs_html_literal(h, "</span></td>");
}

/* One master in the table of the page. */
static void put_entry(struct hs_pages *p, struct hs_html *h, const struct entry *e)
{
    const char *unit = e->f ? e->f->unit : e->j->of->unit;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_track_link(h, e->t);
    hs_html_literal(h, "</th>");
    hs_html_td(h, &track_columns[1], NAN);
    hs_html_release_link(p, h, e->t->track->release);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &track_columns[2], NAN);
    if (e->t->track->year)
        hs_html_textf(h, "%d", e->t->track->year);
    hs_html_literal(h, "</td>");
    put_verdict(h, e->f);
    put_value(h, 4, e->f ? e->f->value : e->j->value, unit);
    put_value(h, 5, e->f ? e->f->mix_value : (double)e->j->mix_value, unit);
    hs_html_td(h, &track_columns[6], NAN);
    if (e->f)
        hs_html_text(h, hs_origin_short(e->f->origin));
    hs_html_literal(h, "</td>");
    hs_html_td(h, &track_columns[7], NAN);
    if (e->f)
        hs_html_passages(h, e->f->times, e->f->n_times, 1);
    hs_html_literal(h, "</td></tr>\n");
}

/* The masters, worst first, at most HS_PAGE_ROWS of them. */
void hs_html_rule_masters(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    struct entry *entries = HS_NEW_ARRAY(struct entry, p->audit->job->n_tracks + 1);
    size_t n = collect(p, r->id, entries), shown = n < HS_PAGE_ROWS ? n : HS_PAGE_ROWS;
    struct hs_arena a = {0};
    hs_html_section(h, "masters", NULL, "The masters");
    if (!n)
        hs_html_literal(h, "<p>No master could be judged by this rule.</p>");
    if (r->not_judged) {
        hs_html_literal(h, "<p class=\"quiet\">Not judged on ");
        hs_html_count(h, r->not_judged, "song", "songs");
        hs_html_literal(h, "; the reason stands on the page of each.</p>");
    }
    if (n) {
        hs_html_table_begin(h, "tracks", "fold sortable",
                            hs_arena_printf(&a,
                                            "Order: worst first. %zu of %zu judged shown; all "
                                            "stand in findings.csv and audit.json.",
                                            shown, n));
        hs_html_columns(h, track_columns, sizeof track_columns / sizeof *track_columns);
        for (size_t i = 0; i < shown; i++)
            put_entry(p, h, &entries[i]);
        hs_html_table_end(h);
    }
    hs_html_literal(h, "</section>\n");
    hs_arena_free(&a);
    hs_free(entries);
}
