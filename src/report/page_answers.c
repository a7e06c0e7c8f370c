/* SPDX-License-Identifier: Apache-2.0 */
/*
 * answers.html gathers what was answered on all pages. Browsers keep the storage of pages opened
 * from a folder apart, so each page hands its answers on in the address of this one, and
 * answers.js puts them together into the text of answers.yaml.
 * Below stand what becomes of the file, how often each listener heard what was measured (blind
 * answers alone, with an interval), and, where several people answered, their answers side by
 * side.
 */
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"

#include <math.h>
#include <string.h>

static const struct hs_column columns[] = {
    {"song", NULL}, {"fault", NULL}, {"answer", NULL}, {"blind", NULL}, {"note", "text"}};

/* The empty table and text field that answers.js fills. */
static void put_gathered(struct hs_html *h)
{
    hs_html_section(h, "gathered", NULL, "Gathered");
    hs_html_literal(h, "<p class=\"screen-only\"><label class=\"blind\">Your name, where several "
                       "listen <input type=\"search\" id=\"listener\" maxlength=\"80\" "
                       "autocomplete=\"off\"></label></p>");
    hs_html_table_begin(h, "answers", "fold", "In the order of the songs.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    hs_html_literal(h, "<tr><td colspan=\"5\">Gathering needs scripts. Without them each answer "
                       "shows its line to copy, where it is given.</td></tr>");
    hs_html_table_end(h);
    hs_html_literal(h,
                    "<p><label for=\"answers-text\">As a file, <code>answers.yaml</code>:</label>"
                    "</p><textarea id=\"answers-text\" rows=\"8\" readonly></textarea></section>"
                    "\n");
}

static void put_what_next(struct hs_html *h)
{
    hs_html_section(h, "next", NULL, "What becomes of it");
    hs_html_literal(h,
                    "<p>Put the file beside the job file: the next audit reads it. What you hear "
                    "confirms a finding, what is on purpose is shown and never counts, and what "
                    "you don\xe2\x80\x99t hear is told beside the measure: the finding stays, but "
                    "twenty blind answers without one \xe2\x80\x9cI hear it\xe2\x80\x9d "
                    "make what is inferred weigh less in the list.</p><p>To write the "
                    "answers into the job file itself: <code>hindsight answer JOB answers.yaml"
                    "</code>. It shows what it changes, and changes nothing else.</p></section>\n");
}

static const struct hs_column trust_columns[] = {{"fault", NULL},        {"listener", NULL},
                                                 {"blind answers", "n"}, {"heard it", "n"},
                                                 {"could be", "n"},      {"so", "text"}};

/* One listener and one fault: blind answers, how many confirmed it, and the interval of that share.
 */
static void put_trust_row(struct hs_html *h, const struct hs_trust *t)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_rule_link(h, t->rule);
    hs_html_literal(h, "</th>");
    hs_html_td(h, &trust_columns[1], NAN);
    hs_html_text(h, t->listener ? t->listener : "not named");
    hs_html_literal(h, "</td>");
    hs_html_td(h, &trust_columns[2], t->trials);
    hs_html_textf(h, "%d", t->trials);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &trust_columns[3], t->confirmed);
    hs_html_textf(h, "%d", t->confirmed);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &trust_columns[4], NAN);
    hs_html_textf(h, "%.0f to %.0f\xe2\x80\xaf%%", 100 * t->interval.low, 100 * t->interval.high);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &trust_columns[5], NAN);
    if (t->doubted)
        hs_html_literal(h, "Never heard in 20 trials and more: where it is only inferred it weighs "
                           "one severity less in the short list and its plans.");
    hs_html_literal(h, "</td></tr>\n");
}

