/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of one track: verdict and credits; what mastering did, in sentences and as the table
 * of moves; each finding as a card with clip and correction; findings that do not count (cured,
 * accepted, explained by another); the engineer's list; instruments; survival; the letter; what
 * was in range and what was not judged, with reasons; charts and all numbers.
 */
#include "report/answer.h"
#include "report/chart_spectrum.h"
#include "report/ear_list.h"
#include "report/finding.h"
#include "report/frame.h"
#include "report/heard_words.h"
#include "report/instruments.h"
#include "report/letter.h"
#include "report/moves.h"
#include "report/moves_table.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/row_reason.h"
#include "report/survival_section.h"
#include "report/told.h"
#include "report/track.h"
#include "report/track_numbers.h"
#include "report/words.h"

#include <stdio.h>

/* Who, when and where, as the job says; what it does not say has no entry. */
static void put_credits(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_track *track = t->track;
    char year[16], place[48], mixed[16], mastered[16];
    snprintf(year, sizeof year, "%d", track->year);
    snprintf(place, sizeof place, "disc %d, track %d", track->disc ? track->disc : 1, track->track);
    snprintf(mixed, sizeof mixed, "%d", track->mixed_year);
    snprintf(mastered, sizeof mastered, "%d", track->mastered_year);
    hs_html_literal(h, "<dl class=\"facts\"><div><dt>release</dt><dd>");
    hs_html_release_link(p, h, track->release);
    hs_html_literal(h, "</dd></div>");
    hs_html_fact(h, "year", track->year ? year : NULL);
    hs_html_fact(h, "place", track->track ? place : NULL);
    hs_html_fact(h, "catalogue number", p->audit->job->releases[track->release].catalogue_number);
    hs_html_fact(h, "mixed by", track->mixed_by);
    hs_html_fact(h, "mixed", track->mixed_year ? mixed : NULL);
    hs_html_fact(h, "mastered by", track->mastered_by);
    hs_html_fact(h, "mastered", track->mastered_year ? mastered : NULL);
    hs_html_fact(h, "studio", track->studio);
    hs_html_fact(h, "genre", track->genre);
    hs_html_fact(h, "ISRC", track->isrc);
    hs_html_fact(h, "recall", track->recall ? hs_recall_words(track->recall) : NULL);
    hs_html_literal(h, "</dl>");
}

/* The place on the short list, and how many faults count of how many rules that were asked. */
static void put_count(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_shortlist_row *row = p->row[t - p->audit->tracks];
    hs_html_literal(h, "<p class=\"small quiet\">");
    if (row && row->rank) {
        hs_html_textf(h, "No. %d of %zu on the ", row->rank, p->n_listed);
        hs_html_link(h, "", "shortlist", ".html", "short list");
        hs_html_literal(h, " (");
        hs_html_link(h, "plans/", t->track->id, ".html", "the plan");
        hs_html_literal(h, ") \xc2\xb7 ");
    }
    hs_html_count(h, hs_track_counted(t), "fault counts", "faults count");
    hs_html_textf(h, ", of %u judged; %u could not be judged", t->n_judgements, t->n_not_judged);
    hs_html_literal(h, "</p>");
}

/* The recommendation and its reason; hidden while somebody listens blind. */
static void put_verdict(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_shortlist_row *row = p->row[t - p->audit->tracks];
    const struct hs_finding *worst = hs_track_worst(t);
    if (t->master.state != HS_FILE_OK) {
        hs_html_literal(h, "<p class=\"lead\">Not judged: the master is ");
        hs_html_text(h, hs_file_state_name(t->master.state));
        hs_html_literal(h, ".</p><p>");
        hs_html_text(h, t->master.error);
        hs_html_literal(h, "</p>");
        return;
    }
    hs_html_literal(h, "<div class=\"spoils\"><p class=\"lead\">");
    if (row) {
        hs_html_literal(h, "<span");
        hs_html_attrf(h, "class", "action%s", row->action == HS_LEAVE ? " leave" : "");
        hs_html_literal(h, ">");
        hs_html_text(h, hs_row_words(row));
        hs_html_literal(h, "</span> ");
    }
    if (row && row->rank)
        hs_html_row_reason(p, h, row);
    else if (worst)
        hs_html_reason(h, worst);
    else
        hs_html_text(h, t->n_judgements ? "Nothing stands out in what could be judged."
                                        : "Nothing could be judged.");
    hs_html_literal(h, "</p>");
    put_count(p, h, t);
    hs_html_heard_words(h, t);
    hs_html_literal(h, "</div><p class=\"hidden-until spoiled quiet\">Blind: verdicts are hidden "
                       "until you have answered.</p>");
}

