/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A card has two columns. Left: severity and evidence, the sentence, findings of the same cause,
 * where to listen, what to do, the numbers. Right: chart, clip and the form for an answer.
 * While somebody listens blind, the left column shows the letter of the passage alone; it is
 * revealed with the answer.
 */
#include "report/finding.h"

#include "catalogue/plan.h"
#include "report/answer.h"
#include "report/chart_finding.h"
#include "report/listen.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/told.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

/* Those that point to this primary finding: one cause, one finding. */
static void put_parts(struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_finding *primary)
{
    bool any = false;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!f->explained_by || !hs_same_rule(f->explained_by, primary->rule))
            continue;
        hs_html_text(h, any ? ", " : " The same cause shows as ");
        hs_html_rule_link(h, f->rule);
        hs_html_textf(h, " (%s)", hs_severity_name(f->severity));
        any = true;
    }
    if (any)
        hs_html_literal(h, ".");
}

/* The line above the heading: severity, origin, evidence, and what ears and the job say of it. A
 * cured finding has no severity of the master. */
static void put_kicker(struct hs_html *h, const struct hs_finding *f)
{
    hs_html_literal(h, "<p class=\"kicker\">");
    if (hs_finding_cured(f))
        hs_html_literal(h, "<span class=\"sev\">\xe2\x86\x98 cured</span> <span>in the mix "
                           "only</span> ");
    else if (f->origin == HS_ORIGIN_CURED)
        hs_html_literal(h, "<span class=\"sev\">\xe2\x86\x98 nearer to the middle</span> "
                           "<span>the mix was in range</span> ");
    else {
        hs_html_severity(h, f->severity);
        hs_html_literal(h, " <span>");
        hs_html_text(h, hs_finding_origin(f));
        hs_html_literal(h, "</span> ");
    }
    hs_html_tier(h, f->tier);
    if (f->heard)
        hs_html_literal(h, " <span>heard by the engineer</span>");
    if (f->not_heard)
        hs_html_literal(h, " <span>not heard by the engineer</span>");
    if (f->doubted)
        hs_html_literal(h, " <span>never heard by this ear: weighs less in the list</span>");
    if (f->accepted)
        hs_html_literal(h, " <span>on purpose, not counted</span>");
    hs_html_literal(h, "</p>");
}

/* Title as link to the rule's page, with the letter under which the charts mark the passage. */
static void put_heading(struct hs_html *h, const struct hs_finding *f, char letter)
{
    char title[96];
    hs_html_literal(h, "<h3>");
    if (letter)
        hs_html_textf(h, "%c. ", letter);
    hs_html_link(h, "rules/", f->rule, ".html", hs_finding_capital(f, title));
    if (f->direction) {
        hs_html_literal(h, " (");
        hs_html_text(h, f->direction);
        hs_html_literal(h, ")");
    }
    hs_html_literal(h, "</h3>");
}

/* Of a track with a plan nothing is promised that the plan does not hold. */
static void put_remedy(struct hs_html *h, const struct hs_finding *f,
                       const struct hs_plan_step *step, bool listed)
{
    const bool outside = listed && !step;
    if (!f->correction.where && !f->correction.words)
        return;
    hs_html_literal(h, "<div class=\"remedy\"><p><b>");
    hs_html_text(h, f->correction.where && hs_plan_is_too_little(f) ? "Too little to plan:"
                    : outside || !f->correction.where               ? "Not in the plan:"
                                                                    : "What to do:");
    hs_html_literal(h, "</b> ");
    hs_html_correction(h, f);
    if (!outside)
        hs_html_outcome(h, f, step);
    hs_html_literal(h, "</p></div>");
}

