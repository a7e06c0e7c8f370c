/* SPDX-License-Identifier: Apache-2.0 */
/* A plan against what was done, on measures made of numbers. */
#include "catalogue/delivery.h"
#include "catalogue/fader_moves.h"
#include "catalogue/plan.h"
#include "catalogue/verify.h"
#include "catalogue/verify_files.h"
#include "check.h"
#include "cli/verify_print.h"
#include "core/num.h"
#include "judge/rule.h"
#include "made_update.h"
#include "model/measure.h"

static void test_outcome(void)
{
    static const struct {
        double before, planned, measured, tolerance;
        enum hs_outcome outcome;
    } rows[] = {{6, 2, 2, 1, HS_DONE},          {6, 2, 2.9, 1, HS_DONE},
                {6, 2, 1.2, 1, HS_DONE},        {6, 2, 4.5, 1, HS_PARTLY},
                {6, 2, 5.1, 1, HS_PARTLY},      {6, 2, 5.5, 1, HS_NOT_DONE},
                {6, 2, 6, 1, HS_NOT_DONE},      {6, 2, 8, 1, HS_NOT_DONE},
                {6, 2, .5, 1, HS_OVERSHOT},     {-6, -2, -2, 1, HS_DONE},
                {-6, -2, 1, 1, HS_OVERSHOT},    {-6, -2, -7, 1, HS_NOT_DONE},
                {2, 1, 2, 5, HS_NOT_DONE}, /* a tolerance wider than the way does not excuse */
                {2, NAN, 1, 1, HS_CANNOT_TELL}, {NAN, 2, 1, 1, HS_CANNOT_TELL},
                {2, 2, 2, 1, HS_CANNOT_TELL},   {6, 2, NAN, 1, HS_CANNOT_TELL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!CHECK(hs_verify_outcome(rows[i].before, rows[i].planned, NAN, rows[i].measured,
                                     rows[i].tolerance) == rows[i].outcome))
            fprintf(stderr, "row %zu\n", i);
    /* from the edge to the centre is done */
    CHECK(hs_verify_outcome(6, 2, 0, .5, 1) == HS_DONE);
    CHECK(hs_verify_outcome(6, 2, 0, -.9, 1) == HS_DONE);
    CHECK(hs_verify_outcome(6, 2, 0, -1.1, 1) == HS_OVERSHOT);
    CHECK(hs_verify_outcome(6, 2, 0, 3.1, 1) == HS_PARTLY);
}

static void test_equaliser(void)
{
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_BELL, 1000, -4, 1, 1000), -4, 1e-9);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_BELL, 1000, -4, 1, 20), 0, .05);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 5000, 5, .7, 5000), 2.5, 1e-9);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 5000, 5, .7, 500000), 5, .01);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 5000, 5, .7, 50), 0, .01);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_LOW_SHELF, 100, -6, .7, 1), -6, .01);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_LOW_SHELF, 100, -6, .7, 10000), 0, .01);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_TILT, 1000, 3, NAN, 10000), 1.5, 1e-9);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_TILT, 1000, 3, NAN, 20), -1.5, 1e-9);
    CHECK_NEAR(hs_move_eq_db(HS_SHAPE_TILT, 1000, 3, NAN, 1000), 0, 1e-9);
    CHECK(isnan(hs_move_eq_db(HS_SHAPE_WIDTH, 100, -6, .7, 100)));
    CHECK(isnan(hs_move_eq_db(HS_SHAPE_NONE, 100, -6, .7, 100)));
}

/* A second curve of the plan changes what the first one is expected to end at. */
static void test_curves_together(void)
{
    struct fixture x;
    double change[HS_BANDS];
    shelf(change, -4);
    for (size_t b = 0; b < HS_BANDS; b++)
        change[b] += hs_move_eq_db(HS_SHAPE_BELL, 400, -3.5, .5, hs_band_hz(b));
    fixture_make(&x, change);
    struct hs_finding *f = synthetic_fault(&x.s, 0, "muddy", HS_SEVERE, HS_ORIGIN_MASTERING);
    f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                           .move = &hs_move_bell,
                                           .hz = 400,
                                           .db = -3.5,
                                           .q = .5,
                                           .channel = HS_CHANNEL_BOTH,
                                           .after = f->value - 3};
    double alone = x.v.track->findings[0].correction.after;
    hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
    CHECK(x.v.n_corrections == 2);
    const struct hs_verified *bright = &x.v.corrections[0];
    CHECK(bright->planned - alone > 1); /* the middle goes down, so the treble's share goes up */
    CHECK_NEAR(bright->measured, bright->planned, .05);
    CHECK(bright->outcome == HS_DONE && x.v.corrections[1].outcome == HS_DONE);
    synthetic_free(&x.s);
}