/* What people should know of how a file was read. */
static void put_remarks(struct hs_html *h, const char *which, const struct hs_file *file)
{
    const char *line;
    for (size_t i = 0, n; (line = hs_values_line(&file->values, "remarks", i, &n)); i++) {
        hs_html_literal(h, "<p class=\"fact\">");
        hs_html_textf(h, "How the %s was read: %.*s.", which, (int)n, line);
        hs_html_literal(h, "</p>");
    }
}

/* Whether mix and master were compared, and why not where not. */
static void put_pair_state(struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_literal(h, "<p>");
    if (t->pair.state == HS_PAIR_NONE) {
        hs_html_text(h, t->mix.state == HS_FILE_NONE
                            ? "No mix is archived, so where a fault came from cannot be said."
                            : "The mix could not be read, so where a fault came from cannot be "
                              "said.");
    } else {
        hs_html_text(h, t->pair.state == HS_PAIR_DIFFERENT ? "The mix is not the same recording: "
                                                           : "The mix cannot be compared: ");
        hs_html_text(h, t->pair.why ? t->pair.why : "no reason given");
        hs_html_literal(h, ". Origins are not judged. ");
        hs_html_link(h, "pairs/", t->track->id, ".html", "The pair");
    }
    hs_html_literal(h, "</p>");
}

static bool was_compared(const struct hs_track_result *t)
{
    return t->pair.state == HS_PAIR_ALIGNED || t->pair.state == HS_PAIR_EDITED;
}

/* What mastering did, in sentences, as the curve of the equalisation, and as the table of moves. */
static void put_did(struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_section(h, "did", "spoils", "What mastering did");
    if (!was_compared(t)) {
        put_pair_state(h, t);
        hs_html_literal(h, "</section>\n");
        return;
    }
    hs_html_literal(h, "<p class=\"lead\">");
    hs_html_moves_said(h, &t->pair);
    hs_html_moves_weighed(h, t);
    hs_html_literal(h, " ");
    hs_html_tier(h, HS_MEASURED);
    hs_html_literal(h, "</p>");
    hs_chart_transfer(h, t);
    hs_html_moves(h, t);
    hs_html_literal(h, "<p class=\"small\">");
    hs_html_textf(h, "%s, confidence ",
                  t->pair.state == HS_PAIR_EDITED ? "The same recording, cut differently"
                                                  : "The same recording");
    hs_html_number(h, t->pair.confidence, 2);
    hs_html_literal(h, ". ");
    hs_html_link(h, "pairs/", t->track->id, ".html", "All values of the pair");
    hs_html_literal(h, "</p></section>\n");
}

/* Has any finding of this track a clip? */
static bool has_clip(const struct hs_pages *p, const struct hs_track_result *t)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_pages_clip(p, t, &t->findings[i]))
            return true;
    return false;
}

/* Findings that stand, worst first as judge/ leaves them. The first six with a passage get the
 * letters under which chart_time.c marks them. */
static void put_findings(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_section(h, "findings", NULL, "Findings");
    int letter = 0, shown = 0, loud = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!hs_finding_stands(f))
            continue;
        loud += f->severity >= HS_MINOR && hs_finding_counts(f);
        /* letters mark passages in the chart of loudness */
        bool marked = f->n_times && f->severity >= HS_MINOR && letter < 6;
        if (!shown++)
            hs_html_literal(h, "<p class=\"key\"><span class=\"k-out\">master, out of range</span>"
                               "<span class=\"k-mix\">mix</span><span class=\"k-usual\">expected"
                               "</span><span>Order: by weight, what is measured first.</span></p>");
        hs_html_finding(p, h, t, f, marked ? (char)('A' + letter++) : 0);
    }
    const struct hs_shortlist_row *row = p->row[t - p->audit->tracks];
    if (loud && p->options->clips_dir && !(row && row->rank) && !has_clip(p, t))
        hs_html_literal(h, "<p class=\"quiet\">No clips here: songs that are not listed have them "
                           "after <code>hindsight audit --clips all</code>.</p>");
    if (shown)
        hs_html_answers_kept(h);
    else if (t->n_judgements)
        hs_html_literal(h, "<p>No fault counts against this master in what could be judged.</p>");
    else
        hs_html_literal(h, "<p>Nothing could be judged.</p>");
}

/* Cured, accepted, and parts whose lead is not shown: they never count. */
static bool is_aside(const struct hs_track_result *t, const struct hs_finding *f)
{
    if (f->origin == HS_ORIGIN_CURED || f->accepted)
        return true;
    if (!f->explained_by)
        return false;
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_same_rule(t->findings[i].rule, f->explained_by) &&
            hs_finding_stands(&t->findings[i]))
            return false;
    return true;
}

