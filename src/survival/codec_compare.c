/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The louder channel of the first ten seconds must lie on its copy within 1.5 samples
 *    (generalised cross-correlation, 200 Hz to 8 kHz).
 * 2. A tenth of a second at either end is left out, because the encoder starts and stops there.
 * 3. True peak before and behind (BS.1770), and samples over full scale.
 * 4. Frames of 4096 with a Hann window: per band, power of the music over what is left of it at
 *    the best gain; energy of side and middle between 2 and 16 kHz; power in steps of 250 Hz, the
 *    highest of which still has a tenth of its power, below a kilohertz in a row that has not, is
 *    the bandwidth.
 * 5. Attacks are places where 20 ms have 10 dB more than the 18 ms that end 2 ms before. Pre-echo
 *    is the median over the twenty strongest of the energy that the codec added before them, over
 *    the energy behind.
 */
#include "survival/codec_compare.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gcc.h"
#include "dsp/truepeak.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

enum { FRAME = 4096, ATTACKS = 20, LEAST_ATTACKS = 5, FINE_HZ = 250 };
#define EDGE_S 0.1    /* left out at either end: there the encoder starts and stops */
#define LAG_S 10.0    /* of the music are held against each other */
#define RISE_DB 10.0  /* of an attack: 20 ms against the 18 that end 2 ms before */
#define NOTHING 1e-11 /* of the power of all: a range that holds no music */
#define ATTACK_S 0.02 /* what is looked at on either side */
#define GAP_S 0.002
#define SIDE_FROM_HZ 2000.0
#define SIDE_TO_HZ 16000.0

struct band {
    double xx, xy, yy;
};

/* An attack: how strong, and what the codec put before it. */
struct attack {
    double before, after; /* energies */
};

struct hs_codec_compare {
    double rate_hz;
    struct hs_fft fft;
    float *window, *power[2]; /* power by bin: before, behind */
    float complex *spectrum[4];
    struct hs_true_peak_filter filter;
    struct hs_true_peak peak[2];
    struct band bands[HS_STEREO_BANDS];
    double mid[2], side[2]; /* before, behind */
    double frames, overs;
    struct attack *attacks;
    size_t n_attacks, cap;
};

struct hs_codec_compare *hs_codec_compare_new(int rate_hz)
{
    struct hs_codec_compare *c = HS_NEW(struct hs_codec_compare);
    c->rate_hz = rate_hz;
    hs_fft_init(&c->fft, FRAME);
    c->window = HS_NEW_ARRAY(float, FRAME);
    hs_window_hann(c->window, FRAME);
    for (int k = 0; k < 4; k++)
        c->spectrum[k] = HS_NEW_ARRAY(float complex, FRAME / 2 + 1);
    hs_true_peak_filter_init(&c->filter);
    for (int k = 0; k < 2; k++) {
        c->power[k] = HS_NEW_ARRAY(float, FRAME / 2 + 1);
        c->peak[k] = (struct hs_true_peak){.kernels = hs_kernels_choose(), .filter = &c->filter};
    }
    return c;
}

void hs_codec_compare_free(struct hs_codec_compare *c)
{
    if (!c)
        return;
    hs_fft_free(&c->fft);
    for (int k = 0; k < 4; k++)
        hs_free(c->spectrum[k]);
    for (int k = 0; k < 2; k++)
        hs_free(c->power[k]);
    hs_free(c->window);
    hs_free(c->attacks);
    hs_free(c);
}

/* Does y lie on x? Of one channel, the first seconds. */
static bool lies_on(const struct hs_codec_compare *c, const float *x, const float *y, size_t n)
{
    size_t most = (size_t)(LAG_S * c->rate_hz), size = 2;
    n = n < most ? n : most;
    while (size < n + 4 * FRAME)
        size *= 2;
    struct hs_gcc g;
    hs_gcc_init(&g, size, c->rate_hz, 200, 8000);
    float complex *of[2] = {HS_NEW_ARRAY(float complex, size / 2 + 1),
                            HS_NEW_ARRAY(float complex, size / 2 + 1)};
    hs_gcc_spectrum(&g, x, n, of[0]);
    hs_gcc_spectrum(&g, y, n, of[1]);
    struct hs_gcc_peak p = hs_gcc_find(&g, of[0], of[1], -2 * FRAME, 2 * FRAME, FRAME / 8);
    hs_free(of[0]);
    hs_free(of[1]);
    hs_gcc_free(&g);
    return fabs(p.lag) < 1.5 && p.value > 0;
}

