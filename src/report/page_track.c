/* SPDX-License-Identifier: Apache-2.0 */
/* The page of one track: verdict, findings in order of importance, charts, what was not
 * judged. */
#include "report/chart_spectrum.h"
#include "report/chart_time.h"
#include "report/ear_list.h"
#include "report/finding.h"
#include "report/frame.h"
#include "report/measures.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdio.h>

static void put_credits(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_track *track = t->track;
    const struct hs_release *release = &p->audit->job->releases[track->release];
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
    hs_html_fact(h, "catalogue number", release->catalogue_number);
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

static void put_verdict(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_shortlist_row *row = p->row[t - p->audit->tracks];
    hs_html_literal(h, "<section class=\"verdict\" aria-label=\"Verdict\">");
    if (t->master.state != HS_FILE_OK) {
        hs_html_literal(h, "<p class=\"big\">Not judged: the master is ");
        hs_html_text(h, hs_file_state_name(t->master.state));
        hs_html_literal(h, ".</p><p>");
        hs_html_text(h, t->master.error);
        hs_html_literal(h, "</p></section>\n");
        return;
    }
    hs_html_literal(h, "<p class=\"big\">");
    hs_html_text(h, row ? hs_action_words(row->action) : "No recommendation");
    hs_html_literal(h, "</p><p>");
    hs_html_count(h, hs_track_counted(t), "fault", "faults");
    hs_html_literal(h, " of the master count; ");
    hs_html_count(h, t->n_judgements, "rule", "rules");
    hs_html_literal(h, " judged, ");
    hs_html_textf(h, "%zu not judged.", t->n_not_judged);
    if (row && row->rank) {
        hs_html_textf(h, " Rank %d of %zu on the ", row->rank, p->n_listed);
        hs_html_link(h, "", "shortlist", ".html", "short list");
        hs_html_textf(h, " (%d to %d over the weights tried): ", row->rank_low, row->rank_high);
        hs_html_row_cells(h, row);
        hs_html_literal(h, ". ");
        hs_html_link(h, "plans/", t->track->id, ".html", "Plan of corrections");
    }
    hs_html_literal(h, "</p>");
    if (row && row->why) {
        hs_html_literal(h, "<p class=\"quiet\">");
        hs_html_text(h, row->why);
        hs_html_literal(h, "</p>");
    }
    hs_html_literal(h, "</section>\n");
}

static void put_loudness_fact(struct hs_html *h, const struct hs_track_result *t)
{
    double lufs = hs_values_or_nan(&t->master.values, "integrated_lufs");
    double peak = hs_values_or_nan(&t->master.values, "true_peak_dbtp");
    if (!isfinite(lufs))
        return;
    hs_html_literal(h, "<p class=\"fact\">Fact, not a fault: ");
    hs_html_quantity(h, lufs, 1, "LUFS");
    if (lufs > -14 + 0.05) {
        hs_html_literal(h, "; platforms that play at \xe2\x88\x92"
                           "14\xe2\x80\xafLUFS turn it "
                           "down ");
        hs_html_quantity(h, lufs + 14, 1, "dB");
    }
    if (isfinite(peak)) {
        hs_html_literal(h, "; true peak ");
        hs_html_signed(h, peak, 1);
        hs_html_literal(h, "\xe2\x80\xaf"
                           "dBTP");
    }
    hs_html_literal(h, ".</p>");
}

static void put_pair_line(struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_literal(h, "<p>");
    switch (t->pair.state) {
    case HS_PAIR_ALIGNED:
    case HS_PAIR_EDITED:
        hs_html_textf(h, "Compared with the mix (%s, confidence ",
                      hs_pair_state_name(t->pair.state));
        hs_html_number(h, t->pair.confidence, 2);
        hs_html_literal(h, "). ");
        hs_html_link(h, "pairs/", t->track->id, ".html", "What mastering did");
        break;
    case HS_PAIR_DIFFERENT:
    case HS_PAIR_CANNOT_SAY:
        hs_html_text(h, t->pair.state == HS_PAIR_DIFFERENT ? "The mix is not the same recording: "
                                                           : "The mix cannot be "
                                                             "compared: ");
        hs_html_text(h, t->pair.why ? t->pair.why : "no reason given");
        hs_html_literal(h, ". Origins are not judged. ");
        hs_html_link(h, "pairs/", t->track->id, ".html", "The pair");
        break;
    case HS_PAIR_NONE:
        hs_html_text(h, t->mix.state == HS_FILE_NONE
                            ? "No mix is archived, so where a fault came from cannot be said."
                            : "The mix could not be read, so where a fault came from cannot be "
                              "said.");
    }
    hs_html_literal(h, "</p>");
}

static void put_findings(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_literal(h, "<section><h2>Findings</h2>");
    int letter = 0, shown = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!hs_finding_counts(f))
            continue;
        bool marked = f->n_times && f->severity >= HS_MINOR && letter < 6;
        hs_html_finding(p, h, t, f, marked ? (char)('A' + letter++) : 0);
        shown++;
    }
    if (!shown && t->n_judgements)
        hs_html_literal(h, "<p>No fault counts against this master in what could be judged.</p>");
    else if (!shown)
        hs_html_literal(h, "<p>Nothing could be judged.</p>");
    hs_html_literal(h, "</section>\n");
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
            hs_finding_counts(&t->findings[i]))
            return false;
    return true;
}