/* The end of the findings: those that do not count. */
static void put_asides(struct hs_html *h, const struct hs_track_result *t)
{
    size_t shown = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        if (hs_finding_stands(&t->findings[i]) || !is_aside(t, &t->findings[i]))
            continue;
        if (!shown++)
            hs_html_literal(h, "<p class=\"order spoils\">Cured, or on purpose: shown, and not "
                               "counted as faults of the master.</p>");
        hs_html_finding_aside(h, t, &t->findings[i]);
    }
    hs_html_literal(h, "</section>\n");
}

/* Links to the track before and after in the job. */
static void put_neighbours(struct hs_pages *p, struct hs_html *h, size_t track)
{
    if (h->places) /* in one file with others the list leads on */
        return;
    hs_html_literal(h, "<nav class=\"pager\" aria-label=\"Neighbouring tracks\"><ul>");
    if (track > 0) {
        hs_html_literal(h, "<li>\xe2\x86\x90 ");
        hs_html_track_link(h, &p->audit->tracks[track - 1]);
        hs_html_literal(h, "</li>");
    }
    if (track + 1 < p->audit->job->n_tracks) {
        hs_html_literal(h, "<li>");
        hs_html_track_link(h, &p->audit->tracks[track + 1]);
        hs_html_literal(h, " \xe2\x86\x92</li>");
    }
    hs_html_literal(h, "</ul></nav>\n");
}

/* Links to the parts of the page that are there. */
static void put_contents(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    static const char *const names[][2] = {
        {"did", "What mastering did"},  {"findings", "Findings"},
        {"instruments", "Instruments"}, {"survives", "How it plays elsewhere"},
        {"list", "Your list"},          {"letter", "The letter"},
        {"numbers", "All numbers"}};
    const bool shown[] = {true,
                          true,
                          hs_track_has_instruments(t),
                          p->audit->survival != 0,
                          t->n_ticks > 0,
                          was_compared(t),
                          true};
    hs_html_literal(h, "<nav class=\"toc\"");
    hs_html_attrf(h, "aria-label", "%s%s", h->prefix ? "On " : "On this page",
                  h->prefix ? t->track->title : "");
    hs_html_literal(h, "><ul>");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!shown[i])
            continue;
        hs_html_literal(h, "<li><a");
        hs_html_attrf(h, "href", "#%s%s", h->prefix ? h->prefix : "", names[i][0]);
        hs_html_literal(h, ">");
        hs_html_text(h, names[i][1]);
        hs_html_literal(h, "</a></li>");
    }
    hs_html_literal(h, "</ul></nav>\n");
}

/* Where the song stands, its title, and the verdict in a sentence. */
static void put_hero(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_release *release = &p->audit->job->releases[t->track->release];
    hs_html_literal(h, "<p class=\"crumb\">");
    hs_html_link(h, "", "index", ".html", "Overview");
    hs_html_literal(h, " \xe2\x80\xba ");
    hs_html_release_link(p, h, t->track->release);
    hs_html_textf(h, " \xe2\x80\xba song %zu of %zu",
                  (size_t)(t - p->audit->tracks) - release->first_track + 1, release->n_tracks);
    hs_html_literal(h, "</p><div class=\"hero\"><h1>");
    hs_html_text(h, *t->track->title ? t->track->title : t->track->id);
    hs_html_literal(h, "</h1>");
    put_verdict(p, h, t);
    hs_html_literal(h, "</div>\n");
}

/* The parts of a page whose master could be read. */
static void put_judged(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    put_contents(p, h, t);
    put_credits(p, h, t);
    hs_html_literal(h, "<p class=\"screen-only\"><label class=\"blind\"><input type=\"checkbox\" "
                       "class=\"blind-box\"> Listen blind: hide the verdicts until I have answered"
                       "</label></p>\n");
    put_did(h, t);
    put_findings(p, h, t);
    put_asides(h, t);
    hs_html_instruments(h, t, &p->levels);
    hs_html_survival(p, h, t);
    hs_html_ear_notes(h, t);
    if (was_compared(t))
        hs_html_letter(p, h, t, 1);
}

/* Verdict first, numbers last; a master that could not be read has its facts only. */
static void render(struct hs_pages *p, struct hs_html *h, size_t track)
{
    const struct hs_track_result *t = &p->audit->tracks[track];
    hs_frame_begin(p, h, t->track->title);
    put_hero(p, h, t);
    if (t->master.state == HS_FILE_OK)
        put_judged(p, h, t);
    else
        put_credits(p, h, t);
    put_remarks(h, "master", &t->master);
    put_remarks(h, "mix", &t->mix);
    hs_html_track_numbers(p, h, t);
    put_neighbours(p, h, track);
    hs_frame_end(p, h);
}

static const char *name(struct hs_pages *p, size_t track)
{
    return p->audit->job->tracks[track].id;
}

const struct hs_page hs_page_track = {
    .folder = "tracks/",
    .of_track = true,
    .name = name,
    .render = render,
};
