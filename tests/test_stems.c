/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Stems fitted in made mixes whose faders are known. */
#include "dsp/sinc.h"
#include "judge/fader.h"
#include "made_pair.h"
#include "stems/analyse.h"

enum { RATE = 44100, SECONDS = 12, LATE = 1000 };

static struct hs_arena arena;
static bool unmeasured; /* stems as a separator gives them */

static struct signal noise(uint64_t seed, bool stereo)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, SECONDS);
    struct hs_rng rng = {seed};
    for (size_t i = 0; i < s.n; i++)
        for (int c = 0; c < 2; c++)
            s.x[c][i] = c && !stereo ? s.x[0][i] : (float)(0.4 * hs_rng_uniform(&rng) - 0.2);
    return s;
}

/* Adds gain times x, `late` samples later. */
static void add(struct signal *to, const struct signal *x, double gain, size_t late)
{
    for (int c = 0; c < 2; c++)
        for (size_t i = late; i < to->n; i++)
            to->x[c][i] += (float)(gain * (double)x->x[c][i - late]);
}

static struct signal scaled(const struct signal *x, double gain)
{
    struct signal s = signal_new(x->rate, 2);
    signal_extend(&s, (double)x->n / x->rate);
    add(&s, x, gain, 0);
    return s;
}

static struct signal silence(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, SECONDS);
    return s;
}

/* The stems of n keys (two of one key where `twins`) in the mix and, where there is one, the
 * master. */
static struct hs_instruments fit(const struct signal *mix, const struct signal *master,
                                 const struct signal *const *stems, size_t n, bool twins)
{
    static const enum hs_stem_role roles[] = {HS_STEM_VOCAL, HS_STEM_KEYS,  HS_STEM_GUITAR,
                                              HS_STEM_OTHER, HS_STEM_OTHER, HS_STEM_OTHER};
    struct side file[2], stem[6];
    struct hs_stem_input input[6];
    struct hs_instruments found;
    struct hs_error err = {0};
    struct hs_stems_order order = {.stems = input, .n_stems = n};
    put_side(&file[0], mix, &arena);
    order.side[HS_STEM_IN_MIX] = &file[0].file;
    if (master) {
        put_side(&file[1], master, &arena);
        order.side[HS_STEM_IN_MASTER] = &file[1].file;
    }
    for (size_t i = 0; i < n; i++) {
        put_side(&stem[i], stems[i], &arena);
        if (unmeasured)
            hs_values_init(&stem[i].file.values, &arena);
        input[i] = (struct hs_stem_input){
            .file = &stem[i].file, .role = roles[i], .key = twins && i == 1 ? 0 : (int)i};
        if (twins && i == 1)
            input[i].role = roles[0];
    }
    CHECK(hs_stems_analyse(&order, &arena, &found, &err) == HS_OK);
    unlink(file[0].path);
    if (master)
        unlink(file[1].path);
    for (size_t i = 0; i < n; i++)
        unlink(stem[i].path);
    return found;
}

static const struct hs_instrument *of(const struct hs_instruments *all, int key, bool master)
{
    const enum hs_stem_side side = master ? HS_STEM_IN_MASTER : HS_STEM_IN_MIX;
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].key == key && all->items[i].side == side)
            return &all->items[i];
    CHECK(false);
    return NULL;
}

static double level(const struct hs_instruments *all, int key)
{
    return of(all, key, false)->number[HS_INSTRUMENT_LEVEL_LU];
}

static double gain(const struct hs_instruments *all, int key)
{
    return of(all, key, false)->number[HS_INSTRUMENT_GAIN_DB];
}

static struct signal a, b, other;

/* mix = 0.5 a(t - 1000) + 0.25 b(t), as it is and with b given inverted. */
static void places_and_gains(void)
{
    struct signal mix = silence(), upside_down = scaled(&b, -1);
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &b}, 2, false);
    CHECK_NEAR(of(&x, 0, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE, 1e-6);
    CHECK_NEAR(of(&x, 1, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, 0, 1e-6);
    CHECK_NEAR(gain(&x, 0), -6.02, 0.02);
    CHECK_NEAR(gain(&x, 1), -12.04, 0.02);
    CHECK_NEAR(level(&x, 0), -0.97, 0.05);
    CHECK_NEAR(level(&x, 1), -6.99, 0.05);
    CHECK(x.fit[HS_STEM_IN_MIX].residual_db < -60);
    CHECK(!x.fit[HS_STEM_IN_MASTER].tried);
    CHECK(of(&x, 0, false)->polarity == 1 && !of(&x, 0, false)->why);
    struct hs_instruments y =
        fit(&mix, NULL, (const struct signal *[]){&a, &upside_down}, 2, false);
    CHECK_NEAR(gain(&y, 1), -12.04, 0.02);
    CHECK(of(&y, 1, false)->polarity == -1);
    signal_free(&mix);
    signal_free(&upside_down);
}

/* How a stem was exported moves its gain, not its level. */
static void trims(void)
{
    struct signal mix = silence(), soft = scaled(&a, 0.1), loud = scaled(&b, 1.9953);
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &b}, 2, false);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&soft, &loud}, 2, false);
    CHECK_NEAR(gain(&y, 0) - gain(&x, 0), 20, 0.02);
    CHECK_NEAR(gain(&y, 1) - gain(&x, 1), -6, 0.02);
    for (int key = 0; key < 2; key++)
        CHECK_NEAR(level(&y, key), level(&x, key), 0.02);
    signal_free(&mix);
    signal_free(&soft);
    signal_free(&loud);
}

/* A fader raises its stem by what the mix does not rise, and lowers the others by what it does. */
static void faders(void)
{
    struct signal mix = silence(), more = silence();
    add(&mix, &a, 0.3, LATE);
    add(&mix, &b, 0.3, LATE);
    add(&more, &a, 0.3 * 1.9953, LATE);
    add(&more, &b, 0.3, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &b}, 2, false);
    struct hs_instruments y = fit(&more, NULL, (const struct signal *[]){&a, &b}, 2, false);
    const double rise = 10 * log10((1 + 3.9811) / 2);
    CHECK_NEAR(level(&y, 0) - level(&x, 0), 6 - rise, 0.03);
    CHECK_NEAR(level(&y, 1) - level(&x, 1), -rise, 0.03);
    signal_free(&mix);
    signal_free(&more);
}

