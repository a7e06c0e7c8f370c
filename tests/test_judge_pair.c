/* SPDX-License-Identifier: Apache-2.0 */
/* What a pair tells of tone and noise: what is not coherent with the mix is no change of tone, a
 * relative rule follows its own zone, and the song is the same on both sides. */
#include "judge_fixture.h"

#include "check.h"

enum { B1000 = 17, B2500 = 21, B4000 = 23, B5000 = 24, B8000 = 26 };

/* The transfer of the pair: `lift` dB from band `from` on, coherent throughout. */
static void transfer(struct fixture *f, size_t i, size_t from, size_t to, double lift)
{
    double eq[HS_BANDS] = {0}, coherence[HS_BANDS];
    for (size_t b = 0; b < HS_BANDS; b++)
        coherence[b] = 1;
    for (size_t b = from; b <= to; b++)
        eq[b] = lift;
    hs_values_array(&f->results[i].pair.values, "eq_db", eq, HS_BANDS);
    hs_values_array(&f->results[i].pair.values, "coherence", coherence, HS_BANDS);
}

static bool by_mastering(const struct hs_finding *f)
{
    return f && (f->origin == HS_ORIGIN_MASTERING || f->origin == HS_ORIGIN_WORSENED);
}

static bool helped(const struct hs_finding *f)
{
    return f && (f->origin == HS_ORIGIN_CURED || f->origin == HS_ORIGIN_EASED);
}

/* Noise fills the treble of a dull mix: it is as dull as before. The same lift by an equaliser
 * cures it, also where it is told by the transfer and the spectrum alike. */
static void noise_is_no_treble(void)
{
    for (int by_equaliser = 0; by_equaliser < 2; by_equaliser++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        fixture_brighten(&f.results[0].mix.values, -16);
        fixture_brighten(&f.results[0].master.values, -4);
        transfer(&f, 0, B5000, HS_BANDS - 1, by_equaliser ? 12 : 0);
        hs_judge_audit(&f.audit);
        CHECK(helped(fixture_finding(&f, 0, "dull")) == by_equaliser);
        CHECK(!by_mastering(fixture_finding(&f, 0, "bright")));
        fixture_free(&f);
    }
}

/* Wow, or another phase from moment to moment, lowers the transfer and not the spectrum. */
static void wander_is_no_darkening(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    for (size_t i = 0; i < 2; i++)
        fixture_pair(&f, i);
    transfer(&f, 0, B5000, HS_BANDS - 1, -9);
    transfer(&f, 1, B5000, HS_BANDS - 1, -9);
    fixture_brighten(&f.results[1].master.values, -9);
    hs_judge_audit(&f.audit);
    CHECK(!by_mastering(fixture_finding(&f, 0, "dull")));
    CHECK(by_mastering(fixture_finding(&f, 1, "dull")));
    fixture_free(&f);
}

/* What a low-pass took away is coherent with nothing any more, and darker all the same. */
static void a_low_pass_darkens(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_pair(&f, 0);
    transfer(&f, 0, B5000, HS_BANDS - 1, NAN);
    fixture_brighten(&f.results[0].master.values, -12);
    hs_judge_audit(&f.audit);
    CHECK(by_mastering(fixture_finding(&f, 0, "dull")));
    fixture_free(&f);
}

/* Harsh is presence against its neighbours: neither taking the treble away makes it, nor does
 * adding treble cure it. A lift of the presence does. */
