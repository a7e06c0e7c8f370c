/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The tops are counted in half decibels from 30 dB below the reference, the level that one
 *    top in `one_in` exceeds.
 * 2. Windows of one to four bins are compared with the tops 1 to 6 dB below them: the
 *    difference of the mean flatness over its standard error is z. A window with many tops
 *    above it is no ceiling. The clearest window is the ceiling, where z and difference are
 *    large enough.
 * 3. A clipper makes plateaus of most of the tops that it cuts, of some behind a codec. The gain of
 *    a limiter bends each of them a little: they are flatter in the mean, and hardly one is flat.
 * 4. A file whose tops are flat at lower levels too, or whose wave often rests between two steps
 *    below the tops, is made of square waves; then only a large difference counts.
 */
#include "dsp/ceiling_verdict.h"

#include <math.h>

enum {
    BINS = 88,        /* of half a decibel, from 30 dB below the reference on */
    TOPS_NEEDED = 15, /* of a window, and of what it is compared with */
    TOPS_IN_ALL = 30,
};
static const double lowest_db = -30, bin_db = 0.5;
static const double top_spread = 0.14;      /* of the flatness of single tops of music */
static const double least_reference = 0.60; /* flatness of music at the least */
/* So many shelves beside each top of the ceiling are square waves: sums of two have 0.28 to 0.37
 * behind a codec or a resampler; music that was clipped by 12 and 18 dB has up to 0.11, behind
 * codecs and high-passes too. */
static const double most_shelves = 0.25;

struct histogram {
    double tops[BINS], flatness[BINS], wide[BINS], flat[BINS], places[BINS], shelves[BINS];
    double reference; /* level of bin 0 is 30 dB below it */
};

/* The tops in half decibels below the level that one in `one_in` exceeds. */
static bool bin(const struct hs_ceiling *c, double one_in, struct histogram *h)
{
    double all = 0, above = 0;
    size_t first = hs_ceiling_lowest(c), at = HS_CEILING_LEVELS;
    *h = (struct histogram){.reference = 0};
    for (size_t i = first; i < HS_CEILING_LEVELS; i++)
        all += c->levels[i].tops;
    if (all < TOPS_IN_ALL)
        return false;
    while (at > first && above < fmax(3, floor(all / one_in)))
        above += c->levels[--at].tops;
    h->reference = hs_ceiling_level_of(at);
    for (size_t i = first; i < HS_CEILING_LEVELS; i++) {
        double db = 20 * log10(hs_ceiling_level_of(i) / h->reference);
        int b = (int)floor((db - lowest_db) / bin_db);
        if (b < 0 || b >= BINS)
            continue;
        h->tops[b] += c->levels[i].tops;
        h->flatness[b] += c->levels[i].flatness;
        h->wide[b] += c->levels[i].wide;
        h->flat[b] += c->levels[i].flat;
        h->shelves[b] += c->levels[i].shelves;
        h->places[b] += c->levels[i].places;
    }
    return true;
}

/* Over bins that are there. */
static double sum(const double *x, int from, int to)
{
    double s = 0;
    for (int i = from < 0 ? 0 : from; i < to && i < BINS; i++)
        s += x[i];
    return s;
}

struct window {
    double z, flatter;
    int from, wide;
};

/* How much flatter the tops of a window are than those from 1 to 6 dB below it. */
static bool compare(const struct histogram *h, int from, int wide, struct window *out)
{
    double here = sum(h->tops, from, from + wide), below = sum(h->tops, from - 12, from - 2);
    if (from + wide > BINS || here < TOPS_NEEDED || below < TOPS_NEEDED)
        return false;
    int middle = (int)nearbyint(from + wide / 2.0);
    double over = sum(h->tops, middle + 4, BINS);
    if (over > 0.35 * fmax(1, sum(h->tops, middle - 2, middle + 2)))
        return false; /* a ceiling has nothing above it */
    double reference = fmax(sum(h->flatness, from - 12, from - 2) / below, least_reference);
    double flatter = sum(h->flatness, from, from + wide) / here - reference;
    *out =
        (struct window){flatter / (top_spread * sqrt(1 / here + 1 / below)), flatter, from, wide};
    return true;
}

