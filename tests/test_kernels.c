/* SPDX-License-Identifier: Apache-2.0 */
/* The vector kernels against the plain ones within 1e-6, and the instruction levels
 * against each other to the last bit. */
#include "check.h"
#include "signals.h"

#include "dsp/fft.h"
#include "dsp/itu_filter.h"
#include "dsp/kernels.h"
#include "dsp/kweight.h"
#include "model/values_pack.h"

#include <stdlib.h>

enum { N = 2000, PAD = 128 };
static float left[PAD + N + PAD], right[PAD + N + PAD];

static void fill(uint64_t seed)
{
    struct hs_rng rng = {seed};
    for (size_t i = 0; i < PAD + N + PAD; i++) {
        left[i] = (float)(hs_rng_uniform(&rng) - 0.4);
        right[i] = (float)(0.01 * (hs_rng_uniform(&rng) - 0.6));
    }
}

static void near(double a, double b)
{
    CHECK_NEAR(a, b, 1e-6 * fmax(fabs(b), 0.1));
}

static void moments(const struct hs_kernels *fast, const struct hs_kernels *plain)
{
    static const size_t lengths[] = {0, 1, 7, 8, 9, 64, 441, 220, 960, 1024, 1031, 2000};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        struct hs_moments a, b;
        const float *l = left + PAD + k, *r = right + PAD + k; /* any alignment */
        fast->moments(l, r, lengths[k], &a);
        plain->moments(l, r, lengths[k], &b);
        for (int c = 0; c < 2; c++) {
            CHECK_NEAR(a.sum[c], b.sum[c], 1e-6 * sqrt((double)lengths[k] * b.square[c]));
            near(a.square[c], b.square[c]);
            CHECK(a.high[c] == b.high[c] && a.low[c] == b.low[c]);
        }
        near(a.mid, b.mid);
        near(a.side, b.side);
        CHECK_NEAR(a.mid - a.side, b.mid - b.side, 1e-6 * (b.mid + b.side));
        CHECK(a.difference == b.difference);
        CHECK(fast->peak(l, lengths[k]) == plain->peak(l, lengths[k]));
    }
}

/* There and back again; one sample of 17 bits, or one beyond full scale, is told anywhere. */
static void narrow(const struct hs_kernels *k)
{
    static int16_t in[100], out[100];
    float x[100];
    for (int n = 1; n <= 100; n += 11) {
        for (int i = 0; i < n; i++) {
            in[i] = (int16_t)(i == 3 ? -32768 : i == 5 ? 32767 : 317 * i - 15000);
            x[i] = (float)in[i] / 32768;
        }
        CHECK(k->narrow_s16(x, (size_t)n, out) && !memcmp(in, out, (size_t)n * sizeof *in));
        x[n - 1] += 1.0f / 65536;
        CHECK(!k->narrow_s16(x, (size_t)n, out));
        x[n - 1] = n % 2 ? 1 : -1.5f;
        CHECK(!k->narrow_s16(x, (size_t)n, out));
    }
}

/* Exactly: both are scaled by powers of two. Odd lengths, odd places. */
static void deinterleave(const struct hs_kernels *fast, const struct hs_kernels *plain)
{
    static int32_t wide[2 * N + 2];
    static int16_t narrow[2 * N + 2];
    static float a[2][N], b[2][N];
    struct hs_rng rng = {7};
    for (size_t i = 0; i < 2 * N + 2; i++) {
        wide[i] = (int32_t)(uint32_t)hs_rng_next(&rng);
        narrow[i] = (int16_t)(wide[i] >> 16);
    }
    for (size_t n = 0; n < N; n = n * 2 + 1) {
        fast->deinterleave_s16(narrow + 1, n, a[0], a[1]);
        plain->deinterleave_s16(narrow + 1, n, b[0], b[1]);
        CHECK(!memcmp(a, b, sizeof a));
        fast->deinterleave_s32(wide + 1, n, a[0], a[1]);
        plain->deinterleave_s32(wide + 1, n, b[0], b[1]);
        CHECK(!memcmp(a, b, sizeof a));
    }
}