static void harsh_is_presence(void)
{
    struct fixture f;
    fixture_start(&f, 4);
    for (size_t i = 0; i < 4; i++)
        fixture_pair(&f, i);
    /* presence down by 4.6, treble down by 12 */
    fixture_lift(&f.results[0].master.values, B2500, B4000, -4.6);
    fixture_lift(&f.results[0].master.values, B5000, HS_BANDS - 1, -14);
    /* treble up by 10 over a mix that is harsh */
    fixture_lift(&f.results[1].mix.values, B2500, B4000, 6);
    fixture_lift(&f.results[1].master.values, B2500, B4000, 6);
    fixture_lift(&f.results[1].master.values, B5000, HS_BANDS - 1, 10);
    /* the presence alone, up and down */
    fixture_lift(&f.results[2].master.values, B2500, B4000, 8);
    fixture_lift(&f.results[3].mix.values, B2500, B4000, 8);
    hs_judge_audit(&f.audit);
    CHECK(!by_mastering(fixture_finding(&f, 0, "harsh")));
    CHECK(by_mastering(fixture_finding(&f, 0, "dull")));
    CHECK(!helped(fixture_finding(&f, 1, "harsh")));
    CHECK(by_mastering(fixture_finding(&f, 2, "harsh")));
    CHECK(helped(fixture_finding(&f, 3, "harsh")));
    fixture_free(&f);
}

/* Whoever takes away what lies beside a presence makes no presence; but the master is as harsh as
 * it is without its mix. */
static void harsh_is_no_less_by_its_mix(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    for (size_t i = 0; i < 2; i++) {
        fixture_lift(&f.results[i].master.values, B2500 - 4, B2500 - 3, -10);
        fixture_lift(&f.results[i].master.values, B5000 + 1, B5000 + 2, -10);
    }
    fixture_pair(&f, 1);
    hs_judge_audit(&f.audit);
    const struct hs_finding *alone = fixture_finding(&f, 0, "harsh");
    const struct hs_finding *paired = fixture_finding(&f, 1, "harsh");
    CHECK(alone && alone->severity >= HS_MINOR);
    CHECK(paired && paired->severity == alone->severity && paired->origin == HS_ORIGIN_EXPOSED &&
          paired->exposed_by && !paired->moved);
    fixture_free(&f);
}

/* In a spectrum that falls steeply the median of the levels is a band that a bell lifts: the zone
 * has moved by the bell all the same. */
static void a_bell_on_a_slope(void)
{
    static const double bell[] = {.1, .2, .2, .4, .8, 1.4, 2.3, 3.7, 4.1, 3, 1.8, .9, .4};
    double old[HS_BANDS], new[HS_BANDS], eq[HS_BANDS] = {0};
    struct fixture f;
    fixture_start(&f, 1);
    fixture_pair(&f, 0);
    for (size_t b = 0; b < HS_BANDS; b++) {
        /* the median is that of 1.6 kHz: five bands lie above it and five below */
        old[b] = b < 15 ? 6 : b == 19 ? 0 : b < 21 ? -2 : -2 - 1.5 * (double)(b - 20);
        eq[b] = b >= 14 && b < 14 + sizeof bell / sizeof *bell ? bell[b - 14] : 0;
        new[b] = old[b] + eq[b];
    }
    hs_bands_centre(old);
    hs_bands_centre(new);
    hs_values_array(&f.results[0].mix.values, "bands_db", old, HS_BANDS);
    hs_values_array(&f.results[0].master.values, "bands_db", new, HS_BANDS);
    hs_values_array(&f.results[0].pair.values, "eq_db", eq, HS_BANDS);
    hs_judge_audit(&f.audit);
    const struct hs_finding *harsh = fixture_finding(&f, 0, "harsh");
    CHECK(harsh && harsh->moved && harsh->moved->change > 2.6);
    fixture_free(&f);
}

/* A gate makes the same spectrum more percussive, and no other song of it. */
static void one_song_on_both_sides(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    for (size_t i = 0; i < 2; i++) {
        fixture_pair(&f, i);
        fixture_brighten(&f.results[i].mix.values, -13);
        fixture_brighten(&f.results[i].master.values, -13);
    }
    hs_values_number(&f.results[1].master.values, "percussiveness", hs_builtin_percussiveness + 3);
    hs_judge_audit(&f.audit);
    const struct hs_finding *plain = fixture_finding(&f, 0, "dull");
    const struct hs_finding *gated = fixture_finding(&f, 1, "dull");
    CHECK(plain && gated && plain->severity == gated->severity);
    CHECK_NEAR(plain->centre, gated->centre, 1e-9);
    CHECK(gated->origin == HS_ORIGIN_MIX);
    fixture_free(&f);
}

