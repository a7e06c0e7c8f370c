/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one engineer usually does, as a table: a row for each zone of the tone, then (of
 * mastering) loudness, peaks, width, balance and decays, each with the median, what it
 * could be, what is usual elsewhere, and both in words.
 *
 * 1. A row whose median is not known is left out; where nothing is known of others it says
 *    so.
 * 2. "More than usual" and "less" are the median outside of the usual range; "a habit" is what the
 *    catalogue says (catalogue/usual.h), which asks for the same direction in enough songs.
 *    A row may be either. Where engineers differ, no habit of all is said.
 * 3. Below it, folded, the same moves as the rules read them. Rules of one reading (bright
 *    and dull) are one row, named by what is moved.
 * 4. By year: medians alone; those that are unusual are marked.
 */
#include "report/habits_table.h"

#include "report/chart_habits.h"
#include "report/moves_table.h"
#include "report/words.h"

#include <math.h>

static const struct hs_column columns[] = {{"what", NULL},
                                           {"median", "n"},
                                           {"could lie (95\xe2\x80\xaf%)", "n"},
                                           {"usual elsewhere", "n usual"},
                                           {"in words", "text"}};
static const struct hs_column year_columns[] = {
    {"year", NULL}, {"pairs", "n"},      {"loudness", "n"}, {"peaks taken", "n"}, {"sub", "n"},
    {"bass", "n"},  {"low middle", "n"}, {"middle", "n"},   {"presence", "n"},    {"treble", "n"}};
enum { PAIRS = 1, LOUDNESS, PEAKS, FIRST_ZONE };

static void put_signed(struct hs_html *h, double x, const char *unit)
{
    hs_html_signed(h, x, 1);
    hs_html_text(h, unit && *unit ? "\xe2\x80\xaf" : "");
    hs_html_text(h, unit);
}

/* An interval or range with signs; "no figure" where either end is not known. */
static void put_ends(struct hs_html *h, double low, double high)
{
    if (!isfinite(low) || !isfinite(high)) {
        hs_html_literal(h, "<span class=\"quiet\">no figure</span>");
        return;
    }
    hs_html_signed(h, low, 1);
    hs_html_literal(h, " to ");
    hs_html_signed(h, high, 1);
}

/* What stands out is marked, in a sign and in colour. */
static void put_value(struct hs_html *h, double x, const char *unit, bool far)
{
    if (!isfinite(x))
        return;
    hs_html_literal(h, "<span");
    hs_html_attrf(h, "class", "cell%s", far ? " far" : "");
    hs_html_literal(h, ">");
    if (far)
        hs_html_literal(h, "<span class=\"vh\">unusual: </span>");
    put_signed(h, x, unit);
    hs_html_literal(h, "</span>");
}

struct row {
    const char *what, *sub, *unit;
    const struct hs_usual *u;
    const double *usual;
    bool habit;
};

/* The median lies outside of what is usual elsewhere; false where nothing is known of others. */
static bool is_beyond(const struct row *r)
{
    return r->u->median < r->usual[0] || r->u->median > r->usual[1];
}

/* "more than usual", "less than usual", and whether it is a habit by the count of tracks that moved
 * the same way. */
static void put_words(struct hs_html *h, const struct row *r)
{
    bool zero = fabs(r->u->median) < 0.05;
    hs_html_td(h, &columns[4], NAN);
    if (is_beyond(r) && hs_moves_is_less(r->u->median, r->usual))
        hs_html_literal(h, "<b>less than usual</b>");
    else if (is_beyond(r))
        hs_html_literal(h, "<b>more than usual</b>");
    else
        hs_html_text(h, zero ? "no change" : isfinite(r->usual[0]) ? "usual" : "");
    if (r->u->differs)
        hs_html_textf(h, "%sengineers differ", isfinite(r->usual[0]) ? "; " : "");
    else if (r->habit)
        hs_html_textf(h, "%sa habit: %d of %d the same way", isfinite(r->usual[0]) ? "; " : "",
                      r->u->same, r->u->n);
    hs_html_literal(h, "</td></tr>\n");
}

/* Nothing where there is no median. */
static void put_row(struct hs_html *h, const struct row *r)
{
    if (isnan(r->u->median))
        return;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, r->what);
    if (r->sub) {
        hs_html_literal(h, "<span class=\"sub\">");
        hs_html_text(h, r->sub);
        hs_html_literal(h, "</span>");
    }
    hs_html_literal(h, "</th>");
    hs_html_td(h, &columns[1], r->u->median);
    put_value(h, r->u->median, r->unit, is_beyond(r));
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[2], NAN);
    put_ends(h, r->u->interval.low, r->u->interval.high);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[3], NAN);
    put_ends(h, r->usual[0], r->usual[1]);
    hs_html_literal(h, "</td>");
    put_words(h, r);
}

/* The five zones of the tone, low to high. */
static void put_zones(struct hs_html *h, const struct hs_habits *habits)
{
    for (size_t z = 0; z < HS_ZONES; z++) {
        double usual[2];
        hs_habits_usual(habits, z, usual);
        put_row(h, &(struct row){hs_zones[z].name, hs_zones[z].hz, "dB", &habits->zone[z], usual,
                                 hs_usual_is_told(&habits->zone[z])});
    }
}