static void no_nan(const struct hs_kernels *k)
{
    static const float odd[] = {NAN, -NAN, INFINITY, -INFINITY};
    for (size_t n = 0; n < 40; n++) {
        float x[40] = {-0.0f, 1e-45f, -3e38f};
        CHECK(k->finite(x, n));
        for (size_t i = 0; i < n; i++) {
            x[i] = odd[(i + n) % 4];
            CHECK(!k->finite(x, n));
            x[i] = 3e38f;
        }
    }
}

static void scan(const struct hs_kernels *fast, const struct hs_kernels *plain)
{
    for (size_t at = PAD; at + 2 * HS_SCAN < N; at += 61) {
        float a[HS_SCAN], b[HS_SCAN];
        near((double)fast->scan_peaks(left + at, a), (double)plain->scan_peaks(left + at, b));
        for (int i = 0; i < HS_SCAN; i++)
            near((double)a[i], (double)b[i]);
        struct hs_survey s[3], t[3];
        fast->survey(left + at - HS_SCAN, 3, s);
        plain->survey(left + at - HS_SCAN, 3, t);
        for (int i = 0; i < 3; i++)
            CHECK(s[i].peak == t[i].peak && s[i].bend == t[i].bend);
    }
}

/* By what blocks are left out of the scan: neighbours and second differences bound every
 * value, for noise, for slow and for fast sines. */
static void bound(const struct hs_kernels *fast)
{
    for (int kind = 0; kind < 40; kind++) {
        float x[3 * HS_SCAN + 2], top[HS_SCAN], *mid = x + 1 + HS_SCAN;
        struct hs_rng rng = {(uint64_t)kind};
        for (int i = 0; i < 3 * HS_SCAN + 2; i++)
            x[i] = kind < 10 ? (float)hs_rng_uniform(&rng) - 0.5f
                             : sinf((float)i * 0.08f * (float)(kind - 9) + (float)kind);
        struct hs_survey s[3];
        fast->survey(x + 1, 3, s);
        float peak = fmaxf(s[1].peak, fabsf(mid[HS_SCAN]));
        float bend = fmaxf(s[1].bend, fmaxf(s[0].bend, s[2].bend));
        CHECK(fast->scan_peaks(mid, top) <= hs_itu_level * peak + hs_itu_bend * bend);
    }
}

static void kweight(const struct hs_kernels *fast, const struct hs_kernels *plain)
{
    struct hs_kweight k;
    struct hs_kweight_state a = {0}, b = {0};
    hs_kweight_init(&k, 44100);
    double energy_a[2] = {0}, energy_b[2] = {0};
    for (size_t at = 0, n = 1; at + n <= N; at += n, n = n * 3 % 1021) {
        fast->kweight(&k, &a, left + PAD + at, right + PAD + at, n, energy_a);
        plain->kweight(&k, &b, left + PAD + at, right + PAD + at, n, energy_b);
    }
    for (int c = 0; c < 2; c++)
        CHECK(energy_b[c] > 0 && fabs(energy_a[c] / energy_b[c] - 1) < 1e-9);
}

static void split(const struct hs_kernels *fast, const struct hs_kernels *plain)
{
    struct hs_split a = {.pole = {0.03f, 0.13f, 0.43f}}, b = a;
    float x[HS_POLES + 1] = {0}, y[HS_POLES + 1] = {0};
    for (size_t at = 0, n = 1; at + n <= N; at += n, n = n * 3 % 1021) {
        fast->split(&a, left + PAD + at, right + PAD + at, n, x);
        plain->split(&b, left + PAD + at, right + PAD + at, n, y);
    }
    for (int p = 0; p <= HS_POLES; p++)
        CHECK(y[p] > 0 && fabsf(x[p] / y[p] - 1) < 1e-5f);
}

enum { BINS = 1025, TAPS = 80, STEP = 4 };
static float complex bins[2][BINS];

