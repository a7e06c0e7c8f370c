/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per zone, the power that the fit leaves in each unit is explained by non-negative least
 * squares from the powers of the stems in the file, from the same powers smoothed by a decay of
 * 60 dB in 1.2 s, and from a constant. Rows are weighted by the inverse square of the file's
 * power. The coefficients of a stem, averaged over zones by its power, are its shares.
 *
 * In a master beside its mix a limiter leaves power wherever something is loud, and a soft stem
 * that always sounds there would be given all of it. A limiter acts on the sum: of what it leaves
 * in a moment each stem has the part that it has of the file there. What a codec does to soft highs
 * is not done to all alike: such a stem is found softer than the files of that moment let expect,
 * and that distance stays in its bound.
 *
 * Whose tails they are is told only where one room for all, with the same share of every stem,
 * explains clearly less of what is left: else all have that share.
 *
 * A stem that was given in mono of a wide source leaves its sides, and those of several such stems
 * cannot be told apart where they play together. For each the line through what is left and its
 * power, as if no other were there, gives the most that may be its own; never more of a unit than
 * it has itself there. It counts in full where the fit leaves more than a limiter would. Two takes,
 * given as one stem in mono and panned apart, leave their difference, which is as coloured as their
 * sum, but soft where that is loud, and no line tells whose it is: what has the colour of a stem is
 * its own.
 */
#include "stems/follow.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS, ZONES = HS_STEM_ZONES, SWEEPS = 60 };
/* Rooms and plates of popular music: their power falls by 60 dB in some 1.2 s. */
static const double decay_s = 1.2;
/* Units that are softer than this share of the file's mean power are weighted as if they had it;
 * those after its end are left out. */
static const double soft = 0.1;

/* Non-negative least squares: columns are the stems at once, then those that ring, then what is
 * always there. */
struct system {
    size_t n;
    double *a, *r, *x, *row;
};

static void system_open(struct system *s, size_t n)
{
    *s = (struct system){.n = n};
    s->a = HS_NEW_ARRAY(double, n *n);
    s->r = HS_NEW_ARRAY(double, n);
    s->x = HS_NEW_ARRAY(double, n);
    s->row = HS_NEW_ARRAY(double, n);
}

static void system_close(struct system *s)
{
    hs_free(s->a);
    hs_free(s->r);
    hs_free(s->x);
    hs_free(s->row);
}

static void add_row(struct system *s, double value, double weight)
{
    for (size_t i = 0; i < s->n; i++) {
        const double by = weight * s->row[i];
        if (by == 0)
            continue;
        s->r[i] += by * value;
        for (size_t j = 0; j <= i; j++)
            s->a[i * s->n + j] += by * s->row[j];
    }
}

/* Coordinate descent, no value below 0. The constant comes first, so that a stem that never changes
 * does not get the power of what plays beside it. */
static void solve(struct system *s)
{
    const size_t n = s->n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            s->a[i * n + j] = s->a[j * n + i];
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t i = n; i-- > 0;) {
            double rest = s->r[i];
            for (size_t j = 0; j < n; j++)
                rest -= j == i ? 0 : s->a[i * n + j] * s->x[j];
            s->x[i] = s->a[i * n + i] > 0 ? fmax(0, rest / s->a[i * n + i]) : 0;
        }
}

/* The sum of weighted squares that x leaves, less that of the values. Needs the whole matrix. */
static double error_of(const struct system *s)
{
    double e = 0;
    for (size_t i = 0; i < s->n; i++) {
        e -= 2 * s->x[i] * s->r[i];
        for (size_t j = 0; j < s->n; j++)
            e += s->x[i] * s->x[j] * s->a[i * s->n + j];
    }
    return e;
}

/* One room for all: the k columns from k on as one. Where that explains the values, whose weighted
 * squares are `all`, nearly as well, each stem gets what it says: nothing tells then whose tails
 * they are. */
