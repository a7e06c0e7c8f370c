/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels with memory: K-weighting, one-pole filters, decimation. Compiled once per instruction
 * level. Lanes are channels and stages, not samples, because each sample needs the one before;
 * several frames are computed at once from the state before the first, which shortens the chain
 * of dependent operations.
 */
#include "dsp/kernels_vec.h"

typedef double quad __attribute__((vector_size(4 * sizeof(double))));
typedef double pair __attribute__((vector_size(2 * sizeof(double))));
typedef float float_quad __attribute__((vector_size(4 * sizeof(float))));

/* Both stages of K-weighting for both channels in the four lanes (shelf left, shelf right,
 * high left, high right), in direct form 2: u = x - a1 u1 - a2 u2. Two frames are done at
 * once, the second from the state two frames back, which halves the chain of dependent
 * operations: u' = x' - a1 x + (a1 a1 - a2) u1 + a1 a2 u2. */
struct quad_filter {
    quad a1, a2, b1, b2; /* b1 = a1 a1 - a2, b2 = a1 a2 */
    quad c0, c1, direct;
};

static quad spread(double shelf, double high)
{
    return (quad){shelf, shelf, high, high};
}

static struct quad_filter make(const struct hs_kweight *k)
{
    struct quad_filter f = {.a1 = spread(k->shelf_a[0], k->high_a[0]),
                            .a2 = spread(k->shelf_a[1], k->high_a[1]),
                            .c0 = spread(k->shelf_c[0], k->high_c[0]),
                            .c1 = spread(k->shelf_c[1], k->high_c[1]),
                            .direct = spread(k->direct, k->direct)};
    f.b1 = f.a1 * f.a1 - f.a2;
    f.b2 = f.a1 * f.a2;
    return f;
}

/* Both stages and the direct part of two frames: left, right, left', right'. */
static inline quad sum_stages(const struct quad_filter *f, quad first, quad second, quad in)
{
    quad shelves = __builtin_shufflevector(first, second, 0, 1, 4, 5);
    quad highs = __builtin_shufflevector(first, second, 2, 3, 6, 7);
    return (shelves + highs) + f->direct * in;
}

/* Two frames of two channels: left, right, left', right'. Written out, for compilers make
 * one conversion of it, and of the shuffles behind it conversions of shuffled floats. */
static inline quad load_two(const float *left, const float *right)
{
    double l, r; /* two floats each */
    memcpy(&l, left, sizeof l);
    memcpy(&r, right, sizeof r);
    float_quad v = (float_quad)(pair){l, r};
    v = __builtin_shufflevector(v, v, 0, 2, 1, 3);
    return (quad){(double)v[0], (double)v[1], (double)v[2], (double)v[3]};
}

/* An odd frame at the end is done alone. The state is that of direct form 2, whatever the number of
 * frames. */
void HS_K(kweight)(const struct hs_kweight *k, struct hs_kweight_state *s, const float *left,
                   const float *right, size_t n, double energy[2])
{
    const struct quad_filter f = make(k);
    quad u1 = {s->shelf[0][0], s->shelf[1][0], s->high[0][0], s->high[1][0]};
    quad u2 = {s->shelf[0][1], s->shelf[1][1], s->high[0][1], s->high[1][1]};
    quad sum = {0};
    size_t i = 0;
    for (; i + 2 <= n; i += 2) {
        quad in = load_two(left + i, right + i);
        quad x = __builtin_shufflevector(in, in, 0, 1, 0, 1);
        quad next = __builtin_shufflevector(in, in, 2, 3, 2, 3);
        quad u = (x - f.a2 * u2) - f.a1 * u1;
        quad v = ((next - f.a1 * x) + f.b2 * u2) + f.b1 * u1;
        quad y = sum_stages(&f, f.c0 * u + f.c1 * u1, f.c0 * v + f.c1 * u, in);
        sum += y * y;
        u2 = u;
        u1 = v;
    }
    if (i < n) {
        double l = (double)left[i], r = (double)right[i];
        quad x = {l, r, l, r}, in = {l, r, 0, 0}, none = {0};
        quad u = (x - f.a2 * u2) - f.a1 * u1;
        quad y = sum_stages(&f, f.c0 * u + f.c1 * u1, none, in);
        sum += y * y;
        u2 = u1;
        u1 = u;
    }
    energy[0] += sum[0] + sum[2];
    energy[1] += sum[1] + sum[3];
    for (int c = 0; c < 2; c++) {
        s->shelf[c][0] = u1[c], s->shelf[c][1] = u2[c];
        s->high[c][0] = u1[2 + c], s->high[c][1] = u2[2 + c];
    }
}