/* Two curves that work against each other: the one that the other eats goes further, and where its
 * cap forbids that it is no step. */
static void test_curves_against_each_other(void)
{
    static const double cap_db[] = {-3, -24};
    for (int free = 0; free < 2; free++) {
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, -1.2);
        fixture_make(&x, change);
        struct hs_track_result *t = x.s.audit.tracks;
        struct hs_finding *bright = &t->findings[0];
        struct hs_moved moved = {.usual = {-2.5, 2.5}, .change = 3.9, .sign = 1};
        bright->moved = free ? &moved : NULL;
        bright->expected[1] = bright->value - 1.3;
        bright->expected[0] = bright->value - 20;
        bright->centre = bright->value - 10;
        bright->jnd = 1;
        bright->correction.db = -1.4;
        bright->correction.db_most = -3;
        bright->correction.after = bright->value - 1.4;
        struct hs_finding *muddy =
            synthetic_fault(&x.s, 0, "muddy", HS_SEVERE, HS_ORIGIN_MASTERING);
        muddy->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                                   .move = &hs_move_bell,
                                                   .hz = 500,
                                                   .db = -8,
                                                   .db_most = -8,
                                                   .q = .5,
                                                   .channel = HS_CHANNEL_BOTH,
                                                   .after = muddy->value - 3};
        struct hs_shortlist_row row = {.track = 0, .action = HS_RE_MASTER};
        hs_corrections_plan(&x.s.audit, &row);
        bool seen = false;
        for (size_t i = 0; i < row.n_plan; i++) {
            const struct hs_plan_step *s = &row.plan[i];
            CHECK(fabs(s->planned - s->now) >= 0.2);
            CHECK((s->planned_most - s->planned) * (s->planned - s->now) >= -1e-9);
            if (&t->findings[s->finding] != bright)
                continue;
            seen = true;
            CHECK_NEAR(s->planned - s->now, -1.4, .15); /* to the edge, whatever eats of it */
        }
        CHECK(seen == free);
        CHECK(seen ? bright->correction.db < -1.4 - 1 && bright->correction.db >= cap_db[free]
                   : bright->correction.where == HS_PLACE_NONE); /* and is promised nowhere */
        synthetic_free(&x.s);
    }
}

static void test_carried_out(void)
{
    static const struct {
        double db;
        enum hs_outcome outcome;
        int failed;
    } rows[] = {{-4, HS_DONE, 0},     {-3.2, HS_DONE, 0},   {-2, HS_PARTLY, 0}, {0, HS_NOT_DONE, 1},
                {3, HS_NOT_DONE, 1},  {-6, HS_OVERSHOT, 0}, /* further than planned, but not past
                                                               the centre */
                {-12, HS_OVERSHOT, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, rows[i].db);
        fixture_make(&x, change);
        verify(&x);
        if (!CHECK(x.v.corrections[0].outcome == rows[i].outcome && x.v.failed == rows[i].failed))
            fprintf(stderr, "shelf of %g dB: %s, failed %d\n", rows[i].db,
                    hs_outcome_name(x.v.corrections[0].outcome), x.v.failed);
        if (rows[i].db > -12 && rows[i].db < 3)
            CHECK(x.v.n_side_effects == 0);
        synthetic_free(&x.s);
    }
}

