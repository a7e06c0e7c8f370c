/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The head holds style and scripts, and a content policy that names the scripts by their
 *    hashes.
 * 2. Pages are rendered as always and what stands in their <main> is cut out: overview, short
 *    list, and up to 60 listed tracks by rank. Ids get a prefix per page.
 * 3. Links to a page of this file become places in it; sounds become data, up to 14 MiB in all;
 *    everything else loses its link.
 */
#include "report/single.h"

#include "core/fs.h"
#include "report/base64.h"
#include "report/frame.h"
#include "report/sha256.h"

#include <stdint.h>
#include <string.h>

extern const char hs_asset_report_css[], hs_asset_report_js[], hs_asset_answers_js[];
extern const uint64_t hs_asset_report_css_len, hs_asset_report_js_len, hs_asset_answers_js_len;

/* What mail servers still take. */
enum { MOST_CLIP_BYTES = 14 << 20, MOST_TRACKS = 60, CLIP_MOST = 16 << 20 };

struct places {
    struct hs_html_places base; /* first: the two are one */
    struct hs_pages *p;
};

/* Does this page stand in the file: overview, short list, or one of the first listed tracks? */
static bool is_inside(const struct hs_pages *p, const char *folder, const char *file)
{
    if (!*folder)
        return !strcmp(file, "index") || !strcmp(file, "shortlist");
    size_t seen = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (row->rank && seen++ < MOST_TRACKS && !strcmp(folder, "tracks/") &&
            !strcmp(p->audit->job->tracks[row->track].id, file))
            return true;
    }
    return false;
}

/* Sounds as data, pages of this file as places in it; all else leads nowhere. */
static bool put_place(struct hs_html_places *places, struct hs_buf *out, const char *folder,
                      const char *file, const char *suffix)
{
    const struct hs_pages *p = ((struct places *)places)->p;
    if (!strcmp(suffix, ".html")) {
        bool inside = is_inside(p, folder, file);
        hs_buf_printf(out, "#at-%s", file);
        return inside;
    }
    const char *end = p->options->clips ? p->options->clips->extension : NULL;
    if (!end || strlen(suffix) < strlen(end) || strcmp(suffix + strlen(suffix) - strlen(end), end))
        return false;
    struct hs_arena a = {0};
    struct hs_buf sound = {0};
    const char *path =
        hs_path_join(&a, p->options->dir, hs_arena_printf(&a, "%s%s%s", folder, file, suffix));
    /* a clip becomes part of the file; one that cannot be read is left out */
    bool read = hs_fs_read(path, CLIP_MOST, &sound, NULL) == HS_OK;
    if (read) {
        hs_buf_printf(out, "data:audio/%s;base64,", strcmp(end, "m4a") ? end : "mp4");
        hs_base64_put(out, (const unsigned char *)sound.data, sound.len);
    }
    hs_buf_free(&sound);
    hs_arena_free(&a);
    return read;
}

/* The hash of a script or style as a content policy names it. */
static void put_hash(struct hs_html *h, const char *text, size_t n)
{
    unsigned char sum[32];
    hs_sha256(text, n, sum);
    hs_buf_puts(&h->out, " 'sha256-");
    hs_base64_put(&h->out, sum, sizeof sum);
    hs_buf_putc(&h->out, '\'');
}

