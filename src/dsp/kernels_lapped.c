/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels of lapped transforms that go on by one sample (dsp/lapped.h, dsp/hybrid.h), compiled
 * once per instruction level. Lengths are multiples of the lanes; sums over lanes are taken in the
 * order of across().
 */
#include "dsp/kernels_vec.h"

/* Each bin turns by its frequency and takes in what is new less what is gone. */
void HS_K(slide)(const struct hs_slide *s, const float *d)
{
    for (size_t row = 0; row < s->n; row += s->n_lanes)
        for (size_t j = 0; j < s->n_lanes; j += LANES) {
            size_t i = row + j;
            vec re = load(s->x[0] + i), im = load(s->x[1] + i), in = load(d + j);
            vec c = load(s->turn[0] + i), t = load(s->turn[1] + i);
            store(s->x[0] + i, (c * re - t * im) + in * load(s->in[0] + i));
            store(s->x[1] + i, (t * re + c * im) + in * load(s->in[1] + i));
        }
}

/* The window's harmonics: even ones read real parts, odd ones imaginary parts. */
void HS_K(lapped)(const float *re, const float *im, const float taps[HS_LAPPED + 1], size_t n,
                  float *out)
{
    for (size_t i = 0; i < n; i += LANES) {
        vec sum = taps[0] * load(re + i);
        for (size_t p = 1; p < HS_LAPPED; p += 2) {
            sum += taps[p] * (load(im + i - p) - load(im + i + p));
            sum += taps[p + 1] * (load(re + i - p - 1) + load(re + i + p + 1));
        }
        store(out + i, sum);
    }
}

void HS_K(lapped_sine)(const float *re, const float *im, size_t step, float scale, size_t n,
                       float *out)
{
    for (size_t i = 0; i < n; i += LANES)
        store(out + i, scale * (load(im + i) - load(re + i + step)));
}

static inline vec backwards(vec v)
{
    return __builtin_shufflevector(v, v, 7, 6, 5, 4, 3, 2, 1, 0);
}

/* Sum i belongs to row 63 - i of the matrix of the standard, which is mirrored around row 16, and
 * around row 48 with its sign turned: 32 rows are left, from row 47 down to row 16. */
void HS_K(polyphase)(const float *x, const float window[512], const float *matrix, size_t n_bands,
                     float *out)
{
    enum { ROWS = 64, LEFT = 32 };
    float padded[LANES + ROWS] = {0}, *s = padded + LANES, rows[LEFT];
    for (size_t i = 0; i < ROWS; i += LANES) {
        vec sum = {0};
        for (size_t j = i; j < 512; j += ROWS)
            sum += load(window + j) * load(x + j);
        store(s + i, sum);
    }
    store(rows, load(s + 16) - backwards(load(s + 7)));
    store(rows + 8, load(s + 24) - backwards(load(s - 1)));
    store(rows + 16, load(s + 32) + backwards(load(s + 55)));
    store(rows + 24, load(s + 40) + backwards(load(s + 47)));
    rows[15] = s[31] + s[63];
    rows[31] = s[47];
    for (size_t k = 0; k < n_bands; k += LANES) {
        vec sum = {0};
        for (size_t i = 0; i < LEFT; i++)
            sum += rows[i] * load(matrix + i * n_bands + k);
        store(out + k, sum);
    }
}

/* The alias reduction of MP3 (ISO/IEC 11172-3): the last lines of a band and the first of the next.
 */
void HS_K(butterflies)(const float *c_s, const float *c_a, float sign, size_t n_lanes, float *rows)
{
    enum { LAST = 17, PAIRS = 8 };
    for (size_t i = 0; i < PAIRS; i++, c_s += n_lanes, c_a += n_lanes)
        for (size_t j = 0; j < n_lanes; j += LANES) {
            float *low = rows + (LAST - i) * n_lanes + j, *high = rows + i * n_lanes + j + 1;
            vec a = load(low), b = load(high), s = load(c_s + j), t = sign * load(c_a + j);
            store(low, a * s + b * t);
            store(high, b * s - a * t);
        }
}

/* True lanes are -1. */
static inline int count(mask m)
{
    int n = 0;
    for (int j = 0; j < LANES; j++)
        n -= m[j];
    return n;
}

/* Coefficients far below the mean of their run, in runs that are heard. */
int HS_K(empty_runs)(const float *x, size_t n, float heard, float empty)
{
    enum { RUN = 2 * LANES };
    mask found = {0};
    for (size_t k = 0; k + RUN <= n; k += RUN) {
        vec a = load(x + k), b = load(x + k + LANES);
        a *= a, b *= b;
        float sum = across(a + b), least = sum / RUN * empty;
        if (sum >= RUN * heard)
            found += (a < least) + (b < least);
    }
    return count(found);
}

/* The same, where a run is a column. */
int HS_K(empty_bands)(const float *rows, size_t n_rows, size_t n_lanes, float heard, float empty)
{
    mask found = {0};
    for (size_t j = 0; j < n_lanes; j += LANES) {
        vec sum = {0};
        for (size_t i = 0; i < n_rows; i++) {
            vec x = load(rows + i * n_lanes + j);
            sum += x * x;
        }
        vec mean = sum / (float)n_rows, least = mean * empty;
        mask here = {0}, loud = mean >= heard;
        for (size_t i = 0; i < n_rows; i++) {
            vec x = load(rows + i * n_lanes + j);
            here += x * x < least;
        }
        found += here & loud;
    }
    return count(found);
}
