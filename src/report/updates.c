/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Style, scripts and sounds are written to OUT/verify/, so that the page also works without a
 *    report beside it. A link is set only where its file exists.
 * 2. Each new file has its facts, a table of corrections (before, planned, after, outcome, with a
 *    small chart), changes that nobody asked for, remarks, the delivery sheet and clips.
 * 3. verify/delivery.csv lists what can be uploaded; it is removed where nothing can.
 */
#include "report/updates.h"

#include "catalogue/verify.h"
#include "core/fs.h"
#include "report/delivery.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/update_clips.h"
#include "report/words.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

extern const char hs_asset_report_css[], hs_asset_report_js[], hs_asset_answers_js[];
extern const uint64_t hs_asset_report_css_len, hs_asset_report_js_len, hs_asset_answers_js_len;

static const struct hs_page page = {.folder = "", .file = "verify", .title = "Updates"};

/* Style, scripts and sounds lie in the page's own folder; the report may not be there. */
struct places {
    struct hs_html_places base; /* first: the two are one */
    const char *out;
};

/* The path of a link relative to the report; false where the file is not there, so that no link
 * leads nowhere. */
static bool put_place(struct hs_html_places *places, struct hs_buf *out, const char *folder,
                      const char *file, const char *suffix)
{
    const char *report = ((struct places *)places)->out;
    struct hs_arena a = {0};
    bool is_page = !strcmp(suffix, ".html") || !strcmp(suffix, ".json") || !strcmp(suffix, ".csv");
    const char *path =
        hs_arena_printf(&a, "%s%s%s", is_page ? folder : HS_UPDATES_FOLDER "/", file, suffix);
    bool there = hs_fs_exists(hs_path_join(&a, report, path));
    hs_html_percent(out, path);
    hs_arena_free(&a);
    return there;
}

struct tally {
    size_t corrections, done, strayed, not_compared;
};

/* Corrections that were planned and done, changes that nobody asked for, files that could not be
 * compared. */
static struct tally count(const struct hs_verification *updates, size_t n)
{
    struct tally t = {0};
    for (size_t i = 0; i < n; i++) {
        const struct hs_verification *v = &updates[i];
        t.corrections += v->n_corrections;
        t.not_compared += v->why != NULL;
        for (size_t k = 0; k < v->n_corrections; k++)
            t.done += v->corrections[k].outcome == HS_DONE;
        for (size_t k = 0; k < v->n_side_effects; k++)
            t.strayed += !v->side_effects[k].remark;
    }
    return t;
}

/* The heading: how many corrections are done. */
static void put_hero(struct hs_html *h, const struct hs_verification *updates, size_t n)
{
    struct tally t = count(updates, n);
    hs_html_literal(h, "<p class=\"crumb\">");
    hs_html_link(h, "", "index", ".html", "Overview");
    hs_html_literal(h, " \xe2\x80\xba Updates</p><div class=\"hero\"><h1>");
    if (!t.corrections)
        hs_html_literal(h, "Nothing was planned for what is new");
    else if (t.done == t.corrections)
        hs_html_text(h, t.done == 1 ? "What was planned is done" : "All that was planned is done");
    else
        hs_html_textf(h, "%zu of %zu corrections %s done", t.done, t.corrections,
                      t.done == 1 ? "is" : "are");
    /* what changed besides */
    if (t.strayed)
        hs_html_textf(h, "; %zu %s not asked for", t.strayed,
                      t.strayed == 1 ? "change was" : "changes were");
    hs_html_literal(h, "</h1><p class=\"lead\">");
    hs_html_count(h, n, "new file", "new files");
    hs_html_text(h, n == 1 ? " held against what it was" : " held against what they were");
    hs_html_literal(h, " to correct. Before and after are measured in "
                       "the same way, and what is planned lies between enough and the middle of "
                       "what is expected.");
    if (t.not_compared)
        hs_html_textf(h, " %zu could not be compared.", t.not_compared);
    hs_html_literal(h, "</p></div>\n");
}

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

