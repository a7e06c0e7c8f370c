/* SPDX-License-Identifier: Apache-2.0 */
/*
 * answers.html gathers what was answered on all pages: browsers keep the storage of pages from
 * a folder apart, so each page hands its answers on in the address of this one. Below stands
 * what earlier answers taught about ear and measure.
 */
#include "report/frame.h"
#include "report/pages.h"

static const struct hs_column columns[] = {
    {"song", NULL}, {"fault", NULL}, {"answer", NULL}, {"blind", NULL}, {"note", "text"}};

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
                    "you don\xe2\x80\x99t hear is told beside the measure.</p><p>To write the "
                    "answers into the job file itself: <code>hindsight answer JOB answers.yaml"
                    "</code>. It shows what it changes, and changes nothing else.</p></section>\n");
}

static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>What your ear says</h1><p class=\"lead\">Answers "
                       "from all pages of this report, kept in this browser until you take them "
                       "away.</p></div>\n");
    put_gathered(h);
    put_what_next(h);
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
