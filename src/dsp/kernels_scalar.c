/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels in plain C, with sums in double precision: the oracle against which the vector
 * forms are tested. Each is the definition in dsp/kernels.h written as a loop.
 */
#include "dsp/kernels_scalar.h"

#include "dsp/itu_filter.h"
#include "dsp/kweight.h"

#include <math.h>
#include <string.h>

static void moments(const float *left, const float *right, size_t n, struct hs_moments *out)
{
    *out = (struct hs_moments){0};
    if (!n)
        return;
    out->high[0] = out->low[0] = left[0];
    out->high[1] = out->low[1] = right[0];
    for (size_t i = 0; i < n; i++) {
        double l = (double)left[i], r = (double)right[i];
        out->sum[0] += l, out->sum[1] += r;
        out->square[0] += l * l, out->square[1] += r * r;
        out->mid += 0.25 * (l + r) * (l + r);
        out->side += 0.25 * (l - r) * (l - r);
        out->high[0] = fmaxf(out->high[0], left[i]);
        out->high[1] = fmaxf(out->high[1], right[i]);
        out->low[0] = fminf(out->low[0], left[i]);
        out->low[1] = fminf(out->low[1], right[i]);
        out->difference = fmaxf(out->difference, fabsf(left[i] - right[i]));
    }
}

static float peak(const float *x, size_t n)
{
    float top = 0;
    for (size_t i = 0; i < n; i++)
        top = fmaxf(top, fabsf(x[i]));
    return top;
}

static bool finite_all(const float *x, size_t n)
{
    bool fine = true;
    for (size_t i = 0; i < n; i++)
        fine &= isfinite(x[i]);
    return fine;
}

static void deinterleave_s16(const int16_t *x, size_t n, float *left, float *right)
{
    for (size_t i = 0; i < n; i++) {
        left[i] = (float)(x[2 * i] / 32768.0);
        right[i] = (float)(x[2 * i + 1] / 32768.0);
    }
}

static void deinterleave_s32(const int32_t *x, size_t n, float *left, float *right)
{
    for (size_t i = 0; i < n; i++) {
        left[i] = (float)(x[2 * i] / 2147483648.0);
        right[i] = (float)(x[2 * i + 1] / 2147483648.0);
    }
}

static bool narrow_s16(const float *x, size_t n, int16_t *out)
{
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        double scaled = 32768 * (double)x[i];
        out[i] = (int16_t)fmin(fmax(scaled, -32768), 32767);
        all = all && !(fabs((double)out[i] - scaled) > 0);
    }
    return all;
}

static void survey(const float *x, size_t n_blocks, struct hs_survey *out)
{
    for (size_t b = 0; b < n_blocks; b++, x += HS_SCAN) {
        out[b] = (struct hs_survey){.peak = peak(x, HS_SCAN)};
        for (int i = 0; i < HS_SCAN; i++)
            out[b].bend = fmaxf(out[b].bend, fabsf((x[i - 1] + x[i + 1]) - (x[i] + x[i])));
    }
}

static double phase(const float *newest, const float *h, int step)
{
    double y = 0;
    for (int k = 0; k < 12; k++)
        y += (double)h[step > 0 ? k : 11 - k] * (double)newest[-k];
    return fabs(y);
}

/* Phases 0 and 1 of the filter and their mirrors. */
static float scan_peaks(const float *x, float top[HS_SCAN])
{
    double most = 0;
    for (int i = 0; i < HS_SCAN; i++) {
        const float *newest = x + i + 6;
        double a = fmax(phase(newest, hs_itu_phase[0], 1), phase(newest, hs_itu_phase[0], -1));
        double b = fmax(phase(newest, hs_itu_phase[1], 1), phase(newest, hs_itu_phase[1], -1));
        top[i] = (float)fmax(a, b);
        most = fmax(most, fmax(a, b));
    }
    return (float)most;
}

/* Second-order section, transposed direct form 2. */
static inline double section(const double b[3], const double a[2], double s[2], double x)
{
    double y = b[0] * x + s[0];
    s[0] = b[1] * x - a[0] * y + s[1];
    s[1] = b[2] * x - a[1] * y;
    return y;
}