/* One file given twice: under one key the sum is right, under two neither is judged. */
static void twins(void)
{
    struct signal mix = silence();
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &a, &b}, 3, true);
    CHECK_NEAR(level(&x, 0), -0.97, 0.05);
    CHECK(!of(&x, 0, false)->why);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&a, &a, &b}, 3, false);
    CHECK(of(&y, 0, false)->why && of(&y, 1, false)->why);
    CHECK(of(&y, 0, false)->like == 1 && of(&y, 1, false)->like == 0);
    CHECK(!of(&y, 2, false)->why && of(&y, 2, false)->like == HS_NO_STEM_KEY);
    CHECK_NEAR(level(&y, 2), -6.99, 0.05);
    signal_free(&mix);
}

/* Two mono files of one key, panned hard: each has no part in the other side, and the bound is as
 * small as that of the same sound in stereo. */
static void halves(void)
{
    struct signal mix = silence(), left = scaled(&a, 1), right = scaled(&a, 1);
    memcpy(left.x[1], a.x[0], a.n * sizeof(float));
    memcpy(right.x[0], a.x[1], a.n * sizeof(float));
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x =
        fit(&mix, NULL, (const struct signal *[]){&left, &right, &b}, 3, true);
    CHECK_NEAR(level(&x, 0), -0.97, 0.05);
    CHECK(!of(&x, 0, false)->why && of(&x, 0, false)->number[HS_INSTRUMENT_BOUND_LU] < 0.5);
    signal_free(&mix);
    signal_free(&left);
    signal_free(&right);
}

/* Where most stems lie at one delay the others are only confirmed there: one that begins elsewhere
 * is still found where it lies, one that runs late by five samples is, too, and a stranger refused.
 */
static void elsewhere(void)
{
    struct signal mix = silence(), c = noise(14, true), d = noise(15, true), e = noise(16, true);
    const struct signal *const stems[] = {&a, &b, &c, &d, &e, &other};
    const size_t late[] = {LATE, LATE, LATE, LATE + RATE / 2, LATE + 5};
    for (int i = 0; i < 5; i++)
        add(&mix, stems[i], 0.3, late[i]);
    struct hs_instruments x = fit(&mix, NULL, stems, 6, false);
    for (int i = 0; i < 5; i++) {
        CHECK_NEAR(of(&x, i, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, (double)late[i], 1e-6);
        CHECK_NEAR(gain(&x, i), 20 * log10(0.3), 0.02);
    }
    CHECK(of(&x, 5, false)->why != NULL);
    signal_free(&mix);
    signal_free(&c);
    signal_free(&d);
    signal_free(&e);
}

/* Notes of a quarter of a second up to this partial, each starting at this phase, each as loud as
 * it happens to be played; the same melody for every player. */
static struct signal notes(uint64_t player, int last, double phase)
{
    struct signal s = silence();
    struct hs_rng rng = {21}, hand = {player};
    double hz = 0, loud = 1;
    for (size_t i = 0; i < s.n; i++) {
        const size_t at = i % (RATE / 4);
        if (!at) {
            hz = 55 * pow(2, floor(12 * hs_rng_uniform(&rng)) / 12);
            loud = 0.2 + 0.8 * hs_rng_uniform(&hand);
        }
        double x = 0;
        for (int h = 1; h <= last; h++)
            x += sin(2 * M_PI * hz * h * (double)at / RATE + phase) / h;
        s.x[0][i] = s.x[1][i] = (float)(0.2 * loud * x * fmin(1, (double)(RATE / 4 - at) / 1000));
    }
    return s;
}

/* A soft bass under a guitar that plays its notes is most like the file some milliseconds off; more
 * of the file is explained where the others lie. */
static void under_a_guitar(void)
{
    struct signal mix = silence(), c = noise(14, true);
    struct signal bass = notes(1, 2, 0), guitar = notes(2, 12, 2);
    add(&mix, &guitar, 1, LATE);
    add(&mix, &b, 0.2, LATE);
    add(&mix, &c, 0.2, LATE);
    add(&mix, &bass, 0.4, LATE);
    struct hs_instruments x =
        fit(&mix, NULL, (const struct signal *[]){&guitar, &b, &c, &bass}, 4, false);
    CHECK_NEAR(of(&x, 3, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE, 1e-6);
    CHECK_NEAR(gain(&x, 3), 20 * log10(0.4), 0.05);
    signal_free(&mix);
    signal_free(&c);
    signal_free(&bass);
    signal_free(&guitar);
}

/* Beside such a bass, a soft stem that begins half a second later stays where it lies. */
static void later_beside_a_bass(void)
{
    struct signal mix = silence(), c = noise(14, true), soft = noise(15, true);
    struct signal bass = notes(1, 2, 0), guitar = notes(2, 12, 2);
    add(&mix, &guitar, 1, LATE);
    add(&mix, &b, 0.2, LATE);
    add(&mix, &c, 0.2, LATE);
    add(&mix, &bass, 0.4, LATE);
    add(&mix, &soft, 0.02, LATE + RATE / 2);
    struct hs_instruments x =
        fit(&mix, NULL, (const struct signal *[]){&guitar, &b, &c, &bass, &soft}, 5, false);
    CHECK_NEAR(of(&x, 3, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE, 1e-6);
    CHECK_NEAR(of(&x, 4, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE + RATE / 2, 1e-6);
    CHECK_NEAR(gain(&x, 3), 20 * log10(0.4), 0.05);
    CHECK_NEAR(gain(&x, 4), 20 * log10(0.02), 0.2);
    signal_free(&mix);
    signal_free(&c);
    signal_free(&soft);
    signal_free(&bass);
    signal_free(&guitar);
}

/* A stem of another song is refused, with or without others that belong to the mix; a muted one
 * too. */
static void strangers(void)
{
    struct signal mix = silence();
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&other}, 1, false);
    CHECK(of(&x, 0, false)->why && x.fit[HS_STEM_IN_MIX].why);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&a, &other, &b}, 3, false);
    CHECK(!of(&y, 0, false)->why && of(&y, 1, false)->why && !of(&y, 2, false)->why);
    CHECK_NEAR(level(&y, 0), -0.97, 0.05);
    signal_free(&mix);
}

/* A stem of another song instead of one of the song: what it should hold is left, and the soft one
 * that drowns in it is told which stem was not found; not where all were found. One in mono of
 * which nothing is known is not called wide. */
