/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of one fault, from the verdict down to the single masters.
 * 1. Heading: verdict, share of the masters, counts and origins.
 * 2. Since when: the change point in words, one mark for each master, the rate over the years.
 * 3. Why it counts as a habit or does not: share, usual rate, evidence of each kind, trend,
 *    agreement with ear notes.
 * 4. Origins; with whom (engineers, studios and other factors); groups of a label.
 * 5. The worst and the best example to hear, with a form to answer.
 * 6. All masters on one scale, then as a table, worst first, and how the rule measures.
 */
#include "core/alloc.h"
#include "report/answer.h"
#include "report/chart_distribution.h"
#include "report/chart_rate.h"
#include "report/chart_units.h"
#include "report/frame.h"
#include "report/habit.h"
#include "report/listen.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/recurrence.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* The heading: verdict, evidence, and how many of the masters. */
static void put_hero(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    enum hs_verdict verdict = hs_habit_verdict(r);
    char title[96];
    hs_html_literal(h, "<p class=\"crumb\">");
    hs_html_link(h, "", "index", ".html", "Overview");
    hs_html_literal(h, " \xe2\x80\xba ");
    hs_html_link(h, "", "faults", ".html", "All faults");
    hs_html_literal(h, "</p><div class=\"hero\"><p class=\"kicker\"><span");
    hs_html_attrf(h, "class", "verdict%s", verdict == HS_RECURS ? " recurs" : "");
    hs_html_literal(h, ">");
    hs_html_text(h, hs_verdict_words(verdict));
    hs_html_literal(h, "</span> ");
    if (r->rule)
        hs_html_tier(h, r->rule->tier);
    hs_html_literal(h, "</p><h1>");
    hs_html_text(h, hs_rule_capital(r->id, title));
    if (x && x->judged)
        hs_html_textf(h, ": %zu of %zu masters", r->counted, r->judged);
    hs_html_literal(h, "</h1><p class=\"lead\">");
    if (!r->judged && !r->found)
        hs_html_literal(h, "Judged on no master.");
    else
        hs_html_habit_counts(h, r);
    hs_html_habit_origins(h, r);
    hs_html_literal(h, "</p></div>\n");
}

static const struct hs_column row_columns[] = {{"evidence", NULL},       {"at fault", "n"},
                                               {"could be", "n"},        {"elsewhere", "n"},
                                               {"odds of a habit", "n"}, {"by itself", "text"}};

/* "6.3 to 1", "704 to 1", "1 to 4.5" */
static void put_odds(struct hs_html *h, double odds)
{
    const double most = 1e6;
    if (odds >= most)
        hs_html_literal(h, "more than a million to 1");
    else if (odds < 1)
        hs_html_textf(h, "1 to %.1f", fmin(1 / odds, most));
    else if (odds < 10)
        hs_html_textf(h, "%.1f to 1", odds);
    else {
        hs_html_grouped(h, (size_t)odds);
        hs_html_literal(h, " to 1");
    }
}

/* One kind of evidence: share with interval, the usual share, the odds of a habit, and its own
 * verdict. */
static void put_row(struct hs_html *h, const struct hs_evidence_row *r)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, hs_evidence_name(r->evidence));
    hs_html_literal(h, "</th>");
    hs_html_td(h, &row_columns[1], r->rate);
    hs_html_textf(h, "%d of %d", r->faulty, r->judged);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &row_columns[2], r->interval.low);
    hs_html_could_be(h, &r->interval);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &row_columns[3], r->base_rate);
    hs_html_share(h, r->base_rate);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &row_columns[4], r->log_odds);
    if (isfinite(r->log_odds))
        put_odds(h, exp(r->log_odds));
    hs_html_literal(h, "</td>");
    hs_html_td(h, &row_columns[5], NAN);
    hs_html_text(h, hs_verdict_words(r->verdict));
    hs_html_literal(h, "</td></tr>\n");
}

/* Where more than one kind of evidence is at hand: what each says by itself. */
static void put_rows(struct hs_html *h, const struct hs_recurrence *x)
{
    if (x->n_rows < 2)
        return;
    hs_html_table_begin(h, NULL, "fold", "What was counted; the strongest speaks.");
    hs_html_columns(h, row_columns, sizeof row_columns / sizeof *row_columns);
    for (size_t i = 0; i < x->n_rows; i++)
        put_row(h, x->rows[i]);
    hs_html_table_end(h);
}

