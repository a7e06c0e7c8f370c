/* SPDX-License-Identifier: Apache-2.0 */
#include "report/update_section.h"

#include "report/delivery.h"
#include "report/listen.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

static const struct hs_column columns[] = {{"correction", NULL}, {"before", "n"},
                                           {"planned", "n"},     {"after", "n"},
                                           {"", "lane whole"},   {"so", "text"}};

/* From before to after, over what was planned. */
static void put_lane(struct hs_html *h, const struct hs_verified *c)
{
    double most = isfinite(c->planned_most) ? c->planned_most : c->planned;
    double low = fmin(c->planned, most) - c->tolerance;
    double high = fmax(c->planned, most) + c->tolerance;
    struct hs_plot p = {.height = 24, .y = {0, 1, HS_LINEAR}};
    p.x.from = fmin(fmin(c->before, c->measured), low);
    p.x.to = fmax(fmax(c->before, c->measured), high);
    double margin = 0.06 * (p.x.to - p.x.from);
    if (!(margin > 0))
        return;
    p.x.from -= margin;
    p.x.to += margin;
    hs_svg_begin_plain(h, &p, NULL);
    hs_svg_segment(h, "l-axis", 0, 12, 100, 12);
    hs_svg_box(h, &p, "f-usual", low, high, 0.17, 0.83);
    hs_svg_segment(h, "l-arrow", hs_svg_x(&p, c->before), 12, hs_svg_x(&p, c->measured), 12);
    hs_svg_dot(h, &p, "d-mix", c->before, 0.5, 5);
    hs_svg_dot(h, &p, c->outcome == HS_DONE ? "d-master" : "d-out", c->measured, 0.5, 6);
    hs_svg_end(h);
}

/* One value, or from what is enough to the most, and how far from it is done as well. */
static void put_planned(struct hs_html *h, const struct hs_verified *c, int digits)
{
    double range[2] = {fmin(c->planned, c->planned_most), fmax(c->planned, c->planned_most)};
    if (isfinite(c->planned_most) && range[1] - range[0] > 0)
        hs_html_range(h, range, digits, c->unit);
    else
        hs_html_quantity(h, c->planned, digits, c->unit);
    if (c->tolerance > 0) {
        hs_html_literal(h, "<span class=\"sub\">\xc2\xb1");
        hs_html_quantity(h, c->tolerance, digits, c->unit);
        hs_html_literal(h, "</span>");
    }
}

/* The outcome in words; a correction that went past the middle of what is expected says so. */
static void put_outcome(struct hs_html *h, const struct hs_verified *c)
{
    hs_html_literal(h, "<b");
    hs_html_attr(h, "class", c->outcome == HS_DONE ? NULL : "out");
    hs_html_literal(h, ">");
    hs_html_text(h, hs_outcome_words(c->outcome));
    hs_html_literal(h, "</b>");
    if (c->past_centre)
        hs_html_literal(h, ", past the middle of what is expected");
    const char *more = c->outcome == HS_CANNOT_TELL ? c->why : c->fader;
    if (more) {
        hs_html_literal(h, ": ");
        hs_html_text(h, more);
    }
}

/* Before, planned and measured, with the outcome. */
static void put_correction(struct hs_html *h, const struct hs_verified *c)
{
    int digits = hs_unit_digits(c->unit);
    char title[96];
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, hs_rule_capital(c->rule, title));
    if (c->move) {
        hs_html_literal(h, "<span class=\"sub\">");
        hs_html_text(h, c->move);
        hs_html_literal(h, "</span>");
    }
    hs_html_literal(h, "</th>");
    hs_html_td(h, &columns[1], c->before);
    hs_html_quantity(h, c->before, digits, c->unit);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[2], c->planned);
    put_planned(h, c, digits);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[3], c->measured);
    hs_html_quantity(h, c->measured, digits, c->unit);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[4], NAN);
    put_lane(h, c);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[5], NAN);
    put_outcome(h, c);
    hs_html_literal(h, "</td></tr>\n");
}

