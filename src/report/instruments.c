/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Instruments of the mix and of the master are joined by name: those of the master first, then
 *    those that are in the mix alone.
 * 2. A row shows level in mix and master against the whole file (LU), the change, its bound, how
 *    much of the time the instrument is audible, unevenness and width, and its level over the
 *    song from -24 to 0 LU.
 * 3. Below stands which of them lies elsewhere than in the other songs, then how much of each
 *    file the stems leave unexplained, or why they could not be fitted, and names in which no
 *    instrument was recognised.
 */
#include "report/instruments.h"

#include "core/alloc.h"
#include "core/num.h"
#include "report/svg.h"

#include <math.h>
#include <string.h>

/* One instrument on both sides; NULL: not there. */
struct pair_of {
    const struct hs_instrument *mix, *master;
};

static const struct hs_column columns[] = {
    {"instrument", NULL}, {"in the mix", "num"}, {"in the master", "num"},
    {"change", "num"},    {"within", "num"},     {"audible", "num"},
    {"uneven by", "num"}, {"width", "num"},      {"over the song", NULL},
};
enum { NAME, IN_MIX, IN_MASTER, CHANGE, WITHIN, AUDIBLE, RANGE, WIDTH, COURSE, N_COLUMNS };

bool hs_track_has_instruments(const struct hs_track_result *t)
{
    return (t->mix.instruments && t->mix.instruments->n) ||
           (t->master.instruments && t->master.instruments->n);
}

/* The instrument of the other side with the same name and role; NULL: not there. */
static const struct hs_instrument *same_in(const struct hs_instruments *all,
                                           const struct hs_instrument *in, enum hs_stem_side side)
{
    for (size_t i = 0; all && i < all->n; i++)
        if (all->items[i].side == side && all->items[i].key == in->key &&
            all->items[i].role == in->role)
            return &all->items[i];
    return NULL;
}

/* NULL where the fit gives a reason why the numbers of the instrument are not to be shown. */
static const struct hs_instrument *judged(const struct hs_instrument *in)
{
    return in && !in->why ? in : NULL;
}

/* By how much its level differs between mix and master, in LU: of levels that are told, and of
 * those that the same thing spoils on both sides; NaN: not known. */
static double change_of(const struct hs_instrument *mix, const struct hs_instrument *master)
{
    if (!mix || !master || (mix->why && !mix->alike) || (master->why && !master->alike))
        return NAN;
    return master->number[HS_INSTRUMENT_LEVEL_LU] - mix->number[HS_INSTRUMENT_LEVEL_LU];
}

static double number_of(const struct hs_instrument *in, enum hs_instrument_number which)
{
    return judged(in) ? in->number[which] : NAN;
}

/* The i-th instrument with a name, those of the master first, then those of the mix alone; false:
 * there is none. */
bool hs_instruments_change(const struct hs_track_result *t, size_t i,
                           struct hs_instrument_change *out)
{
    const struct hs_instruments *sides[] = {t->master.instruments, t->mix.instruments};
    for (int s = 0; s < 2; s++)
        for (size_t k = 0; sides[s] && k < sides[s]->n; k++) {
            const struct hs_instrument *in = &sides[s]->items[k];
            bool told = s && same_in(sides[0], in, HS_STEM_IN_MASTER);
            if (!in->name || in->side != (s ? HS_STEM_IN_MIX : HS_STEM_IN_MASTER) || told ||
                i-- > 0)
                continue;
            *out = (struct hs_instrument_change){
                .name = in->name, .master = s ? NULL : in, .mix = s ? in : NULL};
            if (!s)
                out->mix = same_in(sides[1], in, HS_STEM_IN_MIX);
            out->lu = change_of(out->mix, out->master);
            return true;
        }
    return false;
}

static void put_number(struct hs_html *h, int column, double x, int digits, const char *unit)
{
    hs_html_td(h, &columns[column], x);
    if (isfinite(x))
        hs_html_quantity(h, x, digits, unit);
    hs_html_literal(h, "</td>");
}

/* An instrument without a name is the sum of its role. */
static void put_name(struct hs_html *h, const struct pair_of *p)
{
    const struct hs_instrument *in = p->master ? p->master : p->mix;
    hs_html_td(h, &columns[NAME], NAN);
    if (in->name)
        hs_html_text(h, in->name);
    else
        hs_html_textf(h, "all %s", hs_stem_role_name(in->role));
    if (in->why) {
        hs_html_literal(h, " <span class=\"small quiet\">not judged: ");
        hs_html_text(h, in->why);
        hs_html_literal(h, "</span>");
    }
    hs_html_literal(h, "</td>");
}

