/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the first pair are in the time of the old file, those of the second in that of the
 * new one: the borders of the first are taken there by the segments of the second pair. Between the
 * borders of both nothing changes, so that each stretch has one answer.
 */
#include "catalogue/verify_channels.h"

#include "core/num.h"

#include <math.h>

static const double shortest_s = 1;

/* The part of a time; ms 0 where there is none, NaN where the pair does not tell. */
static struct hs_late_part part_at(const struct hs_late_part *part, size_t n, double at_s)
{
    for (size_t i = 0; i < n; i++)
        if (at_s >= part[i].from_s && at_s < part[i].to_s)
            return part[i];
    return (struct hs_late_part){.ms = n ? 0 : (double)NAN};
}

/* Where a moment of the old file lies in the new one; of what was cut out, where it would. */
static double in_new_s(const struct hs_pair *pair, double old_s)
{
    const double delay_s = hs_values_or_nan(&pair->values, "delay_s");
    const double ppm = hs_values_or_nan(&pair->values, "drift_ppm");
    const double ratio = 1 + (isfinite(ppm) ? ppm * 1e-6 : 0);
    for (unsigned i = 0; i < pair->n_segments; i++) {
        const struct hs_segment *s = &pair->segments[i];
        const bool last = i + 1 == pair->n_segments;
        if (last || old_s < pair->segments[i + 1].mix_s)
            return s->master_s + (old_s - s->mix_s) / ratio;
    }
    return (old_s - (isfinite(delay_s) ? delay_s : 0)) / ratio;
}

/* The parts of the first pair in the time of the new file; 0 and infinity stay. */
static size_t made_parts(const struct hs_verification *v, struct hs_late_part *part)
{
    const size_t n = hs_late_parts(&v->track->pair.values, part, HS_LATE_PARTS_MOST);
    for (size_t i = 0; i < n; i++) {
        part[i].from_s = part[i].from_s > 0 ? in_new_s(&v->pair, part[i].from_s) : -INFINITY;
        part[i].to_s = isfinite(part[i].to_s) ? in_new_s(&v->pair, part[i].to_s) : part[i].to_s;
    }
    return n;
}

/* Puts the ends of parts that lie within the file behind n others. */
static size_t add_borders(const struct hs_late_part *part, size_t n_parts, double *border, size_t n)
{
    for (size_t i = 0; i < n_parts; i++) {
        if (part[i].from_s > 0)
            border[n++] = part[i].from_s;
        if (part[i].to_s > 0 && isfinite(part[i].to_s))
            border[n++] = part[i].to_s;
    }
    return n;
}

size_t hs_late_stretches(const struct hs_verification *v, struct hs_late_stretch *out, size_t most)
{
    struct hs_late_part made[HS_LATE_PARTS_MOST], now[HS_LATE_PARTS_MOST];
    double border[HS_LATE_STRETCHES_MOST + 1] = {0};
    const size_t n_now = hs_late_parts(&v->pair.values, now, HS_LATE_PARTS_MOST);
    const size_t n_made = made_parts(v, made);
    size_t n_borders = 1, n = 0;
    n_borders = add_borders(made, n_made, border, n_borders);
    n_borders = add_borders(now, n_now, border, n_borders);
    hs_sort(border, n_borders);
    border[n_borders] = INFINITY;
    for (size_t i = 0; n_now && i < n_borders && n < most; i++) {
        if (!(border[i + 1] - border[i] > shortest_s))
            continue;
        const double at_s = border[i] + fmin(border[i + 1] - border[i], 2 * shortest_s) / 2;
        out[n++] = (struct hs_late_stretch){border[i], border[i + 1], part_at(made, n_made, at_s),
                                            part_at(now, n_now, at_s)};
    }
    return n;
}

/* What the old file was late by: with the mix's own where the pair knows it; all through, as found.
 */
static double old_ms(const struct hs_late_stretch *s, double found_ms)
{
    if (s->made.ms == 0)
        return 0;
    return s->made.mix_ms == 0 && isinf(s->made.to_s) && isinf(s->made.from_s)
               ? found_ms
               : s->made.mix_ms + s->made.ms;
}

double hs_late_share_left(const struct hs_verification *v, double found_ms)
{
    struct hs_late_stretch s[HS_LATE_STRETCHES_MOST];
    const size_t n = hs_late_stretches(v, s, HS_LATE_STRETCHES_MOST);
    double most = NAN;
    for (size_t i = 0; i < n; i++) {
        if (isnan(s[i].made.ms) || !(fabs(found_ms) >= hs_late_alike_ms))
            continue;
        double left = old_ms(&s[i], found_ms) + s[i].now.ms;
        left = fabs(left) < hs_late_alike_ms ? 0 : left / found_ms;
        most = fabs(left) <= fabs(most) ? most : left;
    }
    return most;
}