static void kweight(const struct hs_kweight *k, struct hs_kweight_state *s, const float *left,
                    const float *right, size_t n, double energy[2])
{
    const float *x[2] = {left, right};
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++) {
            double y = section(k->shelf_b, k->shelf_a, s->shelf[c], (double)x[c][i]);
            y = section(k->high_b, k->high_a, s->high[c], y);
            energy[c] += y * y;
        }
}

/* One-pole low-passes; each band is the difference of two. */
static void split(struct hs_split *s, const float *left, const float *right, size_t n,
                  float power[HS_POLES + 1])
{
    const float *x[2] = {left, right};
    double sum[HS_POLES + 1] = {0};
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++) {
            double before = 0;
            for (int p = 0; p < HS_POLES; p++) {
                double y = (1 - (double)s->pole[p]) * (double)s->low[c][p] +
                           (double)s->pole[p] * (double)x[c][i];
                s->low[c][p] = (float)y;
                sum[p] += (y - before) * (y - before);
                before = y;
            }
            sum[HS_POLES] += ((double)x[c][i] - before) * ((double)x[c][i] - before);
        }
    for (int p = 0; p <= HS_POLES; p++)
        power[p] += (float)sum[p];
}

static void curve(const struct hs_curve_table *c, const float *u, size_t n, float *added)
{
    for (size_t i = 0; i < n; i++) {
        double at = fabs((double)u[i]) * (double)c->per_height, last = (double)(c->n - 1), sum;
        size_t k = at < last ? (size_t)at : c->n - 1;
        if (at < last)
            sum = (double)c->table[k] +
                  ((double)c->table[k + 1] - (double)c->table[k]) * (at - (double)k);
        else
            sum = (double)c->table[k] + (double)c->steepness * (at - last) / (double)c->steps;
        added[i] = (float)((u[i] < 0 ? -sum : sum) * (double)c->ceiling);
    }
}

static void knot(const float *x, const float *y, bool flat, float small, struct hs_knot *sum)
{
    double xx = 0, xy = 0, yy = 0, flat_xx = 0, flat_xy = 0, small_xx = 0, small_xy = 0;
    for (int i = 0; i < HS_SCAN; i++) {
        xx += (double)(x[i] * x[i]), xy += (double)(x[i] * y[i]), yy += (double)(y[i] * y[i]);
        sum->peak_x = fmaxf(fabsf(x[i]), sum->peak_x);
        sum->peak_y = fmaxf(fabsf(y[i]), sum->peak_y);
        if (!flat)
            continue;
        float a = x[i] - HS_FLATTEN * x[i - 1], b = y[i] - HS_FLATTEN * y[i - 1];
        bool is_small = fabsf(y[i]) < small;
        flat_xx += (double)(a * a), flat_xy += (double)(a * b);
        small_xx += is_small ? (double)(a * a) : 0, small_xy += is_small ? (double)(a * b) : 0;
    }
    sum->xx += (float)xx, sum->xy += (float)xy, sum->yy += (float)yy;
    sum->flat_xx += (float)flat_xx, sum->flat_xy += (float)flat_xy;
    sum->small_xx += (float)small_xx, sum->small_xy += (float)small_xy;
}

static void sum_squares(const float *a, const float *b, size_t n, double sum[2])
{
    sum[0] = sum[1] = 0;
    for (size_t i = 0; i < n; i++) {
        double x = (double)a[i] + (double)b[i];
        sum[0] += x;
        sum[1] += x * x;
    }
}

static void add(float *sum, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += x[i];
}

static void add_scaled(float *sum, const float *x, float by, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += by * x[i];
}

static void rows(const float *a, const float *b, size_t n, float sum[HS_ROW])
{
    memset(sum, 0, HS_ROW * sizeof *sum);
    for (size_t i = 0; i < n * HS_ROW; i++)
        sum[i % HS_ROW] += a[i] * b[i];
}

static void fir(const float *x, size_t step, const float *taps, size_t n_taps, float *out,
                size_t n_out)
{
    for (size_t j = 0; j < n_out; j++) {
        double sum = 0;
        for (size_t k = 0; k < n_taps; k++)
            sum += (double)taps[k] * (double)x[j * step + k];
        out[j] = (float)sum;
    }
}

static void slide(const struct hs_slide *s, const float *d)
{
    for (size_t i = 0; i < s->n; i++) {
        double re = (double)s->x[0][i], im = (double)s->x[1][i], in = (double)d[i % s->n_lanes];
        double c = (double)s->turn[0][i], t = (double)s->turn[1][i];
        s->x[0][i] = (float)(c * re - t * im + in * (double)s->in[0][i]);
        s->x[1][i] = (float)(t * re + c * im + in * (double)s->in[1][i]);
    }
}