static void put_asides(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    bool any = false;
    for (size_t i = 0; i < t->n_findings; i++) {
        if (hs_finding_counts(&t->findings[i]) || !is_aside(t, &t->findings[i]))
            continue;
        if (!any)
            hs_html_literal(h, "<section><h2>Cured or accepted</h2><p>Shown, and not counted as "
                               "faults of the master.</p>");
        hs_html_finding(p, h, t, &t->findings[i], 0);
        any = true;
    }
    if (any)
        hs_html_literal(h, "</section>\n");
}

static void put_not_judged(struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_literal(h, "<section><h2>Not judged</h2>");
    if (!t->n_not_judged)
        hs_html_literal(h, "<p>Every rule could be judged.</p>");
    else
        hs_html_literal(h, "<ul class=\"plain\">");
    for (size_t i = 0; i < t->n_not_judged; i++) {
        hs_html_literal(h, "<li>");
        hs_html_rule_link(h, t->not_judged[i].rule);
        hs_html_literal(h, ": ");
        hs_html_text(h, t->not_judged[i].why);
        hs_html_literal(h, "</li>");
    }
    if (t->n_not_judged)
        hs_html_literal(h, "</ul>");
    hs_html_literal(h, "</section>\n");
}

static void put_in_range(struct hs_html *h, const struct hs_track_result *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_judgements; i++)
        n += !hs_track_finding(t, t->judgements[i].of->rule);
    if (!n)
        return;
    hs_html_literal(h, "<details class=\"fold\"><summary>Judged and in range (");
    hs_html_textf(h, "%zu)", n);
    hs_html_literal(h, "</summary>");
    hs_html_table_begin(h, "in-range", "", "Rules without a finding");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">rule</th><th scope=\"col\" class=\"num\">"
                       "value</th><th scope=\"col\">expected</th></tr></thead><tbody>");
    for (size_t i = 0; i < t->n_judgements; i++) {
        const struct hs_judgement *j = &t->judgements[i];
        if (hs_track_finding(t, j->of->rule))
            continue;
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_rule_link(h, j->of->rule);
        hs_html_literal(h, "</th><td class=\"num\">");
        hs_html_quantity(h, j->value, hs_unit_digits(j->of->unit), j->of->unit);
        hs_html_literal(h, "</td><td>");
        double expected[2];
        hs_judgement_expected(j, expected);
        hs_html_range(h, expected, hs_unit_digits(j->of->unit), j->of->unit);
        hs_html_literal(h, "</td></tr>");
    }
    hs_html_literal(h, "</tbody>");
    hs_html_table_end(h);
    hs_html_literal(h, "</details>\n");
}

static void put_neighbours(struct hs_pages *p, struct hs_html *h, size_t track)
{
    const struct hs_job *job = p->audit->job;
    hs_html_literal(h, "<nav class=\"pager\" aria-label=\"Neighbouring tracks\"><ul>");
    if (track > 0) {
        hs_html_literal(h, "<li>\xe2\x86\x90 ");
        hs_html_track_link(h, &p->audit->tracks[track - 1]);
        hs_html_literal(h, "</li>");
    }
    if (track + 1 < job->n_tracks) {
        hs_html_literal(h, "<li>");
        hs_html_track_link(h, &p->audit->tracks[track + 1]);
        hs_html_literal(h, " \xe2\x86\x92</li>");
    }
    hs_html_literal(h, "</ul></nav>\n");
}

static void render(struct hs_pages *p, struct hs_html *h, size_t track)
{
    static const char *const shown[] = {
        "duration_s",        "sample_rate_hz",  "channels",    "codec",       "integrated_lufs",
        "loudness_range_lu", "true_peak_dbtp",  "plr_db",      "psr_p10_db",  "dr_db",
        "crest_db",          "tilt_db_per_oct", "correlation", "side_mid_db", "balance_db",
        "mono_loss_db"};
    const struct hs_track_result *t = &p->audit->tracks[track];
    hs_frame_begin(p, h, t->track->title);
    hs_html_literal(h, "<h1>");
    hs_html_text(h, *t->track->title ? t->track->title : t->track->id);
    hs_html_literal(h, "</h1>");
    put_credits(p, h, t);
    put_verdict(p, h, t);
    hs_html_files(p, h, t);
    if (t->master.state == HS_FILE_OK) {
        put_loudness_fact(h, t);
        put_pair_line(h, t);
        put_findings(p, h, t);
        hs_html_ear_notes(h, t);
        hs_html_literal(h, "<section><h2>Charts</h2><div class=\"pairs\">");
        hs_chart_spectrum(h, t, p->audit->spectrum);
        hs_chart_time(h, t);
        hs_chart_stereo(h, t);
        hs_chart_transfer(h, &t->pair);
        hs_html_literal(h, "</div></section><section><h2>Measures</h2>");
        hs_html_measures(h, t, shown, sizeof shown / sizeof *shown);
        hs_html_literal(h, "</section>\n");
        put_asides(p, h, t);
        put_in_range(h, t);
    }
    put_not_judged(h, t);
    put_neighbours(p, h, track);
    hs_frame_end(h);
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
