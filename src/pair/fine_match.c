/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The window of the mix is read along the present line, longer than that of the master by the
 *    reach at either end, and turned to mid and side.
 * 2. Flanks are tapered; spectra of the wanted parts are made once.
 * 3. Each wanted couple of parts that is not silent beside the other part is correlated, and the
 *    highest peak within the reach is its lag.
 */
#include "pair/fine_match.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"

#include <math.h>
#include <string.h>

/* Where music has energy in nearly every recording. */
static const double low_hz = 100, high_hz = 8000;
/* A channel this far below the other is taken as silent (energy ratio, -60 dB). */
static const double silent = 1e-6;

void hs_matcher_init(struct hs_matcher *m, double rate_hz, size_t size)
{
    hs_gcc_init(&m->gcc, size, rate_hz, low_hz, high_hz);
    m->n_ramp = size / 8;
    m->ramp = hs_aligned(m->n_ramp, sizeof(float));
    for (size_t i = 0; i < m->n_ramp; i++)
        m->ramp[i] = (float)(0.5 - 0.5 * cos(HS_PI * ((double)i + 0.5) / (double)m->n_ramp));
    m->piece = hs_aligned(size, sizeof(float));
    m->left = hs_aligned(size, sizeof(float));
    m->right = hs_aligned(size, sizeof(float));
    for (int c = 0; c < 2; c++) {
        m->mix[c] = hs_aligned(size / 2 + 1, sizeof(float complex));
        m->master[c] = hs_aligned(size / 2 + 1, sizeof(float complex));
    }
}

void hs_matcher_reach(struct hs_matcher *m, double rate_hz, double reach_s)
{
    m->reach = lround(reach_s * rate_hz);
    m->n = m->gcc.fft.n - 2 * (size_t)m->reach;
}

void hs_matcher_free(struct hs_matcher *m)
{
    hs_gcc_free(&m->gcc);
    hs_free(m->ramp);
    hs_free(m->piece);
    hs_free(m->left);
    hs_free(m->right);
    for (int c = 0; c < 2; c++) {
        hs_free(m->mix[c]);
        hs_free(m->master[c]);
    }
}

/* Raised-cosine flanks over an eighth at either end. Without them the bass leaks into all bins,
 * the phase transform weights the leakage like music, and the edges of both pieces correlate. */
static void taper(const struct hs_matcher *m, float *x, size_t n)
{
    const size_t flank = m->n_ramp < n / 2 ? m->n_ramp : n / 2;
    for (size_t i = 0; i < flank; i++) {
        x[i] *= m->ramp[i];
        x[n - 1 - i] *= m->ramp[i];
    }
}

static double energy(const struct hs_matcher *m, const float *x)
{
    double sum[2];
    m->gcc.fft.kernels->sum_squares(x, x, m->n, sum);
    return sum[1] / 4;
}

double hs_matcher_spectra(struct hs_matcher *m, const struct hs_fine *f, const struct hs_window *w,
                          enum hs_fine_reading how, const bool wanted[2][2])
{
    static const struct hs_basis plain = {.from = {0, 1}, .sign = {1, 1}};
    const size_t from = (w->n - m->n) / 2, total = m->n + 2 * (size_t)m->reach;
    double lead_s = (double)m->reach / f->rate_hz * f->line.ratio;
    double late_s = hs_fine_windows_read(f, w, lead_s, from, total, how, m->left, m->right);
    hs_basis_apply(&plain, m->left, m->right, total);
    float *mix[2] = {m->left, m->right};
    const float *master[2] = {w->mid + from, w->side + from};
    for (int c = 0; c < 2; c++) {
        m->e_mix[c] = energy(m, mix[c] + m->reach);
        m->e_master[c] = energy(m, master[c]);
        if (wanted[c][0] || wanted[c][1]) {
            taper(m, mix[c], total);
            hs_gcc_spectrum(&m->gcc, mix[c], total, m->mix[c]);
        }
        if (wanted[0][c] || wanted[1][c]) {
            memcpy(m->piece, master[c], m->n * sizeof *m->piece);
            taper(m, m->piece, m->n);
            hs_gcc_spectrum(&m->gcc, m->piece, m->n, m->master[c]);
        }
    }
    return late_s;
}

/* Each part of the mix against each part of the master that is wanted. */
double hs_matcher_match(struct hs_matcher *m, const struct hs_fine *f, const struct hs_window *w,
                        enum hs_fine_reading how, const bool wanted[2][2],
                        struct hs_gcc_peak peak[2][2])
{
    const double late_s = hs_matcher_spectra(m, f, w, how, wanted);
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            peak[i][j] = (struct hs_gcc_peak){0};
            if (wanted[i][j] && m->e_mix[i] > silent * m->e_mix[!i] &&
                m->e_master[j] > silent * m->e_master[!j])
                /* The mix is the longer one: found `reach` in where the line is right. */
                peak[i][j] =
                    hs_gcc_find(&m->gcc, m->mix[i], m->master[j], -2 * m->reach, 0, m->reach / 4);
        }
    return late_s;
}

struct hs_gcc_peak hs_matcher_lag(struct hs_matcher *m, float *mix, const float *master)
{
    memcpy(m->piece, master, m->n * sizeof *m->piece);
    taper(m, mix, m->gcc.fft.n);
    taper(m, m->piece, m->n);
    hs_gcc_spectrum(&m->gcc, mix, m->gcc.fft.n, m->mix[0]);
    hs_gcc_spectrum(&m->gcc, m->piece, m->n, m->master[0]);
    return hs_gcc_find(&m->gcc, m->mix[0], m->master[0], -2 * m->reach, 0, m->reach);
}
