/* SPDX-License-Identifier: Apache-2.0 */
/* Head and foot of every page: security policy, style sheet, scripts, navigation, and at the end
 * how sure each kind of evidence is. Paths are relative to the folder of the page, so that a report
 * works from any place and without a server. */
#include "report/frame.h"

#include "report/pages.h"
#include "report/pieces.h"

#include <stdio.h>

/* No plug-in, no frame, no form, no request: only files of this folder. "file:" stands
 * beside 'self' for browsers in which a page from a folder has no origin of its own. */
#define POLICY                                                                                     \
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "                        \
    "media-src 'self' file:; base-uri 'none'; form-action 'none'"

/* The pages with a word for the navigation, in the order of their places; the one that is open is
 * marked. */
static void put_nav(const struct hs_pages *p, struct hs_html *h)
{
    hs_html_literal(h, "<nav aria-label=\"Report\"><ul>");
    for (size_t i = 0; i < p->n_nav; i++) {
        hs_html_literal(h, "<li><a");
        hs_html_url(h, "href", p->nav[i]->folder, p->nav[i]->file, ".html");
        if (p->page == p->nav[i])
            hs_html_literal(h, " aria-current=\"page\"");
        hs_html_literal(h, ">");
        hs_html_text(h, p->nav[i]->nav);
        hs_html_literal(h, "</a></li>");
    }
    hs_html_literal(h, "</ul></nav>");
}

/* `title` NULL: that of the page. */
void hs_frame_begin(struct hs_pages *p, struct hs_html *h, const char *title)
{
    const char *artist = p->audit->job->artist ? p->audit->job->artist : p->audit->job->name;
    h->root = *p->page->folder ? "../" : "";
    hs_html_literal(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, "
                       "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
                       "dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    hs_html_text(h, title ? title : p->page->title);
    hs_html_literal(h, " \xc2\xb7 ");
    hs_html_text(h, artist);
    hs_html_literal(h, " \xc2\xb7 hindsight</title>\n<link rel=\"stylesheet\"");
    hs_html_url(h, "href", "assets/", "report", ".css");
    hs_html_literal(h, ">\n<script");
    hs_html_url(h, "src", "assets/", "report", ".js");
    hs_html_literal(h, " defer></script>\n<script");
    hs_html_url(h, "src", "assets/", "answers", ".js");
    hs_html_literal(h, " defer></script>\n</head>\n<body");
    /* scripts keep answers by job, and find files from here */
    hs_html_attr(h, "data-job", p->audit->job->name);
    hs_html_attr(h, "data-root", *h->root ? h->root : "./");
    hs_html_literal(h, ">\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header "
                       "class=\"top\">\n<p class=\"brand\"><a");
    hs_html_url(h, "href", "", "index", ".html");
    hs_html_literal(h, "><span class=\"mark\" aria-hidden=\"true\">\xe2\x97\x91</span> "
                       "hindsight</a> <span class=\"quiet\">");
    hs_html_text(h, artist);
    hs_html_literal(h, "</span></p>\n");
    put_nav(p, h);
    hs_html_literal(h, "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

/* How sure each kind of evidence is, under every page. */
static void put_tiers(struct hs_html *h)
{
    static const struct {
        enum hs_tier tier;
        const char *words;
    } tiers[] = {{HS_MEASURED, " physics, a standard, or the mix beside its master \xc2\xb7 "},
                 {HS_INFERRED, " compared with how other records lie \xc2\xb7 "},
                 {HS_INDICATION, " a stand-in, listen first. "}};
    hs_html_literal(h, "<p>How sure: ");
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        hs_html_tier(h, tiers[i].tier);
        hs_html_text(h, tiers[i].words);
    }
    hs_html_literal(h, "Everything is compared at equal loudness. A verdict is a distance from "
                       "what similar records do, not a matter of taste.</p>");
}

/* What the measures were compared with, and where all data is. */
void hs_frame_end(struct hs_pages *p, struct hs_html *h)
{
    const struct hs_expected_spectrum *spectrum = p->audit->spectrum;
    hs_html_literal(h, "</main>\n<footer class=\"foot\">\n");
    put_tiers(h);
    hs_html_literal(h, "<p>Written by hindsight " HS_VERSION ". ");
    if (spectrum && spectrum->target) {
        hs_html_literal(h, "Compared with: ");
        hs_html_text(h, spectrum->target);
        hs_html_literal(h, ". ");
    }
    hs_html_literal(h, "All data: <a");
    hs_html_url(h, "href", "", "audit", ".json");
    hs_html_literal(h, ">audit.json</a>; every finding, one a row: <a");
    hs_html_url(h, "href", "", "findings", ".csv");
    hs_html_literal(h, ">findings.csv</a>.</p>\n</footer>\n</body>\n</html>\n");
}

/* Links to the parts of a page that is split by rows. */
void hs_html_pager(struct hs_pages *p, struct hs_html *h, const char *folder, const char *name,
                   size_t number, size_t n_pages)
{
    if (n_pages < 2)
        return;
    hs_html_literal(h, "<nav class=\"pager\" aria-label=\"Pages\"><ul>");
    for (size_t i = 0; i < n_pages; i++) {
        /* the first two, the last two, and three to either side of the open one */
        bool near = i < 2 || i + 2 >= n_pages || (i + 3 > number && i < number + 4);
        if (!near)
            continue;
        char text[32];
        snprintf(text, sizeof text, "%zu", i + 1);
        hs_html_literal(h, "<li><a");
        hs_html_url(h, "href", folder, hs_page_name(&p->arena, name, i), ".html");
        if (i == number)
            hs_html_literal(h, " aria-current=\"page\"");
        hs_html_attrf(h, "aria-label", "page %s of %zu", text, n_pages);
        hs_html_literal(h, ">");
        hs_html_text(h, text);
        hs_html_literal(h, "</a></li>");
    }
    hs_html_literal(h, "</ul></nav>");
}

size_t hs_page_count(size_t rows, size_t per_page)
{
    return rows ? (rows + per_page - 1) / per_page : 1;
}

const char *hs_page_name(struct hs_arena *a, const char *name, size_t number)
{
    return number ? hs_arena_printf(a, "%s-%zu", name, number + 1) : name;
}
