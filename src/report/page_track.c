/* SPDX-License-Identifier: Apache-2.0 */
/* The page of one track: verdict, findings in order of importance, charts, what was not
 * judged. */
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put_credits(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_track *track = t->track;
    const struct hs_release *release = hs_track_release(p, t);
    char year[16], place[48], mixed[16], mastered[16];
    snprintf(year, sizeof year, "%d", track->year);
    snprintf(place, sizeof place, "disc %d, track %d", track->disc ? track->disc : 1, track->track);
    snprintf(mixed, sizeof mixed, "%d", track->mixed_year);
    snprintf(mastered, sizeof mastered, "%d", track->mastered_year);
    html_literal(h, "<dl class=\"facts\"><div><dt>release</dt><dd>");
    hs_put_release_link(p, h, track->release);
    html_literal(h, "</dd></div>");
    hs_put_fact(h, "year", track->year ? year : NULL);
    hs_put_fact(h, "place", track->track ? place : NULL);
    hs_put_fact(h, "catalogue number", release->catalogue_number);
    hs_put_fact(h, "mixed by", track->mixed_by);
    hs_put_fact(h, "mixed", track->mixed_year ? mixed : NULL);
    hs_put_fact(h, "mastered by", track->mastered_by);
    hs_put_fact(h, "mastered", track->mastered_year ? mastered : NULL);
    hs_put_fact(h, "studio", track->studio);
    hs_put_fact(h, "genre", track->genre);
    hs_put_fact(h, "ISRC", track->isrc);
    hs_put_fact(h, "recall", track->recall ? hs_recall_words(track->recall) : NULL);
    html_literal(h, "</dl>");
}

void hs_put_row_cells(struct hs_html *h, const struct hs_shortlist_row *row)
{
    html_literal(h, "priority ");
    html_number(h, row->priority, 1);
    html_literal(h, " = severity ");
    html_number(h, row->severity, 1);
    html_literal(h, " \xc3\x97 fixability ");
    html_number(h, row->fixability, 1);
    html_literal(h, " \xc3\x97 reach ");
    html_number(h, row->reach, 1);
    html_literal(h, " \xc3\x97 confidence ");
    html_number(h, row->confidence, 2);
}

static void put_verdict(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_shortlist_row *row = p->row[t - p->audit->tracks];
    html_literal(h, "<section class=\"verdict\" aria-label=\"Verdict\">");
    if (t->master.state != HS_FILE_OK) {
        html_literal(h, "<p class=\"big\">Not judged: the master is ");
        html_text(h, hs_file_state_name(t->master.state));
        html_literal(h, ".</p><p>");
        html_text(h, t->master.error);
        html_literal(h, "</p></section>\n");
        return;
    }
    html_literal(h, "<p class=\"big\">");
    html_text(h, row ? hs_action_words(row->action) : "No recommendation");
    html_literal(h, "</p><p>");
    html_count(h, hs_track_counted(t), "fault", "faults");
    html_literal(h, " of the master count; ");
    html_count(h, t->n_judgements, "rule", "rules");
    html_literal(h, " judged, ");
    html_textf(h, "%zu not judged.", t->n_not_judged);
    if (row && row->rank) {
        html_textf(h, " Rank %d of %zu on the ", row->rank, p->n_listed);
        html_link(h, "", "shortlist", ".html", "short list");
        html_textf(h, " (%d to %d over the weights tried): ", row->rank_low, row->rank_high);
        hs_put_row_cells(h, row);
        html_literal(h, ". ");
        html_link(h, "plans/", t->track->id, ".html", "Plan of corrections");
    }
    html_literal(h, "</p>");
    if (row && row->why) {
        html_literal(h, "<p class=\"quiet\">");
        html_text(h, row->why);
        html_literal(h, "</p>");
    }
    html_literal(h, "</section>\n");
}

static void put_loudness_fact(struct hs_html *h, const struct hs_track_result *t)
{
    double lufs = hs_values_or_nan(&t->master.values, "integrated_lufs");
    double peak = hs_values_or_nan(&t->master.values, "true_peak_dbtp");
    if (!isfinite(lufs))
        return;
    html_literal(h, "<p class=\"fact\">Fact, not a fault: ");
    html_quantity(h, lufs, 1, "LUFS");
    if (lufs > -14 + 0.05) {
        html_literal(h, "; platforms that play at \xe2\x88\x92"
                        "14\xe2\x80\xafLUFS turn it "
                        "down ");
        html_quantity(h, lufs + 14, 1, "dB");
    }
    if (isfinite(peak)) {
        html_literal(h, "; true peak ");
        html_signed(h, peak, 1);
        html_literal(h, "\xe2\x80\xaf"
                        "dBTP");
    }
    html_literal(h, ".</p>");
}