static void stranger_beside_a_soft_one(void)
{
    struct signal mix = silence(), left_out = noise(77, true), soft = noise(78, true);
    add(&mix, &a, 0.5, LATE);
    add(&mix, &soft, 0.015, LATE);
    add(&mix, &left_out, 0.4, LATE);
    struct hs_instruments x =
        fit(&mix, NULL, (const struct signal *[]){&a, &other, &soft}, 3, false);
    CHECK(of(&x, 2, false)->why && of(&x, 2, false)->beside == 1);
    CHECK(of(&x, 1, false)->why && of(&x, 1, false)->beside == HS_NO_STEM_KEY);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&a, &soft}, 2, false);
    CHECK(of(&y, 1, false)->why && of(&y, 1, false)->beside == HS_NO_STEM_KEY);
    struct signal far = silence();
    add(&far, &a, 0.5, LATE);
    add(&far, &b, 0.015, LATE); /* in mono */
    add(&far, &left_out, 0.4, LATE);
    struct hs_instruments z = fit(&far, NULL, (const struct signal *[]){&a, &b}, 2, false);
    CHECK(of(&z, 1, false)->why && !strstr(of(&z, 1, false)->why, "mono"));
    signal_free(&far);
    signal_free(&mix);
    signal_free(&left_out);
    signal_free(&soft);
}

/* A loop whose first bar is muted in the mix is most like it a bar later: what does not repeat says
 * where the export lies. */
static void muted_bar(void)
{
    struct signal mix = silence(), loop = silence(), played = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < loop.n; i++) {
            const float x = a.x[c][i % RATE];
            loop.x[c][i] = i < loop.n - RATE ? x : 0;
            played.x[c][i] = i < RATE ? 0 : x;
        }
    add(&mix, &played, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&loop, &b}, 2, false);
    for (int key = 0; key < 2; key++)
        CHECK_NEAR(of(&x, key, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE, 1e-6);
    signal_free(&mix);
    signal_free(&loop);
    signal_free(&played);
}

/* A bass is like itself a period later, and a master may be late by that much (the look-ahead of a
 * limiter): the other stem tells. */
static void a_period_late(void)
{
    enum { PERIOD = 220, ECHOES = 30 };
    struct signal mix = silence(), master = silence(), bass = silence();
    for (size_t i = 0; i < ECHOES; i++)
        add(&bass, &b, 0.3 * pow(0.93, (double)i), i * PERIOD);
    add(&mix, &a, 0.2, 0);
    add(&mix, &bass, 0.5, 0);
    add(&master, &mix, 1.5, PERIOD);
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&a, &bass}, 2, false);
    for (int key = 0; key < 2; key++)
        CHECK_NEAR(of(&x, key, true)->number[HS_INSTRUMENT_DELAY_S] * RATE, PERIOD, 1e-6);
    CHECK(x.fit[HS_STEM_IN_MASTER].residual_db < -40);
    signal_free(&mix);
    signal_free(&master);
    signal_free(&bass);
}

/* A stem that was played on another clock, 200 millionths fast, lies with its drift where it was.
 */
static void another_clock(void)
{
    const double fast = 1 + 200e-6;
    struct signal mix = silence(), stem = silence();
    struct hs_sinc sinc;
    hs_sinc_init(&sinc);
    add(&mix, &a, 0.25, LATE);
    add(&mix, &b, 0.5, LATE);
    hs_sinc_read(&sinc, b.x[0], b.x[1], 16, fast, stem.n - RATE, stem.x[0], stem.x[1]);
    hs_sinc_free(&sinc);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &stem}, 2, false);
    CHECK(!of(&x, 1, false)->why);
    CHECK_NEAR(of(&x, 1, false)->number[HS_INSTRUMENT_DRIFT_PPM], 200, 3);
    CHECK_NEAR(gain(&x, 1), -6.02, 0.3);
    CHECK_NEAR(gain(&x, 0), -12.04, 0.3);
    signal_free(&mix);
    signal_free(&stem);
}

/* The master is the mix 300 samples later, with a bus that breathes and a gain: the places are
 * found in both, and levels are those of the stems under that bus. */
static void master_beside_mix(void)
{
    struct signal mix = silence(), master = silence();
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    add(&master, &mix, 1, 300);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] *= (float)(1.2 + 0.5 * sin(2 * HS_PI * 1.3 * (double)i / RATE));
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&a, &b}, 2, false);
    for (int key = 0; key < 2; key++) {
        const struct hs_instrument *in = of(&x, key, true);
        CHECK_NEAR(in->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE + 300, 1e-6);
        CHECK_NEAR(in->number[HS_INSTRUMENT_LEVEL_LU], level(&x, key), 0.1);
        CHECK(!in->why);
    }
    signal_free(&mix);
    signal_free(&master);
}

static double loudness_of(const struct signal *s)
{
    return hs_values_or_nan((const struct hs_values[]){signal_measure(s, &arena)},
                            "integrated_lufs");
}

/* A bus that is pressed by 1.4 dB wherever one stem plays, and only there: the stem stands in the
 * mix as it left that bus, and the other as it did. */
static void pressed_bus(void)
{
    struct signal stem = silence(), mix = silence(), parts[2] = {silence(), silence()};
    add(&stem, &a, 1, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < stem.n; i++)
            stem.x[c][i] *= i % (2 * RATE) < RATE;
    add(&parts[0], &stem, 0.25, 0);
    add(&parts[1], &b, 0.5, 0);
    for (int p = 0; p < 2; p++) {
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < mix.n; i++)
                parts[p].x[c][i] *= i % (2 * RATE) < RATE ? 0.85f : 1;
        add(&mix, &parts[p], 1, 0);
    }
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&stem, &b}, 2, false);
    for (int key = 0; key < 2; key++) {
        CHECK_NEAR(level(&x, key), loudness_of(&parts[key]) - loudness_of(&mix), 0.15);
        signal_free(&parts[key]);
    }
    signal_free(&stem);
    signal_free(&mix);
}

/* Soft hits that sound only where a limiter turns loud ones down: what it leaves is of all, and not
 * of the soft ones alone. */