/* The blocks on either side are surveyed too, because the filter reads over the edge. */
static void scan_peaks(struct hs_true_peak *t, const float *x, size_t n)
{
    size_t n_blocks = n / HS_SCAN;
    struct hs_survey *survey = HS_NEW_ARRAY(struct hs_survey, n_blocks + 2);
    t->kernels->survey(x - HS_SCAN, n_blocks + 2, survey);
    for (size_t i = 0; i < n_blocks; i++)
        hs_true_peak_scan(t, x + i * HS_SCAN, &survey[i + 1]);
    hs_free(survey);
}

static void count_overs(struct hs_codec_compare *c, const float *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        c->overs += y[i] > 1 || y[i] < -1;
}

/* Through the window. */
static void transform(struct hs_codec_compare *c, const float *x, float complex *out)
{
    for (size_t i = 0; i < FRAME; i++)
        c->fft.time[i] = x[i] * c->window[i];
    hs_fft_forward_of(&c->fft, c->fft.time, out);
}

static double power(double complex z)
{
    return creal(z) * creal(z) + cimag(z) * cimag(z);
}

/* Sums of one frame: spectra 0 and 1 are before, 2 and 3 behind. */
static void add_frame(struct hs_codec_compare *c)
{
    const double *edge = hs_stereo_band_edges_hz(), bin_hz = c->rate_hz / FRAME;
    size_t band = 0;
    for (size_t i = 1; i <= FRAME / 2; i++) {
        double hz = (double)i * bin_hz, x = 0, y = 0, xy = 0;
        for (int k = 0; k < 2; k++) {
            double complex a = c->spectrum[k][i], b = c->spectrum[2 + k][i];
            x += power(a);
            y += power(b);
            xy += creal(a) * creal(b) + cimag(a) * cimag(b);
        }
        c->power[0][i] += (float)x;
        c->power[1][i] += (float)y;
        while (band < HS_STEREO_BANDS && hz >= edge[band + 1])
            band++;
        if (band < HS_STEREO_BANDS && hz >= edge[0]) {
            c->bands[band].xx += x;
            c->bands[band].xy += xy;
            c->bands[band].yy += y;
        }
        for (int k = 0; k < 2 && hz >= SIDE_FROM_HZ && hz < SIDE_TO_HZ; k++) {
            double complex l = c->spectrum[2 * k][i], r = c->spectrum[2 * k + 1][i];
            c->mid[k] += power(l + r);
            c->side[k] += power(l - r);
        }
    }
}

/* Frames overlap by half. */
static void add_spectra(struct hs_codec_compare *c, const float *const x[2],
                        const float *const y[2], size_t from, size_t to)
{
    for (size_t at = from; at + FRAME <= to; at += FRAME / 2) {
        for (int k = 0; k < 2; k++) {
            transform(c, x[k] + at, c->spectrum[k]);
            transform(c, y[k] + at, c->spectrum[2 + k]);
        }
        add_frame(c);
    }
}

/* Squares of the samples, over the channels. */
static double energy(const float *const *x, int n_channels, size_t from, size_t to)
{
    double sum = 0;
    for (int k = 0; k < n_channels; k++)
        for (size_t i = from; i < to; i++)
            sum += (double)x[k][i] * (double)x[k][i];
    return sum;
}

/* Energy of the difference: what the codec added. */
static double added(const float *const x[2], const float *const y[2], size_t from, size_t to)
{
    double sum = 0;
    for (int k = 0; k < 2; k++)
        for (size_t i = from; i < to; i++) {
            double d = (double)y[k][i] - (double)x[k][i];
            sum += d * d;
        }
    return sum;
}

/* Attacks are the highest of the places, a millisecond apart, where the music rises, and no other
 * within a tenth of a second. */
static void add_attacks(struct hs_codec_compare *c, const float *const x[2],
                        const float *const y[2], size_t from, size_t to)
{
    size_t ms = (size_t)(0.001 * c->rate_hz), n = (to - from) / ms;
    size_t reach = (size_t)(ATTACK_S * 1000), gap = (size_t)(GAP_S * 1000), apart = 100, last = 0;
    double *e = HS_NEW_ARRAY(double, n + 1), *rise = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++)
        e[i + 1] = e[i] + energy(x, 2, from + i * ms, from + (i + 1) * ms);
    double mean = e[n] / fmax(1, (double)n);
    for (size_t i = reach; i + reach <= n; i++) {
        double after = (e[i + reach] - e[i]) / (double)reach;
        double before = (e[i - gap] - e[i - reach]) / (double)(reach - gap);
        bool strong = after > 0.1 * mean && after > hs_power_from_db(RISE_DB) * before;
        rise[i] = strong ? after / (before + 1e-6 * mean) : 0;
    }
    for (size_t i = reach; i + reach <= n; i++) {
        bool highest = rise[i] > 0 && (!last || i - last >= apart);
        for (size_t k = i; k < i + reach && k + reach <= n && highest; k++)
            highest = rise[k] <= rise[i];
        if (!highest)
            continue;
        size_t at = from + i * ms;
        last = i;
        c->attacks = hs_grow(c->attacks, c->n_attacks, &c->cap, sizeof *c->attacks);
        c->attacks[c->n_attacks++] =
            (struct attack){added(x, y, at - reach * ms, at - gap * ms), e[i + reach] - e[i]};
    }
    hs_free(e);
    hs_free(rise);
}

