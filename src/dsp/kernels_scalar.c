/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels in plain C, with sums in double precision: the oracle against which the vector
 * forms are tested. Each is the definition in dsp/kernels.h written as a loop.
 */
#include "core/num.h"
#include "dsp/itu_filter.h"
#include "dsp/kernels.h"
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

static void window(const float *x, const float *w, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = x[i] * w[i];
}

/* Bin k of part j is turned by jk / 4m of a circle, and by a quarter more for each j and run. */
static void quarters(float complex *x, const float *twiddle, size_t m, float turn)
{
    (void)twiddle;
    for (size_t k = 0; k < m; k++) {
        double complex part[4];
        for (size_t j = 0; j < 4; j++)
            part[j] = (double complex)x[k + j * m];
        for (size_t run = 0; run < 4; run++) {
            double complex sum = 0;
            for (size_t j = 0; j < 4; j++)
                sum += part[j] * cexp((double)turn * I * HS_PI * (double)(j * (k + run * m)) /
                                      (double)(2 * m));
            x[k + run * m] = (float complex)sum;
        }
    }
}

static void rfft_unpack(float complex *x, const float *twiddle, size_t half)
{
    (void)twiddle;
    x[half] = x[0];
    for (size_t k = 0; 2 * k <= half; k++) {
        double complex a = (double complex)x[k], b = conj((double complex)x[half - k]);
        double complex w = cexp(-I * HS_PI * (double)k / (double)half);
        double complex even = (a + b) / 2, odd = -I * w * (a - b) / 2;
        x[k] = (float complex)(even + odd);
        x[half - k] = (float complex)conj(even - odd);
    }
}

static void rfft_pack(float complex *x, const float *twiddle, size_t half)
{
    (void)twiddle;
    for (size_t k = 0; 2 * k <= half; k++) {
        double complex a = (double complex)x[k], b = conj((double complex)x[half - k]);
        double complex back = I * cexp(I * HS_PI * (double)k / (double)half) * (a - b);
        x[k] = (float complex)(a + b + back);
        x[half - k] = (float complex)conj(a + b - back);
    }
}

static void filter(const float complex *const h[2], const float complex *const x[2], size_t n,
                   float complex *out)
{
    for (size_t k = 0; k < n; k++)
        out[k] = (float complex)((double complex)h[0][k] * (double complex)x[0][k] +
                                 (double complex)h[1][k] * (double complex)x[1][k]);
}

static void add_product(double *const sum[2], size_t k, double complex a, double complex b)
{
    sum[0][k] += creal(conj(a) * b);
    sum[1][k] += cimag(conj(a) * b);
}

static double complex hann(const float complex *x, float weight)
{
    return (double)weight *
           (0.5 * (double complex)x[0] - 0.25 * ((double complex)x[-1] + (double complex)x[1]));
}

static void add_bin(const struct hs_transfer_frame *f, size_t k, const struct hs_transfer_sums *s)
{
    const double complex a[2] = {hann(f->x[0] + k, f->weight), hann(f->x[1] + k, f->weight)};
    for (int i = 0; i < 2; i++) {
        const double complex b = (double complex)f->y[i][k];
        s->xx[i][k] += creal(a[i] * conj(a[i]));
        s->yy[i][k] += creal(b * conj(b));
        for (int j = 0; j < 2; j++)
            add_product(s->xy[i][j], k, a[i], (double complex)f->y[j][k]);
    }
    add_product(s->x01, k, a[0], a[1]);
}

static void transfer(const struct hs_transfer_frame *frame, size_t n_frames, size_t from, size_t to,
                     const struct hs_transfer_sums *s)
{
    for (size_t i = 0; i < n_frames; i++)
        for (size_t k = from; k < to; k++)
            add_bin(&frame[i], k, s);
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

static void power(const float complex *x, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = crealf(x[i]) * crealf(x[i]) + cimagf(x[i]) * cimagf(x[i]);
}

static void stereo(const float complex *l, const float complex *r, size_t n,
                   const struct hs_stereo_power *out)
{
    power(l, out->left, n);
    power(r, out->right, n);
    for (size_t i = 0; i < n; i++) {
        float complex mid = (l[i] + r[i]) / 2, side = (l[i] - r[i]) / 2;
        power(&mid, out->mid + i, 1);
        power(&side, out->side + i, 1);
        out->im[i] = cimagf(l[i]) * crealf(r[i]) - crealf(l[i]) * cimagf(r[i]);
    }
}

static void decibels(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = hs_db_from_power(x[i]);
}

static void spans(const float *x, const struct hs_span_bins *span, size_t n_spans, float *sum)
{
    for (size_t s = 0; s < n_spans; s++) {
        double all = 0;
        for (size_t i = 0; i < span[s].n; i++) {
            double share = i == 0               ? (double)span[s].first_share
                           : i + 1 == span[s].n ? (double)span[s].last_share
                                                : 1;
            all += share * (double)x[span[s].first + i];
        }
        sum[s] = (float)all;
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

static void weigh(const float complex *x, const float *w, size_t n, float *re, float *im)
{
    for (size_t i = 0; i < n; i++) {
        re[i] = w[i] * crealf(x[i]);
        im[i] = w[i] * cimagf(x[i]);
    }
}

/* The cross spectrum over each run of bins. */
static void cross(const float *const a[2], const float *const b[2], const size_t at[HS_RUNS + 1],
                  float re[HS_RUNS], float im[HS_RUNS])
{
    for (size_t k = 0; k < HS_RUNS; k++) {
        double x = 0, y = 0;
        for (size_t i = at[k]; i < at[k + 1]; i++) {
            x += (double)(a[0][i] * b[0][i] + a[1][i] * b[1][i]);
            y += (double)(a[0][i] * b[1][i] - a[1][i] * b[0][i]);
        }
        re[k] = (float)x;
        im[k] = (float)y;
    }
}

static void cross_two(const float *const a[2], const float *const b[2], const float *const c[2],
                      const size_t at[HS_RUNS + 1], float out[4 * HS_RUNS])
{
    cross(a, b, at, out, out + HS_RUNS);
    cross(a, c, at, out + 2 * HS_RUNS, out + 3 * HS_RUNS);
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
    .window = window,
    .quarters = quarters,
    .rfft_unpack = rfft_unpack,
    .rfft_pack = rfft_pack,
    .filter = filter,
    .transfer = transfer,
    .curve = curve,
    .power = power,
    .stereo = stereo,
    .decibels = decibels,
    .spans = spans,
    .knot = knot,
    .sum_squares = sum_squares,
    .add = add,
    .add_scaled = add_scaled,
    .rows = rows,
    .weigh = weigh,
    .cross = cross,
    .cross_two = cross_two,
    .fir = fir,
    .slide = slide,
    .lapped = lapped,
    .lapped_sine = lapped_sine,
    .polyphase = polyphase,
    .butterflies = butterflies,
    .empty_runs = empty_runs,
    .empty_bands = empty_bands,
};
