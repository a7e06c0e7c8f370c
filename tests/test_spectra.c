/* SPDX-License-Identifier: Apache-2.0 */
/* The shared spectra against a naive DFT, known powers, and themselves at other divisions. */
#include "check.h"
#include "core/alloc.h"
#include "core/num.h"
#include "measure/spectra.h"

#include <stdlib.h>

struct seen {
    uint64_t hash;
    double worst; /* relative error of the stereo powers */
    int n[2];
    /* Sums over the frames that lie within the file. */
    double power[2][8193], band[HS_BANDS];
    int n_inner[2];
    double bin_hz[2], valid_hz, inner_from_s, inner_to_s;
    size_t n_bins[2];
    /* One kept frame. */
    int keep_index;
    enum hs_resolution keep;
    float complex kept[4097];
    float *low;
    size_t n_low;
    double low_rate_hz;
};

static void mix_hash(struct seen *s, const void *p, size_t n)
{
    const unsigned char *b = p;
    for (size_t i = 0; i < n; i++)
        s->hash = (s->hash ^ b[i]) * 0x100000001b3u;
}

static void sink(void *context, const struct hs_spectrum *f)
{
    struct seen *s = context;
    int r = f->resolution;
    for (size_t i = 0; i < f->n_bins; i += 100) { /* the identities of the header */
        double l = f->power_left[i], q = f->power_right[i], sum = (l + q) / 2;
        double complex cross = (double complex)f->left[i] * conj((double complex)f->right[i]);
        s->worst = fmax(s->worst,
                        fabs((double)(f->power_mid[i] + f->power_side[i]) - sum) / (sum + 1e-12));
        s->worst =
            fmax(s->worst,
                 fabs((double)(f->power_mid[i] - f->power_side[i]) - creal(cross)) / (sum + 1e-12));
        s->worst = fmax(s->worst, fabs((double)f->cross_im[i] - cimag(cross)) / (sum + 1e-12));
    }
    mix_hash(s, f->left, f->n_bins * sizeof *f->left);
    mix_hash(s, f->right, f->n_bins * sizeof *f->right);
    mix_hash(s, f->power_mid, f->n_bins * sizeof *f->power_mid);
    mix_hash(s, f->power_side, f->n_bins * sizeof *f->power_side);
    mix_hash(s, f->cross_im, f->n_bins * sizeof *f->cross_im);
    s->bin_hz[r] = f->bin_hz, s->n_bins[r] = f->n_bins;
    if (f->resolution == HS_SPECTRUM_FINE) {
        s->valid_hz = f->valid_hz;
        s->low_rate_hz = f->low_rate_hz;
        s->low = hs_realloc(s->low, s->n_low + f->n_low, sizeof *s->low);
        if (f->index)
            memcpy(s->low + s->n_low, f->low_left, f->n_low * sizeof *s->low);
        s->n_low += f->index ? f->n_low : 0;
    } else {
        mix_hash(s, f->bands, HS_BANDS * sizeof *f->bands);
    }
    if (f->resolution == s->keep && f->index == s->keep_index)
        memcpy(s->kept, f->left, f->n_bins * sizeof *f->left);
    s->n[r]++;
    if (f->centre_s - f->hop_s < s->inner_from_s || f->centre_s + f->hop_s > s->inner_to_s)
        return;
    s->n_inner[r]++;
    for (size_t i = 0; i < f->n_bins; i++)
        s->power[r][i] += (double)f->power_left[i];
    for (size_t b = 0; f->bands && b < HS_BANDS; b++)
        s->band[b] += (double)f->bands[b].left;
}

static struct seen *run(int rate_hz, int channels, const float *left, const float *right, size_t n,
                        size_t part)
{
    struct seen *s = calloc(1, sizeof *s);
    s->hash = 14695981039346656037u;
    s->keep_index = 5, s->keep = HS_SPECTRUM_FAST;
    s->inner_to_s = (double)n / rate_hz;
    struct hs_stream stream = {.sample_rate_hz = rate_hz, .n_channels = channels};
    struct hs_spectra *spectra = hs_spectra_new(&stream);
    for (size_t i = 0; i < n; i += part) {
        size_t m = n - i < part ? n - i : part;
        struct hs_block block = {.first = (int64_t)i,
                                 .n_frames = m,
                                 .left = left + i,
                                 .right = right + i,
                                 .n_channels = channels};
        hs_spectra_block(spectra, &block, sink, s);
    }
    hs_spectra_finish(spectra, sink, s);
    hs_spectra_free(spectra);
    return s;
}

static void done(struct seen *s)
{
    hs_free(s->low);
    free(s);
}

static void noise(float *x, size_t n, uint64_t seed)
{
    struct hs_rng r = {seed};
    for (size_t i = 0; i < n; i++)
        x[i] = (float)(hs_rng_uniform(&r) * 2 - 1); /* power 1/3 */
}

static void sine(float *x, size_t n, double hz, double rate_hz)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (float)sin(2 * HS_PI * hz * (double)i / rate_hz + 0.3);
}

enum { N = 200000 };

static void test_division(const float *l, const float *r)
{
    struct seen *whole = run(44100, 2, l, r, 50001, 50001);
    CHECK(whole->worst < 1e-6);
    size_t parts[] = {1, 7, 1000, 4096};
    for (int i = 0; i < 4; i++) {
        struct seen *s = run(44100, 2, l, r, 50001, parts[i]);
        CHECK(s->hash == whole->hash);
        CHECK(s->n[0] == whole->n[0] && s->n[1] == whole->n[1]);
        done(s);
    }
    done(whole);
}

