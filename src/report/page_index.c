/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first screen: headline and lead; habits with a clip each, and what began or ended with a
 * release; beside them the top of the short list, what is to be released and what changed since
 * the last run. Below: figures, the table of
 * all tested habits, the map of releases and faults, files that could not be read, work that is
 * unfinished. Lists are cut to what a screen holds, and each cut says how many more there are.
 */
#include "report/answer.h"
#include "report/changes.h"
#include "report/chart_units.h"
#include "report/fault_table.h"
#include "report/frame.h"
#include "report/habit.h"
#include "report/headline.h"
#include "report/map.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/row_reason.h"
#include "report/to_be_released.h"
#include "report/told.h"

#include <math.h>

enum {
    HABITS = 5,
    LEANING = 3,
    CHANGED = 3,
    SHORT_COLUMN = 2, /* of so few habits there is room for the figures below them */
    HEAD_LIST = 6,
    HEAD_CHANGES = 9,
    TABLE_ROWS = 60,
    MOST_UNREAD = 100
};

static void put_key(const struct hs_pages *p, struct hs_html *h, size_t shown, size_t n)
{
    hs_html_literal(h, "<p class=\"key first\"><span class=\"k-unit\">at fault</span><span "
                       "class=\"k-unit-in\">in range</span><span class=\"k-unit-none\">not judged"
                       "</span><span>");
    hs_html_text(h, hs_chart_units_each(p)
                        ? "Each mark is one master, in the order of release"
                        : "Each bar is a group of releases in their order, filled by the share of "
                          "masters at fault");
    hs_html_literal(h, "; the count below: at fault, of those judged, in orange from a half on. ");
    hs_html_cut(h, shown, n);
    hs_html_literal(h, "</span></p>");
}

/* Rules of one verdict as cards with a clip; `left` counts down how many more fit. */
static void put_kinds(struct hs_pages *p, struct hs_html *h, enum hs_verdict verdict, size_t *left)
{
    for (size_t i = 0; i < p->n_rules && *left; i++) {
        if (hs_habit_verdict(&p->rules[i]) != verdict)
            continue;
        hs_html_habit(p, h, &p->rules[i]);
        (*left)--;
    }
}

/* What leans, then what stands on one release. */
static void put_leaning(struct hs_pages *p, struct hs_html *h)
{
    size_t leans = hs_habits_of(p, HS_LEANS), one = hs_habits_of(p, HS_ON_ONE_RELEASE);
    size_t left = LEANING;
    if (!leans && !one)
        return;
    hs_html_section(h, "leans", NULL,
                    !one     ? "What may be a habit"
                    : !leans ? "What stands on one release"
                             : "What may be a habit, or stands on one release");
    put_key(p, h, leans + one < LEANING ? leans + one : LEANING, leans + one);
    hs_html_literal(h, "<ol>");
    put_kinds(p, h, HS_LEANS, &left);
    put_kinds(p, h, HS_ON_ONE_RELEASE, &left);
    hs_html_literal(h, "</ol></section>\n");
}

/* So few habits that the figures fit below them in the same column. */
static bool is_short(const struct hs_pages *p)
{
    return hs_habits_of(p, HS_RECURS) + hs_habits_of(p, HS_LEANS) +
               hs_habits_of(p, HS_ON_ONE_RELEASE) <=
           SHORT_COLUMN;
}

static void put_figures(struct hs_pages *p, struct hs_html *h)
{
    hs_html_figures(p, h);
    hs_html_fold(h, "Every habit that was tested", p->n_rules);
    hs_html_fault_table(p, h, "faults", TABLE_ROWS);
    hs_html_literal(h, "</details></section>\n");
}