static void fill_bins(void)
{
    for (size_t i = 0; i < BINS; i++) {
        bins[0][i] = left[i] + right[i] * 30 * I;
        bins[1][i] = right[i] * 20 - left[i + 9] * I;
    }
}

struct spectra {
    float left[BINS], right[BINS], mid[BINS], side[BINS], im[BINS];
    float complex unpacked[BINS];
    float power[BINS], windowed[BINS], sum[BINS], filtered[BINS], span[40], sums[16];
    float weighed[2][BINS], crossed[6][HS_RUNS], scaled[BINS], row[HS_ROW];
    struct hs_knot knot[4];
};

/* What comparing two files takes. */
struct compared {
    float complex packed[BINS], equalised[BINS];
    float bent[2][N];
};

enum { SUMS = 14, SUMMED = (BINS - 9) / 8 * 8 };

/* All fourteen sums of two frames, from the ninth bin on in the second. */
static void products(const struct hs_kernels *k, double sum[SUMS][SUMMED])
{
    struct hs_transfer_sums s;
    double *at = sum[0];
    memset(sum, 0, sizeof(double[SUMS][SUMMED]));
    for (int i = 0; i < 2; i++) {
        s.xx[i] = at, at += SUMMED;
        s.yy[i] = at, at += SUMMED;
        s.x01[i] = at, at += SUMMED;
        for (int j = 0; j < 4; j++)
            s.xy[i][j / 2][j % 2] = at, at += SUMMED;
    }
    const float complex *const x[2] = {bins[0] + 1, bins[1] + 2};
    const float complex *const y[2] = {bins[1], bins[0] + 3};
    const struct hs_transfer_frame frame[] = {{{x[0], x[1]}, {y[0], y[1]}, 1},
                                              {{x[0], x[1]}, {y[0], y[1]}, 0.25f},
                                              {{x[1], x[0]}, {y[0], y[1]}, 0.5f},
                                              {{x[0], x[0]}, {y[1], y[1]}, 2}};
    k->transfer(frame, 1, 0, SUMMED, &s);
    k->transfer(frame + 1, 1, 8, SUMMED, &s);
    k->transfer(frame, HS_TRANSFER_FRAMES, 8, SUMMED, &s);
    k->transfer(frame + 1, 3, 16, SUMMED, &s);
}

static void transfer(const struct hs_kernels *fast, const struct hs_kernels *plain, bool same)
{
    static double a[SUMS][SUMMED], b[SUMS][SUMMED];
    products(fast, a);
    products(plain, b);
    for (size_t i = 0; i < SUMS; i++)
        for (size_t k = 0; k < SUMMED; k++)
            if (same)
                CHECK(a[i][k] == b[i][k]);
            else
                CHECK_NEAR(a[i][k], b[i][k], 1e-6 * (b[0][k] + b[1][k] + b[7][k] + b[8][k]) + 1e-6);
    CHECK(a[0][9] > 0 && a[2][9] != 0);
}

static void filter_and_curve(const struct hs_kernels *k, struct compared *s)
{
    static float table[81];
    for (int i = 0; i < 81; i++)
        table[i] = i < 20 ? 0 : -0.01f * (float)((i - 20) * (i - 20)) / 20;
    const struct hs_curve_table c = {table, 81, 200, -1, 40, 0.5f};
    const float complex *const h[2] = {bins[1], bins[0]}, *const x[2] = {bins[0], bins[0] + 5};
    k->filter(h, x, SUMMED, s->equalised);
    k->curve(&c, left + PAD, N / 8 * 8, s->bent[0]);
    k->curve(&c, right + PAD, N / 8 * 8, s->bent[1]);
}

/* What FFTW's complex transform of pairs of samples may be; the turns of n 2 (BINS - 1). */
static void rfft_unpack(const struct hs_kernels *k, float complex out[BINS])
{
    struct hs_fft f;
    hs_fft_init(&f, 2 * (BINS - 1));
    memcpy(out, bins[0], sizeof bins[0]);
    k->rfft_unpack(out, f.twiddle, BINS - 1);
    hs_fft_free(&f);
}

