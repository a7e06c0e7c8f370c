/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Style, scripts and sounds are written to OUT/verify/, so that the page also works without a
 *    report beside it. A link is set only where its file exists.
 * 2. Each new file has a section (report/update_section.h).
 * 3. verify/delivery.csv lists what can be uploaded; it is removed where nothing can.
 */
#include "report/updates.h"

#include "catalogue/verify.h"
#include "core/fs.h"
#include "core/text.h"
#include "report/delivery.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/update_clips.h"
#include "report/update_section.h"

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
    hs_text_put_percent(out, path);
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

/* A mix that was verified is no release yet. */
static void put_mixes(struct hs_html *h, const struct hs_verification *updates, size_t n)
{
    size_t verified = 0;
    for (size_t i = 0; i < n; i++)
        verified += updates[i].kind == HS_UPDATE_MIX && updates[i].track->update_verified;
    if (!verified)
        return;
    hs_html_literal(h, "<p>");
    hs_html_count(h, verified, "mix is", "mixes are");
    hs_html_text(h,
                 verified == 1 ? " verified: have it mastered." : " verified: have them mastered.");
    hs_html_literal(h, "</p>\n");
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
    put_mixes(&h, updates, n);
    for (size_t i = 0; i < n; i++)
        hs_html_update(&p, &h, &updates[i]);
    hs_frame_end(&p, &h);
    s = s ? s : put_file(out, "verify.html", h.out.data, h.out.len, err);
    hs_buf_free(&h.out);
    hs_pages_free(&p);
    return s;
}