static void soft_hits_limited(void)
{
    struct signal mix = silence(), master = silence(), loud = silence(), soft = silence();
    double peak = 1e-9;
    add(&loud, &a, 1, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < loud.n; i++) {
            const bool hit = fmod((double)i / RATE, 0.5) < 0.06;
            const float low = i ? (b.x[c][i] + b.x[c][i - 1]) / 2 : 0;
            soft.x[c][i] = hit ? low : 0;
            loud.x[c][i] *= hit ? 1 : 0.3F;
        }
    add(&mix, &loud, 0.5, LATE);
    add(&mix, &soft, 0.05, LATE);
    for (size_t i = 0; i < mix.n; i++) { /* the gain of a limiter, back within 2 ms */
        const double now = fmax(fabs((double)mix.x[0][i]), fabs((double)mix.x[1][i]));
        peak = fmax(now, 0.99 * peak);
        for (int c = 0; c < 2; c++)
            master.x[c][i] = (float)((double)mix.x[c][i] * fmin(1, 0.075 / peak));
    }
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&loud, &soft}, 2, false);
    const struct hs_instrument *in = of(&x, 1, true);
    CHECK(!in->why && in->number[HS_INSTRUMENT_BOUND_LU] < hs_instrument_inferred_lu);
    signal_free(&mix);
    signal_free(&master);
    signal_free(&loud);
    signal_free(&soft);
}

/* A master that begins later in the song: how loud the stem is as a whole says nothing of it. */
static void trimmed_master(void)
{
    struct signal stem = silence(), mix = silence(), master = silence();
    const size_t cut = mix.n / 10;
    add(&stem, &a, 1, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < cut; i++)
            stem.x[c][i] *= 1.3f;
    add(&mix, &stem, 0.5, 0);
    add(&mix, &b, 0.5, 0);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i + cut < mix.n; i++)
            master.x[c][i] = mix.x[c][i + cut];
    struct hs_instruments x = fit(&mix, &master, (const struct signal *[]){&stem, &b}, 2, false);
    CHECK(!of(&x, 0, true)->why);
    CHECK_NEAR(of(&x, 0, true)->number[HS_INSTRUMENT_LEVEL_LU], 10 * log10(0.5), 0.1);
    signal_free(&stem);
    signal_free(&mix);
    signal_free(&master);
}

/* Hits that ring for a moment: which blocks of 400 ms pass the gate hangs on where they begin. The
 * silence before a stem that was exported from bar 1 changes nothing of what it alone says of that.
 */
static void silence_before_hits(void)
{
    struct signal mix = silence(), hits = silence(), ahead = silence();
    const size_t lead = RATE * 3 / 10;
    struct signal early = silence(), early_ahead = silence(), beside = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < hits.n; i++) {
            const double at_s = fmod((double)i / RATE + 0.21, 1.6);
            hits.x[c][i] = i < RATE ? 0 : a.x[c][i] * (float)exp(-at_s / 0.05);
        }
    add(&mix, &hits, 0.5, 0);
    add(&mix, &b, 0.25, 0);
    add(&ahead, &hits, 0.5, lead);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&hits, &b}, 2, false);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&ahead, &b}, 2, false);
    CHECK_NEAR(level(&y, 0), level(&x, 0), 0.02);
    /* nor does it matter that a mono stem was exported on one side */
    struct signal mono = noise(79, false), centred = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < mono.n; i++)
            mono.x[c][i] *= (float)exp(-fmod((double)i / RATE + 0.21, 1.6) / 0.05);
    add(&centred, &mono, 0.5, 0);
    add(&centred, &b, 0.25, 0);
    struct hs_instruments u = fit(&centred, NULL, (const struct signal *[]){&mono, &b}, 2, false);
    memset(mono.x[1], 0, mono.n * sizeof(float));
    struct hs_instruments v = fit(&centred, NULL, (const struct signal *[]){&mono, &b}, 2, false);
    CHECK_NEAR(level(&v, 0), level(&u, 0), 0.02);
    signal_free(&mono);
    signal_free(&centred);
    /* what sounds at the very start alone: the silence before it is in no block of the file */
    for (int c = 0; c < 2; c++)
        memcpy(early.x[c], a.x[c], 2 * RATE * sizeof(float));
    add(&beside, &early, 0.5, 0);
    add(&beside, &b, 0.25, 0);
    add(&early_ahead, &early, 0.5, lead);
    struct hs_instruments p = fit(&beside, NULL, (const struct signal *[]){&early, &b}, 2, false);
    struct hs_instruments q =
        fit(&beside, NULL, (const struct signal *[]){&early_ahead, &b}, 2, false);
    CHECK_NEAR(level(&q, 0), level(&p, 0), 0.15);
    signal_free(&early);
    signal_free(&early_ahead);
    signal_free(&beside);
    signal_free(&mix);
    signal_free(&hits);
    signal_free(&ahead);
}

/* What no stem explains is said; a stem that is silent, and none at all, are no error. */
static void odd_ones(void)
{
    struct signal mix = silence(), nothing = silence();
    add(&mix, &a, 0.3, 0);
    add(&mix, &b, 0.4, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a}, 1, false);
    CHECK(x.fit[HS_STEM_IN_MIX].missing != NULL && !of(&x, 0, false)->why);
    CHECK_NEAR(level(&x, 0), 10 * log10(0.09 / 0.25), 0.1);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&nothing}, 1, false);
    CHECK_TEXT(of(&y, 0, false)->why, "the stem is silent");
    struct hs_instruments beside =
        fit(&mix, NULL, (const struct signal *[]){&a, &nothing, &b}, 3, false);
    CHECK_TEXT(of(&beside, 1, false)->why, "the stem is silent");
    CHECK(!of(&beside, 0, false)->why && !of(&beside, 2, false)->why);
    struct hs_instruments z = fit(&mix, NULL, NULL, 0, false);
    CHECK(z.n == 0);
    signal_free(&mix);
    signal_free(&nothing);
}

/* What a separator made has no measures, and may begin with silence of its own. */
static void late_and_unmeasured(void)
{
    struct signal mix = silence(), late = silence();
    add(&mix, &a, 0.5, 0);
    add(&mix, &b, 0.25, 0);
    add(&late, &a, 1, 4 * RATE);
    unmeasured = true;
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&late}, 1, false);
    unmeasured = false;
    CHECK_NEAR(of(&x, 0, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, -4 * RATE, 1e-6);
    signal_free(&mix);
    signal_free(&late);
}

/* One hit has no loudness to speak of. */
static void one_hit(void)
{
    struct signal mix = silence(), hit = silence();
    for (int c = 0; c < 2; c++)
        memcpy(hit.x[c] + 2 * RATE, a.x[c], RATE / 12 * sizeof(float));
    add(&mix, &hit, 1, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&hit, &b}, 2, false);
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "less than a second"));
    CHECK(!of(&x, 1, false)->why);
    signal_free(&mix);
    signal_free(&hit);
}

