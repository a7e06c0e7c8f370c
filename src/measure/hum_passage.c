/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. hs_hum_find looks at windows of 8 s that overlap by half. A window counts with three lines
 *    within half a per cent of multiples of 50 or 60 Hz: no scale of music has these. They are
 *    pure: notes that are struck faster than a frame is long have sidebands.
 * 2. Where no window has any, the quietest frames of the file are put together and looked at in
 *    the same way: a hum in short rests.
 * 3. The window with most power gives the level. Where another window has the same lines more than
 *    3 dB lower, or that power is as loud as music, it is a drone.
 * 4. Outside of such windows the lines may be away, hidden, or sink towards an end of the file
 *    with a fade. Where they are clear and louder, or sink and come back, they are a drone that
 *    swells.
 */
#include "measure/hum_passage.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum { WINDOW = 22, HOP = WINDOW / 2, RESTS = 12, FEWEST_LINES = 3, LEVELS = 256 };
static const double same_hz = 0.12, same_db = 3, few_share = 0.03, sideband_db = -18;
static const double silent_power = 1e-11, far_below = 1e-6; /* as in hum_lines.c */

/* The last window ends where the course ends. */
static size_t first_of(const struct hs_low_course *c, size_t window)
{
    size_t last = c->n - WINDOW;
    return window * HOP < last ? window * HOP : last;
}

/* The third bins on either side are those that a steady line does not reach. */
static bool is_pure(const struct hs_low_course *c, double hz)
{
    double power[LEVELS], side_db[WINDOW];
    size_t bin = (size_t)lround(hz / c->bin_hz) - c->first, n = 0;
    hs_hum_powers(power);
    for (size_t i = 0; i < c->n; i++) {
        struct hs_hum_sight s = hs_hum_look(c, power, i, bin);
        const uint8_t *f = c->level + i * c->n_bins;
        if (s.clear)
            side_db[n++] = -0.5 * (f[bin - 3] < f[bin + 3] ? f[bin - 3] : f[bin + 3]) - s.db;
    }
    return n && hs_median(side_db, n) <= sideband_db;
}

/* A window has lines of a hum. */
static bool look_at(const struct hs_low_course *c, size_t first, size_t n, struct hs_hum *out)
{
    int n_pure = 0;
    struct hs_low_course part = *c;
    part.level += first * c->n_bins;
    part.energy += first;
    part.n = n;
    if (!hs_hum_find(&part, INFINITY, out) || !out->exact || out->n_lines < FEWEST_LINES)
        return false;
    for (int k = 1; k <= HS_HUM_ORDERS; k++)
        n_pure += out->line[k].hz > 0 && is_pure(&part, out->line[k].hz);
    return n_pure >= FEWEST_LINES;
}

/* A line outside of the passage, from its edge outwards. */
struct outwards {
    double lowest_db;
    size_t n_against; /* frames in which it is louder than in the passage, or comes back */
};

static void step_out(struct outwards *o, const struct hs_hum_sight *s, double hz, double db)
{
    if (!s->clear || fabs(s->hz - hz) > hs_hum_allowed_hz(hz) / 2)
        return;
    double most = same_db + hs_hum_allowed_db(s->prominence_db);
    o->n_against += s->db > db + most || s->db > o->lowest_db + most;
    o->lowest_db = fmin(o->lowest_db, s->db);
}

/* Does a line outside of the windows that count behave as a hum may? */
static bool line_may_be_hum(const struct hs_low_course *c, const bool *counts, double hz, double db,
                            size_t from, size_t to)
{
    double power[LEVELS];
    size_t bin = (size_t)lround(hz / c->bin_hz) - c->first, n_against = 0;
    hs_hum_powers(power);
    struct outwards before = {db, 0}, after = {db, 0};
    for (size_t i = from; i-- > 0;) {
        struct hs_hum_sight s = hs_hum_look(c, power, i, bin);
        step_out(&before, &s, hz, db);
    }
    for (size_t i = from; i < c->n; i++) {
        if (counts[i]) {
            after.lowest_db = db;
            continue;
        }
        struct hs_hum_sight s = hs_hum_look(c, power, i, bin);
        bool between = i < to && s.clear && fabs(s.hz - hz) <= hs_hum_allowed_hz(hz) / 2;
        n_against += between && s.db < db - same_db - hs_hum_allowed_db(s.prominence_db);
        step_out(&after, &s, hz, db);
    }
    n_against += before.n_against + after.n_against;
    return (double)n_against <= fmax(1, few_share * (double)c->n);
}

