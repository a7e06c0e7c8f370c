/* SPDX-License-Identifier: Apache-2.0 */
/* Dynamics, silence, edges and stereo: naive computations of the same definitions, signals
 * with known answers, and relations. */
#include "check.h"
#include "signals.h"

#include "model/values_pack.h"

#include <stdlib.h>

static struct hs_arena arena;

static double value(struct signal *s, const char *key)
{
    struct hs_values v = signal_measure(s, &arena);
    return hs_values_or_nan(&v, key);
}

static const char *why(struct signal *s, const char *key)
{
    struct hs_values v = signal_measure(s, &arena);
    return hs_values_why(&v, key);
}

/* Every definition once more, from the samples, without the measuring code. */
static void naive(int rate)
{
    struct signal s = signal_new(rate, 2);
    signal_song(&s, 13, 0.5, 11);
    signal_add_noise(&s, 0, 0.01, 12);
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] += 0.02f;
    struct hs_values v = signal_measure(&s, &arena);
    double ll = 0, rr = 0, lr = 0, mm = 0, ss = 0, dc = 0, peak = 0, apart = 0;
    for (size_t i = 0; i < s.n; i++) {
        double l = (double)s.x[0][i], r = (double)s.x[1][i];
        ll += l * l, rr += r * r, lr += l * r, dc += r;
        mm += (l + r) * (l + r) / 4, ss += (l - r) * (l - r) / 4;
        peak = fmax(peak, fmax(fabs(l), fabs(r)));
        apart = fmax(apart, fabs(l - r));
    }
    double n = (double)s.n;
    CHECK_NEAR(hs_values_or_nan(&v, "correlation"), lr / sqrt(ll * rr), 1e-5);
    CHECK_NEAR(hs_values_or_nan(&v, "side_mid_db"), 10 * log10(ss / mm), 1e-4);
    CHECK_NEAR(hs_values_or_nan(&v, "mono_loss_db"), 10 * log10((ll + rr) / 2 / mm), 1e-4);
    CHECK_NEAR(hs_values_or_nan(&v, "dc_offset"), dc / n, 1e-7);
    CHECK_NEAR(hs_values_or_nan(&v, "crest_db"), 20 * log10(peak) - 10 * log10((ll + rr) / 2 / n),
               1e-4);
    CHECK_NEAR(hs_values_or_nan(&v, "sample_peak_dbfs"), 20 * log10(peak), 1e-5);
    CHECK_NEAR(hs_values_or_nan(&v, "channel_difference_db"), 20 * log10(apart / peak), 1e-4);
    signal_free(&s);
}

/* DR: a sine has 0 dB by definition; a burst in two blocks adds its peak. */
static void dynamic_range(void)
{
    struct signal s = signal_new(44100, 2);
    signal_sine(&s, 60, 1000, -20);
    CHECK_NEAR(value(&s, "dr_db"), 0, 0.01);
    s.x[0][44100] = 0.5f; /* one click: the second-highest peak ignores it */
    CHECK_NEAR(value(&s, "dr_db"), 0, 0.01);
    s.x[0][44100 * 20] = s.x[1][44100] = s.x[1][44100 * 20] = 0.5f;
    CHECK_NEAR(value(&s, "dr_db"), 20 * log10(0.5) + 20, 0.02);
    signal_free(&s);
    s = signal_new(44100, 2);
    signal_sine(&s, 6, 1000, -20);
    CHECK_TEXT(why(&s, "dr_db"), "shorter than 2 blocks of 3 s");
    signal_free(&s);
    /* loud fifth: 12 s at -6 and 48 s at -26 read as the loud part alone */
    s = signal_new(44100, 2);
    signal_sine(&s, 4 * 132480.0 / 44100, 1000, -6);
    signal_sine(&s, 16 * 132480.0 / 44100, 1000, -26);
    CHECK_NEAR(value(&s, "dr_db"), 0, 0.02);
    signal_free(&s);
}

/* What a limiter does: the peaks of the loud blocks all reach the ceiling. */
static void limiting(void)
{
    double share[3], spread[3], crest[3];
    for (int k = 0; k < 3; k++) {
        struct signal s = signal_new(44100, 2);
        signal_song(&s, 30, 0.5, 21);
        float ceiling = k == 0 ? 10 : k == 1 ? 0.5f : 0.2f;
        for (size_t i = 0; i < s.n; i++)
            for (int c = 0; c < 2; c++)
                s.x[c][i] = fminf(fmaxf(s.x[c][i], -ceiling), ceiling);
        share[k] = value(&s, "limited_share");
        spread[k] = value(&s, "peak_spread_db");
        crest[k] = value(&s, "crest_3s_db");
        signal_free(&s);
    }
    CHECK(share[0] >= 0.005 && share[0] < 0.1);
    CHECK(share[1] > 1.5 * share[0] && share[2] > 2 * share[1] && share[2] <= 1);
    CHECK(spread[1] <= spread[0] && spread[2] < spread[0] - 0.5 && spread[2] < 0.1);
    CHECK(crest[0] > crest[1] + 1 && crest[1] > crest[2] + 1 && crest[2] > 2);
    struct signal s = signal_new(44100, 2);
    signal_sine(&s, 10, 1000, -6); /* every block reaches the ceiling */
    CHECK_NEAR(value(&s, "limited_share"), 1, 0);
    CHECK_NEAR(value(&s, "crest_3s_db"), 3.01, 0.02);
    signal_free(&s);
}

