/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels over samples: moments, peaks, the true-peak scan. Compiled once per instruction
 * level. Sums stay in float lanes for a bounded run and then go to doubles; what does not fill
 * a vector is padded so that it changes neither sum nor extreme.
 */
#include "dsp/itu_filter.h"
#include "dsp/kernels_vec.h"

static double total(vec v)
{
    double sum = 0;
    for (int j = 0; j < LANES; j++)
        sum += (double)v[j];
    return sum;
}

/* The lanes of one moments call: sums stay in floats for at most RUN samples. */
struct lanes {
    vec sum[2], square[2], mid, side, high[2], low[2], difference;
};

static inline void moments_step(struct lanes *a, vec l, vec r)
{
    a->sum[0] += l;
    a->sum[1] += r;
    a->square[0] += l * l;
    a->square[1] += r * r;
    vec both = l + r, difference = l - r;
    a->mid += both * both;
    a->side += difference * difference;
    a->high[0] = larger(l, a->high[0]);
    a->high[1] = larger(r, a->high[1]);
    a->low[0] = smaller(l, a->low[0]);
    a->low[1] = smaller(r, a->low[1]);
    a->difference = larger(magnitude(difference), a->difference);
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
    a->difference = larger(magnitude(x - y), a->difference);
}

void HS_K(moments)(const float *left, const float *right, size_t n, struct hs_moments *out)
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
    out->difference = largest(a.difference);
}

float HS_K(peak)(const float *x, size_t n)
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

/* An exponent of all ones carries into the sign. */
bool HS_K(finite)(const float *x, size_t n)
{
    words top = {0};
    uint32_t bits, any = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        top |= ((words)load(x + i) & 0x7fffffffu) + 0x00800000u;
    for (; i < n; i++) {
        memcpy(&bits, x + i, sizeof bits);
        any |= (bits & 0x7fffffffu) + 0x00800000u;
    }
    for (int j = 0; j < LANES; j++)
        any |= top[j];
    return !(any >> 31);
}

/* A frame is one word; shifts give each half with its sign. */
void HS_K(deinterleave_s16)(const int16_t *x, size_t n, float *left, float *right)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        words both;
        memcpy(&both, x + 2 * i, sizeof both);
        mask lower = (mask)(both << 16) >> 16, upper = (mask)both >> 16;
        const bool little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
        store(little ? left + i : right + i, __builtin_convertvector(lower, vec) * 0x1p-15f);
        store(little ? right + i : left + i, __builtin_convertvector(upper, vec) * 0x1p-15f);
    }
    for (; i < n; i++) {
        left[i] = x[2 * i] * 0x1p-15f;
        right[i] = x[2 * i + 1] * 0x1p-15f;
    }
}

void HS_K(deinterleave_s32)(const int32_t *x, size_t n, float *left, float *right)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        mask a, b;
        memcpy(&a, x + 2 * i, sizeof a);
        memcpy(&b, x + 2 * i + LANES, sizeof b);
        mask l = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
        mask r = __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
        store(left + i, __builtin_convertvector(l, vec) * 0x1p-31f);
        store(right + i, __builtin_convertvector(r, vec) * 0x1p-31f);
    }
    for (; i < n; i++) {
        left[i] = (float)x[2 * i] * 0x1p-31f;
        right[i] = (float)x[2 * i + 1] * 0x1p-31f;
    }
}

typedef int16_t shorts __attribute__((vector_size(LANES * sizeof(int16_t))));

bool HS_K(narrow_s16)(const float *x, size_t n, int16_t *out)
{
    const vec least = {-32768, -32768, -32768, -32768, -32768, -32768, -32768, -32768};
    mask others = {0};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        const vec scaled = 32768 * load(x + i);
        const mask k = __builtin_convertvector(larger(smaller(scaled, -least - 1), least), mask);
        const shorts narrow = __builtin_convertvector(k, shorts);
        memcpy(out + i, &narrow, sizeof narrow);
        others |= __builtin_convertvector(k, vec) != scaled;
    }
    int32_t any = 0;
    for (int j = 0; j < LANES; j++)
        any |= others[j];
    for (; i < n; i++) {
        const float scaled = 32768 * x[i];
        out[i] = (int16_t)(scaled > 32767 ? 32767 : scaled < -32768 ? -32768 : scaled);
        any |= (float)out[i] != scaled;
    }
    return !any;
}

