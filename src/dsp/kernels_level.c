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

typedef double pair __attribute__((vector_size(2 * sizeof(double))));

struct pair_section {
    pair b[3], a[2], s[2];
};

static inline pair both(double x)
{
    return (pair){x, x};
}

static inline pair section(struct pair_section *f, pair x)
{
    pair y = f->b[0] * x + f->s[0];
    f->s[0] = f->b[1] * x - f->a[0] * y + f->s[1];
    f->s[1] = f->b[2] * x - f->a[1] * y;
    return y;
}

static struct pair_section make(const double b[3], const double a[2], double s[2][2])
{
    return (struct pair_section){.b = {both(b[0]), both(b[1]), both(b[2])},
                                 .a = {both(a[0]), both(a[1])},
                                 .s = {{s[0][0], s[1][0]}, {s[0][1], s[1][1]}}};
}

static void keep(const struct pair_section *f, double s[2][2])
{
    for (int c = 0; c < 2; c++)
        for (int d = 0; d < 2; d++)
            s[c][d] = f->s[d][c];
}

/* Left and right in the two lanes of one filter. */
static void kweight(const struct hs_kweight *k, struct hs_kweight_state *s,
                    const float *left, const float *right, size_t n, double energy[2])
{
    struct pair_section shelf = make(k->shelf_b, k->shelf_a, s->shelf);
    struct pair_section high = make(k->high_b, k->high_a, s->high);
    pair sum = {energy[0], energy[1]};
    for (size_t i = 0; i < n; i++) {
        pair y = section(&high, section(&shelf, (pair){(double)left[i], (double)right[i]}));
        sum += y * y;
    }
    energy[0] = sum[0];
    energy[1] = sum[1];
    keep(&shelf, s->shelf);
    keep(&high, s->high);
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
};