static void rfft_pack(const struct hs_kernels *k, float complex out[BINS])
{
    struct hs_fft f;
    hs_fft_init(&f, 2 * (BINS - 1));
    memcpy(out, bins[0], sizeof bins[0]);
    out[0] = crealf(out[0]);
    out[BINS - 1] = crealf(out[BINS - 1]);
    k->rfft_pack(out, f.twiddle, BINS - 1);
    out[BINS - 1] = 0; /* nothing */
    hs_fft_free(&f);
}

static void make_spectra(const struct hs_kernels *k, struct spectra *s)
{
    memset(s, 0, sizeof *s);
    k->stereo(bins[0], bins[1], BINS,
              &(struct hs_stereo_power){s->left, s->right, s->mid, s->side, s->im});
    rfft_unpack(k, s->unpacked);
    k->power(bins[0], s->power, BINS);
    k->window(left + 3, right + 1, s->windowed, BINS);
    struct hs_span_bins span[40];
    for (size_t i = 0; i < 40; i++)
        span[i] = (struct hs_span_bins){3 * i, i < 30 ? i : 20 * i, 0.25f, 0.75f};
    k->spans(left + 200, span, 40, s->span);
    k->add(s->sum, left + 1, BINS);
    k->add(s->sum, right + 2, BINS);
    for (size_t n = 0; n < 8; n++) {
        double sum[2];
        k->sum_squares(left + n, right + 1, 100 + n, sum);
        s->sums[2 * n] = (float)sum[0], s->sums[2 * n + 1] = (float)sum[1];
    }
    for (int n = 0; n < 4; n++) {
        k->knot(left + PAD + n, right + PAD + 3, n > 0, 0.003f * (float)n, &s->knot[n]);
        k->knot(right + PAD, left + PAD + n, n > 1, 0.5f, &s->knot[n]);
    }
    k->fir(left + 5, STEP, right, TAPS, s->filtered, (N - TAPS) / STEP - 1);
    k->weigh(bins[0], left + 4, BINS, s->weighed[0], s->weighed[1]);
    const float *const x[2] = {left + 1, right + 2}, *const y[2] = {left + 30, right + 40};
    size_t at[HS_RUNS + 1] = {8};
    for (size_t i = 0; i < HS_RUNS; i++) /* the first is empty */
        at[i + 1] = at[i] + 8 * i;
    k->cross(x, y, at, s->crossed[0], s->crossed[1]);
    const float *const z[2] = {left + 60, right + 50};
    k->cross_two(x, z, y, at, s->crossed[2]);
    CHECK(!memcmp(s->crossed[4], s->crossed[0], 2 * sizeof s->crossed[0]));
    k->add_scaled(s->scaled, left + 3, 0.3f, BINS);
    k->add_scaled(s->scaled, right + 4, -2, BINS);
    k->rows(left + 1, right + 6, 11, s->row);
}

static void make_compared(const struct hs_kernels *k, struct compared *s)
{
    memset(s, 0, sizeof *s);
    rfft_pack(k, s->packed);
    filter_and_curve(k, s);
}

static void compared(const struct hs_kernels *fast, const struct hs_kernels *plain)
{
    static struct compared a, b;
    make_compared(fast, &a);
    make_compared(plain, &b);
    for (size_t i = 0; i < BINS; i++) {
        CHECK_NEAR(cabsf(a.packed[i] - b.packed[i]), 0, 4e-5);
        CHECK_NEAR(cabsf(a.equalised[i] - b.equalised[i]), 0, 4e-4);
    }
    size_t n_bent = 0; /* all of it is turned down */
    for (size_t i = 0; i < N; i++) {
        for (int c = 0; c < 2; c++)
            CHECK_NEAR((double)a.bent[c][i], (double)b.bent[c][i], 1e-5);
        n_bent += a.bent[0][i] * left[PAD + i] < 0;
        CHECK(!(a.bent[0][i] * left[PAD + i] > 0) && !(fabsf(a.bent[1][i]) > 0));
    }
    CHECK(cabsf(a.equalised[7]) > 1e-3f && cabsf(a.packed[7]) > 0.01f);
    CHECK(n_bent > N / 2);
    transfer(fast, plain, false);
}