/* How often each ear hears what is measured. */
static void put_trust(struct hs_pages *p, struct hs_html *h)
{
    hs_html_section(h, "trust", NULL, "How often this ear hears what is measured");
    if (!p->audit->n_trust) {
        hs_html_literal(h, "<p>No blind answer yet. On the page of a song, \xe2\x80\x9cListen "
                           "blind\xe2\x80\x9d hides the verdicts until the ear has spoken; what is "
                           "said then counts here.</p></section>\n");
        return;
    }
    hs_html_table_begin(h, NULL, "fold sortable", "Blind answers alone, by fault and listener.");
    hs_html_columns(h, trust_columns, sizeof trust_columns / sizeof *trust_columns);
    for (size_t i = 0; i < p->audit->n_trust && i < HS_PAGE_ROWS; i++)
        put_trust_row(h, &p->audit->trust[i]);
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

enum { MOST_LISTENERS = 12 };

/* Names of those who answered, in the order of the file; the first few. */
static size_t list_listeners(const struct hs_job *job, const char *out[MOST_LISTENERS])
{
    size_t n = 0;
    for (size_t i = 0; i < job->n_said && n < MOST_LISTENERS; i++) {
        bool known = !job->said[i].listener;
        for (size_t k = 0; k < n && !known; k++)
            known = !strcmp(out[k], job->said[i].listener);
        if (!known)
            out[n++] = job->said[i].listener;
    }
    return n;
}

/* The last answer of this listener about the same track and rule; NULL: none. */
static const struct hs_said *said_by(const struct hs_job *job, const struct hs_said *about,
                                     const char *listener)
{
    const struct hs_said *last = NULL;
    for (size_t i = 0; i < job->n_said; i++) {
        const struct hs_said *s = &job->said[i];
        if (s->track == about->track && s->rule && s->reply && s->listener &&
            hs_same_rule(s->rule, about->rule) && !strcmp(s->listener, listener))
            last = s;
    }
    return last;
}

/* The first answer about this track and rule; later ones belong to the same row of the table. */
static bool is_first(const struct hs_job *job, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (job->said[k].rule && job->said[k].track == job->said[i].track &&
            hs_same_rule(job->said[k].rule, job->said[i].rule))
            return false;
    return true;
}

/* A class: the answers of several listeners side by side. */
static void put_class(struct hs_pages *p, struct hs_html *h)
{
    static const char *const words[] = {"", "hears it", "does not", "on purpose"};
    const struct hs_job *job = p->audit->job;
    const char *names[MOST_LISTENERS];
    struct hs_column class[MOST_LISTENERS + 2] = {{"song", NULL}, {"fault", NULL}};
    size_t n = list_listeners(job, names), shown = 0;
    if (n < 2)
        return;
    for (size_t k = 0; k < n; k++)
        class[k + 2].name = names[k];
    hs_html_section(h, "class", NULL, "Side by side");
    hs_html_table_begin(h, "class-table", "fold sortable", "In the order of the answers.");
    hs_html_columns(h, class, n + 2);
    /* one row for each song and fault, one column for each listener */
    for (size_t i = 0; i < job->n_said && shown < HS_PAGE_ROWS; i++) {
        const struct hs_said *s = &job->said[i];
        if (!s->rule || !is_first(job, i))
            continue;
        shown++;
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_track_link(h, &p->audit->tracks[s->track]);
        hs_html_literal(h, "</th>");
        hs_html_td(h, &class[1], NAN);
        hs_html_rule_link(h, s->rule);
        hs_html_literal(h, "</td>");
        for (size_t k = 0; k < n; k++) {
            const struct hs_said *by = said_by(job, s, names[k]);
            hs_html_td(h, &class[k + 2], NAN);
            hs_html_text(h, by ? words[by->reply] : "");
            hs_html_literal(h, "</td>");
        }
        hs_html_literal(h, "</tr>\n");
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

/* What listeners said, what it changes, and how far each rule is heard. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>What your ear says</h1><p class=\"lead\">Answers "
                       "from all pages of this report, kept in this browser until you take them "
                       "away.</p></div>\n");
    put_gathered(h);
    put_what_next(h);
    put_trust(p, h);
    put_class(p, h);
    hs_frame_end(p, h);
}

const struct hs_page hs_page_answers = {
    .folder = "",
    .file = "answers",
    .title = "Answers",
    .nav = "Answers",
    .place = 55,
    .render = render,
};