static void silence_and_edges(void)
{
    struct signal s = signal_new(48000, 2);
    signal_extend(&s, 0.5);
    signal_sine(&s, 3, 300, -10);
    signal_extend(&s, 0.1);
    signal_sine(&s, 4, 300, -10);
    signal_extend(&s, 1.5);
    struct hs_values v = signal_measure(&s, &arena);
    CHECK_NEAR(hs_values_or_nan(&v, "leading_silence_s"), 0.5, 0.011);
    CHECK_NEAR(hs_values_or_nan(&v, "trailing_silence_s"), 1.5, 0.011);
    CHECK_NEAR(hs_values_or_nan(&v, "silence_share"), 2.1 / 9.1, 0.005);
    CHECK(hs_values_or_nan(&v, "gaps") == 1);
    CHECK_NEAR(hs_values_or_nan(&v, "gap_times[0]"), 3.5, 0.011);
    CHECK(hs_values_or_nan(&v, "end_level_db") < -100);
    CHECK(hs_values_or_nan(&v, "end_step_db") < -100);
    signal_free(&s);
    s = signal_new(48000, 2); /* cut through at full level */
    signal_sine(&s, 5.00025, 1000, -10);
    v = signal_measure(&s, &arena);
    CHECK_NEAR(hs_values_or_nan(&v, "end_level_db"), 0, 0.5);
    CHECK_NEAR(hs_values_or_nan(&v, "end_drop_db"), 0, 0.5);
    CHECK_NEAR(hs_values_or_nan(&v, "end_step_db"), 3, 0.5);
    CHECK(hs_values_or_nan(&v, "fade_out_s") == 0 && hs_values_or_nan(&v, "gaps") == 0);
    for (size_t i = 0; i < 3 * 48000; i++) { /* a fade of three seconds */
        s.x[0][s.n - 1 - i] *= (float)i / (3 * 48000);
        s.x[1][s.n - 1 - i] *= (float)i / (3 * 48000);
    }
    v = signal_measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "fade_out_s") > 1 && hs_values_or_nan(&v, "fade_out_s") < 3);
    CHECK(hs_values_or_nan(&v, "fade_in_s") == 0);
    CHECK(hs_values_or_nan(&v, "end_level_db") < -35);
    signal_free(&s);
}

static void stereo(void)
{
    struct signal s = signal_new(44100, 2);
    signal_extend(&s, 5);
    signal_add_noise(&s, 0, 0.3, 5); /* unrelated channels */
    CHECK_NEAR(value(&s, "correlation"), 0, 0.01);
    CHECK_NEAR(value(&s, "mono_loss_db"), 3.01, 0.05);
    CHECK_NEAR(value(&s, "side_mid_db"), 0, 0.1);
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = -s.x[0][i];
    CHECK_NEAR(value(&s, "correlation"), -1, 1e-6);
    CHECK_NEAR(value(&s, "mono_loss_db"), 60, 0);
    CHECK_NEAR(value(&s, "negative_correlation_share"), 1, 0);
    CHECK_NEAR(value(&s, "balance_db"), 0, 1e-9);
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = s.x[0][i];
    CHECK_NEAR(value(&s, "correlation"), 1, 1e-6);
    CHECK_NEAR(value(&s, "channels_equal"), 1, 0);
    CHECK_NEAR(value(&s, "mono_loss_db"), 0, 1e-9);
    CHECK_TEXT(why(&s, "side_mid_db"), "no side: both channels are equal");
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] *= 0.5f;
    CHECK_NEAR(value(&s, "balance_db"), 6.02, 0.01);
    CHECK_NEAR(value(&s, "side_mid_db"), 20 * log10(0.25 / 0.75), 1e-4);
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = 0;
    CHECK_TEXT(why(&s, "correlation"), "the right channel is silent");
    CHECK_NEAR(value(&s, "balance_db"), 60, 0);
    signal_free(&s);
}

/* A file of one channel equals its copy in two. */
static void dual_mono(void)
{
    static const char *const keys[] = {
        "integrated_lufs", "loudness_range_lu", "true_peak_dbtp", "sample_peak_dbfs",
        "plr_db",          "psr_p10_db",        "dr_db",          "crest_db",
        "crest_3s_db",     "limited_share",     "peak_spread_db", "correlation",
        "mono_loss_db",    "balance_db",        "dc_offset",      "end_level_db",
        "clipped_ppm"};
    struct signal one = signal_new(44100, 1), two = signal_new(44100, 2);
    signal_song(&one, 9, 0.6, 3);
    signal_extend(&two, 9);
    for (size_t i = 0; i < one.n; i++)
        two.x[0][i] = two.x[1][i] = one.x[0][i];
    struct hs_values a = signal_measure(&one, &arena), b = signal_measure(&two, &arena);
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        CHECK(isfinite(hs_values_or_nan(&a, keys[k])));
        CHECK_NEAR(hs_values_or_nan(&a, keys[k]), hs_values_or_nan(&b, keys[k]), 1e-6);
    }
    CHECK_TEXT(hs_values_why(&a, "channel_difference_db"), "one channel");
    CHECK_TEXT(hs_values_why(&b, "channel_difference_db"), "both channels are equal");
    signal_free(&one);
    signal_free(&two);
}