/* The origin of noise whose level the mix does not tell, by what the pair leaves unexplained. */
static enum hs_origin origin_of_noise(double coherence, double residual_db)
{
    double of_bands[HS_BANDS];
    struct fixture f;
    fixture_start(&f, 1);
    fixture_pair(&f, 0);
    hs_values_number(&f.results[0].master.values, "noise_floor_db", -40);
    hs_values_absent(&f.results[0].mix.values, "noise_floor_db", "the quietest moments are music");
    for (size_t b = 0; b < HS_BANDS; b++)
        of_bands[b] = coherence;
    hs_values_array(&f.results[0].pair.values, "coherence", of_bands, HS_BANDS);
    hs_values_number(&f.results[0].pair.values, "residual_db", residual_db);
    hs_judge_audit(&f.audit);
    const struct hs_finding *noisy = fixture_finding(&f, 0, "noisy");
    CHECK(noisy && noisy->severity == HS_MODERATE);
    enum hs_origin origin = noisy ? noisy->origin : HS_N_ORIGINS;
    fixture_free(&f);
    return origin;
}

/* The share of 4 to 8 kHz in the power of the usual spectrum. */
static double treble_share(void)
{
    double part = 0, all = 0;
    for (size_t b = 0; b < HS_BANDS; b++) {
        double power = pow(10, hs_builtin_bands[b].centre / 10);
        all += power;
        part += b >= B4000 && b <= B8000 ? power : 0;
    }
    return part / all;
}

static void where_noise_came_in(void)
{
    double noise = pow(10, -40.0 / 10), share = noise / treble_share();
    /* all that is unexplained between 4 and 8 kHz is as strong as the noise */
    CHECK(origin_of_noise(1 - share, -33) == HS_ORIGIN_MASTERING);
    /* hardly anything is unexplained: the noise is in the mix */
    CHECK(origin_of_noise(1, -70) == HS_ORIGIN_MIX);
    /* more is unexplained than the noise, as behind an encoder or a compressor */
    CHECK(origin_of_noise(1 - 10 * share, -24) == HS_ORIGIN_CANNOT_SAY);
    CHECK(origin_of_noise(1 - share / 5, -45) == HS_ORIGIN_CANNOT_SAY);
}

/* What is silent in the midst of what sounds in the mix came in since; what is missing in both is
 * of the mix. */
static void where_damage_came_in(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    for (size_t i = 0; i < 2; i++) {
        fixture_pair(&f, i);
        hs_values_number(&f.results[i].mix.values, "lost_s", i ? 2 : 0);
        hs_values_number(&f.results[i].master.values, "lost_s", i ? 2 : 0);
    }
    hs_values_number(&f.results[0].pair.values, "silenced_s", 0.39);
    hs_judge_audit(&f.audit);
    const struct hs_finding *since = fixture_finding(&f, 0, "damaged");
    const struct hs_finding *kept = fixture_finding(&f, 1, "damaged");
    CHECK(since && since->origin == HS_ORIGIN_MASTERING && since->severity == HS_MINOR);
    CHECK(kept && kept->origin == HS_ORIGIN_MIX);
    fixture_free(&f);
}

/* A level that drops is heard by all, however short; a channel that was replaced is no narrowing.
 */
