/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. What left was given over right, less the middle one of all third octaves; the octave that has
 *    least of it in no third counts. Of what mastering and encoders do to both channels alike it is
 *    1.7 dB at most (76 pairs, docs/judging.md).
 * 2. Where a fifth of all third octaves have nothing of it, these are what no filter went through,
 *    and it is taken against them: a shelf may reach more than half of the spectrum.
 * 3. The gain of the channel is the middle of the shortest half: an equaliser leaves some third
 *    octaves as they are, and these agree (Rousseeuw, JASA 79, 1984).
 *    A widener that makes sides of a delayed middle is none: it makes a comb of either channel.
 * 4. Each channel against the mix, less what it was given where both agree, says which one moved.
 */
#include "pair/channel_tone.h"

#include "core/num.h"
#include "pair/transfer_channels.h"

#include <math.h>

enum { B63 = 5, B200 = 10, B2000 = 20, B12500 = 28, WIDE = 3, LEAST_KNOWN = 9 };

/* Coherence of a third octave that is read, and of one that an encoder's noise lies over. */
static const double clear = 0.8, through_noise = 0.4;
/* Softer than this below the middle of the spectrum it is not heard. */
static const double heard_db = -50;
/* Third octaves agree within so much either way. Those of no gain are a fifth of all at least: in
 * the slope of a shelf around another gain are one or two. Half of all may span `half_db`, as by a
 * gentle shelf (one of one pole 2 dB; a tilt of one channel by 6 dB spans 3). */
static const double alike_db = 0.5, least_alike = 0.2, half_db = 2;

/* The least of an octave, all of one sign; 0 where they are not, or one is not known. *at: the
 * third octave that has it. */
static double least_of(const double *db, size_t first, double nought, size_t *at)
{
    double least = INFINITY, sign = 0;
    for (size_t b = first; b < first + WIDE; b++) {
        const double x = db[b] - nought;
        if (!isfinite(x) || (sign != 0 && x * sign <= 0))
            return 0;
        sign = x;
        *at = fabs(x) < least ? b : *at;
        least = fmin(least, fabs(x));
    }
    return copysign(least, sign);
}

/* How many are known, copied to `known`. */
static size_t copy_known(const double *x, size_t first, size_t last, double known[HS_BANDS])
{
    size_t n = 0;
    for (size_t b = first; b <= last; b++)
        if (isfinite(x[b]))
            known[n++] = x[b];
    return n;
}

static double median(const double *x, size_t first, size_t last, size_t *n)
{
    double known[HS_BANDS];
    *n = copy_known(x, first, last, known);
    return *n ? hs_median(known, *n) : NAN;
}

/* Of those that are marked. */
static double median_of(const double *x, const bool *marked)
{
    double some[HS_BANDS];
    size_t n = 0;
    for (size_t b = B63; b <= B12500; b++)
        if (marked[b] && isfinite(x[b]))
            some[n++] = x[b];
    return n ? hs_median(some, n) : NAN;
}

/* The middle of the shortest half; NaN where that is wide. */
static double where_most_agree(const double *x)
{
    double known[HS_BANDS];
    const size_t n = copy_known(x, B63, B12500, known), half = n / 2 + 1;
    size_t best = 0;
    hs_sort(known, n);
    for (size_t i = 1; i + half <= n; i++)
        if (known[i + half - 1] - known[i] < known[best + half - 1] - known[best])
            best = i;
    return known[best + half - 1] - known[best] <= half_db ? hs_median(known + best, half) : NAN;
}

/* The octave that counts. */
struct octave {
    double db;
    size_t first, at; /* HS_BANDS: none; the third octave that has least */
};

static struct octave loudest(const struct hs_channel_gains *g, double nought)
{
    size_t n, at = 0;
    const double heard = hs_power_from_db(heard_db) * median(g->power, B200, B2000, &n);
    struct octave out = {0, HS_BANDS, 0};
    for (size_t b = B63; b + WIDE - 1 <= B12500; b++) {
        const double x = least_of(g->over_db, b, nought, &at);
        const bool sounds = g->power[b] + g->power[b + 1] + g->power[b + 2] > WIDE * heard;
        if (sounds && fabs(x) > fabs(out.db))
            out = (struct octave){x, b, at};
    }
    return out;
}