static void lapped(const float *re, const float *im, const float taps[HS_LAPPED + 1], size_t n,
                   float *out)
{
    for (size_t i = 0; i < n; i++) {
        double sum = (double)(taps[0] * re[i]);
        for (size_t p = 1; p <= HS_LAPPED; p++)
            sum += (double)taps[p] * (p % 2 ? (double)im[i - p] - (double)im[i + p]
                                            : (double)re[i - p] + (double)re[i + p]);
        out[i] = (float)sum;
    }
}

static void lapped_sine(const float *re, const float *im, size_t step, float scale, size_t n,
                        float *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = scale * (im[i] - re[i + step]);
}

/* Row 63 - i of the matrix is that of 47 - k, or mirrored. */
static void polyphase(const float *x, const float window[512], const float *matrix, size_t n_bands,
                      float *out)
{
    for (size_t k = 0; k < n_bands; k++) {
        double sum = 0;
        for (int i = 0; i < 512; i++) {
            int row = 63 - i % 64;
            int same = row < 16 ? 32 - row : row > 47 ? 96 - row : row;
            double sign = row > 48 ? -1 : row == 48 ? 0 : 1;
            if (same <= 47)
                sum += sign * (double)matrix[(size_t)(47 - same) * n_bands + k] *
                       (double)window[i] * (double)x[i];
        }
        out[k] = (float)sum;
    }
}

static void butterflies(const float *c_s, const float *c_a, float sign, size_t n_lanes, float *rows)
{
    for (size_t i = 0; i < 8; i++)
        for (size_t j = 0; j < n_lanes; j++) {
            float *low = rows + (17 - i) * n_lanes + j, *high = rows + i * n_lanes + j + 1;
            float a = *low, b = *high, s = c_s[i * n_lanes + j], t = sign * c_a[i * n_lanes + j];
            *low = a * s + b * t;
            *high = b * s - a * t;
        }
}

static int empty_bands(const float *rows, size_t n_rows, size_t n_lanes, float heard, float empty)
{
    int found = 0;
    for (size_t j = 0; j < n_lanes; j++) {
        float sum = 0;
        for (size_t i = 0; i < n_rows; i++)
            sum += rows[i * n_lanes + j] * rows[i * n_lanes + j];
        for (size_t i = 0; i < n_rows && sum >= (float)n_rows * heard; i++)
            found += rows[i * n_lanes + j] * rows[i * n_lanes + j] < sum / (float)n_rows * empty;
    }
    return found;
}

static int empty_runs(const float *x, size_t n, float heard, float empty)
{
    int found = 0;
    for (size_t k = 0; k + 16 <= n; k += 16)
        found += empty_bands(x + k, 16, 1, heard, empty);
    return found;
}

const struct hs_kernels hs_kernels_scalar = {
    .name = "scalar",
    .moments = moments,
    .peak = peak,
    .finite = finite_all,
    .deinterleave_s16 = deinterleave_s16,
    .deinterleave_s32 = deinterleave_s32,
    .narrow_s16 = narrow_s16,
    .survey = survey,
    .scan_peaks = scan_peaks,
    .kweight = kweight,
    .split = split,
    .window = hs_window_scalar,
    .quarters = hs_quarters_scalar,
    .rfft_unpack = hs_rfft_unpack_scalar,
    .rfft_pack = hs_rfft_pack_scalar,
    .filter = hs_filter_scalar,
    .transfer = hs_transfer_scalar,
    .curve = curve,
    .power = hs_power_scalar,
    .stereo = hs_stereo_scalar,
    .decibels = hs_decibels_scalar,
    .spans = hs_spans_scalar,
    .knot = knot,
    .sum_squares = sum_squares,
    .add = add,
    .add_scaled = add_scaled,
    .rows = rows,
    .weigh = hs_weigh_scalar,
    .cross = hs_cross_scalar,
    .cross_two = hs_cross_two_scalar,
    .fir = fir,
    .slide = slide,
    .lapped = lapped,
    .lapped_sine = lapped_sine,
    .polyphase = polyphase,
    .butterflies = butterflies,
    .empty_runs = empty_runs,
    .empty_bands = empty_bands,
};
