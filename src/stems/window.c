/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each frame adds, per cell, the products of every two stems, of each stem with each file,
 *    and the power of the files: sums over the bins of a band.
 * 2. First fit: the normal equations of a cell, summed over the frames, give one complex gain
 *    per stem (stems/solve.h), with 1e-5 of each stem's power as ridge.
 * 3. The gain of the bus in a frame is the real least-squares gain of the fitted sum against
 *    the file over all cells. It is scaled so that the power of the fit over the window stays
 *    the same.
 * 4. The sums are made anew with the gain of the bus in each frame, and solved again; two
 *    rounds.
 */
#include "stems/window.h"

#include "core/alloc.h"
#include "dsp/kernels.h"

#include <math.h>
#include <string.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS, ROUNDS = 2 };
/* The gain of a bus is kept within these limits. */
static const double least_gain = 0.05, most_gain = 4;
static const double ridge_share = 1e-5;

void hs_stem_window_init(struct hs_stem_window *w, size_t n_stems, size_t n_files, size_t most)
{
    const size_t k = n_stems;
    *w = (struct hs_stem_window){.n_stems = k, .n_files = n_files, .most = most};
    w->a = HS_NEW_ARRAY(float, most *CELLS * 2 * k * k + 1);
    w->r = HS_NEW_ARRAY(float, most *n_files *CELLS * 2 * k + 1);
    w->across = HS_NEW_ARRAY(float, most *BANDS * 2 * k + 1);
    w->power = HS_NEW_ARRAY(float, most *n_files *CELLS + 1);
    for (size_t f = 0; f < n_files; f++)
        w->bus[f] = HS_NEW_ARRAY(double, most + 1);
    w->products = HS_NEW_ARRAY(float, CELLS * 2 * k * k + 1);
    hs_solver_init(&w->solver);
}

void hs_stem_window_free(struct hs_stem_window *w)
{
    hs_free(w->a);
    hs_free(w->r);
    hs_free(w->across);
    hs_free(w->power);
    hs_free(w->products);
    for (size_t f = 0; f < HS_STEM_SIDES; f++)
        hs_free(w->bus[f]);
    hs_solver_free(&w->solver);
    *w = (struct hs_stem_window){0};
}

void hs_stem_sums_init(struct hs_stem_sums *s, size_t n_stems)
{
    *s = (struct hs_stem_sums){.a = HS_NEW_ARRAY(float, CELLS * 2 * n_stems * n_stems + 1),
                               .r = HS_NEW_ARRAY(double complex, CELLS *n_stems + 1),
                               .across = HS_NEW_ARRAY(float, BANDS * 2 * n_stems + 1)};
}

void hs_stem_sums_free(struct hs_stem_sums *s)
{
    hs_free(s->a);
    hs_free(s->r);
    hs_free(s->across);
}

/* The sum of conj(x) y over the bins of each band. */
static void cross_bands(const struct hs_stem_reader *r, const struct hs_stem_spectrum *x, int cx,
                        const struct hs_stem_spectrum *y, int cy, float out[BANDS][2])
{
    const struct hs_stem_bands *b = &r->bands;
    for (int i = 0; i < BANDS; i++) {
        const float *p[2] = {x->x[cx][0] + b->at[i], x->x[cx][1] + b->at[i]};
        const float *q[2] = {y->x[cy][0] + b->at[i], y->x[cy][1] + b->at[i]};
        r->fft.kernels->cross(p, q, b->at[i + 1] - b->at[i], out[i]);
    }
}

/* Products of all pairs of stems, band by band. Equal channels are copied from the left. */
static void add_stems(struct hs_stem_window *w, const struct hs_stem_reader *r, int c)
{
    const size_t k = w->n_stems;
    const struct hs_stem_track *stem = r->tracks + w->n_files;
    float *a = w->a + w->n * CELLS * 2 * k * k + (size_t)c * BANDS * 2 * k * k;
    float sum[BANDS][2];
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            const struct hs_stem_spectrum *x = &stem[i].spectrum, *y = &stem[j].spectrum;
            if (x->silent || y->silent)
                continue;
            if (c && x->mono && y->mono) {
                for (int b = 0; b < BANDS; b++)
                    memcpy(sum[b], a - (BANDS - b) * 2 * (long)(k * k) + 2 * (i * k + j),
                           sizeof sum[b]);
            } else {
                cross_bands(r, x, c, y, c, sum);
            }
            for (int b = 0; b < BANDS; b++) {
                float *cell = a + (size_t)b * 2 * k * k;
                cell[2 * (i * k + j)] = cell[2 * (j * k + i)] = sum[b][0];
                cell[2 * (i * k + j) + 1] = sum[b][1];
                cell[2 * (j * k + i) + 1] = i == j ? sum[b][1] : -sum[b][1];
            }
        }
}