/* One value, or from what is enough to the most. */
static void put_planned(struct hs_html *h, const struct hs_verified *c, int digits)
{
    double range[2] = {fmin(c->planned, c->planned_most), fmax(c->planned, c->planned_most)};
    if (isfinite(c->planned_most) && range[1] - range[0] > 0)
        hs_html_range(h, range, digits, c->unit);
    else
        hs_html_quantity(h, c->planned, digits, c->unit);
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
    if (c->outcome == HS_CANNOT_TELL && c->why) {
        hs_html_literal(h, ": ");
        hs_html_text(h, c->why);
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
        hs_html_text(h, s->words);
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
    char title[96];
    for (size_t k = 0; k < v->n_corrections; k++) {
        const struct hs_clip *clip = hs_clips_of(p->options->clips, track, v->corrections[k].rule);
        if (!clip)
            continue;
        hs_html_literal(h, "<h3>");
        hs_html_text(h, hs_rule_capital(clip->rule, title));
        hs_html_literal(h, "</h3>");
        hs_html_player(p, h, clip);
    }
}

/* One section for each new file. */
static void put_update(struct hs_pages *p, struct hs_html *h, const struct hs_verification *v)
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

static enum hs_status put_file(const char *out, const char *name, const char *data, size_t n,
                               struct hs_error *err)
{
    struct hs_arena a = {0};
    enum hs_status s = hs_fs_write(hs_path_join(&a, out, name), data, n, err);
    hs_arena_free(&a);
    return s;
}

/* The page lies outside of the report, so it has its own style and scripts. */
static enum hs_status put_assets(const char *out, struct hs_error *err)
{
    const struct {
        const char *name, *data;
        uint64_t n;
    } assets[] = {{HS_UPDATES_FOLDER "/report.css", hs_asset_report_css, hs_asset_report_css_len},
                  {HS_UPDATES_FOLDER "/report.js", hs_asset_report_js, hs_asset_report_js_len},
                  {HS_UPDATES_FOLDER "/answers.js", hs_asset_answers_js, hs_asset_answers_js_len}};
    struct hs_arena a = {0};
    enum hs_status s = hs_fs_mkdirs(hs_path_join(&a, out, HS_UPDATES_FOLDER), err);
    for (size_t i = 0; i < sizeof assets / sizeof *assets && !s; i++)
        s = put_file(out, assets[i].name, assets[i].data, assets[i].n, err);
    hs_arena_free(&a);
    return s;
}

/* What is to be uploaded, for who uploads it; gone where nothing is. */
static enum hs_status put_sheets(const struct hs_audit *audit, const char *out, size_t *n,
                                 struct hs_error *err)
{
    struct hs_buf csv = {0};
    struct hs_arena a = {0};
    enum hs_status s = HS_OK;
    *n = hs_delivery_csv_put(audit, &csv);
    if (*n)
        s = put_file(out, HS_UPDATES_FOLDER "/delivery.csv", csv.data, csv.len, err);
    else
        remove(hs_path_join(&a, out, HS_UPDATES_FOLDER "/delivery.csv"));
    hs_arena_free(&a);
    hs_buf_free(&csv);
    return s;
}

/* What was verified can be delivered. */
static void put_sheets_link(struct hs_html *h, size_t n)
{
    if (!n)
        return;
    hs_html_literal(h, "<p>");
    hs_html_count(h, n, "master is", "masters are");
    hs_html_literal(h, " verified: upload ");
    hs_html_text(h, n == 1 ? "it" : "them");
    hs_html_literal(h, " by the delivery sheet, which is also in ");
    hs_html_link(h, HS_UPDATES_FOLDER "/", "delivery", ".csv", "delivery.csv");
    hs_html_literal(h, ".</p>\n");
}

/* The first failure ends the writing; pages and assets that were written stay, and the caller
 * reports it. */
enum hs_status hs_report_updates(const struct hs_audit *audit,
                                 const struct hs_verification *updates, size_t n,
                                 const struct hs_clips *clips, const char *out,
                                 struct hs_error *err)
{
    struct hs_report_options options = {.dir = out, .clips_dir = HS_UPDATES_FOLDER, .clips = clips};
    struct places places = {{put_place, SIZE_MAX}, out};
    struct hs_html h = {.root = "", .places = &places.base};
    struct hs_pages p;
    size_t n_sheets = 0;
    enum hs_status s = put_assets(out, err);
    s = s ? s : put_sheets(audit, out, &n_sheets, err);
    /* the same frame as in the report, with one page */
    hs_pages_init(&p, audit, &options);
    p.page = &page;
    hs_frame_begin(&p, &h, NULL);
    put_hero(&h, updates, n);
    put_sheets_link(&h, n_sheets);
    for (size_t i = 0; i < n; i++)
        put_update(&p, &h, &updates[i]);
    hs_frame_end(&p, &h);
    s = s ? s : put_file(out, "verify.html", h.out.data, h.out.len, err);
    hs_buf_free(&h.out);
    hs_pages_free(&p);
    return s;
}