/* The song itself among its stems is left out, and the others are what they are. */
static void the_song_as_a_stem(void)
{
    struct signal mix = silence();
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &b, &mix}, 3, false);
    CHECK(of(&x, 2, false)->why && strstr(of(&x, 2, false)->why, "left out"));
    CHECK(!of(&x, 0, false)->why && !of(&x, 1, false)->why);
    CHECK_NEAR(level(&x, 0), -0.97, 0.05);
    CHECK_NEAR(level(&x, 1), -6.99, 0.05);
    /* a part that is nearly all of it, and comes first */
    struct signal solo = silence();
    add(&solo, &a, 0.5, LATE);
    add(&solo, &b, 0.136, LATE);
    struct hs_instruments p = fit(&solo, NULL, (const struct signal *[]){&a, &b, &solo}, 3, false);
    CHECK(!of(&p, 0, false)->why && of(&p, 2, false)->why != NULL);
    CHECK_NEAR(level(&p, 1), 10 * log10(0.136 * 0.136 / (0.25 + 0.136 * 0.136)), 0.1);
    signal_free(&solo);
    struct hs_instruments sum = fit(&mix, NULL, (const struct signal *[]){&a, &mix, &b}, 3, true);
    CHECK(of(&sum, 0, false)->why != NULL); /* a key that holds a part and the whole */
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&mix}, 1, false);
    CHECK(of(&y, 0, false)->why && strstr(of(&y, 0, false)->why, "all of this file"));
    struct signal nothing = silence(); /* as a separator gives it that copies what it was given */
    struct hs_instruments z = fit(&mix, NULL, (const struct signal *[]){&mix, &nothing}, 2, false);
    CHECK(of(&z, 0, false)->why && strstr(of(&z, 0, false)->why, "all of this file"));
    signal_free(&nothing);
    signal_free(&mix);
}

/* Phrases of 0.9 s with pauses of 0.6 s. */
static struct signal phrases(const struct signal *x)
{
    struct signal s = scaled(x, 1);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] *= fmod((double)i / RATE, 1.5) < 0.9;
    return s;
}

/* Both sides of a stem are other noises; it is given as their sum: half of its power is not found,
 * and its bound says so. */
static void wide_one_in_mono(void)
{
    struct signal mix = silence(), sum = silence(), wide = phrases(&a);
    add(&mix, &wide, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    for (size_t i = 0; i < sum.n; i++)
        sum.x[0][i] = sum.x[1][i] = (wide.x[0][i] + wide.x[1][i]) / 2;
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&sum, &b}, 2, false);
    /* Gains of a channel are half, and the sum of both has half the power. */
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&wide, &b}, 2, false);
    const double truth = level(&y, 0), found = level(&x, 0);
    CHECK_NEAR(found, truth - 3.01, 0.2);
    CHECK(of(&x, 0, false)->number[HS_INSTRUMENT_BOUND_LU] > truth - found);
    CHECK(!of(&y, 0, false)->why);
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "given in mono"));
    CHECK(!of(&x, 1, false)->why);
    signal_free(&mix);
    signal_free(&sum);
    signal_free(&wide);
}

/* Its convolution with noise that falls by 60 dB in 1.2 s, wet_db under it; by blocks of 1 ms, each
 * with an echo of its own and a sign of its own. */
static struct signal ringing(const struct signal *dry, double wet_db)
{
    enum { STEP = 441, ECHOES = 120 };
    struct signal s = silence();
    struct hs_rng rng = {77};
    double power = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t e = 1; e <= ECHOES; e++) {
            const double gain = pow(10, -3 * (double)(e * STEP) / RATE / 1.2);
            const size_t late = e * STEP + hs_rng_below(&rng, STEP);
            if (pass)
                add(&s, dry,
                    gain * (hs_rng_uniform(&rng) < .5 ? -1 : 1) / sqrt(power) *
                        pow(10, wet_db / 20),
                    late);
            else
                power += gain * gain;
        }
    return s;
}

static double wetness(const struct signal *voice, const struct signal *rings)
{
    struct signal mix = silence();
    add(&mix, voice, 0.5, LATE);
    add(&mix, &a, 0.05, LATE);
    if (rings)
        add(&mix, rings, 0.5, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){voice, &a}, 2, false);
    signal_free(&mix);
    return of(&x, 0, false)->number[HS_INSTRUMENT_WET_DB];
}

/* A dry voice whose phrases end softly: the last 0.2 s lie 15 dB lower, then all is silent. */
static double spoken_wetness(void)
{
    struct signal spoken = scaled(&b, 1);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < spoken.n; i++) {
            const double at_s = fmod((double)i / RATE, 1.5);
            spoken.x[c][i] *= at_s < 0.9 ? 1 : at_s < 1.1 ? 0.18F : 0;
        }
    const double wet_db = wetness(&spoken, NULL);
    signal_free(&spoken);
    return wet_db;
}

/* A voice beside louder hits; what rings is both of them in one room, or the voice alone. No return
 * is given. */
static double room_wetness(const struct signal *voice, bool hits_too, double wet_db)
{
    struct signal mix = silence(), hits = scaled(&a, 1), sent = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < hits.n; i++)
            hits.x[c][i] *= fmod((double)i / RATE + 0.8, 1.5) < 0.2 ? 1 : 0;
    add(&sent, voice, 0.1, 0);
    if (hits_too)
        add(&sent, &hits, 0.5, 0);
    struct signal rings = ringing(&sent, wet_db);
    add(&mix, voice, 0.1, LATE);
    add(&mix, &hits, 0.5, LATE);
    add(&mix, &rings, 1, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){voice, &hits}, 2, false);
    signal_free(&mix);
    signal_free(&hits);
    signal_free(&sent);
    signal_free(&rings);
    return of(&x, 0, false)->number[HS_INSTRUMENT_WET_DB];
}

/* A band that was not given swells in the pauses of a dry voice: it is not the voice that rings. */
static double band_alone_wetness(const struct signal *voice)
{
    struct signal mix = silence(), band = scaled(&other, 1);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < band.n; i++)
            band.x[c][i] *= fmod((double)i / RATE, 1.5) < 0.9 ? 1 : 1.3F;
    add(&mix, voice, 0.5, LATE);
    add(&mix, &band, 0.5, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){voice}, 1, false);
    signal_free(&mix);
    signal_free(&band);
    return of(&x, 0, false)->number[HS_INSTRUMENT_WET_DB];
}

