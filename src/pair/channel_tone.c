/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. What left was given over right, less the middle one of all third octaves; the octave that has
 *    least of it in no third counts. Of what mastering and encoders do to both channels alike it is
 *    1.7 dB at most (76 pairs, docs/judging.md).
 * 2. The gain of the channel is the middle of the shortest half: an equaliser leaves some third
 *    octaves as they are, and these agree (Rousseeuw, JASA 79, 1984).
 */
#include "pair/channel_tone.h"

#include "core/num.h"

#include <math.h>

enum { B63 = 5, B200 = 10, B2000 = 20, B12500 = 28, WIDE = 3, LEAST_KNOWN = 9 };

/* Softer than this below the middle of the spectrum it is not heard. */
static const double heard_db = -50;

/* The least of an octave, all of one sign; 0 where they are not, or one is not known. */
static double least_of(const double *db, double middle)
{
    double least = INFINITY, sign = 0;
    for (size_t i = 0; i < WIDE; i++) {
        const double x = db[i] - middle;
        if (!isfinite(x) || (sign != 0 && x * sign <= 0))
            return 0;
        sign = x;
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

/* The middle of the shortest half. */
static double where_most_agree(const double *x, size_t first, size_t last)
{
    double known[HS_BANDS];
    const size_t n = copy_known(x, first, last, known), half = n / 2 + 1;
    size_t best = 0;
    hs_sort(known, n);
    for (size_t i = 1; i + half <= n; i++)
        if (known[i + half - 1] - known[i] < known[best + half - 1] - known[best])
            best = i;
    return hs_median(known + best, half);
}

/* The octave that counts, by its first third; HS_BANDS: none. */
static size_t loudest(const double *db, const double *power, double middle, double *most)
{
    size_t n, first = HS_BANDS;
    const double heard = hs_power_from_db(heard_db) * median(power, B200, B2000, &n);
    *most = 0;
    for (size_t b = B63; b + WIDE - 1 <= B12500; b++) {
        const double x = least_of(db + b, middle);
        const bool sounds = power[b] + power[b + 1] + power[b + 2] > WIDE * heard;
        if (sounds && fabs(x) > fabs(*most)) {
            *most = x;
            first = b;
        }
    }
    return first;
}

bool hs_channel_tone(const struct hs_transfer *t, struct hs_channel_tone *out)
{
    double db[HS_BANDS], power[HS_BANDS], most;
    size_t n, low = B63, high = B12500;
    hs_transfer_left_over_right(t, db, power);
    const double middle = median(db, B63, B12500, &n);
    size_t first = n < LEAST_KNOWN ? HS_BANDS : loudest(db, power, middle, &most);
    if (first == HS_BANDS || fabs(most) < HS_CHANNEL_TONE_DB)
        return false;
    size_t last = first + WIDE - 1;
    while (low < first && !isfinite(db[low]))
        low++;
    while (high > last && !isfinite(db[high]))
        high--;
    while (first > low && (db[first - 1] - middle) / most > 0.5)
        first--;
    while (last < high && (db[last + 1] - middle) / most > 0.5)
        last++;
    *out = (struct hs_channel_tone){.db = most,
                                    .gain_db = where_most_agree(db, B63, B12500),
                                    .from_hz = first > low ? hs_band_hz(first) : 0,
                                    .to_hz = last < high ? hs_band_hz(last) : 0};
    return true;
}
