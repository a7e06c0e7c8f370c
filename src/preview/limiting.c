/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What holds the gain in a mastering.
 *
 * 1. The limiter's gain is taken in steps of the envelope; of each step its deepest reduction.
 * 2. Active steps are counted in bins of 0.01 dB, from which the percentiles are read.
 * 3. Where the reduction grows, and is more than half a dB, the band whose envelope then stands
 *    furthest above its own median takes the blame for as much as it grows. At the end the blame
 *    is given as shares.
 */
#include "preview/limiting.h"

#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Smaller reductions are nobody's. */
static const double least_db = 0.5, growth_db = 0.05;
static const double bin_db = 0.01;
enum { BINS = 6000 };

struct hs_limiting {
    const struct hs_envelope *e;
    const bool *active;
    double usual[HS_PREVIEW_BANDS]; /* of the envelope of each band */
    unsigned count[BINS];
    size_t n_active, step, in_step;
    float deepest, last; /* of this step, of the one before; positive */
    float most;
    double held[HS_PREVIEW_BANDS];
};

static int ascending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The upper one of two middle values; 0 without values. */
static double median(const float *x, size_t n)
{
    if (!n)
        return 0;
    float *sorted = HS_NEW_ARRAY(float, n);
    memcpy(sorted, x, n * sizeof *x);
    qsort(sorted, n, sizeof *sorted, ascending);
    double middle = (double)sorted[n / 2];
    hs_free(sorted);
    return middle;
}

struct hs_limiting *hs_limiting_new(const struct hs_envelope *e, const bool *active)
{
    struct hs_limiting *r = HS_NEW(struct hs_limiting);
    r->e = e;
    r->active = active;
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++)
        r->usual[b] = median(e->band[b], e->n_groups);
    return r;
}

/* The limiter looks a step ahead, so that the peak may lie in the next group. */
static void note_event(struct hs_limiting *r, double growth)
{
    const struct hs_envelope *e = r->e;
    size_t at = r->step / HS_ENVELOPE_GROUP, next = (r->step + 2) / HS_ENVELOPE_GROUP, best = 0;
    double most = -INFINITY;
    if (at >= e->n_groups)
        return;
    next = next < e->n_groups ? next : at;
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++) {
        double here = fmax((double)e->band[b][at], (double)e->band[b][next]) - r->usual[b];
        if (here > most) {
            most = here;
            best = b;
        }
    }
    r->held[best] += growth;
}

/* Closes a step: its reduction counts, and where it grew there is an event. */
static void end_step(struct hs_limiting *r)
{
    double deep = (double)r->deepest, growth = deep - (double)r->last;
    if (r->step < r->e->n && r->active[r->step]) {
        r->count[(size_t)fmin(deep / bin_db, BINS - 1)]++;
        r->n_active++;
    }
    if (deep > least_db && growth > growth_db)
        note_event(r, growth);
    r->most = r->deepest > r->most ? r->deepest : r->most;
    r->last = r->deepest;
    r->deepest = 0;
    r->in_step = 0;
    r->step++;
}

void hs_limiting_push(struct hs_limiting *r, const float *gain_db, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        r->deepest = -gain_db[i] > r->deepest ? -gain_db[i] : r->deepest;
        if (++r->in_step == r->e->step)
            end_step(r);
    }
}

/* To the width of a bin (0.01 dB). */
static double percentile(const struct hs_limiting *r, double p)
{
    size_t below = 0;
    for (size_t i = 0; i < BINS; i++) {
        below += r->count[i];
        if ((double)below >= p * (double)r->n_active)
            return (double)i * bin_db;
    }
    return BINS * bin_db;
}

/* The shares of the bands are NAN where the limiter did next to nothing. */
void hs_limiting_finish(struct hs_limiting *r, struct hs_rendering *out)
{
    double sum = 0;
    if (r->in_step)
        end_step(r);
    out->gr_p50_db = r->n_active ? percentile(r, 0.5) : 0;
    out->gr_p95_db = r->n_active ? percentile(r, 0.95) : 0;
    out->gr_max_db = (double)r->most;
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++)
        sum += r->held[b];
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++)
        out->holds[b] = sum > 0 ? r->held[b] / sum : NAN;
}

void hs_limiting_free(struct hs_limiting *r)
{
    hs_free(r);
}