/* A stem in stereo that a pan pot folds to the left. */
static void folded(void)
{
    struct signal mix = silence(), mono = silence();
    for (size_t i = 0; i < mono.n; i++)
        mono.x[0][i] = (a.x[0][i] + a.x[1][i]) / 2;
    add(&mix, &mono, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &b}, 2, false);
    CHECK(x.fit[HS_STEM_IN_MIX].residual_db < -50);
    CHECK(!of(&x, 0, false)->why && !of(&x, 1, false)->why);
    CHECK_NEAR(level(&x, 0), 10 * log10(0.125 / (0.125 + 0.125)), 0.1);
    CHECK_NEAR(gain(&x, 1), -12.04, 0.02);
    CHECK(of(&x, 0, false)->number[HS_INSTRUMENT_BALANCE_DB] > 20);
    signal_free(&mix);
    signal_free(&mono);
}

/* What lies below 6 kHz with the other sign. */
static struct signal turned_below_6k(const struct signal *x)
{
    enum { HALF = 40 };
    struct signal y = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = HALF; i + HALF < x->n; i++) {
            double low = 0;
            for (int k = -HALF; k <= HALF; k++) {
                const double t = 2 * 6000.0 / RATE * k, w = 0.5 + 0.5 * cos(M_PI * k / (HALF + 1));
                low += w * 2 * 6000.0 / RATE * (k ? sin(M_PI * t) / (M_PI * t) : 1) *
                       (double)x->x[c][(size_t)((long)i + k)];
            }
            y.x[c][i] = (float)((double)x->x[c][i] - 2 * low);
        }
    return y;
}

/* Beside something that was not given, a stem whose bands lie in the file with other signs, as
 * those of another take do by chance; the same with one sign is the song's. */
static void like_by_chance(void)
{
    struct signal mix = silence(), own = silence(), turned = turned_below_6k(&a);
    add(&mix, &turned, 0.5, LATE);
    add(&own, &a, 0.5, LATE);
    add(&mix, &other, 0.6, 0);
    add(&own, &other, 0.6, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a}, 1, false);
    struct hs_instruments y = fit(&own, NULL, (const struct signal *[]){&a}, 1, false);
    CHECK(!of(&y, 0, false)->why);
    CHECK(of(&x, 0, false)->number[HS_INSTRUMENT_BOUND_LU] < hs_instrument_inferred_lu);
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "by chance"));
    signal_free(&mix);
    signal_free(&turned);
    signal_free(&own);
}

/* A mix from which 2 s were taken out at 0:04, and begins 0.5 s later than the stems. */
static void cut_mix(void)
{
    struct signal whole = silence(), mix = silence();
    const size_t at = 4 * RATE, gone = 2 * RATE, late = RATE / 2;
    add(&whole, &a, 0.5, late);
    add(&whole, &b, 0.25, late);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i + (i < at ? 0 : gone) < whole.n; i++)
            mix.x[c][i] = whole.x[c][i + (i < at ? 0 : gone)];
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &b}, 2, false);
    const char *told = x.fit[HS_STEM_IN_MIX].missing;
    CHECK(told && strstr(told, "from 0:04 on they lie 2.0 s earlier"));
    CHECK(x.fit[HS_STEM_IN_MIX].residual_db < -15);
    CHECK(!of(&x, 0, false)->why && !of(&x, 1, false)->why);
    CHECK_NEAR(gain(&x, 0), -6.02, 0.4); /* the stems play on where the mix has ended */
    CHECK_NEAR(level(&x, 1), -6.99, 0.1);
    signal_free(&whole);
    signal_free(&mix);
}

/* A voice over the whole song that was not given, and covers no zone by itself. */
static void missing_voice(void)
{
    struct signal mix = silence(), all = silence();
    add(&mix, &a, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    add(&all, &mix, 1, 0);
    add(&mix, &other, 0.25, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &b}, 2, false);
    CHECK(x.fit[HS_STEM_IN_MIX].missing && strstr(x.fit[HS_STEM_IN_MIX].missing, "in no stem"));
    struct hs_instruments y = fit(&all, NULL, (const struct signal *[]){&a, &b}, 2, false);
    CHECK(!y.fit[HS_STEM_IN_MIX].missing);
    signal_free(&mix);
    signal_free(&all);
}

/* A voice is as wet with the reverb in its stem as with a reverb in the mix alone. */
static void wet_ones(void)
{
    struct signal dry = phrases(&b), rings = ringing(&dry, -10), baked = scaled(&dry, 1);
    struct signal louder = ringing(&dry, -4);
    add(&baked, &rings, 1, 0);
    const double none = wetness(&dry, NULL), inside = wetness(&baked, NULL);
    const double outside = wetness(&dry, &rings), more = wetness(&dry, &louder);
    CHECK(none < -25);
    CHECK(spoken_wetness() < -25);
    CHECK(!isfinite(band_alone_wetness(&dry)));
    CHECK_NEAR(room_wetness(&dry, true, -13), -13, 3);
    CHECK_NEAR(room_wetness(&dry, false, -6), -6, 3);
    CHECK_NEAR(inside, -10, 2.5);
    CHECK_NEAR(outside, -10, 2.5);
    CHECK_NEAR(more - outside, 6, 1.5);
    signal_free(&dry);
    signal_free(&rings);
    signal_free(&louder);
    signal_free(&baked);
}

/* A loop of 1.5 s is like itself a loop later, too: it lies where the others do, though it is
 * looked for before them. */
static void loops(void)
{
    struct signal mix = silence(), loop = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < loop.n; i++)
            loop.x[c][i] = b.x[c][i % (3 * RATE / 2)];
    add(&mix, &loop, 0.2, LATE);
    add(&mix, &a, 0.5, LATE);
    add(&mix, &other, 0.3, LATE);
    struct hs_instruments x =
        fit(&mix, NULL, (const struct signal *[]){&loop, &a, &other}, 3, false);
    for (int key = 0; key < 3; key++)
        CHECK_NEAR(of(&x, key, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, LATE, 1e-6);
    CHECK_NEAR(level(&x, 0), 10 * log10(0.04 / 0.38), 0.1);
    signal_free(&mix);
    signal_free(&loop);
}

/* Where all stems are loops, each of another length, and longer than what is looked at of them, the
 * mix as a whole says where a late master lies: every one of them fits a loop later as well. */
