/* SPDX-License-Identifier: Apache-2.0 */
/* One finding as a card: verdict, evidence with its yardstick, where to listen, what to
 * do about it. */
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void hs_put_player(struct hs_pages *p, struct hs_html *h, const struct hs_clip *clip)
{
    const char *dir = p->options->clips_dir;
    char folder[256];
    snprintf(folder, sizeof folder, "%s/", dir);
    html_literal(h, "<div class=\"ab\"");
    html_url(h, "data-script", folder, clip->name, ".js");
    html_attr(h, "data-name", clip->name);
    html_attr(h, "data-a", clip->a_label);
    html_attr(h, "data-b", clip->b_label);
    html_literal(h, "><p class=\"ab-head\">Listen from ");
    html_time(h, clip->master.from_s, false);
    html_literal(h, " to ");
    html_time(h, clip->master.to_s, false);
    html_literal(h, ", both at equal loudness</p><div class=\"ab-plain\">");
    for (int side = 0; side < 2; side++) {
        char suffix[32];
        snprintf(suffix, sizeof suffix, "-%c.%s", side ? 'b' : 'a', p->options->clips->extension);
        const char *label = side ? clip->b_label : clip->a_label;
        html_literal(h, "<p><span class=\"side\">");
        html_textf(h, "%c: %s", side ? 'B' : 'A', label);
        html_literal(h, "</span> <audio controls preload=\"none\"");
        html_url(h, "src", folder, clip->name, suffix);
        html_attrf(h, "aria-label", "%s, %s", clip->name, label);
        html_literal(h, "></audio></p>");
    }
    html_literal(h, "</div></div>");
}

static void put_yardstick(struct hs_html *h, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    html_literal(h, "<p class=\"evidence\"><strong>");
    html_quantity(h, f->value, digits, f->unit);
    html_literal(h, "</strong>, expected ");
    hs_put_range(h, f->expected, digits, f->unit);
    if (isfinite(f->steps)) {
        html_literal(h, " \xc2\xb7 ");
        html_number(h, f->steps, 1);
        html_literal(h, " audible steps of ");
        html_quantity(h, f->jnd, fmax(digits, f->jnd < 1 ? 2 : 1), f->unit);
    }
    if (isfinite(f->z)) {
        html_literal(h, " \xc2\xb7 z ");
        html_number(h, f->z, 1);
    }
    if (f->target) {
        html_literal(h, " \xc2\xb7 yardstick: ");
        html_text(h, f->target);
        if (isfinite(f->target_n))
            html_textf(h, " (n = %.0f)", f->target_n);
    }
    if (isfinite(f->catalogue_z)) {
        html_literal(h, " \xc2\xb7 within this catalogue z ");
        html_signed(h, f->catalogue_z, 1);
    }
    html_literal(h, "</p>");
}

static void put_origin(struct hs_html *h, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    html_literal(h, "<p class=\"origin\"><span");
    html_attrf(h, "class", "o-%s", hs_origin_name(f->origin));
    html_literal(h, ">");
    html_text(h, hs_origin_in_mix(f->origin) ? "\xe2\x9c\x93 " : "");
    html_text(h, hs_origin_words(f->origin));
    html_literal(h, "</span>");
    if (f->exposed_by) {
        html_literal(h, " by ");
        html_text(h, f->exposed_by);
    }
    if (isfinite(f->mix_value)) {
        html_literal(h, " \xc2\xb7 mix ");
        html_quantity(h, f->mix_value, digits, f->unit);
    }
    if (isfinite(f->change)) {
        html_literal(h, " \xc2\xb7 change ");
        html_signed(h, f->change, digits);
        if (isfinite(f->uncertainty)) {
            html_literal(h, " \xc2\xb1 ");
            html_number(h, f->uncertainty, digits);
        }
        html_textf(h, "\xe2\x80\xaf%s", f->unit ? f->unit : "");
    }
    if (f->by_pair_only)
        html_literal(h, " \xc2\xb7 known by the comparison alone: the master itself is in "
                        "range");
    html_literal(h, "</p>");
}

/* Those that point to this lead: one cause, one finding. */
static void put_parts(struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_finding *lead)
{
    bool any = false;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!f->explained_by || strcmp(f->explained_by, lead->rule))
            continue;
        html_text(h, any ? ", " : "");
        if (!any)
            html_literal(h, "<p class=\"parts\">The same cause shows as: ");
        hs_put_rule_link(h, f->rule);
        html_literal(h, " (");
        html_text(h, hs_severity_name(f->severity));
        html_literal(h, ", ");
        html_quantity(h, f->value, hs_unit_digits(f->unit), f->unit);
        html_literal(h, ")");
        any = true;
    }
    if (any)
        html_literal(h, "</p>");
}

static void put_heading(struct hs_html *h, const struct hs_finding *f, char letter)
{
    html_literal(h, "<h3>");
    if (letter)
        html_textf(h, "%c. ", letter);
    hs_put_rule_link(h, f->rule);
    if (f->direction) {
        html_literal(h, " <span class=\"quiet\">(");
        html_text(h, f->direction);
        html_literal(h, ")</span>");
    }
    html_literal(h, " ");
    hs_put_severity(h, f->severity);
    html_literal(h, " ");
    hs_put_tier(h, f->tier);
    if (f->heard)
        html_literal(h, " <span class=\"badge\">heard by the engineer</span>");
    html_literal(h, "</h3>");
}

void hs_put_finding(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                    const struct hs_finding *f, char letter)
{
    char id[96];
    snprintf(id, sizeof id, "f%zu-%.60s", (size_t)(f - t->findings), f->rule);
    html_literal(h, "<article");
    html_attrf(h, "class", "finding c%d", (int)f->severity);
    html_attr(h, "id", id);
    html_literal(h, ">");
    put_heading(h, f, letter);
    put_yardstick(h, f);
    put_origin(h, f);
    if (f->evidence && !strstr(f->evidence, "expected")) { /* else it stands above */
        html_literal(h, "<p>");
        html_text(h, f->evidence);
        html_literal(h, "</p>");
    }
    char gauge[112];
    snprintf(gauge, sizeof gauge, "g-%s", id);
    hs_chart_gauge(h, f, gauge);
    if (f->n_times) {
        html_literal(h, "<p class=\"times\">Worst at ");
        hs_put_passages(h, f->times, f->n_times, 5);
        html_literal(h, "</p>");
    }
    const struct hs_clip *clip = hs_pages_clip(p, t, f);
    if (clip)
        hs_put_player(p, h, clip);
    if (f->accepted) {
        html_literal(h, "<p class=\"accepted\">Accepted in the job: ");
        html_text(h, f->accepted_why ? f->accepted_why : "no reason given");
        html_literal(h, "</p>");
    }
    if (f->correction.where) {
        html_literal(h, "<p class=\"correction\">");
        hs_put_correction(h, f);
        html_literal(h, "</p>");
    }
    put_parts(h, t, f);
    html_literal(h, "</article>\n");
}
