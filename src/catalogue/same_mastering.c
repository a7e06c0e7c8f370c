/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy keeps length, loudness range, crest, width and the balance of the third octaves. Measured
 * on two songs: MP3 of 192 kbit/s, Vorbis of quality 3, 48 kHz and a gain move loudness range by
 * .03 LU, crest by .2 dB and third octaves of 31.5 Hz to 8 kHz by .2 dB at most; a shelf of 1 dB
 * moves third octaves by .6 dB, 2 dB into a limiter the crest by 1.2 dB. The limits lie between.
 * What an encoder cuts off, above 8 kHz and far below the loudest band, is not compared.
 */
#include "catalogue/same_mastering.h"

#include "model/measure.h"

#include <math.h>

/* The third octaves of 31.5 Hz to 8 kHz. */
enum { FIRST_BAND = 2, LAST_BAND = 26 };
static const double band_db = .4, reach_db = 40;

/* What a copy keeps, and by how much it may differ. */
static const struct {
    const char *key;
    double most;
} kept[] = {
    {"duration_s", 2},   {"loudness_range_lu", .3}, {"plr_db", .5},
    {"crest_3s_db", .3}, {"side_mid_db", .5},       {"balance_db", .2},
};
enum { N_KEPT = sizeof kept / sizeof *kept };

/* Absent in both is alike: a mono file has no side. */
static bool near(double a, double b, double most)
{
    return isnan(a) || isnan(b) ? isnan(a) && isnan(b) : fabs(a - b) <= most;
}

static bool same_tone(const double *a, const double *b)
{
    double top = -INFINITY;
    for (size_t i = FIRST_BAND; i <= LAST_BAND; i++)
        top = isfinite(a[i]) ? fmax(top, a[i]) : top;
    for (size_t i = FIRST_BAND; i <= LAST_BAND; i++)
        if (a[i] > top - reach_db && !(fabs(a[i] - b[i]) <= band_db))
            return false;
    return isfinite(top);
}

bool hs_same_mastering(const struct hs_file *a, const struct hs_file *b)
{
    if (a->state != HS_FILE_OK || b->state != HS_FILE_OK)
        return false;
    for (size_t i = 0; i < N_KEPT; i++)
        if (!near(hs_values_or_nan(&a->values, kept[i].key),
                  hs_values_or_nan(&b->values, kept[i].key), kept[i].most))
            return false;
    const double *x = hs_values_doubles(&a->values, "bands_db", HS_BANDS);
    const double *y = hs_values_doubles(&b->values, "bands_db", HS_BANDS);
    return x && y && same_tone(x, y);
}