static void put_pair_line(struct hs_html *h, const struct hs_track_result *t)
{
    html_literal(h, "<p>");
    switch (t->pair.state) {
    case HS_PAIR_ALIGNED:
    case HS_PAIR_EDITED:
        html_textf(h, "Compared with the mix (%s, confidence ", hs_pair_state_name(t->pair.state));
        html_number(h, t->pair.confidence, 2);
        html_literal(h, "). ");
        html_link(h, "pairs/", t->track->id, ".html", "What mastering did");
        break;
    case HS_PAIR_DIFFERENT:
    case HS_PAIR_CANNOT_SAY:
        html_text(h, t->pair.state == HS_PAIR_DIFFERENT ? "The mix is not the same recording: "
                                                        : "The mix cannot be "
                                                          "compared: ");
        html_text(h, t->pair.why ? t->pair.why : "no reason given");
        html_literal(h, ". Origins are not judged. ");
        html_link(h, "pairs/", t->track->id, ".html", "The pair");
        break;
    case HS_PAIR_NONE:
        html_text(h, t->mix.state == HS_FILE_NONE
                         ? "No mix is archived, so where a fault came from cannot be said."
                         : "The mix could not be read, so where a fault came from cannot be "
                           "said.");
    }
    html_literal(h, "</p>");
}

void hs_put_files(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    (void)p;
    static const char *const names[] = {"master", "mix"};
    const struct hs_file *files[] = {&t->master, &t->mix};
    html_literal(h, "<dl class=\"facts files\">");
    for (size_t i = 0; i < 2; i++) {
        if (files[i]->state == HS_FILE_NONE || !files[i]->source)
            continue;
        html_literal(h, "<div><dt>");
        html_text(h, names[i]);
        html_literal(h, "</dt><dd><code>");
        html_text(h, files[i]->source->shown ? files[i]->source->shown : files[i]->source->path);
        html_literal(h, "</code>");
        if (files[i]->state != HS_FILE_OK) {
            html_textf(h, " (%s: ", hs_file_state_name(files[i]->state));
            html_text(h, files[i]->error);
            html_literal(h, ")");
        }
        html_literal(h, "</dd></div>");
    }
    html_literal(h, "</dl>");
}

static void put_findings(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    html_literal(h, "<section><h2>Findings</h2>");
    int letter = 0, shown = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!hs_finding_counts(f))
            continue;
        bool marked = f->n_times && f->severity >= HS_MINOR && letter < 6;
        hs_put_finding(p, h, t, f, marked ? (char)('A' + letter++) : 0);
        shown++;
    }
    if (!shown && t->n_judgements)
        html_literal(h, "<p>No fault counts against this master in what could be judged.</p>");
    else if (!shown)
        html_literal(h, "<p>Nothing could be judged.</p>");
    html_literal(h, "</section>\n");
}

/* Cured, accepted, and parts whose lead is not shown: they never count. */
static bool is_aside(const struct hs_track_result *t, const struct hs_finding *f)
{
    if (f->origin == HS_ORIGIN_CURED || f->accepted)
        return true;
    if (!f->explained_by)
        return false;
    for (size_t i = 0; i < t->n_findings; i++)
        if (!strcmp(t->findings[i].rule, f->explained_by) && hs_finding_counts(&t->findings[i]))
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
            html_literal(h, "<section><h2>Cured or accepted</h2><p>Shown, and not counted as "
                            "faults of the master.</p>");
        hs_put_finding(p, h, t, &t->findings[i], 0);
        any = true;
    }
    if (any)
        html_literal(h, "</section>\n");
}

void hs_put_answer(struct hs_html *h, enum hs_answer tick)
{
    html_literal(h, "<td>");
    html_text(h, hs_tick_sign(tick));
    html_literal(h, "</td>");
}

void hs_put_ear_notes(struct hs_html *h, const struct hs_track_result *t)
{
    if (!t->n_ticks)
        return;
    html_literal(h, "<section><h2>The engineer's list</h2>");
    hs_put_table_begin(h, "ticks", "", "Heard and measured, in the master and in the mix");
    html_literal(h, "<thead><tr><th scope=\"col\">heard</th><th scope=\"col\">rule</th><th "
                    "scope=\"col\">ear: master</th><th scope=\"col\">ear: mix</th><th "
                    "scope=\"col\">measured: master</th><th scope=\"col\">measured: mix</th>"
                    "</tr></thead><tbody>");
    for (size_t i = 0; i < t->n_ticks; i++) {
        const struct hs_ear_note *row = &t->ticks[i];
        html_literal(h, "<tr><th scope=\"row\">");
        html_text(h, row->note ? row->note : "(measured, not heard)");
        html_literal(h, "</th><td>");
        if (row->rule)
            hs_put_rule_link(h, row->rule);
        else
            html_literal(h, "words not known");
        html_literal(h, "</td>");
        hs_put_answer(h, row->heard_master);
        hs_put_answer(h, row->heard_mix);
        hs_put_answer(h, row->in_master);
        hs_put_answer(h, row->in_mix);
        html_literal(h, "</tr>");
    }
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    html_literal(h, "</section>\n");
}

