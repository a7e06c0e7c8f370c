/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels over windows and the bins of a spectrum, compiled once per instruction level. Vectors
 * of eight floats are taken first, the rest one by one; sums over lanes are taken in the order
 * of across(), so that all levels give the same bits.
 */
#include "core/num.h"
#include "dsp/kernels_vec.h"

void HS_K(window)(const float *x, const float *w, float *out, size_t n)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        store(out + i, load(x + i) * load(w + i));
    for (; i < n; i++)
        out[i] = x[i] * w[i];
}

/* One span: its vectors, then what is left of it, then its two ends. */
static inline float span_sum(const float *p, const struct hs_span_bins *s)
{
    if (s->n < 2)
        return s->n ? p[s->first] * s->first_share : 0;
    const float *x = p + s->first + 1, *end = p + s->first + s->n - 1;
    float ends = x[-1] * s->first_share + *end * s->last_share;
    if (end - x < LANES) {
        for (; x < end; x++)
            ends += *x;
        return ends;
    }
    vec sum = {0};
    for (; end - x >= LANES; x += LANES)
        sum += load(x);
    for (; x < end; x++)
        ends += *x;
    return ends + across(sum);
}

void HS_K(spans)(const float *x, const struct hs_span_bins *span, size_t n_spans, float *sum)
{
    for (size_t s = 0; s < n_spans; s++)
        sum[s] = span_sum(x, &span[s]);
}

enum { DOUBLES = 4 };
typedef double double_vec __attribute__((vector_size(DOUBLES * sizeof(double))));
typedef uint64_t long_vec __attribute__((vector_size(DOUBLES * sizeof(uint64_t))));

/* Every step of hs_db_fast in its order. The exponent becomes a double by being put into the
 * last bits of 1.5 * 2^52, for there is no instruction for it. */
static inline double_vec decibels_of(double_vec power)
{
    const double db_per_octave = 3.0102999566398120, db_per_neper = 4.3429448190325183;
    const uint64_t half = (uint64_t)1 << 51, magic = 0x4338000000000000u;
    long_vec bits = (long_vec)power, e = ((bits + half) >> 52) - 1023;
    double_vec octaves = (double_vec)(e + magic) - 0x1.8p52;
    double_vec m = (double_vec)(bits - (e << 52));
    double_vec t = (m - 1) / (m + 1), q = t * t;
    double_vec series =
        1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q / 13)))));
    return octaves * db_per_octave + 2 * db_per_neper * t * series;
}

void HS_K(decibels)(double *x, size_t n)
{
    size_t i = 0;
    for (; i + DOUBLES <= n; i += DOUBLES) {
        double_vec v;
        memcpy(&v, x + i, sizeof v);
        v = decibels_of(v);
        memcpy(x + i, &v, sizeof v);
    }
    for (; i < n; i++)
        x[i] = hs_db_fast(x[i]);
}

static inline double_vec load_doubles(const float *p)
{
    return (double_vec){(double)p[0], (double)p[1], (double)p[2], (double)p[3]};
}

/* Four sums side by side, the rest in the first ones. */
void HS_K(sum_squares)(const float *a, const float *b, size_t n, double sum[2])
{
    double_vec sums = {0}, squares = {0};
    size_t i = 0;
    for (; i + DOUBLES <= n; i += DOUBLES) {
        double_vec x = load_doubles(a + i) + load_doubles(b + i);
        sums += x;
        squares += x * x;
    }
    for (size_t j = 0; i + j < n; j++) {
        double x = (double)a[i + j] + (double)b[i + j];
        sums[j] += x;
        squares[j] += x * x;
    }
    sum[0] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    sum[1] = (squares[0] + squares[1]) + (squares[2] + squares[3]);
}

void HS_K(add)(float *sum, const float *x, size_t n)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        store(sum + i, load(sum + i) + load(x + i));
    for (; i < n; i++)
        sum[i] += x[i];
}

/* From pairs (re, im) of eight bins in two vectors, term by term: even + odd elements in
 * the order of the bins. The first shuffle keeps to the halves, which is cheap; the second
 * puts the result in order. */
static inline vec even(vec a, vec b)
{
    return __builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14);
}

static inline vec odd(vec a, vec b)
{
    return __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15);
}

