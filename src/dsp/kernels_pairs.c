/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels of comparing two files, compiled once per instruction level: two inputs through a
 * filter, sums of products of spectra, a curve of straight lines, short transforms joined to a long
 * one, and the way back from bins to pairs of samples. Each bin and each sample is worked out by
 * itself, in one order of operations, so that all levels give the same bits.
 */
#include "dsp/kernels_vec.h"

#ifdef __AVX2__
#include <immintrin.h>
#endif

struct bins {
    vec re, im;
};

/* Eight bins from p on. */
static inline struct bins bins_at(const float *p)
{
    vec a = load(p), b = load(p + LANES);
    return (struct bins){__builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14),
                         __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15)};
}

void HS_K(filter)(const float complex *const h[2], const float complex *const x[2], size_t n,
                  float complex *out)
{
    float *p = (float *)out;
    for (size_t k = 0; k < n; k += LANES) {
        vec re = {0}, im = {0};
        for (int i = 0; i < 2; i++) {
            const struct bins a = bins_at((const float *)h[i] + 2 * k);
            const struct bins b = bins_at((const float *)x[i] + 2 * k);
            re += a.re * b.re - a.im * b.im;
            im += a.re * b.im + a.im * b.re;
        }
        store(p + 2 * k, __builtin_shufflevector(re, im, 0, 8, 1, 9, 2, 10, 3, 11));
        store(p + 2 * k + LANES, __builtin_shufflevector(re, im, 4, 12, 5, 13, 6, 14, 7, 15));
    }
}

/* Four complex numbers by four others. */
static inline vec times(vec a, vec w)
{
    const mask minus = {INT32_MIN, 0, INT32_MIN, 0, INT32_MIN, 0, INT32_MIN, 0};
    vec re = __builtin_shufflevector(w, w, 0, 0, 2, 2, 4, 4, 6, 6);
    vec im = __builtin_shufflevector(w, w, 1, 1, 3, 3, 5, 5, 7, 7);
    return a * re + (vec)((mask)(swapped(a) * im) ^ minus);
}

/* Radix 4, by decimation in time. */
void HS_K(quarters)(float complex *x, const float *twiddle, size_t m, float turn)
{
    const vec turned = {-turn, turn, -turn, turn, -turn, turn, -turn, turn}; /* times turn j */
    float *p = (float *)x;
    for (size_t k = 0; k < m; k += HS_QUARTERS, p += LANES, twiddle += 3 * LANES) {
        vec a = load(p), b = times(load(p + 2 * m), load(twiddle));
        vec c = times(load(p + 4 * m), load(twiddle + LANES));
        vec d = times(load(p + 6 * m), load(twiddle + 2 * LANES));
        vec even = a + c, odd = b + d, less = a - c, aside = swapped(b - d) * turned;
        store(p, even + odd);
        store(p + 2 * m, less + aside);
        store(p + 4 * m, even - odd);
        store(p + 6 * m, less - aside);
    }
}

/* Eight sums. */
struct sums {
#ifdef __AVX2__
    __m256d low, high;
#else
    double at[LANES];
#endif
};

static inline struct sums sums_at(const double *p)
{
    struct sums s;
#ifdef __AVX2__
    s.low = _mm256_loadu_pd(p);
    s.high = _mm256_loadu_pd(p + 4);
#else
    memcpy(s.at, p, sizeof s.at);
#endif
    return s;
}

static inline void add_to(struct sums *s, vec x)
{
#ifdef __AVX2__
    s->low = _mm256_add_pd(s->low, _mm256_cvtps_pd(_mm256_castps256_ps128((__m256)x)));
    s->high = _mm256_add_pd(s->high, _mm256_cvtps_pd(_mm256_extractf128_ps((__m256)x, 1)));
#else
    for (int j = 0; j < LANES; j++)
        s->at[j] += (double)x[j];
#endif
}

static inline void keep_sums(const struct sums *s, double *p)
{
#ifdef __AVX2__
    _mm256_storeu_pd(p, s->low);
    _mm256_storeu_pd(p + 4, s->high);
#else
    memcpy(p, s->at, sizeof s->at);
#endif
}

static inline void add_powers(double *sum, const struct bins *a, size_t n)
{
    struct sums s = sums_at(sum);
    for (size_t i = 0; i < n; i++)
        add_to(&s, a[i].re * a[i].re + a[i].im * a[i].im);
    keep_sums(&s, sum);
}

static inline void add_cross(double *const sum[2], size_t k, const struct bins *a,
                             const struct bins *b, size_t n)
{
    struct sums re = sums_at(sum[0] + k), im = sums_at(sum[1] + k);
    for (size_t i = 0; i < n; i++) {
        add_to(&re, a[i].re * b[i].re + a[i].im * b[i].im);
        add_to(&im, a[i].re * b[i].im - a[i].im * b[i].re);
    }
    keep_sums(&re, sum[0] + k);
    keep_sums(&im, sum[1] + k);
}

