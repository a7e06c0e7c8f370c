/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ranked list, 250 rows a page, each with its reason and the factors of its priority. Below
 * it, on the first page: tracks that have only indications and should be listened to first, and
 * tracks to leave alone. A track that was not judged is in neither, because nothing is known
 * about it.
 */
#include "report/answer.h"
#include "report/frame.h"
#include "report/listen.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/row_reason.h"
#include "report/told.h"
#include "report/track.h"

#include <math.h>
#include <stdint.h>

enum { LEFT_ALONE = 200, LISTEN_FIRST = 60 };

static const struct hs_column columns[] = {{"no.", "n"},
                                           {"song", NULL},
                                           {"what", NULL},
                                           {"why", "whole text"},
                                           {"plan, and what to expect", "whole text"},
                                           {"hours", "n"},
                                           {"priority", "n"},
                                           {"no. with other weights", "n"}};
enum { NUMBER, SONG, WHAT, WHY, PLAN, HOURS, PRIORITY, OVER_WEIGHTS };

static void put_number(struct hs_html *h, size_t column, double x, int digits)
{
    hs_html_td(h, &columns[column], x);
    hs_html_number(h, x, digits);
    hs_html_literal(h, "</td>");
}

/* Title, release and year in one cell. */
static void put_song(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_literal(h, "<th scope=\"row\">");
    hs_html_track_link(h, t);
    hs_html_literal(h, "<span class=\"sub\">");
    hs_html_release_link(p, h, t->track->release);
    if (t->track->year)
        hs_html_textf(h, ", %d", t->track->year);
    hs_html_literal(h, "</span></th>");
}

/* The reason, and, where it has a clip, the clip with a form to answer. */
static void put_why(struct hs_pages *p, struct hs_html *h, const struct hs_shortlist_row *row)
{
    const struct hs_finding *f = hs_row_finding(p, row);
    const struct hs_track_result *t = &p->audit->tracks[row->track];
    hs_html_td(h, &columns[WHY], NAN);
    hs_html_row_reason(p, h, row);
    hs_html_literal(h, " ");
    if (f)
        hs_html_tier(h, f->tier);
    if (f && hs_pages_clip(p, t, f)) { /* answered where it is heard */
        hs_html_fold(h, "Hear it, and answer", SIZE_MAX);
        hs_html_listen(h, f->rule, f, hs_pages_clip(p, t, f));
        hs_html_player(p, h, hs_pages_clip(p, t, f));
        hs_html_answer_form(h, t->track, f->rule, false);
        hs_html_literal(h, "</details>");
    }
    hs_html_literal(h, "</td>");
}

/* The step for what the row is listed for, else that there is none and the first of the others. */
static void put_first_step(struct hs_html *h, const struct hs_track_result *t,
                           const struct hs_shortlist_row *row, const struct hs_finding *f)
{
    const struct hs_plan_step *step = hs_track_step(t, row, f);
    if (!step) {
        hs_html_text(h, "No step is for that: listen first. ");
        step = row->n_plan ? &row->plan[0] : NULL;
        f = step ? &t->findings[step->finding] : NULL;
    }
    if (!f || !f->correction.where)
        return;
    hs_html_correction(h, f);
    hs_html_outcome(h, f, step);
    hs_html_literal(h, " ");
}

/* A step of the plan, and a link to all. */
static void put_plan(struct hs_pages *p, struct hs_html *h, const struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &p->audit->tracks[row->track];
    const struct hs_finding *f = hs_row_finding(p, row);
    hs_html_td(h, &columns[PLAN], NAN);
    if (f)
        put_first_step(h, t, row, f);
    hs_html_link(h, "plans/", t->track->id, ".html", row->n_plan > 1 ? "All steps" : "The plan");
    hs_html_literal(h, "</td>");
}

/* Where the job has no budget, nothing is beyond it. */
static void put_hours(struct hs_pages *p, struct hs_html *h, const struct hs_shortlist_row *row)
{
    hs_html_td(h, &columns[HOURS], row->hours);
    hs_html_number(h, row->hours, 1);
    if (isfinite(p->audit->job->budget_hours)) {
        hs_html_literal(h, "<span class=\"sub\">");
        hs_html_text(h, row->in_budget ? "in the budget" : "beyond the budget");
        hs_html_literal(h, "</span>");
    }
    hs_html_literal(h, "</td>");
}

