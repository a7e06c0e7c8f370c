/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of every page, and the small pieces that several pages share. */
#include "report/pages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* No plug-in, no frame, no form, no request: only files of this folder. "file:" stands
 * beside 'self' for browsers in which a page from a folder has no origin of its own. */
#define POLICY                                                                                     \
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "                        \
    "media-src 'self' file:; base-uri 'none'; form-action 'none'"

static void put_nav(struct hs_html *h, const char *here)
{
    static const struct {
        const char *file, *text;
    } pages[] = {{"index", "Overview"}, {"shortlist", "Short list"}, {"releases", "Releases"},
                 {"faults", "Faults"},  {"lessons", "Lessons"},      {"measures", "Measures"}};
    html_literal(h, "<nav aria-label=\"Report\"><ul>");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        html_literal(h, "<li><a");
        html_url(h, "href", "", pages[i].file, ".html");
        if (here && !strcmp(here, pages[i].file))
            html_literal(h, " aria-current=\"page\"");
        html_literal(h, ">");
        html_text(h, pages[i].text);
        html_literal(h, "</a></li>");
    }
    html_literal(h, "</ul></nav>");
}

void hs_page_begin(struct hs_pages *p, struct hs_html *h, const char *root, const char *title,
                   const char *here)
{
    const char *artist = p->audit->job->artist ? p->audit->job->artist : p->audit->job->name;
    h->root = root;
    html_literal(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, "
                    "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
                    "dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    html_text(h, title);
    html_literal(h, " \xc2\xb7 ");
    html_text(h, artist);
    html_literal(h, " \xc2\xb7 hindsight</title>\n<link rel=\"stylesheet\"");
    html_url(h, "href", "assets/", "report", ".css");
    html_literal(h, ">\n<script");
    html_url(h, "src", "assets/", "report", ".js");
    html_literal(h, "></script>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to "
                    "the content</a>\n<header class=\"top\"><p class=\"brand\"><a");
    html_url(h, "href", "", "index", ".html");
    html_literal(h, "><span class=\"logo\">hindsight</span> <span class=\"artist\">");
    html_text(h, artist);
    html_literal(h, "</span></a></p>");
    put_nav(h, here);
    html_literal(h, "</header>\n<main id=\"main\">\n");
}

void hs_page_end(struct hs_html *h)
{
    html_literal(h, "</main>\n<footer><p>Written by hindsight " HS_VERSION
                    ". Verdicts are distances from what similar records do, not taste; each "
                    "one names its yardstick. All data: <a");
    html_url(h, "href", "", "audit", ".json");
    html_literal(h, ">audit.json</a>.</p></footer>\n</body>\n</html>\n");
}

void hs_put_severity(struct hs_html *h, enum hs_severity s)
{
    html_literal(h, "<span");
    html_attrf(h, "class", "sev s%d", (int)s);
    html_literal(h, "><span class=\"sign\" aria-hidden=\"true\">");
    html_text(h, hs_severity_sign(s));
    html_literal(h, "</span> ");
    html_text(h, hs_severity_name(s));
    html_literal(h, "</span>");
}

void hs_put_tier(struct hs_html *h, enum hs_tier tier)
{
    html_literal(h, "<span");
    html_attrf(h, "class", "tier t%d", (int)tier);
    html_literal(h, ">");
    html_text(h, hs_tier_name(tier));
    html_literal(h, "</span>");
}

void hs_put_track_link(struct hs_html *h, const struct hs_track_result *t)
{
    html_link(h, "tracks/", t->track->id, ".html",
              *t->track->title ? t->track->title : t->track->id);
    if (t->track->version_title) {
        html_literal(h, " <span class=\"quiet\">(");
        html_text(h, t->track->version_title);
        html_literal(h, ")</span>");
    }
}

void hs_put_rule_link(struct hs_html *h, const char *rule)
{
    html_link(h, "rules/", rule, ".html", hs_rule_title(rule));
}

void hs_put_release_link(struct hs_pages *p, struct hs_html *h, size_t release)
{
    const char *title = p->audit->job->releases[release].title;
    html_link(h, "releases/", p->release_file[release], ".html", *title ? title : "untitled");
}

void hs_put_range(struct hs_html *h, const double range[2], int digits, const char *unit)
{
    if (isfinite(range[0]) && isfinite(range[1])) {
        html_number(h, range[0], digits);
        html_literal(h, " to ");
        html_quantity(h, range[1], digits, unit);
    } else if (isfinite(range[1])) {
        html_literal(h, "at most ");
        html_quantity(h, range[1], digits, unit);
    } else if (isfinite(range[0])) {
        html_literal(h, "at least ");
        html_quantity(h, range[0], digits, unit);
    } else {
        html_literal(h, "not known");
    }
}

void hs_put_rate(struct hs_html *h, int faulty, int judged, struct hs_interval i)
{
    html_textf(h, "%d of %d", faulty, judged);
    if (isfinite(i.low) && isfinite(i.high))
        html_textf(h, " (%.0f\xe2\x80\x93%.0f\xe2\x80\xaf%%)", 100 * i.low, 100 * i.high);
}

void hs_put_origins(struct hs_html *h, const struct hs_rule_count *r)
{
    static const enum hs_origin order[] = {HS_ORIGIN_MIX,     HS_ORIGIN_WORSENED,
                                           HS_ORIGIN_EASED,   HS_ORIGIN_MASTERING,
                                           HS_ORIGIN_EXPOSED, HS_ORIGIN_CANNOT_SAY};
    bool any = false;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!r->origins[order[i]])
            continue;
        if (any)
            html_literal(h, " \xc2\xb7 ");
        html_textf(h, "%s\xc2\xa0%zu", hs_origin_short(order[i]), r->origins[order[i]]);
        any = true;
    }
    if (r->cured)
        html_textf(h, "%scured\xc2\xa0%zu", any ? " \xc2\xb7 " : "", r->cured);
}