/* Two loads that spread and one that mixes: no shuffle. */
static inline vec both(float l, float r)
{
    vec a = {l, l, l, l, l, l, l, l}, b = {r, r, r, r, r, r, r, r};
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 12, 13, 14, 15);
}

/* Of each lane what it has above its neighbour, per channel. */
static inline vec steps(vec y)
{
    const vec zero = {0};
    return y - __builtin_shufflevector(y, zero, 8, 0, 1, 2, 8, 4, 5, 6);
}

/* Lanes: three low-passes and the sample itself, of left and of right. Four frames at once,
 * each from the state before the first: y[k] = q^(k+1) y1 + q^k p x[0] + .. + p x[k]. */
void HS_K(split)(struct hs_split *s, const float *left, const float *right, size_t n,
                 float power[HS_POLES + 1])
{
    enum { OWN = HS_POLES }; /* lane of the sample itself: pole 1 */
    vec p, y, sum = {0};
    for (int j = 0; j < LANES; j++) {
        int pole = j % 4;
        p[j] = pole == OWN ? 1 : s->pole[pole];
        y[j] = pole == OWN ? 0 : s->low[j / 4][pole];
    }
    const vec q = 1 - p, qq = q * q, qp = q * p, q3 = qq * q, q4 = qq * qq;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        vec x0 = both(left[i], right[i]), x1 = both(left[i + 1], right[i + 1]);
        vec x2 = both(left[i + 2], right[i + 2]), x3 = both(left[i + 3], right[i + 3]);
        vec in0 = p * x0, in1 = qp * x0 + p * x1;
        vec in2 = q * in1 + p * x2, in3 = qq * in1 + (qp * x2 + p * x3);
        vec d0 = steps(q * y + in0), d1 = steps(qq * y + in1), d2 = steps(q3 * y + in2);
        y = q4 * y + in3;
        vec d3 = steps(y);
        sum += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
    }
    for (; i < n; i++) {
        y = q * y + p * both(left[i], right[i]);
        vec d = steps(y);
        sum += d * d;
    }
    for (int j = 0; j < LANES; j++) {
        power[j % 4] += sum[j];
        if (j % 4 != OWN)
            s->low[j / 4][j % 4] = y[j] * y[j] < 1e-30f ? 0 : y[j]; /* no denormal tail */
    }
}

/* Sums of the lanes of four vectors in the order of across(), together. */
static inline void across_four(vec a, vec b, vec c, vec d, float out[4])
{
    /* halves added: a0 a1 a2 a3 | b0 b1 b2 b3 */
    vec ab = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
             __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
    vec cd = __builtin_shufflevector(c, d, 0, 1, 2, 3, 8, 9, 10, 11) +
             __builtin_shufflevector(c, d, 4, 5, 6, 7, 12, 13, 14, 15);
    /* neighbours added: a01 a23 c01 c23 | b01 b23 d01 d23 */
    vec n = __builtin_shufflevector(ab, cd, 0, 2, 8, 10, 4, 6, 12, 14) +
            __builtin_shufflevector(ab, cd, 1, 3, 9, 11, 5, 7, 13, 15);
    out[0] = n[0] + n[1], out[1] = n[4] + n[5];
    out[2] = n[2] + n[3], out[3] = n[6] + n[7];
}

/* Four outputs share the loads of the taps; each is summed in the same order as alone. */
void HS_K(fir)(const float *x, size_t step, const float *taps, size_t n_taps, float *out,
               size_t n_out)
{
    size_t j = 0;
    for (; j + 4 <= n_out; j += 4, x += 4 * step) {
        vec a = {0}, b = {0}, c = {0}, d = {0};
        for (size_t k = 0; k < n_taps; k += LANES) {
            vec t = load(taps + k);
            a += load(x + k) * t;
            b += load(x + step + k) * t;
            c += load(x + 2 * step + k) * t;
            d += load(x + 3 * step + k) * t;
        }
        across_four(a, b, c, d, out + j);
    }
    for (; j < n_out; j++, x += step) {
        vec a = {0};
        for (size_t k = 0; k < n_taps; k += LANES)
            a += load(x + k) * load(taps + k);
        out[j] = across(a);
    }
}
