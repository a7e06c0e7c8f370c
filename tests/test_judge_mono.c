/* SPDX-License-Identifier: Apache-2.0 */
/* What is mono in effect has no stereo picture to judge: said once, by dual_mono. */
#include "check.h"
#include "judge_fixture.h"

static const char *const of_stereo[] = {"narrow",    "wide",         "sides_wide",   "lopsided",
                                        "bass_wide", "out_of_phase", "channel_delay"};

/* A mono recording in two channels, each with a dither of its own. */
static void dithered(struct hs_values *v)
{
    hs_values_flag(v, "channels_equal", false);
    hs_values_number(v, "side_mid_db", -75.7);
    hs_values_number(v, "sides_mid_db", -80);
    hs_values_number(v, "bass_side_mid_db", -85);
    hs_values_number(v, "balance_db", 0.001);
    hs_values_number(v, "correlation", 1);
}

/* A note alone; more where the mix is stereo. */
static void a_dithered_master(bool with_mix)
{
    struct fixture f;
    fixture_start(&f, 1);
    if (with_mix)
        fixture_pair(&f, 0);
    dithered(&f.results[0].master.values);
    hs_judge_audit(&f.audit);
    const struct hs_finding *mono = fixture_finding(&f, 0, "dual_mono");
    CHECK(mono && mono->severity == (with_mix ? HS_MODERATE : HS_NOTE));
    CHECK(mono && strstr(mono->evidence, "76 dB below"));
    /* what may be meant asks for nothing */
    CHECK(mono && !strncmp(mono->correction.words, "Nothing, if mono", 16) == !with_mix);
    for (size_t i = 0; i < sizeof of_stereo / sizeof *of_stereo; i++) {
        const char *why = fixture_why_not(&f, 0, of_stereo[i]);
        CHECK(!fixture_finding(&f, 0, of_stereo[i]));
        CHECK(why && strstr(why, "see dual_mono"));
    }
    fixture_free(&f);
}

/* A side of -55 dB is not noise of two converters: narrow, and no mono. */
static void a_narrow_master(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    hs_values_number(&f.results[0].master.values, "side_mid_db", -55);
    hs_judge_audit(&f.audit);
    CHECK(fixture_finding(&f, 0, "narrow") && !fixture_finding(&f, 0, "dual_mono"));
    fixture_free(&f);
}

/* A mono mix through an encoder: what stands at the sides is what the mix does not explain, and no
 * width. Sides that are more than that were made. */
static void an_encoded_master(void)
{
    for (int made = 0; made < 2; made++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        hs_values_number(&f.results[0].master.values, "side_mid_db", -40);
        dithered(&f.results[0].mix.values);
        hs_values_number(&f.results[0].pair.values, "residual_db", made ? -60 : -28);
        hs_judge_audit(&f.audit);
        const char *why = fixture_why_not(&f, 0, "narrow");
        CHECK((fixture_finding(&f, 0, "narrow") != NULL) == (made != 0));
        CHECK(made ? !why : why && strstr(why, "the mix is mono") != NULL);
        fixture_free(&f);
    }
}

/* A wide master of such a mix was made so by mastering, as of a mix of equal channels. */
static void a_dithered_mix(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_pair(&f, 0);
    hs_values_number(&f.results[0].master.values, "side_mid_db", 6);
    dithered(&f.results[0].mix.values);
    hs_judge_audit(&f.audit);
    const struct hs_finding *wide = fixture_finding(&f, 0, "wide");
    CHECK(wide && wide->origin == HS_ORIGIN_MASTERING && wide->mix_value == -60);
    fixture_free(&f);
}

/* What stands out of a stereo mix when it is folded to mono is a part of that, as long as no
 * equaliser moved it. */
static void a_fold_down(void)
{
    for (int moved = 0; moved < 2; moved++) {
        struct fixture f;
        double mix[HS_BANDS], master[HS_BANDS], eq[HS_BANDS];
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        const double *bands = hs_values_doubles(&f.results[0].master.values, "bands_db", HS_BANDS);
        for (size_t b = 0; b < HS_BANDS; b++) {
            mix[b] = bands[b];
            master[b] = bands[b] + (b >= 25 ? 12 : 0);
            eq[b] = moved && b >= 25 ? 12 : 0;
        }
        dithered(&f.results[0].master.values);
        hs_values_array(&f.results[0].mix.values, "bands_db", mix, HS_BANDS);
        hs_values_array(&f.results[0].master.values, "bands_db", master, HS_BANDS);
        hs_values_array(&f.results[0].pair.values, "eq_db", eq, HS_BANDS);
        hs_judge_audit(&f.audit);
        const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
        if (CHECK(bright != NULL)) {
            bool part = bright->explained_by && !strcmp(bright->explained_by, "dual_mono");
            CHECK(bright->origin == HS_ORIGIN_MASTERING && part == !moved);
        }
        fixture_free(&f);
    }
}

int main(void)
{
    a_fold_down();
    a_dithered_master(false);
    a_dithered_master(true);
    a_narrow_master();
    an_encoded_master();
    a_dithered_mix();
    return check_done();
}
