/* SPDX-License-Identifier: Apache-2.0 */
/* Low-pass, all-passes and pre-emphasis as they stand in a spectrum; the high-pass in time. */
#include "survival/fm_filters.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

#define HIGH_PASS_HZ 30.0
#define ROTATOR_HZ 200.0

void hs_fm_side_make(struct hs_fm_side *s, size_t n)
{
    hs_fft_init(&s->fft, 2 * n);
    s->in = hs_aligned(n, sizeof *s->in);
    s->out = hs_aligned(n, sizeof *s->out);
    s->n = n;
}

void hs_fm_side_free(struct hs_fm_side *s)
{
    hs_fft_free(&s->fft);
    hs_free(s->in);
    hs_free(s->out);
}

void hs_fm_side_run(struct hs_fm_side *s)
{
    hs_fft_forward_pairs(&s->fft, s->in, s->out);
}

double complex hs_fm_station(double hz, double rate_hz)
{
    double low =
        hz <= HS_FM_EDGE_HZ
            ? 1
            : 0.5 + 0.5 * cos(HS_PI * (hz - HS_FM_EDGE_HZ) / (HS_FM_STOP_HZ - HS_FM_EDGE_HZ));
    double t = tan(HS_PI * ROTATOR_HZ / rate_hz), c = (t - 1) / (t + 1);
    double complex z = cexp(-I * 2 * HS_PI * hz / rate_hz), turn = (c + z) / (1 + c * z);
    return low * turn * turn * turn * turn;
}

double complex hs_fm_pre_emphasis(double hz, double tau)
{
    return 1 + I * 2 * HS_PI * hz * tau;
}

void hs_fm_high_pass(double rate_hz, const float *left, const float *right, size_t n,
                     float complex *out)
{
    double w = tan(HS_PI * HIGH_PASS_HZ / rate_hz), q = sqrt(2) * w, a0 = 1 + q + w * w;
    double b = 1 / a0, a1 = 2 * (w * w - 1) / a0, a2 = (1 - q + w * w) / a0;
    double s1[2] = {0, 0}, s2[2] = {0, 0};
    for (size_t i = 0; i < n; i++) {
        double x[2] = {(double)left[i], (double)right[i]}, y[2];
        for (int c = 0; c < 2; c++) {
            y[c] = b * x[c] + s1[c];
            s1[c] = -2 * b * x[c] - a1 * y[c] + s2[c];
            s2[c] = b * x[c] - a2 * y[c];
        }
        out[i] = hs_fm_pair((float)y[0], (float)y[1]);
    }
}