/* Of one update. */
static void put_corrections(struct hs_html *h, const struct hs_verification *v)
{
    if (!v->n_corrections) {
        hs_html_literal(h, "<p>Nothing was planned for it.</p>");
        return;
    }
    hs_html_table_begin(h, NULL, "fold compact", "In the order of the plan.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t k = 0; k < v->n_corrections; k++)
        put_correction(h, &v->corrections[k]);
    hs_html_table_end(h);
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-mix\">before</span><span "
                       "class=\"k-master\">after, as planned</span><span class=\"k-out\">after, "
                       "not as planned</span><span class=\"k-usual\">planned</span></p>");
}

static size_t count_effects(const struct hs_verification *v, bool remark)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_side_effects; i++)
        n += v->side_effects[i].remark == remark;
    return n;
}

/* Changes beside the aim: those that are faults (`remark` false), and those that are only worth
 * knowing. */
static void put_side_effects(struct hs_html *h, const struct hs_verification *v, bool remark)
{
    char title[96];
    if (!count_effects(v, remark))
        return;
    hs_html_literal(h, "<h3>");
    hs_html_text(h, remark ? "Also, and no fault" : "What nobody asked for");
    hs_html_literal(h, "</h3><ul class=\"plain\">");
    for (size_t i = 0; i < v->n_side_effects; i++) {
        const struct hs_side_effect *s = &v->side_effects[i];
        if (s->remark != remark)
            continue;
        hs_html_literal(h, "<li>");
        hs_html_text(h, hs_rule_capital(s->what, title));
        hs_html_literal(h, ": ");
        hs_html_prose(h, s->words);
        hs_html_literal(h, "</li>");
    }
    hs_html_literal(h, "</ul>");
}

/* Song, release, the new file, and which plan it is held against. */
static void put_facts(struct hs_pages *p, struct hs_html *h, const struct hs_verification *v)
{
    const struct hs_track *t = v->track->track;
    hs_html_literal(h, "<dl class=\"facts\"><div><dt>song</dt><dd>");
    hs_html_track_link(h, v->track);
    hs_html_literal(h, "</dd></div><div><dt>release</dt><dd>");
    hs_html_release_link(p, h, t->release);
    hs_html_literal(h, "</dd></div>");
    hs_html_fact(h, "new", v->kind == HS_UPDATE_MIX ? "the mix" : "the master");
    hs_html_fact(h, "file", t->update.shown ? t->update.shown : t->update.path);
    hs_html_fact(h, "plan", v->from ? "as it was written" : "made anew from the old files");
    hs_html_literal(h, "</dl>\n");
    if (!v->why)
        return;
    hs_html_literal(h, "<p>Not compared: ");
    hs_html_text(h, v->why);
    hs_html_literal(h, ".</p>");
}

/* Before and after, one for each correction. */
static void put_clips(struct hs_pages *p, struct hs_html *h, const struct hs_verification *v)
{
    size_t track = (size_t)(v->track - p->audit->tracks);
    for (size_t k = 0; k < v->n_corrections; k++) {
        const struct hs_clip *clip = hs_clips_of(p->options->clips, track, v->corrections[k].rule);
        if (!clip)
            continue;
        hs_html_literal(h, "<h3>Hear it: ");
        hs_html_text(h, hs_rule_title(clip->rule));
        hs_html_literal(h, "</h3>");
        hs_html_listen(h, clip->rule, NULL, clip);
        hs_html_player(p, h, clip);
    }
}

/* One section for each new file. */
void hs_html_update(struct hs_pages *p, struct hs_html *h, const struct hs_verification *v)
{
    const struct hs_track *t = v->track->track;
    char id[300];
    snprintf(id, sizeof id, "u-%s", t->id);
    hs_html_section(h, id, NULL, *t->title ? t->title : t->id);
    put_facts(p, h, v);
    put_corrections(h, v);
    put_side_effects(h, v, false);
    put_side_effects(h, v, true);
    hs_html_delivery(h, p->audit, v->track);
    put_clips(p, h, v);
    hs_html_literal(h, "</section>\n");
}
