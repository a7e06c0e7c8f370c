/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Density of what the mix does not explain, by third octaves of 500 Hz to 14 kHz. Of noise it
 *    lies on a straight line, from white to 3.5 dB per octave up or down; what encoders and devices
 *    leave has the shape of the music.
 * 2. Below -70 dB it is dither. It is half of all that is unexplained and more there, and keeps its
 * level from second to second: noise does not follow the music.
 */
#include "pair/added_noise.h"

#include "core/num.h"
#include "pair/residual_course.h"

#include <math.h>

const double hs_added_noise_over_tails_db = -30;

static const double low_hz = 500, high_hz = 14000, from_hz = 4000, to_hz = 8000;
/* Noise at -48 and -50 dBFS, and 8 bits, on six songs: 0 to 0.3 dB per octave, 0.02 to 0.25 dB off
 * the line, 0.1 to 0.6 dB from second to second. MP3 and AAC of low rates, a tape, a limiter, a
 * clip, an echo: 0.96 to 3.2 dB off, 4.3 to 11.3 dB. */
static const double most_slope_db = 3.5, most_off_db = 0.7, most_moving_db = 2.5, least_db = -70;
enum { FEWEST = 10, SECONDS = 10 };

static double left_between(const struct hs_transfer *t, double from, double to)
{
    const double bin_hz = t->rate_hz / (double)t->n;
    double sum = 0, all;
    for (size_t k = (size_t)ceil(from / bin_hz); k < (size_t)(to / bin_hz) && k < t->bins; k++)
        sum += fmax(hs_transfer_left(t, k, &all), 0);
    return sum;
}

/* Whether the densities lie on a straight line over the octaves. */
static bool is_straight(const struct hs_transfer *t)
{
    const double third = pow(2, 1.0 / 3), bin_hz = t->rate_hz / (double)t->n;
    double x[32], y[32], sx = 0, sy = 0, sxx = 0, sxy = 0, off = 0;
    size_t n = 0;
    for (double hz = low_hz; hz * third <= fmin(high_hz, 0.45 * t->rate_hz) && n < 32;
         hz *= third) {
        const double first = ceil(hz / bin_hz), last = floor(hz * third / bin_hz);
        x[n] = log2(hz);
        y[n] = hs_db_from_power(left_between(t, hz, hz * third) / fmax(last - first, 1) + 1e-30);
        sx += x[n], sy += y[n], sxx += x[n] * x[n], sxy += x[n] * y[n];
        n++;
    }
    if (n < FEWEST)
        return false;
    const double N = (double)n, slope = (N * sxy - sx * sy) / (N * sxx - sx * sx);
    for (size_t i = 0; i < n; i++)
        off += pow(y[i] - sy / N - slope * (x[i] - sx / N), 2);
    return fabs(slope) <= most_slope_db && sqrt(off / N) <= most_off_db;
}

double hs_added_noise_find(const struct hs_pass *p)
{
    const struct hs_transfer *t = &p->transfer;
    double all = 0;
    for (size_t k = 1; k < t->bins; k++) {
        double of_bin;
        hs_transfer_left(t, k, &of_bin);
        all += of_bin;
    }
    const double nyquist = t->rate_hz / 2, noise = left_between(t, low_hz, nyquist),
                 rest = left_between(t, 0, low_hz);
    const double db = hs_db_from_power(left_between(t, from_hz, to_hz) / (all + 1e-30) + 1e-30);
    const bool proven = db >= least_db && noise >= rest && is_straight(t) &&
                        hs_residual_moves_db(p, 0.02, SECONDS) <= most_moving_db;
    return proven ? db : (double)NAN;
}