/* The left column: what recurs, then what leans or stands on one release, then what changed. */
static void put_habits(struct hs_pages *p, struct hs_html *h)
{
    size_t n = hs_habits_of(p, HS_RECURS), left = HABITS;
    hs_html_literal(h, "<div>");
    /* what recurs, else that nothing does */
    if (!n && !hs_habits_of(p, HS_LEANS)) {
        hs_html_section(h, "recurs", NULL, "What keeps recurring");
        hs_html_literal(h, "<p>Nothing is shown to recur: no fault is both more frequent here "
                           "than in other music and beyond what artists differ by.</p></section>"
                           "\n");
    } else if (n) {
        hs_html_section(h, "recurs", NULL, "What keeps recurring");
        hs_html_answers_kept(h);
        put_key(p, h, n < HABITS ? n : HABITS, n);
        hs_html_literal(h, "<ol>");
        put_kinds(p, h, HS_RECURS, &left);
        hs_html_literal(h, "</ol></section>\n");
    }
    if (p->audit->genre_remark) {
        hs_html_literal(h, "<p class=\"quiet\">Remark: ");
        hs_html_text(h, p->audit->genre_remark);
        hs_html_literal(h, ".</p>\n");
    }
    put_leaning(p, h);
    if (!n && (hs_habits_of(p, HS_LEANS) || hs_habits_of(p, HS_ON_ONE_RELEASE)))
        hs_html_answers_kept(h);
    hs_html_changes(p, h, CHANGED);
    if (is_short(p))
        put_figures(p, h);
    hs_html_literal(h, "</div>\n");
}

/* One row of the short list: song, action, reason, release, evidence. */
static void put_reissue(struct hs_pages *p, struct hs_html *h, const struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &p->audit->tracks[row->track];
    const struct hs_finding *f = hs_row_finding(p, row);
    const struct hs_release *release = &p->audit->job->releases[t->track->release];
    hs_html_literal(h, "<li><div class=\"head\"><h3>");
    hs_html_track_link(h, t);
    hs_html_literal(h, "</h3> <span class=\"action\">");
    hs_html_text(h, hs_action_name(row->action));
    hs_html_literal(h, "</span></div><p>");
    hs_html_row_reason(p, h, row);
    hs_html_literal(h, " <span class=\"quiet small\">");
    hs_html_text(h, release->title);
    if (release->year)
        hs_html_textf(h, ", %d", release->year);
    hs_html_literal(h, "</span> ");
    if (f)
        hs_html_tier(h, f->tier);
    hs_html_literal(h, "</p></li>\n");
}

/* The hours of work of all listed tracks together. */
static double hours_of_list(const struct hs_pages *p)
{
    double hours = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++)
        if (p->audit->shortlist[i].rank && isfinite(p->audit->shortlist[i].hours))
            hours += p->audit->shortlist[i].hours;
    return hours;
}

/* The first rows of the short list, with a link to the rest. */
static void put_list(struct hs_pages *p, struct hs_html *h)
{
    size_t shown = 0;
    hs_html_section(h, "worth", "aside reissue", "Worth re-issuing");
    if (!p->n_listed) {
        hs_html_literal(h, "<p>No master, by what was measured. ");
        hs_html_link(h, "", "shortlist", ".html", "Why each is left alone");
        hs_html_literal(h, "</p></section>\n");
        return;
    }
    hs_html_literal(h, "<p class=\"order\">The most urgent first; about ");
    hs_html_quantity(h, hours_of_list(p), 0, "hours of work");
    hs_html_literal(h, ". ");
    /* the first few; the rest stands on the list's own page */
    hs_html_cut(h, HEAD_LIST, p->n_listed);
    hs_html_literal(h, "</p><ol>");
    for (size_t i = 0; i < p->audit->n_shortlist && shown < HEAD_LIST; i++)
        if (p->audit->shortlist[i].rank) {
            put_reissue(p, h, &p->audit->shortlist[i]);
            shown++;
        }
    hs_html_literal(h, "</ol><p>");
    hs_html_link(h, "", "shortlist", ".html", "The short list, with plans");
    hs_html_literal(h, "</p></section>\n");
}

/* The map stands on the first page while the catalogue is small enough; else links lead to its
 * pages. */
