/* SPDX-License-Identifier: Apache-2.0 */
/* Third octaves of the whole programme and the slope of its spectrum. */
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/longterm.h"

#include <math.h>
#include <string.h>

/* The bands 200 Hz ... 2 kHz, whose median is 0 dB. */
enum { REF_FIRST = 10, REF_LAST = 20 };
/* The bands 100 Hz ... 4 kHz: 89 Hz to 4.5 kHz, the straight part of the spectrum of popular
 * music (Elowsson & Friberg 2017, AES paper 9762). */
enum { TILT_FIRST = 7, TILT_LAST = 23 };

/* NaN where the band is above Nyquist or empty. */
static double band_db(double power)
{
    return power > 0 ? hs_db_from_power(power) : NAN;
}

static void read_bands(const struct hs_longterm *lt, double total[HS_BANDS], double mid[HS_BANDS],
                       double side[HS_BANDS])
{
    for (size_t b = 0; b < HS_BANDS; b++) {
        double low = hs_band_low_hz(b), high = hs_band_high_hz(b);
        total[b] = mid[b] = side[b] = NAN;
        if (!hs_longterm_reaches(lt, low, high))
            continue;
        total[b] = band_db(hs_longterm_total(lt, low, high));
        mid[b] = band_db(hs_longterm_band(lt, HS_LT_MID, low, high));
        side[b] = band_db(hs_longterm_band(lt, HS_LT_SIDE, low, high));
    }
}

/* NaN where a band of the reference range is empty or above Nyquist. */
static double reference_db(const double total[HS_BANDS])
{
    double x[REF_LAST - REF_FIRST + 1];
    memcpy(x, total + REF_FIRST, sizeof x);
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        if (!isfinite(x[i]))
            return NAN;
    return hs_median(x, sizeof x / sizeof *x);
}

/* Least squares of density over octaves; a third octave's density is its power over its
 * width. NaN where a band is absent. */
static double tilt(const double total[HS_BANDS])
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, n = TILT_LAST - TILT_FIRST + 1;
    for (size_t b = TILT_FIRST; b <= TILT_LAST; b++) {
        double x = log2(hs_band_hz(b));
        double y = total[b] - hs_db_from_power(hs_band_high_hz(b) - hs_band_low_hz(b));
        sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

/* Relative to the reference; absent where no band has a signal. */
static void put_bands(struct hs_values *v, const char *key, const double *db, double reference)
{
    double x[HS_BANDS];
    bool any = false;
    for (size_t b = 0; b < HS_BANDS; b++) {
        x[b] = db[b] - reference;
        any |= isfinite(x[b]);
    }
    if (any)
        hs_values_array(v, key, x, HS_BANDS);
    else
        hs_values_absent(v, key, "no signal in any band");
}

/* Third octaves of both channels together, of mid and of side, in dB over the median of 200 Hz to 2
 * kHz of both together; and the tilt. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)state, (void)stream, (void)n_frames;
    static const char *const keys[] = {"bands_db", "mid_bands_db", "side_bands_db",
                                       "tilt_db_per_oct", "bands_reference_db"};
    struct hs_longterm lt;
    const char *why;
    double total[HS_BANDS], mid[HS_BANDS], side[HS_BANDS], reference = NAN;
    if (hs_longterm_read(v, &lt, &why)) {
        read_bands(&lt, total, mid, side);
        reference = reference_db(total);
        why = lt.rate_hz / 2 < hs_band_high_hz(REF_LAST) ? "sample rate too low"
                                                         : "a band of 200 Hz-2 kHz is empty";
    }
    if (!isfinite(reference)) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            hs_values_absent(v, keys[i], "%s", why);
        return;
    }
    put_bands(v, "bands_db", total, reference);
    put_bands(v, "mid_bands_db", mid, reference);
    put_bands(v, "side_bands_db", side, reference);
    hs_values_number(v, "bands_reference_db", reference);
    double slope = tilt(total);
    if (isfinite(slope))
        hs_values_number(v, "tilt_db_per_oct", slope);
    else
        hs_values_absent(v, "tilt_db_per_oct", "a band of 100 Hz-4 kHz is empty");
}

#define IEC "IEC 61260-1:2014, base 10, ideal band edges"

static const struct hs_measure measures[] = {
    {"bands_db", "dB", HS_ARRAY, HS_BANDS, 1, HS_IN_JSON, "third-octave spectrum",
     "Power mean over time of (|L|^2 + |R|^2) / 2 in the 31 third octaves 20 Hz to 20 kHz, "
     "relative to the median of the 200 Hz to 2 kHz bands; absent above Nyquist.",
     IEC},
    {"mid_bands_db", "dB", HS_ARRAY, HS_BANDS, 1, HS_IN_JSON, "third-octave spectrum, mid",
     "As bands_db of (L + R) / 2, relative to the same number, so that mid and side add up "
     "to bands_db.",
     IEC},
    {"side_bands_db", "dB", HS_ARRAY, HS_BANDS, 1, HS_IN_JSON, "third-octave spectrum, side",
     "As bands_db of (L - R) / 2, relative to the same number; absent without a side.", IEC},
    {"bands_reference_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "level of the middle bands",
     "The median of the 200 Hz to 2 kHz bands, relative to full scale power 1: what bands_db "
     "is relative to.",
     IEC},
    {"tilt_db_per_oct", "dB/oct", HS_NUMBER, 0, 2, HS_IN_JSON, "spectral slope",
     "Least-squares slope of the power density over octaves, third octaves 100 Hz to 4 kHz "
     "(89 Hz to 4.5 kHz). The slope of band power reads 3.01 higher.",
     "Elowsson & Friberg, AES 142 (2017), paper 9762"},
};

static const char *const sources[] = {"longterm", NULL};

const struct hs_analyser hs_analyser_bands = {
    .name = "bands",
    .version = 1,
    .stage = 1,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
