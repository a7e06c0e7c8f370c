/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each function writes one piece of HTML that more than one kind of page shows, so that a
 * severity, a link, a range or a passage of time looks the same everywhere. Absent numbers are
 * given in words.
 */
#include "report/pieces.h"

#include "report/pages.h"
#include "report/turned.h"
#include "report/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void hs_html_severity(struct hs_html *h, enum hs_severity s)
{
    hs_html_literal(h, "<span");
    hs_html_attrf(h, "class", "sev %s", hs_severity_name(s));
    hs_html_literal(h, "><span class=\"sign\" aria-hidden=\"true\">");
    hs_html_text(h, hs_severity_sign(s));
    hs_html_literal(h, "</span> ");
    hs_html_text(h, hs_severity_name(s));
    hs_html_literal(h, "</span>");
}

void hs_html_verdict(struct hs_html *h, enum hs_verdict verdict)
{
    hs_html_literal(h, "<span");
    hs_html_attrf(h, "class", "verdict%s", verdict == HS_RECURS ? " recurs" : "");
    hs_html_literal(h, ">");
    hs_html_text(h, hs_verdict_words(verdict));
    hs_html_literal(h, "</span>");
}

void hs_html_tier(struct hs_html *h, enum hs_tier tier)
{
    hs_html_literal(h, "<span");
    hs_html_attrf(h, "class", "tier %s", hs_tier_name(tier));
    hs_html_literal(h, ">");
    hs_html_text(h, hs_tier_name(tier));
    hs_html_literal(h, "</span>");
}

void hs_html_track_link(struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_link(h, "tracks/", t->track->id, ".html",
                 *t->track->title ? t->track->title : t->track->id);
    if (t->track->version_title) {
        hs_html_literal(h, " <span class=\"quiet\">(");
        hs_html_text(h, t->track->version_title);
        hs_html_literal(h, ")</span>");
    }
}

void hs_html_rule_link(struct hs_html *h, const char *rule)
{
    hs_html_link(h, "rules/", rule, ".html", hs_rule_title(rule));
}

void hs_html_release_link(struct hs_pages *p, struct hs_html *h, size_t release)
{
    const char *title = p->audit->job->releases[release].title;
    hs_html_link(h, "releases/", p->release_file[release], ".html", *title ? title : "untitled");
}

/* "1.0 to 3.5 dB", "at most 3.5 dB", "at least 1.0 dB", or "not known". */
void hs_html_range(struct hs_html *h, const double range[2], int digits, const char *unit)
{
    if (isfinite(range[0]) && isfinite(range[1])) {
        hs_html_number(h, range[0], digits);
        hs_html_literal(h, " to ");
        hs_html_quantity(h, range[1], digits, unit);
    } else if (isfinite(range[1])) {
        hs_html_literal(h, "at most ");
        hs_html_quantity(h, range[1], digits, unit);
    } else if (isfinite(range[0])) {
        hs_html_literal(h, "at least ");
        hs_html_quantity(h, range[0], digits, unit);
    } else {
        hs_html_literal(h, "not known");
    }
}

/* Origins with their numbers in a fixed order, and what was cured. */
void hs_html_origins(struct hs_html *h, const struct hs_rule_count *r)
{
    static const enum hs_origin order[] = {HS_ORIGIN_MIX,     HS_ORIGIN_WORSENED,
                                           HS_ORIGIN_EASED,   HS_ORIGIN_MASTERING,
                                           HS_ORIGIN_EXPOSED, HS_ORIGIN_CANNOT_SAY};
    bool any = false;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!r->origins[order[i]])
            continue;
        if (any)
            hs_html_literal(h, " \xc2\xb7 ");
        hs_html_textf(h, "%s\xc2\xa0%zu", hs_origin_short(order[i]), r->origins[order[i]]);
        any = true;
    }
    if (r->cured)
        hs_html_textf(h, "%scured\xc2\xa0%zu", any ? " \xc2\xb7 " : "", r->cured);
}

/* Times as "1:05–1:12", at most `most` of them. */
void hs_html_passages(struct hs_html *h, const struct hs_passage *s, size_t n, size_t most)
{
    for (size_t i = 0; i < n && i < most; i++) {
        hs_html_text(h, i ? ", " : "");
        hs_html_time(h, s[i].from_s, false);
        hs_html_literal(h, "\xe2\x80\x93");
        hs_html_time(h, s[i].to_s, false);
    }
    if (n > most)
        hs_html_textf(h, " and %zu more", n - most);
}

/* "Expected: 4.1 dB becomes 2.0 dB (enough) to 1.2 dB (the most), ±0.3 dB." The most is left out
 * where it rounds to the same number. */
static void put_planned(struct hs_html *h, const struct hs_finding *f,
                        const struct hs_plan_step *step)
{
    int digits = hs_unit_digits(f->unit);
    double of_a_digit = 0.5 * pow(10, -digits), way = hs_finding_way(f);
    hs_html_text(h, step->where == HS_PLACE_MIX ? " Expected in the mix: " : " Expected: ");
    hs_html_quantity(h, way * step->now, digits, f->unit);
    hs_html_literal(h, " becomes ");
    hs_html_quantity(h, way * step->planned, digits, f->unit);
    if (fabs(step->planned_most - step->planned) >= of_a_digit) {
        hs_html_literal(h, " (enough) to ");
        hs_html_quantity(h, way * step->planned_most, digits, f->unit);
        hs_html_literal(h, " (the most)");
    }
    if (isfinite(step->tolerance)) {
        hs_html_literal(h, ", \xc2\xb1");
        hs_html_quantity(h, step->tolerance, digits, f->unit);
    }
    hs_html_literal(h, ".");
}

