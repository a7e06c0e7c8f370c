/* SPDX-License-Identifier: Apache-2.0 */
/*
 * habits.html shows what one engineer or room does again and again: first all together (left out
 * where one engineer did everything), then by engineer, then by engineer and year. Each has its
 * sentences, a table of the zones of the spectrum and, for mastering, a table of the other moves
 * with what mastering elsewhere does. Two rules of one reading, as bright and dull, share a row.
 */
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/words.h"

#include <math.h>

static const struct hs_column zone_columns[] = {
    {"zone", NULL}, {"usually", "n"}, {"surely between", "n"}, {"the same way", "n"}};
static const struct hs_column move_columns[] = {
    {"what", NULL}, {"usually", "n"}, {"surely between", "n"}, {"mastering elsewhere", "n"}};

static void put_cell(struct hs_html *h, const struct hs_column *column, const char *text)
{
    hs_html_td(h, column, NAN);
    hs_html_text(h, text);
    hs_html_literal(h, "</td>");
}

static void put_number(struct hs_html *h, const struct hs_column *column, double x,
                       const char *unit)
{
    hs_html_td(h, column, x);
    if (isfinite(x)) {
        hs_html_signed(h, x, 1);
        hs_html_text(h, unit && *unit ? "\xe2\x80\xaf" : "");
        hs_html_text(h, unit);
    }
    hs_html_literal(h, "</td>");
}

static void put_between(struct hs_html *h, const struct hs_column *column, double low, double high)
{
    hs_html_td(h, column, NAN);
    if (isfinite(low) && isfinite(high) && low < high) {
        hs_html_signed(h, low, 1);
        hs_html_literal(h, " to ");
        hs_html_signed(h, high, 1);
    }
    hs_html_literal(h, "</td>");
}

/* Nothing has no direction. */
static bool is_shown_as_zero(const struct hs_usual *u)
{
    return fabs(u->median) < 0.05;
}

static void put_zones(struct hs_html *h, const struct hs_house *house)
{
    struct hs_arena a = {0};
    hs_html_table_begin(h, NULL, "fold compact", "By zone of the spectrum.");
    hs_html_columns(h, zone_columns, sizeof zone_columns / sizeof *zone_columns);
    for (int z = 0; z < HS_ZONES; z++) {
        const struct hs_usual *u = &house->zone[z];
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_text(h, hs_zone_names[z]);
        hs_html_literal(h, "</th>");
        put_number(h, &zone_columns[1], u->median, "dB");
        put_between(h, &zone_columns[2], u->interval.low, u->interval.high);
        put_cell(h, &zone_columns[3],
                 is_shown_as_zero(u) ? NULL : hs_arena_printf(&a, "%d of %d", u->same, u->n));
        hs_html_literal(h, "</tr>\n");
    }
    hs_html_table_end(h);
    hs_arena_free(&a);
}

/* Two rules of one reading, as bright and dull, are one row. */
static bool is_same_move(const struct hs_usual_move *a, const struct hs_usual_move *b)
{
    return a->by.n == b->by.n && !(a->by.median < b->by.median) && !(a->by.median > b->by.median) &&
           a->usual[0] - b->usual[0] == 0 && a->usual[1] - b->usual[1] == 0;
}

/* NULL where an earlier row has told it. */
static const char *move_title(const struct hs_house *house, size_t at, struct hs_arena *a)
{
    const char *title = hs_rule_title(house->moves[at].rule);
    for (size_t i = 0; i < at; i++)
        if (is_same_move(&house->moves[i], &house->moves[at]))
            return NULL;
    for (size_t i = at + 1; i < house->n_moves; i++)
        if (is_same_move(&house->moves[at], &house->moves[i]))
            title = hs_arena_printf(a, "%s, %s", title, hs_rule_title(house->moves[i].rule));
    return title;
}

static void put_row(struct hs_html *h, const char *what, const struct hs_usual *u, const char *unit,
                    const double usual[2])
{
    if (isnan(u->median))
        return;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, what);
    hs_html_literal(h, "</th>");
    put_number(h, &move_columns[1], u->median, unit);
    put_between(h, &move_columns[2], u->interval.low, u->interval.high);
    put_between(h, &move_columns[3], usual[0], usual[1]);
    hs_html_literal(h, "</tr>\n");
}