static void put_map(struct hs_pages *p, struct hs_html *h)
{
    size_t n_maps = hs_map_pages(p);
    hs_html_section(h, "map", NULL, "Songs and faults");
    hs_html_map_legend(h);
    if (!n_maps) {
        hs_html_map(p, h, 0, p->audit->job->n_tracks);
    } else {
        hs_html_textf(h, "The catalogue is large: its tracks stand on %zu pages. ", n_maps);
        hs_html_link(h, "", "map", ".html", "Open the map");
        hs_html_literal(h, ", or start from a ");
        hs_html_link(h, "", "releases", ".html", "release");
        hs_html_literal(h, ".");
        hs_html_pager(p, h, "", "map", n_maps, n_maps);
    }
    hs_html_unfound(p, h);
    hs_html_literal(h, "</section>\n");
}

/* A file that was named and could not be read, with the reason; `left`: how many more fit. */
static void put_unread_file(struct hs_html *h, const struct hs_track_result *t,
                            const struct hs_file *f, const char *what, size_t *left)
{
    if (f->state == HS_FILE_OK || f->state == HS_FILE_NONE || !*left)
        return;
    --*left;
    hs_html_literal(h, "<li>");
    hs_html_track_link(h, t);
    hs_html_textf(h, ", %s ", what);
    hs_html_text(h, hs_file_state_name(f->state));
    hs_html_literal(h, ": ");
    hs_html_text(h, f->error);
    hs_html_literal(h, "</li>");
}

/* Masters and mixes that gave no measures, with the reason. */
static void put_unread(struct hs_pages *p, struct hs_html *h)
{
    size_t left = MOST_UNREAD;
    if (!p->n_failed)
        return;
    hs_html_section(h, "unread", NULL, "Files that could not be read");
    hs_html_literal(h, "<p class=\"order\">In the order of the job. ");
    hs_html_cut(h, MOST_UNREAD, p->n_failed);
    hs_html_literal(h, "</p><ul class=\"plain\">");
    for (size_t i = 0; i < p->audit->job->n_tracks && left; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        put_unread_file(h, t, &t->master, "master", &left);
        put_unread_file(h, t, &t->mix, "mix", &left);
    }
    hs_html_literal(h, "</ul></section>\n");
}

/* Work without an answer: tried again in the next run, or in quarantine. */
static void put_unfinished(struct hs_pages *p, struct hs_html *h)
{
    const struct hs_audit *audit = p->audit;
    if (!audit->n_unfinished)
        return;
    hs_html_section(h, "unfinished", NULL, "Unfinished work");
    hs_html_literal(h, "<p class=\"order\">For reasons that are not in the music: what stands here "
                       "about these files may be incomplete. ");
    hs_html_cut(h, MOST_UNREAD, audit->n_unfinished);
    hs_html_literal(h, "</p><ul class=\"plain\">");
    for (size_t i = 0; i < audit->n_unfinished && i < MOST_UNREAD; i++) {
        const struct hs_unfinished *u = &audit->unfinished[i];
        hs_html_literal(h, "<li>");
        hs_html_text(h, u->what);
        hs_html_text(h, u->given_up ? ": given up after three runs (--retry-quarantine tries it "
                                      "again): "
                                    : ": tried again in the next run: ");
        hs_html_text(h, u->why);
        hs_html_literal(h, "</li>");
    }
    hs_html_literal(h, "</ul></section>\n");
}

/* What recurs on the left; what is worth re-issuing, what is to be released and what is new on the
 * right; then the map. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_headline(p, h);
    hs_html_literal(h, "<div class=\"front\">\n");
    put_habits(p, h);
    hs_html_literal(h, "<div class=\"aside-col\">\n");
    put_list(p, h);
    hs_html_to_be_released(p, h, HEAD_LIST);
    if (!p->audit->anonymous) {
        hs_html_section(h, "news", "aside", "Since the last run");
        hs_html_digest(h, p->options->digest_text, HEAD_CHANGES);
        hs_html_literal(h, "</section>\n");
    }
    hs_html_literal(h, "</div></div>\n");
    if (!is_short(p))
        put_figures(p, h);
    put_map(p, h);
    put_unread(p, h);
    put_unfinished(p, h);
    hs_frame_end(p, h);
}

const struct hs_page hs_page_index = {
    .folder = "",
    .file = "index",
    .title = "Overview",
    .nav = "Overview",
    .place = 10,
    .render = render,
};
