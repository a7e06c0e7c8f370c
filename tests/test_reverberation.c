/* SPDX-License-Identifier: Apache-2.0 */
/* Reverberation in a master, told from what the mix does not have: against closed forms on noise,
 * and on made songs through the whole comparison.
 * test-labels: once */
#include "made_pair.h"

#include "core/alloc.h"
#include "pair/reverberation.h"

enum { RATE = 44100, SECONDS = 21 };

static double gain_db(const struct signal *mix, const struct signal *master)
{
    struct hs_reverberation r;
    hs_reverberation_init(&r, mix->rate, 1400);
    for (size_t at = 0; at + r.n <= mix->n; at += r.hop) {
        const float *x[2] = {mix->x[0] + at, mix->x[1] + at};
        const float *y[2] = {master->x[0] + at, master->x[1] + at};
        hs_reverberation_add(&r, x, y);
    }
    double gain = hs_reverberation_gain_db(&r);
    hs_reverberation_free(&r);
    return gain;
}

static struct signal noise(double seconds, uint64_t seed)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, seconds);
    signal_add_noise(&s, 0, 0.3, seed);
    return s;
}

/* Adds `gain` times what stood `later` frames before in another signal. */
static void add_later(struct signal *to, const struct signal *from, size_t later, double gain)
{
    for (int c = 0; c < 2; c++)
        for (size_t i = later; i < to->n; i++)
            to->x[c][i] += (float)gain * from->x[c][i - later];
}

/* White noise: `echo` and `foreign` times as large as what is common, the echo so many hops
 * later. */
static double gain_of_noise(double seconds, size_t hops, double echo, double foreign)
{
    struct signal mix = noise(seconds, 1), other = noise(seconds, 2), master = noise(seconds, 1);
    add_later(&master, &mix, hops * 1024, echo);
    add_later(&master, &other, 0, foreign);
    double gain = gain_db(&mix, &master);
    signal_free(&mix);
    signal_free(&other);
    signal_free(&master);
    return gain;
}

/* What the short filter leaves is echo and foreign power, what the long one leaves the latter. */
static void closed_forms(void)
{
    static const double echo[] = {0.3, 0.7, 1.2};
    for (int i = 0; i < 3; i++) {
        double expected = 10 * log10((echo[i] * echo[i] + 0.09) / 0.09);
        CHECK_NEAR(gain_of_noise(12, 10, echo[i], 0.3), expected, 0.25);
    }
    CHECK_NEAR(gain_of_noise(6, 10, 0.7, 0.3), 10 * log10(0.58 / 0.09), 0.5); /* few frames */
    CHECK_NEAR(gain_of_noise(12, 22, 0.7, 0.3), 10 * log10(0.58 / 0.09), 0.25);
    CHECK_NEAR(gain_of_noise(12, 40, 0.7, 0.3), 0, 0.1); /* behind the long filter */
    CHECK_NEAR(gain_of_noise(12, 0, 0, 1), 0, 0.1);
    CHECK(isnan(gain_of_noise(2, 10, 0.7, 0.3))); /* too short to tell */
}

/* Four notes a second that die away, of six partials each, at any pitch and place. */
static struct signal song(uint64_t seed)
{
    struct signal s = signal_new(RATE, 2);
    struct hs_rng rng = {seed};
    signal_extend(&s, SECONDS);
    for (size_t from = 0; from < s.n; from += RATE / 4) {
        const double hz = 110 * exp2(2 * hs_rng_uniform(&rng)), left = hs_rng_uniform(&rng);
        for (size_t i = from; i < s.n && i < from + RATE / 2; i++) {
            const double t = (double)(i - from) / RATE;
            double note = 0.4 * (hs_rng_uniform(&rng) - 0.5) * exp(-80 * t);
            for (int k = 1; k <= 6; k++)
                note += 0.2 / k * exp(-9 * t) * sin(2 * HS_PI * k * hz * t);
            s.x[0][i] += (float)(left * note);
            s.x[1][i] += (float)((1 - left) * note);
        }
    }
    return s;
}