static void taken_away(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    for (size_t i = 0; i < 2; i++) {
        fixture_pair(&f, i);
        hs_values_number(&f.results[i].mix.values, "lost_s", 0);
        hs_values_number(&f.results[i].master.values, "lost_s", 0);
    }
    hs_values_array(&f.results[0].pair.values, "drops", (double[]){15, 15.8, 34, 1}, 4);
    hs_values_text(&f.results[1].pair.values, "copied_channel", "right");
    hs_values_number(&f.results[1].master.values, "side_mid_db", -9.5);
    hs_values_number(&f.results[1].mix.values, "side_mid_db", -2);
    hs_judge_audit(&f.audit);
    const struct hs_finding *drop = fixture_finding(&f, 0, "damaged");
    if (CHECK(drop && drop->origin == HS_ORIGIN_MASTERING && drop->severity == HS_MODERATE)) {
        CHECK(drop->n_times == 1 && drop->times[0].from_s == 15 && drop->times[0].to_s == 15.8);
        CHECK(strstr(drop->evidence, "The right channel: 34 dB down from 15.0 to 15.8 s") != NULL);
    }
    const struct hs_finding *mono = fixture_finding(&f, 1, "dual_mono");
    CHECK(mono && mono->origin == HS_ORIGIN_MASTERING && mono->severity == HS_MODERATE);
    CHECK(!fixture_finding(&f, 1, "wide") && !fixture_finding(&f, 1, "narrow"));
    fixture_free(&f);
}

/* A large cut of a treble that was all but usual cures no severe fault; of one that was severe it
 * does. */
static void a_cure_is_as_severe_as_the_mix(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    for (size_t i = 0; i < 2; i++) {
        fixture_pair(&f, i);
        fixture_brighten(&f.results[i].mix.values, i ? 24 : 7);
        fixture_brighten(&f.results[i].master.values, i ? 2 : -0.2);
    }
    hs_judge_audit(&f.audit);
    const struct hs_finding *usual = fixture_finding(&f, 0, "bright");
    const struct hs_finding *severe = fixture_finding(&f, 1, "bright");
    CHECK(usual && usual->origin == HS_ORIGIN_CURED && usual->severity == HS_MINOR);
    CHECK(severe && severe->origin == HS_ORIGIN_CURED && severe->severity == HS_SEVERE);
    fixture_free(&f);
}

/* Where another mix may have been kept, a move and a cure are indications and minor at most; what
 * the master shows by itself keeps its severity and how sure it is. */
static void another_mix_may_be_kept(void)
{
    static const double mix_db[] = {2, 24, -12, 12}, master_db[] = {24, 2, 12, 12};
    for (int other = 0; other < 2; other++) {
        struct fixture f;
        fixture_start(&f, 4);
        for (size_t i = 0; i < 4; i++) {
            fixture_pair(&f, i);
            fixture_brighten(&f.results[i].mix.values, mix_db[i]);
            fixture_brighten(&f.results[i].master.values, master_db[i]);
            if (other)
                hs_values_array(&f.results[i].pair.values, "other_sound_hz", (double[]){300, 3000},
                                2);
        }
        hs_judge_audit(&f.audit);
        const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
        const struct hs_finding *cure = fixture_finding(&f, 1, "bright");
        const struct hs_finding *moved = fixture_finding(&f, 2, "bright");
        const struct hs_finding *alone = fixture_finding(&f, 3, "bright");
        CHECK(cure && cure->origin == HS_ORIGIN_CURED &&
              cure->severity == (other ? HS_MINOR : HS_SEVERE));
        CHECK(cure && (cure->tier == HS_INDICATION) == other);
        CHECK(bright && bright->severity == HS_SEVERE && bright->tier != HS_INDICATION);
        if (CHECK(moved && alone) && other)
            CHECK(moved->severity == alone->severity && moved->tier == alone->tier);
        else
            CHECK(moved->severity == HS_SEVERE && moved->tier == HS_MEASURED);
        fixture_free(&f);
    }
}

/* What is proven to be missing counts as it is, whatever else looks cut out; the more severe of
 * both is told. */
