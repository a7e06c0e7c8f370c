/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels in vectors of eight floats or four doubles. The build compiles this file
 * once per instruction level with HS_LEVEL set (cmake/kernels.cmake); a narrower machine
 * splits the vectors, with the same lanes and so the same bits.
 */
#include "dsp/itu_filter.h"
#include "dsp/kernels.h"
#include "dsp/kweight.h"

#include <stdint.h>
#include <string.h>

enum { LANES = 8 };
typedef float vec __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t mask __attribute__((vector_size(LANES * sizeof(int32_t))));

static inline vec load(const float *p)
{
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
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

static float largest(vec v)
{
    float most = v[0];
    for (int j = 1; j < LANES; j++)
        most = v[j] > most ? v[j] : most;
    return most;
}

static float smallest(vec v)
{
    float least = v[0];
    for (int j = 1; j < LANES; j++)
        least = v[j] < least ? v[j] : least;
    return least;
}

static double total(vec v)
{
    double sum = 0;
    for (int j = 0; j < LANES; j++)
        sum += (double)v[j];
    return sum;
}

/* The lanes of one moments call: sums stay in floats for at most RUN samples. */
struct lanes {
    vec sum[2], square[2], mid, side, high[2], low[2], apart;
};

static inline void moments_step(struct lanes *a, vec l, vec r)
{
    a->sum[0] += l;
    a->sum[1] += r;
    a->square[0] += l * l;
    a->square[1] += r * r;
    vec both = l + r, apart = l - r;
    a->mid += both * both;
    a->side += apart * apart;
    a->high[0] = larger(l, a->high[0]);
    a->high[1] = larger(r, a->high[1]);
    a->low[0] = smaller(l, a->low[0]);
    a->low[1] = smaller(r, a->low[1]);
    a->apart = larger(magnitude(apart), a->apart);
}

/* What does not fill a vector is padded by its first sample, which changes no extreme,
 * and its excess is taken from the sums. */
static void moments_tail(struct lanes *a, const float *left, const float *right, size_t n)
{
    float l[LANES], r[LANES], zero_l[LANES] = {0}, zero_r[LANES] = {0};
    for (size_t j = 0; j < LANES; j++) {
        l[j] = left[j < n ? j : 0];
        r[j] = right[j < n ? j : 0];
        zero_l[j] = j < n ? l[j] : 0;
        zero_r[j] = j < n ? r[j] : 0;
    }
    vec x = load(zero_l), y = load(zero_r);
    a->sum[0] += x;
    a->sum[1] += y;
    a->square[0] += x * x;
    a->square[1] += y * y;
    a->mid += (x + y) * (x + y);
    a->side += (x - y) * (x - y);
    x = load(l), y = load(r);
    a->high[0] = larger(x, a->high[0]);
    a->high[1] = larger(y, a->high[1]);
    a->low[0] = smaller(x, a->low[0]);
    a->low[1] = smaller(y, a->low[1]);
    a->apart = larger(magnitude(x - y), a->apart);
}

static void moments(const float *left, const float *right, size_t n, struct hs_moments *out)
{
    enum { RUN = 1024 };
    *out = (struct hs_moments){0};
    if (!n)
        return;
    struct lanes a = {0};
    for (int j = 0; j < LANES; j++) {
        a.high[0][j] = a.low[0][j] = left[0];
        a.high[1][j] = a.low[1][j] = right[0];
    }
    for (size_t i = 0; i < n;) {
        size_t end = n - i > RUN ? i + RUN : n;
        for (; i + LANES <= end; i += LANES)
            moments_step(&a, load(left + i), load(right + i));
        if (i < end)
            moments_tail(&a, left + i, right + i, end - i);
        i = end;
        for (int c = 0; c < 2; c++) {
            out->sum[c] += total(a.sum[c]);
            out->square[c] += total(a.square[c]);
            a.sum[c] = a.square[c] = (vec){0};
        }
        out->mid += 0.25 * total(a.mid);
        out->side += 0.25 * total(a.side);
        a.mid = a.side = (vec){0};
    }
    for (int c = 0; c < 2; c++) {
        out->high[c] = largest(a.high[c]);
        out->low[c] = smallest(a.low[c]);
    }
    out->apart = largest(a.apart);
}

static float peak(const float *x, size_t n)
{
    vec top = {0};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        top = larger(magnitude(load(x + i)), top);
    float most = largest(top);
    for (; i < n; i++) {
        float m = x[i] < 0 ? -x[i] : x[i];
        most = m > most ? m : most;
    }
    return most;
}

/* |A| + |B| of one pair of phases: even and odd parts of the twelve samples about the
 * middle, weighed by those of the filter. */
static inline vec phase_pair(const vec even[6], const vec odd[6], const float *h)
{
    vec a = even[0] * (0.5f * (h[11] + h[0])), b = odd[0] * (0.5f * (h[11] - h[0]));
    for (int k = 1; k < 6; k++) {
        a += even[k] * (0.5f * (h[11 - k] + h[k]));
        b += odd[k] * (0.5f * (h[11 - k] - h[k]));
    }
    return magnitude(a) + magnitude(b);
}

static float scan_peaks(const float *x, float top[HS_SCAN])
{
    vec most = {0};
    for (int i = 0; i < HS_SCAN; i += LANES) {
        const float *oldest = x + i - 5;
        vec even[6], odd[6];
        for (int k = 0; k < 6; k++) {
            vec a = load(oldest + k), b = load(oldest + 11 - k);
            even[k] = a + b;
            odd[k] = a - b;
        }
        vec t = larger(phase_pair(even, odd, hs_itu_phase[0]),
                       phase_pair(even, odd, hs_itu_phase[1]));
        memcpy(top + i, &t, sizeof t);
        most = larger(t, most);
    }
    return largest(most);
}

typedef double quad __attribute__((vector_size(4 * sizeof(double))));
typedef double pair __attribute__((vector_size(2 * sizeof(double))));

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

/* Sum of both stages and the direct part of two frames: left, right, left', right'. */
static inline quad sum_stages(const struct quad_filter *f, quad first, quad second, quad x,
                              quad next)
{
    quad shelves = __builtin_shufflevector(first, second, 0, 1, 4, 5);
    quad highs = __builtin_shufflevector(first, second, 2, 3, 6, 7);
    quad in = __builtin_shufflevector(x, next, 0, 1, 4, 5);
    return (shelves + highs) + f->direct * in;
}

static void kweight(const struct hs_kweight *k, struct hs_kweight_state *s,
                    const float *left, const float *right, size_t n, double energy[2])
{
    const struct quad_filter f = make(k);
    quad u1 = {s->shelf[0][0], s->shelf[1][0], s->high[0][0], s->high[1][0]};
    quad u2 = {s->shelf[0][1], s->shelf[1][1], s->high[0][1], s->high[1][1]};
    quad sum = {0};
    size_t i = 0;
    for (; i + 2 <= n; i += 2) {
        double l = (double)left[i], r = (double)right[i];
        double l2 = (double)left[i + 1], r2 = (double)right[i + 1];
        quad x = {l, r, l, r}, next = {l2, r2, l2, r2};
        quad u = (x - f.a2 * u2) - f.a1 * u1;
        quad v = ((next - f.a1 * x) + f.b2 * u2) + f.b1 * u1;
        quad y = sum_stages(&f, f.c0 * u + f.c1 * u1, f.c0 * v + f.c1 * u, x, next);
        sum += y * y;
        u2 = u;
        u1 = v;
    }
    if (i < n) {
        double l = (double)left[i], r = (double)right[i];
        quad x = {l, r, l, r}, none = {0};
        quad u = (x - f.a2 * u2) - f.a1 * u1;
        quad y = sum_stages(&f, f.c0 * u + f.c1 * u1, none, x, none);
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

/* Lanes: three low-passes and the sample itself, of left and of right. Again two frames at
 * once: y = q y1 + p x, y' = q q y1 + q p x + p x'. */
static void split(struct hs_split *s, const float *left, const float *right, size_t n,
                  float power[HS_POLES + 1])
{
    enum { OWN = HS_POLES }; /* lane of the sample itself: pole 1 */
    vec p, y, zero = {0}, sum = {0};
    for (int j = 0; j < LANES; j++) {
        int pole = j % 4;
        p[j] = pole == OWN ? 1 : s->pole[pole];
        y[j] = pole == OWN ? 0 : s->low[j / 4][pole];
    }
    const vec q = 1 - p, qq = q * q, qp = q * p;
    size_t i = 0;
    for (; i + 2 <= n; i += 2) {
        float l = left[i], r = right[i], l2 = left[i + 1], r2 = right[i + 1];
        vec x = {l, l, l, l, r, r, r, r}, next = {l2, l2, l2, l2, r2, r2, r2, r2};
        vec first = q * y + p * x;
        y = qq * y + (qp * x + p * next);
        vec d = first - __builtin_shufflevector(first, zero, 8, 0, 1, 2, 8, 4, 5, 6);
        vec d2 = y - __builtin_shufflevector(y, zero, 8, 0, 1, 2, 8, 4, 5, 6);
        sum += d * d + d2 * d2;
    }
    for (; i < n; i++) {
        float l = left[i], r = right[i];
        vec x = {l, l, l, l, r, r, r, r};
        y = q * y + p * x;
        vec d = y - __builtin_shufflevector(y, zero, 8, 0, 1, 2, 8, 4, 5, 6);
        sum += d * d;
    }
    for (int j = 0; j < LANES; j++) {
        power[j % 4] += sum[j];
        if (j % 4 != OWN)
            s->low[j / 4][j % 4] = y[j] * y[j] < 1e-30f ? 0 : y[j]; /* no denormal tail */
    }
}

static inline void store(float *p, vec v)
{
    memcpy(p, &v, sizeof v);
}

static void window(const float *x, const float *w, float *out, size_t n)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        store(out + i, load(x + i) * load(w + i));
    for (; i < n; i++)
        out[i] = x[i] * w[i];
}

static void add(float *sum, const float *x, size_t n)
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

static inline vec swapped(vec v)
{
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
}

static void power(const float complex *x, float *out, size_t n)
{
    const float *p = (const float *)x;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        store(out + i, size(load(p + 2 * i), load(p + 2 * i + LANES)));
    for (; i < n; i++)
        out[i] = p[2 * i] * p[2 * i] + p[2 * i + 1] * p[2 * i + 1];
}

static void stereo(const float complex *l, const float complex *r, size_t n,
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

static float across(vec v)
{
    return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}

/* Four outputs share the loads of the taps; each is summed in the same order as alone. */
static void fir(const float *x, size_t step, const float *taps, size_t n_taps, float *out,
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
        out[j] = across(a), out[j + 1] = across(b);
        out[j + 2] = across(c), out[j + 3] = across(d);
    }
    for (; j < n_out; j++, x += step) {
        vec a = {0};
        for (size_t k = 0; k < n_taps; k += LANES)
            a += load(x + k) * load(taps + k);
        out[j] = across(a);
    }
}

#define TABLE_OF(level) hs_kernels_##level
#define TABLE(level) TABLE_OF(level)
#define NAME_OF(level) #level
#define NAME(level) NAME_OF(level)
extern const struct hs_kernels TABLE(HS_LEVEL);
const struct hs_kernels TABLE(HS_LEVEL) = {
    .name = NAME(HS_LEVEL),
    .moments = moments,
    .peak = peak,
    .scan_peaks = scan_peaks,
    .kweight = kweight,
    .split = split,
    .window = window,
    .power = power,
    .stereo = stereo,
    .add = add,
    .fir = fir,
};