/* Four combs and two all-passes (Schroeder, JAES 10(3), 1962): 1.5 s to -60 dB. */
static void reverberate(const struct signal *dry, double gain, struct signal *out)
{
    static const double comb_ms[2][4] = {{29.7, 37.1, 41.1, 43.7}, {30.3, 36.1, 42.3, 44.9}};
    static const double pass_ms[2][2] = {{5, 1.7}, {5.3, 1.9}};
    float *wet = HS_NEW_ARRAY(float, dry->n), *in = HS_NEW_ARRAY(float, dry->n);
    for (int c = 0; c < 2; c++) {
        memset(wet, 0, dry->n * sizeof *wet);
        for (int k = 0; k < 4; k++) {
            const size_t d = (size_t)(comb_ms[c][k] * RATE / 1000);
            const double g = pow(10, -3 * comb_ms[c][k] / 1500);
            for (size_t i = 0; i < dry->n; i++) {
                in[i] = dry->x[c][i] + (float)(i >= d ? g * in[i - d] : 0);
                wet[i] += i >= d ? in[i - d] / 4 : 0;
            }
        }
        for (int k = 0; k < 2; k++) {
            const size_t d = (size_t)(pass_ms[c][k] * RATE / 1000);
            for (size_t i = 0; i < dry->n; i++) {
                in[i] = wet[i] + (i >= d ? 0.7F * in[i - d] : 0);
                wet[i] = (i >= d ? in[i - d] : 0) - 0.7F * in[i];
            }
        }
        for (size_t i = 0; i < dry->n; i++)
            out->x[c][i] += (float)gain * wet[i];
    }
    hs_free(wet);
    hs_free(in);
}

static void check_songs(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(5), other = song(9), wet = song(5), echo = song(5), more = song(5),
                  hiss = song(5);
    reverberate(&mix, 1.2, &wet);
    CHECK(gain_db(&mix, &wet) > 4);
    struct hs_pair p = pair_of(&mix, &wet, &a);
    CHECK(p.state == HS_PAIR_ALIGNED && fabs(value(&p, "delay_s")) < 0.001);
    CHECK(value(&p, "tail_change_db") > 1);
    /* Peaks are softened by what is added to them: no clipper. */
    CHECK(p.n_chain == 0 && isnan(value(&p, "distortion_db")));
    add_later(&echo, &mix, RATE * 35 / 100, 0.8);
    p = pair_of(&mix, &echo, &a);
    CHECK(p.state == HS_PAIR_ALIGNED);
    add_later(&more, &other, 0, 1); /* an instrument that the mix does not have */
    CHECK(gain_db(&mix, &more) < 1.5);
    p = pair_of(&mix, &more, &a);
    CHECK(p.state == HS_PAIR_CANNOT_SAY);
    signal_add_noise(&hiss, 0, 0.25, 3);
    CHECK(gain_db(&mix, &hiss) < 0.5);
    CHECK(gain_db(&mix, &other) < 1.5);
    p = pair_of(&mix, &other, &a);
    CHECK(p.state == HS_PAIR_DIFFERENT || p.state == HS_PAIR_CANNOT_SAY);
    struct signal *all[] = {&mix, &other, &wet, &echo, &more, &hiss};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        signal_free(all[i]);
    hs_arena_free(&a);
}

/* What all-passes smear is no reverberation: gain and tone stay as they are. */
static void check_turned(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(5), master = song(5), both = song(5);
    signal_turn_phase(&master, 200, 16);
    struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED && p.n_chain == 0);
    CHECK(isnan(value(&p, "tail_change_db")) && value(&p, "residual_db") < -12);
    /* 4 Q / w each, less in a third octave */
    CHECK(value(&p, "turned_ms") > 25 && value(&p, "turned_ms") < 45);
    CHECK(value(&p, "turned_hz") > 100 && value(&p, "turned_hz") < 260);
    const double *eq = hs_values_doubles(&p.values, "eq_db", HS_BANDS);
    for (size_t b = 0; b < HS_BANDS && eq; b++)
        CHECK(!(fabs(eq[b]) > 1));
    /* with reverberation as well it is reverberation */
    reverberate(&mix, 1.2, &both);
    signal_turn_phase(&both, 200, 16);
    p = pair_of(&mix, &both, &a);
    CHECK(isnan(value(&p, "turned_ms")));
    struct signal *all[] = {&mix, &master, &both};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        signal_free(all[i]);
    hs_arena_free(&a);
}

