/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each frame adds, per cell, the products of every two stems, of each stem with each file,
 *    and the power of the files: sums over the bins of a band.
 * 2. First fit: the normal equations of a cell, summed over the frames, give one complex gain
 *    per stem (stems/solve.h), with 1e-5 of each stem's power as ridge.
 * 3. The gain of the bus in a frame is the real least-squares gain of the fitted sum against
 *    the file over all cells. It is scaled so that the power of the fit over the window stays
 *    the same.
 * 4. The sums are made anew with the gain of the bus in each frame, on the same way through the
 *    frames, and solved again; two rounds.
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

/* Room for the products of `most` frames. */
void hs_stem_window_init(struct hs_stem_window *w, size_t n_stems, size_t n_files, size_t most)
{
    const size_t k = n_stems;
    *w = (struct hs_stem_window){
        .n_stems = k, .n_files = n_files, .most = most, .kernels = hs_kernels_choose()};
    w->a = HS_NEW_ARRAY(float, most *hs_stem_room(k) + 1);
    w->r = HS_NEW_ARRAY(float, most *n_files *CELLS * 2 * k + 1);
    w->across = HS_NEW_ARRAY(float, most *BANDS * 2 * k + 1);
    w->power = HS_NEW_ARRAY(float, most *n_files *CELLS + 1);
    for (size_t f = 0; f < n_files; f++)
        w->bus[f] = HS_NEW_ARRAY(double, most + 1);
    w->plain_a = HS_NEW_ARRAY(float, hs_stem_room(k) + 1);
    w->plain_across = HS_NEW_ARRAY(float, BANDS * 2 * k + 1);
    w->products = HS_NEW_ARRAY(float, hs_stem_room(k) + 1);
    w->cell = HS_NEW_ARRAY(double complex, hs_stem_pairs(k) + 1);
    hs_solver_init(&w->solver);
}

void hs_stem_window_free(struct hs_stem_window *w)
{
    hs_free(w->a);
    hs_free(w->r);
    hs_free(w->across);
    hs_free(w->power);
    hs_free(w->plain_a);
    hs_free(w->plain_across);
    hs_free(w->products);
    hs_free(w->cell);
    for (size_t f = 0; f < HS_STEM_SIDES; f++)
        hs_free(w->bus[f]);
    hs_solver_free(&w->solver);
    *w = (struct hs_stem_window){0};
}

/* The sums of conj(x) y over the bins of each band, real and imaginary. */
static void cross_bands(const struct hs_stem_reader *r, const struct hs_stem_spectrum *x, int cx,
                        const struct hs_stem_spectrum *y, int cy, float out[2 * BANDS])
{
    const float *const p[2] = {x->x[cx][0], x->x[cx][1]}, *const q[2] = {y->x[cy][0], y->x[cy][1]};
    r->fft.kernels->cross(p, q, r->bands.at, out, out + BANDS);
}

/* Those of x with y and with z in one channel. */
static void cross_two(const struct hs_stem_reader *r, const struct hs_stem_spectrum *x,
                      const struct hs_stem_spectrum *y, const struct hs_stem_spectrum *z, int c,
                      float out[4 * BANDS])
{
    r->fft.kernels->cross_two((const float *const[2]){x->x[c][0], x->x[c][1]},
                              (const float *const[2]){y->x[c][0], y->x[c][1]},
                              (const float *const[2]){z->x[c][0], z->x[c][1]}, r->bands.at, out);
}

/* Products of all pairs of stems, band by band. Equal channels are copied from the left. */
static void add_stems(struct hs_stem_window *w, const struct hs_stem_reader *r, int c)
{
    const size_t k = w->n_stems;
    const struct hs_stem_track *stem = r->tracks + w->n_files;
    float *a = w->a + w->n * hs_stem_room(k) + hs_stem_at(k, (size_t)c * BANDS, 0, 0);
    const float *left = w->a + w->n * hs_stem_room(k);
    const size_t one = 2 * BANDS;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++, a += one, left += one) {
            const struct hs_stem_spectrum *x = &stem[i].spectrum, *y = &stem[j].spectrum;
            if (x->silent || y->silent) {
                memset(a, 0, one * sizeof *a);
            } else if (c && x->mono && y->mono) {
                memcpy(a, left, one * sizeof *a);
            } else if (j < i && !stem[j + 1].spectrum.silent) { /* two of them at once */
                cross_two(r, x, y, &stem[j + 1].spectrum, c, a);
                j++, a += one, left += one;
            } else {
                cross_bands(r, x, c, y, c, a);
            }
        }
}