static void test_frames(const float *l)
{
    struct {
        int rate;
        size_t n;
    } cases[] = {{44100, 1}, {44100, 100}, {8000, 3}, {192000, 5000}, {2000, 1}, {48000, 2048}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen *s = run(cases[i].rate, 1, l, l, cases[i].n, 64);
        CHECK(s->n[HS_SPECTRUM_FAST] >= 2);
        CHECK(s->n[HS_SPECTRUM_FINE] >= 2);
        CHECK(s->bin_hz[HS_SPECTRUM_FINE] <= 1.5);
        done(s);
    }
    struct seen *none = run(44100, 2, l, l, 0, 64);
    CHECK(none->n[0] == 0 && none->n[1] == 0);
    done(none);
    struct seen *mono = run(44100, 1, l, l, 30000, 512), *dual = run(44100, 2, l, l, 30000, 512);
    CHECK(mono->worst < 1e-6);
    for (size_t i = 0; i < mono->n_bins[0]; i += 50)
        CHECK(mono->power[0][i] == dual->power[0][i]);
    done(mono);
    done(dual);
}

/* Frame 5 of 44.1 kHz: samples 4 * 1024 ... 6 * 1024, written down from the definition. */
static void test_naive(const float *l)
{
    struct seen *s = run(44100, 2, l, l, 20000, 333);
    double scale = 1 / sqrt(2048.0 * 2048 * 3 / 8);
    for (int k = 0; k <= 1024; k += 37) {
        double complex sum = 0;
        for (int i = 0; i < 2048; i++)
            sum += (double)l[4096 + i] * (0.5 - 0.5 * cos(2 * HS_PI * i / 2048)) *
                   cexp(-2 * HS_PI * I * k * i / 2048);
        CHECK_NEAR(cabs(sum * scale - (double complex)s->kept[k]), 0, 2e-6);
    }
    done(s);
}

static double sum_power(const struct seen *s, int r)
{
    double sum = 0;
    for (size_t i = 0; i < s->n_bins[r]; i++)
        sum += s->power[r][i] * (i == 0 || i + 1 == s->n_bins[r] ? 1 : 2);
    return sum / s->n_inner[r];
}

static void test_power(float *x)
{
    int rates[] = {8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 192000};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        int rate = rates[i];
        sine(x, N, 105.3, rate);
        struct seen *s = run(rate, 2, x, x, N, 4096);
        CHECK(s->valid_hz >= 891.3); /* the 800 Hz band is free of the slope */
        CHECK_NEAR(sum_power(s, HS_SPECTRUM_FAST), 0.5, 1e-3);
        CHECK_NEAR(sum_power(s, HS_SPECTRUM_FINE), 0.5, 1e-3);
        done(s);
        sine(x, N, 890, rate);
        s = run(rate, 2, x, x, N, 4096);
        CHECK_NEAR(sum_power(s, HS_SPECTRUM_FINE), 0.5, 1e-3);
        done(s);
        sine(x, N, 1000, rate);
        s = run(rate, 2, x, x, N, 4096);
        CHECK_NEAR(s->band[HS_BAND_1KHZ] / s->n_inner[0], 0.5, 1e-3);
        double low_hz = s->low_rate_hz;
        done(s);
        /* Every alias of the pass band: multiples of the low rate and the mirror. */
        for (int a = 1; a <= 16; a *= 2) {
            double hz = a * low_hz - 0.3 * low_hz;
            if (hz > rate * 0.49)
                break;
            sine(x, N, hz, rate);
            s = run(rate, 2, x, x, N, 4096);
            double worst = 0;
            for (size_t k = 0; (double)k * s->bin_hz[1] < s->valid_hz; k++)
                worst = fmax(worst, s->power[1][k] / s->n_inner[1]);
            CHECK(10 * log10(worst / 0.25 + 1e-30) < -78);
            done(s);
        }
    }
}

static void test_density(float *x)
{
    noise(x, N, 7);
    struct seen *s = run(48000, 2, x, x, N, 4096);
    double per_hz = 1.0 / 3 / 24000;
    for (int r = 0; r < 2; r++) {
        size_t from = (size_t)(150 / s->bin_hz[r]), to = (size_t)(900 / s->bin_hz[r]);
        double sum = 0;
        for (size_t k = from; k < to; k++)
            sum += 2 * s->power[r][k] / s->n_inner[r];
        CHECK_NEAR(10 * log10(sum / ((double)(to - from) * s->bin_hz[r]) / per_hz), 0, 0.35);
    }
    for (size_t b = 20; b < HS_BANDS; b++) {
        double expected = per_hz * (hs_band_high_hz(b) - hs_band_low_hz(b));
        CHECK_NEAR(10 * log10(s->band[b] / s->n_inner[0] / expected), 0, 0.35);
    }
    done(s);
}

/* The decimated signal is in time: a click stays where it was. */
static void test_low_signal(float *x)
{
    int rates[] = {44100, 96000, 176400, 22050};
    for (int i = 0; i < 4; i++) {
        memset(x, 0, N * sizeof *x);
        x[64 * 700] = 1;
        struct seen *s = run(rates[i], 2, x, x, N, 1000);
        size_t at = 0;
        for (size_t k = 0; k < s->n_low; k++)
            at = s->low[k] > s->low[at] ? k : at;
        CHECK_NEAR((double)at / s->low_rate_hz, 64.0 * 700 / rates[i], 1e-9);
        CHECK_NEAR((double)s->n_low / s->low_rate_hz, (double)N / rates[i], 1);
        done(s);
    }
}

int main(void)
{
    float *l = calloc(N, sizeof *l), *r = calloc(N, sizeof *r);
    noise(l, N, 1);
    noise(r, N, 2);
    test_division(l, r);
    test_frames(l);
    test_naive(l);
    test_density(l);
    test_power(l);
    test_low_signal(l);
    free(l);
    free(r);
    return check_done();
}
