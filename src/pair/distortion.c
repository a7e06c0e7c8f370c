/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Means of the master by the height of the mix, in bins of a sixteenth of an octave. What the
 * best straight gain leaves of these means is the distortion; the knee of the hard clipper that
 * leaves least says what was cut.
 */
#include "pair/distortion.h"

#include "core/num.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Bins of a sixteenth of an octave in mantissa: 0.27 to 0.53 dB. */
enum { SHIFT = 19, OCTAVES = 40, LOWEST = (127 - 30) << 4, BINS = OCTAVES << 4, LEAST_IN_BIN = 8 };
/* Heights that are looked at: down to 42 dB below the one that hardly any sample passes. */
static const double top_share = 2e-5, reach_db = -42;
static const double least_db = -120;

struct bin {
    double n, in, out; /* sums of |u| and of y by the sign of u */
};

static int bin_of(float height)
{
    uint32_t bits;
    memcpy(&bits, &height, sizeof bits);
    int i = (int)(bits >> SHIFT) - LOWEST;
    return i < 0 ? 0 : i < BINS ? i : BINS - 1;
}

/* By height of what goes in: how often, and what comes out. */
static double count(const float *const u[2], const float *const y[2], size_t n, size_t every,
                    struct bin bins[BINS])
{
    double power = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i += every) {
            float height = fabsf(u[c][i]), out = u[c][i] < 0 ? -y[c][i] : y[c][i];
            struct bin *b = &bins[bin_of(height)];
            b->n++;
            b->in += (double)height;
            b->out += (double)out;
            power += (double)(out * out);
        }
    return power;
}

/* Keeps the bins that are high enough and hold enough, as means; returned is their number. */
static int keep(struct bin bins[BINS], double *all)
{
    int top = BINS - 1, kept = 0;
    double above = 0;
    *all = 0;
    for (int i = 0; i < BINS; i++)
        *all += bins[i].n;
    while (top > 0 && (above += bins[top].n) <= top_share * *all)
        top--;
    double least = bins[top].in / fmax(bins[top].n, 1) * hs_amplitude_from_db(reach_db);
    for (int i = 0; i < BINS; i++) {
        double n = bins[i].n, in = bins[i].in / fmax(n, 1), out = bins[i].out / fmax(n, 1);
        if (n >= LEAST_IN_BIN && in >= least)
            bins[kept++] = (struct bin){n, in, out};
    }
    return kept;
}

/* What the best gain leaves of the means where the curve is min(in, knee). */
static double left_by(const struct bin *b, int n, double knee)
{
    double xy = 0, xx = 0, left = 0;
    for (int i = 0; i < n; i++) {
        double bent = fmin(b[i].in, knee);
        xy += b[i].n * b[i].out * bent;
        xx += b[i].n * bent * bent;
    }
    for (int i = 0; i < n && xx > 0; i++) {
        double away = b[i].out - xy / xx * fmin(b[i].in, knee);
        left += b[i].n * away * away;
    }
    return left;
}

/* Power that is no straight line, and the height from which on samples are cut. */
void hs_distortion_find(const float *const u[2], const float *const y[2], size_t n, size_t every,
                        struct hs_distortion *out)
{
    struct bin bins[BINS] = {{0}};
    double all, power = count(u, y, n, every, bins);
    int kept = keep(bins, &all);
    *out = (struct hs_distortion){.db = least_db};
    if (!kept || !(power > 0))
        return;
    double least = INFINITY, knee = INFINITY;
    double straight = left_by(bins, kept, INFINITY);
    for (int i = 0; i < kept; i++) {
        double left = left_by(bins, kept, bins[i].in);
        if (left < least) {
            least = left;
            knee = bins[i].in;
        }
    }
    double above = 0;
    for (int i = 0; i < kept; i++)
        above += bins[i].in > knee ? bins[i].n : 0;
    out->db = fmax(hs_db_from_power(straight / power), least_db);
    out->cut_share = above / all;
}
