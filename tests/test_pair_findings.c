/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences of a judged pair: every finding of minor and above in one of them, what cannot be
 * undone, the side by zone, and that nothing changed only where nothing else is said. */
#include "judge_fixture.h"

#include "check.h"
#include "core/alloc.h"
#include "report/pair_words.h"

static struct hs_buf text;

static bool has(const char *what)
{
    return strstr(text.data, what) != NULL;
}

static size_t count(const char *what)
{
    size_t n = 0;
    for (const char *at = text.data; (at = strstr(at, what)); at++)
        n++;
    return n;
}

static void say(struct fixture *f)
{
    text.len = 0;
    hs_judge_audit(&f->audit);
    hs_pair_words(&f->results[0], &text);
}

static void pair(struct fixture *f)
{
    fixture_start(f, 1);
    fixture_pair(f, 0);
    hs_values_number(&f->results[0].pair.values, "gain_db", 0);
}

/* Each rule of minor and above stands once. */
static void all_are_said(const struct fixture *f)
{
    const struct hs_track_result *t = &f->results[0];
    for (size_t i = 0; i < t->n_findings; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s (%s", t->findings[i].rule,
                 hs_severity_name(t->findings[i].severity));
        if (t->findings[i].severity >= HS_MINOR && !CHECK(count(name) == 1))
            fprintf(stderr, "%s stands %zu times:\n%s", name, count(name), text.data);
    }
}

static void nothing_is_said_alone(void)
{
    struct fixture f;
    pair(&f);
    say(&f);
    CHECK(count("Mastering: no change") == 1);
    hs_values_array(&f.results[0].pair.values, "polarity", (double[]){1, -1}, 2);
    say(&f);
    CHECK(has("with one channel inverted") && !has("no change"));
    hs_values_number(&f.results[0].pair.values, "polarity", 1);
    hs_values_flag(&f.results[0].pair.values, "swapped", true);
    say(&f);
    CHECK(has("with left and right swapped") && !has("no change"));
    fixture_free(&f);
}

static void mono(void)
{
    struct fixture f;
    pair(&f);
    struct hs_values *mix = &f.results[0].mix.values, *master = &f.results[0].master.values;
    hs_values_flag(mix, "channels_equal", false);
    hs_values_flag(master, "channels_equal", true);
    hs_values_absent(master, "side_mid_db", "no side: both channels are equal");
    say(&f);
    const struct hs_finding *mono = fixture_finding(&f, 0, "dual_mono");
    CHECK(mono && mono->origin == HS_ORIGIN_MASTERING && mono->severity >= HS_MODERATE);
    CHECK(has("Mastering: folded to mono.") && has("Brought in by mastering: dual_mono"));
    all_are_said(&f);
    /* the other way round, and mono on both sides */
    hs_values_flag(mix, "channels_equal", true);
    hs_values_absent(mix, "side_mid_db", "no side: both channels are equal");
    say(&f);
    mono = fixture_finding(&f, 0, "dual_mono");
    CHECK(mono && mono->origin == HS_ORIGIN_MIX && !has("folded"));
    CHECK(has("dual_mono (note)"));
    hs_values_flag(master, "channels_equal", false);
    hs_values_number(master, "side_mid_db", -8);
    say(&f);
    CHECK(!fixture_finding(&f, 0, "dual_mono") && has("made stereo from mono"));
    fixture_free(&f);
}

static void signs_of_an_encoder(struct hs_values *v, bool coded)
{
    hs_values_flag(v, "lossless", true);
    hs_values_number(v, "bandwidth_hz", 18000);
    hs_values_number(v, "cliff_db", 3);
    hs_values_number(v, "holes_share", coded ? 0.2 : 0);
    hs_values_number(v, "encoder_share", coded ? 0.9 : 0);
}

/* What an encoder took stays lost when its signs are covered. */
static void an_encoder_is_not_undone(void)
{
    struct fixture f;
    pair(&f);
    signs_of_an_encoder(&f.results[0].mix.values, true);
    signs_of_an_encoder(&f.results[0].master.values, false);
    say(&f);
    const struct hs_finding *lossy = fixture_finding(&f, 0, "lossy_source");
    CHECK(lossy && lossy->origin == HS_ORIGIN_MIX && lossy->severity == HS_MODERATE);
    CHECK(has("In the mix already: lossy_source (moderate, not visible any more)."));
    CHECK(!has("Cured") && has("Mastering: no change"));
    CHECK(lossy && strstr(lossy->evidence, "3 signs in the mix") &&
          strstr(lossy->evidence, "covered") && !strstr(lossy->evidence, "rounded"));
    /* fewer signs than the mix has: as severe as there, however many are left */
    static const double holes[] = {0.05, 0.2};
    for (size_t i = 0; i < 2; i++) {
        hs_values_number(&f.results[0].master.values, "holes_share", holes[i]);
        say(&f);
        lossy = fixture_finding(&f, 0, "lossy_source");
        CHECK(lossy && lossy->origin == HS_ORIGIN_MIX && lossy->severity == HS_MODERATE);
        CHECK(!has("Cured"));
    }
    fixture_free(&f);
}