void hs_put_passages(struct hs_html *h, const struct hs_passage *s, size_t n, size_t most)
{
    for (size_t i = 0; i < n && i < most; i++) {
        html_text(h, i ? ", " : "");
        html_time(h, s[i].from_s, false);
        html_literal(h, "\xe2\x80\x93");
        html_time(h, s[i].to_s, false);
    }
    if (n > most)
        html_textf(h, " and %zu more", n - most);
}

static void put_after(struct hs_html *h, const struct hs_finding *f)
{
    if (!isfinite(f->correction.after))
        return;
    html_literal(h, " Expected afterwards: ");
    html_quantity(h, f->correction.after, hs_unit_digits(f->unit), f->unit);
    html_literal(h, ".");
}

/* "mix, mid: high shelf -2.5 dB at 8000 Hz (Q 0.7)" where judge/ gave no sentence. */
void hs_put_correction(struct hs_html *h, const struct hs_finding *f)
{
    const struct hs_correction *c = &f->correction;
    if (c->words) {
        html_literal(h, "<strong>Correction.</strong> ");
        html_text(h, c->words);
        put_after(h, f);
        return;
    }
    html_literal(h, "<strong>");
    html_text(h, !strcmp(c->where, "mix") ? "In the mix" : "On the master");
    html_literal(h, ":</strong> ");
    html_text(h, c->move);
    if (c->channel && strcmp(c->channel, "both"))
        html_textf(h, " (%s)", c->channel);
    if (isfinite(c->db)) {
        html_literal(h, " ");
        html_signed(h, c->db, 1);
        html_literal(h, "\xe2\x80\xaf"
                        "dB");
    }
    if (isfinite(c->hz)) {
        html_literal(h, " at ");
        if (c->hz >= 1000)
            html_quantity(h, c->hz / 1000, c->hz < 10000, "kHz");
        else
            html_quantity(h, c->hz, 0, "Hz");
    }
    if (isfinite(c->q)) {
        html_literal(h, ", Q ");
        html_number(h, c->q, 1);
    }
    html_literal(h, ".");
    put_after(h, f);
}

void hs_put_table_begin(struct hs_html *h, const char *id, const char *klass, const char *caption)
{
    html_literal(h, "<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
    html_attr(h, "aria-label", caption);
    html_literal(h, "><table");
    html_attr(h, "id", id);
    html_attr(h, "class", klass);
    html_literal(h, "><caption>");
    html_text(h, caption);
    html_literal(h, "</caption>");
}

void hs_put_table_end(struct hs_html *h)
{
    html_literal(h, "</table></div>\n");
}

/* What changed, one item a line; the lines are already sentences for people. */
void hs_put_digest(struct hs_html *h, const char *text, size_t most_lines)
{
    if (!text) {
        html_literal(h, "<p>This is the first run: there is nothing to compare with.</p>");
        return;
    }
    html_literal(h, "<pre class=\"digest\">");
    size_t lines = 0;
    for (const char *end; *text && lines < most_lines; text = *end ? end + 1 : end, lines++) {
        end = strchr(text, '\n') ? strchr(text, '\n') : text + strlen(text);
        struct hs_arena a = {0};
        html_text(h, hs_arena_strndup(&a, text, (size_t)(end - text)));
        hs_arena_free(&a);
        html_literal(h, "\n");
    }
    html_literal(h, "</pre>");
    if (*text)
        html_literal(h, "<p class=\"quiet\">More in digest.txt.</p>");
}

void hs_put_pager(struct hs_pages *p, struct hs_html *h, const char *folder, const char *name,
                  size_t number, size_t n_pages)
{
    if (n_pages < 2)
        return;
    html_literal(h, "<nav class=\"pager\" aria-label=\"Pages\"><ul>");
    for (size_t i = 0; i < n_pages; i++) {
        bool near = i < 2 || i + 2 >= n_pages || (i + 3 > number && i < number + 4);
        if (!near)
            continue;
        char text[32];
        snprintf(text, sizeof text, "%zu", i + 1);
        html_literal(h, "<li><a");
        html_url(h, "href", folder, hs_page_name(&p->arena, name, i), ".html");
        if (i == number)
            html_literal(h, " aria-current=\"page\"");
        html_attrf(h, "aria-label", "page %s of %zu", text, n_pages);
        html_literal(h, ">");
        html_text(h, text);
        html_literal(h, "</a></li>");
    }
    html_literal(h, "</ul></nav>");
}