static void test_strayed(void)
{
    struct fixture x;
    double change[HS_BANDS];
    shelf(change, -4);
    for (size_t b = 8; b <= 11; b++)
        change[b] += 2.5; /* someone also touched 125 to 250 Hz */
    fixture_make(&x, change);
    hs_values_number(&x.v.pair.values, "delay_s", .4);
    hs_values_number(&x.v.pair.values, "polarity", -1);
    hs_values_number(&x.s.audit.tracks[0].update.values, "integrated_lufs", OLD_LUFS + 3);
    verify(&x);
    CHECK(x.v.corrections[0].outcome == HS_DONE && x.v.failed);
    const struct hs_side_effect *s = stray(&x.v, "tone");
    if (CHECK(s != NULL)) {
        CHECK_NEAR(s->change, 2.5, .6);
        CHECK(strstr(s->words, "250 Hz") != NULL);
    }
    CHECK(stray(&x.v, "start") && stray(&x.v, "polarity") && stray(&x.v, "level")->remark);
    CHECK(!stray(&x.v, "speed") && !stray(&x.v, "channels") && !stray(&x.v, "edit"));
    synthetic_free(&x.s);
}

/* The same song, and another file: folded to mono, with silence behind it, or cut short. */
static void test_strayed_file(void)
{
    static const struct {
        const char *key;
        double old, now;
        const char *what; /* NULL: nothing strays */
        bool remark;
    } rows[] = {
        {"side_mid_db", -9, -72, "mono", false},
        {"side_mid_db", -9, -9.5, NULL, false},
        {"side_mid_db", -72, -72, NULL, false},
        {"duration_s", 200, 212, "end", false},
        {"duration_s", 200, 200.5, NULL, false},
        {"duration_s", 200, 197, "end", false},
        {"trailing_silence_s", 5, 0, NULL, false},
        {"trailing_silence_s", 0, 3, NULL, false},
        {"sample_rate_hz", 44100, 48000, "sample rate", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_number(&t->master.values, rows[i].key, rows[i].old);
        hs_values_number(&t->update.values, rows[i].key, rows[i].now);
        verify(&x);
        const struct hs_side_effect *s = rows[i].what ? stray(&x.v, rows[i].what) : NULL;
        bool right = rows[i].what ? s && s->remark == rows[i].remark : !x.v.n_side_effects;
        if (!CHECK(right && x.v.failed == (rows[i].what && !rows[i].remark)))
            fprintf(stderr, "%s from %g to %g: %zu strayed\n", rows[i].key, rows[i].old,
                    rows[i].now, x.v.n_side_effects);
        synthetic_free(&x.s);
    }
    struct fixture x; /* silence that was taken away is told and no fault */
    fixture_dulled(&x);
    struct hs_track_result *t = x.s.audit.tracks;
    hs_values_number(&t->master.values, "trailing_silence_s", 6);
    hs_values_number(&t->update.values, "duration_s", 195);
    hs_values_number(&t->update.values, "trailing_silence_s", 1);
    verify(&x);
    CHECK(stray(&x.v, "end") && stray(&x.v, "end")->remark && !x.v.failed);
    synthetic_free(&x.s);
}

/* What mastering put in, taken out to the last bit, is done: further than a filter should go. */
static void test_move_taken_out(void)
{
    static const struct {
        double db;
        enum hs_outcome outcome;
    } rows[] = {{-4, HS_DONE}, {-9, HS_DONE}, {-14, HS_OVERSHOT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, rows[i].db);
        fixture_make(&x, change);
        struct hs_finding *f = &x.s.audit.tracks[0].findings[0];
        struct hs_file back = {0};
        double bands[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++)
            bands[b] = x.old[b] + hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 5000, -9, .7, hs_band_hz(b));
        file_fill(&x.s.audit.arena, &back, bands);
        struct hs_moved moved = {
            .usual = {-2.5, 2.5}, .change = f->value - reading(&x, "bright", &back), .sign = 1};
        f->correction.db_most = f->correction.db;
        f->correction.after_most = f->correction.after;
        f->moved = &moved;
        verify(&x);
        if (!CHECK(x.v.corrections[0].outcome == rows[i].outcome))
            fprintf(stderr, "shelf of %g dB: %s\n", rows[i].db,
                    hs_outcome_name(x.v.corrections[0].outcome));
        synthetic_free(&x.s);
    }
}