/* Peak and largest second difference of each block: what bounds its true peak. */
void HS_K(survey)(const float *x, size_t n_blocks, struct hs_survey *out)
{
    for (size_t b = 0; b < n_blocks; b++, x += HS_SCAN) {
        vec peak = {0}, bend = {0};
        for (size_t i = 0; i < HS_SCAN; i += LANES) {
            vec here = load(x + i), around = load(x + i - 1) + load(x + i + 1);
            peak = larger(magnitude(here), peak);
            bend = larger(magnitude(around - (here + here)), bend);
        }
        out[b].peak = largest(peak);
        out[b].bend = largest(bend);
    }
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

/* The filter's phases are mirrors in pairs, so that even and odd parts serve both of a pair. */
float HS_K(scan_peaks)(const float *x, float top[HS_SCAN])
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
        vec t =
            larger(phase_pair(even, odd, hs_itu_phase[0]), phase_pair(even, odd, hs_itu_phase[1]));
        memcpy(top + i, &t, sizeof t);
        most = larger(t, most);
    }
    return largest(most);
}

static void add_lanes(float *sum, vec v)
{
    for (int j = 0; j < LANES; j++)
        *sum += v[j];
}

static void knot_flat(const float *x, const float *y, float small, struct hs_knot *sum)
{
    vec xx = {0}, xy = {0}, small_xx = {0}, small_xy = {0};
    for (size_t i = 0; i < HS_SCAN; i += LANES) {
        vec a = load(x + i), b = load(y + i);
        vec fa = a - HS_FLATTEN * load(x + i - 1), fb = b - HS_FLATTEN * load(y + i - 1);
        vec kept = (vec)((mask)fa & (magnitude(b) < small));
        xx += fa * fa, xy += fa * fb;
        small_xx += kept * fa, small_xy += kept * fb;
    }
    add_lanes(&sum->flat_xx, xx), add_lanes(&sum->flat_xy, xy);
    add_lanes(&sum->small_xx, small_xx), add_lanes(&sum->small_xy, small_xy);
}

void HS_K(knot)(const float *x, const float *y, bool flat, float small, struct hs_knot *sum)
{
    vec xx = {0}, xy = {0}, yy = {0}, px = {0}, py = {0};
    for (size_t i = 0; i < HS_SCAN; i += LANES) {
        vec a = load(x + i), b = load(y + i);
        xx += a * a, xy += a * b, yy += b * b;
        px = larger(magnitude(a), px), py = larger(magnitude(b), py);
    }
    add_lanes(&sum->xx, xx), add_lanes(&sum->xy, xy), add_lanes(&sum->yy, yy);
    const float top_x = largest(px), top_y = largest(py);
    sum->peak_x = top_x > sum->peak_x ? top_x : sum->peak_x;
    sum->peak_y = top_y > sum->peak_y ? top_y : sum->peak_y;
    if (flat)
        knot_flat(x, y, small, sum);
}

#define TABLE_OF(level) hs_kernels_##level
#define TABLE(level) TABLE_OF(level)
#define NAME_OF(level) #level
#define NAME(level) NAME_OF(level)
extern const struct hs_kernels TABLE(HS_LEVEL);
const struct hs_kernels TABLE(HS_LEVEL) = {
    .name = NAME(HS_LEVEL),
    .moments = HS_K(moments),
    .peak = HS_K(peak),
    .finite = HS_K(finite),
    .deinterleave_s16 = HS_K(deinterleave_s16),
    .deinterleave_s32 = HS_K(deinterleave_s32),
    .narrow_s16 = HS_K(narrow_s16),
    .survey = HS_K(survey),
    .knot = HS_K(knot),
    .scan_peaks = HS_K(scan_peaks),
    .kweight = HS_K(kweight),
    .split = HS_K(split),
    .window = HS_K(window),
    .quarters = HS_K(quarters),
    .rfft_unpack = HS_K(rfft_unpack),
    .rfft_pack = HS_K(rfft_pack),
    .filter = HS_K(filter),
    .transfer = HS_K(transfer),
    .curve = HS_K(curve),
    .power = HS_K(power),
    .stereo = HS_K(stereo),
    .decibels = HS_K(decibels),
    .spans = HS_K(spans),
    .sum_squares = HS_K(sum_squares),
    .add = HS_K(add),
    .add_scaled = HS_K(add_scaled),
    .rows = HS_K(rows),
    .weigh = HS_K(weigh),
    .cross = HS_K(cross),
    .cross_two = HS_K(cross_two),
    .fir = HS_K(fir),
    .slide = HS_K(slide),
    .lapped = HS_K(lapped),
    .lapped_sine = HS_K(lapped_sine),
    .polyphase = HS_K(polyphase),
    .butterflies = HS_K(butterflies),
    .empty_runs = HS_K(empty_runs),
    .empty_bands = HS_K(empty_bands),
};