/* False where the copy does not lie on the music. A part that is too short adds nothing. */
bool hs_codec_compare_add(struct hs_codec_compare *c, const float *const x[2],
                          const float *const y[2], size_t n)
{
    size_t edge = (size_t)(EDGE_S * c->rate_hz);
    if (n < 4 * edge + FRAME)
        return true;
    int louder = energy(x + 1, 1, 0, n) > energy(x, 1, 0, n);
    if (!lies_on(c, x[louder], y[louder], n))
        return false;
    for (int k = 0; k < 2; k++) {
        scan_peaks(&c->peak[0], x[k] + edge, n - 2 * edge);
        scan_peaks(&c->peak[1], y[k] + edge, n - 2 * edge);
        count_overs(c, y[k] + edge, n - 2 * edge);
    }
    c->frames += (double)(n - 2 * edge);
    add_spectra(c, x, y, edge, n - edge);
    add_attacks(c, x, y, edge, n - edge);
    return true;
}

/* Up to where a kHz in a row is gone. */
static double bandwidth_hz(const struct hs_codec_compare *c)
{
    double all = 0, bin_hz = c->rate_hz / FRAME, highest = NAN;
    int gone = 0;
    for (size_t i = 1; i <= FRAME / 2; i++)
        all += (double)c->power[0][i];
    for (double low = 0; low + FINE_HZ <= c->rate_hz / 2 && gone < 1000 / FINE_HZ; low += FINE_HZ) {
        double sum[2] = {0, 0};
        for (size_t i = (size_t)ceil(low / bin_hz); (double)i * bin_hz < low + FINE_HZ; i++)
            for (int k = 0; k < 2; k++)
                sum[k] += (double)c->power[k][i];
        if (!(sum[0] > NOTHING * all))
            continue;
        gone = sum[1] > 0.1 * sum[0] ? 0 : gone + 1;
        highest = gone ? highest : low + FINE_HZ;
    }
    return highest;
}

static int strongest_first(const void *a, const void *b)
{
    const struct attack *x = a, *y = b;
    return (x->after < y->after) - (x->after > y->after);
}

/* Pre-echo: the median over the strongest attacks; NAN with fewer than five. */
static double tail_db(struct hs_codec_compare *c)
{
    double db[ATTACKS];
    size_t n = c->n_attacks < ATTACKS ? c->n_attacks : ATTACKS;
    if (n < LEAST_ATTACKS)
        return NAN;
    qsort(c->attacks, c->n_attacks, sizeof *c->attacks, strongest_first);
    for (size_t i = 0; i < n; i++)
        db[i] = hs_db_from_power(c->attacks[i].before + 1e-12 * c->attacks[i].after) -
                hs_db_from_power(c->attacks[i].after);
    return hs_median(db, n);
}

/* Of all parts that were added. What the music does not hold is NAN. */
void hs_codec_compare_result(struct hs_codec_compare *c, struct hs_codec_result *out)
{
    double all = 0;
    for (int b = 0; b < HS_STEREO_BANDS; b++)
        all += c->bands[b].xx;
    for (int b = 0; b < HS_STEREO_BANDS; b++) {
        const struct band *s = &c->bands[b];
        double kept = s->xx > 0 ? s->xy * s->xy / s->xx : 0;
        out->sdr_db[b] =
            s->xx > NOTHING * all && kept > 0
                ? hs_db_from_power(kept) - hs_db_from_power(fmax(s->yy - kept, 1e-12 * kept))
                : NAN;
    }
    double before = hs_db_from_amplitude((double)c->peak[0].best);
    out->true_peak_dbtp = hs_db_from_amplitude((double)c->peak[1].best);
    out->overshoot_db = out->true_peak_dbtp - before;
    out->overs_per_min = c->frames > 0 ? c->overs / c->frames * 60 * c->rate_hz : NAN;
    bool sides = c->side[0] > 1e-9 * c->mid[0] && c->mid[0] > 0 && c->mid[1] > 0 && c->side[1] > 0;
    out->side_loss_db =
        sides ? hs_db_from_power(c->side[1] / c->side[0]) - hs_db_from_power(c->mid[1] / c->mid[0])
              : NAN;
    out->bandwidth_hz = bandwidth_hz(c);
    out->tail_db = tail_db(c);
}