static void spectra(const struct hs_kernels *fast, const struct hs_kernels *plain)
{
    static struct spectra a, b;
    make_spectra(fast, &a);
    make_spectra(plain, &b);
    const float *x = (const float *)&a, *y = (const float *)&b;
    for (size_t i = 0; i < sizeof a / sizeof *x; i++)
        near((double)x[i], (double)y[i]);
    CHECK(a.left[7] > 0 && a.filtered[7] != 0);
    CHECK(!(a.knot[0].flat_xx > 0) && a.knot[3].small_xx > 0 && a.knot[3].peak_y > 0.5f);
    CHECK(a.knot[3].small_xx < a.knot[3].flat_xx);
}

/* The whole forward transform against the sum that defines it, of lengths that fill vectors
 * and that do not. */
static void forward(const char *level)
{
    setenv("HINDSIGHT_CPU", level, 1);
    for (size_t n = 2; n <= 90; n += n < 40 ? 2 : 10) {
        struct hs_fft f;
        hs_fft_init(&f, n);
        memcpy(f.time, left, n * sizeof *left);
        hs_fft_forward(&f);
        for (size_t k = 0; k <= n / 2; k++) {
            double complex sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += (double)left[i] * cexp(-2 * HS_PI * I * (double)(i * k % n) / (double)n);
            CHECK(cabs((double complex)f.freq[k] - sum) < 1e-6 * sqrt((double)n));
        }
        hs_fft_inverse_by_pairs(&f);
        for (size_t i = 0; i < n; i++)
            CHECK_NEAR((double)f.time[i], (double)n * (double)left[i], 1e-6 * (double)n);
        hs_fft_free(&f);
    }
    unsetenv("HINDSIGHT_CPU");
}

static void same_bits(const struct hs_kernels *a, const struct hs_kernels *b)
{
    struct hs_moments x, y;
    for (size_t n = 1; n < N; n = n * 2 + 3) {
        a->moments(left + PAD, right + PAD, n, &x);
        b->moments(left + PAD, right + PAD, n, &y);
        CHECK(!memcmp(x.sum, y.sum, sizeof x.sum) && x.mid == y.mid && x.side == y.side);
        CHECK(!memcmp(x.square, y.square, sizeof x.square) && x.difference == y.difference);
        CHECK(!memcmp(x.high, y.high, sizeof x.high) && !memcmp(x.low, y.low, sizeof x.low));
        CHECK(a->peak(left, n) == b->peak(left, n));
    }
    for (size_t at = PAD; at + HS_SCAN + 6 < N; at += 61) {
        float s[HS_SCAN], t[HS_SCAN];
        CHECK(a->scan_peaks(left + at, s) == b->scan_peaks(left + at, t));
        CHECK(!memcmp(s, t, sizeof s));
    }
    struct hs_kweight k;
    struct hs_kweight_state s = {0}, t = {0};
    hs_kweight_init(&k, 48000);
    double p[2] = {0}, q[2] = {0};
    for (size_t at = 0, n = 1; at + n <= N; at += n, n = n * 3 % 1021) {
        a->kweight(&k, &s, left + PAD + at, right + PAD + at, n, p);
        b->kweight(&k, &t, left + PAD + at, right + PAD + at, n, q);
    }
    CHECK(!memcmp(p, q, sizeof p) && !memcmp(&s, &t, sizeof s));
    struct hs_split c = {.pole = {0.03f, 0.13f, 0.43f}}, d = c;
    float e[HS_POLES + 1] = {0}, f[HS_POLES + 1] = {0};
    a->split(&c, left, right, N - 1, e);
    b->split(&d, left, right, N - 1, f);
    CHECK(!memcmp(e, f, sizeof e) && !memcmp(&c, &d, sizeof c));
    static struct spectra m, n;
    make_spectra(a, &m);
    make_spectra(b, &n);
    CHECK(!memcmp(&m, &n, sizeof m));
    static struct compared here, there;
    make_compared(a, &here);
    make_compared(b, &there);
    CHECK(!memcmp(&here, &there, sizeof here));
    transfer(a, b, true);
}