/* The level over the song as a line of even steps. */
static void put_line(struct hs_html *h, const struct hs_plot *plot, const char *klass,
                     const struct hs_instrument *in)
{
    if (!judged(in) || in->n_course < 2)
        return;
    double *x = HS_NEW_ARRAY(double, in->n_course), *y = HS_NEW_ARRAY(double, in->n_course);
    for (size_t i = 0; i < in->n_course; i++) {
        x[i] = ((double)i + 0.5) / (double)in->n_course;
        y[i] = (double)in->course_lu[i];
    }
    hs_svg_line(h, plot, klass, x, y, in->n_course);
    hs_free(x);
    hs_free(y);
}

/* Its level against the file over the song, from -24 to 0 LU. */
static void put_course(struct hs_html *h, const struct pair_of *p)
{
    const struct hs_plot plot = {
        .height = 26, .top = 1, .bottom = 1, .x = {0, 1, HS_LINEAR}, .y = {-24, 0, HS_LINEAR}};
    hs_html_td(h, &columns[COURSE], NAN);
    if (judged(p->mix) || judged(p->master)) {
        hs_svg_begin_plain(h, &plot, "its level against the file, from -24 to 0 LU, over the song");
        hs_svg_rule_y(h, &plot, "zero", -12);
        put_line(h, &plot, "mix", p->mix);
        put_line(h, &plot, "master", p->master);
        hs_svg_end(h);
    }
    hs_html_literal(h, "</td>");
}

/* The row of one instrument; bound, audible share, unevenness and width are those of the master
 * where it is there. */
static void put_row(struct hs_html *h, const struct pair_of *p)
{
    const struct hs_instrument *in = judged(p->master) ? p->master : p->mix;
    const double mix = number_of(p->mix, HS_INSTRUMENT_LEVEL_LU);
    const double master = number_of(p->master, HS_INSTRUMENT_LEVEL_LU);
    const double change = change_of(p->mix, p->master);
    hs_html_literal(h, "<tr>");
    put_name(h, p);
    put_number(h, IN_MIX, mix, 1, "LU");
    put_number(h, IN_MASTER, master, 1, "LU");
    hs_html_td(h, &columns[CHANGE], change);
    if (isfinite(change))
        hs_html_signed(h, change, 1);
    hs_html_literal(h, "</td>");
    put_number(h, WITHIN, number_of(in, HS_INSTRUMENT_BOUND_LU), 1, "LU");
    hs_html_td(h, &columns[AUDIBLE], number_of(in, HS_INSTRUMENT_AUDIBLE));
    if (isfinite(number_of(in, HS_INSTRUMENT_AUDIBLE)))
        hs_html_share(h, number_of(in, HS_INSTRUMENT_AUDIBLE));
    hs_html_literal(h, "</td>");
    put_number(h, RANGE, number_of(in, HS_INSTRUMENT_RANGE_LU), 1, "LU");
    put_number(h, WIDTH, number_of(in, HS_INSTRUMENT_WIDTH_DB), 1, "dB");
    put_course(h, p);
    hs_html_literal(h, "</tr>\n");
}

/* Instruments of the master beside those of the mix, then those that only the mix has. */
static void put_rows(struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_instruments *mix = t->mix.instruments, *master = t->master.instruments;
    for (size_t i = 0; master && i < master->n; i++) {
        const struct hs_instrument *in = &master->items[i];
        if (in->side == HS_STEM_IN_MASTER)
            put_row(h, &(struct pair_of){same_in(mix, in, HS_STEM_IN_MIX), in});
    }
    for (size_t i = 0; mix && i < mix->n; i++) {
        const struct hs_instrument *in = &mix->items[i];
        if (in->side == HS_STEM_IN_MIX && !same_in(master, in, HS_STEM_IN_MASTER))
            put_row(h, &(struct pair_of){in, NULL});
    }
}

/* What made the stems, where they were not given. */
static void put_separator(struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_instruments *all =
        t->master.instruments ? t->master.instruments : t->mix.instruments;
    if (!all->separated_by)
        return;
    hs_html_literal(h, "<p>Separated by ");
    hs_html_text(h, all->separated_by);
    hs_html_literal(h,
                    ", which takes some of one instrument for another: levels are inferred, what "
                    "changed from the mix to the master is surer.</p>\n");
}

/* How much of the file the stems leave unexplained, in dB of the file, or why they could not be
 * fitted. */