/* Much flatter: enough with a lower z. */
static bool is_strong(double z, double flatter)
{
    return z >= 8 && flatter >= 0.08;
}

bool hs_ceiling_stands_out(double z, double flatter)
{
    return (z >= 13 && flatter >= 0.05) || is_strong(z, flatter);
}

/* The clearest window; one that is much flatter stands in for a clear one that is not. */
static bool clearest(const struct histogram *h, struct window *best, bool *found)
{
    struct window w, strong = {.z = -1};
    *best = (struct window){.z = -INFINITY};
    for (int from = 6; from < BINS; from++)
        for (int wide = 1; wide <= 4; wide++) {
            if (!compare(h, from, wide, &w))
                continue;
            if (w.z > best->z)
                *best = w;
            if (is_strong(w.z, w.flatter) && w.z > strong.z)
                strong = w;
        }
    *found = hs_ceiling_stands_out(best->z, best->flatter);
    if (!*found && strong.z > 0) {
        *best = strong;
        *found = true;
    }
    return isfinite(best->z);
}

/* Whether a limiter held these tops. Where they lie at the very top and nothing has spread them, a
 * clipper leaves 0.7 and more flat ones for each unit that they are flatter in the mean (behind MP3
 * and AAC, from 3 dB on), limiters with attacks of 0.1 to 20 ms up to 0.53; where a codec or a
 * filter has spread them a clipper 0.25 and more, limiters 0.21 and less. docs/judging.md. */
static bool is_limited(const struct histogram *h, const struct window *w)
{
    const int at_reference = (int)(-lowest_db / bin_db) - 1;
    const bool sharp = w->from >= at_reference && w->wide <= 2;
    const double per_flatter = !sharp ? 0.25 : w->flatter < 0.135 ? 0.65 : 0.45;
    const double most = sharp ? 0.17 : 0.2;
    double wide = sum(h->wide, w->from, w->from + w->wide);
    double flat = sum(h->flat, w->from, w->from + w->wide);
    return wide >= TOPS_NEEDED && w->flatter < most &&
           flat + sqrt(flat) < per_flatter * w->flatter * wide; /* with the error of a count */
}

/* The share of samples above a level. */
static double share_above(const struct hs_ceiling *c, double level)
{
    uint64_t above = 0;
    for (size_t i = HS_CEILING_LEVELS; i-- > 0 && hs_ceiling_level_of(i) > level;)
        above += c->levels[i].samples;
    return c->n ? (double)above / (double)c->n : 0;
}

/* By the steps of the head. */
void hs_ceiling_verdict(const struct hs_ceiling *c, double one_in, struct hs_ceiling_verdict *out)
{
    struct histogram h;
    struct window w;
    *out = (struct hs_ceiling_verdict){.told = false};
    if (!bin(c, one_in, &h) || !clearest(&h, &w, &out->found))
        return;
    double at_db = lowest_db + (w.from + w.wide / 2.0) * bin_db;
    double below = sum(h.tops, w.from - 24, w.from - 3);
    out->told = true;
    out->z = w.z;
    out->flatter = w.flatter;
    out->level = h.reference * pow(10, at_db / 20);
    out->highest = out->level * pow(10, w.wide / 2.0 * bin_db / 20);
    out->square = sum(h.flat, w.from - 24, w.from - 3) > 0.04 * fmax(1, below) ||
                  sum(h.shelves, w.from, BINS) > most_shelves * sum(h.places, w.from, BINS);
    double wide = sum(h.wide, w.from, w.from + w.wide);
    out->flat = wide < TOPS_NEEDED ? NAN : sum(h.flat, w.from, w.from + w.wide) / wide;
    out->limited = out->found && is_limited(&h, &w);
    out->found = out->found && !out->limited && !(out->square && w.flatter < 0.15);
    out->ppm = 1e6 * share_above(c, out->level * pow(10, -0.75 / 20));
}