static void master_of_loops(void)
{
    enum { N = 3, LOOPED_S = 64 };
    static const size_t length[N] = {7 * RATE / 2, 9 * RATE / 2, 11 * RATE / 2};
    const struct signal *const of_one[N] = {&a, &b, &other};
    struct signal mix = signal_new(RATE, 2), master = signal_new(RATE, 2), loop[N];
    signal_extend(&mix, LOOPED_S);
    signal_extend(&master, LOOPED_S);
    for (int k = 0; k < N; k++) {
        loop[k] = signal_new(RATE, 2);
        signal_extend(&loop[k], LOOPED_S);
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < loop[k].n; i++)
                loop[k].x[c][i] = of_one[k]->x[c][i % length[k]];
        add(&mix, &loop[k], 0.3, 0);
    }
    add(&master, &mix, 1.5, 300);
    struct hs_instruments x =
        fit(&mix, &master, (const struct signal *[]){&loop[0], &loop[1], &loop[2]}, N, false);
    for (int key = 0; key < N; key++) {
        const struct hs_instrument *in = of(&x, key, true);
        CHECK_NEAR(in->number[HS_INSTRUMENT_DELAY_S] * RATE, 300, 1e-6);
        CHECK_NEAR(in->number[HS_INSTRUMENT_LEVEL_LU], level(&x, key), 0.1);
        signal_free(&loop[key]);
    }
    signal_free(&mix);
    signal_free(&master);
}

/* A channel that was widened by delaying one side of it: all of it counts, at the fader that both
 * sides have, whichever side it is. */
static void late_side(void)
{
    enum { HAAS = 882 };
    for (int late = 0; late < 2; late++) {
        struct signal mix = silence(), master = silence();
        add(&mix, &a, 0.2, 0);
        add(&mix, &other, 0.1, 0);
        for (int c = 0; c < 2; c++)
            for (size_t i = HAAS; i < mix.n; i++)
                mix.x[c][i] += 0.25F * b.x[c][c == late ? i - HAAS : i];
        add(&master, &mix, 1.5, 100);
        struct hs_instruments x =
            fit(&mix, &master, (const struct signal *[]){&a, &b, &other}, 3, false);
        for (int side = 0; side < 2; side++) {
            const struct hs_instrument *in = of(&x, 1, side);
            CHECK(!in->why);
            CHECK_NEAR(in->number[HS_INSTRUMENT_LEVEL_LU], 10 * log10(0.0625 / 0.1125), 0.1);
            CHECK_NEAR(in->number[HS_INSTRUMENT_DELAY_S] * RATE, side ? 100 : 0, 1e-6);
            CHECK_NEAR(in->number[HS_INSTRUMENT_GAIN_DB], side ? -8.52 : -12.04, 0.1);
            CHECK(in->number[HS_INSTRUMENT_BOUND_LU] <= 0.5);
        }
        CHECK(x.fit[HS_STEM_IN_MIX].residual_db < -40);
        signal_free(&mix);
        signal_free(&master);
    }
}

/* A submix beside its parts: it is told so and left out, its parts are told apart, and its role is
 * read once, from them. */
static void submix_beside_its_parts(void)
{
    struct signal mix = silence(), sub = silence(), third = noise(14, true);
    add(&sub, &a, 0.8, 0);
    add(&sub, &b, 0.5, 0);
    add(&mix, &sub, 0.25, LATE);
    add(&mix, &other, 0.3, LATE);
    add(&mix, &third, 0.2, LATE);
    struct hs_instruments x =
        fit(&mix, NULL, (const struct signal *[]){&sub, &a, &b, &other, &third}, 5, false);
    const double part[] = {0, 0.04, 0.015625, 0.09, 0.04}, all = 0.185625;
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "together"));
    for (int key = 1; key < 5; key++) {
        CHECK(!of(&x, key, false)->why);
        CHECK_NEAR(level(&x, key), 10 * log10(part[key] / all), 0.1);
    }
    const struct hs_instrument *role = hs_instrument_of_role(&x, HS_STEM_VOCAL, HS_STEM_IN_MIX);
    CHECK(role && role->key == HS_NO_STEM_KEY && !role->why);
    CHECK_NEAR(role->number[HS_INSTRUMENT_LEVEL_LU], 10 * log10(0.055625 / all), 0.1);
    signal_free(&mix);
    signal_free(&sub);
    signal_free(&third);
}

/* Short hits, then a soft line; the fader is ridden so that the line is the louder one. What frames
 * blur of hits, which alone pass the gate of the stem as it was given, is not blurred in the file.
 */
static void ridden_line(void)
{
    struct signal mix = silence(), stem = silence(), ridden = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < stem.n; i++) {
            const double at_s = (double)i / RATE;
            const bool early = at_s < SECONDS / 2;
            const double hit = exp(-fmod(at_s, 1.1) / 0.02);
            stem.x[c][i] = (float)((early ? hit : 0.05) * (double)b.x[c][i]);
            ridden.x[c][i] = (early ? 0.1F : 1) * stem.x[c][i];
        }
    add(&mix, &ridden, 1, 0);
    add(&mix, &a, 0.03, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&stem, &a}, 2, false);
    const struct hs_instrument *in = of(&x, 0, false);
    const double truth = loudness_of(&ridden) - loudness_of(&mix);
    CHECK(in->why || fabs(level(&x, 0) - truth) <= in->number[HS_INSTRUMENT_BOUND_LU]);
    signal_free(&mix);
    signal_free(&stem);
    signal_free(&ridden);
}

/* What is stored is what was found. */
static void stored(void)
{
    struct signal mix = silence();
    struct hs_buf bytes = {0};
    struct hs_instruments back;
    add(&mix, &a, 0.5, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a}, 1, false);
    hs_instruments_pack(&x, &bytes);
    CHECK(hs_instruments_unpack(&back, &arena, bytes.data, bytes.len, NULL) == HS_OK);
    CHECK(back.n == x.n && back.items[0].n_course == x.items[0].n_course);
    CHECK_NEAR(level(&back, 0), level(&x, 0), 0);
    CHECK_NEAR(back.items[0].tone_db[2], x.items[0].tone_db[2], 0);
    for (size_t n = 0; n < bytes.len; n += 7)
        CHECK(hs_instruments_unpack(&back, &arena, bytes.data, n, NULL) != HS_OK);
    hs_buf_free(&bytes);
    signal_free(&mix);
}

