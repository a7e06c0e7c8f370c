/* SPDX-License-Identifier: Apache-2.0 */
#include "report/rule_why.h"

#include "report/habit.h"
#include "report/pieces.h"
#include "report/recurrence.h"
#include "report/svg.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>

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
void hs_html_rule_why(struct hs_html *h, const struct hs_rule_count *r)
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
            hs_html_textf(h, " (%d of %d; so few may hide some)", x->base_fired, x->base_n);
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
    hs_html_trend(h, x);
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
void hs_html_rule_origins(struct hs_html *h, const struct hs_rule_count *r)
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

/* What was counted, where it is not the masters. */
static void put_counted(struct hs_html *h, enum hs_evidence evidence)
{
    if (evidence == HS_BY_SONGS || evidence == HS_BY_PHYSICS)
        return;
    hs_html_literal(h, "<span class=\"sub\">");
    hs_html_text(h, hs_evidence_name(evidence));
    hs_html_literal(h, "</span>");
}

static void put_alias(struct hs_html *h, const char *factor)
{
    if (!factor)
        return;
    hs_html_literal(h, "; cannot be told from ");
    hs_html_text(h, hs_factor_words(factor));
}

/* One engineer, studio, genre or year: at fault there and elsewhere. */
static void put_level(struct hs_html *h, const struct hs_association *a)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, hs_factor_words(a->factor));
    put_counted(h, a->evidence);
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
    if (a->why)
        hs_html_text(h, a->why);
    else if (isfinite(a->q))
        hs_html_text(h, a->more ? "stands out: here more than elsewhere"
                                : "stands out: here less than elsewhere");
    put_alias(h, a->aliased_with);
    hs_html_literal(h, "</td></tr>\n");
}

/* Engineers, studios, years and other factors beside which the fault is more or less frequent. */
void hs_html_rule_levels(struct hs_html *h, const struct hs_recurrence *x)
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
    put_counted(h, g->row->evidence);
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
    if (g->explained_by) {
        hs_html_literal(h, ", as ");
        hs_html_text(h, of[g->explained_as]);
        hs_html_literal(h, " ");
        hs_html_text(h, g->explained_by);
    } else {
        put_alias(h, g->aliased_with);
    }
    hs_html_literal(h, "</td></tr>\n");
}

/* Where a label has several artists in one job. */
void hs_html_rule_groups(struct hs_html *h, const struct hs_recurrence *x)
{
    if (!x || !x->n_groups)
        return;
    hs_html_section(h, "groups", NULL, "By artist and house");
    hs_html_table_begin(h, NULL, "fold compact", "Each by itself, with three faults or more.");
    hs_html_columns(h, group_columns, sizeof group_columns / sizeof *group_columns);
    /* what an engineer or a studio does who is told apart is not an artist's */
    const struct hs_group *whose = hs_group_that_recurs(x);
    bool not_artists = whose && whose->by != HS_BY_ARTIST;
    for (size_t i = 0; i < x->n_groups; i++)
        if (!not_artists || x->groups[i].by != HS_BY_ARTIST ||
            x->groups[i].row->verdict == HS_RECURS)
            put_group(h, &x->groups[i]);
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}