/* The numbers behind the sentence. */
static void put_numbers(struct hs_html *h, const struct hs_finding *f)
{
    hs_html_fold(h, "The numbers", SIZE_MAX);
    hs_html_literal(h, "<p class=\"small\">");
    if (isfinite(f->steps) && isnan(f->centre)) {
        hs_html_literal(h, "Held against fixed limits. ");
    } else if (isfinite(f->steps)) {
        hs_html_number(h, f->steps, 1);
        hs_html_literal(h, " audible steps of ");
        hs_html_quantity(h, f->jnd, f->jnd < 1 ? 2 : 1, f->unit);
        hs_html_literal(h, " from the centre. ");
    }
    if (isfinite(f->z)) {
        hs_html_number(h, f->z, 1);
        hs_html_literal(h, " spreads from the centre. ");
    }
    /* what it was compared with */
    if (f->target) {
        hs_html_literal(h, "Reference model: ");
        hs_html_text(h, f->target);
        if (isfinite(f->target_n))
            hs_html_textf(h, ", %.0f tracks", f->target_n);
        hs_html_literal(h, ". ");
    }
    /* and the artist's own usual value */
    if (isfinite(f->catalogue_z)) {
        hs_html_literal(h, "Within this catalogue ");
        hs_html_signed(h, f->catalogue_z, 1);
        hs_html_literal(h, " spreads.");
    }
    hs_html_literal(h, "</p></details>");
}

/* The left column. Its words lie in the part that is hidden while somebody listens blind. */
static void put_words(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_finding *f, char letter)
{
    hs_html_literal(h, "<div><div class=\"hidden-until\"><p class=\"blind-name\"><b>Passage");
    if (letter)
        hs_html_textf(h, " %c", letter);
    hs_html_literal(h, "</b></p><p class=\"quiet\">Listen first. The verdict shows once you have "
                       "answered.</p></div><div class=\"reveal\">");
    put_kicker(h, f);
    put_heading(h, f, letter);
    hs_html_literal(h, "<p>");
    hs_html_told(h, f);
    put_parts(h, t, f);
    hs_html_literal(h, "</p>");
    if (f->accepted) {
        hs_html_literal(h, "<p>Said in the job: ");
        hs_html_text(h, f->accepted_why ? f->accepted_why : "no reason given");
        hs_html_literal(h, "</p>");
    }
    const struct hs_shortlist_row *row = p->row[t - p->audit->tracks];
    put_remedy(h, f, hs_track_step(t, row, f), row && row->rank);
    put_numbers(h, f);
    hs_html_literal(h, "</div></div>");
}

/* The right column: chart, clip, further passages, form. The first passage is what the clip plays,
 * so it is left out of the list where there is a clip. */
static void put_sound(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_finding *f)
{
    const struct hs_clip *clip = hs_pages_clip(p, t, f);
    hs_html_literal(h, "<div>");
    hs_chart_finding(h, f);
    hs_html_listen(h, f->rule, f, clip);
    if (clip)
        hs_html_player(p, h, clip);
    if (f->n_times > (clip ? 1 : 0)) {
        hs_html_literal(h, "<p class=\"small quiet\">");
        hs_html_text(h, clip ? "Also plain at " : "Worst at ");
        hs_html_passages(h, f->times + (clip ? 1 : 0), f->n_times - (clip ? 1 : 0), 4);
        hs_html_literal(h, ".</p>");
    }
    hs_html_answer_form(h, t->track, f->rule, true);
    hs_html_literal(h, "</div>");
}

void hs_html_finding(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                     const struct hs_finding *f, char letter)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    bool silent = rule && rule->hearable == HS_NEVER_HEARD; /* no passage to listen to blind */
    hs_html_literal(h, "<article");
    hs_html_attrf(h, "class", "finding%s", silent ? " spoils" : "");
    hs_html_attrf(h, "id", "f%zu-%.60s", (size_t)(f - t->findings), f->rule);
    hs_html_literal(h, ">");
    put_words(p, h, t, f, letter);
    put_sound(p, h, t, f);
    hs_html_literal(h, "</article>\n");
}

/* One that does not count: cured, or on purpose. */
void hs_html_finding_aside(struct hs_html *h, const struct hs_track_result *t,
                           const struct hs_finding *f)
{
    hs_html_literal(h, "<article class=\"finding spoils\"");
    hs_html_attrf(h, "id", "f%zu-%.60s", (size_t)(f - t->findings), f->rule);
    hs_html_literal(h, "><div>");
    put_kicker(h, f);
    put_heading(h, f, 0);
    hs_html_literal(h, "<p>");
    hs_html_told(h, f);
    hs_html_literal(h, "</p>");
    if (f->accepted) {
        hs_html_literal(h, "<p>Said in the job: ");
        hs_html_text(h, f->accepted_why ? f->accepted_why : "no reason given");
        hs_html_literal(h, "</p>");
    }
    hs_html_literal(h, "</div><div>");
    hs_chart_finding(h, f);
    hs_html_literal(h, "</div></article>\n");
}