/* The rules that read a move; NULL where an earlier row says it. */
static const char *move_titles(const struct hs_habits *habits, size_t at, struct hs_arena *a)
{
    const char *titles = hs_rule_title(habits->moves[at].rule);
    for (size_t i = 0; i < at; i++)
        if (hs_usual_move_same(&habits->moves[i], &habits->moves[at]))
            return NULL;
    for (size_t i = at + 1; i < habits->n_moves; i++)
        if (hs_usual_move_same(&habits->moves[at], &habits->moves[i]))
            titles = hs_arena_printf(a, "%s, %s", titles, hs_rule_title(habits->moves[i].rule));
    return titles;
}

/* By the rules' own measures, which weigh each zone by what sounds in it. */
static void put_moves(struct hs_html *h, const struct hs_habits *habits, const char *who)
{
    struct hs_arena a = {0};
    if (!habits->n_moves)
        return;
    hs_html_fold(h, "The same moves as the rules read them", habits->n_moves);
    hs_html_table_begin(h, NULL, "fold compact",
                        hs_arena_printf(&a, "%s, in the order of the rules.", who));
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < habits->n_moves; i++) {
        const struct hs_usual_move *m = &habits->moves[i];
        const char *titles = move_titles(habits, i, &a), *part = hs_moved_part_name(m->part);
        if (titles)
            put_row(h, &(struct row){part ? part : titles,
                                     part ? hs_arena_printf(&a, "of: %s", titles) : NULL, m->unit,
                                     &m->by, m->usual, false});
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</details>\n");
    hs_arena_free(&a);
}

/* Loudness, peaks, stereo and decays, each against the rule that asks about it. */
static void put_others(struct hs_html *h, const struct hs_habits *habits)
{
    static const double not_known[2] = {NAN, NAN};
    double peaks[2], width[2], tails[2];
    const struct hs_usual_move *balance = hs_habits_move(habits, HS_PART_BALANCE);
    hs_habits_usual_of(habits, HS_PART_PEAKS, peaks);
    hs_habits_usual_of(habits, HS_PART_WIDTH, width);
    hs_habits_usual_of(habits, HS_PART_DECAYS, tails);
    /* gain reduction cannot be below nothing */
    peaks[0] = fmax(peaks[0], 0);
    put_row(h, &(struct row){"loudness", NULL, "dB", &habits->gain, not_known, false});
    put_row(h, &(struct row){"peaks taken", "loudest passages", "dB", &habits->reduction,
                             isfinite(peaks[1]) ? peaks : not_known, false});
    put_row(h, &(struct row){"width", "300 Hz to 8 kHz", "dB", &habits->width, width, false});
    if (balance)
        put_row(h, &(struct row){"left against right", NULL, "dB", &balance->by, balance->usual,
                                 false});
    put_row(h, &(struct row){"decays", "reverberation", "dB", &habits->tails, tails, false});
}

/* A mixing engineer has a tone only. */
void hs_html_habits(struct hs_html *h, const struct hs_habits *habits, const char *who,
                    bool mastering)
{
    struct hs_arena a = {0};
    if (!mastering)
        hs_html_fold(h, "The numbers", SIZE_MAX);
    hs_html_table_begin(
        h, NULL, "fold compact",
        hs_arena_printf(&a, "%s: tone from low to high%s.", who,
                        mastering ? ", then loudness, peaks, stereo and decays" : ""));
    hs_arena_free(&a);
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    put_zones(h, habits);
    if (mastering)
        put_others(h, habits);
    hs_html_table_end(h);
    if (mastering)
        put_moves(h, habits, who);
    else
        hs_html_literal(h, "</details>\n");
}

static void put_year_cell(struct hs_html *h, size_t column, double x, bool far)
{
    hs_html_td(h, &year_columns[column], x);
    put_value(h, x, "dB", far);
    hs_html_literal(h, "</td>");
}

/* One row for each year; of mixes the columns of loudness and peaks are left out, which only a pair
 * has. */
void hs_html_habits_years(struct hs_html *h, const struct hs_habits *const *habits, size_t n,
                          const char *who, bool mastering)
{
    struct hs_arena a = {0};
    struct hs_column head[sizeof year_columns / sizeof *year_columns];
    size_t n_head = 0;
    /* mixing has no columns for loudness and peaks */
    for (size_t c = 0; c < sizeof year_columns / sizeof *year_columns; c++)
        if (mastering || c <= PAIRS || c >= FIRST_ZONE)
            head[n_head++] = year_columns[c];
    if (!mastering)
        head[PAIRS].name = "mixes";
    hs_html_table_begin(h, NULL, "fold",
                        hs_arena_printf(&a, "%s by year, oldest first; the median of each.", who));
    hs_arena_free(&a);
    hs_html_columns(h, head, n_head);
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_textf(h, "%d", habits[i]->year);
        hs_html_literal(h, "</th>");
        hs_html_td(h, &head[PAIRS], habits[i]->n);
        hs_html_textf(h, "%d", habits[i]->n);
        hs_html_literal(h, "</td>");
        if (mastering) {
            put_year_cell(h, LOUDNESS, habits[i]->gain.median, false);
            put_year_cell(h, PEAKS, habits[i]->reduction.median, false);
        }
        for (size_t z = 0; z < HS_ZONES; z++)
            put_year_cell(h, FIRST_ZONE + z, habits[i]->zone[z].median,
                          hs_habits_is_unusual(habits[i], z));
        hs_html_literal(h, "</tr>\n");
    }
    hs_html_table_end(h);
}