static void put_moves(struct hs_html *h, const struct hs_house *house)
{
    static const double not_known[2] = {NAN, NAN};
    struct hs_arena a = {0};
    hs_html_table_begin(h, NULL, "fold compact", "Everything else that mastering does.");
    hs_html_columns(h, move_columns, sizeof move_columns / sizeof *move_columns);
    put_row(h, "level", &house->gain, "dB", not_known);
    put_row(h, "reduction of the peaks", &house->reduction, "dB", not_known);
    put_row(h, "width", &house->width, "dB", not_known);
    put_row(h, "tails", &house->tails, "dB", not_known);
    for (size_t i = 0; i < house->n_moves; i++) {
        const struct hs_usual_move *m = &house->moves[i];
        const char *title = move_title(house, i, &a);
        if (title)
            put_row(h, title, &m->by, m->unit, m->usual);
    }
    hs_html_table_end(h);
    hs_arena_free(&a);
}

/* Where one engineer did all, "all together" says it twice. */
static bool is_all_of_one(const struct hs_house *houses, size_t n)
{
    return n > 1 && houses[1].engineer && !houses[1].year && houses[1].n == houses[0].n;
}

static void put_house(struct hs_html *h, const struct hs_house *house, const char *what,
                      const char *counted, bool mastering)
{
    hs_html_literal(h, "<h3>");
    hs_html_text(h, what);
    if (house->engineer) {
        hs_html_literal(h, " by ");
        hs_html_text(h, house->engineer);
    }
    if (house->year)
        hs_html_textf(h, " in %d", house->year);
    hs_html_textf(h, ": %d %s on %d %s", house->n, counted, house->releases,
                  house->releases == 1 ? "release" : "releases");
    hs_html_literal(h, "</h3>\n");
    if (!house->n_words)
        hs_html_literal(h,
                        "<p>Nothing is done the same way surely enough to be called a habit.</p>");
    else
        hs_html_literal(h, "<ul>");
    for (size_t i = 0; i < house->n_words; i++) {
        hs_html_literal(h, "<li>");
        hs_html_prose(h, house->words[i]);
        hs_html_literal(h, ".</li>");
    }
    if (house->n_words)
        hs_html_literal(h, "</ul>");
    put_zones(h, house);
    if (mastering)
        put_moves(h, house);
}

static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    const struct hs_audit *audit = p->audit;
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(
        h, "<div class=\"hero\"><h1>Habits of the house</h1><p class=\"lead\">What is done "
           "again and again, as far as mixes and masters could be compared. A habit is no "
           "fault by itself.</p></div>\n");
    if (audit->n_mastering) {
        hs_html_section(h, "mastering", NULL, "Mastering");
        for (size_t i = is_all_of_one(audit->mastering, audit->n_mastering); i < audit->n_mastering;
             i++)
            put_house(h, &audit->mastering[i], "Mastering", "pairs", true);
        hs_html_literal(h, "</section>\n");
    }
    if (audit->n_mixing) {
        hs_html_section(h, "mixing", NULL, "Mixing");
        hs_html_literal(h, "<p>The mixes against what is expected of mixes: ");
        hs_html_text(h, audit->mixing[0].against);
        hs_html_literal(h, ", less what mastering usually adds.</p>");
        for (size_t i = is_all_of_one(audit->mixing, audit->n_mixing); i < audit->n_mixing; i++)
            put_house(h, &audit->mixing[i], "Mixing", "mixes", false);
        hs_html_literal(h, "</section>\n");
    }
    hs_frame_end(p, h);
}

static size_t count(const struct hs_pages *p)
{
    return p->audit->n_mastering || p->audit->n_mixing;
}

const struct hs_page hs_page_habits = {
    .folder = "",
    .file = "habits",
    .title = "Habits",
    .nav = "Habits",
    .place = 45,
    .count = count,
    .render = render,
};