/* The down-mix of six channels: 0.7071 of centre and surrounds, no LFE. */
static void downmix(void)
{
    struct signal six = signal_new(48000, 6), two = signal_new(48000, 2);
    signal_extend(&six, 6);
    signal_extend(&two, 6);
    signal_add_noise(&six, 0, 0.2, 9);
    float g = 0.70710678f;
    for (size_t i = 0; i < six.n; i++) {
        two.x[0][i] = six.x[0][i] + g * six.x[2][i] + g * six.x[4][i];
        two.x[1][i] = six.x[1][i] + g * six.x[2][i] + g * six.x[5][i];
    }
    struct hs_values a = signal_measure(&six, &arena), b = signal_measure(&two, &arena);
    static const char *const keys[] = {"sample_peak_dbfs", "correlation", "balance_db", "crest_db",
                                       "side_mid_db"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        CHECK_NEAR(hs_values_or_nan(&a, keys[k]), hs_values_or_nan(&b, keys[k]), 0.002);
    signal_free(&six);
    signal_free(&two);
}

static void delay(void)
{
    for (int late = -100; late <= 100; late += 50) {
        struct signal s = signal_new(44100, 2);
        signal_extend(&s, 10);
        signal_add_noise(&s, 0, 0.2, 31);
        for (size_t i = 200; i + 200 < s.n; i++)
            s.x[1][i] = s.x[0][i + (size_t)(late + 100) - 100];
        struct hs_values v = signal_measure(&s, &arena);
        CHECK_NEAR(hs_values_or_nan(&v, "channel_delay_ms"), 1000.0 * late / 44100, 0.005);
        CHECK(hs_values_or_nan(&v, "channel_delay_ratio") > 5);
        CHECK(hs_values_or_nan(&v, "channel_inverted") == 0);
        signal_free(&s);
    }
    struct signal s = signal_new(44100, 2);
    signal_extend(&s, 10);
    signal_add_noise(&s, 0, 0.2, 31); /* unrelated: no delay stands out */
    struct hs_values v = signal_measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "channel_delay_ratio") < 2);
    CHECK(hs_values_or_nan(&v, "channel_delay_peak") < 0.3);
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = -s.x[0][i];
    v = signal_measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "channel_inverted") == 1);
    CHECK_NEAR(hs_values_or_nan(&v, "channel_delay_ms"), 0, 0.005);
    signal_free(&s);
}

/* Not a bit depends on how the audio was divided; a gain shifts levels and nothing else. */
static void relations(void)
{
    struct signal s = signal_new(22050, 2);
    signal_song(&s, 7, 0.5, 41);
    signal_extend(&s, 0.3);
    signal_song(&s, 5, 0.2, 42);
    struct hs_stream stream = signal_stream(&s);
    struct hs_values a = signal_measure_as(&s, &stream, 4096, &arena);
    static const size_t pieces[] = {1, 7, 5000};
    for (size_t p = 0; p < 3; p++) {
        struct hs_values b = signal_measure_as(&s, &stream, pieces[p], &arena);
        struct hs_buf x = {0}, y = {0};
        hs_values_pack(&a, &x);
        hs_values_pack(&b, &y);
        CHECK(x.len == y.len && !memcmp(x.data, y.data, x.len));
        hs_buf_free(&x);
        hs_buf_free(&y);
    }
    for (size_t i = 0; i < s.n; i++)
        s.x[0][i] *= 0.25f, s.x[1][i] *= 0.25f;
    struct hs_values b = signal_measure_as(&s, &stream, 4096, &arena);
    static const char *const same[] = {
        "crest_db",    "dr_db",       "correlation",   "limited_share",    "peak_spread_db",
        "crest_3s_db", "side_mid_db", "silence_share", "channel_delay_ms", "psr_p10_db"};
    for (size_t k = 0; k < sizeof same / sizeof *same; k++)
        CHECK_NEAR(hs_values_or_nan(&a, same[k]), hs_values_or_nan(&b, same[k]), 0.011);
    CHECK_NEAR(hs_values_or_nan(&b, "rms_dbfs") - hs_values_or_nan(&a, "rms_dbfs"),
               20 * log10(0.25), 1e-6);
    signal_free(&s);
}

int main(void)
{
    naive(44100);
    naive(22050);
    dynamic_range();
    limiting();
    silence_and_edges();
    stereo();
    dual_mono();
    downmix();
    delay();
    relations();
    hs_arena_free(&arena);
    return check_done();
}