/* The ground of the verdict in words. The interval allows for songs of one release being alike. */
static void put_why(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    if (!x)
        return;
    hs_html_section(h, "why", NULL,
                    x->verdict == HS_RECURS  ? "Why it counts as a habit"
                    : x->verdict == HS_LEANS ? "Why it leans, and is not shown"
                                             : "Why it does not count as a habit");
    if (x->words) {
        hs_html_literal(h, "<p>");
        hs_html_sentence(h, x->words);
        hs_html_literal(h, ".</p>");
    }
    hs_html_literal(h, "<p>");
    if (hs_could_be_known(&x->interval)) {
        hs_html_literal(h, "As far as these songs can tell it is ");
        hs_html_could_be(h, &x->interval);
        hs_html_literal(h, " of all such songs; songs of one release are taken as alike. ");
    }
    /* what the share is compared with */
    if (isfinite(x->base_rate)) {
        hs_html_text(h, x->own_references            ? "On your references it is about "
                        : x->evidence == HS_BY_MOVES ? "Of usual mastering it would be about "
                                                     : "Elsewhere it is about ");
        hs_html_share(h, x->base_rate);
        if (x->base_n)
            hs_html_textf(h, " (%d of %d, and what so few do not show)", x->base_fired, x->base_n);
        hs_html_literal(h, ". ");
    }
    if (x->why_not) {
        hs_html_literal(h, "Why not: ");
        hs_html_text(h, x->why_not);
        hs_html_literal(h, ".");
    }
    hs_html_literal(h, "</p>");
    /* each kind of evidence, the trend, the artist's own lists */
    put_rows(h, x);
    hs_html_trend(h, &x->trend);
    hs_html_agreement(h, &x->in_master, "master");
    hs_html_agreement(h, &x->in_mix, "mix");
    hs_html_literal(h, "</section>\n");
}

/* One origin with its number and a bar; `all` is the length of the scale. */
static void put_origin_row(struct hs_html *h, const char *words, size_t n, size_t all, bool known)
{
    static const struct hs_column columns[] = {{"masters", "n"}, {"", "lane whole"}};
    struct hs_plot p = {.height = 16, .x = {0, (double)all, HS_LINEAR}, .y = {0, 1, HS_LINEAR}};
    if (!n)
        return;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, words);
    hs_html_literal(h, "</th>");
    hs_html_td(h, &columns[0], (double)n);
    hs_html_textf(h, "%zu", n);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[1], NAN);
    hs_svg_begin_plain(h, &p, NULL);
    hs_svg_box(h, &p, known ? "bar" : "bar q", 0, (double)n, 0.2, 0.8);
    hs_svg_end(h);
    hs_html_literal(h, "</td></tr>");
}

/* Findings that count by origin, and those that mastering cured. */
static void put_origins(struct hs_html *h, const struct hs_rule_count *r)
{
    static const struct hs_column columns[] = {{"origin", NULL}, {"masters", "n"}, {"", NULL}};
    if (!r->counted && !r->cured)
        return;
    hs_html_section(h, "origin", NULL, "Where it came from");
    hs_html_table_begin(h, NULL, "fold compact origins", "The masters at fault, by origin.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (int o = HS_N_ORIGINS - 1; o >= 0; o--)
        put_origin_row(h,
                       o == HS_ORIGIN_CANNOT_SAY ? "cannot say: no mix to compare"
                                                 : hs_origin_words((enum hs_origin)o),
                       o == HS_ORIGIN_CURED ? r->cured : r->origins[o], r->counted + r->cured,
                       o != HS_ORIGIN_CANNOT_SAY);
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

static const struct hs_column level_columns[] = {{"factor", NULL},   {"level", NULL},
                                                 {"at fault", "n"},  {"could be", "n"},
                                                 {"elsewhere", "n"}, {"remark", "text"}};
enum { LEVELS = 100 };

/* One engineer, studio, genre or year: at fault there and elsewhere. q below 0.05, corrected for
 * the number of levels, stands out. */
static void put_level(struct hs_html *h, const struct hs_association *a)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, hs_factor_words(a->factor));
    hs_html_literal(h, "</th>");
    hs_html_td(h, &level_columns[1], NAN);
    hs_html_text(h, a->level);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &level_columns[2], a->judged ? (double)a->faulty / a->judged : NAN);
    hs_html_textf(h, "%d of %d", a->faulty, a->judged);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &level_columns[3], NAN);
    hs_html_could_be(h, &a->interval);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &level_columns[4], NAN);
    hs_html_textf(h, "%d of %d", a->faulty_else, a->judged_else);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &level_columns[5], NAN);
    /* after correction for many factors */
    if (isfinite(a->q))
        hs_html_text(h, a->q < 0.05 ? "stands out" : "not shown to differ");
    hs_html_text(h, a->why);
    if (a->aliased_with) {
        hs_html_literal(h, "; cannot be told from ");
        hs_html_text(h, a->aliased_with);
    }
    hs_html_literal(h, "</td></tr>\n");
}