/* A pair whose master shows more signs of an encoder than the mix, which is returned. */
static struct hs_values *seen_better(struct fixture *f)
{
    pair(f);
    signs_of_an_encoder(&f->results[0].mix.values, false);
    signs_of_an_encoder(&f->results[0].master.values, true);
    return &f->results[0].mix.values;
}

/* More signs of the encoder than the mix shows, of a pair that is explained as a copy is: the same
 * seen better. Where an encoder may have come between, or another one left its grid, or the mix has
 * no sign, they came in. */
static void an_encoder_that_is_seen_better(void)
{
    static const struct {
        double holes_of_mix, residual_db;
        const char *before, *since; /* whose grid; NULL: none */
        bool of_mix;
    } rows[] = {{0.05, -70, NULL, NULL, true},   {0.05, -20, NULL, NULL, false},
                {0, -70, NULL, NULL, false},     {0.05, -70, "MP3", "AAC", false},
                {0.05, -70, "MP3", "MP3", true}, {0.05, -49, NULL, "MP3", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *mix = seen_better(&f), *master = &f.results[0].master.values;
        hs_values_number(mix, "holes_share", rows[i].holes_of_mix);
        if (rows[i].before)
            hs_values_text(mix, "encoder", rows[i].before);
        if (rows[i].since)
            hs_values_text(master, "encoder", rows[i].since);
        hs_values_number(&f.results[0].pair.values, "residual_db", rows[i].residual_db);
        say(&f);
        const struct hs_finding *lossy = fixture_finding(&f, 0, "lossy_source");
        CHECK(lossy && lossy->severity == HS_MODERATE);
        if (!CHECK(lossy && (lossy->origin == HS_ORIGIN_MIX) == rows[i].of_mix))
            fprintf(stderr, "row %zu: %d\n", i, lossy ? (int)lossy->origin : -1);
        fixture_free(&f);
    }
}

/* Holes that the mix does not show, where both end alike and the pair shows no encoder between
 * them: nobody knows when they came in. */
static void an_encoder_of_unknown_time(void)
{
    static const struct {
        double mix_hz, encoded_hz, grid;
        enum hs_origin origin;
    } rows[] = {{18050, 0, 0, HS_ORIGIN_CANNOT_SAY},
                {21000, 0, 0, HS_ORIGIN_MASTERING},
                {18050, 16000, 0, HS_ORIGIN_MASTERING},
                {18050, 0, 0.9, HS_ORIGIN_MASTERING}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        hs_values_number(seen_better(&f), "bandwidth_hz", rows[i].mix_hz);
        hs_values_number(&f.results[0].master.values, "encoder_share", rows[i].grid);
        hs_values_number(&f.results[0].pair.values, "residual_db", -37);
        if (rows[i].encoded_hz > 0)
            hs_values_number(&f.results[0].pair.values, "encoded.bandwidth_hz", rows[i].encoded_hz);
        say(&f);
        const struct hs_finding *lossy = fixture_finding(&f, 0, "lossy_source");
        CHECK(lossy && lossy->severity >= HS_MINOR);
        if (!CHECK(lossy && lossy->origin == rows[i].origin))
            fprintf(stderr, "row %zu: %d\n", i, lossy ? (int)lossy->origin : -1);
        fixture_free(&f);
    }
}

/* An encoder of which the mix shows some, too, and the master more: it was not mastering's alone.
 */
static void an_encoder_that_shows_more(void)
{
    struct fixture f;
    struct hs_values *mix = seen_better(&f);
    hs_values_number(mix, "bandwidth_hz", 21000);
    hs_values_number(mix, "holes_share", 0.2);
    hs_values_number(&f.results[0].pair.values, "residual_db", -37);
    say(&f);
    const struct hs_finding *lossy = fixture_finding(&f, 0, "lossy_source");
    CHECK(lossy && lossy->severity >= HS_MINOR && lossy->origin == HS_ORIGIN_EXPOSED);
    fixture_free(&f);
}

/* Of a file that may be another song nothing is said in the finding of the master. */
static void an_encoder_of_another_song(void)
{
    static const enum hs_pair_state states[] = {HS_PAIR_ALIGNED, HS_PAIR_CANNOT_SAY,
                                                HS_PAIR_DIFFERENT};
    for (size_t i = 0; i < 3; i++) {
        struct fixture f;
        pair(&f);
        signs_of_an_encoder(&f.results[0].mix.values, true);
        signs_of_an_encoder(&f.results[0].master.values, true);
        hs_values_text(&f.results[0].mix.values, "encoder", "MP3");
        hs_values_text(&f.results[0].master.values, "encoder", "AAC");
        f.results[0].pair.state = states[i];
        hs_judge_audit(&f.audit);
        const struct hs_finding *lossy = fixture_finding(&f, 0, "lossy_source");
        CHECK(lossy && (strstr(lossy->evidence, "MP3") != NULL) == (i == 0));
        fixture_free(&f);
    }
}

/* Where a rule has no reading of the mix, nothing is known, and that is said. */
static void not_known(void)
{
    struct fixture f;
    pair(&f);
    hs_values_number(&f.results[0].master.values, "noise_floor_db", -40);
    hs_values_absent(&f.results[0].mix.values, "noise_floor_db", "the quietest moments are music");
    say(&f);
    CHECK(has("Cannot say where it came in: noisy (moderate).") && !has("no change"));
    all_are_said(&f);
    fixture_free(&f);
}

/* What a finding explains is part of it. */
static void parts(void)
{
    struct fixture f;
    pair(&f);
    struct hs_values *master = &f.results[0].master.values;
    hs_values_number(master, "correlation", -0.9);
    hs_values_number(master, "side_mid_db", 12);
    hs_values_number(master, "bass_side_mid_db", 12);
    fixture_brighten(master, 12);
    say(&f);
    CHECK(f.results[0].n_findings >= 3 && has("part of out_of_phase"));
    all_are_said(&f);
    fixture_free(&f);
}

/* The side of the treble alone; a side that is wider in all zones is told once. */
static void sides_by_zone(void)
{
    double mid[HS_BANDS] = {0}, side[HS_BANDS] = {0}, bound[HS_BANDS] = {0};
    struct fixture f;
    pair(&f);
    struct hs_values *v = &f.results[0].pair.values;
    for (size_t b = 25; b < HS_BANDS; b++)
        side[b] = 6;
    hs_values_array(v, "eq_db", mid, HS_BANDS);
    hs_values_array(v, "side_eq_db", side, HS_BANDS);
    hs_values_array(v, "side_eq_bound_db", bound, HS_BANDS);
    hs_values_number(v, "width_change_db", 0.3);
    say(&f);
    CHECK(has("the sides of the treble (6 to 16 kHz) up by 6.0 dB") && count("the sides") == 1);
    for (size_t b = 0; b < HS_BANDS; b++)
        side[b] = 3;
    hs_values_array(v, "side_eq_db", side, HS_BANDS);
    hs_values_number(v, "width_change_db", 3);
    say(&f);
    CHECK(has("the sides wider by 3.0 dB") && count("the sides") == 1);
    /* nothing beyond its bound */
    for (size_t b = 0; b < HS_BANDS; b++)
        bound[b] = 4;
    hs_values_array(v, "side_eq_bound_db", bound, HS_BANDS);
    hs_values_number(v, "width_change_db", 0);
    say(&f);
    CHECK(!has("the sides"));
    fixture_free(&f);
}

/* Slow gain by its rule, not by its times, where it follows the level. */
static void slow_gain(void)
{
    static const struct hs_passage rides[] = {{5, 12.8}, {14.7, 20.5}};
    struct fixture f;
    pair(&f);
    struct hs_pair *p = &f.results[0].pair;
    p->rides = rides;
    p->n_rides = 2;
    hs_values_number(&p->values, "slow_range_db", 8.4);
    hs_values_absent(&p->values, "level_slope", "the gain does not follow level closely");
    say(&f);
    CHECK(has("Level rides by mastering: 5.0 to 12.8 s, 14.7 to 20.5 s."));
    hs_values_number(&p->values, "level_slope", 0.35);
    say(&f);
    CHECK(has("quiet passages turned down by up to 8.4 dB (an expander or gate).") &&
          !has("rides"));
    hs_values_number(&p->values, "level_slope", -0.3);
    say(&f);
    CHECK(has("quiet passages turned up by up to 8.4 dB.") && !has("no change"));
    fixture_free(&f);
}

/* Eight bits are told, and their steps are no clipping. */
static void steps(void)
{
    struct fixture f;
    pair(&f);
    hs_values_number(&f.results[0].pair.values, "clipped_change_ppm", 52);
    hs_values_number(&f.results[0].mix.values, "effective_bits", 24);
    hs_values_number(&f.results[0].master.values, "effective_bits", 16);
    say(&f);
    CHECK(has("clipped samples up by 52 ppm") && !has("steps of"));
    hs_values_number(&f.results[0].master.values, "effective_bits", 8);
    hs_values_number(&f.results[0].master.values, "clipped_ppm", 52);
    hs_values_number(&f.results[0].master.values, "clipped_at_one_level", 0.34);
    say(&f);
    CHECK(has("Defects: stored in steps of 8 bits.") && !has("clipped"));
    /* square waves in 16 bits stay a note */
    hs_values_number(&f.results[0].master.values, "effective_bits", 16);
    say(&f);
    CHECK(has("clipped (note)") && !has("clipped samples") && !has("steps of"));
    hs_values_number(&f.results[0].master.values, "effective_bits", 8);
    hs_values_number(&f.results[0].mix.values, "effective_bits", 8);
    say(&f);
    CHECK(!has("steps of"));
    fixture_free(&f);
}

int main(void)
{
    nothing_is_said_alone();
    mono();
    an_encoder_is_not_undone();
    an_encoder_that_is_seen_better();
    an_encoder_of_unknown_time();
    an_encoder_that_shows_more();
    an_encoder_of_another_song();
    not_known();
    parts();
    sides_by_zone();
    slow_gain();
    steps();
    hs_buf_free(&text);
    return check_done();
}
