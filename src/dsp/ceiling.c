/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Samples are smoothed by a running mean of about 0.1 ms. A top is a sample that none of its
 *    two neighbours on either side exceeds.
 * 2. Of the samples around a top that are above 0.6 of its height, the flatness is (median -
 *    low) / (90th percentile - low), low being 0.6 of the height. Its sum is kept by the level
 *    of the top.
 * The verdict on what was counted: dsp/ceiling_verdict.h.
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
    WIDE = 8,   /* samples of one that can be flat by itself, at 44.1 kHz */
    SMOOTH_MOST = 31,
    STRIDE_MOST = 4,
    AROUND = 152,  /* places of a block with those on its sides, in eights */
    SAMPLES = 400, /* and the samples that these are taken from */
};
_Static_assert(STRIDE_MOST *(SIDE + 1) + SMOOTH_MOST / 2 <= HS_CEILING_REACH_MOST,
               "readers keep as many samples ready as the highest rate needs");
static const double smooth_hz = 8820, stride_hz = 46000, wide_hz = 44100, base = 0.6,
                    least_share = 0.15;
static const float flat_by_itself = 0.92f;

void hs_ceiling_init(struct hs_ceiling *c, int rate_hz)
{
    size_t m = (size_t)lround(rate_hz / smooth_hz) | 1;
    long stride = lround(rate_hz / stride_hz);
    long wide = lround(WIDE * rate_hz / wide_hz);
    *c = (struct hs_ceiling){.wide = wide < FEWEST ? FEWEST
                                     : wide < WIDE ? (size_t)wide
                                                   : WIDE,
                             .smooth = m < SMOOTH_MOST ? m : SMOOTH_MOST,
                             .stride = stride < 1             ? 1
                                       : stride > STRIDE_MOST ? STRIDE_MOST
                                                              : (size_t)stride,
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

double hs_ceiling_level_of(size_t index)
{
    double within = 1 + ((double)(index % PER_OCTAVE) + 0.5) / PER_OCTAVE;
    return ldexp(within, (int)(index / PER_OCTAVE) + LOWEST_OCTAVE);
}

size_t hs_ceiling_reach(const struct hs_ceiling *c)
{
    enum { EIGHTS = 16 };
    size_t least = c->stride * (SIDE + 1) + c->smooth / 2;
    return least <= HS_CEILING_REACH ? HS_CEILING_REACH : (least + EIGHTS - 1) / EIGHTS * EIGHTS;
}

/* A running mean over a tenth of a millisecond: noise and lossy codecs ripple a plateau. Of high
 * rates one sample in `stride` is kept: a top is counted in samples. */
static void smooth(const struct hs_ceiling *c, const float *x, size_t n, float out[AROUND])
{
    float all[SAMPLES], *at = c->stride > 1 ? all : out;
    memset(at, 0, (c->stride > 1 ? SAMPLES : AROUND) * sizeof *at);
    x -= c->smooth / 2;
    for (size_t k = 0; k < c->smooth; k++)
        c->kernels->add(at, x + k, n);
    if (c->stride > 1)
        for (size_t i = 0; i < AROUND; i++)
            out[i] = i * c->stride < n ? at[i * c->stride] : 0;
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
    level->wide += n >= c->wide;
    level->flat += flatness > flat_by_itself && n >= c->wide;
    return index;
}

/* A shelf: at least SHELF samples that stay within shelf_range at no more than shelf_most, with a
 * step of shelf_step or more, EDGE samples long, before and behind; all of the largest sample. */
enum { SHELF = 8, EDGE = 6 };
static const float shelf_range = 0.04f, shelf_step = 0.2f, shelf_most = 0.5f;

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
    smooth(c, x - (SIDE + 1) * c->stride, n + 2 * (SIDE + 1) * c->stride, s);
    n /= c->stride;
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

size_t hs_ceiling_lowest(const struct hs_ceiling *c)
{
    return index_of((float)least_share * c->largest);
}