/* The product, and its factors below. */
static void put_priority(struct hs_html *h, const struct hs_shortlist_row *row)
{
    hs_html_td(h, &columns[PRIORITY], row->priority);
    hs_html_number(h, row->priority, 1);
    hs_html_literal(h, "<span class=\"sub\">");
    hs_html_textf(h, "%.2f \xc3\x97 %.2f \xc3\x97 %.2f \xc3\x97 %.2f", row->severity,
                  row->fixability, row->reach, row->confidence);
    hs_html_literal(h, "</span></td>");
}

/* One row; the last cell shows between which ranks it lies when the weights of the priority are
 * changed. */
static void put_listed(struct hs_pages *p, struct hs_html *h, const struct hs_shortlist_row *row)
{
    hs_html_literal(h, "<tr>");
    put_number(h, NUMBER, row->rank, 0);
    put_song(p, h, &p->audit->tracks[row->track]);
    hs_html_td(h, &columns[WHAT], NAN);
    hs_html_literal(h, "<span class=\"action\">");
    hs_html_text(h, hs_action_name(row->action));
    hs_html_literal(h, "</span></td>");
    put_why(p, h, row);
    put_plan(p, h, row);
    put_hours(p, h, row);
    put_priority(h, row);
    hs_html_td(h, &columns[OVER_WEIGHTS], NAN);
    if (row->rank_low == row->rank_high)
        hs_html_textf(h, "%d", row->rank_low);
    else
        hs_html_textf(h, "%d to %d", row->rank_low, row->rank_high);
    hs_html_literal(h, "</td></tr>\n");
}

/* The rows of one page: `number` counts pages of HS_LIST_ROWS. */
static void put_list(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t first = number * HS_LIST_ROWS, seen = 0;
    size_t shown = p->n_listed - first < HS_LIST_ROWS ? p->n_listed - first : HS_LIST_ROWS;
    struct hs_arena a = {0};
    hs_html_table_begin(h, "shortlist", "fold sortable",
                        hs_arena_printf(&a,
                                        "Order: how sure, then priority: how far off \xc3\x97 "
                                        "whether it can be mended \xc3\x97 how many hear it "
                                        "\xc3\x97 how sure the verdict is. %zu of %zu shown.",
                                        shown, p->n_listed));
    hs_arena_free(&a);
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < p->audit->n_shortlist; i++) {
        if (!p->audit->shortlist[i].rank)
            continue;
        if (seen >= first && seen < first + HS_LIST_ROWS)
            put_listed(p, h, &p->audit->shortlist[i]);
        seen++;
    }
    hs_html_table_end(h);
}

