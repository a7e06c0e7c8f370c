/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Samples are smoothed by a running mean of about 0.1 ms. A top is a sample that none of its
 *    two neighbours on either side exceeds.
 * 2. Of the samples around a top that are above 0.6 of its height, the flatness is (median -
 *    low) / (90th percentile - low), low being 0.6 of the height. Its sum is kept by the level
 *    of the top.
 * 3. The tops are counted in half decibels from 30 dB below the reference, the level that one
 *    top in `one_in` exceeds.
 * 4. Windows of one to four bins are compared with the tops 1 to 6 dB below them: the
 *    difference of the mean flatness over its standard error is z. A window with many tops
 *    above it is no ceiling. The clearest window is the ceiling, where z and difference are
 *    large enough.
 * 5. A clipper makes plateaus of most of the tops that it cuts, of some behind a codec. The gain of
 * a limiter bends each of them a little: they are flatter in the mean, and hardly one is flat.
 * 6. A file whose tops are flat at lower levels too, or whose wave often rests between two steps
 *    below the tops, is made of square waves; then only a large difference counts.
 */
#include "dsp/ceiling.h"

#include "core/alloc.h"

#include <math.h>
#include <string.h>

enum {
    PER_OCTAVE = 128,
    LOWEST_OCTAVE = -16,
    SIDE = 40,  /* a top that is longer to one side is not judged */
    FEWEST = 4, /* samples of a top */
    WIDE = 8,   /* samples of one that can be flat by itself */
    SMOOTH_MOST = 31,
    BINS = 88,        /* of half a decibel, from 30 dB below the reference on */
    TOPS_NEEDED = 15, /* of a window, and of what it is compared with */
    TOPS_IN_ALL = 30,
    AROUND = 152, /* samples of a block with those on its sides, in eights */
};
static const double smooth_hz = 8820, base = 0.6, least_share = 0.15;
static const double lowest_db = -30, bin_db = 0.5;
static const double top_spread = 0.14;      /* of the flatness of single tops of music */
static const double least_reference = 0.60; /* flatness of music at the least */
static const float flat_by_itself = 0.92f;

void hs_ceiling_init(struct hs_ceiling *c, int rate_hz)
{
    size_t m = (size_t)lround(rate_hz / smooth_hz) | 1;
    *c = (struct hs_ceiling){.smooth = m < SMOOTH_MOST ? m : SMOOTH_MOST,
                             .kernels = hs_kernels_choose()};
    c->levels = HS_NEW_ARRAY(struct hs_ceiling_level, HS_CEILING_LEVELS);
}

void hs_ceiling_free(struct hs_ceiling *c)
{
    hs_free(c->levels);
    c->levels = NULL;
}

/* The exponent and the first seven bits of the mantissa count levels within octaves. */
static size_t index_of(float magnitude)
{
    enum { SHIFT = 16, LOWEST = (127 + LOWEST_OCTAVE) * PER_OCTAVE };
    uint32_t bits;
    memcpy(&bits, &magnitude, sizeof bits);
    int32_t i = (int32_t)(bits >> SHIFT) - LOWEST;
    return i < 0 ? 0 : i < HS_CEILING_LEVELS ? (size_t)i : HS_CEILING_LEVELS - 1;
}

/* The middle of a level. */
static double level_of(size_t index)
{
    double within = 1 + ((double)(index % PER_OCTAVE) + 0.5) / PER_OCTAVE;
    return ldexp(within, (int)(index / PER_OCTAVE) + LOWEST_OCTAVE);
}

/* A running mean over a tenth of a millisecond: noise and lossy codecs ripple a plateau. */
static void smooth(const struct hs_ceiling *c, const float *x, size_t n, float out[AROUND])
{
    memset(out, 0, AROUND * sizeof *out);
    x -= c->smooth / 2;
    for (size_t k = 0; k < c->smooth; k++)
        c->kernels->add(out, x + k, n);
    for (size_t i = 0; i < AROUND; i++)
        out[i] /= (float)c->smooth;
}

/* No lower than two samples on either side. */
static bool is_top(const float *magnitude)
{
    float m = magnitude[0];
    return m >= magnitude[-2] && m >= magnitude[-1] && m >= magnitude[1] && m >= magnitude[2];
}

/* How many samples beside the top s[0] are above `low` in one direction; SIDE where they go on too
 * far, or one of them is higher. */
static int reach(const float *s, int step, float sign, float low)
{
    int n = 0;
    for (float top = sign * s[0]; n < SIDE && sign * s[(n + 1) * step] >= low; n++)
        if (sign * s[(n + 1) * step] > top)
            return SIDE;
    return n;
}

/* The samples around the top s[0] that are above `low`, by size; 0 where they are too few, go on
 * too far, or one of them is higher. Both sides mostly fall, so that they are merged from the top
 * on and few have to go further up. */
