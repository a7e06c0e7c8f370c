/* SPDX-License-Identifier: Apache-2.0 */
#include "report/moves_table.h"

#include "core/buf.h"
#include "model/measure.h"
#include "report/moves.h"
#include "report/moves_rows.h"
#include "report/pair_did.h"
#include "report/pieces.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>

static void put_said(struct hs_html *h, const struct hs_move_row *r)
{
    if (r->said) {
        hs_html_text(h, r->said);
        return;
    }
    hs_html_literal(h, "the ");
    hs_html_lower(h, r->name);
}

bool hs_moves_is_less(double x, const double usual[2])
{
    return fabs(x) < fmin(fabs(usual[0]), fabs(usual[1]));
}

static bool is_less(const struct hs_move_row *r)
{
    return !r->finding && hs_moves_is_less(r->x, r->usual);
}

/* "More than usual: the width, the treble." Gives the number of rows; `only` is the last of them.
 */
static size_t put_unusual(struct hs_html *h, const struct hs_move_row *rows, size_t n, bool less,
                          const struct hs_move_row **only)
{
    size_t said = 0;
    for (size_t i = 0; i < n; i++) {
        if (!hs_move_is_unusual(&rows[i]) || is_less(&rows[i]) != less)
            continue;
        *only = &rows[i];
        hs_html_text(h, said++ ? ", " : less ? " Less than usual: " : " More than usual: ");
        put_said(h, &rows[i]);
    }
    if (said == 1 && !less && hs_move_way(*only))
        hs_html_textf(h, ", %s of what is expected", hs_move_way(*only));
    hs_html_text(h, said ? "." : "");
    return said;
}

/* The chain of devices, where the comparison shows one. */
static void put_devices(struct hs_html *h, const struct hs_pair *pair)
{
    struct hs_buf chain = {0};
    if (!pair->n_chain)
        return;
    hs_pair_chain_words(pair, &chain);
    hs_html_textf(h, " Devices: %s.", chain.data);
    hs_buf_free(&chain);
}

/* What mastering brought in or made worse and no move has said. */
static size_t put_brought_in(struct hs_html *h, const struct hs_track_result *t)
{
    size_t said = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        bool by_mastering = f->origin == HS_ORIGIN_MASTERING || f->origin == HS_ORIGIN_WORSENED;
        if (f->moved || !by_mastering || !hs_finding_counts(f))
            continue;
        hs_html_text(h, said++ ? ", " : " Brought in or made worse: ");
        hs_html_lower(h, hs_rule_title(f->rule));
    }
    hs_html_text(h, said ? "." : "");
    return said;
}

/* The sentences below the moves: devices, what is unusual, what came in without being a move. */
void hs_html_moves_weighed(struct hs_html *h, const struct hs_track_result *t)
{
    struct hs_move_row rows[HS_MOVE_ROWS];
    const struct hs_move_row *only = NULL;
    size_t n = hs_move_rows(t, rows), known = 0;
    put_devices(h, &t->pair);
    for (size_t i = 0; i < n; i++)
        known += isfinite(rows[i].usual[0]);
    size_t unusual = put_unusual(h, rows, n, false, &only) + put_unusual(h, rows, n, true, &only);
    size_t brought_in = put_brought_in(h, t);
    hs_html_text(h, !unusual && !brought_in && known ? " None of it is unusual." : "");
}

static const struct hs_column columns[] = {{"where", NULL},
                                           {"change", "n"},
                                           {"usual", "n usual"},
                                           {"\xe2\x88\x92"
                                            "12 to +12\xe2\x80\xaf"
                                            "dB",
                                            "lane whole"},
                                           {"where it took the master", "text"}};

/* The change on a scale that is the same for all rows: twelve dB to either side. */
static void put_lane(struct hs_html *h, const struct hs_move_row *r)
{
    struct hs_plot p = {.height = 24, .x = {-12, 12, HS_LINEAR}, .y = {0, 1, HS_LINEAR}};
    hs_html_td(h, &columns[3], NAN);
    hs_svg_begin_plain(h, &p, NULL);
    hs_svg_segment(h, "l-axis", 0, 12, 100, 12);
    if (isfinite(r->usual[0]))
        hs_svg_box(h, &p, "f-usual", r->usual[0], r->usual[1], 0.17, 0.83);
    hs_svg_segment(h, "l-axis", 50, 4, 50, 20);
    hs_svg_box(h, &p, "bar", fmin(r->x, 0), fmax(r->x, 0), 0.42, 0.58);
    hs_svg_dot(h, &p, r->finding ? "d-out" : "d-master", r->x, 0.5, r->heard ? 6 : 4);
    hs_svg_end(h);
    hs_html_literal(h, "</td>");
}