/* Products of the file with itself and with each stem. */
static void add_file(struct hs_stem_window *w, const struct hs_stem_reader *r, size_t f, int c)
{
    const size_t k = w->n_stems, cell = (size_t)c * BANDS;
    const struct hs_stem_spectrum *m = &r->tracks[f].spectrum;
    float *to = w->r + ((w->n * w->n_files + f) * CELLS + cell) * 2 * k;
    float sum[2 * BANDS];
    if (m->silent)
        return;
    cross_bands(r, m, c, m, c, sum);
    memcpy(w->power + (w->n * w->n_files + f) * CELLS + cell, sum, BANDS * sizeof *sum);
    for (size_t i = 0; i < k; i++) {
        const struct hs_stem_spectrum *x = &r->tracks[w->n_files + i].spectrum;
        if (x->silent)
            continue;
        cross_bands(r, x, c, m, c, sum);
        for (size_t b = 0; b < BANDS; b++) {
            to[2 * (b * k + i)] = sum[b];
            to[2 * (b * k + i) + 1] = sum[BANDS + b];
        }
    }
}

/* Left times conj(right) of each stem: for its width. */
static void add_across(struct hs_stem_window *w, const struct hs_stem_reader *r)
{
    const size_t k = w->n_stems;
    float *to = w->across + w->n * BANDS * 2 * k, sum[2 * BANDS];
    for (size_t i = 0; i < k; i++) {
        const struct hs_stem_spectrum *x = &r->tracks[w->n_files + i].spectrum;
        if (x->silent)
            continue;
        cross_bands(r, x, 1, x, 0, sum);
        for (size_t b = 0; b < BANDS; b++) {
            to[2 * (b * k + i)] = sum[b];
            to[2 * (b * k + i) + 1] = sum[BANDS + b];
        }
    }
}

/* One frame: products of stems with each other and with the files. */
void hs_stem_window_add(struct hs_stem_window *w, const struct hs_stem_reader *r)
{
    const size_t k = w->n_stems;
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

/* Of all frames, as if there were no bus: the same for every file. */
static void sum_plainly(struct hs_stem_window *w)
{
    const size_t k = w->n_stems;
    memset(w->plain_a, 0, hs_stem_room(k) * sizeof *w->plain_a);
    memset(w->plain_across, 0, BANDS * 2 * k * sizeof *w->plain_across);
    for (size_t t = 0; t < w->n; t++) {
        w->kernels->add(w->plain_a, w->a + t * hs_stem_room(k), hs_stem_room(k));
        w->kernels->add(w->plain_across, w->across + t * BANDS * 2 * k, BANDS * 2 * k);
    }
}

static void clear(struct hs_stem_sums *s, size_t k)
{
    memset(s->a, 0, hs_stem_room(k) * sizeof *s->a);
    memset(s->r, 0, CELLS * k * sizeof *s->r);
    memset(s->across, 0, BANDS * 2 * k * sizeof *s->across);
    memset(s->power, 0, sizeof s->power);
}

/* The file and its products with the stems in one frame, under a gain of the bus. */
static void add_of_file(const struct hs_stem_window *w, size_t f, size_t t, double bus,
                        struct hs_stem_sums *s)
{
    const size_t k = w->n_stems;
    const float *r = w->r + (t * w->n_files + f) * CELLS * 2 * k;
    const float *power = w->power + (t * w->n_files + f) * CELLS;
    for (size_t i = 0; i < CELLS * k; i++)
        s->r[i] += bus * ((double)r[2 * i] + (double)r[2 * i + 1] * I);
    for (size_t c = 0; c < CELLS; c++)
        s->power[c] += (double)power[c];
}

/* The gains of all stems, cell by cell, with a small ridge. */
static void solve_all(struct hs_stem_window *w, const struct hs_stem_sums *s, double complex *f)
{
    const size_t k = w->n_stems;
    double ridge[HS_STEMS_MOST], floor[HS_STEMS_MOST];
    hs_stem_floors(s, k, floor);
    for (size_t c = 0; c < CELLS; c++) {
        hs_stem_products_of(s, k, c, w->cell);
        for (size_t i = 0; i < k; i++)
            ridge[i] = ridge_share * creal(w->cell[hs_stem_pairs(i) + i]);
        hs_solver_run(&w->solver, w->cell, s->r + c * k, ridge, floor, k, f + c * k, NULL);
    }
}

/* conj(f_i) f_k, laid out as `a` is and doubled where i is not k, so that the power of the sum is
 * one product. */
void hs_stem_window_products(struct hs_stem_window *w, const double complex *f)
{
    const size_t k = w->n_stems;
    for (size_t c = 0; c < CELLS; c++)
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j <= i; j++) {
                const double complex both = (i == j ? 1 : 2) * conj(f[c * k + i]) * f[c * k + j];
                float *to = w->products + hs_stem_at(k, c, i, j);
                to[0] = (float)creal(both);
                to[BANDS] = -(float)cimag(both);
            }
}