static void put_not_judged(struct hs_html *h, const struct hs_track_result *t)
{
    html_literal(h, "<section><h2>Not judged</h2>");
    if (!t->n_not_judged)
        html_literal(h, "<p>Every rule could be judged.</p>");
    else
        html_literal(h, "<ul class=\"plain\">");
    for (size_t i = 0; i < t->n_not_judged; i++) {
        html_literal(h, "<li>");
        hs_put_rule_link(h, t->not_judged[i].rule);
        html_literal(h, ": ");
        html_text(h, t->not_judged[i].why);
        html_literal(h, "</li>");
    }
    if (t->n_not_judged)
        html_literal(h, "</ul>");
    html_literal(h, "</section>\n");
}

static void put_in_range(struct hs_html *h, const struct hs_track_result *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_judgements; i++)
        n += !hs_track_finding(t, t->judgements[i].of->rule);
    if (!n)
        return;
    html_literal(h, "<details class=\"fold\"><summary>Judged and in range (");
    html_textf(h, "%zu)", n);
    html_literal(h, "</summary>");
    hs_put_table_begin(h, "in-range", "", "Rules without a finding");
    html_literal(h, "<thead><tr><th scope=\"col\">rule</th><th scope=\"col\" class=\"num\">"
                    "value</th><th scope=\"col\">expected</th></tr></thead><tbody>");
    for (size_t i = 0; i < t->n_judgements; i++) {
        const struct hs_judgement *j = &t->judgements[i];
        if (hs_track_finding(t, j->of->rule))
            continue;
        html_literal(h, "<tr><th scope=\"row\">");
        hs_put_rule_link(h, j->of->rule);
        html_literal(h, "</th><td class=\"num\">");
        html_quantity(h, j->value, hs_unit_digits(j->of->unit), j->of->unit);
        html_literal(h, "</td><td>");
        double expected[2];
        hs_judgement_expected(j, expected);
        hs_put_range(h, expected, hs_unit_digits(j->of->unit), j->of->unit);
        html_literal(h, "</td></tr>");
    }
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    html_literal(h, "</details>\n");
}

static void put_neighbours(struct hs_pages *p, struct hs_html *h, size_t track)
{
    const struct hs_job *job = p->audit->job;
    html_literal(h, "<nav class=\"pager\" aria-label=\"Neighbouring tracks\"><ul>");
    if (track > 0) {
        html_literal(h, "<li>\xe2\x86\x90 ");
        hs_put_track_link(h, &p->audit->tracks[track - 1]);
        html_literal(h, "</li>");
    }
    if (track + 1 < job->n_tracks) {
        html_literal(h, "<li>");
        hs_put_track_link(h, &p->audit->tracks[track + 1]);
        html_literal(h, " \xe2\x86\x92</li>");
    }
    html_literal(h, "</ul></nav>\n");
}

void hs_page_track(struct hs_pages *p, struct hs_html *h, size_t track)
{
    static const char *const shown[] = {
        "duration_s",        "sample_rate_hz",  "channels",    "codec",       "integrated_lufs",
        "loudness_range_lu", "true_peak_dbtp",  "plr_db",      "psr_p10_db",  "dr_db",
        "crest_db",          "tilt_db_per_oct", "correlation", "side_mid_db", "balance_db",
        "mono_loss_db"};
    const struct hs_track_result *t = &p->audit->tracks[track];
    hs_page_begin(p, h, "../", t->track->title, NULL);
    html_literal(h, "<h1>");
    html_text(h, *t->track->title ? t->track->title : t->track->id);
    html_literal(h, "</h1>");
    put_credits(p, h, t);
    put_verdict(p, h, t);
    hs_put_files(p, h, t);
    if (t->master.state == HS_FILE_OK) {
        put_loudness_fact(h, t);
        put_pair_line(h, t);
        put_findings(p, h, t);
        hs_put_ear_notes(h, t);
        html_literal(h, "<section><h2>Charts</h2><div class=\"pairs\">");
        hs_chart_spectrum(h, t, p->audit->spectrum);
        hs_chart_time(h, t);
        hs_chart_stereo(h, t);
        hs_chart_transfer(h, &t->pair);
        html_literal(h, "</div></section><section><h2>Measures</h2>");
        hs_put_measures(h, t, shown, sizeof shown / sizeof *shown);
        html_literal(h, "</section>\n");
        put_asides(p, h, t);
        put_in_range(h, t);
    }
    put_not_judged(h, t);
    put_neighbours(p, h, track);
    hs_page_end(h);
}