static inline vec in_order(vec v)
{
    return __builtin_shufflevector(v, v, 0, 1, 4, 5, 2, 3, 6, 7);
}

static inline vec size(vec a, vec b)
{
    a *= a;
    b *= b;
    return in_order(even(a, b) + odd(a, b));
}

/* Even and odd samples have the transforms E = (Z[k] + Z*[half-k]) / 2 and
 * O = -j (Z[k] - Z*[half-k]) / 2; then X[k] = E + w O and X*[half-k] = E - w O with
 * w = exp(-j pi k / half). The twiddle of bin k is -j w / 2 as (re, re, -im, im), in blocks of
 * four bins: the eight first factors, then the eight second ones. */
static inline void unpack_one(float *p, float *q, const float twiddle[4])
{
    float sum_re = p[0] + q[0], sum_im = p[1] - q[1];
    float difference_re = p[0] - q[0], difference_im = p[1] + q[1];
    float re = difference_re * twiddle[0] + difference_im * twiddle[2];
    float im = difference_im * twiddle[1] + difference_re * twiddle[3];
    p[0] = 0.5f * sum_re + re;
    p[1] = 0.5f * sum_im + im;
    q[0] = 0.5f * sum_re - re;
    q[1] = im - 0.5f * sum_im;
}

/* Bins from both ends meet in the middle. Bins 0 and half come from one complex number. */
void HS_K(rfft_unpack)(float complex *x, const float *twiddle, size_t half)
{
    float *p = (float *)x;
    const vec one_half = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
    size_t k = 0;
    x[half] = x[0];
    for (; 2 * (k + 3) < half; k += 4) {
        float *up = p + 2 * k, *down = p + 2 * (half - k - 3);
        vec a = load(up), b = conjugate(reversed(load(down)));
        vec sum = one_half * (a + b), difference = a - b;
        vec t = difference * load(twiddle + 4 * k) +
                swapped(difference) * load(twiddle + 4 * k + LANES);
        store(up, sum + t);
        store(down, reversed(conjugate(sum - t)));
    }
    for (; 2 * k < half; k++) {
        const float *t = twiddle + 16 * (k / 4) + 2 * (k % 4);
        unpack_one(p + 2 * k, p + 2 * (half - k), (float[]){t[0], t[1], t[8], t[9]});
    }
    if (2 * k == half)
        x[k] = conjf(x[k]);
}

void HS_K(power)(const float complex *x, float *out, size_t n)
{
    const float *p = (const float *)x;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        store(out + i, size(load(p + 2 * i), load(p + 2 * i + LANES)));
    for (; i < n; i++)
        out[i] = p[2 * i] * p[2 * i] + p[2 * i + 1] * p[2 * i + 1];
}

/* Mid and side are half the sum and half the difference, hence a quarter of the power. */
void HS_K(stereo)(const float complex *l, const float complex *r, size_t n,
                  const struct hs_stereo_power *out)
{
    const float *p = (const float *)l, *q = (const float *)r;
    const vec quarter = {0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        vec a = load(p + 2 * i), b = load(p + 2 * i + LANES);
        vec c = load(q + 2 * i), d = load(q + 2 * i + LANES);
        store(out->left + i, size(a, b));
        store(out->right + i, size(c, d));
        store(out->mid + i, quarter * size(a + c, b + d));
        store(out->side + i, quarter * size(a - c, b - d));
        vec e = a * swapped(c), f = b * swapped(d); /* re(l) im(r), im(l) re(r) */
        store(out->im + i, in_order(odd(e, f) - even(e, f)));
    }
    for (; i < n; i++) {
        float a = p[2 * i], b = p[2 * i + 1], c = q[2 * i], d = q[2 * i + 1];
        out->left[i] = a * a + b * b;
        out->right[i] = c * c + d * d;
        out->mid[i] = 0.25f * ((a + c) * (a + c) + (b + d) * (b + d));
        out->side[i] = 0.25f * ((a - c) * (a - c) + (b - d) * (b - d));
        out->im[i] = b * c - a * d;
    }
}

