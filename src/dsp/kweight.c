/* SPDX-License-Identifier: Apache-2.0 */
/* Both sections of the recommendation for the rate that is asked for, then the same filter as a sum
 * of two sections and a direct part, which the kernel computes side by side instead of one behind
 * the other. */
#include "dsp/kweight.h"

#include "core/num.h"
#include "dsp/kernels.h"

#include <complex.h>
#include <math.h>

/* Analogue prototypes whose bilinear transform at 48 kHz is the recommendation's table
 * (BS.1770-5 tables 1 and 2) to 14 digits; found by fitting, as used in libebur128. */
static const double shelf_hz = 1681.974450955533, shelf_db = 3.999843853973347,
                    shelf_q = 0.7071752369554196, shelf_shape = 0.4996667741545416;
static const double high_hz = 38.13547087602444, high_q = 0.5003270373238773;

/* a0 of the high-pass before it is divided out. */
static double high_a0(double sample_rate_hz)
{
    double t = tan(HS_PI * high_hz / sample_rate_hz);
    return 1 + t / high_q + t * t;
}

/* Numerator of the cascade minus `direct` times the denominator has degree 3 and is
 * shelf_c times the high-pass's denominator plus high_c times the shelf's: four equations,
 * one per power of z^-1, solved by elimination with row exchange. */
static void partial_fractions(struct hs_kweight *k)
{
    const double *b = k->shelf_b, *d = k->high_b;
    const double as[3] = {1, k->shelf_a[0], k->shelf_a[1]};
    const double ah[3] = {1, k->high_a[0], k->high_a[1]};
    double row[4][5] = {{0}};
    k->direct = b[2] * d[2] / (as[2] * ah[2]);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3 && i + j < 4; j++)
            row[i + j][4] += b[i] * d[j] - k->direct * as[i] * ah[j];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 2; j++) {
            row[i + j][j] += ah[i];
            row[i + j][2 + j] += as[i];
        }
    for (int c = 0; c < 4; c++) {
        int pivot = c;
        for (int r = c + 1; r < 4; r++)
            pivot = fabs(row[r][c]) > fabs(row[pivot][c]) ? r : pivot;
        for (int j = 0; j < 5; j++) {
            double swap = row[c][j];
            row[c][j] = row[pivot][j];
            row[pivot][j] = swap;
        }
        for (int r = 0; r < 4; r++) {
            double times = r == c ? 0 : row[r][c] / row[c][c];
            for (int j = c; j < 5; j++)
                row[r][j] -= times * row[c][j];
        }
    }
    for (int j = 0; j < 2; j++) {
        k->shelf_c[j] = row[j][4] / row[j][j];
        k->high_c[j] = row[2 + j][4] / row[2 + j][2 + j];
    }
}

void hs_kweight_init(struct hs_kweight *k, int sample_rate_hz)
{
    double t = tan(HS_PI * shelf_hz / sample_rate_hz);
    double top = pow(10, shelf_db / 20), middle = pow(top, shelf_shape);
    double a0 = 1 + t / shelf_q + t * t;
    k->shelf_b[0] = (top + middle * t / shelf_q + t * t) / a0;
    k->shelf_b[1] = 2 * (t * t - top) / a0;
    k->shelf_b[2] = (top - middle * t / shelf_q + t * t) / a0;
    k->shelf_a[0] = 2 * (t * t - 1) / a0;
    k->shelf_a[1] = (1 - t / shelf_q + t * t) / a0;

    t = tan(HS_PI * high_hz / sample_rate_hz);
    a0 = high_a0(sample_rate_hz);
    /* The table's numerator 1, -2, 1 was left undivided; other rates get the same gain in
     * the pass band as 48 kHz by the ratio of both divisors (0.003 dB at 44.1 kHz). */
    double g = high_a0(48000) / a0;
    k->high_b[0] = g;
    k->high_b[1] = -2 * g;
    k->high_b[2] = g;
    k->high_a[0] = 2 * (t * t - 1) / a0;
    k->high_a[1] = (1 - t / high_q + t * t) / a0;
    partial_fractions(k);
}

void hs_kweight_energy(const struct hs_kweight *k, struct hs_kweight_state *s, const float *left,
                       const float *right, size_t n, double energy[2])
{
    hs_kernels_choose()->kweight(k, s, left, right, n, energy);
}

/* The gain of power at a frequency, for spectra. */
double hs_kweight_power(const struct hs_kweight *k, double hz, double rate_hz)
{
    double complex z = cexp(-I * 2 * HS_PI * hz / rate_hz);
    double complex shelf = (k->shelf_b[0] + k->shelf_b[1] * z + k->shelf_b[2] * z * z) /
                           (1 + k->shelf_a[0] * z + k->shelf_a[1] * z * z);
    double complex high = (k->high_b[0] + k->high_b[1] * z + k->high_b[2] * z * z) /
                          (1 + k->high_a[0] * z + k->high_a[1] * z * z);
    double m = cabs(shelf * high);
    return m * m;
}
