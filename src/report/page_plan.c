/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page to print for the bench: what to do (re-master, re-mix, ...) and why, the files, the
 * corrections in the order of work with a box to tick, findings that no correction answers, the
 * delivery sheet, advice. The steps are those of plans/ID.yaml, which `verify` checks; nothing is
 * listed here that is not there.
 */
#include "catalogue/advice.h"
#include "report/delivery.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/row_reason.h"
#include "report/turned.h"
#include "report/words.h"

/* One correction with its expected outcome, the fault that it answers, and where to check it by
 * ear. `done`: a verified update has carried it out. */
static void put_step(struct hs_html *h, const struct hs_finding *given,
                     const struct hs_plan_step *s, bool done)
{
    struct hs_turned room;
    const struct hs_finding *f = hs_finding_turned(given, &room);
    hs_html_literal(h, "<li><span class=\"box\">");
    hs_html_text(h, done ? "\xe2\x98\x91" : "\xe2\x98\x90");
    hs_html_literal(h, "</span> ");
    if (f->correction.where)
        hs_html_correction(h, f);
    else
        hs_html_literal(h, "<strong>Listen first:</strong> no correction can be computed.");
    /* how much is enough */
    hs_html_outcome(h, given, s);
    hs_html_literal(h, "<br><span class=\"quiet\">for ");
    hs_html_text(h, hs_finding_title(f));
    hs_html_textf(h, " (%s%s", f->direction ? f->direction : "", f->direction ? "; " : "");
    hs_html_text(h, hs_severity_name(f->severity));
    hs_html_literal(h, "; master ");
    hs_html_quantity(h, f->value, hs_unit_digits(f->unit), f->unit);
    hs_html_literal(h, ", expected ");
    hs_html_range(h, f->expected, hs_unit_digits(f->unit), f->unit);
    hs_html_literal(h, ")");
    if (f->n_times) {
        hs_html_literal(h, "; check at ");
        hs_html_passages(h, f->times, f->n_times, 3);
    }
    hs_html_literal(h, "</span></li>\n");
}

/* In the order of work: what plans/ID.yaml has and `verify` checks, and nothing else. */
static void put_steps(struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_shortlist_row *row)
{
    hs_html_literal(h, "<ol class=\"plan\">");
    for (size_t i = 0; i < row->n_plan; i++)
        put_step(h, &t->findings[row->plan[i].finding], &row->plan[i], t->update_verified);
    hs_html_literal(h, "</ol>");
    if (!row->n_plan)
        hs_html_literal(h, "<p>No correction that can be computed.</p>");
}

static bool is_planned(const struct hs_shortlist_row *row, size_t finding)
{
    for (size_t i = 0; i < row->n_plan; i++)
        if (row->plan[i].finding == finding)
            return true;
    return false;
}

/* Findings that no correction answers. */
static void put_unplanned(struct hs_html *h, const struct hs_track_result *t,
                          const struct hs_shortlist_row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        if (is_planned(row, i) || !hs_finding_counts(&t->findings[i]))
            continue;
        if (!n++)
            hs_html_literal(h, "<h2>Not planned: listen first</h2><ul>");
        hs_html_literal(h, "<li>");
        hs_html_text(h, hs_finding_title(&t->findings[i]));
        hs_html_literal(h, " (");
        hs_html_text(h, hs_severity_name(t->findings[i].severity));
        hs_html_literal(h, ")");
        if (!t->findings[i].correction.where && t->findings[i].correction.words) {
            hs_html_literal(h, ": ");
            hs_html_sentence(h, t->findings[i].correction.words);
        }
        hs_html_literal(h, "</li>");
    }
    if (n)
        hs_html_literal(h, "</ul>");
}

/* A list under a heading; nothing where it is empty. */
static void put_sentences(struct hs_html *h, const char *heading, const char *const *s, size_t n)
{
    if (!n)
        return;
    hs_html_literal(h, "<h2>");
    hs_html_text(h, heading);
    hs_html_literal(h, "</h2><ul>");
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<li>");
        hs_html_text(h, s[i]);
        hs_html_literal(h, "</li>");
    }
    hs_html_literal(h, "</ul>");
}

static void put_advice(const struct hs_pages *p, struct hs_html *h,
                       const struct hs_shortlist_row *row)
{
    struct hs_arena scratch = {0};
    struct hs_advice advice;
    hs_advice_make(p->audit, row, &scratch, &advice);
    put_sentences(h, "Leave as it is", advice.leave_alone, advice.n_leave_alone);
    put_sentences(h, "Questions for the mastering engineer", advice.questions, advice.n_questions);
    hs_arena_free(&scratch);
}

/* What a person needs who works on the song: reason, files, corrections, advice. */
static void render(struct hs_pages *p, struct hs_html *h, size_t track)
{
    const struct hs_track_result *t = &p->audit->tracks[track];
    const struct hs_shortlist_row *row = p->row[track];
    struct hs_arena a = {0};
    hs_frame_begin(p, h, hs_arena_printf(&a, "Plan: %s", t->track->title));
    hs_arena_free(&a);
    hs_html_literal(h, "<div class=\"hero\"><h1>Plan for ");
    hs_html_text(h, *t->track->title ? t->track->title : t->track->id);
    hs_html_literal(h, "</h1><p>");
    hs_html_release_link(p, h, t->track->release);
    hs_html_literal(h, " \xc2\xb7 ");
    hs_html_track_link(h, t);
    hs_html_literal(h, "</p><p class=\"lead\">");
    hs_html_text(h, row ? hs_action_words(row->action) : "");
    hs_html_literal(h, "</p></div><p>");
    if (row) {
        hs_html_row_reason(p, h, row);
        hs_html_literal(h, " No. ");
        hs_html_textf(h, "%d of %zu on the short list, ", row->rank, p->n_listed);
        hs_html_row_cells(h, row);
        hs_html_literal(h, "; about ");
        hs_html_quantity(h, row->hours, 1, "hours");
        hs_html_literal(h, ".");
    }
    hs_html_literal(h, "</p>");
    hs_html_files(p, h, t);
    hs_html_literal(h, "<h2>Corrections</h2><p>Enough is where the value comes back to the edge of "
                       "what is expected, or of what is usual where mastering moved it; the "
                       "most is the centre (of a fader no more than a spread or 6 LU at "
                       "once), and what lies between is done. What "
                       "to expect counts all steps in. Judge by ear at equal loudness; leave out "
                       "what was meant.</p>");
    if (row) {
        put_steps(h, t, row);
        put_unplanned(h, t, row);
        hs_html_delivery(h, p->audit, t);
    }
    if (row)
        put_advice(p, h, row);
    hs_html_literal(h, "<p>Afterwards name the new file as <code>update:</code> of this track and "
                       "run <code>hindsight verify</code>: it measures what was done.</p>");
    hs_frame_end(p, h);
}

/* Only listed tracks have a plan. */
static const char *name(struct hs_pages *p, size_t track)
{
    bool listed = p->row[track] && p->row[track]->rank;
    return listed ? p->audit->job->tracks[track].id : NULL;
}

const struct hs_page hs_page_plan = {
    .folder = "plans/",
    .of_track = true,
    .name = name,
    .render = render,
};
