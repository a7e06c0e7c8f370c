/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places of 4.1 s every 4 s are rated by the master's short-term loudness and by its difference
 * from the mix's, less the median. In turns the loudest, the one nearest to the median level,
 * and the one with the largest difference are taken, two of each, without overlap and not in
 * faded passages.
 */
#include "pair/excerpt.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdlib.h>

static const double all_s = 30, stretch_s = 4.1, step_s = 4;
/* Passages so much below the usual change are faded: they show little of a device. */
static const double faded_db = 12;
enum { PER_KIND = 2 };

struct choice {
    struct hs_excerpt place;
    double level, change; /* LUFS of the master; against the mix, less the usual change */
    bool taken;
};

static double value_at(const struct hs_value *v, double time_s)
{
    if (!v || v->kind != HS_SERIES || !v->n)
        return NAN;
    double at = round((time_s - v->start_s) / v->step_s);
    at = fmin(fmax(at, 0), (double)v->n - 1);
    return (double)v->series[(size_t)at];
}

/* All places for a stretch, with the master's level and how far it lies from the mix's. */
static size_t list(const struct hs_timeline *t, const struct hs_file *mix,
                   const struct hs_file *master, struct choice *c, size_t most)
{
    const struct hs_value *x = hs_values_get(&mix->values, "short_term_lufs");
    size_t n = 0;
    for (size_t i = 0; i < t->n_segments; i++)
        for (double at = t->segment[i].from_s; at + stretch_s <= t->segment[i].to_s && n < most;
             at += step_s) {
            double middle = at + stretch_s / 2;
            double from = value_at(x, hs_timeline_mix_s(t, i, middle));
            /* Read anew: a series of packed values holds only until a few others are read. */
            double to = value_at(hs_values_get(&master->values, "short_term_lufs"), middle);
            c[n++] = (struct choice){.place = {i, at, at + stretch_s},
                                     .level = isfinite(to) ? to : -70,
                                     .change = isfinite(to - from) ? to - from : 0};
            x = hs_values_get(&mix->values, "short_term_lufs");
        }
    return n;
}

static bool free_of(const struct choice *c, size_t n, size_t i)
{
    if (c[i].taken)
        return false;
    for (size_t k = 0; k < n; k++)
        if (c[k].taken && c[k].place.from_s < c[i].place.to_s &&
            c[i].place.from_s < c[k].place.to_s)
            return false;
    return true;
}

enum want { LOUDEST, MIDDLE, MOVED };

/* The free choice that is wanted most. */
static void take(struct choice *c, size_t n, enum want want, double middle)
{
    size_t best = n;
    double most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double score = want == LOUDEST  ? c[i].level
                       : want == MIDDLE ? -fabs(c[i].level - middle)
                                        : fabs(c[i].change);
        if (c[i].change > -faded_db && score > most && free_of(c, n, i))
            most = score, best = i;
    }
    if (best < n)
        c[best].taken = true;
}

static int by_time(const void *a, const void *b)
{
    const struct hs_excerpt *x = a, *y = b;
    return x->from_s < y->from_s ? -1 : x->from_s > y->from_s;
}

static double median_of(const struct choice *c, size_t n, bool level)
{
    double *x = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++)
        x[i] = level ? c[i].level : c[i].change;
    double middle = hs_median(x, n);
    hs_free(x);
    return middle;
}

/* Short songs whole; of others the loudest, the middle and those that were moved most. */
size_t hs_excerpt_choose(const struct hs_timeline *t, const struct hs_file *mix,
                         const struct hs_file *master, struct hs_excerpt out[HS_STRETCHES_MOST])
{
    size_t n = 0;
    if (hs_timeline_shared_s(t) <= all_s) {
        for (; n < t->n_segments && n < HS_STRETCHES_MOST; n++)
            out[n] = (struct hs_excerpt){n, t->segment[n].from_s, t->segment[n].to_s};
        return n;
    }
    const size_t most = (size_t)(hs_timeline_shared_s(t) / step_s) + HS_EDITS_MOST;
    struct choice *c = HS_NEW_ARRAY(struct choice, most);
    size_t n_choices = list(t, mix, master, c, most);
    const double usual = median_of(c, n_choices, false), middle = median_of(c, n_choices, true);
    for (size_t i = 0; i < n_choices; i++)
        c[i].change -= usual;
    for (int k = 0; k < PER_KIND; k++)
        for (int want = LOUDEST; want <= MOVED; want++)
            take(c, n_choices, (enum want)want, middle);
    for (size_t i = 0; i < n_choices; i++)
        if (c[i].taken)
            out[n++] = c[i].place;
    hs_free(c);
    qsort(out, n, sizeof *out, by_time);
    return n;
}