void HS_K(weigh)(const float complex *x, const float *w, size_t n, float *re, float *im)
{
    const float *p = (const float *)x;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        vec a = load(p + 2 * i), b = load(p + 2 * i + LANES), by = load(w + i);
        store(re + i, by * in_order(even(a, b)));
        store(im + i, by * in_order(odd(a, b)));
    }
    for (; i < n; i++) {
        re[i] = w[i] * p[2 * i];
        im[i] = w[i] * p[2 * i + 1];
    }
}

/* The halves of both vectors added up: four sums of a, four of b. */
static inline vec halves(vec a, vec b)
{
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
           __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
}

/* across() of eight vectors, in their order and with the same bits. */
static inline vec across_each(const vec v[LANES])
{
    vec ab = halves(v[0], v[1]), cd = halves(v[2], v[3]);
    vec ef = halves(v[4], v[5]), gh = halves(v[6], v[7]);
    vec acbd = even(ab, cd) + odd(ab, cd), egfh = even(ef, gh) + odd(ef, gh);
    vec x = even(acbd, egfh) + odd(acbd, egfh);
    return __builtin_shufflevector(x, x, 0, 4, 1, 5, 2, 6, 3, 7);
}

/* Two sums side by side for each part hide how long an addition takes. */
void HS_K(cross)(const float *const a[2], const float *const b[2], const size_t at[HS_RUNS + 1],
                 float re[HS_RUNS], float im[HS_RUNS])
{
    vec sum_re[HS_RUNS], sum_im[HS_RUNS];
    for (size_t k = 0; k < HS_RUNS; k++) {
        vec x = {0}, y = {0}, x_too = {0}, y_too = {0};
        for (size_t i = at[k]; i < at[k + 1]; i += LANES) {
            vec ar = load(a[0] + i), ai = load(a[1] + i), br = load(b[0] + i), bi = load(b[1] + i);
            x += ar * br;
            x_too += ai * bi;
            y += ar * bi;
            y_too += ai * br;
        }
        sum_re[k] = x + x_too;
        sum_im[k] = y - y_too;
    }
    for (size_t k = 0; k < HS_RUNS; k += LANES) {
        store(re + k, across_each(sum_re + k));
        store(im + k, across_each(sum_im + k));
    }
}

/* Every value of a is loaded once for both. */
void HS_K(cross_two)(const float *const a[2], const float *const b[2], const float *const c[2],
                     const size_t at[HS_RUNS + 1], float out[4 * HS_RUNS])
{
    vec sum[4][HS_RUNS];
    for (size_t k = 0; k < HS_RUNS; k++) {
        vec s[8] = {{0}};
        for (size_t i = at[k]; i < at[k + 1]; i += LANES) {
            const vec ar = load(a[0] + i), ai = load(a[1] + i);
            const vec br = load(b[0] + i), bi = load(b[1] + i);
            const vec cr = load(c[0] + i), ci = load(c[1] + i);
            s[0] += ar * br;
            s[1] += ai * bi;
            s[2] += ar * bi;
            s[3] += ai * br;
            s[4] += ar * cr;
            s[5] += ai * ci;
            s[6] += ar * ci;
            s[7] += ai * cr;
        }
        sum[0][k] = s[0] + s[1];
        sum[1][k] = s[2] - s[3];
        sum[2][k] = s[4] + s[5];
        sum[3][k] = s[6] - s[7];
    }
    for (size_t part = 0; part < 4; part++)
        for (size_t k = 0; k < HS_RUNS; k += LANES)
            store(out + part * HS_RUNS + k, across_each(sum[part] + k));
}

void HS_K(add_scaled)(float *sum, const float *x, float by, size_t n)
{
    const vec each = {by, by, by, by, by, by, by, by};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        store(sum + i, load(sum + i) + each * load(x + i));
    for (; i < n; i++)
        sum[i] += by * x[i];
}

void HS_K(rows)(const float *a, const float *b, size_t n, float sum[HS_ROW])
{
    vec s[HS_ROW / LANES] = {{0}};
    for (size_t i = 0; i < n; i++, a += HS_ROW, b += HS_ROW)
        for (size_t k = 0; k < HS_ROW / LANES; k++)
            s[k] += load(a + k * LANES) * load(b + k * LANES);
    for (size_t k = 0; k < HS_ROW / LANES; k++)
        store(sum + k * LANES, s[k]);
}
