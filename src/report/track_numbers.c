/* SPDX-License-Identifier: Apache-2.0 */
/* Loudness as a fact, the charts, and folds: measures, rules in range, rules not judged, files. */
#include "report/track_numbers.h"

#include "report/chart_spectrum.h"
#include "report/chart_time.h"
#include "report/measures.h"
#include "report/pieces.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>

/* Rules that could not be asked, each with its reason: nothing is passed over in silence. */
static void put_not_judged(struct hs_html *h, const struct hs_track_result *t)
{
    if (!t->n_not_judged)
        return;
    hs_html_fold(h, "Not judged, and why", t->n_not_judged);
    hs_html_literal(h, "<ul class=\"plain\">");
    for (size_t i = 0; i < t->n_not_judged; i++) {
        hs_html_literal(h, "<li>");
        hs_html_rule_link(h, t->not_judged[i].rule);
        hs_html_literal(h, ": ");
        hs_html_text(h, t->not_judged[i].why);
        hs_html_literal(h, "</li>");
    }
    hs_html_literal(h, "</ul></details>\n");
}

/* Rules that were asked and found nothing, with value and expected range. */
static void put_in_range(struct hs_html *h, const struct hs_track_result *t)
{
    static const struct hs_column columns[] = {
        {"rule", NULL}, {"master", "n"}, {"expected", "n usual"}};
    size_t n = 0;
    for (size_t i = 0; i < t->n_judgements; i++)
        n += !hs_track_finding(t, t->judgements[i].of->rule);
    if (!n)
        return;
    hs_html_fold(h, "Judged, and in range", n);
    hs_html_table_begin(h, "in-range", "fold compact", "In the order of the rules.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    /* what has a finding stands above */
    for (size_t i = 0; i < t->n_judgements; i++) {
        const struct hs_judgement *j = &t->judgements[i];
        double expected[2];
        if (hs_track_finding(t, j->of->rule))
            continue;
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_rule_link(h, j->of->rule);
        hs_html_literal(h, "</th>");
        hs_html_td(h, &columns[1], j->value);
        hs_html_quantity(h, j->value, hs_unit_digits(j->of->unit), j->of->unit);
        hs_html_literal(h, "</td>");
        hs_html_td(h, &columns[2], NAN);
        hs_judgement_expected(j, expected);
        hs_html_range(h, expected, hs_unit_digits(j->of->unit), j->of->unit);
        hs_html_literal(h, "</td></tr>\n");
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</details>\n");
}

/* Loudness is no fault: what services that play at -14 LUFS do with it, in dB, and the true peak.
 */
static void put_loudness_fact(struct hs_html *h, const struct hs_track_result *t)
{
    double lufs = hs_values_or_nan(&t->master.values, "integrated_lufs");
    double peak = hs_values_or_nan(&t->master.values, "true_peak_dbtp");
    if (!isfinite(lufs))
        return;
    hs_html_literal(h, "<p>Fact, not a fault: ");
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

void hs_html_track_numbers(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    static const char *const shown[] = {
        "duration_s",        "sample_rate_hz",  "channels",    "codec",       "integrated_lufs",
        "loudness_range_lu", "true_peak_dbtp",  "plr_db",      "psr_p10_db",  "dr_db",
        "crest_db",          "tilt_db_per_oct", "correlation", "side_mid_db", "balance_db",
        "mono_loss_db"};
    hs_html_section(h, "numbers", "spoils", "All numbers");
    if (t->master.state == HS_FILE_OK) {
        put_loudness_fact(h, t);
        hs_html_literal(h, "<div class=\"charts\">");
        hs_chart_spectrum(h, t, p->audit->spectrum);
        hs_chart_time(h, t);
        hs_chart_stereo(h, t);
        hs_html_literal(h, "</div>");
        hs_html_fold(h, "Measures", SIZE_MAX);
        hs_html_measures(h, t, shown, sizeof shown / sizeof *shown);
        hs_html_literal(h, "</details>\n");
        put_in_range(h, t);
    }
    put_not_judged(h, t);
    hs_html_fold(h, "Files", SIZE_MAX);
    hs_html_files(p, h, t);
    hs_html_literal(h, "</details></section>\n");
}