static void try_one_room(struct system *s, size_t k, double all)
{
    const double as_well = 1.5;
    struct system one;
    system_open(&one, k + 2);
    for (size_t i = 0; i < s->n; i++) {
        const size_t to_i = i < k ? i : i < 2 * k ? k : k + 1;
        one.r[to_i] += s->r[i];
        for (size_t j = 0; j < s->n; j++)
            one.a[to_i * one.n + (j < k ? j : j < 2 * k ? k : k + 1)] += s->a[i * s->n + j];
    }
    solve(&one);
    if (all + error_of(&one) <= as_well * (all + error_of(s)))
        for (size_t i = 0; i < k; i++) {
            s->x[i] = one.x[i];
            s->x[k + i] = s->a[(k + i) * s->n + k + i] > 0 ? one.x[k] : 0; /* returns: none */
        }
    system_close(&one);
}

/* Powers of the stems in a zone as they stand in the file. */
static void powers_at(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s, size_t u,
                      int zone, double *out)
{
    const size_t k = f->n_stems, w = u * f->unit_frames / f->window_frames;
    memset(out, 0, k * sizeof *out);
    for (size_t c = 0; c < CELLS; c++) {
        const int band = (int)(c % BANDS);
        if (band < hs_stem_zone_bands[zone] || band >= hs_stem_zone_bands[zone + 1])
            continue;
        for (size_t i = 0; i < k; i++) {
            const double complex g = s->gains[(w * CELLS + c) * k + i];
            out[i] += (creal(g) * creal(g) + cimag(g) * cimag(g)) *
                      (double)s->unit[(u * CELLS + c) * k + i];
        }
    }
}

/* One zone; `rings`: with the columns of what rings, and returns counted with what is left. Returns
 * the power that is left and follows no stem. */
static double follow_zone(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                          int zone, bool rings, double *share, double *own)
{
    const size_t k = f->n_stems;
    const double keep = pow(10, -6 * f->frame_s * (double)f->unit_frames / decay_s);
    const float *left = rings ? s->unit_dry_left : s->unit_left;
    struct system sys;
    double mean = 0, beside = 0, squares = 0;
    system_open(&sys, 2 * k + 1);
    for (size_t u = 0; u < f->n_units; u++)
        mean += (double)s->unit_zone[u * ZONES + (size_t)zone] / (double)f->n_units;
    for (size_t u = 0; u < f->n_units; u++) {
        /* what still rings: the power, decaying */
        for (size_t i = 0; rings && i < k; i++)
            sys.row[k + i] = keep * sys.row[k + i] + (1 - keep) * sys.row[i];
        powers_at(f, s, u, zone, sys.row);
        sys.row[2 * k] = mean;
        for (size_t i = 0; i < k; i++) {
            own[i] += sys.row[i];
            if (rings && s->is_return[i])
                sys.row[i] = 0;
        }
        const double all = (double)s->unit_zone[u * ZONES + (size_t)zone];
        if (!s->lost[u * f->unit_frames / f->window_frames] && all > 0) {
            const double value = (double)left[u * ZONES + (size_t)zone];
            const double weight = pow(all + soft * mean, -2);
            add_row(&sys, value, weight);
            squares += weight * value * value;
        }
    }
    /* shares of what is left: what follows each stem */
    solve(&sys);
    if (rings && k > 1)
        try_one_room(&sys, k, squares);
    memcpy(share, sys.x + (rings ? k : 0), k * sizeof *share);
    for (size_t u = 0; u < f->n_units; u++)
        beside += (double)left[u * ZONES + (size_t)zone];
    for (size_t i = 0; i < k; i++)
        beside -= (sys.x[k + i] + (rings && s->is_return[i] ? 0 : sys.x[i])) * own[i];
    system_close(&sys);
    return fmax(beside, 0);
}

/* The share of each stem: the mean over the zones, weighted by the power of the stem in each; and
 * where it is wanted what follows none, as a share of the stem. The caller frees both. */
