/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For each stem the line through what is left and its power, as if no other were there, gives the
 * most that may be its own; never more of a unit than it has itself there. It counts in full where
 * the fit leaves more than a limiter would. Two takes, given as one stem in mono and panned apart,
 * leave their difference, which is as coloured as their sum, but soft where that is loud, and no
 * line tells whose it is: what has the colour of a stem is its own.
 */
#include "stems/mono.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS, ZONES = HS_STEM_ZONES };

/* A weighted line through points. */
struct line {
    double n, x, y, xx, xy, least; /* least: the sum of the lesser of x and y */
};

static void add_point(struct line *l, double x, double y, double weight)
{
    l->n += weight;
    l->x += weight * x;
    l->y += weight * y;
    l->xx += weight * x * x;
    l->xy += weight * x * y;
    l->least += weight * fmin(x, y);
}

/* Its slope, at most the share of x that y has; that share where x hardly changes, for then
 * nothing is told by a slope, and of a return, whose sides ring at other moments than its middle.
 */
static double most_of(const struct line *l, bool is_return)
{
    const double steady = 0.3;
    const double most = l->x > 0 ? l->least / l->x : 0, spread = l->n * l->xx - l->x * l->x;
    if (is_return || spread <= steady * steady * l->x * l->x)
        return most;
    return fmin(fmax((l->n * l->xy - l->x * l->y) / spread, 0), most);
}

/* Whether what is left has the spectrum of the stem as it stands in the file, over the bands within
 * 25 dB of its loudest. The standard deviation of their ratio was .5 to .7 dB of two takes in one
 * stem, 1.3 to 1.6 of one that a delay makes wide, and 3.1 to 15 of stems beside others that were
 * given in mono, or not at all. */
static bool has_its_colour(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                           size_t stem)
{
    enum { LEAST_BANDS = 5 };
    const double within = 3e-3, alike_db = 2;
    double own[BANDS] = {0}, left[BANDS] = {0}, most = 0, sum = 0, squares = 0;
    int n = 0;
    for (size_t w = 0; w < f->n_windows; w++)
        for (size_t c = 0; c < CELLS && !s->lost[w]; c++) {
            const double complex g = s->gains[(w * CELLS + c) * f->n_stems + stem];
            own[c % BANDS] += (creal(g) * creal(g) + cimag(g) * cimag(g)) *
                              (double)s->sums[w].a[hs_stem_at(f->n_stems, c, stem, stem)];
            left[c % BANDS] += s->left[w * CELLS + c];
        }
    for (int b = 0; b < BANDS; b++)
        most = fmax(most, own[b]);
    for (int b = 0; b < BANDS; b++) {
        if (own[b] <= within * most || left[b] <= 0)
            continue;
        const double db = hs_db_from_power(left[b] / own[b]);
        sum += db;
        squares += db * db;
        n++;
    }
    return n >= LEAST_BANDS && squares / n - sum * sum / n / n < alike_db * alike_db;
}

/* One zone: the most of the power of each stem that is left of its sides: all of what has its
 * colour. */
static void sides_of_zone(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                          int zone, const bool *its_colour, double *share, double *own)
{
    struct line line[HS_STEMS_MOST] = {{0}};
    double power[HS_STEMS_MOST], mean = 0;
    for (size_t u = 0; u < f->n_units; u++)
        mean += (double)s->unit_zone[u * ZONES + (size_t)zone] / (double)f->n_units;
    for (size_t u = 0; u < f->n_units; u++) {
        const double all = (double)s->unit_zone[u * ZONES + (size_t)zone];
        if (s->lost[u * f->unit_frames / f->window_frames] || all <= 0)
            continue;
        hs_stem_zone_powers(f, s, u, zone, power);
        for (size_t i = 0; i < f->n_stems; i++) {
            own[i] += power[i];
            add_point(&line[i], power[i], (double)s->unit_left[u * ZONES + (size_t)zone],
                      pow(all + hs_stem_soft_share * mean, -2));
        }
    }
    for (size_t i = 0; i < f->n_stems; i++)
        share[i] = its_colour[i] && line[i].x > 0 ? fmin(line[i].y / line[i].x, 1)
                                                  : most_of(&line[i], s->is_return[i]);
}

double *hs_stem_mono_sides(const struct hs_stem_fitting *f, size_t file)
{
    const double limited_db = -19, clear_db = -15.5;
    const struct hs_stem_side_fit *s = &f->side[file];
    const double left_db = hs_db_from_power(s->residual);
    const double counts = fmin(fmax((left_db - limited_db) / (clear_db - limited_db), 0), 1);
    const size_t k = f->n_stems;
    double *out = HS_NEW_ARRAY(double, k + 1), share[HS_STEMS_MOST], own[HS_STEMS_MOST] = {0};
    bool any = false, its_colour[HS_STEMS_MOST] = {false};
    for (size_t i = 0; i < k; i++) {
        any |= !f->wide[f->n_files + i];
        its_colour[i] = !f->wide[f->n_files + i] && has_its_colour(f, s, i);
    }
    for (int zone = 0; zone < ZONES && any && f->wide[file] && counts > 0; zone++) {
        double here[HS_STEMS_MOST] = {0};
        sides_of_zone(f, s, zone, its_colour, share, here);
        for (size_t i = 0; i < k; i++) {
            own[i] += here[i];
            out[i] += share[i] * here[i];
        }
    }
    for (size_t i = 0; i < k; i++)
        out[i] = own[i] > 0 && !f->wide[f->n_files + i] ? counts * out[i] / own[i] : 0;
    return out;
}
