/* SPDX-License-Identifier: Apache-2.0 */
/* Levels in a car, by third octave in dB SPL: the noise of the cabin, of a quiet room to compare
 * with, and the level at which people listen. Sources and fits: docs/survival.md. */
#include "survival/cabin.h"

#include "core/num.h"
#include "model/measure.h"

#include <math.h>

/* The analog curve (IEC 61672-1), 0 dB at 1 kHz. */
double hs_a_weight_db(double hz)
{
    double f2 = hz * hz;
    double r = 12194.0 * 12194.0 * f2 * f2 /
               ((f2 + 20.6 * 20.6) * sqrt((f2 + 107.7 * 107.7) * (f2 + 737.9 * 737.9)) *
                (f2 + 12194.0 * 12194.0));
    return 20 * log10(r) + 2.0;
}

/* A straight line over the octaves, which rises with speed by 30 dB a decade below 250 Hz and by 50
 * above 2 kHz. */
double hs_cabin_noise_db(size_t band, double speed)
{
    const double at_1k = 35.2, slope = -6.65, slow = 30, fast = 50, low = 250, high = 2000;
    double hz = hs_band_hz(band);
    double share = fmin(fmax(log2(hz / low) / log2(high / low), 0), 1);
    return at_1k + slope * log2(hz / 1000) + (slow + share * (fast - slow)) * log10(speed / 40);
}

/* A noise rating curve of 20, by octave and linear in between, less a third of its power. */
double hs_room_noise_db(size_t band)
{
    static const double rating = 20, lowest_hz = 63, third = 1 / 3.0;
    static const struct {
        double base, slope;
    } octaves[] = {{35.5, 0.790}, {22, 0.870},   {12, 0.930},   {4.8, 0.974},
                   {0, 1},        {-3.5, 1.015}, {-6.1, 1.025}, {-8, 1.030}};
    const size_t last = sizeof octaves / sizeof *octaves - 1;
    double at = fmin(fmax(log2(hs_band_hz(band) / lowest_hz), 0), (double)last);
    size_t low = (size_t)fmin(at, (double)last - 1);
    double levels[2];
    for (size_t i = 0; i < 2; i++)
        levels[i] = octaves[low + i].base + octaves[low + i].slope * rating;
    double octave = levels[0] + (at - (double)low) * (levels[1] - levels[0]);
    return octave + hs_db_from_power(third);
}

/* 11 dB over the noise, at least 68 dB(A). */
double hs_cabin_listening_db(double speed)
{
    double sum = 0;
    for (size_t b = 0; b < HS_BANDS; b++)
        sum += hs_power_from_db(hs_cabin_noise_db(b, speed) + hs_a_weight_db(hs_band_hz(b)));
    return fmax(68, hs_db_from_power(sum) + 11);
}