/* Noise at a share of the music's own level, as an encoder leaves it, softer above 2 kHz. */
static void encode(struct signal *s, double share)
{
    struct hs_rng rng = {7};
    double level = 0, low[2] = {0};
    for (size_t i = 0; i < s->n; i++) {
        level += 0.001 * (fabs((double)s->x[0][i] + (double)s->x[1][i]) - level);
        for (int c = 0; c < 2; c++) {
            low[c] += 0.25 * (2 * hs_rng_uniform(&rng) - 1 - low[c]);
            s->x[c][i] += (float)(share * level * low[c]);
        }
    }
}

/* Where the noise of an encoder is what hides the rest, phases that the short filter holds are not
 * what is told. */
static void check_hidden_by_noise(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(5), master = song(5);
    signal_turn_phase(&master, 200, 4);
    encode(&master, 0.6);
    struct hs_pair p = pair_of(&mix, &master, &a);
    const double left_db = value(&p, "residual_db");
    CHECK(p.state == HS_PAIR_ALIGNED && left_db > -20 && left_db < -12);
    CHECK(isnan(value(&p, "turned_ms")));
    signal_free(&mix), signal_free(&master), hs_arena_free(&a);
}

/* Lags that differ with the notes are no tape behind an encoder either, late bass is not lost to
 * frames that are shorter, and noise where the mix has nothing is no tone. */
static void check_left_over(void)
{
    static const struct {
        double hz, share;
        int passes;
    } rows[] = {{100, 0, 44}, {1000, 0.1, 12}, {0, 0.2, 0}};
    struct hs_arena a = {0};
    struct signal mix = song(5);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct signal master = song(5);
        signal_turn_phase(&master, rows[i].hz, rows[i].passes);
        encode(&master, rows[i].share);
        const struct hs_pair p = pair_of(&mix, &master, &a);
        CHECK(p.state == HS_PAIR_ALIGNED && p.n_chain == 0);
        CHECK(value(&p, "wow_ms") == 0 && value(&p, "drift_ppm") == 0);
        CHECK(value(&p, "residual_db") < -12);
        CHECK(rows[i].passes || isfinite(value(&p, "encoded.noise_db")));
        const double *eq = hs_values_doubles(&p.values, "eq_db", HS_BANDS);
        for (size_t b = 0; eq && b < HS_BANDS; b++)
            CHECK(!(fabs(eq[b]) > 1));
        signal_free(&master);
    }
    signal_free(&mix);
    hs_arena_free(&a);
}

/* An auto-pan, which is neither another mix nor a voice that is missing. */
static void check_panned(void)
{
    struct hs_arena a = {0};
    struct signal mix = song(5), master = song(5);
    for (size_t i = 0; i < master.n; i++) {
        const double turn = sin(2 * HS_PI * 0.2 * (double)i / RATE);
        master.x[0][i] *= (float)(0.5 + 0.495 * turn);
        master.x[1][i] *= (float)(0.5 - 0.495 * turn);
    }
    const struct hs_pair p = pair_of(&mix, &master, &a);
    CHECK(p.state == HS_PAIR_ALIGNED && p.n_chain == 0);
    CHECK(value(&p, "panned_db") > 15 && value(&p, "residual_db") < -15);
    CHECK(isnan(value(&p, "other_sound_hz[0]")) && isnan(value(&p, "tail_change_db")));
    signal_free(&mix);
    signal_free(&master);
    hs_arena_free(&a);
}

int main(void)
{
    closed_forms();
    check_songs();
    check_turned();
    check_hidden_by_noise();
    check_left_over();
    check_panned();
    return check_done();
}
