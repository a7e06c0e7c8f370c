/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The known values of a release are sorted, with running sums. Without one of them the median is
 * the neighbour of the middle, and the sum of the distances from it follows from the sums on either
 * side. Sizes of steps are summed in the order of the tracks.
 */
#include "judge/beside.h"

#include "core/alloc.h"
#include "core/num.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

enum { B100 = 7, B10000 = 27 };

/* One number for dark against bright that a single zone cannot carry: over 6.6 octaves. */
static double tone_of(const struct hs_values *v)
{
    const double *bands = hs_values_doubles(v, "bands_db", HS_BANDS);
    double sum_x = 0, sum_xy = 0, sum_xx = 0, n = B10000 - B100 + 1;
    if (!bands)
        return NAN;
    for (size_t i = B100; i <= B10000; i++)
        sum_x += (double)i;
    for (size_t i = B100; i <= B10000; i++) {
        double x = (double)i - sum_x / n;
        sum_xy += x * bands[i];
        sum_xx += x * x;
    }
    return sum_xy / sum_xx * (B10000 - B100);
}

double hs_beside_read(enum hs_beside_measure measure, const struct hs_values *v)
{
    return measure == HS_BESIDE_TONE ? tone_of(v) : hs_values_or_nan(v, "integrated_lufs");
}

/* The master of a track, or its update; NULL where it has none. */
static const struct hs_values *master_of(const struct hs_track_result *t, bool updated)
{
    if (updated && t->update.state == HS_FILE_OK && t->update_kind == HS_UPDATE_MASTER &&
        t->track->update.path)
        return &t->update.values;
    return t->master.state == HS_FILE_OK ? &t->master.values : NULL;
}

/* Sorts the known values of a release, and adds up values and steps. */
static void fill_release(const struct hs_audit *audit, size_t release, struct hs_beside_course *c)
{
    const struct hs_release *r = &audit->job->releases[release];
    const size_t first = r->first_track, end = first + r->n_tracks;
    size_t n = 0;
    double sum = 0;
    for (size_t i = first; i < end; i++) {
        double step = i > first ? fabs(c->value[i] - c->value[i - 1]) : NAN;
        bool is_step =
            !isnan(step) && audit->tracks[i].track->disc == audit->tracks[i - 1].track->disc;
        c->steps[i] = i > first ? c->steps[i - 1] + (is_step ? step : 0) : 0;
        c->n_steps[i] = i > first ? c->n_steps[i - 1] + is_step : 0;
        if (!isnan(c->value[i]))
            c->sorted[first + n++] = c->value[i];
    }
    hs_sort(c->sorted + first, n);
    for (size_t i = 0; i < n; i++) {
        c->sum[first + i] = sum;
        sum += c->sorted[first + i];
    }
    c->known[release] = n;
}

/* The releases from .. to, and their tracks. */
struct part {
    size_t from, to, first, end;
};

static struct part part_of(const struct hs_job *job, const struct hs_release *release)
{
    if (!release)
        return (struct part){0, job->n_releases, 0, job->n_tracks};
    const size_t r = (size_t)(release - job->releases);
    return (struct part){r, r + 1, release->first_track, release->first_track + release->n_tracks};
}

static void fill(const struct hs_audit *audit, const struct part *part,
                 enum hs_beside_measure measure, bool updated, struct hs_arena *arena,
                 struct hs_beside_course *c)
{
    const size_t n = audit->job->n_tracks;
    *c = (struct hs_beside_course){.value = HS_ARENA_ARRAY(arena, double, n + 1),
                                   .sorted = HS_ARENA_ARRAY(arena, double, n + 1),
                                   .sum = HS_ARENA_ARRAY(arena, double, n + 1),
                                   .known =
                                       HS_ARENA_ARRAY(arena, size_t, audit->job->n_releases + 1),
                                   .steps = HS_ARENA_ARRAY(arena, double, n + 1),
                                   .n_steps = HS_ARENA_ARRAY(arena, double, n + 1)};
    for (size_t i = part->first; i < part->end; i++) {
        const struct hs_values *v = master_of(&audit->tracks[i], updated);
        c->value[i] = v ? hs_beside_read(measure, v) : NAN;
    }
    for (size_t r = part->from; r < part->to; r++)
        fill_release(audit, r, c);
}

static bool any_update(const struct hs_audit *audit, const struct part *part)
{
    for (size_t i = part->first; i < part->end; i++)
        if (audit->tracks[i].update.state == HS_FILE_OK)
            return true;
    return false;
}

const struct hs_beside *hs_beside_new(const struct hs_audit *audit,
                                      const struct hs_release *release, struct hs_arena *arena)
{
    struct hs_beside *b = HS_ARENA_NEW(arena, struct hs_beside);
    const struct part part = part_of(audit->job, release);
    for (int m = 0; m < HS_N_BESIDE; m++) {
        fill(audit, &part, (enum hs_beside_measure)m, false, arena, &b->course[0][m]);
        b->course[1][m] = b->course[0][m];
        if (any_update(audit, &part))
            fill(audit, &part, (enum hs_beside_measure)m, true, arena, &b->course[1][m]);
    }
    return b;
}

/* How many of the sorted values x[0..n) are below the limit. */
static size_t below(const double *x, size_t n, double limit)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (x[middle] < limit)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

struct hs_beside_others hs_beside_values(const struct hs_beside_course *c,
                                         const struct hs_audit *audit, size_t track)
{
    const size_t release = audit->tracks[track].track->release;
    const size_t first = audit->job->releases[release].first_track, all = c->known[release];
    const double *x = c->sorted + first, *sum = c->sum + first, own = c->value[track];
    const bool one_less = !isnan(own);
    const size_t n = all - one_less, skipped = one_less ? below(x, all, own) : all;
    if (!n)
        return (struct hs_beside_others){0, NAN, NAN};
    /* the two in the middle of those that are left */
    const size_t low = (n - 1) / 2, high = n / 2;
    const double middle = (x[low + (low >= skipped)] + x[high + (high >= skipped)]) / 2;
    const size_t k = below(x, all, middle);
    const double total = sum[all - 1] + x[all - 1], under = k < all ? sum[k] : total;
    double distances = (double)k * middle - under + (total - under) - (double)(all - k) * middle;
    distances -= one_less ? fabs(own - middle) : 0;
    return (struct hs_beside_others){n, middle, fmax(distances, 0) / (double)n};
}

struct hs_beside_others hs_beside_steps(const struct hs_beside_course *c,
                                        const struct hs_audit *audit, size_t track)
{
    const struct hs_release *r = &audit->job->releases[audit->tracks[track].track->release];
    const size_t first = r->first_track, last = first + r->n_tracks - 1;
    const size_t before = track > first ? track - 1 : first;
    const size_t behind = track < last ? track + 1 : last;
    const double n = c->n_steps[last] - (c->n_steps[behind] - c->n_steps[before]);
    const double sizes = c->steps[last] - (c->steps[behind] - c->steps[before]);
    return (struct hs_beside_others){(size_t)n, NAN, n > 0 ? fmax(sizes, 0) / n : 0};
}
