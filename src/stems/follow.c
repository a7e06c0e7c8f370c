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
 */
#include "stems/follow.h"

#include "core/alloc.h"
#include "stems/mono.h"

#include <math.h>
#include <string.h>

enum { ZONES = HS_STEM_ZONES, SWEEPS = 60 };
/* Rooms and plates of popular music: their power falls by 60 dB in some 1.2 s. */
static const double decay_s = 1.2;

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
        hs_stem_zone_powers(f, s, u, zone, sys.row);
        sys.row[2 * k] = mean;
        for (size_t i = 0; i < k; i++) {
            own[i] += sys.row[i];
            if (rings && s->is_return[i])
                sys.row[i] = 0;
        }
        const double all = (double)s->unit_zone[u * ZONES + (size_t)zone];
        if (!s->lost[u * f->unit_frames / f->window_frames] && all > 0) {
            const double value = (double)left[u * ZONES + (size_t)zone];
            const double weight = pow(all + hs_stem_soft_share * mean, -2);
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

void hs_stem_follow(const struct hs_stem_fitting *f, size_t file, struct hs_stem_following *out)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    *out = (struct hs_stem_following){.at_once = follow(f, s, false, NULL),
                                      .sides = hs_stem_mono_sides(f, file)};
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
    hs_stem_zone_powers(f, mix, u, zone, was);
    hs_stem_zone_powers(f, master, u, zone, is);
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
