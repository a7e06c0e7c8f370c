/* SPDX-License-Identifier: Apache-2.0 */
/* Equaliser and compressor of the preview: against the formulas, and against plain sums. */
#include "dsp/compressor.h"
#include "dsp/match_eq.h"

#include "check.h"
#include "signals.h"

enum { RATE = 44100 };

static void gains(void)
{
    double wanted[HS_BANDS] = {0}, have[HS_BANDS] = {0}, g[HS_BANDS];
    wanted[17] = 4; /* smoothed: 1 2 1, then half */
    hs_match_gains(wanted, have, g);
    CHECK_NEAR(g[16], 0.5, 1e-12);
    CHECK_NEAR(g[17], 1, 1e-12);
    CHECK_NEAR(g[15], 0, 1e-12);
    for (size_t b = 0; b < HS_BANDS; b++)
        have[b] = b < 15 ? 20 : -20, wanted[b] = 0;
    have[25] = NAN;
    hs_match_gains(wanted, have, g);
    CHECK_NEAR(g[5], -2, 1e-12);
    CHECK_NEAR(g[20], 2, 1e-12);
    CHECK_NEAR(g[2], -1, 1e-12); /* 31.5 Hz: half of 40 Hz */
    CHECK_NEAR(g[1], 0, 1e-12);
    CHECK_NEAR(g[29], 1, 1e-12); /* 16 kHz */
    CHECK_NEAR(g[30], 0, 1e-12);
    CHECK(isfinite(g[25]));
}

static struct signal equalised(const struct signal *s, const double *g, size_t piece)
{
    struct signal out = signal_new(s->rate, s->n_channels);
    struct hs_match_eq *e = hs_match_eq_new(s->rate, s->n_channels, g);
    signal_extend(&out, (double)s->n / s->rate);
    const float *const *ready;
    size_t n, done = 0, at = 0;
    do {
        const float *in[HS_MAX_CHANNELS];
        size_t now = s->n - at < piece ? s->n - at : piece;
        for (int c = 0; c < s->n_channels; c++)
            in[c] = s->x[c] + at;
        n = now ? hs_match_eq_push(e, in, now, &ready) : hs_match_eq_drain(e, &ready);
        for (int c = 0; c < s->n_channels && n; c++)
            memcpy(out.x[c] + done, ready[c], n * sizeof(float));
        at += now;
        done += n;
        if (!now && !n)
            break;
    } while (1);
    CHECK(done == s->n);
    hs_match_eq_free(e);
    return out;
}

/* In the middle of a tone: its level changes by the gain of its band, its phase not at all. */
static void tones(void)
{
    double g[HS_BANDS] = {0};
    for (size_t b = 20; b < HS_BANDS; b++)
        g[b] = 2;
    for (size_t b = 0; b < 8; b++)
        g[b] = -1.5;
    static const struct {
        double hz, db;
    } rows[] = {{50.1, -1.5}, {1000, 0}, {3162.3, 2}, {8000, 2}};
    for (size_t k = 0; k < 4; k++) {
        struct signal s = signal_new(RATE, 2);
        signal_sine(&s, 2, rows[k].hz, -12);
        struct signal y = equalised(&s, g, 4096);
        double dot = 0, power = 0;
        for (size_t i = RATE / 2; i < RATE; i++) {
            dot += (double)s.x[0][i] * (double)y.x[0][i];
            power += (double)s.x[0][i] * (double)s.x[0][i];
        }
        CHECK_NEAR(hs_db_from_amplitude(dot / power), rows[k].db, 0.1);
        signal_free(&s);
        signal_free(&y);
    }
}

/* Flat gains change nothing; pieces of any size give the same bits. */
static void flat_and_pieces(void)
{
    double g[HS_BANDS] = {0};
    struct signal s = signal_new(RATE, 2);
    signal_add_noise(&s, signal_extend(&s, 1.2), 0.5, 9);
    struct signal y = equalised(&s, g, 4096);
    double worst = 0;
    for (size_t i = 0; i < s.n; i++)
        worst = fmax(worst, fabs((double)(s.x[1][i] - y.x[1][i])));
    CHECK(worst < 1e-6);
    signal_free(&y);
    for (size_t b = 0; b < HS_BANDS; b++)
        g[b] = b < 15 ? -2 : 1;
    y = equalised(&s, g, 4096);
    static const size_t pieces[] = {1000, 4095, 37};
    for (int k = 0; k < 3; k++) {
        struct signal z = equalised(&s, g, pieces[k]);
        for (int c = 0; c < 2; c++)
            CHECK(!memcmp(y.x[c], z.x[c], s.n * sizeof(float)));
        signal_free(&z);
    }
    signal_free(&y);
    signal_free(&s);
}

static void compressor(void)
{
    enum { N = 4000 };
    CHECK_NEAR(hs_compressor_static(-24, -20), 0, 1e-12);
    CHECK_NEAR(hs_compressor_static(-20, -20), (1 - 1 / 1.5) * 9 / 12, 1e-12);
    CHECK_NEAR(hs_compressor_static(-17, -20), 1, 1e-12); /* both ends of the knee meet */
    CHECK_NEAR(hs_compressor_static(-5, -20), 5, 1e-12);
    float level[N], gr[N];
    bool active[N];
    for (int i = 0; i < N; i++) {
        level[i] = i >= 1000 && i < 2000 ? -5 : -60;
        active[i] = i >= 1000 && i < 2000;
    }
    hs_compressor_run(level, N, 1e-3, -20, gr);
    CHECK_NEAR((double)gr[999], 0, 1e-6);
    CHECK_NEAR((double)gr[1029], 5 * (1 - exp(-1)), 1e-3); /* attack 30 ms */
    CHECK_NEAR((double)gr[2149], 5 * exp(-1), 1e-3);       /* release 150 ms */
    struct hs_rng rng = {4};
    for (int i = 0; i < N; i++)
        level[i] = (float)(-30 + 25 * hs_rng_uniform(&rng)), active[i] = true;
    double found, threshold = hs_compressor_fit(level, active, N, 1e-3, 2, &found);
    hs_compressor_run(level, N, 1e-3, threshold, gr);
    double sorted[N];
    for (int i = 0; i < N; i++)
        sorted[i] = (double)gr[i];
    hs_sort(sorted, N);
    CHECK_NEAR(hs_quantile_sorted(sorted, N, 0.95), 2, 0.05);
    CHECK_NEAR(found, 2, 0.05);
    memset(active, 0, sizeof active);
    CHECK(isnan(hs_compressor_fit(level, active, N, 1e-3, 2, &found)) && isnan(found));
}

int main(void)
{
    gains();
    tones();
    flat_and_pieces();
    compressor();
    return check_done();
}