/* What the correction is expected to bring: by the plan, which reckons with all its steps together,
 * else by the correction alone. Nothing of a defect that is to be gone: the figure from which it is
 * no fault is no aim. */
void hs_html_outcome(struct hs_html *h, const struct hs_finding *f, const struct hs_plan_step *step)
{
    double way = hs_finding_way(f);
    int digits = hs_unit_digits(f->unit);
    if (!isfinite(f->correction.after))
        return;
    if (step && isfinite(step->planned)) {
        put_planned(h, f, step);
        return;
    }
    hs_html_literal(h, " Expected: ");
    hs_html_quantity(h, way * f->value, digits, f->unit);
    hs_html_literal(h, " becomes ");
    hs_html_quantity(h, way * f->correction.after, digits, f->unit);
    hs_html_literal(h, ".");
}

/* Prose with a capital. */
void hs_html_sentence(struct hs_html *h, const char *words)
{
    char first[2] = {words ? *words : '\0', '\0'};
    if (!*first)
        return;
    if (*first >= 'a' && *first <= 'z') {
        *first = (char)(*first - 'a' + 'A');
        hs_html_text(h, first);
        words++;
    }
    hs_html_prose(h, words);
}

/* "On the master, side: high shelf -2.5 dB at 8 kHz, Q 0.7." where judge/ gave no sentence. */
void hs_html_correction(struct hs_html *h, const struct hs_finding *f)
{
    const struct hs_correction *c = &f->correction;
    if (c->words) {
        hs_html_prose(h, c->words);
        return;
    }
    /* without words of its own: place, move, channel, amount, frequency, Q */
    hs_html_text(h, c->where == HS_PLACE_MIX ? "In the mix: " : "On the master: ");
    hs_html_text(h, hs_move_name(c->move));
    if (c->channel != HS_CHANNEL_BOTH)
        hs_html_textf(h, " (%s)", hs_move_channel_name(c->channel));
    if (isfinite(c->db)) {
        hs_html_literal(h, " ");
        hs_html_signed(h, c->db, 1);
        hs_html_literal(h, "\xe2\x80\xaf"
                           "dB");
    }
    if (isfinite(c->hz)) {
        hs_html_literal(h, " at ");
        hs_html_hertz(h, c->hz);
    }
    if (isfinite(c->q)) {
        hs_html_literal(h, ", Q ");
        hs_html_number(h, c->q, 1);
    }
    hs_html_literal(h, ".");
}

/* A line of the digest, `n` bytes: one item with its sign, or what stands over items. */
static void put_digest_line(struct hs_html *h, const char *line, size_t n)
{
    bool item = n > 4 && line[0] == ' ' && line[1] == ' ' && line[3] == ' ';
    struct hs_arena a = {0};
    const char *text = hs_arena_strndup(&a, item ? line + 4 : line, item ? n - 4 : n);
    hs_html_literal(h, "<li>");
    if (item) {
        hs_html_literal(h, "<span class=\"sign\">");
        hs_html_text(h, line[2] == '-' ? "\xe2\x88\x92" : hs_arena_strndup(&a, line + 2, 1));
        hs_html_literal(h, "</span>");
    }
    hs_html_text(h, text);
    hs_html_literal(h, "</li>");
    hs_arena_free(&a);
}

/* The first line says whose report it is, which the page does. */
void hs_html_digest(struct hs_html *h, const char *text, size_t most_lines)
{
    if (!text) {
        hs_html_literal(h, "<p>This is the first run: there is nothing to compare with.</p>");
        return;
    }
    hs_html_literal(h, "<ul class=\"changes\">");
    size_t lines = 0;
    for (const char *end; *text && lines <= most_lines; text = *end ? end + 1 : end, lines++) {
        end = strchr(text, '\n') ? strchr(text, '\n') : text + strlen(text);
        if (lines)
            put_digest_line(h, text, (size_t)(end - text));
    }
    hs_html_literal(h, "</ul>");
    if (*text)
        hs_html_literal(h, "<p class=\"quiet\">More in digest.txt.</p>");
}

/* The priority as the product of its four factors. */
void hs_html_row_cells(struct hs_html *h, const struct hs_shortlist_row *row)
{
    hs_html_literal(h, "priority ");
    hs_html_number(h, row->priority, 1);
    hs_html_literal(h, " = severity ");
    hs_html_number(h, row->severity, 2);
    hs_html_literal(h, " \xc3\x97 fixability ");
    hs_html_number(h, row->fixability, 2);
    hs_html_literal(h, " \xc3\x97 reach ");
    hs_html_number(h, row->reach, 2);
    hs_html_literal(h, " \xc3\x97 confidence ");
    hs_html_number(h, row->confidence, 2);
}

/* Paths of master and mix, with the reason where one could not be read. */
void hs_html_files(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    (void)p;
    static const char *const names[] = {"master", "mix"};
    const struct hs_file *files[] = {&t->master, &t->mix};
    hs_html_literal(h, "<dl class=\"facts files\">");
    for (size_t i = 0; i < 2; i++) {
        if (files[i]->state == HS_FILE_NONE || !files[i]->source)
            continue;
        hs_html_literal(h, "<div><dt>");
        hs_html_text(h, names[i]);
        hs_html_literal(h, "</dt><dd><code>");
        hs_html_text(h, files[i]->source->shown ? files[i]->source->shown : files[i]->source->path);
        hs_html_literal(h, "</code>");
        if (files[i]->state != HS_FILE_OK) {
            hs_html_textf(h, " (%s: ", hs_file_state_name(files[i]->state));
            hs_html_text(h, files[i]->error);
            hs_html_literal(h, ")");
        }
        hs_html_literal(h, "</dd></div>");
    }
    hs_html_literal(h, "</dl>");
}