/* Printed again from before a clip: the tops that come back are in the old file nowhere, and what
 * the mix has is not added by the new master. */
static void test_clip_left_out(void)
{
    static const struct {
        bool clipped;
        double wetness, left_db; /* of the new master */
        bool something_else, dry;
    } rows[] = {{true, -2, -15, false, false},
                {true, -2, -8, true, false},
                {false, -2, -15, true, false},
                {true, -6, -15, false, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        if (rows[i].clipped) {
            struct hs_finding *f =
                synthetic_fault(&x.s, 0, "clipped", HS_SEVERE, HS_ORIGIN_MASTERING);
            f->correction = (struct hs_correction){
                .where = HS_PLACE_MASTER, .move = &hs_move_less_limiting, .db = NAN, .after = 0};
        }
        double bands[HS_BANDS] = {0};
        file_fill(&x.s.audit.arena, &t->mix, bands);
        t->mix.state = HS_FILE_OK;
        hs_values_number(&t->master.values, "clipped_ppm", rows[i].clipped ? 130000 : 0);
        hs_values_number(&t->update.values, "clipped_ppm", 0);
        hs_values_number(&t->mix.values, "wetness", -2);
        hs_values_number(&t->master.values, "wetness", 0);
        hs_values_number(&t->update.values, "wetness", rows[i].wetness);
        hs_values_number(&x.v.pair.values, "tail_change_db", -2);
        hs_values_number(&x.v.pair.values, "residual_db", rows[i].left_db);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_side_effect *rest = stray(&x.v, "something else");
        const bool told = rest != NULL;
        CHECK(!rest || !rest->remark); /* it is more than a clip can have taken */
        if (!CHECK(told == rows[i].something_else && (stray(&x.v, "dry") != NULL) == rows[i].dry))
            fprintf(stderr, "row %zu: %d %d, %zu planned\n", i, told, stray(&x.v, "dry") != NULL,
                    x.v.n_corrections);
        synthetic_free(&x.s);
    }
}

/* Less limiting than is usual, or none at all, is done as well: the mix has no limiter. */
static void test_limiter_left_out(void)
{
    static const struct {
        double psr;
        enum hs_outcome outcome;
    } rows[] = {{5, HS_DONE}, {8, HS_DONE}, {13, HS_DONE}, {13.6, HS_DONE}, {16, HS_OVERSHOT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        struct hs_moved moved = {.usual = {0, 6.3}, .change = 9, .centre = 3, .sign = -1};
        struct hs_finding *f =
            synthetic_fault(&x.s, 0, "over_limited", HS_SEVERE, HS_ORIGIN_MASTERING);
        f->value = 2;
        f->mix_value = 13;
        f->centre = 10.5;
        f->moved = &moved;
        f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                               .move = &hs_move_less_limiting,
                                               .hz = NAN,
                                               .q = NAN,
                                               .db = -3,
                                               .db_most = -6,
                                               .after = 5,
                                               .after_most = 8};
        hs_values_number(&t->master.values, "psr_p10_db", 2);
        hs_values_number(&t->master.values, "limited_share", 0.5);
        hs_values_number(&t->update.values, "psr_p10_db", rows[i].psr);
        hs_values_number(&t->update.values, "limited_share", 0.5);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        for (size_t k = 0; k < x.v.n_corrections; k++)
            if (!strcmp(x.v.corrections[k].rule, "over_limited") &&
                !CHECK(x.v.corrections[k].outcome == rows[i].outcome))
                fprintf(stderr, "%g dB: %s\n", rows[i].psr,
                        hs_outcome_name(x.v.corrections[k].outcome));
        CHECK(x.v.n_corrections == 2);
        synthetic_free(&x.s);
    }
}

/* Peaks that fall with a treble that is taken back were not held down; those that a gain held down
 * were, but where the mix has as little of them. */
static void test_peaks_of_the_tone(void)
{
    static const struct {
        double reduced_db, mix_psr; /* NaN: not known */
        bool strays;
    } rows[] = {{0.3, NAN, false}, {4, NAN, true},  {NAN, NAN, true},
                {4, 12.4, false},  {4, 14.5, true}, {NAN, 12.6, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_number(&t->master.values, "psr_p10_db", 14.4);
        hs_values_number(&t->update.values, "psr_p10_db", 12.5);
        hs_values_number(&t->master.values, "limited_share", 0.1);
        hs_values_number(&t->update.values, "limited_share", 0.1);
        if (isfinite(rows[i].reduced_db))
            hs_values_number(&x.v.pair.values, "gain_reduction_db.p95", rows[i].reduced_db);
        if (isfinite(rows[i].mix_psr)) {
            file_fill(&x.s.audit.arena, &t->mix, x.old);
            hs_values_number(&t->mix.values, "psr_p10_db", rows[i].mix_psr);
            hs_values_number(&t->mix.values, "limited_share", 0.1);
        }
        verify(&x);
        if (!CHECK((stray(&x.v, "over_limited") != NULL) == rows[i].strays))
            fprintf(stderr, "row %zu\n", i);
        synthetic_free(&x.s);
    }
}

/* A limiter takes from the crest what a compressor would: one side effect, of the reading that
 * moved most steps, with the other's name. */
static void test_limiter_once(void)
{
    static const struct {
        double psr, crest;
        const char *lead, *part;
    } rows[] = {{8, 11, "over_limited", "over_compressed"},
                {12, 6, "over_compressed", "over_limited"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_number(&t->master.values, "psr_p10_db", 14.4);
        hs_values_number(&t->update.values, "psr_p10_db", rows[i].psr);
        hs_values_number(&t->master.values, "limited_share", 0.1);
        hs_values_number(&t->update.values, "limited_share", 0.1);
        hs_values_number(&t->master.values, "crest_3s_db", 14);
        hs_values_number(&t->update.values, "crest_3s_db", rows[i].crest);
        verify(&x);
        const struct hs_side_effect *lead = stray(&x.v, rows[i].lead);
        if (!CHECK(lead && strstr(lead->words, rows[i].part) && !stray(&x.v, rows[i].part)))
            for (size_t k = 0; k < x.v.n_side_effects; k++)
                fprintf(stderr, "row %zu: %s: %s\n", i, x.v.side_effects[k].what,
                        x.v.side_effects[k].words);
        synthetic_free(&x.s);
    }
}

/* A cut of a bass that stands in the middle makes the whole wider: as far as that, nothing strayed.
 */
static void test_width_of_the_tone(void)
{
    static const double now_db[] = {-9, -7, -6};
    static const double correlation[] = {1, 0.3, 0.3, 0.3, 0.3}, balance[HS_STEREO_BANDS] = {0};
    for (size_t i = 0; i < 3; i++) {
        struct fixture x;
        double change[HS_BANDS] = {0};
        for (size_t b = 0; b < 9; b++)
            change[b] = -9; /* below 120 Hz, and planned: no step of its own */
        fixture_make(&x, change);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_array(&t->master.values, "band_correlation", correlation, HS_STEREO_BANDS);
        hs_values_array(&t->master.values, "band_balance_db", balance, HS_STEREO_BANDS);
        hs_values_number(&t->master.values, "side_mid_db", -9);
        hs_values_number(&t->update.values, "side_mid_db", now_db[i] + 0.5);
        verify(&x);
        if (!CHECK((stray(&x.v, "wide") != NULL) == (i == 2)))
            fprintf(stderr, "%g dB\n", now_db[i]);
        synthetic_free(&x.s);
    }
}

/* The last seconds of a new master are silent while its length is the same: music is missing, where
 * the old one plays there. */
static void test_muted_end(void)
{
    for (int plays = 0; plays < 2; plays++) {
        struct fixture x;
        double change[HS_BANDS];
        float lufs[198];
        shelf(change, -4);
        fixture_make(&x, change);
        struct hs_track_result *t = x.s.audit.tracks;
        for (size_t i = 0; i < 198; i++)
            lufs[i] = i < 190 || plays ? OLD_LUFS : OLD_LUFS - 50;
        hs_values_series(&t->master.values, "short_term_lufs", lufs, 198, 1.5, 1);
        hs_values_number(&t->update.values, "trailing_silence_s", 8);
        verify(&x);
        CHECK((stray(&x.v, "end") != NULL) == plays && x.v.failed == plays);
        synthetic_free(&x.s);
    }
}

/* A rule of another dimension that now reads worse. */
static void test_strayed_rule(void)
{
    struct fixture x;
    fixture_dulled(&x);
    struct hs_track_result *t = x.s.audit.tracks;
    hs_values_number(&t->master.values, "dc_offset", 0);
    hs_values_number(&t->update.values, "dc_offset", .2);
    verify(&x);
    CHECK(x.v.corrections[0].outcome == HS_DONE);
    CHECK(stray(&x.v, "dc_offset") && x.v.failed);
    synthetic_free(&x.s);
}

/* Beside the other masters of its release, as these will be. */
static void test_album(void)
{
    static const struct {
        double now, others_now; /* NaN: no updates of the others */
        bool strays;
    } rows[] = {{OLD_LUFS + .5, NAN, false},
                {OLD_LUFS + 8, NAN, true},
                {OLD_LUFS - 8, NAN, true},
                {OLD_LUFS + 8, OLD_LUFS + 7.5, false},
                {OLD_LUFS, OLD_LUFS + 7.5, true}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        static const struct hs_source source = {.path = "another.flac"};
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, -4);
        fixture_make_of(&x, change, 5);
        for (size_t i = 0; i < 5; i++) {
            struct hs_track_result *t = &x.s.audit.tracks[i];
            if (i)
                file_fill(&x.s.audit.arena, &t->master, x.old);
            if (!i || isnan(rows[r].others_now))
                continue;
            file_fill(&x.s.audit.arena, &t->update, x.old);
            hs_values_number(&t->update.values, "integrated_lufs", rows[r].others_now);
            x.s.tracks[i].update = source;
            t->update_kind = HS_UPDATE_MASTER;
        }
        hs_values_number(&x.s.audit.tracks[0].update.values, "integrated_lufs", rows[r].now);
        verify(&x);
        bool strays = stray(&x.v, "level_jump") != NULL;
        if (!CHECK(strays == rows[r].strays && x.v.failed == strays))
            fprintf(stderr, "row %zu\n", r);
        synthetic_free(&x.s);
    }
}

/* A planned step of level is verified where the list found it: beside the other masters. */
static void test_album_step(void)
{
    static const struct {
        double now;
        enum hs_outcome outcome;
    } rows[] = {
        {OLD_LUFS, HS_DONE},         {OLD_LUFS + 1.6, HS_DONE}, /* inside of what is expected, on
                                                                   the other side */
        {OLD_LUFS + 6, HS_OVERSHOT}, {OLD_LUFS - 4, HS_PARTLY}, {OLD_LUFS - 8, HS_NOT_DONE},
        {OLD_LUFS - 11, HS_NOT_DONE}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, -4);
        fixture_make_of(&x, change, 5);
        struct hs_track_result *t = x.s.audit.tracks;
        for (size_t i = 1; i < 5; i++)
            file_fill(&x.s.audit.arena, &t[i].master, x.old);
        hs_values_number(&t->master.values, "integrated_lufs", OLD_LUFS - 8);
        hs_values_number(&t->update.values, "integrated_lufs", rows[r].now);
        struct hs_finding *f =
            synthetic_fault(&x.s, 0, "level_jump", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        f->value = -8;
        f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                               .move = &hs_move_gain,
                                               .channel = HS_CHANNEL_BOTH,
                                               .hz = NAN,
                                               .db = 7,
                                               .q = NAN,
                                               .after = -1};
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        bool is_seen = false;
        for (size_t i = 0; i < x.v.n_corrections; i++) {
            const struct hs_verified *c = &x.v.corrections[i];
            if (strcmp(c->rule, "level_jump"))
                continue;
            is_seen = true;
            CHECK_NEAR(c->before, -8, .01);
            CHECK_NEAR(c->measured, rows[r].now - OLD_LUFS, .01);
            if (!CHECK(c->outcome == rows[r].outcome))
                fprintf(stderr, "row %zu: %s, planned %g\n", r, hs_outcome_name(c->outcome),
                        c->planned);
        }
        CHECK(is_seen && !stray(&x.v, "level_jump"));
        synthetic_free(&x.s);
    }
}

static void test_delivery(void)
{
    static const struct hs_source old = {.path = "old.flac"}, twin = {.path = "best_of.flac"};
    static const struct hs_planned in_mix[] = {{.rule = "bright", .where = HS_PLACE_MIX}};
    static const struct hs_plan remixed = {.steps = in_mix, .n_steps = 1};
    struct fixture x;
    struct hs_delivery d;
    double change[HS_BANDS];
    shelf(change, -4);
    fixture_make_of(&x, change, 3);
    struct hs_track_result *t = x.s.audit.tracks;
    for (size_t i = 0; i < 3; i++) {
        x.s.tracks[i].isrc = i < 2 ? "AUXX10400001" : "AUXX10400002";
        x.s.tracks[i].master = i == 1 ? twin : old;
    }
    x.s.tracks[2].master.path = "third.flac";
    hs_values_number(&t->update.values, "sample_rate_hz", 96000);
    CHECK(hs_delivery_make(&x.s.audit, t, &x.s.audit.arena, &d));
    CHECK_TEXT(d.file, "new.flac");
    CHECK(d.isrc_kept && d.figure[0].now == 96000 && isnan(d.figure[0].before));
    CHECK(d.n_replaces == 2); /* and the same recording on another release */
    CHECK_TEXT(d.replaces[1], "best_of.flac");
    t->first_plan = &remixed;
    CHECK(hs_delivery_make(&x.s.audit, t, &x.s.audit.arena, &d) && !d.isrc_kept);
    t->first_plan = NULL;
    hs_values_number(&t->update.values, "duration_s", 211);
    CHECK(hs_delivery_make(&x.s.audit, t, &x.s.audit.arena, &d) && !d.isrc_kept);
    x.s.tracks[0].update_kind = HS_UPDATE_MIX;
    CHECK(!hs_delivery_make(&x.s.audit, t, &x.s.audit.arena, &d)); /* a mix is not uploaded */
    synthetic_free(&x.s);
}

static void test_cannot_tell(void)
{
    struct fixture x;
    double change[HS_BANDS] = {0};
    fixture_make(&x, change);
    x.v.pair.state = HS_PAIR_CANNOT_SAY;
    verify(&x);
    CHECK(x.v.corrections[0].outcome == HS_CANNOT_TELL && x.v.why && !x.v.failed);
    synthetic_free(&x.s);
    fixture_make(&x, change);
    x.v.pair.state = HS_PAIR_DIFFERENT;
    verify(&x);
    CHECK(x.v.corrections[0].outcome == HS_CANNOT_TELL && x.v.failed);
    CHECK_TEXT(x.v.why, "it is not the same recording");
    synthetic_free(&x.s);
    fixture_make(&x, change);
    x.s.audit.tracks[0].update.state = HS_FILE_MISSING;
    verify(&x);
    CHECK(x.v.why && x.v.corrections[0].outcome == HS_CANNOT_TELL && !x.v.failed);
    synthetic_free(&x.s);
}

static void test_kind(void)
{
    struct fixture x;
    double change[HS_BANDS] = {0};
    fixture_make(&x, change);
    struct hs_track_result *t = x.s.audit.tracks;
    x.s.tracks[0].update_kind = HS_UPDATE_UNSAID;
    CHECK(hs_verify_kind(t) == HS_UPDATE_MASTER); /* there is no mix */
    file_fill(&x.s.audit.arena, &t->mix, x.old);
    hs_values_number(&t->mix.values, "integrated_lufs", -20);
    hs_values_number(&t->update.values, "integrated_lufs", -19);
    CHECK(hs_verify_kind(t) == HS_UPDATE_MIX);
    hs_values_number(&t->update.values, "integrated_lufs", -12);
    CHECK(hs_verify_kind(t) == HS_UPDATE_MASTER);
    CHECK(hs_verify_old(t, HS_UPDATE_MIX) == &t->mix);
    synthetic_free(&x.s);
}

static struct hs_instrument stem(enum hs_stem_role role, int key, double gain_db)
{
    struct hs_instrument in = {.role = role, .key = key, .name = hs_stem_role_name(role)};
    for (int i = 0; i < HS_N_INSTRUMENT_NUMBERS; i++)
        in.number[i] = NAN;
    in.number[HS_INSTRUMENT_GAIN_DB] = gain_db;
    in.number[HS_INSTRUMENT_BOUND_LU] = 0.2;
    return in;
}

/* A fader against those that the plan does not name; without any nothing is known of it. */
static void test_faders(void)
{
    struct hs_arena a = {0};
    struct hs_instrument was[] = {stem(HS_STEM_VOCAL, 0, -10), stem(HS_STEM_BASS, 1, -4),
                                  stem(HS_STEM_KEYS, 2, -6)};
    struct hs_instrument is[] = {stem(HS_STEM_VOCAL, 0, -5), stem(HS_STEM_BASS, 1, -2),
                                 stem(HS_STEM_KEYS, 2, -4)};
    struct hs_instruments old = {.items = was, .n = 3}, now = {.items = is, .n = 3};
    struct hs_track job = {.title = "T"};
    struct hs_track_result t = {.track = &job};
    const struct hs_planned step = {
        .rule = "vocal_low", .where = HS_PLACE_MIX, .move = {.move = &hs_move_fader, .db = 3}};
    struct hs_verification v = {.track = &t, .kind = HS_UPDATE_MIX, .plan = &step, .n_plan = 1};
    struct hs_fader_moves m;
    bool gone;
    hs_values_init(&t.mix.values, &a);
    hs_values_init(&t.update.values, &a);
    t.mix.instruments = &old;
    t.update.instruments = &now;
    hs_fader_moves_find(&v, &a, &m);
    CHECK(m.n == 3);
    CHECK_NEAR(m.items[0].db, 3, 1e-9); /* the export is 2 dB louder */
    CHECK_NEAR(m.items[1].db, 0, 1e-9);
    CHECK_NEAR(hs_fader_moves_of_role(&v, &m, HS_STEM_VOCAL, &gone), 3, 1e-9);
    CHECK_NEAR(hs_fader_moves_most(&m), 3, 1e-9);
    is[2].number[HS_INSTRUMENT_GAIN_DB] = -80;
    is[2].why = "muted";
    hs_fader_moves_find(&v, &a, &m);
    CHECK(m.n == 3 && m.items[2].gone && !m.items[0].gone);
    old.n = now.n = 1; /* every stem is in the plan */
    hs_fader_moves_find(&v, &a, &m);
    CHECK(m.n == 1 && isnan(m.items[0].db) && !(hs_fader_moves_most(&m) > 0));
    CHECK(isnan(hs_fader_moves_of_role(&v, &m, HS_STEM_VOCAL, &gone)) && !gone);
    hs_arena_free(&a);
}

/* Shares of samples are said in percent, each value with its unit. */
static void test_text(void)
{
    struct fixture x;
    double change[HS_BANDS] = {0};
    struct hs_buf text = {0};
    fixture_make(&x, change);
    verify(&x);
    struct hs_verified clipped = {.rule = "clipped",
                                  .outcome = HS_DONE,
                                  .before = 409470.47,
                                  .planned = 0,
                                  .measured = 5000,
                                  .unit = "ppm"};
    x.v.corrections = &clipped;
    x.v.n_corrections = 1;
    hs_verify_put_text(&x.s.audit, &x.v, 1, &text);
    CHECK(strstr(text.data, "planned from 41 % to 0.00 ppm, measured 0.5 %") != NULL);
    hs_buf_free(&text);
    synthetic_free(&x.s);
}

int main(void)
{
    test_text();
    test_faders();
    test_clip_left_out();
    test_limiter_left_out();
    test_peaks_of_the_tone();
    test_limiter_once();
    test_width_of_the_tone();
    test_muted_end();
    test_outcome();
    test_equaliser();
    test_curves_against_each_other();
    test_carried_out();
    test_curves_together();
    test_strayed();
    test_strayed_file();
    test_move_taken_out();
    test_strayed_rule();
    test_album();
    test_album_step();
    test_delivery();
    test_cannot_tell();
    test_kind();
    return check_done();
}
