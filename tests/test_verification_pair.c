/* SPDX-License-Identifier: Apache-2.0 */
/* A new master, and what the pairs of mix, old and new master tell of it. */
#include "catalogue/verify_files.h"
#include "made_update.h"

/* The mix is the master before a shelf of `db` by mastering; the pair of both says so. */
static void mastered_from(struct fixture *x, double db)
{
    struct hs_track_result *t = x->s.audit.tracks;
    struct hs_arena *a = &x->s.audit.arena;
    double mix[HS_BANDS], made[HS_BANDS];
    shelf(made, db);
    for (size_t b = 0; b < HS_BANDS; b++)
        mix[b] = x->old[b] - made[b];
    file_fill(a, &t->mix, mix);
    t->pair.state = HS_PAIR_ALIGNED;
    hs_values_init(&t->pair.values, a);
    hs_values_array(&t->pair.values, "eq_db", made, HS_BANDS);
    t->findings[0].mix_value = reading(x, "bright", &t->mix);
}

/* Between the planned curve and the mix's own all is done, whichever way mastering had gone and
 * whatever else it had done there; past the mix it is not. */
static void test_back_to_the_mix(void)
{
    static const struct {
        enum hs_origin origin;
        double bass_db; /* what mastering had done at 80 Hz, planned or not */
        double treble_db, bass_now_db;
        enum hs_outcome outcome;
        bool strays;
    } rows[] = {
        {HS_ORIGIN_MASTERING, 5, -9, -5, HS_DONE, false},
        {HS_ORIGIN_WORSENED, 5, -9, -5, HS_DONE, false},
        {HS_ORIGIN_WORSENED, 5, -4, -5, HS_DONE, false},
        {HS_ORIGIN_WORSENED, 5, -6, -3, HS_DONE, false},
        {HS_ORIGIN_WORSENED, 5, -4, 3, HS_DONE, true},   /* further away */
        {HS_ORIGIN_WORSENED, 5, -4, -10, HS_DONE, true}, /* past the mix */
        {HS_ORIGIN_WORSENED, 0, -9, -4, HS_DONE, true},  /* mastering had done nothing there */
        {HS_ORIGIN_WORSENED, 5, -14, -5, HS_OVERSHOT, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        double change[HS_BANDS], made[HS_BANDS];
        shelf(change, rows[i].treble_db);
        for (size_t b = 0; b < HS_BANDS; b++)
            change[b] +=
                hs_move_eq_db(HS_SHAPE_LOW_SHELF, 90, rows[i].bass_now_db, .7, hs_band_hz(b));
        fixture_make(&x, change);
        mastered_from(&x, 9);
        shelf(made, 9);
        for (size_t b = 0; b < HS_BANDS; b++)
            made[b] += hs_move_eq_db(HS_SHAPE_LOW_SHELF, 90, rows[i].bass_db, .7, hs_band_hz(b));
        hs_values_array(&x.s.audit.tracks[0].pair.values, "eq_db", made, HS_BANDS);
        struct hs_finding *f = x.s.audit.tracks[0].findings;
        f->origin = rows[i].origin;
        f->correction.db_most = f->correction.db;
        f->correction.after_most = f->correction.after;
        verify(&x);
        if (!CHECK(x.v.corrections[0].outcome == rows[i].outcome &&
                   (stray(&x.v, "tone") != NULL) == rows[i].strays))
            fprintf(stderr, "row %zu: %s, tone %s\n", i,
                    hs_outcome_name(x.v.corrections[0].outcome),
                    stray(&x.v, "tone") ? stray(&x.v, "tone")->words : "stays");
        synthetic_free(&x.s);
    }
}

/* A fault of tone that mastering had mended comes back: that strays, though it is the mix's own. */
static void test_cure_undone(void)
{
    for (int cured = 0; cured < 2; cured++) {
        struct fixture x;
        double change[HS_BANDS], made[HS_BANDS];
        shelf(change, -4);
        for (size_t b = 0; b < HS_BANDS; b++) {
            made[b] = hs_move_eq_db(HS_SHAPE_LOW_SHELF, 120, -6, .7, hs_band_hz(b));
            change[b] -= made[b];
        }
        fixture_make(&x, change);
        mastered_from(&x, 0);
        struct hs_track_result *t = x.s.audit.tracks;
        double mix[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++)
            mix[b] = x.old[b] - made[b];
        file_fill(&x.s.audit.arena, &t->mix, mix);
        hs_values_array(&t->pair.values, "eq_db", made, HS_BANDS);
        if (cured) {
            struct hs_finding *f = synthetic_fault(&x.s, 0, "boomy", HS_MODERATE, HS_ORIGIN_CURED);
            f->value = reading(&x, "boomy", &t->master);
            f->mix_value = reading(&x, "boomy", &t->mix);
        }
        verify(&x);
        const struct hs_side_effect *s = stray(&x.v, "boomy");
        CHECK((s != NULL) == cured && !stray(&x.v, "tone") && x.v.failed == cured);
        CHECK(!s || strstr(s->words, "in the mix: what mastering had mended is back"));
        synthetic_free(&x.s);
    }
}

/* What a rule reads worse than on the old master, and as the mix has it, was taken back; unless
 * mastering had mended it. */
static void test_rule_of_the_mix(void)
{
    static const struct {
        double mix_db;
        bool cured, strays;
    } rows[] = {{NAN, false, true}, {-4, false, false}, {-4, true, true}, {-10, false, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        if (isfinite(rows[i].mix_db)) {
            file_fill(&x.s.audit.arena, &t->mix, x.old);
            hs_values_number(&t->mix.values, "side_mid_db", rows[i].mix_db);
        }
        hs_values_number(&t->master.values, "side_mid_db", -10);
        hs_values_number(&t->update.values, "side_mid_db", -4);
        if (rows[i].cured)
            synthetic_fault(&x.s, 0, "wide", HS_MODERATE, HS_ORIGIN_CURED);
        verify(&x);
        if (!CHECK((stray(&x.v, "wide") != NULL) == rows[i].strays))
            fprintf(stderr, "row %zu\n", i);
        synthetic_free(&x.s);
    }
}

/* One channel that comes late is the cause, and what follows from it is told with it. */
static void test_late_channel(void)
{
    static const struct {
        double ms, made_ms; /* from old to new, and from the mix to the old one */
        bool strays;
    } rows[] = {
        {-13, 0, true}, {-13, NAN, true}, {0.02, 0, false}, {-0.3, 0.3, false}, {NAN, NAN, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, -4);
        for (size_t b = 0; b < 8 && rows[i].strays; b++)
            change[b] += 5; /* a comb */
        fixture_make(&x, change);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_number(&t->master.values, "side_mid_db", -10);
        hs_values_number(&t->update.values, "side_mid_db", rows[i].strays ? 0 : -10);
        hs_values_number(&x.v.pair.values, "channel_delay_change_ms", rows[i].ms);
        hs_values_number(&t->pair.values, "channel_delay_change_ms", rows[i].made_ms);
        verify(&x);
        const struct hs_side_effect *s = stray(&x.v, "late channel");
        bool right = rows[i].strays ? s == x.v.side_effects && x.v.n_side_effects == 1 &&
                                          strstr(s->words, "right") && strstr(s->words, "tone") &&
                                          strstr(s->words, "wide")
                                    : !x.v.n_side_effects;
        if (!CHECK(right && x.v.failed == rows[i].strays))
            fprintf(stderr, "row %zu: %zu strayed\n", i, x.v.n_side_effects);
        synthetic_free(&x.s);
    }
}

/* The old master has its right channel late; what is left of that in the new one. */
static void test_late_put_right(void)
{
    static const struct {
        double from_s; /* 0: all through */
        double now_ms;
        enum hs_outcome outcome;
    } rows[] = {{0, 300, HS_DONE},     {0, 150, HS_PARTLY},     {0, 0, HS_NOT_DONE},
                {0, 600, HS_OVERSHOT}, {60, 300, HS_DONE},      {60, 150, HS_PARTLY},
                {60, 0, HS_NOT_DONE},  {0, NAN, HS_CANNOT_TELL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        struct hs_finding *f =
            synthetic_fault(&x.s, 0, "channel_delay", HS_SEVERE, HS_ORIGIN_MASTERING);
        f->value = -300;
        f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                               .move = &hs_move_delay,
                                               .channel = HS_CHANNEL_RIGHT,
                                               .hz = NAN,
                                               .q = NAN,
                                               .db = NAN,
                                               .after = 0};
        const double made[] = {rows[i].from_s, 200, -300};
        const double now[] = {rows[i].from_s, 200, rows[i].now_ms};
        if (rows[i].from_s > 0)
            hs_values_array(&t->pair.values, "late_channel", made, 3);
        else
            hs_values_number(&t->pair.values, "channel_delay_change_ms", -300);
        if (rows[i].from_s > 0 && rows[i].now_ms > 0)
            hs_values_array(&x.v.pair.values, "late_channel", now, 3);
        else if (isfinite(rows[i].now_ms))
            hs_values_number(&x.v.pair.values, "channel_delay_change_ms", rows[i].now_ms);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_verified *c = NULL;
        for (size_t k = 0; k < x.v.n_corrections; k++)
            if (!strcmp(x.v.corrections[k].rule, "channel_delay"))
                c = &x.v.corrections[k];
        if (!CHECK(c && c->outcome == rows[i].outcome && !stray(&x.v, "late channel")))
            fprintf(stderr, "row %zu: %s\n", i, c ? hs_outcome_name(c->outcome) : "no step");
        synthetic_free(&x.s);
    }
}

/* `hz` from there on; 0: no tone of one channel. */
static void put_tone(struct hs_values *pair, double db, double hz)
{
    hs_values_number(pair, "balance_change_db", 0);
    if (db == 0)
        return;
    hs_values_number(pair, "channel_tone_db", db);
    hs_values_array(pair, "channel_tone_hz", (double[]){hz, 0}, 2);
}

/* What mastering did to one channel alone, and the new master takes back, strays no more than a
 * delay that is taken back does. */
static void test_tone_taken_back(void)
{
    static const struct {
        double made_db, made_hz, now_db, now_hz;
        bool strays;
    } rows[] = {{9, 5012, -9, 5012, false}, {9, 5012, -5, 6310, false}, {-3, 3981, 4, 3981, false},
                {9, 5012, -14, 5012, true}, {9, 5012, 5, 5012, true},   {0, 0, -9, 5012, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        put_tone(&x.s.audit.tracks[0].pair.values, rows[i].made_db, rows[i].made_hz);
        put_tone(&x.v.pair.values, rows[i].now_db, rows[i].now_hz);
        verify(&x);
        if (!CHECK((stray(&x.v, "channel_tone") != NULL) == rows[i].strays &&
                   x.v.failed == rows[i].strays))
            fprintf(stderr, "row %zu: %zu strayed\n", i, x.v.n_side_effects);
        synthetic_free(&x.s);
    }
    /* of another part of the spectrum it is another filter */
    struct fixture x;
    fixture_dulled(&x);
    mastered_from(&x, 9);
    put_tone(&x.s.audit.tracks[0].pair.values, 9, 5012);
    put_tone(&x.v.pair.values, -9, 5012);
    hs_values_array(&x.v.pair.values, "channel_tone_hz", (double[]){0, 251}, 2);
    verify(&x);
    CHECK(stray(&x.v, "channel_tone") != NULL);
    synthetic_free(&x.s);
}

/* One channel was equalised alone, and the plan asks for both alike: what of it is left. */
static void test_tone_put_right(void)
{
    static const struct {
        double made_db, now_db;
        bool same; /* the old master, sent back */
        enum hs_outcome outcome;
        bool failed;
    } rows[] = {{9, -9, false, HS_DONE, false},      {9, -8, false, HS_DONE, false},
                {9, -5, false, HS_PARTLY, false},    {9, 0, true, HS_NOT_DONE, true},
                {-3, 0, true, HS_NOT_DONE, true},    {12, 0, false, HS_NOT_DONE, true},
                {9, 5, false, HS_NOT_DONE, true},    {9, -14, false, HS_OVERSHOT, true},
                {3, 0, false, HS_CANNOT_TELL, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        fault_without_number(&x, "channel_tone", HS_SEVERE, fabs(rows[i].made_db));
        put_tone(&t->pair.values, rows[i].made_db, 5012);
        put_tone(&x.v.pair.values, rows[i].now_db, 5012);
        const double none[HS_BANDS] = {0};
        if (rows[i].same)
            hs_values_array(&x.v.pair.values, "eq_db", none, HS_BANDS);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_verified *c = NULL;
        for (size_t k = 0; k < x.v.n_corrections; k++)
            if (!strcmp(x.v.corrections[k].rule, "channel_tone"))
                c = &x.v.corrections[k];
        if (!CHECK(c && c->outcome == rows[i].outcome && x.v.failed == rows[i].failed &&
                   (c->outcome != HS_CANNOT_TELL || strstr(c->why, "2 dB"))))
            fprintf(stderr, "row %zu: %s, %s\n", i, c ? hs_outcome_name(c->outcome) : "no step",
                    c && c->why ? c->why : "");
        synthetic_free(&x.s);
    }
}

/* Beside a planned one, a filter on one channel in another part of the spectrum strays, and is no
 * reason to say that less than 2 dB is not told. */
static void test_tone_elsewhere(void)
{
    for (int elsewhere = 0; elsewhere < 2; elsewhere++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 4);
        fault_without_number(&x, "channel_tone", HS_MODERATE, 4);
        put_tone(&x.s.audit.tracks[0].pair.values, 4, 5012);
        put_tone(&x.v.pair.values, -6, 5012);
        if (elsewhere)
            hs_values_array(&x.v.pair.values, "channel_tone_hz", (double[]){0, 200}, 2);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_verified *c = NULL;
        for (size_t k = 0; k < x.v.n_corrections; k++)
            if (!strcmp(x.v.corrections[k].rule, "channel_tone"))
                c = &x.v.corrections[k];
        CHECK((stray(&x.v, "channel_tone") != NULL) == elsewhere);
        CHECK(c && (c->why != NULL) == elsewhere && !(c->why && strstr(c->why, "2 dB")));
        synthetic_free(&x.s);
    }
}

/* Swapped sides and a wrong speed stand in no file alone: what is left of them, by both pairs. */
static void test_damage_put_right(void)
{
    static const struct {
        bool swapped, swapped_now;
        double made_ppm, now_ppm;
        enum hs_outcome outcome;
    } rows[] = {{true, true, 0, 0, HS_DONE},
                {true, false, 0, 0, HS_NOT_DONE},
                {false, false, 20000, -19800, HS_DONE},
                {false, false, 20000, -10000, HS_PARTLY},
                {false, false, 20000, 0, HS_NOT_DONE},
                {false, false, 20000, -40000, HS_OVERSHOT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        fault_without_number(&x, "damaged", HS_MINOR, 180);
        hs_values_number(&t->master.values, "duration_s", 180);
        hs_values_number(&t->master.values, "lost_s", 0);
        hs_values_flag(&t->pair.values, "swapped", rows[i].swapped);
        hs_values_number(&t->pair.values, "drift_ppm", rows[i].made_ppm);
        hs_values_flag(&x.v.pair.values, "swapped", rows[i].swapped_now);
        hs_values_number(&x.v.pair.values, "drift_ppm", rows[i].now_ppm);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_verified *c = NULL;
        for (size_t k = 0; k < x.v.n_corrections; k++)
            if (!strcmp(x.v.corrections[k].rule, "damaged"))
                c = &x.v.corrections[k];
        if (!CHECK(c && c->outcome == rows[i].outcome))
            fprintf(stderr, "row %zu: %s, %s\n", i, c ? hs_outcome_name(c->outcome) : "no step",
                    c && c->why ? c->why : "");
        synthetic_free(&x.s);
    }
}

/* Parts of both pairs, each in the time of its own file: what is asked is every stretch between
 * their borders. */
static void test_late_stretches(void)
{
    enum { ALL = 1000 };
    static const struct {
        double made[3], now[3]; /* from, to (ALL: all through), ms */
        double mix_ms, value, delay_s;
        bool planned, strays;
        enum hs_outcome outcome;
    } rows[] = {
        /* put right from 60 s on only */
        {{0, ALL, 5}, {60, 200, -5}, 0, 5, 0, true, false, HS_NOT_DONE},
        /* the whole channel moved where a part was late */
        {{20, 60, 5}, {0, ALL, -5}, 0, 5, 0, true, false, HS_OVERSHOT},
        {{0.001, 10, 5}, {0, ALL, -5}, 0, 5, 0, false, true, HS_DONE},
        /* 2 ms of the mix and 3 of mastering: all of it, and mastering's alone */
        {{0, ALL, 3}, {0, ALL, -5}, 2, 5, 0, true, false, HS_DONE},
        {{0, ALL, 3}, {0, ALL, -3}, 2, 5, 0, true, false, HS_PARTLY},
        /* ten seconds of lead-in are gone */
        {{100, 104, 5}, {90, 94, -5}, 0, 5, 10, true, false, HS_DONE},
        {{100, 104, 5}, {90, 94, -5}, 0, 5, 10, false, false, HS_DONE},
        /* taken back in part, and too far */
        {{0, ALL, 5}, {0, ALL, -4.8}, 0, 5, 0, false, false, HS_DONE},
        {{0, ALL, 5}, {0, ALL, -15}, 0, 5, 0, false, true, HS_DONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        struct hs_values *of[] = {&t->pair.values, &x.v.pair.values};
        const double *part[] = {rows[i].made, rows[i].now};
        if (rows[i].planned) {
            struct hs_finding *f =
                synthetic_fault(&x.s, 0, "channel_delay", HS_SEVERE, HS_ORIGIN_MASTERING);
            f->value = rows[i].value;
            f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                                   .move = &hs_move_delay,
                                                   .channel = HS_CHANNEL_LEFT,
                                                   .hz = NAN,
                                                   .q = NAN,
                                                   .db = NAN,
                                                   .after = 0};
        }
        for (int k = 0; k < 2; k++) {
            hs_values_number(of[k], "delay_s", k ? rows[i].delay_s : 0);
            if (part[k][1] < ALL)
                hs_values_array(of[k], "late_channel", part[k], 3);
            else
                hs_values_number(of[k], "channel_delay_change_ms", part[k][2]);
        }
        if (rows[i].mix_ms > 0)
            hs_values_array(&t->pair.values, "mix_channel_delay_ms", &rows[i].mix_ms, 1);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_verified *c = NULL;
        for (size_t k = 0; k < x.v.n_corrections; k++)
            if (!strcmp(x.v.corrections[k].rule, "channel_delay"))
                c = &x.v.corrections[k];
        const bool right = !rows[i].planned || (c && c->outcome == rows[i].outcome);
        if (!CHECK(right && (stray(&x.v, "late channel") != NULL) == rows[i].strays))
            fprintf(stderr, "row %zu: outcome %d, measured %g\n", i, c ? (int)c->outcome : -1,
                    c ? c->measured : (double)NAN);
        synthetic_free(&x.s);
    }
}

/* Beside a plan for the picture a channel that comes late from a moment on strays all the same,
 * and so does one that was equalised alone; what takes a late channel of the old file back does
 * not, whoever was late, but what undoes a cure does. */
static void test_beside_the_picture(void)
{
    for (int row = 0; row < 5; row++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        static const double part[] = {60, 200, -300}, back[] = {60, 200, 300};
        static const double old_late_ms = 300, mix_late_ms = -300;
        synthetic_fault(&x.s, 0, "lopsided", HS_MODERATE, HS_ORIGIN_MASTERING)->correction =
            (struct hs_correction){.where = HS_PLACE_MASTER,
                                   .move = &hs_move_gain,
                                   .channel = HS_CHANNEL_LEFT,
                                   .hz = NAN,
                                   .q = NAN,
                                   .db = -2,
                                   .after = 0};
        hs_values_number(&t->pair.values, "delay_s", 0);
        if (row != 2)
            hs_values_array(&x.v.pair.values, "late_channel", part, 3);
        if (row == 1 || row == 4)
            hs_values_array(&t->pair.values, "late_channel", back, 3);
        if (row == 3)
            hs_values_array(&x.v.pair.values, "mix_channel_delay_ms", &old_late_ms, 1);
        if (row == 4)
            hs_values_array(&t->pair.values, "mix_channel_delay_ms", &mix_late_ms, 1);
        if (row == 2) {
            hs_values_number(&x.v.pair.values, "channel_tone_db", -9);
            hs_values_array(&x.v.pair.values, "channel_tone_hz", (double[]){5012, 0}, 2);
        }
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_side_effect *late = stray(&x.v, "late channel");
        if (!CHECK((late != NULL) == (row == 0 || row == 4) && !stray(&x.v, "channel_delay")))
            fprintf(stderr, "row %d\n", row);
        CHECK(!late || strstr(late->words, "from 60.0 to 200.0 s the right"));
        if (!CHECK((stray(&x.v, "channel_tone") != NULL) == (row == 2)))
            fprintf(stderr, "row %d\n", row);
        synthetic_free(&x.s);
    }
}

/* What the pair of old and new shows by itself. */
static void test_by_the_pair(void)
{
    static const struct {
        const char *key;
        double value[4];
        size_t n; /* 0: a number */
        const char *what;
    } rows[] = {
        {"fade_out_s", {6}, 0, "fade"},       {"fade_out_s", {0.4}, 0, NULL},
        {"fade_in_s", {2}, 0, "fade"},        {"drops", {12, 13, 40, 0}, 4, "damaged"},
        {"silenced_s", {0.5}, 0, "damaged"},  {"silenced_s", {0}, 0, NULL},
        {"polarity", {1, -1}, 2, "polarity"}, {"added_tones_hz", {1000, NAN}, 2, "tone added"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        if (rows[i].n)
            hs_values_array(&x.v.pair.values, rows[i].key, rows[i].value, rows[i].n);
        else
            hs_values_number(&x.v.pair.values, rows[i].key, rows[i].value[0]);
        hs_values_number(&x.s.audit.tracks[0].master.values, "lost_s", 0);
        hs_values_number(&x.s.audit.tracks[0].update.values, "lost_s", 0);
        verify(&x);
        const struct hs_side_effect *s = rows[i].what ? stray(&x.v, rows[i].what) : NULL;
        bool right = rows[i].what ? s != NULL : !x.v.n_side_effects;
        CHECK(!s || !strstr(s->words, "mix")); /* that is another file */
        CHECK(!s || i != 3 || strstr(s->words, "left channel: 40 dB down from 12.0 to 13.0 s"));
        if (!CHECK(right && x.v.failed == (rows[i].what != NULL)))
            fprintf(stderr, "%s %g: %zu strayed\n", rows[i].key, rows[i].value[0],
                    x.v.n_side_effects);
        synthetic_free(&x.s);
    }
}

static void put_source(struct hs_file *f, bool lossless, int signs)
{
    hs_values_flag(&f->values, "lossless", lossless);
    hs_values_number(&f->values, "bandwidth_hz", signs ? 16000 : 22000);
    hs_values_number(&f->values, "holes_share", signs > 1 ? 0.3 : 0);
}

/* A new master that went through an encoder: the pair shows its noise, and the file a sign. Where
 * the old one did, or may have, nothing is said. */
static void test_encoded(void)
{
    static const struct {
        bool old_lossless, now_lossless, by_pair, old_by_pair, has_mix;
        int old_signs, now_signs;
        bool strays;
        double of_old_db; /* what mastering left unexplained; 0: -60 */
        size_t n_chain;
        double clipped_ppm;
    } rows[] = {{true, true, true, false, true, 2, 2, true, 0, 0, 0},
                {true, true, true, false, false, 0, 2, true, 0, 0, 0},
                {true, true, true, false, false, 2, 2, false, 0, 0, 0}, /* either of them */
                {true, true, true, true, true, 2, 2, false, 0, 0, 0},
                {true, true, true, false, true, 0, 0, false, 0, 0, 0}, /* noise of another kind */
                {true, true, false, false, true, 2, 2, false, 0, 0, 0},
                {true, false, false, false, true, 0, 2, true, 0, 0, 0},
                {false, true, true, false, true, 2, 0, false, 0, 0, 0},
                /* what a clipper or anything else had left in the old one */
                {true, true, true, false, true, 2, 2, false, -22, 0, 0},
                {true, true, true, false, true, 2, 2, false, -60, 1, 0},
                {true, true, true, false, false, 0, 2, false, 0, 0, 5000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        if (rows[i].has_mix)
            mastered_from(&x, 9);
        put_source(&t->master, rows[i].old_lossless, rows[i].old_signs);
        put_source(&t->update, rows[i].now_lossless, rows[i].now_signs);
        hs_values_number(&t->master.values, "clipped_ppm", rows[i].clipped_ppm);
        hs_values_number(&x.v.pair.values, "residual_db", -24);
        if (rows[i].has_mix) {
            hs_values_number(&t->pair.values, "residual_db",
                             rows[i].of_old_db < 0 ? rows[i].of_old_db : -60);
            t->pair.n_chain = rows[i].n_chain;
        }
        if (rows[i].by_pair)
            hs_values_number(&x.v.pair.values, "encoded.bandwidth_hz", 16000);
        if (rows[i].old_by_pair)
            hs_values_number(&t->pair.values, "encoded.bandwidth_hz", 16000);
        verify(&x);
        if (!CHECK((stray(&x.v, "encoded") != NULL) == rows[i].strays))
            fprintf(stderr, "row %zu\n", i);
        synthetic_free(&x.s);
    }
}

/* A step of level has no colour: what moved by 1 dB over octaves strays beside it. */
static void test_gain_has_no_colour(void)
{
    struct fixture x;
    double change[HS_BANDS];
    shelf(change, -4);
    for (size_t b = 0; b < 8; b++)
        change[b] += 1.6;
    fixture_make(&x, change);
    struct hs_finding *f =
        synthetic_fault(&x.s, 0, "level_jump", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
    f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                           .move = &hs_move_gain,
                                           .hz = NAN,
                                           .q = NAN,
                                           .db = 3,
                                           .after = f->value - 3};
    hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
    CHECK(stray(&x.v, "tone") && x.v.failed);
    synthetic_free(&x.s);
}

/* A second of which much is unexplained while the others are copies; not where devices are at work,
 * nor everywhere, nor where the song was mixed again. */
static void test_moments(void)
{
    static const struct {
        float at_6, at_14, usual;
        bool remixed, told;
    } rows[] = {{-16, -18, -90, false, true},
                {-16, -90, -90, false, true},
                {-40, -90, -90, false, false},
                {-16, -18, -24, false, false},
                {-16, -18, -90, true, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        float course[30];
        fixture_dulled(&x);
        for (size_t k = 0; k < 30; k++)
            course[k] = k == 29 || (i && k % 3 == 1) ? NAN
                        : k == 6                     ? rows[i].at_6
                        : k == 14                    ? rows[i].at_14
                                                     : rows[i].usual;
        hs_values_series(&x.v.pair.values, "residual_series", course, 30, 0, 1);
        if (rows[i].remixed) {
            file_fill(&x.s.audit.arena, &x.s.audit.tracks[0].mix, x.old);
            x.v.kind = HS_UPDATE_MIX;
        }
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_side_effect *s = stray(&x.v, "something else");
        if (!CHECK((s != NULL) == rows[i].told && (!s || strstr(s->words, "from 6 to 7 s"))))
            fprintf(stderr, "row %zu\n", i);
        synthetic_free(&x.s);
    }
}

/* A wrong speed is one defect and no two strays; a small one is the speed alone. */
static void test_told_once(void)
{
    static const double ppm[] = {88435, 2000};
    for (size_t i = 0; i < 2; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_number(&t->master.values, "lost_s", 0);
        hs_values_number(&t->update.values, "lost_s", 0);
        hs_values_number(&x.v.pair.values, "drift_ppm", ppm[i]);
        hs_values_number(&x.v.pair.values, "residual_db", -10);
        verify(&x);
        CHECK((stray(&x.v, "damaged") != NULL) == !i && (stray(&x.v, "speed") != NULL) == (i > 0));
        CHECK((stray(&x.v, "something else") != NULL) == (i > 0));
        synthetic_free(&x.s);
    }
}

/* Channels that change places are one defect; those that mastering had swapped are put right. */
static void test_swapped(void)
{
    for (int made = 0; made < 2; made++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_number(&t->master.values, "lost_s", 0);
        hs_values_number(&t->update.values, "lost_s", 0);
        hs_values_flag(&t->pair.values, "swapped", made);
        hs_values_flag(&x.v.pair.values, "swapped", true);
        verify(&x);
        CHECK((stray(&x.v, "damaged") != NULL) == !made && !stray(&x.v, "channels"));
        synthetic_free(&x.s);
    }
}

/* What the comparison shows to be new strays also where the old file cannot be read for it, and
 * where one file alone gives an indication. */
static void test_new_since(void)
{
    for (int added = 0; added < 2; added++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        if (added) {
            hs_values_number(&x.v.pair.values, "added_noise_db", -35);
            hs_values_number(&x.v.pair.values, "channel_tone_db", -9);
            hs_values_array(&x.v.pair.values, "channel_tone_hz", (double[]){5012, 0}, 2);
        }
        verify(&x);
        CHECK((stray(&x.v, "noisy") != NULL) == added);
        CHECK((stray(&x.v, "channel_tone") != NULL) == added);
        synthetic_free(&x.s);
    }
}

/* What was asked for, or what takes mastering back, strays neither in polarity nor in speed. */
static void test_turned_back(void)
{
    for (int i = 0; i < 4; i++) {
        struct fixture x;
        const double turned[] = {1, -1}, straight[] = {1, 1};
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        bool made = i == 1 || i == 3;
        hs_values_number(&t->pair.values, "delay_s", 0);
        hs_values_array(&t->pair.values, "polarity", i == 1 ? turned : straight, 2);
        hs_values_array(&x.v.pair.values, "polarity", i < 2 ? turned : straight, 2);
        hs_values_number(&t->pair.values, "drift_ppm", made ? 88435 : 0);
        hs_values_number(&x.v.pair.values, "drift_ppm", i < 2 ? 0 : -88400);
        verify(&x);
        CHECK((stray(&x.v, "polarity") != NULL) == (i == 0));
        CHECK((stray(&x.v, "speed") || stray(&x.v, "damaged")) == (i == 2));
        synthetic_free(&x.s);
    }
}

/* An instrument that a new mix turns up is no foreign sound. */
static void test_turned_up(void)
{
    static const double place[] = {30, 45, -10}, drop[] = {12, 13, 40, 0};
    for (int i = 0; i < 4; i++) { /* a channel that drops out in it is one all the same */
        const int mix = i % 2;
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        file_fill(&x.s.audit.arena, &t->mix, x.old);
        x.v.kind = mix ? HS_UPDATE_MIX : HS_UPDATE_MASTER;
        hs_values_number(&t->mix.values, "lost_s", 0);
        hs_values_number(&t->master.values, "lost_s", 0);
        hs_values_number(&t->update.values, "lost_s", 0);
        hs_values_array(&x.v.pair.values, "foreign", place, 3);
        if (i / 2)
            hs_values_array(&x.v.pair.values, "drops", drop, 4);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        CHECK(!mix || (stray(&x.v, "damaged") != NULL) == i / 2);
        synthetic_free(&x.s);
    }
}

/* A shelf of another slope than the planned one is that shelf; what else is done beside its corner
 * strays all the same. */
static void test_other_slope(void)
{
    for (int more = 0; more < 2; more++) {
        struct fixture x;
        double change[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++)
            change[b] = hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 5000, -9, .45, hs_band_hz(b)) +
                        (more && b >= 19 && b <= 22 ? 4 : 0);
        fixture_make(&x, change);
        x.s.audit.tracks[0].findings[0].correction.db = -9;
        verify(&x);
        CHECK((stray(&x.v, "tone") != NULL) == more);
        synthetic_free(&x.s);
    }
}

/* Reverberation that the comparison alone tells: strays, unless it takes back what mastering did.
 */
static void test_tails(void)
{
    static const struct {
        double now, made;
        const char *what;
    } rows[] = {{1.3, 0, "wet"},  {1.3, -1.2, NULL}, {-1.3, 1.2, NULL},
                {-1.3, 0, "dry"}, {0.4, 0, NULL},    {1.3, NAN, "wet"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        mastered_from(&x, 9);
        struct hs_track_result *t = x.s.audit.tracks;
        struct hs_file *files[] = {&t->master, &t->update};
        for (size_t k = 0; k < i % 2 * 2; k++) { /* which do not tell it by themselves */
            hs_values_number(&files[k]->values, "wetness", 0);
        }
        hs_values_number(&x.v.pair.values, "tail_change_db", rows[i].now);
        hs_values_number(&t->pair.values, "tail_change_db", rows[i].made);
        verify(&x);
        bool right = rows[i].what ? stray(&x.v, rows[i].what) != NULL : !x.v.n_side_effects;
        if (!CHECK(right))
            fprintf(stderr, "row %zu: %zu strayed\n", i, x.v.n_side_effects);
        synthetic_free(&x.s);
    }
}

/* What nothing explains, where the old master was explained. */
static void test_rest(void)
{
    static const struct {
        double now, before;
        bool told;
        size_t n_chain; /* devices: what they leave is a remark */
    } rows[] = {{-7, -40, true, 0},
                {-7, NAN, true, 0},
                {-7, -12, false, 0},
                {-30, -40, false, 0},
                {-15, -40, true, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        if (isfinite(rows[i].before)) {
            mastered_from(&x, 9);
            hs_values_number(&x.s.audit.tracks[0].pair.values, "residual_db", rows[i].before);
        }
        hs_values_number(&x.v.pair.values, "residual_db", rows[i].now);
        x.v.pair.n_chain = rows[i].n_chain;
        verify(&x);
        const struct hs_side_effect *s = stray(&x.v, "something else");
        if (!CHECK((s != NULL) == rows[i].told && x.v.failed == (s && !s->remark) &&
                   (!s || s->remark == (rows[i].n_chain > 0))))
            fprintf(stderr, "row %zu\n", i);
        synthetic_free(&x.s);
    }
}

static void plan_another_copy(struct fixture *x, enum hs_move_channel channel)
{
    struct hs_finding *f = synthetic_fault(&x->s, 0, "damaged", HS_SEVERE, HS_ORIGIN_CANNOT_SAY);
    f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                           .move = &hs_move_another_copy,
                                           .channel = channel,
                                           .hz = NAN,
                                           .db = NAN,
                                           .db_most = NAN,
                                           .q = NAN,
                                           .after = NAN,
                                           .after_most = NAN,
                                           .words = "another copy"};
}

/* A channel that is back where the old file had lost it moves width and much else, and what the old
 * file lacked is explained by nothing in it. */
static void test_channel_back(void)
{
    for (int row = 0; row < 4; row++) {
        const int back = row % 2, much = row / 2;
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        hs_values_number(&t->master.values, "side_mid_db", 0);
        hs_values_number(&t->update.values, "side_mid_db", -20);
        hs_values_number(&t->master.values, "lost_s", 0);
        hs_values_number(&t->update.values, "lost_s", 0);
        hs_values_number(&x.v.pair.values, "residual_db", much ? -7 : -13);
        plan_another_copy(&x, back ? HS_CHANNEL_RIGHT : HS_CHANNEL_BOTH);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_side_effect *narrow = stray(&x.v, "narrow");
        const struct hs_side_effect *rest = stray(&x.v, "something else");
        CHECK(narrow && narrow->remark == (back == 1));
        CHECK(rest && rest->remark == (back || !much));
        synthetic_free(&x.s);
    }
}

/* The widths of a place are those of the pair's lists. */
static void put_places(struct hs_values *pair, const char *key, const double *place)
{
    if (key)
        hs_values_array(pair, key, place, !strcmp(key, "skips") ? 5 : !strcmp(key, "lost") ? 3 : 4);
}

/* What the old file has is gone in the new one; what it has not came in anew, whatever else is to
 * be mended. */
static void test_new_skips(void)
{
    static const double place[] = {30, 30.5, 29.5, 0.5, 1};
    static const struct {
        const char *old; /* NULL: nothing of the kind */
        const char *now;
        bool mix, strays;
    } rows[] = {{NULL, "skips", true, true},      {NULL, "skips", false, false},
                {"skips", "skips", true, false},  {"lost", "skips", true, false},
                {"breaks", "skips", true, true},  {NULL, "lost", true, true},
                {"skips", "lost", true, false},   {NULL, "breaks", true, true},
                {"breaks", "breaks", true, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        fixture_dulled(&x);
        struct hs_track_result *t = x.s.audit.tracks;
        if (rows[i].mix) {
            mastered_from(&x, 9);
            hs_values_number(&t->pair.values, "delay_s", 0);
        }
        hs_values_number(&t->master.values, "lost_s", 0);
        hs_values_number(&t->update.values, "lost_s", 0);
        if (rows[i].mix)
            put_places(&t->pair.values, rows[i].old, place);
        put_places(&x.v.pair.values, rows[i].now, place);
        plan_another_copy(&x, HS_CHANNEL_BOTH);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        if (!CHECK((stray(&x.v, "damaged") != NULL) == rows[i].strays &&
                   (!rows[i].strays || x.v.failed)))
            fprintf(stderr, "row %zu\n", i);
        synthetic_free(&x.s);
    }
}

int main(void)
{
    test_channel_back();
    test_new_skips();
    test_gain_has_no_colour();
    test_moments();
    test_turned_back();
    test_swapped();
    test_new_since();
    test_turned_up();
    test_told_once();
    test_other_slope();
    test_tails();
    test_rest();
    test_back_to_the_mix();
    test_cure_undone();
    test_rule_of_the_mix();
    test_late_channel();
    test_late_put_right();
    test_late_stretches();
    test_tone_taken_back();
    test_tone_put_right();
    test_tone_elsewhere();
    test_damage_put_right();
    test_beside_the_picture();
    test_by_the_pair();
    test_encoded();
    return check_done();
}