/* Half of each bin less a quarter of its two neighbours, times the weight. */
static inline struct bins hann_at(const float *p, float weight)
{
    const float half = 0.5f * weight, quarter = 0.25f * weight;
    const struct bins at = bins_at(p), below = bins_at(p - 2), above = bins_at(p + 2);
    return (struct bins){half * at.re - quarter * (below.re + above.re),
                         half * at.im - quarter * (below.im + above.im)};
}

/* Eight bins of all frames at once, so that each sum is fetched and kept once. */
static inline void add_frames(const struct hs_transfer_frame *frame, size_t n, size_t k,
                              const struct hs_transfer_sums *s)
{
    struct bins a[2][HS_TRANSFER_FRAMES], b[2][HS_TRANSFER_FRAMES];
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < 2; c++) {
            a[c][i] = hann_at((const float *)frame[i].x[c] + 2 * k, frame[i].weight);
            b[c][i] = bins_at((const float *)frame[i].y[c] + 2 * k);
        }
    for (int i = 0; i < 2; i++) {
        add_powers(s->xx[i] + k, a[i], n);
        add_powers(s->yy[i] + k, b[i], n);
        for (int j = 0; j < 2; j++)
            add_cross(s->xy[i][j], k, a[i], b[j], n);
    }
    add_cross(s->x01, k, a[0], a[1], n);
}

void HS_K(transfer)(const struct hs_transfer_frame *frame, size_t n_frames, size_t from, size_t to,
                    const struct hs_transfer_sums *s)
{
    if (n_frames == HS_TRANSFER_FRAMES)
        for (size_t k = from; k < to; k += LANES)
            add_frames(frame, HS_TRANSFER_FRAMES, k, s);
    else
        for (size_t k = from; k < to; k += LANES)
            add_frames(frame, n_frames, k, s);
}

/* Entries of the table; i lies within it. */
static inline vec entries(const float *table, mask i)
{
#ifdef __AVX2__
    return (vec)_mm256_i32gather_ps(table, (__m256i)i, 4);
#else
    vec r;
    for (int j = 0; j < LANES; j++)
        r[j] = table[i[j]];
    return r;
#endif
}

void HS_K(curve)(const struct hs_curve_table *c, const float *u, size_t n, float *added)
{
    const float end = (float)(c->n - 1), last = c->table[c->n - 1];
    for (size_t i = 0; i < n; i += LANES) {
        const vec in = load(u + i), at = magnitude(in) * c->per_height;
        const mask inside = at < end;
        const vec place = (vec)((mask)at & inside);
        const mask k = __builtin_convertvector(place, mask);
        const vec low = entries(c->table, k), high = entries(c->table + 1, k);
        const vec within = low + (high - low) * (place - __builtin_convertvector(k, vec));
        const vec beyond = last + c->steepness * ((at - end) / c->steps);
        const vec both = (vec)(((mask)within & inside) | ((mask)beyond & ~inside));
        const mask sign = (mask)in & INT32_MIN;
        store(added + i, (vec)((mask)both ^ sign) * c->ceiling);
    }
}

/* With A = X[k] + X*[half-k] and B = X[k] - X*[half-k] the transform of the pairs, doubled, is
 * Z[k] = A + j w* B and Z*[half-k] = A - j w* B: the twiddle of the way there, conjugated and
 * doubled. */
static inline void pack_one(float *p, float *q, const float twiddle[4])
{
    float sum_re = p[0] + q[0], sum_im = p[1] - q[1];
    float difference_re = p[0] - q[0], difference_im = p[1] + q[1];
    float re = 2 * (difference_re * twiddle[0] - difference_im * twiddle[2]);
    float im = 2 * (difference_im * twiddle[1] - difference_re * twiddle[3]);
    p[0] = sum_re + re;
    p[1] = sum_im + im;
    q[0] = sum_re - re;
    q[1] = im - sum_im;
}

void HS_K(rfft_pack)(float complex *x, const float *twiddle, size_t half)
{
    float *p = (float *)x;
    size_t k = 0;
    for (; 2 * (k + 3) < half; k += 4) {
        float *up = p + 2 * k, *down = p + 2 * (half - k - 3);
        vec a = load(up), b = conjugate(reversed(load(down)));
        vec sum = a + b, difference = a - b;
        vec t = 2 * (difference * load(twiddle + 4 * k) -
                     swapped(difference) * load(twiddle + 4 * k + LANES));
        store(up, sum + t);
        store(down, reversed(conjugate(sum - t)));
    }
    for (; 2 * k < half; k++) {
        const float *t = twiddle + 16 * (k / 4) + 2 * (k % 4);
        pack_one(p + 2 * k, p + 2 * (half - k), (float[]){t[0], t[1], t[8], t[9]});
    }
    if (2 * k == half)
        x[k] = 2 * conjf(x[k]);
}
