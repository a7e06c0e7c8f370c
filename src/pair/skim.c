/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/skim.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"

#include <math.h>

/* Shorter pairs are gone through as they are. */
static const double least_s = 90;
/* The ends, where fades are; then a piece of so many hops every so many seconds. */
static const double ends_s = 6, every_s = 10;
enum { HOPS = 6 };
/* By so much (dB) the zones of a second may leave their usual distance together: less than a
 * ride does. A delay of part of a second moves them by more, and all is gone through. */
static const double steady_zones_db = 0.5;
/* Slow gain of the pieces, and seconds that stand out of the others: a ride, a voice. */
static const double steady_gain_db = 0.3, steady_residual_db = 6, clear_residual_db = -20;
/* A zone that is so far below its loud seconds says nothing. */
static const double sounding_db = 30;
static const char *const zones[] = {"zones_db.low_mid", "zones_db.mid", "zones_db.presence",
                                    "zones_db.air"};
enum { ZONES = sizeof zones / sizeof *zones };

/* A series of a file, copied: of kept values a series holds until a few others are asked for. */
struct course {
    double *x, start_s;
    size_t n;
};

static struct course course_of(const struct hs_file *f, const char *key)
{
    const struct hs_value *v = hs_values_get(&f->values, key);
    struct course c = {0};
    if (!v || v->kind != HS_SERIES || !v->n || v->step_s != 1)
        return c;
    c = (struct course){HS_NEW_ARRAY(double, v->n), v->start_s, v->n};
    for (size_t i = 0; i < v->n; i++)
        c.x[i] = (double)v->series[i];
    return c;
}

/* Power of a series of decibels at a moment; NaN outside. */
static double power_at(const struct course *c, double time_s)
{
    double at = time_s - c->start_s;
    if (!(at >= 0) || !(at + 1 < (double)c->n + 1e-9))
        return NAN;
    size_t i = (size_t)at;
    double share = at - (double)i, low = hs_power_from_db(c->x[i]);
    return share < 1e-6 ? low : low + share * (hs_power_from_db(c->x[i + 1]) - low);
}

/* How far a zone of each second of the master lies from that of the mix, less the usual. */
static void zone_changes(const struct hs_timeline *t, const struct course *mix,
                         const struct course *master, size_t first, size_t n, double *out)
{
    double *work = HS_NEW_ARRAY(double, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (first + i < master->n)
            work[k++] = master->x[first + i];
    hs_sort(work, k);
    const double least = hs_quantile_sorted(work, k, 0.95) - sounding_db;
    k = 0;
    for (size_t i = 0; i < n; i++) {
        double at = (double)(first + i), to = first + i < master->n ? master->x[first + i] : NAN;
        double from = power_at(mix, hs_timeline_mix_s(t, 0, at));
        out[i] = to > least && from > 0 ? to - hs_db_from_power(from) : NAN;
        if (isfinite(out[i]))
            work[k++] = out[i];
    }
    const double usual = hs_median(work, k);
    for (size_t i = 0; i < n; i++)
        out[i] -= usual;
    hs_free(work);
}

/* Furthest that the zones leave their usual distance together in any second. */
static double furthest_move(double *const change[ZONES], size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double x[ZONES];
        size_t k = 0;
        for (int z = 0; z < ZONES; z++)
            if (isfinite(change[z][i]))
                x[k++] = change[z][i];
        if (k)
            most = fmax(most, fabs(hs_median(x, k)));
    }
    return most;
}

static bool zones_are_steady(const struct hs_timeline *t, const struct hs_file *mix,
                             const struct hs_file *master)
{
    const size_t first = (size_t)ceil(t->segment[0].from_s);
    const size_t n = (size_t)floor(t->segment[0].to_s) - first;
    double *change[ZONES];
    for (int z = 0; z < ZONES; z++) {
        struct course x = course_of(mix, zones[z]), y = course_of(master, zones[z]);
        change[z] = HS_NEW_ARRAY(double, n + 1);
        zone_changes(t, &x, &y, first, n, change[z]);
        hs_free(x.x);
        hs_free(y.x);
    }
    double most = furthest_move(change, n);
    for (int z = 0; z < ZONES; z++)
        hs_free(change[z]);
    return most < steady_zones_db;
}

size_t hs_skim_choose(const struct hs_timeline *t, const struct hs_file *mix,
                      const struct hs_file *master, double hop_s,
                      struct hs_excerpt out[HS_SKIM_PIECES])
{
    const struct hs_edit *all = &t->segment[0];
    if (t->edited || t->wow.n || all->to_s - all->from_s < least_s ||
        !zones_are_steady(t, mix, master))
        return 0;
    const double first_s = all->from_s + ends_s, last_s = all->to_s - ends_s;
    const double piece_s = HOPS * hop_s;
    const double step_s = fmax(every_s, (last_s - first_s) / (HS_SKIM_PIECES - 3));
    size_t n = 0;
    out[n++] = (struct hs_excerpt){0, all->from_s, first_s};
    for (double at = first_s + (step_s - piece_s) / 2; at + piece_s < last_s; at += step_s)
        out[n++] = (struct hs_excerpt){0, at, at + piece_s};
    out[n++] = (struct hs_excerpt){0, last_s, all->to_s};
    return n;
}

bool hs_skim_suffices(const struct hs_reduction *r)
{
    return r->slow_range_db < steady_gain_db &&
           (r->missing_p90_db < clear_residual_db ||
            r->missing_p90_db - r->missing_p20_db < steady_residual_db);
}

/* Gated mean of windows of 3 s. */
static double gated_lufs(const struct course *c, double from_s, double to_s)
{
    float *power = HS_NEW_ARRAY(float, c->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        double at = c->start_s + (double)i;
        if (at >= from_s && at <= to_s && isfinite(c->x[i]))
            power[n++] = (float)hs_power_from_db(c->x[i]);
    }
    double sum = 0, least, kept = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)power[i];
    least = n ? sum / (double)n / 10 : 0;
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if ((double)power[i] > least)
            kept += (double)power[i], k++;
    hs_free(power);
    return k ? hs_db_from_power(kept / (double)k) : NAN;
}

double hs_skim_gain_db(const struct hs_timeline *t, const struct hs_file *mix,
                       const struct hs_file *master)
{
    static const char key[] = "short_term_lufs";
    const struct hs_edit *all = &t->segment[0];
    struct course x = course_of(mix, key), y = course_of(master, key);
    double gain =
        gated_lufs(&y, all->from_s, all->to_s) -
        gated_lufs(&x, hs_timeline_mix_s(t, 0, all->from_s), hs_timeline_mix_s(t, 0, all->to_s));
    hs_free(x.x);
    hs_free(y.x);
    return gain;
}