static void put_fit(struct hs_html *h, const struct hs_file *f, enum hs_stem_side side)
{
    const struct hs_stem_fit *fit = f->instruments ? &f->instruments->fit[side] : NULL;
    if (!fit || !fit->tried)
        return;
    hs_html_literal(h, "<p class=\"small quiet\">");
    hs_html_textf(h, "In the %s: ", hs_stem_side_name(side));
    if (fit->why) {
        hs_html_text(h, fit->why);
        hs_html_literal(h, ".");
    } else {
        hs_html_literal(h, "the stems explain ");
        hs_html_share(h, 1 - hs_power_from_db(fit->residual_db));
        hs_html_literal(h, " of its power (what they leave is ");
        hs_html_quantity(h, fit->residual_db, 0, "dB");
        hs_html_literal(h, " of the file). ");
        hs_html_text(h, fit->missing ? fit->missing : "");
    }
    hs_html_literal(h, "</p>\n");
}

/* Whether the name of the i-th stem names no instrument, and is the first of its key. */
static bool is_not_recognised(const struct hs_track *t, size_t i)
{
    const struct hs_stem *s = &t->stems[i];
    for (size_t k = 0; k < i; k++)
        if (t->stems[k].key == s->key)
            return false;
    const char *none = hs_stem_role_name(HS_STEM_OTHER); /* with a number in anonymous reports */
    return s->kind == HS_STEM_OTHER && !hs_stem_role_is_told(s->role) &&
           strncmp(s->role, none, strlen(none)) != 0;
}

/* Names in which no instrument was recognised, once for all of them. */
static void put_unrecognised(struct hs_html *h, const struct hs_track *t)
{
    enum { MOST = 6 };
    size_t n = 0;
    for (size_t i = 0; i < t->n_stems; i++) {
        if (!is_not_recognised(t, i) || ++n > MOST)
            continue;
        if (n == 1)
            hs_html_literal(h, "<p class=\"small quiet\">Held to no figure of an instrument, for "
                               "none was recognised in the name: ");
        else
            hs_html_literal(h, ", ");
        hs_html_text(h, t->stems[i].role);
    }
    if (n > MOST)
        hs_html_textf(h, " and %zu more", n - MOST);
    if (n)
        hs_html_literal(h, ". A key such as <code>snare:</code> or <code>bass:</code> says what a "
                           "stem is.</p>\n");
}

/* "vocal 4.9 LU lower than the median of the 13 others of this catalogue that have it (-4.1 LU)" */
static void put_sisters(struct hs_html *h, const struct hs_track_result *t,
                        const struct hs_sister_levels *levels)
{
    for (int role = 0; role < HS_N_STEM_ROLES; role++) {
        struct hs_sister_level x;
        const bool master = t->master.instruments != NULL;
        const struct hs_instruments *all = master ? t->master.instruments : t->mix.instruments;
        const struct hs_instrument *in = hs_instrument_of_role(
            all, (enum hs_stem_role)role, master ? HS_STEM_IN_MASTER : HS_STEM_IN_MIX);
        if (!in || !hs_sister_levels_differ(levels, in, &x))
            continue;
        hs_html_literal(h, "<p>Against the other songs: ");
        hs_html_textf(h, "%s ", in->name ? in->name : hs_stem_role_name(in->role));
        hs_html_quantity(h, fabs(x.off_lu), 1, "LU");
        hs_html_textf(h, " %s than the median of the %zu others of this catalogue that have it (",
                      x.off_lu < 0 ? "lower" : "higher", x.n);
        hs_html_quantity(h, x.middle_lu, 1, "LU");
        hs_html_literal(h, ").</p>\n");
    }
}

/* Levels of stems, those of the artist's other songs, and how well the stems add up to the file. */
void hs_html_instruments(struct hs_html *h, const struct hs_track_result *t,
                         const struct hs_sister_levels *levels)
{
    if (!hs_track_has_instruments(t))
        return;
    hs_html_section(h, "instruments", NULL, "Instruments");
    hs_html_literal(h,
                    "<p>Loudness of each stem as it stands in the file, against that of the file: "
                    "dashed in the mix, drawn through in the master.</p>\n");
    put_separator(h, t);
    hs_html_table_begin(h, NULL, NULL, "Levels of instruments in mix and master");
    hs_html_columns(h, columns, N_COLUMNS);
    put_rows(h, t);
    hs_html_table_end(h);
    put_sisters(h, t, levels);
    put_fit(h, &t->mix, HS_STEM_IN_MIX);
    put_fit(h, &t->master, HS_STEM_IN_MASTER);
    put_unrecognised(h, t->track);
    hs_html_literal(h, "</section>\n");
}
