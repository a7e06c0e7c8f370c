/* SPDX-License-Identifier: Apache-2.0 */
/* One finding as a card: verdict, evidence with its yardstick, where to listen, what to
 * do about it. */
#include "report/finding.h"

#include "report/chart_rule.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put_yardstick(struct hs_html *h, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    hs_html_literal(h, "<p class=\"evidence\"><strong>");
    hs_html_quantity(h, f->value, digits, f->unit);
    hs_html_literal(h, "</strong>, expected ");
    hs_html_range(h, f->expected, digits, f->unit);
    if (isfinite(f->steps)) {
        hs_html_literal(h, " \xc2\xb7 ");
        hs_html_number(h, f->steps, 1);
        hs_html_literal(h, " audible steps of ");
        hs_html_quantity(h, f->jnd, fmax(digits, f->jnd < 1 ? 2 : 1), f->unit);
    }
    if (isfinite(f->z)) {
        hs_html_literal(h, " \xc2\xb7 z ");
        hs_html_number(h, f->z, 1);
    }
    if (f->target) {
        hs_html_literal(h, " \xc2\xb7 yardstick: ");
        hs_html_text(h, f->target);
        if (isfinite(f->target_n))
            hs_html_textf(h, " (n = %.0f)", f->target_n);
    }
    if (isfinite(f->catalogue_z)) {
        hs_html_literal(h, " \xc2\xb7 within this catalogue z ");
        hs_html_signed(h, f->catalogue_z, 1);
    }
    hs_html_literal(h, "</p>");
}

static void put_origin(struct hs_html *h, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    hs_html_literal(h, "<p class=\"origin\"><span");
    hs_html_attrf(h, "class", "o-%s", hs_origin_name(f->origin));
    hs_html_literal(h, ">");
    hs_html_text(h, hs_origin_in_mix(f->origin) ? "\xe2\x9c\x93 " : "");
    hs_html_text(h, hs_origin_words(f->origin));
    hs_html_literal(h, "</span>");
    if (f->exposed_by) {
        hs_html_literal(h, " by ");
        hs_html_text(h, f->exposed_by);
    }
    if (isfinite(f->mix_value)) {
        hs_html_literal(h, " \xc2\xb7 mix ");
        hs_html_quantity(h, f->mix_value, digits, f->unit);
    }
    if (isfinite(f->change)) {
        hs_html_literal(h, " \xc2\xb7 change ");
        hs_html_signed(h, f->change, digits);
        if (isfinite(f->uncertainty)) {
            hs_html_literal(h, " \xc2\xb1 ");
            hs_html_number(h, f->uncertainty, digits);
        }
        hs_html_textf(h, "\xe2\x80\xaf%s", f->unit ? f->unit : "");
    }
    if (f->by_pair_only)
        hs_html_literal(h, " \xc2\xb7 known by the comparison alone: the master itself is in "
                           "range");
    hs_html_literal(h, "</p>");
}

/* Those that point to this lead: one cause, one finding. */
static void put_parts(struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_finding *lead)
{
    bool any = false;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!f->explained_by || !hs_same_rule(f->explained_by, lead->rule))
            continue;
        hs_html_text(h, any ? ", " : "");
        if (!any)
            hs_html_literal(h, "<p class=\"parts\">The same cause shows as: ");
        hs_html_rule_link(h, f->rule);
        hs_html_literal(h, " (");
        hs_html_text(h, hs_severity_name(f->severity));
        hs_html_literal(h, ", ");
        hs_html_quantity(h, f->value, hs_unit_digits(f->unit), f->unit);
        hs_html_literal(h, ")");
        any = true;
    }
    if (any)
        hs_html_literal(h, "</p>");
}

static void put_heading(struct hs_html *h, const struct hs_finding *f, char letter)
{
    hs_html_literal(h, "<h3>");
    if (letter)
        hs_html_textf(h, "%c. ", letter);
    hs_html_rule_link(h, f->rule);
    if (f->direction) {
        hs_html_literal(h, " <span class=\"quiet\">(");
        hs_html_text(h, f->direction);
        hs_html_literal(h, ")</span>");
    }
    hs_html_literal(h, " ");
    hs_html_severity(h, f->severity);
    hs_html_literal(h, " ");
    hs_html_tier(h, f->tier);
    if (f->heard)
        hs_html_literal(h, " <span class=\"badge\">heard by the engineer</span>");
    hs_html_literal(h, "</h3>");
}

void hs_html_finding(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                     const struct hs_finding *f, char letter)
{
    char id[96];
    snprintf(id, sizeof id, "f%zu-%.60s", (size_t)(f - t->findings), f->rule);
    hs_html_literal(h, "<article");
    hs_html_attrf(h, "class", "finding c%d", (int)f->severity);
    hs_html_attr(h, "id", id);
    hs_html_literal(h, ">");
    put_heading(h, f, letter);
    put_yardstick(h, f);
    put_origin(h, f);
    if (f->evidence && !f->plain) { /* else it stands above */
        hs_html_literal(h, "<p>");
        hs_html_text(h, f->evidence);
        hs_html_literal(h, "</p>");
    }
    char gauge[112];
    snprintf(gauge, sizeof gauge, "g-%s", id);
    hs_chart_gauge(h, f, gauge);
    if (f->n_times) {
        hs_html_literal(h, "<p class=\"times\">Worst at ");
        hs_html_passages(h, f->times, f->n_times, 5);
        hs_html_literal(h, "</p>");
    }
    const struct hs_clip *clip = hs_pages_clip(p, t, f);
    if (clip)
        hs_html_player(p, h, clip);
    if (f->accepted) {
        hs_html_literal(h, "<p class=\"accepted\">Accepted in the job: ");
        hs_html_text(h, f->accepted_why ? f->accepted_why : "no reason given");
        hs_html_literal(h, "</p>");
    }
    if (f->correction.where) {
        hs_html_literal(h, "<p class=\"correction\">");
        hs_html_correction(h, f);
        hs_html_literal(h, "</p>");
    }
    put_parts(h, t, f);
    hs_html_literal(h, "</article>\n");
}
