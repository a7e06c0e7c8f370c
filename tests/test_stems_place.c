/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Where stems lie in a mix and in its master: loops, bass lines, cuts, clocks, late sides. */
#include "made_stems.h"

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
    SIGNALS_FREE(&mix, &c, &d, &e);
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
    SIGNALS_FREE(&mix, &c, &bass, &guitar);
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
    SIGNALS_FREE(&mix, &c, &soft, &bass, &guitar);
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
    SIGNALS_FREE(&mix, &loop, &played);
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
    SIGNALS_FREE(&mix, &master, &bass);
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
    SIGNALS_FREE(&mix, &stem);
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
    SIGNALS_FREE(&mix, &loop);
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
    SIGNALS_FREE(&mix, &master);
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
    SIGNALS_FREE(&mix, &mono);
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
 * those of another take do by chance; the same with one sign is the song's. An output of a
 * separator is no other take. */
static void like_by_chance(void)
{
    struct signal mix = silence(), own = silence(), turned = turned_below_6k(&a);
    add(&mix, &turned, 0.5, LATE);
    add(&own, &a, 0.5, LATE);
    add(&mix, &other, 0.6, 0);
    add(&own, &other, 0.6, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a}, 1, false);
    struct hs_instruments y = fit(&own, NULL, (const struct signal *[]){&a}, 1, false);
    origin = HS_STEM_SEPARATED;
    struct hs_instruments z = fit(&mix, NULL, (const struct signal *[]){&a}, 1, false);
    origin = HS_STEM_GIVEN;
    CHECK(of(&z, 0, false)->why && strstr(of(&z, 0, false)->why, "as the separator gives it"));
    CHECK(!of(&y, 0, false)->why);
    CHECK(of(&x, 0, false)->number[HS_INSTRUMENT_BOUND_LU] < hs_instrument_inferred_lu);
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "by chance"));
    SIGNALS_FREE(&mix, &turned, &own);
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
    SIGNALS_FREE(&whole, &mix);
}

/* Two stems lie in the export and five more elsewhere, each at its own delay, as stems of another
 * song may be found: the return of an echo lies in the export, too, and not where it is like the
 * louder stem that feeds it. */
static void return_beside_strays(void)
{
    enum { STEMS = 8, RETURN = STEMS - 1, ECHO = 441 };
    struct signal mix = silence(), x[STEMS];
    const struct signal *stems[STEMS];
    for (size_t i = 0; i < STEMS; i++) {
        x[i] = i == RETURN ? silence() : noise(300 + i, true);
        if (i == RETURN)
            add(&x[i], &x[0], 0.5, ECHO);
        const double loud = i < 2 ? 0.4 : 0.25;
        add(&mix, &x[i], i == RETURN ? 0.002 : loud,
            i < 2 || i == RETURN ? LATE : LATE + i * RATE / 3);
        stems[i] = &x[i];
    }
    struct hs_instruments found = fit(&mix, NULL, stems, STEMS, false);
    CHECK_NEAR(of(&found, RETURN, false)->number[HS_INSTRUMENT_DELAY_S], (double)LATE / RATE, 1e-4);
    CHECK_NEAR(gain(&found, 0), -7.96, 0.2);
    for (size_t i = 0; i < STEMS; i++)
        signal_free(&x[i]);
    signal_free(&mix);
}

int main(void)
{
    stems_begin();
    elsewhere();
    under_a_guitar();
    later_beside_a_bass();
    loops();
    master_of_loops();
    late_side();
    muted_bar();
    another_clock();
    a_period_late();
    folded();
    cut_mix();
    like_by_chance();
    return_beside_strays();
    return stems_end();
}