static size_t excursion(const float *s, float sign, float low, float v[2 * SIDE + 1])
{
    int left = reach(s, -1, sign, low), right = left < SIDE ? reach(s, 1, sign, low) : SIDE;
    if (right == SIDE || left + right + 1 < FEWEST)
        return 0;
    size_t n = 0;
    for (int l = 0, r = 1; l <= left || r <= right; n++) {
        bool next_left = r > right || (l <= left && sign * s[-l] >= sign * s[r]);
        float x = sign * (next_left ? s[-l++] : s[r++]);
        size_t k = n;
        for (; k > 0 && v[k - 1] < x; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
    return n;
}

/* Quantiles and not the highest sample: that is noise on a plateau. Returns the level; 0 where it
 * is not judged. */
static size_t count_top(struct hs_ceiling *c, const float *s)
{
    float v[2 * SIDE + 1], sign = s[0] < 0 ? -1 : 1, low = (float)base * sign * s[0];
    size_t n = excursion(s, sign, low, v);
    if (!n || !(v[n / 10] > low))
        return 0;
    float flatness = (v[n / 2] - low) / (v[n / 10] - low);
    size_t index = index_of(v[n / 4]);
    struct hs_ceiling_level *level = &c->levels[index];
    level->tops++;
    level->flatness += (double)flatness;
    level->wide += n >= WIDE;
    level->flat += flatness > flat_by_itself && n >= WIDE;
    return index;
}

/* A shelf: at least SHELF samples that stay within shelf_range at no more than shelf_most, with a
 * step of shelf_step or more, EDGE samples long, before and behind; all of the largest sample. */
enum { SHELF = 8, EDGE = 6 };
static const float shelf_range = 0.04f, shelf_step = 0.2f, shelf_most = 0.5f;
/* So many of them beside each top of the ceiling are square waves: sums of two have 0.28 to 0.37
 * behind a codec or a resampler; music that was clipped by 12 and 18 dB has up to 0.11, behind
 * codecs and high-passes too. */
static const double most_shelves = 0.25;

/* How many of the n samples from s[0] on lie on a shelf that begins there; 0 without one. */
static size_t shelf_at(const float *s, size_t n, float largest)
{
    float range = shelf_range * largest, step = shelf_step * largest, low = s[0], high = s[0];
    if (fabsf(s[0]) > shelf_most * largest || fabsf(s[0] - s[-EDGE]) < step)
        return 0;
    size_t k = 1;
    for (; k + EDGE < n; k++) {
        float l = s[k] < low ? s[k] : low, h = s[k] > high ? s[k] : high;
        if (h - l > range)
            break;
        low = l;
        high = h;
    }
    return k >= SHELF && k + EDGE <= n && fabsf(s[k - 1 + EDGE] - s[k - 1]) >= step ? k : 0;
}

static uint32_t count_shelves(const float *s, size_t n, float largest)
{
    uint32_t shelves = 0;
    for (size_t i = EDGE; i + SHELF + EDGE < n; i++) {
        size_t k = shelf_at(s + i, n - i, largest);
        shelves += k > 0;
        i += k;
    }
    return shelves;
}

/* A block with HS_CEILING_REACH samples on either side. `for_share`: its samples count for the
 * share that was cut. */
void hs_ceiling_look(struct hs_ceiling *c, const float *x, size_t n, bool for_share)
{
    float s[AROUND], magnitude[AROUND];
    smooth(c, x - SIDE - 1, n + 2 * (SIDE + 1), s);
    const float *at = s + SIDE + 1, *m = magnitude + SIDE + 1;
    for (size_t i = 0; i < AROUND; i++)
        magnitude[i] = fabsf(s[i]);
    for (size_t i = 0; i < n; i++)
        c->largest = m[i] > c->largest ? m[i] : c->largest;
    float least = (float)least_share * c->largest;
    for (size_t i = 0; i < n && for_share; i++)
        c->levels[index_of(m[i])].samples++;
    size_t highest = 0, before = 0;
    for (size_t i = 0; i < n; i++) {
        size_t level = m[i] > least && is_top(m + i) ? count_top(c, at + i) : 0;
        highest = level > highest ? level : highest;
        c->levels[level].places += level && !before; /* equal neighbours are one place */
        before = level;
    }
    if (highest)
        c->levels[highest].shelves += count_shelves(s + 1, n + 2 * SIDE, c->largest);
    c->n += for_share ? n : 0;
}

/* Another channel of the same file. */
void hs_ceiling_add(struct hs_ceiling *c, const struct hs_ceiling *from)
{
    for (size_t i = 0; i < HS_CEILING_LEVELS; i++) {
        c->levels[i].tops += from->levels[i].tops;
        c->levels[i].wide += from->levels[i].wide;
        c->levels[i].flat += from->levels[i].flat;
        c->levels[i].flatness += from->levels[i].flatness;
        c->levels[i].samples += from->levels[i].samples;
        c->levels[i].shelves += from->levels[i].shelves;
        c->levels[i].places += from->levels[i].places;
    }
    c->n += from->n;
    c->largest = fmaxf(c->largest, from->largest);
}

struct histogram {
    double tops[BINS], flatness[BINS], wide[BINS], flat[BINS], places[BINS], shelves[BINS];
    double reference; /* level of bin 0 is 30 dB below it */
};

/* The tops in half decibels below the level that one in `one_in` exceeds. */
static bool bin(const struct hs_ceiling *c, double one_in, struct histogram *h)
{
    double all = 0, above = 0;
    size_t first = index_of((float)least_share * c->largest), at = HS_CEILING_LEVELS;
    *h = (struct histogram){.reference = 0};
    for (size_t i = first; i < HS_CEILING_LEVELS; i++)
        all += c->levels[i].tops;
    if (all < TOPS_IN_ALL)
        return false;
    while (at > first && above < fmax(3, floor(all / one_in)))
        above += c->levels[--at].tops;
    h->reference = level_of(at);
    for (size_t i = first; i < HS_CEILING_LEVELS; i++) {
        double db = 20 * log10(level_of(i) / h->reference);
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
static bool is_strong(const struct window *w)
{
    return w->z >= 8 && w->flatter >= 0.08;
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
            if (is_strong(&w) && w.z > strong.z)
                strong = w;
        }
    *found = (best->z >= 13 && best->flatter >= 0.05) || is_strong(best);
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
    for (size_t i = HS_CEILING_LEVELS; i-- > 0 && level_of(i) > level;)
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