static void role_words(void)
{
    static const struct {
        const char *name;
        enum hs_stem_role role;
    } rows[] = {
        {"vox", HS_STEM_VOCAL},
        {"Lead Vox 2", HS_STEM_VOCAL},
        {"lead", HS_STEM_VOCAL},
        {"lead guitar", HS_STEM_GUITAR},
        {"guitOne", HS_STEM_GUITAR},
        {"kick in", HS_STEM_KICK},
        {"bass drum", HS_STEM_KICK},
        {"Bass DI", HS_STEM_BASS},
        {"bass guitar", HS_STEM_BASS},
        {"snare_top", HS_STEM_SNARE},
        {"SD", HS_STEM_SNARE},
        {"tomThree", HS_STEM_DRUMS},
        {"OH L", HS_STEM_DRUMS},
        {"drums", HS_STEM_DRUMS},
        {"vocal reverb", HS_STEM_FX},
        {"fx", HS_STEM_FX},
        {"Grand Piano", HS_STEM_KEYS},
        {"strings", HS_STEM_STRINGS},
        {"01-Audio", HS_STEM_OTHER},
        {"", HS_STEM_OTHER},
        {"other", HS_STEM_OTHER},
        {"backing", HS_STEM_OTHER},
        {"Backing Track", HS_STEM_OTHER},
        {"backing vocals", HS_STEM_VOCAL},
        {"vox rev2", HS_STEM_VOCAL},
        {"Vox Rev", HS_STEM_FX},
        {"hats", HS_STEM_DRUMS},
        {"hate this", HS_STEM_OTHER},
        {"Tomorrow", HS_STEM_OTHER},
        {"singles", HS_STEM_OTHER},
        {"Rapid fire", HS_STEM_OTHER},
        {"Gitarre 1", HS_STEM_GUITAR},
        {"bd1", HS_STEM_KICK},
        {"Synth Bass", HS_STEM_BASS},
        {"bass synth", HS_STEM_BASS},
        {"FX2", HS_STEM_FX},
        {"no_vocals", HS_STEM_OTHER},
        {"Song_(No Drums)", HS_STEM_OTHER},
        {"minus guitar", HS_STEM_OTHER},
        {"everything but the drums", HS_STEM_OTHER},
        {"vocals removed", HS_STEM_OTHER},
        {"mix w/o bass", HS_STEM_OTHER},
        {"drumless", HS_STEM_OTHER},
        {"Song No. 2 vocals", HS_STEM_VOCAL},
        {"drums and bass", HS_STEM_OTHER},
        {"bass+drums", HS_STEM_OTHER},
        {"gtr & keys", HS_STEM_OTHER},
        {"vocals+fx", HS_STEM_OTHER},
        {"kick + snare", HS_STEM_DRUMS},
        {"cymbals and percussion", HS_STEM_DRUMS},
        {"snare top+bottom", HS_STEM_SNARE},
        {"lead and backing vox", HS_STEM_VOCAL},
        {"bassoon", HS_STEM_OTHER},
        {"bass clarinet", HS_STEM_OTHER},
        {"02 Sn top", HS_STEM_SNARE},
        {"Snr bot", HS_STEM_SNARE},
        {"07 Bs DI", HS_STEM_BASS},
        {"12 Rhds", HS_STEM_KEYS},
        {"snap", HS_STEM_OTHER},
        {"NoVocals", HS_STEM_OTHER},
        {"novox", HS_STEM_OTHER},
        {"Instrumental (no lead vox)", HS_STEM_OTHER},
        {"song minus guitar", HS_STEM_OTHER},
        {"w/o drums", HS_STEM_OTHER},
        {"all without the drums", HS_STEM_OTHER},
        {"guitar (muted)", HS_STEM_GUITAR},
        {"guitar muted", HS_STEM_OTHER},
        {"lead vox (no fx)", HS_STEM_VOCAL},
        {"vocal no reverb", HS_STEM_VOCAL},
        {"Vocals No. 2", HS_STEM_VOCAL},
        {"No 3 Bass", HS_STEM_BASS},
        {"drums no kick", HS_STEM_DRUMS},
        {"nordic bass", HS_STEM_BASS},
        {"bass drums", HS_STEM_OTHER},
        {"vocals_guitar", HS_STEM_OTHER},
        {"Drums - Kick", HS_STEM_KICK},
        {"fx and vocals", HS_STEM_OTHER},
        {"lead and rhythm guitar", HS_STEM_GUITAR},
        {"string bass", HS_STEM_BASS},
        {"guitar bass", HS_STEM_BASS},
        {"Bass Clarinet", HS_STEM_OTHER},
        {"claves", HS_STEM_DRUMS},
        {"Clavinet", HS_STEM_KEYS},
        {"synth strings", HS_STEM_STRINGS},
        {"03Kick", HS_STEM_KICK},
        {"DryVocal", HS_STEM_VOCAL},
        {"organic loop", HS_STEM_OTHER},
        {"wooden drums", HS_STEM_DRUMS},
        {"Butter Bass", HS_STEM_BASS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (hs_stem_role_of(rows[i].name) != rows[i].role) {
            printf("%s is read as %s\n", rows[i].name,
                   hs_stem_role_name(hs_stem_role_of(rows[i].name)));
            CHECK(false);
        }
    CHECK(hs_stem_is_whole_kit("Drums L+R") && !hs_stem_is_whole_kit("hats") &&
          !hs_stem_is_whole_kit("kick + snare"));
}

/* A fader that moves its level by what is wanted, against the powers of the sums. */
static void fader_moves(void)
{
    for (double share = 0.02; share < 0.9; share += 0.17)
        for (double move = -9; move <= 9; move += 3) {
            const double power = pow(10, move / 10);
            double moved = 10 * log10(power / (share * power + 1 - share));
            CHECK_NEAR(hs_fader_gives(move, share), moved, 1e-9);
            CHECK_NEAR(hs_fader_for(moved, share, 12), move, 1e-9);
        }
    CHECK_NEAR(hs_fader_for(6, 0.6, 12), 12, 0); /* never by so much */
}

int main(void)
{
    a = noise(11, true);
    b = noise(12, false);
    other = noise(13, true);
    places_and_gains();
    trims();
    faders();
    twins();
    halves();
    strangers();
    stranger_beside_a_soft_one();
    elsewhere();
    under_a_guitar();
    later_beside_a_bass();
    loops();
    master_of_loops();
    late_side();
    submix_beside_its_parts();
    ridden_line();
    muted_bar();
    master_beside_mix();
    another_clock();
    a_period_late();
    pressed_bus();
    soft_hits_limited();
    trimmed_master();
    silence_before_hits();
    odd_ones();
    late_and_unmeasured();
    one_hit();
    the_song_as_a_stem();
    wide_one_in_mono();
    folded();
    cut_mix();
    like_by_chance();
    missing_voice();
    wet_ones();
    stored();
    role_words();
    fader_moves();
    signal_free(&a);
    signal_free(&b);
    signal_free(&other);
    hs_arena_free(&arena);
    return check_done();
}