static bool may_be_hum(const struct hs_low_course *c, const bool *counts,
                       const struct hs_hum_passage *p)
{
    for (int k = 1; k <= HS_HUM_ORDERS; k++)
        if (p->hum.line[k].hz > 0 &&
            !line_may_be_hum(c, counts, p->hum.line[k].hz, p->hum.line[k].db, p->from, p->to))
            return false;
    return true;
}

/* Marks the frames of all windows that have the lines of the one with most power. False: a drone.
 */
static bool find_in_windows(const struct hs_low_course *c, bool *counts, struct hs_hum_passage *out)
{
    size_t n = (c->n - WINDOW + HOP - 1) / HOP + 1;
    struct hs_hum *found = HS_NEW_ARRAY(struct hs_hum, n);
    bool drone = false;
    for (size_t w = 0; w < n; w++) {
        if (!look_at(c, first_of(c, w), WINDOW, &found[w]))
            found[w].n_lines = 0;
        if (found[w].n_lines && found[w].power > out->hum.power)
            out->hum = found[w];
    }
    out->from = c->n;
    for (size_t w = 0; w < n; w++) {
        if (!found[w].n_lines || fabs(found[w].hz - out->hum.hz) > same_hz)
            continue;
        drone = drone || found[w].power < out->hum.power * pow(10, -same_db / 10);
        size_t from = first_of(c, w), to = from + WINDOW;
        out->from = from < out->from ? from : out->from;
        out->to = to;
        for (size_t i = from; i < to; i++)
            counts[i] = true;
    }
    hs_free(found);
    return !drone;
}

/* The energy that RESTS of the frames that sound stay below, infinite where fewer do; frames sound
 * above *least. */
static double quietest(const struct hs_low_course *c, double *least)
{
    double *energy = HS_NEW_ARRAY(double, c->n), median, most = INFINITY;
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        energy[i] = (double)c->energy[i];
    median = hs_median(energy, c->n);
    *least = fmax(silent_power, far_below * median);
    for (size_t i = 0; i < c->n; i++)
        if ((double)c->energy[i] > *least)
            energy[n++] = (double)c->energy[i];
    hs_sort(energy, n);
    if (n > RESTS)
        most = energy[RESTS];
    hs_free(energy);
    return most;
}

/* Marks the rests that the frames below `most` lie in, with the frames that reach into them: these
 * show lower lines. */
static void mark_rests(const struct hs_low_course *c, double most, bool *counts)
{
    enum { REACHES = 2 };
    const double in_rest = 10;
    for (size_t i = 0, since = REACHES + 1; i < c->n; i++, since++) {
        since = (double)c->energy[i] < in_rest * most ? 0 : since;
        counts[i] = counts[i] || since < REACHES + 1;
    }
    for (size_t i = c->n, since = REACHES + 1; i-- > 0; since++) {
        since = (double)c->energy[i] < in_rest * most ? 0 : since;
        counts[i] = counts[i] || since < REACHES + 1;
    }
}

/* The quietest frames as if they followed each other. */
static void find_in_rests(const struct hs_low_course *c, bool *counts, struct hs_hum_passage *out)
{
    double least, most = quietest(c, &least);
    struct hs_low_course rests = *c;
    uint8_t *level = HS_NEW_ARRAY(uint8_t, RESTS * c->n_bins);
    float energy[RESTS];
    rests.n = 0;
    for (size_t i = 0; i < c->n && isfinite(most) && rests.n < RESTS; i++) {
        if ((double)c->energy[i] >= most || (double)c->energy[i] <= least)
            continue;
        memcpy(level + rests.n * c->n_bins, c->level + i * c->n_bins, c->n_bins);
        energy[rests.n++] = c->energy[i];
        out->from = rests.n == 1 ? i : out->from;
        out->to = i + 1;
    }
    mark_rests(c, most, counts);
    rests.level = level;
    rests.energy = energy;
    if (rests.n < RESTS || !look_at(&rests, 0, RESTS, &out->hum))
        out->hum = (struct hs_hum){.n_lines = 0};
    hs_free(level);
}

/* By the steps of the head. */
void hs_hum_find_passage(const struct hs_low_course *course, double loudest,
                         struct hs_hum_passage *out)
{
    *out = (struct hs_hum_passage){.from = 0};
    if (course->n < WINDOW)
        return;
    bool *counts = HS_NEW_ARRAY(bool, course->n);
    bool hum = find_in_windows(course, counts, out);
    if (!out->hum.n_lines)
        find_in_rests(course, counts, out);
    if (!hum || out->hum.power > loudest || !may_be_hum(course, counts, out))
        out->hum = (struct hs_hum){.n_lines = 0};
    hs_free(counts);
}