static void fast_decibels(const struct hs_kernels *k)
{
    double many[23];
    for (size_t n = 0; n < 23; n++) {
        for (size_t i = 0; i < n; i++)
            many[i] = exp((double)(i * n) - 100);
        k->decibels(many, n);
        for (size_t i = 0; i < n; i++)
            CHECK(many[i] == hs_db_fast(exp((double)(i * n) - 100)));
    }
    for (double x = 1e-30; x < 1e30; x *= 1.0371)
        CHECK_NEAR(hs_db_fast(x), hs_db_from_power(x), 1e-7);
    CHECK(hs_db_fast(1) == 0);
}

/* The whole path with a forced level: vectors agree to the bit, the oracle closely. */
static void forced(void)
{
    struct hs_arena arena = {0};
    struct hs_values v[3];
    struct signal s = signal_new(44100, 2);
    signal_song(&s, 6, 0.5, 77);
    static const char *const levels[] = {"baseline", "v3", "scalar"};
    for (int i = 0; i < 3; i++) {
        setenv("HINDSIGHT_CPU", levels[i], 1);
        v[i] = signal_measure(&s, &arena);
    }
    unsetenv("HINDSIGHT_CPU");
    struct hs_buf a = {0}, b = {0};
    hs_values_pack(&v[0], &a);
    hs_values_pack(&v[1], &b);
    CHECK(a.len == b.len && !memcmp(a.data, b.data, a.len));
    hs_buf_free(&a);
    hs_buf_free(&b);
    CHECK_NEAR(hs_values_or_nan(&v[0], "integrated_lufs"),
               hs_values_or_nan(&v[2], "integrated_lufs"), 0.001);
    CHECK_NEAR(hs_values_or_nan(&v[0], "true_peak_dbtp"), hs_values_or_nan(&v[2], "true_peak_dbtp"),
               0.01);
    signal_free(&s);
    hs_arena_free(&arena);
}

/* NULL where it is unknown or the processor cannot run it: then another one is chosen. */
static const struct hs_kernels *kernels_named(const char *name)
{
    setenv("HINDSIGHT_CPU", name, 1);
    const struct hs_kernels *k = hs_kernels_choose();
    unsetenv("HINDSIGHT_CPU");
    return strcmp(k->name, name) ? NULL : k;
}

int main(void)
{
    const struct hs_kernels *plain = kernels_named("scalar");
    const struct hs_kernels *baseline = kernels_named("baseline");
    const struct hs_kernels *v3 = kernels_named("v3"); /* NULL where it was not built */
#ifdef __x86_64__
    if (!CHECK(v3 != NULL))
        fprintf(stderr, "this processor lacks AVX2, FMA or BMI2: v3 is not tested here\n");
#endif
    CHECK(plain && baseline && !kernels_named("pentium"));
    for (uint64_t seed = 1; seed < 4; seed++) {
        fill(seed);
        fill_bins();
        moments(baseline, plain);
        deinterleave(baseline, plain);
        no_nan(baseline);
        narrow(baseline), narrow(plain), narrow(v3 ? v3 : plain);
        scan(baseline, plain);
        bound(baseline);
        kweight(baseline, plain);
        split(baseline, plain);
        spectra(baseline, plain);
        compared(baseline, plain);
        if (v3)
            same_bits(baseline, v3), deinterleave(v3, plain), no_nan(v3);
    }
    forward("scalar");
    forward("baseline");
    forward("v3");
    fast_decibels(baseline);
    if (v3)
        fast_decibels(v3);
    forced();
    return check_done();
}