/* Products of the file with itself and with each stem. */
static void add_file(struct hs_stem_window *w, const struct hs_stem_reader *r, size_t f, int c)
{
    const size_t k = w->n_stems, cell = (size_t)c * BANDS;
    const struct hs_stem_spectrum *m = &r->tracks[f].spectrum;
    float *to = w->r + ((w->n * w->n_files + f) * CELLS + cell) * 2 * k;
    float *power = w->power + (w->n * w->n_files + f) * CELLS + cell;
    float sum[BANDS][2];
    if (m->silent)
        return;
    cross_bands(r, m, c, m, c, sum);
    for (int b = 0; b < BANDS; b++)
        power[b] = sum[b][0];
    for (size_t i = 0; i < k; i++) {
        const struct hs_stem_spectrum *x = &r->tracks[w->n_files + i].spectrum;
        if (x->silent)
            continue;
        cross_bands(r, x, c, m, c, sum);
        for (size_t b = 0; b < BANDS; b++)
            memcpy(to + 2 * (b * k + i), sum[b], sizeof sum[b]);
    }
}

/* Left times conj(right) of each stem: for its width. */
static void add_across(struct hs_stem_window *w, const struct hs_stem_reader *r)
{
    const size_t k = w->n_stems;
    float *to = w->across + w->n * BANDS * 2 * k, sum[BANDS][2];
    for (size_t i = 0; i < k; i++) {
        const struct hs_stem_spectrum *x = &r->tracks[w->n_files + i].spectrum;
        if (x->silent)
            continue;
        cross_bands(r, x, 1, x, 0, sum);
        for (size_t b = 0; b < BANDS; b++)
            memcpy(to + 2 * (b * k + i), sum[b], sizeof sum[b]);
    }
}

void hs_stem_window_add(struct hs_stem_window *w, const struct hs_stem_reader *r)
{
    const size_t k = w->n_stems;
    memset(w->a + w->n * CELLS * 2 * k * k, 0, CELLS * 2 * k * k * sizeof *w->a);
    memset(w->r + w->n * w->n_files * CELLS * 2 * k, 0, w->n_files * CELLS * 2 * k * sizeof *w->r);
    memset(w->across + w->n * BANDS * 2 * k, 0, BANDS * 2 * k * sizeof *w->across);
    memset(w->power + w->n * w->n_files * CELLS, 0, w->n_files * CELLS * sizeof *w->power);
    for (int c = 0; c < 2; c++) {
        add_stems(w, r, c);
        for (size_t f = 0; f < w->n_files; f++)
            add_file(w, r, f, c);
    }
    add_across(w, r);
    w->n++;
}

static void add_scaled(float *sum, const float *x, float by, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += by * x[i];
}

/* All sums of the window, each frame with the gain of its bus. */
static void sum_up(const struct hs_stem_window *w, size_t f, struct hs_stem_sums *s)
{
    const size_t k = w->n_stems;
    memset(s->a, 0, CELLS * 2 * k * k * sizeof *s->a);
    memset(s->r, 0, CELLS * k * sizeof *s->r);
    memset(s->across, 0, BANDS * 2 * k * sizeof *s->across);
    memset(s->power, 0, sizeof s->power);
    for (size_t t = 0; t < w->n; t++) {
        const double g = w->bus[f][t];
        const float *r = w->r + (t * w->n_files + f) * CELLS * 2 * k;
        const float *power = w->power + (t * w->n_files + f) * CELLS;
        add_scaled(s->a, w->a + t * CELLS * 2 * k * k, (float)(g * g), CELLS * 2 * k * k);
        add_scaled(s->across, w->across + t * BANDS * 2 * k, (float)(g * g), BANDS * 2 * k);
        for (size_t i = 0; i < CELLS * k; i++)
            s->r[i] += g * ((double)r[2 * i] + (double)r[2 * i + 1] * I);
        for (size_t c = 0; c < CELLS; c++)
            s->power[c] += (double)power[c];
    }
}