/* Style and scripts stand in the file, and the policy names their hashes. */
static void put_head(struct hs_pages *p, struct hs_html *h)
{
    const struct hs_job *job = p->audit->job;
    hs_html_literal(h,
                    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                    "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "media-src data:; base-uri 'none'; form-action 'none'; style-src");
    put_hash(h, hs_asset_report_css, hs_asset_report_css_len);
    hs_html_literal(h, "; script-src");
    put_hash(h, hs_asset_report_js, hs_asset_report_js_len);
    put_hash(h, hs_asset_answers_js, hs_asset_answers_js_len);
    hs_html_literal(h, "\">\n<meta name=\"viewport\" content=\"width=device-width, "
                       "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
                       "<title>");
    hs_html_text(h, job->artist ? job->artist : job->name);
    hs_html_literal(h, " \xc2\xb7 hindsight</title>\n<style>");
    hs_buf_put(&h->out, hs_asset_report_css, hs_asset_report_css_len);
    hs_html_literal(h, "</style>\n<script>");
    hs_buf_put(&h->out, hs_asset_report_js, hs_asset_report_js_len);
    hs_html_literal(h, "</script>\n<script>");
    hs_buf_put(&h->out, hs_asset_answers_js, hs_asset_answers_js_len);
    hs_html_literal(h, "</script>\n</head>\n<body");
    hs_html_attr(h, "data-job", job->name);
    hs_html_literal(h, " data-root=\"./\" data-alone>\n<header class=\"top\"><p class=\"brand\"><a "
                       "href=\"#at-index\"><span class=\"mark\" aria-hidden=\"true\">\xe2\x97\x91"
                       "</span> hindsight</a> <span class=\"quiet\">");
    hs_html_text(h, job->artist ? job->artist : job->name);
    hs_html_literal(h,
                    "</span></p><nav aria-label=\"Report\"><ul><li><a href=\"#at-index\">Overview"
                    "</a></li><li><a href=\"#at-shortlist\">Short list</a></li></ul></nav>"
                    "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

/* What stands between the frame of a page goes into a part of this one. */
static void put_part(struct hs_pages *p, struct hs_html *h, const struct hs_page *page,
                     size_t index, const char *file, const char *prefix)
{
    /* forms are counted on: their radio buttons have one document */
    struct hs_html part = {.prefix = prefix, .places = h->places, .n_forms = h->n_forms};
    p->page = page;
    page->render(p, &part, index);
    h->n_forms = part.n_forms;
    /* a page is rendered as always; frame and navigation around its <main> are left off */
    const char *from = strstr(part.out.data, "<main"), *to;
    from = from ? strchr(from, '>') : NULL;
    to = from ? strstr(from, "</main>") : NULL;
    if (to) {
        hs_html_literal(h, "<article class=\"part\"");
        hs_html_attrf(h, "id", "at-%s", file);
        hs_html_literal(h, ">");
        hs_buf_put(&h->out, from + 1, (size_t)(to - from - 1));
        hs_html_literal(h, "</article>\n");
    }
    hs_buf_free(&part.out);
}

/* The pages of the navigation, then those of the short list's songs. */
void hs_single_put(struct hs_pages *p, struct hs_html *h)
{
    struct places places = {{put_place, MOST_CLIP_BYTES}, p};
    const struct hs_page *page_track = NULL;
    struct hs_arena a = {0};
    size_t shown = 0;
    h->root = "";
    h->places = &places.base;
    put_head(p, h);
    for (size_t i = 0; i < p->n_nav; i++)
        if (is_inside(p, p->nav[i]->folder, p->nav[i]->file))
            put_part(p, h, p->nav[i], 0, p->nav[i]->file,
                     hs_arena_printf(&a, "%s-", p->nav[i]->file));
    for (size_t i = 0; i < hs_n_pages; i++)
        if (!strcmp(hs_page_table[i]->folder, "tracks/"))
            page_track = hs_page_table[i];
    for (size_t i = 0; i < p->audit->n_shortlist && page_track && shown < MOST_TRACKS; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (row->rank) {
            put_part(p, h, page_track, row->track, p->audit->job->tracks[row->track].id,
                     hs_arena_printf(&a, "t%zu-", row->track));
            shown++;
        }
    }
    hs_html_literal(
        h, "</main>\n<footer class=\"foot\"><p>One file of a report by hindsight " HS_VERSION
           ": the first screen, the short list and its songs.</p></footer>\n</body>\n"
           "</html>\n");
    h->places = NULL;
    hs_arena_free(&a);
}
