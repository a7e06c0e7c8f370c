/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of eight floats for the kernels_*.c files that the build compiles once per
 * instruction level with HS_LEVEL set (cmake/kernels.cmake). A narrower machine splits
 * them, with the same lanes and so the same bits.
 */
#ifndef HS_DSP_KERNELS_VEC_H
#define HS_DSP_KERNELS_VEC_H

#include "dsp/kernels.h"
#include "dsp/kweight.h"

#include <string.h>

#define HS_K_OF(name, level) hs_##name##_##level
#define HS_K_AT(name, level) HS_K_OF(name, level)
#define HS_K(name) HS_K_AT(name, HS_LEVEL)

enum { LANES = 8 };
typedef float vec __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t mask __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef uint32_t words __attribute__((vector_size(LANES * sizeof(uint32_t))));

static inline vec load(const float *p)
{
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline void store(float *p, vec v)
{
    memcpy(p, &v, sizeof v);
}

static inline vec magnitude(vec v)
{
    return (vec)((mask)v & 0x7fffffff);
}

/* Lane by lane; the plain conditional becomes one instruction. */
static inline vec larger(vec a, vec b)
{
    vec r;
    for (int j = 0; j < LANES; j++)
        r[j] = a[j] > b[j] ? a[j] : b[j];
    return r;
}

static inline vec smaller(vec a, vec b)
{
    vec r;
    for (int j = 0; j < LANES; j++)
        r[j] = a[j] < b[j] ? a[j] : b[j];
    return r;
}

static inline float largest(vec v)
{
    v = larger(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3));
    v = larger(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5));
    return v[0] > v[1] ? v[0] : v[1];
}

static inline float smallest(vec v)
{
    return -largest(-v);
}

/* Sum of the lanes, always in this order. */
static inline float across(vec v)
{
    return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}

/* Of four complex numbers: real and imaginary parts in each other's place. */
static inline vec swapped(vec v)
{
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
}

/* Four bins, the last one first. */
static inline vec reversed(vec v)
{
    return __builtin_shufflevector(v, v, 6, 7, 4, 5, 2, 3, 0, 1);
}

static inline vec conjugate(vec v)
{
    const mask sign = {0, INT32_MIN, 0, INT32_MIN, 0, INT32_MIN, 0, INT32_MIN};
    return (vec)((mask)v ^ sign);
}

/* The kernels of this level, see struct hs_kernels. */
void HS_K(moments)(const float *left, const float *right, size_t n, struct hs_moments *out);
float HS_K(peak)(const float *x, size_t n);
bool HS_K(finite)(const float *x, size_t n);
void HS_K(deinterleave_s16)(const int16_t *x, size_t n, float *left, float *right);
void HS_K(deinterleave_s32)(const int32_t *x, size_t n, float *left, float *right);
bool HS_K(narrow_s16)(const float *x, size_t n, int16_t *out);
void HS_K(survey)(const float *x, size_t n_blocks, struct hs_survey *out);
float HS_K(scan_peaks)(const float *x, float top[HS_SCAN]);
void HS_K(kweight)(const struct hs_kweight *k, struct hs_kweight_state *s, const float *left,
                   const float *right, size_t n, double energy[2]);
void HS_K(split)(struct hs_split *s, const float *left, const float *right, size_t n,
                 float power[HS_POLES + 1]);
void HS_K(window)(const float *x, const float *w, float *out, size_t n);
void HS_K(quarters)(float complex *x, const float *twiddle, size_t m, float turn);
void HS_K(rfft_unpack)(float complex *x, const float *twiddle, size_t half);
void HS_K(rfft_pack)(float complex *x, const float *twiddle, size_t half);
void HS_K(filter)(const float complex *const h[2], const float complex *const x[2], size_t n,
                  float complex *out);
void HS_K(transfer)(const struct hs_transfer_frame *frame, size_t n_frames, size_t from, size_t to,
                    const struct hs_transfer_sums *s);
void HS_K(curve)(const struct hs_curve_table *c, const float *u, size_t n, float *added);
void HS_K(power)(const float complex *x, float *out, size_t n);
void HS_K(stereo)(const float complex *l, const float complex *r, size_t n,
                  const struct hs_stereo_power *out);
void HS_K(decibels)(double *x, size_t n);
void HS_K(spans)(const float *x, const struct hs_span_bins *span, size_t n_spans, float *sum);
void HS_K(sum_squares)(const float *a, const float *b, size_t n, double sum[2]);
void HS_K(add)(float *sum, const float *x, size_t n);
void HS_K(add_scaled)(float *sum, const float *x, float by, size_t n);
void HS_K(rows)(const float *a, const float *b, size_t n, float sum[HS_ROW]);
void HS_K(weigh)(const float complex *x, const float *w, size_t n, float *re, float *im);
void HS_K(cross)(const float *const a[2], const float *const b[2], const size_t at[HS_RUNS + 1],
                 float re[HS_RUNS], float im[HS_RUNS]);
void HS_K(cross_two)(const float *const a[2], const float *const b[2], const float *const c[2],
                     const size_t at[HS_RUNS + 1], float out[4 * HS_RUNS]);
void HS_K(fir)(const float *x, size_t step, const float *taps, size_t n_taps, float *out,
               size_t n_out);
void HS_K(slide)(const struct hs_slide *s, const float *d);
void HS_K(lapped)(const float *re, const float *im, const float taps[HS_LAPPED + 1], size_t n,
                  float *out);
void HS_K(lapped_sine)(const float *re, const float *im, size_t step, float scale, size_t n,
                       float *out);
void HS_K(polyphase)(const float *x, const float window[512], const float *matrix, size_t n_bands,
                     float *out);
void HS_K(butterflies)(const float *c_s, const float *c_a, float sign, size_t n_lanes, float *rows);
int HS_K(empty_runs)(const float *x, size_t n, float heard, float empty);
int HS_K(empty_bands)(const float *rows, size_t n_rows, size_t n_lanes, float heard, float empty);

#endif