/* Power of what the gains make of the stems together in one frame, by cell. */
static void own_of(const struct hs_stem_window *w, size_t t, float own[CELLS])
{
    const size_t pairs = hs_stem_pairs(w->n_stems);
    const float *a = w->a + t * hs_stem_room(w->n_stems);
    for (size_t c = 0; c < 2; c++) {
        float row[HS_ROW];
        w->kernels->rows(a + c * pairs * HS_ROW, w->products + c * pairs * HS_ROW, pairs, row);
        for (size_t b = 0; b < BANDS; b++)
            own[c * BANDS + b] = row[b] + row[BANDS + b];
    }
}

/* How much of the file agrees with that, in one cell. */
static double with_of(const struct hs_stem_window *w, size_t f, size_t t, size_t c,
                      const double complex *gains)
{
    const size_t k = w->n_stems;
    const float *r = w->r + ((t * w->n_files + f) * CELLS + c) * 2 * k;
    const double complex *g = gains + c * k;
    double with = 0;
    for (size_t i = 0; i < k; i++)
        with += creal(g[i]) * (double)r[2 * i] + cimag(g[i]) * (double)r[2 * i + 1];
    return with;
}

/* Power by cell that the stems do not explain in a frame. */
void hs_stem_window_left(const struct hs_stem_window *w, size_t file, size_t frame,
                         const double complex *gains, double left[HS_STEM_CELLS])
{
    const double bus = w->bus[file][frame];
    const float *power = w->power + (frame * w->n_files + file) * CELLS;
    float own[CELLS];
    own_of(w, frame, own);
    for (size_t c = 0; c < CELLS; c++) {
        const double with = with_of(w, file, frame, c, gains);
        left[c] = fmax(0, (double)power[c] - 2 * bus * with + bus * bus * (double)own[c]);
    }
}

/* The gain that the whole mix has in this frame, as a compressor on it makes. */
static double bus_of_frame(const struct hs_stem_window *w, size_t f, size_t t,
                           const double complex *gains, double *power)
{
    double with = 0, sum = 0;
    float own[CELLS];
    own_of(w, t, own);
    for (size_t c = 0; c < CELLS; c++) {
        with += with_of(w, f, t, c, gains);
        sum += (double)own[c];
    }
    *power = sum;
    return sum > 1e-14 ? fmin(fmax(with / sum, least_gain), most_gain) : 1;
}

/* The gain of the bus by frame, and all sums of the window with it; over the window it neither
 * raises nor lowers the fit, so that gains are those of faders and bus together. */
static void find_bus(struct hs_stem_window *w, size_t f, const double complex *gains,
                     struct hs_stem_sums *s)
{
    const size_t k = w->n_stems, room = hs_stem_room(k), wide = BANDS * 2 * k;
    double before = 0, after = 0, power;
    clear(s, k);
    for (size_t t = 0; t < w->n; t++) {
        const double g = bus_of_frame(w, f, t, gains, &power);
        w->bus[f][t] = g;
        before += power;
        after += g * g * power;
        w->kernels->add_scaled(s->a, w->a + t * room, (float)(g * g), room);
        w->kernels->add_scaled(s->across, w->across + t * wide, (float)(g * g), wide);
        add_of_file(w, f, t, g, s);
    }
    const double level = after > 0 ? sqrt(before / after) : 1, squared = level * level;
    for (size_t t = 0; t < w->n; t++)
        w->bus[f][t] *= level;
    for (size_t i = 0; i < room; i++)
        s->a[i] *= (float)squared;
    for (size_t i = 0; i < wide; i++)
        s->across[i] *= (float)squared;
    for (size_t i = 0; i < CELLS * k; i++)
        s->r[i] *= level;
}

/* Gains of stems and of the bus in turns. */
void hs_stem_window_fit(struct hs_stem_window *w, size_t file, struct hs_stem_sums *sums,
                        double complex *gains)
{
    const size_t k = w->n_stems;
    if (!file)
        sum_plainly(w);
    clear(sums, k);
    memcpy(sums->a, w->plain_a, hs_stem_room(k) * sizeof *sums->a);
    memcpy(sums->across, w->plain_across, BANDS * 2 * k * sizeof *sums->across);
    for (size_t t = 0; t < w->n; t++)
        add_of_file(w, file, t, 1, sums);
    solve_all(w, sums, gains);
    for (int round = 0; round < ROUNDS; round++) {
        hs_stem_window_products(w, gains);
        find_bus(w, file, gains, sums);
        solve_all(w, sums, gains);
    }
}