/* Engineers, studios, years and other factors beside which the fault is more or less frequent. */
static void put_levels(struct hs_html *h, const struct hs_recurrence *x)
{
    struct hs_arena a = {0};
    if (!x || !x->n_associations)
        return;
    size_t n = x->n_associations < LEVELS ? x->n_associations : LEVELS;
    hs_html_section(h, "whom", NULL, "With whom");
    hs_html_table_begin(h, "levels", "fold sortable",
                        hs_arena_printf(&a,
                                        "By engineer, studio and other factors; %zu of %zu shown.",
                                        n, x->n_associations));
    hs_arena_free(&a);
    hs_html_columns(h, level_columns, sizeof level_columns / sizeof *level_columns);
    for (size_t i = 0; i < n; i++)
        put_level(h, &x->associations[i]);
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

static const struct hs_column group_columns[] = {
    {"of", NULL}, {"name", NULL}, {"at fault", "n"}, {"could be", "n"}, {"by itself", "text"}};

/* The verdict within one group: an artist, an engineer, a studio. */
static void put_group(struct hs_html *h, const struct hs_group *g)
{
    static const char *const of[HS_N_GROUPINGS] = {"artist", "mastered by", "studio"};
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, of[g->by]);
    hs_html_literal(h, "</th>");
    hs_html_td(h, &group_columns[1], NAN);
    hs_html_text(h, g->name);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &group_columns[2], g->row->rate);
    hs_html_textf(h, "%d of %d", g->row->faulty, g->row->judged);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &group_columns[3], g->row->interval.low);
    hs_html_could_be(h, &g->row->interval);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &group_columns[4], NAN);
    hs_html_text(h, hs_verdict_words(g->row->verdict));
    hs_html_literal(h, "</td></tr>\n");
}

/* Where a label has several artists in one job. */
static void put_groups(struct hs_html *h, const struct hs_recurrence *x)
{
    if (!x || !x->n_groups)
        return;
    hs_html_section(h, "groups", NULL, "By artist and house");
    hs_html_table_begin(h, NULL, "fold compact", "Each by itself, with three faults or more.");
    hs_html_columns(h, group_columns, sizeof group_columns / sizeof *group_columns);
    for (size_t i = 0; i < x->n_groups; i++)
        put_group(h, &x->groups[i]);
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
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
    hs_html_section(h, "hear", NULL, "Hear the worst and the best");
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
    if (f && f->explained_by)
        hs_html_literal(h, " <span class=\"quiet\">part of another</span>");
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
static void put_tracks(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
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

/* Where five dated releases are there: the rate over the years; marks of the masters always. */
static void put_since(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    if (!r->judged && !r->found)
        return;
    hs_html_section(h, "since", NULL, "Since when");
    hs_html_since(h, p->audit, r->recurrence);
    hs_chart_units(p, h, r->id);
    hs_chart_rate(p, h, r);
    hs_html_literal(h, "</section>\n");
}

/* From the verdict to its reasons, then examples and all masters. */
static void render(struct hs_pages *p, struct hs_html *h, size_t rule)
{
    const struct hs_rule_count *r = &p->rules[rule];
    hs_frame_begin(p, h, hs_rule_title(r->id));
    put_hero(h, r);
    put_since(p, h, r);
    put_why(h, r);
    put_origins(h, r);
    put_levels(h, r->recurrence);
    put_groups(h, r->recurrence);
    put_examples(p, h, r);
    hs_chart_distribution(p, h, r, "strip");
    put_tracks(p, h, r);
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
