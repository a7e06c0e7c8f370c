/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Stems fitted in made mixes whose faders are known: places, gains, trims, faders, and what is
 * refused. */
#include "made_stems.h"

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
    SIGNALS_FREE(&mix, &upside_down);
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
    SIGNALS_FREE(&mix, &soft, &loud);
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
    SIGNALS_FREE(&mix, &more);
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
    SIGNALS_FREE(&mix, &left, &right);
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
    SIGNALS_FREE(&far, &mix, &left_out, &soft);
}

/* A return takes the delay of the others, but where it was exported from another start it is found
 * there. */
static void return_from_another_start(void)
{
    enum { LEAD = 20000, RETURN = 7 };
    struct signal mix = silence(), nothing = silence(), wet = noise(79, true), given = silence();
    add(&mix, &a, 0.5, 0);
    add(&mix, &b, 0.4, 0);
    add(&mix, &wet, 0.3, 0);
    add(&given, &wet, 1, LEAD);
    const struct signal *stems[RETURN + 1] = {&a, &b};
    for (int i = 2; i < RETURN; i++)
        stems[i] = &nothing;
    stems[RETURN] = &given;
    struct hs_instruments x = fit(&mix, NULL, stems, RETURN + 1, false);
    CHECK_NEAR(of(&x, RETURN, false)->number[HS_INSTRUMENT_DELAY_S] * RATE, -LEAD, 1e-6);
    CHECK_NEAR(of(&x, RETURN, false)->number[HS_INSTRUMENT_GAIN_DB], 20 * log10(0.3), 0.05);
    CHECK_NEAR(of(&x, 0, false)->number[HS_INSTRUMENT_GAIN_DB], 20 * log10(0.5), 0.05);
    SIGNALS_FREE(&mix, &nothing, &wet, &given);
}

/* What no stem explains is said; a stem that is silent, and none at all, are no error. */
static void odd_ones(void)
{
    const char *silent =
        "the stem is silent: if its track was muted when it was exported, export it again";
    struct signal mix = silence(), nothing = silence();
    add(&mix, &a, 0.3, 0);
    add(&mix, &b, 0.4, 0);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a}, 1, false);
    CHECK(x.fit[HS_STEM_IN_MIX].missing != NULL && !of(&x, 0, false)->why);
    CHECK_NEAR(level(&x, 0), 10 * log10(0.09 / 0.25), 0.1);
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&nothing}, 1, false);
    CHECK_TEXT(of(&y, 0, false)->why, silent);
    CHECK_TEXT(y.fit[HS_STEM_IN_MIX].why, "all stems are silent");
    struct hs_instruments beside =
        fit(&mix, NULL, (const struct signal *[]){&a, &nothing, &b}, 3, false);
    CHECK_TEXT(of(&beside, 1, false)->why, silent);
    CHECK(!of(&beside, 0, false)->why && !of(&beside, 2, false)->why);
    struct hs_instruments z = fit(&mix, NULL, NULL, 0, false);
    CHECK(z.n == 0);
    SIGNALS_FREE(&mix, &nothing);
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
    SIGNALS_FREE(&mix, &late);
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
    SIGNALS_FREE(&nothing, &mix);
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
    SIGNALS_FREE(&mix, &sub, &third);
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
    SIGNALS_FREE(&mix, &all);
}

/* An output of a separator is of this very file: where what is left may be its own it is called
 * neither another take nor missing. */
static void soft_output(void)
{
    struct signal mix = silence(), left_out = noise(77, true), soft = noise(78, true);
    add(&mix, &a, 0.5, 0);
    add(&mix, &soft, 0.015, 0);
    add(&mix, &left_out, 0.4, 0);
    origin = HS_STEM_SEPARATED;
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &soft}, 2, false);
    origin = HS_STEM_GIVEN;
    const struct hs_instrument *in = of(&x, 1, false);
    CHECK(in->why && strstr(in->why, "separator") && !strstr(in->why, "take") && !in->drowned);
    SIGNALS_FREE(&mix, &left_out, &soft);
}

static struct hs_instruments fit_outputs(const struct signal *mix, const struct signal *x,
                                         const struct signal *y)
{
    origin = HS_STEM_SEPARATED;
    struct hs_instruments out = fit(mix, NULL, (const struct signal *[]){x, y}, 2, false);
    origin = HS_STEM_GIVEN;
    return out;
}

/* Outputs that hold what they are to hold keep the bound of a separator; those that leak into each
 * other, by -12 and -20 dB, are off by more than they look, and no further than they say; those
 * that end early say so. */
static void leaking_outputs(void)
{
    struct signal mix = silence(), own = silence(), rest = silence();
    add(&mix, &a, 0.5, 0);
    add(&mix, &b, 0.4, 0);
    add(&own, &a, 0.5, 0);
    add(&rest, &b, 0.4, 0);
    struct hs_instruments exact = fit_outputs(&mix, &own, &rest);
    CHECK(!of(&exact, 0, false)->why && of(&exact, 0, false)->number[HS_INSTRUMENT_BOUND_LU] < 1.3);
    for (int i = 0; i < 2; i++) {
        const float leak = i ? 0.1f : 0.25f;
        struct signal x = silence(), y = silence();
        add(&x, &a, 0.5, 0);
        add(&x, &b, 0.4 * (double)leak, 0);
        add(&y, &b, 0.4, 0);
        add(&y, &a, 0.5 * (double)leak, 0);
        struct hs_instruments leaks = fit_outputs(&mix, &x, &y);
        for (int k = 0; k < 2; k++)
            CHECK(fabs(level(&leaks, k) - level(&exact, k)) <
                  of(&leaks, k, false)->number[HS_INSTRUMENT_BOUND_LU]);
        if (!i)
            CHECK(of(&leaks, 0, false)->why && strstr(of(&leaks, 0, false)->why, "leak") &&
                  of(&leaks, 0, false)->alike);
        SIGNALS_FREE(&x, &y);
    }
    own.n = rest.n = mix.n * 1 / 2;
    struct hs_instruments shorter = fit_outputs(&mix, &own, &rest);
    CHECK(of(&shorter, 0, false)->why && strstr(of(&shorter, 0, false)->why, "ends before"));
    own.n = rest.n = mix.n;
    SIGNALS_FREE(&mix, &own, &rest);
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

int main(void)
{
    stems_begin();
    places_and_gains();
    trims();
    faders();
    twins();
    halves();
    strangers();
    stranger_beside_a_soft_one();
    submix_beside_its_parts();
    odd_ones();
    return_from_another_start();
    late_and_unmeasured();
    the_song_as_a_stem();
    missing_voice();
    soft_output();
    leaking_outputs();
    stored();
    return stems_end();
}