/* Marks what is within alike_db of `db`; returns how many. */
static size_t mark_alike(const double *x, double db, bool marked[HS_BANDS])
{
    size_t n = 0;
    for (size_t b = 0; b < HS_BANDS; b++) {
        marked[b] = b >= B63 && b <= B12500 && fabs(x[b] - db) <= alike_db;
        n += marked[b];
    }
    return n;
}

/* The octave, and the gain of the channel beside it. */
static struct octave find(const struct hs_channel_gains *g, double *nought,
                          struct hs_channel_tone *out)
{
    size_t n;
    *nought = median(g->over_db, B63, B12500, &n);
    const struct octave by_middle = loudest(g, *nought);
    out->gain_db = NAN;
    if (n < LEAST_KNOWN || fabs(by_middle.db) < HS_CHANNEL_TONE_DB)
        return (struct octave){0, HS_BANDS, 0};
    if ((double)mark_alike(g->over_db, 0, out->plain) >= least_alike * (double)n) {
        const double none = median_of(g->over_db, out->plain);
        const struct octave by_none = loudest(g, none);
        if (fabs(by_none.db) >= HS_CHANNEL_TONE_DB) {
            *nought = out->gain_db = none;
            return by_none;
        }
    }
    out->gain_db = where_most_agree(g->over_db);
    mark_alike(g->over_db, out->gain_db, out->plain);
    return by_middle;
}

/* From where to where half of it is. */
static void find_ends(const struct hs_channel_gains *g, double nought, const struct octave *o,
                      struct hs_channel_tone *out)
{
    const double *db = g->over_db;
    size_t first = o->first, last = first + WIDE - 1, low = B63, high = B12500;
    while (low < first && !isfinite(db[low]))
        low++;
    while (high > last && !isfinite(db[high]))
        high--;
    while (first > low && (db[first - 1] - nought) / o->db > 0.5)
        first--;
    while (last < high && (db[last + 1] - nought) / o->db > 0.5)
        last++;
    out->from_hz = first > low ? hs_band_hz(first) : 0;
    out->to_hz = last < high ? hs_band_hz(last) : 0;
    for (size_t b = first; b <= last; b++)
        out->within[b] = true;
}

static bool find_tone(const struct hs_transfer *t, const struct hs_channel_gains *g,
                      struct hs_channel_tone *out)
{
    double nought;
    *out = (struct hs_channel_tone){0};
    const struct octave o = find(g, &nought, out);
    if (o.first == HS_BANDS || hs_transfer_makes_sides(t))
        return false;
    out->db = o.db;
    find_ends(g, nought, &o, out);
    for (int c = 0; c < 2; c++)
        out->each_db[c] =
            isfinite(out->gain_db) ? g->db[c][o.at] - median_of(g->db[c], out->plain) : NAN;
    return true;
}

/* What an encoder lays over a channel that was turned down is looked through where nothing else is
 * found. */
bool hs_channel_tone(const struct hs_transfer *t, struct hs_channel_tone *out)
{
    struct hs_channel_gains all, some;
    hs_transfer_each_channel(t, through_noise, &all);
    some = all;
    for (size_t b = 0; b < HS_BANDS; b++)
        if (!(all.coherence[b] >= clear))
            some.db[0][b] = some.db[1][b] = some.over_db[b] = NAN;
    if (find_tone(t, &some, out))
        return true;
    out->masked = find_tone(t, &all, out);
    return out->masked;
}

double hs_channel_tone_of(const double over_db[HS_BANDS], const struct hs_channel_tone *tone)
{
    double sum = 0, n = 0;
    bool other[HS_BANDS];
    for (size_t b = 0; b < HS_BANDS; b++) {
        if (tone->within[b] && isfinite(over_db[b]))
            sum += over_db[b], n++;
        other[b] = isfinite(tone->gain_db) ? tone->plain[b] : !tone->within[b];
    }
    return n > 0 ? sum / n - median_of(over_db, other) : NAN;
}

double hs_channel_tone_in(const struct hs_transfer *t, const struct hs_channel_tone *tone)
{
    struct hs_channel_gains g;
    hs_transfer_each_channel(t, tone->masked ? through_noise : clear, &g);
    return hs_channel_tone_of(g.over_db, tone);
}

int hs_channel_tone_moved(const struct hs_values *pair)
{
    /* an equaliser on both moves the one that stayed, too */
    const double most = 1.0 / 3;
    const double *db = hs_values_doubles(pair, "channel_tone_each_db", 2);
    for (int c = 0; db && c < 2; c++)
        if (fabs(db[!c]) <= most * fabs(db[0] - db[1]))
            return c;
    return -1;
}