/* The gains of all stems, cell by cell, with a small ridge. */
static void solve_all(struct hs_stem_window *w, const struct hs_stem_sums *s, double complex *f)
{
    const size_t k = w->n_stems;
    double ridge[HS_STEMS_MOST];
    for (size_t c = 0; c < CELLS; c++) {
        const float *a = s->a + c * 2 * k * k;
        for (size_t i = 0; i < k; i++) {
            double power = (double)a[2 * (i * k + i)];
            ridge[i] = ridge_share * power;
        }
        hs_solver_run(&w->solver, a, s->r + c * k, ridge, k, f + c * k, NULL);
    }
}

/* conj(f_i) f_k, laid out as `a` is, so that the power of the sum is one product. */
void hs_stem_window_products(struct hs_stem_window *w, const double complex *f)
{
    const size_t k = w->n_stems;
    for (size_t c = 0; c < CELLS; c++)
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j < k; j++) {
                const double complex *x = f + c * k;
                float *to = w->products + 2 * ((c * k + i) * k + j);
                to[0] = (float)(creal(x[i]) * creal(x[j]) + cimag(x[i]) * cimag(x[j]));
                to[1] = -(float)(creal(x[i]) * cimag(x[j]) - cimag(x[i]) * creal(x[j]));
            }
}

/* What the gains make of the stems in one frame and cell, against the file and against itself. */
struct made {
    double with, own;
};

/* Power of what the stems make together, and how much of the file agrees with it. Eight sums at
 * once, so that the compiler uses vectors. */
static struct made made_of(const struct hs_stem_window *w, size_t f, size_t t, size_t c,
                           const double complex *gains)
{
    const size_t k = w->n_stems, n = 2 * k * k;
    const float *a = w->a + (t * CELLS + c) * n, *products = w->products + c * n;
    const float *r = w->r + ((t * w->n_files + f) * CELLS + c) * 2 * k;
    const double complex *g = gains + c * k;
    float lane[8] = {0};
    struct made m = {0};
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (size_t j = 0; j < 8; j++)
            lane[j] += a[i + j] * products[i + j];
    for (size_t j = 0; i + j < n; j++)
        lane[j] += a[i + j] * products[i + j];
    for (size_t j = 0; j < 8; j++)
        m.own += (double)lane[j];
    for (i = 0; i < k; i++)
        m.with += creal(g[i]) * (double)r[2 * i] + cimag(g[i]) * (double)r[2 * i + 1];
    return m;
}

void hs_stem_window_left(const struct hs_stem_window *w, size_t file, size_t frame,
                         const double complex *gains, double left[HS_STEM_CELLS])
{
    const double bus = w->bus[file][frame];
    const float *power = w->power + (frame * w->n_files + file) * CELLS;
    for (size_t c = 0; c < CELLS; c++) {
        struct made m = made_of(w, file, frame, c, gains);
        left[c] = fmax(0, (double)power[c] - 2 * bus * m.with + bus * bus * m.own);
    }
}

static double bus_of_frame(const struct hs_stem_window *w, size_t f, size_t t,
                           const double complex *gains, double *power)
{
    struct made sum = {0};
    for (size_t c = 0; c < CELLS; c++) {
        struct made m = made_of(w, f, t, c, gains);
        sum.with += m.with;
        sum.own += m.own;
    }
    *power = sum.own;
    return sum.own > 1e-14 ? fmin(fmax(sum.with / sum.own, least_gain), most_gain) : 1;
}

/* The gain of the bus by frame; over the window it neither raises nor lowers the fit, so that
 * gains are those of faders and bus together. */
static void find_bus(struct hs_stem_window *w, size_t f, const double complex *gains)
{
    double before = 0, after = 0, power;
    for (size_t t = 0; t < w->n; t++) {
        double g = bus_of_frame(w, f, t, gains, &power);
        w->bus[f][t] = g;
        before += power;
        after += g * g * power;
    }
    for (size_t t = 0; after > 0 && t < w->n; t++)
        w->bus[f][t] *= sqrt(before / after);
}

void hs_stem_window_fit(struct hs_stem_window *w, size_t file, struct hs_stem_sums *sums,
                        double complex *gains)
{
    for (size_t t = 0; t < w->n; t++)
        w->bus[file][t] = 1;
    sum_up(w, file, sums);
    solve_all(w, sums, gains);
    for (int round = 0; round < ROUNDS; round++) {
        hs_stem_window_products(w, gains);
        find_bus(w, file, gains);
        sum_up(w, file, sums);
        solve_all(w, sums, gains);
    }
}