/* Tracks that have only indications: nothing is recommended before somebody has listened. */
static void put_listen_first(struct hs_pages *p, struct hs_html *h)
{
    static const struct hs_column listen[] = {{"song", NULL}, {"what to listen for", "whole text"}};
    size_t n = 0, shown = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++)
        n += p->audit->shortlist[i].listen_first;
    if (!n)
        return;
    hs_html_section(h, "listen", NULL, "Listen first");
    hs_html_literal(h,
                    "<p>Something may be wrong, but what was measured does not call for the work "
                    "by itself. Your ear decides: if you hear it, say so here. ");
    hs_html_cut(h, LISTEN_FIRST, n);
    hs_html_literal(h, "</p>");
    hs_html_table_begin(h, NULL, "fold", "In the order of the list.");
    hs_html_columns(h, listen, 2);
    /* the answer decides whether a song goes on the list */
    for (size_t i = 0; i < p->audit->n_shortlist && shown < LISTEN_FIRST; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        const struct hs_track_result *t = &p->audit->tracks[row->track];
        const struct hs_finding *f = hs_track_worst(t);
        if (!row->listen_first || !f)
            continue;
        hs_html_literal(h, "<tr>");
        put_song(p, h, t);
        hs_html_td(h, &listen[1], NAN);
        hs_html_reason(h, f);
        hs_html_literal(h, " ");
        hs_html_tier(h, f->tier);
        hs_html_listen(h, f->rule, f, NULL);
        hs_html_answer_form(h, t->track, f->rule, false);
        hs_html_literal(h, "</td></tr>\n");
        shown++;
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

/* What was not judged is not recommended to be left alone either. */
static bool left_alone(const struct hs_pages *p, const struct hs_shortlist_row *row)
{
    return !row->rank && p->audit->tracks[row->track].master.state == HS_FILE_OK &&
           !row->listen_first;
}

/* Tracks that were judged and are not worth touching, with the reason, folded away. */
static void put_left_alone(struct hs_pages *p, struct hs_html *h)
{
    size_t n = 0, shown = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++)
        n += left_alone(p, &p->audit->shortlist[i]);
    if (!n)
        return;
    hs_html_section(h, "leave", NULL, "Leave alone");
    hs_html_fold(h, "Songs that are best left as they are", n);
    hs_html_literal(h, "<ul class=\"plain columns\">");
    for (size_t i = 0; i < p->audit->n_shortlist && shown < LEFT_ALONE; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (!left_alone(p, row))
            continue;
        hs_html_literal(h, "<li>");
        hs_html_track_link(h, &p->audit->tracks[row->track]);
        if (row->why) {
            hs_html_literal(h, ": <span class=\"quiet\">");
            hs_html_prose(h, row->why);
            hs_html_literal(h, "</span>");
        }
        hs_html_literal(h, "</li>");
        shown++;
    }
    hs_html_literal(h, "</ul><p class=\"order\">");
    hs_html_cut(h, shown, n);
    hs_html_literal(h, "</p></details></section>\n");
}

/* "2 to re-master, 1 to re-mix: about 6 hours of work. The rest is left alone." */
static void put_work(struct hs_pages *p, struct hs_html *h)
{
    size_t n[HS_RE_MIX + 1] = {0}, said = 0;
    double hours = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (!row->rank)
            continue;
        n[row->action]++;
        hours += isfinite(row->hours) ? row->hours : 0;
    }
    for (int a = HS_RE_MIX; a > HS_LEAVE; a--)
        if (n[a]) {
            hs_html_text(h, said++ ? ", " : "");
            hs_html_textf(h, "%zu to %s", n[a], hs_action_name((enum hs_action)a));
        }
    hs_html_literal(h, ": about ");
    hs_html_quantity(h, hours, hours < 10 ? 1 : 0, "hours of work");
    hs_html_literal(h, ".");
}

/* The list itself over several pages; what to hear first and what to leave alone on the first. */
static void render(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t n_pages = hs_page_count(p->n_listed, HS_LIST_ROWS);
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>");
    if (p->n_listed)
        hs_html_count(h, p->n_listed, "master is worth re-issuing", "masters are worth re-issuing");
    else
        hs_html_literal(h, "No master is worth re-issuing");
    hs_html_literal(h, "</h1><p class=\"lead\">");
    if (p->n_listed)
        put_work(p, h);
    else
        hs_html_literal(h, "By what was measured, leave them alone.");
    hs_html_literal(h, "</p></div>\n");
    hs_html_pager(p, h, "", "shortlist", number, n_pages);
    if (p->n_listed) {
        hs_html_answers_kept(h);
        put_list(p, h, number);
    }
    if (!number) {
        put_listen_first(p, h);
        put_left_alone(p, h);
    }
    hs_html_literal(h, "<p class=\"small quiet screen-only\">The same list for a spreadsheet: <a "
                       "href=\"shortlist.csv\">shortlist.csv</a>. Every finding, one a row: <a "
                       "href=\"findings.csv\">findings.csv</a>, explained in <a "
                       "href=\"findings.md\">findings.md</a>.</p>\n");
    hs_frame_end(p, h);
}

static size_t count(const struct hs_pages *p)
{
    return hs_page_count(p->n_listed, HS_LIST_ROWS);
}

const struct hs_page hs_page_shortlist = {
    .folder = "",
    .file = "shortlist",
    .title = "Short list",
    .nav = "Short list",
    .place = 20,
    .count = count,
    .render = render,
};