static double *follow(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s, bool rings,
                      double **beside)
{
    const size_t k = f->n_stems;
    double *out = HS_NEW_ARRAY(double, k + 1), *sum = HS_NEW_ARRAY(double, k + 1);
    double share[HS_STEMS_MOST], own[HS_STEMS_MOST], none = 0;
    for (int zone = 0; zone < ZONES; zone++) {
        memset(own, 0, sizeof own);
        none += follow_zone(f, s, zone, rings, share, own);
        for (size_t i = 0; i < k; i++) {
            out[i] += share[i] * own[i];
            sum[i] += own[i];
        }
    }
    if (beside)
        *beside = HS_NEW_ARRAY(double, k + 1);
    for (size_t i = 0; i < k; i++) {
        out[i] = sum[i] > 0 ? out[i] / sum[i] : 0;
        if (beside)
            (*beside)[i] = sum[i] > 0 ? none / sum[i] : 0;
    }
    hs_free(sum);
    return out;
}

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
        powers_at(f, s, u, zone, power);
        for (size_t i = 0; i < f->n_stems; i++) {
            own[i] += power[i];
            add_point(&line[i], power[i], (double)s->unit_left[u * ZONES + (size_t)zone],
                      pow(all + soft * mean, -2));
        }
    }
    for (size_t i = 0; i < f->n_stems; i++)
        share[i] = its_colour[i] && line[i].x > 0 ? fmin(line[i].y / line[i].x, 1)
                                                  : most_of(&line[i], s->is_return[i]);
}

/* Of stems in mono, where the file is wide and much is left. The caller frees it. */
static double *sides(const struct hs_stem_fitting *f, size_t file)
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

void hs_stem_follow(const struct hs_stem_fitting *f, size_t file, struct hs_stem_following *out)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    *out =
        (struct hs_stem_following){.at_once = follow(f, s, false, NULL), .sides = sides(f, file)};
    out->ringing = follow(f, s, true, &out->beside);
}

/* Powers of the stems in the master over the song: as they are found, as they would be if all that
 * was done to the mix were done to all stems alike in each moment and zone, and their parts of what
 * is left. */
struct parts {
    double found[HS_STEMS_MOST], expected[HS_STEMS_MOST], left[HS_STEMS_MOST];
    double highs[HS_STEMS_MOST]; /* of found, above 8 kHz */
};

static void add_part(const struct hs_stem_fitting *f, size_t u, int zone, struct parts *out)
{
    const struct hs_stem_side_fit *mix = &f->side[0], *master = &f->side[1];
    const size_t at = u * ZONES + (size_t)zone, w = u * f->unit_frames / f->window_frames;
    const double before = (double)mix->unit_zone[at], after = (double)master->unit_zone[at];
    double was[HS_STEMS_MOST], is[HS_STEMS_MOST];
    if (mix->lost[w] || master->lost[w] || before <= 0 || after <= 0)
        return;
    powers_at(f, mix, u, zone, was);
    powers_at(f, master, u, zone, is);
    for (size_t i = 0; i < f->n_stems; i++) {
        out->found[i] += is[i];
        out->highs[i] += zone + 1 == ZONES ? is[i] : 0;
        out->expected[i] += after * was[i] / before;
        out->left[i] += is[i] * fmin((double)master->unit_left[at] / after, 1);
    }
}

void hs_stem_follow_mix(const struct hs_stem_fitting *f, const struct hs_stem_following *mix,
                        struct hs_stem_following *master)
{
    const double mostly = 0.5;
    struct parts p = {{0}, {0}, {0}, {0}};
    for (size_t u = 0; u < f->n_units; u++)
        for (int zone = 0; zone < ZONES; zone++)
            add_part(f, u, zone, &p);
    for (size_t i = 0; i < f->n_stems; i++) {
        if (p.found[i] <= 0 || p.expected[i] <= 0 || p.highs[i] > mostly * p.found[i])
            continue;
        const double apart = fabs(log(p.found[i] / p.expected[i]));
        const double own = fmax(mix->at_once[i] + p.left[i] / p.found[i], exp(apart) - 1);
        master->at_once[i] = fmin(master->at_once[i], own);
    }
}

void hs_stem_following_free(struct hs_stem_following *x)
{
    hs_free(x->at_once);
    hs_free(x->ringing);
    hs_free(x->sides);
    hs_free(x->beside);
    *x = (struct hs_stem_following){0};
}
