/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A window of the wanted length slides over the time series; its mean, less that of the other
 * series, is taken in the direction of the fault. The worst window is kept, then the next one that
 * does not overlap it, up to three. Intro, outro (of files over 30 s) and quiet windows are passed
 * over; where nothing is left they are allowed.
 */
#include "judge/passages.h"

#include "core/alloc.h"

#include <math.h>

/* The first and last seconds are often made otherwise than the rest. */
static const double intro_s = 5;
static const double quiet_lu = 20;

/* Short-term loudness at a time, NaN where unknown. */
static double loudness_at(const struct hs_value *series, double at_s)
{
    if (!series)
        return NAN;
    double i = floor((at_s - series->start_s) / series->step_s + 0.5);
    i = fmin(fmax(i, 0), (double)series->n - 1);
    return (double)series->series[(size_t)i];
}

struct search {
    const struct hs_value *series, *against, *loudness;
    double integrated, duration_s;
    int side;
    size_t n; /* elements of a window */
};

/* Mean of the window from element i, NaN when half of it is missing. */
static double window_mean(const struct search *s, size_t i)
{
    double sum = 0;
    size_t known = 0;
    for (size_t k = i; k < i + s->n; k++) {
        double x = (double)s->series->series[k];
        if (s->against)
            x -= k < s->against->n ? (double)s->against->series[k] : NAN;
        if (isfinite(x)) {
            sum += x;
            known++;
        }
    }
    return 2 * known >= s->n && known ? sum / (double)known : NAN;
}

static bool allowed(const struct search *s, double from_s, double to_s,
                    const struct hs_passage *taken, size_t n_taken)
{
    for (size_t k = 0; k < n_taken; k++)
        if (from_s < taken[k].to_s && to_s > taken[k].from_s)
            return false;
    if (s->duration_s > 6 * intro_s && (from_s < intro_s || to_s > s->duration_s - intro_s))
        return false;
    double lufs = loudness_at(s->loudness, (from_s + to_s) / 2);
    return !(lufs < s->integrated - quiet_lu);
}

/* The worst allowed window that overlaps none of the n_out taken so far; false: none is left. */
static bool find_worst(const struct search *s, struct hs_passage *out, size_t n_out)
{
    const struct hs_value *c = s->series;
    double worst = -INFINITY;
    for (size_t i = 0; i + s->n <= c->n; i++) {
        double from = c->start_s + ((double)i - 0.5) * c->step_s;
        double to = from + (double)s->n * c->step_s;
        double value = s->side * window_mean(s, i);
        if (!(value > worst) || !allowed(s, from, to, out, n_out))
            continue;
        worst = value;
        out[n_out] = (struct hs_passage){fmax(0, from), to};
    }
    return isfinite(worst);
}

static const struct hs_value *series_of(const struct hs_values *values, const char *key)
{
    const struct hs_value *v = key ? hs_values_get(values, key) : NULL;
    return v && v->kind == HS_SERIES && v->n && v->step_s > 0 ? v : NULL;
}

/* Windows of len_s where the series is worst towards `side`; quiet ones only where there are no
 * others. */
size_t hs_passages_worst(const struct hs_values *values, const char *series, const char *against,
                         int side, double len_s, struct hs_passage out[HS_MAX_PASSAGES])
{
    struct search s = {.series = series_of(values, series),
                       .against = series_of(values, against),
                       .loudness = series_of(values, "short_term_lufs"),
                       .integrated = hs_values_or_nan(values, "integrated_lufs"),
                       .duration_s = hs_values_or_nan(values, "duration_s"),
                       .side = side};
    if (!s.series)
        return 0;
    s.n = (size_t)fmax(1, floor(len_s / s.series->step_s + 0.5));
    if (s.n > s.series->n)
        s.n = s.series->n;
    size_t n = 0;
    while (n < HS_MAX_PASSAGES && find_worst(&s, out, n))
        n++;
    if (!n) { /* nothing but quiet, intro or outro */
        s.loudness = NULL;
        s.duration_s = 0;
        while (n < HS_MAX_PASSAGES && find_worst(&s, out, n))
            n++;
    }
    return n;
}