/* The usual range; "±2.0 dB" where it is symmetric. */
static void put_usual(struct hs_html *h, const struct hs_move_row *r)
{
    hs_html_td(h, &columns[2], NAN);
    if (!isfinite(r->usual[0])) {
        hs_html_literal(h, "<span class=\"quiet\">no figure</span></td>");
        return;
    }
    if (fabs(r->usual[0] + r->usual[1]) < 0.05) {
        hs_html_literal(h, "\xc2\xb1");
        hs_html_quantity(h, r->usual[1], 1, "dB");
    } else {
        hs_html_range(h, r->usual, 1, "dB");
    }
    hs_html_literal(h, "</td>");
}

/* How far beyond what is expected the master stands; 0 inside. */
static double out_by(const struct hs_judgement *j)
{
    double expected[2];
    hs_judgement_expected(j, expected);
    if (j->value < expected[0])
        return expected[0] - j->value;
    return j->value > expected[1] ? j->value - expected[1] : 0;
}

/* In range, or by how much out of it; differences that round to zero are in range. */
static void put_range_words(struct hs_html *h, const struct hs_move_row *r)
{
    const struct hs_judgement *j = r->judgement;
    double out = out_by(j);
    int digits = hs_unit_digits(j->of->unit);
    if (!(out >= 0.5 * pow(10, -digits))) {
        hs_html_literal(h, "in range");
        return;
    }
    hs_html_quantity(h, out, digits, j->of->unit);
    hs_html_literal(h, " out of range");
}

/* "Brightened by mastering: away from the middle, 1.2 dB out of range" */
static void put_where(struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_move_row *r)
{
    char title[96];
    hs_html_td(h, &columns[4], NAN);
    if (r->finding) {
        hs_html_literal(h, "<a");
        hs_html_attrf(h, "href", "#%sf%zu-%.60s", h->prefix ? h->prefix : "",
                      (size_t)(r->finding - t->findings), r->finding->rule);
        hs_html_literal(h, ">");
        hs_html_text(h, hs_finding_capital(r->finding, title));
        hs_html_literal(h, "</a>: ");
    }
    if (!r->heard)
        hs_html_literal(h, "no audible change");
    else if (!r->judgement)
        hs_html_text(h, r->words);
    else {
        if (hs_move_way(r))
            hs_html_textf(h, "%s, ", hs_move_way(r));
        put_range_words(h, r);
    }
    hs_html_literal(h, "</td></tr>\n");
}

/* One move: its size, what is usual, the lane, and where the master lies now. */
static void put_row(struct hs_html *h, const struct hs_track_result *t, const struct hs_move_row *r)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_sentence(h, r->name);
    if (r->sub) {
        hs_html_literal(h, "<span class=\"sub\">");
        hs_html_text(h, r->sub);
        hs_html_literal(h, "</span>");
    }
    hs_html_literal(h, "</th>");
    hs_html_td(h, &columns[1], r->x);
    if (r->finding)
        hs_html_literal(h, "<span class=\"out\">");
    hs_html_signed(h, r->x, 1);
    hs_html_literal(h, "\xe2\x80\xaf"
                       "dB");
    if (r->finding)
        hs_html_literal(h, "</span>");
    hs_html_literal(h, "</td>");
    put_usual(h, r);
    put_lane(h, r);
    put_where(h, t, r);
}

/* The caption names what usual moves were learned from. */
void hs_html_moves(struct hs_html *h, const struct hs_track_result *t)
{
    struct hs_move_row rows[HS_MOVE_ROWS];
    size_t n = hs_move_rows(t, rows);
    const char *of = NULL;
    for (size_t i = 0; i < n && !of; i++)
        of = rows[i].judgement ? rows[i].judgement->of->move_target : NULL;
    struct hs_buf caption = {0};
    hs_buf_printf(
        &caption,
        "Loudness, tone from low to high, then the others. Usual: %s. Middle and range: of "
        "what is expected of a master. Small dots: not audible. A finding weighs its zone by what "
        "sounds in it, so its number may differ.",
        of ? of : "no figure");
    hs_html_table_begin(h, NULL, "fold compact", caption.data);
    hs_buf_free(&caption);
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        put_row(h, t, &rows[i]);
    hs_html_table_end(h);
}