static void more_damage_is_no_less(void)
{
    static const struct {
        double lost_s, silenced_s, dropped_s; /* silenced: NaN without a pair */
        double drop_s;                        /* of the pair; 0: none */
        enum hs_severity severity;
        const char *words, *not ;
    } rows[] = {
        {6, NAN, 7, 0, HS_SEVERE, "6.00 s of music are missing", "cut through"},
        {0.6, NAN, 0.7, 0, HS_MODERATE, "0.60 s of music are missing", NULL},
        {0.6, NAN, 0.7, 0, HS_MODERATE, "Silent for 0.70 s in 3 place(s)", NULL},
        {0, 0.02, 6, 0, HS_MODERATE, "Silent for 6.00 s in 3 place(s)", "0.02"},
        {0, 6, 0.02, 0, HS_SEVERE, "Silent for 6.00 s in the midst", "cut through"},
        {0, NAN, 7, 0, HS_MODERATE, "cut through", NULL},
        {0, 12, 0, 0.2, HS_SEVERE, "Silent for 12.00 s in the midst", NULL},
        {0, 0.2, 0, 0.3, HS_MODERATE, "34 dB down from 40.0 to 40.3 s", "Silent"},
        {0.02, 0, 0, 4, HS_MODERATE, "34 dB down from 40.0 to 44.0 s", NULL},
        {0.02, 0, 0, 4, HS_MODERATE, "0.02 s of music are missing", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        struct hs_values *master = &f.results[0].master.values;
        hs_values_number(master, "lost_s", rows[i].lost_s);
        hs_values_text(master, "remarks", "damaged packets were left out");
        hs_values_number(master, "dropouts", 3);
        hs_values_number(master, "dropouts_s", rows[i].dropped_s);
        if (!isnan(rows[i].silenced_s)) {
            fixture_pair(&f, 0);
            hs_values_number(&f.results[0].pair.values, "silenced_s", rows[i].silenced_s);
            if (rows[i].drop_s > 0)
                hs_values_array(&f.results[0].pair.values, "drops",
                                (double[]){40, 40 + rows[i].drop_s, 34, -1}, 4);
        }
        hs_judge_audit(&f.audit);
        const struct hs_finding *damaged = fixture_finding(&f, 0, "damaged");
        CHECK(damaged && damaged->severity == rows[i].severity);
        if (!CHECK(damaged && strstr(damaged->evidence, rows[i].words) &&
                   (!rows[i].not || !strstr(damaged->evidence, rows[i].not ))))
            fprintf(stderr, "%s\n", damaged ? damaged->evidence : "");
        fixture_free(&f);
    }
}

/* Whose a worsened fault is: of the mix where it is moderate there, of mastering where it made it
 * more than minor. */
static void whose_it_is(void)
{
    static const struct {
        double mix_ppm, master_ppm;
        bool of_mix;
    } rows[] = {{85, 400000, false}, {1000, 400000, true}, {20, 100, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        hs_values_number(&f.results[0].mix.values, "clipped_ppm", rows[i].mix_ppm);
        hs_values_number(&f.results[0].master.values, "clipped_ppm", rows[i].master_ppm);
        hs_judge_audit(&f.audit);
        const struct hs_finding *x = fixture_finding(&f, 0, "clipped");
        CHECK(x && hs_finding_is_of_mix(x) == rows[i].of_mix);
        fixture_free(&f);
    }
}

/* The width that a late channel makes is part of it, which is as severe then; not a move of the
 * width that the pair has measured with the delay taken back, nor what the mix had. */
static void width_of_a_delay(void)
{
    static const struct {
        double late_ms, mix_db, master_db, change_db;
        bool part;
    } rows[] = {{-1, -8, 3, 0.2, true},
                {-1, -8, 3, 11, false},
                {-1, 3, 3, 0.2, false},
                {-0.1, -8, 3, 0.2, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *pair = &f.results[0].pair.values;
        hs_values_number(&f.results[0].mix.values, "side_mid_db", rows[i].mix_db);
        hs_values_number(&f.results[0].master.values, "side_mid_db", rows[i].master_db);
        hs_values_number(pair, "channel_delay_change_ms", rows[i].late_ms);
        hs_values_number(pair, "width_change_db", rows[i].change_db);
        hs_judge_audit(&f.audit);
        const struct hs_finding *wide = fixture_finding(&f, 0, "wide");
        const struct hs_finding *late = fixture_finding(&f, 0, "channel_delay");
        if (CHECK(wide && late && late->origin == HS_ORIGIN_MASTERING)) {
            CHECK((wide->explained_by != NULL) == rows[i].part);
            CHECK(!rows[i].part || late->severity >= wide->severity);
        }
        fixture_free(&f);
    }
}

/* A filter on one channel moves the tone of the middle, too: that is no cure of a dull mix, which
 * is to be kept while the filter is to be undone. The same move on both channels is, also beside a
 * filter that took treble from one of them. */
static void one_filter_is_one_answer(void)
{
    static const struct {
        bool one_channel, known, cured;
        double each_db[2];
    } rows[] = {{false, false, true, {0, 0}},
                {true, false, false, {0, 0}},
                {true, true, false, {0, 6}},
                {true, true, true, {-6, 0}}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const bool one_channel = rows[r].one_channel;
        struct fixture f;
        fixture_start(&f, 1);
        fixture_references(&f, 20, 0, 1);
        fixture_pair(&f, 0);
        fixture_brighten(&f.results[0].mix.values, -5);
        fixture_brighten(&f.results[0].master.values, -1.5);
        struct hs_values *pair = &f.results[0].pair.values;
        double eq[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++)
            eq[b] = b >= 24 ? 3.5 : b >= 22 ? 1.75 : 0;
        hs_values_array(pair, "eq_db", eq, HS_BANDS);
        if (one_channel) {
            hs_values_number(pair, "channel_tone_db", -6);
            hs_values_array(pair, "channel_tone_hz", (double[]){5012, 0}, 2);
        }
        if (rows[r].known)
            hs_values_array(pair, "channel_tone_each_db", rows[r].each_db, 2);
        hs_judge_audit(&f.audit);
        const struct hs_finding *dull = fixture_finding(&f, 0, "dull");
        const struct hs_finding *tone = fixture_finding(&f, 0, "channel_tone");
        CHECK((tone != NULL) == one_channel);
        if (!CHECK((dull && dull->origin == HS_ORIGIN_CURED) == rows[r].cured))
            fprintf(stderr, "row %zu: origin %d\n", r, dull ? (int)dull->origin : -1);
        fixture_free(&f);
    }
}

/* A note of the ear is held against the mix where the fault is that of the mix. */
static void a_cured_side_is_heard(void)
{
    static const struct {
        const char *note;
        bool heard;
    } rows[] = {{"left too loud", true}, {"right too loud", false}};
    for (size_t i = 0; i < 2; i++) {
        struct fixture f;
        struct hs_heard note = {.note = rows[i].note};
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        f.tracks[0].heard = &note;
        f.tracks[0].n_heard = 1;
        hs_values_number(&f.results[0].mix.values, "balance_db", 3);
        hs_values_number(&f.results[0].master.values, "balance_db", -0.1);
        hs_judge_audit(&f.audit);
        const struct hs_finding *lean = fixture_finding(&f, 0, "lopsided");
        if (!CHECK(lean && lean->origin == HS_ORIGIN_CURED && lean->heard == rows[i].heard))
            fprintf(stderr, "%s: %d\n", rows[i].note, lean ? (int)lean->heard : -1);
        const struct hs_ear_note *tick = f.results[0].ticks;
        CHECK(tick && (tick->in_mix == HS_ANSWER_YES) == rows[i].heard);
        fixture_free(&f);
    }
}

int main(void)
{
    one_filter_is_one_answer();
    a_cured_side_is_heard();
    width_of_a_delay();
    whose_it_is();
    more_damage_is_no_less();
    noise_is_no_treble();
    wander_is_no_darkening();
    a_low_pass_darkens();
    harsh_is_presence();
    harsh_is_no_less_by_its_mix();
    a_bell_on_a_slope();
    one_song_on_both_sides();
    where_noise_came_in();
    where_damage_came_in();
    taken_away();
    a_cure_is_as_severe_as_the_mix();
    another_mix_may_be_kept();
    return check_done();
}
