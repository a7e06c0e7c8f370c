/* SPDX-License-Identifier: Apache-2.0 */
/* What the pair proves to be broken is a finding of mastering, as severe as it is heard, and more
 * of it never counts less. */
#include "judge_fixture.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct hs_finding *damaged(struct fixture *f)
{
    hs_judge_audit(&f->audit);
    return fixture_finding(f, 0, "damaged");
}

static struct hs_values *start(struct fixture *f)
{
    fixture_start(f, 1);
    fixture_pair(f, 0);
    hs_values_number(&f->results[0].mix.values, "lost_s", 0);
    hs_values_number(&f->results[0].master.values, "lost_s", 0);
    return &f->results[0].pair.values;
}

static void put_clicks(struct hs_values *pair, size_t n)
{
    const double at_s[] = {3, 6, 9, 12};
    hs_values_array(pair, "clicks", at_s, n < 4 ? n : 4);
    hs_values_number(pair, "clicks_n", (double)n);
    hs_values_number(pair, "clicks_db", -6);
}

static void clicks(void)
{
    static const struct {
        size_t n;
        enum hs_severity severity;
        const char *words;
    } rows[] = {
        {1, HS_MINOR, "1 click that is not in the mix, the first at 3.0 s, up to -6 dBFS."},
        {13, HS_MODERATE, "13 clicks that are not in the mix, the first at 3.0 s"},
        {60, HS_SEVERE, "60 clicks"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        put_clicks(start(&f), rows[i].n);
        const struct hs_finding *d = damaged(&f);
        if (CHECK(d && d->severity == rows[i].severity && d->origin == HS_ORIGIN_MASTERING)) {
            CHECK(strstr(d->evidence, rows[i].words) != NULL);
            CHECK(d->times[0].from_s == 2 && d->times[0].to_s == 5 && d->tier == HS_MEASURED);
        }
        fixture_free(&f);
    }
}

static void places(void)
{
    static const struct {
        const char *key;
        double row[10];
        size_t n;
        enum hs_severity severity;
        const char *words;
    } rows[] = {
        {"foreign", {15, 15.6, -1}, 3, HS_MODERATE, "From 15.0 to 15.6 s something sounds that is"},
        {"foreign", {14, 20, -9, 30, 31, -9}, 6, HS_MODERATE, "; 2 such places, 7.0 s in all."},
        {"foreign", {14, 34, -9}, 3, HS_MINOR, ": or the master was made from another mix."},
        {"skips",
         {20, 20.9, 19.7, 0.3, 4},
         5,
         HS_MODERATE,
         "It skips at 20.0 s: 0.30 s of the mix "
         "are heard 4 times."},
        {"skips", {20, 29, 18.2, 1.8, 6}, 5, HS_MINOR, "6 times"},
        {"skips", {20, 21.7, 18.3, 1.7, 2}, 5, HS_MINOR, "2 times"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        hs_values_array(start(&f), rows[i].key, rows[i].row, rows[i].n);
        const struct hs_finding *d = damaged(&f);
        if (CHECK(d && d->severity == rows[i].severity && d->origin == HS_ORIGIN_MASTERING)) {
            CHECK(strstr(d->evidence, rows[i].words) != NULL);
            CHECK(d->times[0].from_s == rows[i].row[0] && d->times[0].to_s == rows[i].row[1]);
        }
        fixture_free(&f);
    }
}

/* What is shorter than a fifth of a second is heard as a click is, or as long as it lasts. */
static void bits(void)
{
    static const struct {
        const char *key;
        double row[12];
        size_t n;
        enum hs_severity severity;
        const char *words;
    } rows[] = {
        {"lost",
         {20, 20, 0.012},
         3,
         HS_MINOR,
         "It skips at 20.0 s: 12 ms of the mix are left out."},
        {"lost", {20, 20, 0.06}, 3, HS_MODERATE, "60 ms"},
        {"lost", {20, 20, 0.02, 30, 30, 0.02, 40, 40, 0.02}, 9, HS_MODERATE, "; 3 such places."},
        {"skips", {20, 20.025, 19.975, 0.025, 2}, 5, HS_MINOR, "0.03 s of the mix are heard 2"},
        {"breaks", {20, 20.002, -1, 1}, 4, HS_MINOR, "for 2 ms it falls silent where the music"},
        {"breaks", {20, 20.1, -1, 0}, 4, HS_MODERATE, "for 100 ms it is not that of the mix."},
        {"breaks", {20, 20.003, 0, 0, 30, 30.003, 0, 0}, 8, HS_MINOR, "; 2 such places."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        hs_values_array(start(&f), rows[i].key, rows[i].row, rows[i].n);
        const struct hs_finding *d = damaged(&f);
        if (CHECK(d && d->severity == rows[i].severity && d->origin == HS_ORIGIN_MASTERING)) {
            CHECK(strstr(d->evidence, rows[i].words) != NULL);
            CHECK(d->times[0].from_s <= 20 && d->times[0].to_s >= 20);
        }
        fixture_free(&f);
    }
}

/* Left and right of the whole song. */
static void swapped(void)
{
    for (int is = 0; is < 2; is++) {
        struct fixture f;
        hs_values_flag(start(&f), "swapped", is);
        const struct hs_finding *d = damaged(&f);
        if (!is)
            CHECK(!d);
        else if (CHECK(d && d->severity == HS_MINOR && d->origin == HS_ORIGIN_MASTERING))
            CHECK(strstr(d->evidence, "left of the mix is right here") &&
                  !strcmp(d->correction.words, "Swap left and right back."));
        fixture_free(&f);
    }
}

/* Wrong rates are severe; what nobody hears is nothing. */
static void speed(void)
{
    static const struct {
        double ppm;
        enum hs_severity severity;
        const char *words;
    } rows[] = {
        {2500, HS_NO_FAULT, NULL},
        {-4000, HS_NOTE, "0.4 % slower than the mix, 0.07 semitones flat."},
        {7000, HS_MINOR, "0.7 % faster"},
        {-20000, HS_MODERATE, "2.0 % slower than the mix, 0.35 semitones flat."},
        {88435, HS_SEVERE,
         "8.8 % faster than the mix, 1.47 semitones sharp: 44.1 kHz played as 48"},
        {-81250, HS_SEVERE, "48 kHz played as 44.1 kHz"},
        {-40000, HS_SEVERE, "25 pictures a second played as 24"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        hs_values_number(start(&f), "drift_ppm", rows[i].ppm);
        const struct hs_finding *d = damaged(&f);
        CHECK((d ? d->severity : HS_NO_FAULT) == rows[i].severity);
        CHECK(!d || (d->origin == HS_ORIGIN_MASTERING && strstr(d->evidence, rows[i].words)));
        if (d && rows[i].severity == HS_SEVERE) {
            double right = strtod(strstr(d->correction.words, "speed: ") + 7, NULL);
            CHECK(fabs(right * (1 + rows[i].ppm * 1e-6) - 1) < 1e-4);
        }
        fixture_free(&f);
    }
}

/* Another copy mends what is more severe than the speed. */
static void speed_and_clicks(void)
{
    struct fixture f;
    struct hs_values *pair = start(&f);
    hs_values_number(pair, "drift_ppm", 7000);
    put_clicks(pair, 100);
    const struct hs_finding *d = damaged(&f);
    CHECK(d && d->severity == HS_SEVERE && strstr(d->evidence, "0.7 % faster") &&
          strstr(d->correction.words, "copy"));
    fixture_free(&f);
}

/* A gain that swings is pumping by mastering, as far as it is heard, and measured. */
static void pumping(void)
{
    static const struct {
        double db;
        enum hs_severity severity;
    } rows[] = {{0.8, HS_NO_FAULT}, {2.5, HS_NOTE}, {6, HS_MODERATE}, {9, HS_SEVERE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f);
        hs_values_number(&f.results[0].mix.values, "pumping_db", 0.2);
        hs_values_number(&f.results[0].master.values, "pumping_db", 0.3);
        hs_values_number(&f.results[0].master.values, "pumping_share", 0.1);
        hs_values_number(pair, "swing_hz", 2);
        hs_values_number(pair, "swing_db", rows[i].db);
        hs_judge_audit(&f.audit);
        const struct hs_finding *p = fixture_finding(&f, 0, "pumping");
        CHECK((p ? p->severity : HS_NO_FAULT) == rows[i].severity);
        CHECK(!p || ((p->origin == HS_ORIGIN_MASTERING || p->severity == HS_NOTE) &&
                     p->tier == HS_MEASURED && strstr(p->evidence, "2.0 times a second")));
        fixture_free(&f);
    }
}

/* What the mix shows to be far louder came in with mastering, and a cut where the mix goes on. */
static void away(void)
{
    for (int i = 0; i < 2; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f), *master = &f.results[0].master.values;
        hs_values_number(pair, "delay_s", 11);
        hs_values_number(pair, "drift_ppm", 0);
        hs_values_number(master, "integrated_lufs", -68);
        hs_values_number(&f.results[0].mix.values, "integrated_lufs", -14);
        for (int k = 0; k < 2; k++) {
            hs_values_number(master, k ? "end_level_db" : "start_level_db", k ? -40 : -3);
            hs_values_number(master, k ? "end_drop_db" : "start_rise_db", 0);
        }
        hs_values_number(&f.results[0].mix.values, "leading_silence_s", 0);
        if (i) /* not known to be the same music */
            f.results[0].pair.state = HS_PAIR_CANNOT_SAY;
        hs_judge_audit(&f.audit);
        const struct hs_finding *cut = fixture_finding(&f, 0, "truncated");
        const struct hs_finding *silent = fixture_finding(&f, 0, "silent");
        CHECK(silent && silent->severity == HS_SEVERE);
        CHECK(silent && (silent->origin == HS_ORIGIN_MASTERING) == !i);
        CHECK((cut && cut->severity == HS_MODERATE) == !i);
        CHECK(!cut || cut->origin == HS_ORIGIN_MASTERING);
        fixture_free(&f);
    }
}

/* A soft mix is no silent one. */
static void soft_mix(void)
{
    struct fixture f;
    start(&f);
    hs_values_number(&f.results[0].mix.values, "integrated_lufs", -52);
    hs_judge_audit(&f.audit);
    CHECK(!fixture_finding(&f, 0, "silent"));
    fixture_free(&f);
}

/* Two faults are as severe as the worse of them, and both are told. */
static void both(void)
{
    for (int i = 0; i < 2; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f);
        put_clicks(pair, 2);
        hs_values_array(pair, "drops", (double[]){15, i ? 15.8 : 15.02, 34, 1}, 4);
        hs_values_number(pair, "drift_ppm", 4000);
        const struct hs_finding *d = damaged(&f);
        CHECK(d && d->severity == (i ? HS_MODERATE : HS_MINOR));
        CHECK(d && strstr(d->evidence, "34 dB down from 15.0") && strstr(d->evidence, "2 clicks") &&
              strstr(d->evidence, "0.4 % faster"));
        CHECK(d && d->times[0].from_s == (i ? 15 : 2));
        fixture_free(&f);
    }
}

/* Nothing of it without a pair. */
static void not_aligned(void)
{
    struct fixture f;
    hs_values_number(start(&f), "drift_ppm", 88435);
    f.results[0].pair.state = HS_PAIR_CANNOT_SAY;
    CHECK(!damaged(&f));
    fixture_free(&f);
}

/* Another song under this title, or beside it: which of the two is wrong is not known. */
static void another_song(void)
{
    struct fixture f;
    start(&f);
    f.results[0].pair.state = HS_PAIR_DIFFERENT;
    const struct hs_finding *d = damaged(&f);
    if (CHECK(d && d->severity == HS_MODERATE && d->origin == HS_ORIGIN_CANNOT_SAY)) {
        CHECK(d->tier == HS_MEASURED);
        CHECK(strstr(d->evidence, "is not a master of the mix") && strstr(d->evidence, "or the mix "
                                                                                       "is."));
        CHECK(strstr(d->correction.words, "which of the two is the wrong file") != NULL);
    }
    fixture_free(&f);
}

/* A hum that came in since the mix, however loud; not tones of other pitches, nor a whistle. */
static void added_hum(void)
{
    static const struct {
        double hz[4], db;
        bool hum;
    } rows[] = {{{50.06, 100.1, 150.03, 249.95}, -15, true},
                {{60, 180, NAN, NAN}, -40, true},
                {{49, 98, 147, NAN}, -15, false},
                {{59.1, 118.2, 177.3, NAN}, -30, true},
                {{50.4, NAN, NAN, NAN}, -15, true},
                {{58.3, 116.6, NAN, NAN}, -30, false},
                {{1000, NAN, NAN, NAN}, -30, false},
                {{50, 733, NAN, NAN}, -30, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int loud = 0; loud < 2; loud++) { /* the file alone cannot tell what is loud */
            struct fixture f;
            struct hs_values *pair = start(&f);
            for (int k = 0; k < 2; k++) {
                struct hs_values *v = k ? &f.results[0].mix.values : &f.results[0].master.values;
                if (loud && !k)
                    hs_values_absent(v, "hum_db", "louder than 22 dB below the programme");
                else
                    hs_values_nothing(v, "hum_db", "no line");
            }
            hs_values_array(pair, "added_tones_hz", rows[i].hz, 4);
            hs_values_number(pair, "added_tones_db", rows[i].db);
            hs_judge_audit(&f.audit);
            const struct hs_finding *h = fixture_finding(&f, 0, "hum");
            if (CHECK((h != NULL) == rows[i].hum) && h) {
                CHECK(h->origin == HS_ORIGIN_MASTERING && h->tier == HS_MEASURED);
                CHECK(h->severity == (rows[i].db > -36 ? HS_SEVERE : HS_MODERATE));
                CHECK(strstr(h->evidence, "that are not in the mix") != NULL);
                CHECK_NEAR(h->value, rows[i].db, 1e-9);
            }
            fixture_free(&f);
        }
}

/* Faint tones that came in do not hide a hum of both files that is graver, though a passage hum is
 * minor at most. */
static void added_hum_and_passage(void)
{
    static const struct {
        double added_db;
        enum hs_severity severity;
        enum hs_origin origin;
    } rows[] = {{-58, HS_MINOR, HS_ORIGIN_MIX}, {-40, HS_MODERATE, HS_ORIGIN_MASTERING}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f);
        for (int k = 0; k < 2; k++) {
            struct hs_values *v = k ? &f.results[0].mix.values : &f.results[0].master.values;
            hs_values_number(v, "hum_db", -40);
            hs_values_number(v, "hum_hz", 50);
            hs_values_number(v, "hum_from_s", 0);
            hs_values_number(v, "hum_to_s", 20);
        }
        hs_values_array(pair, "added_tones_hz", (double[]){50, 150}, 2);
        hs_values_number(pair, "added_tones_db", rows[i].added_db);
        hs_judge_audit(&f.audit);
        const struct hs_finding *h = fixture_finding(&f, 0, "hum");
        CHECK(h && h->severity == rows[i].severity);
        CHECK(h && (i || h->origin == rows[i].origin));
        fixture_free(&f);
    }
}

/* Noise that came in since, where the quietest moments of both files are music; what it covers is
 * not called cured, and what softer noise does not cover is read from the file. */
static void added_noise(void)
{
    static const struct {
        double db;
        enum hs_severity severity;
    } rows[] = {{-39, HS_MODERATE}, {-27, HS_SEVERE}, {-62, HS_NO_FAULT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f);
        hs_values_absent(&f.results[0].mix.values, "noise_floor_db", "music");
        hs_values_absent(&f.results[0].master.values, "noise_floor_db", "music");
        hs_values_number(pair, "added_noise_db", rows[i].db);
        hs_values_absent(pair, "tail_change_db", "no tail is told");
        const bool covered = rows[i].db > -30;
        hs_values_number(&f.results[0].mix.values, "wetness", covered ? -3 : 0);
        hs_values_number(&f.results[0].master.values, "wetness", covered ? 0 : -3);
        hs_judge_audit(&f.audit);
        const struct hs_finding *n = fixture_finding(&f, 0, "noisy");
        CHECK((n ? n->severity : HS_NO_FAULT) == rows[i].severity);
        CHECK(!n || (n->origin == HS_ORIGIN_MASTERING && strstr(n->evidence, "not in the mix")));
        const struct hs_finding *dry = fixture_finding(&f, 0, "dry");
        CHECK(dry && dry->severity >= HS_MINOR);
        CHECK(dry && (dry->origin == HS_ORIGIN_MIX) == covered && dry->origin != HS_ORIGIN_CURED);
        /* the words name the place where it is done */
        if (CHECK(dry && dry->correction.words))
            CHECK(!strncmp(dry->correction.words,
                           covered ? "In the mix: effect" : "In the master: rev", 18) &&
                  dry->correction.where == (covered ? HS_PLACE_MIX : HS_PLACE_MASTER));
        fixture_free(&f);
    }
}

static void put_end(struct hs_values *v, double bandwidth_hz, double cliff_db, double from_hz)
{
    hs_values_number(v, "bandwidth_hz", bandwidth_hz);
    hs_values_number(v, "cliff_db", cliff_db);
    if (from_hz > 0)
        hs_values_number(v, "upsampled_from_hz", from_hz);
    else
        hs_values_nothing(v, "upsampled_from_hz", "made at its rate");
}

/* A wall that came in takes what is above it away; music that is steep ends in a cliff by itself,
 * wherever that is read in the two files. */
static void walls(void)
{
    static const struct {
        double above_db; /* of the transfer above 4.9 kHz */
        bool wall;
    } rows[] = {{-0.1, false}, {-4, false}, {-30, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f);
        double eq[HS_BANDS], coherence[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++) {
            eq[b] = b > 24 ? rows[i].above_db : 0;
            coherence[b] = 0.9;
        }
        hs_values_array(pair, "eq_db", eq, HS_BANDS);
        hs_values_array(pair, "coherence", coherence, HS_BANDS);
        fixture_lift(&f.results[0].master.values, 25, HS_BANDS - 1, rows[i].above_db);
        put_end(&f.results[0].mix.values, 15332, 26, 0);
        put_end(&f.results[0].master.values, 4888, 41, 32000);
        hs_judge_audit(&f.audit);
        const struct hs_finding *w = fixture_finding(&f, 0, "band_limited");
        const struct hs_finding *u = fixture_finding(&f, 0, "upsampled");
        const bool severe = w && w->severity == HS_SEVERE && w->origin == HS_ORIGIN_MASTERING;
        CHECK(severe == rows[i].wall && (u != NULL) == rows[i].wall);
        fixture_free(&f);
    }
}

/* A pair whose tone mastering left as it was. */
static void start_plain(struct fixture *f)
{
    struct hs_values *pair = start(f);
    double eq[HS_BANDS] = {0}, coherence[HS_BANDS];
    for (size_t b = 0; b < HS_BANDS; b++)
        coherence[b] = 0.9;
    hs_values_array(pair, "eq_db", eq, HS_BANDS);
    hs_values_array(pair, "coherence", coherence, HS_BANDS);
}

/* Where both files end alike and nothing was cut between them, the wall of the one is that of the
 * other, although its cliff reads just too flat or the lower rate was not told. */
static void walls_of_both(void)
{
    static const struct {
        double mix_hz, master_hz, rate, from_hz;
        enum hs_severity at_least;
    } rows[] = {{9100, 9000, 44100, 0, HS_MINOR},
                {11000, 11000, 44100, 22050, HS_MINOR},
                {20090, 20100, 48000, 44100, HS_NOTE}}; /* above every third octave */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        start_plain(&f);
        put_end(&f.results[0].mix.values, rows[i].mix_hz, 19, 0);
        put_end(&f.results[0].master.values, rows[i].master_hz, 25, rows[i].from_hz);
        hs_values_number(&f.results[0].mix.values, "sample_rate_hz", rows[i].rate);
        hs_values_number(&f.results[0].master.values, "sample_rate_hz", rows[i].rate);
        hs_judge_audit(&f.audit);
        const struct hs_finding *w =
            fixture_finding(&f, 0, rows[i].from_hz > 0 ? "upsampled" : "band_limited");
        CHECK(w && w->severity >= rows[i].at_least && w->origin == HS_ORIGIN_MIX);
        fixture_free(&f);
    }
}

/* A master at 192 kHz of a mix at 44.1 whose end, an encoder's, fits 32 kHz as well: it was made at
 * the rate of the mix, and the mix itself at its own. */
static void rate_of_mix(void)
{
    struct fixture f;
    start_plain(&f);
    put_end(&f.results[0].mix.values, 15980, 71, 0);
    put_end(&f.results[0].master.values, 15960, 84, 32000);
    hs_values_number(&f.results[0].mix.values, "sample_rate_hz", 44100);
    hs_values_number(&f.results[0].master.values, "sample_rate_hz", 192000);
    hs_judge_audit(&f.audit);
    const struct hs_finding *u = fixture_finding(&f, 0, "upsampled");
    if (CHECK(u != NULL)) {
        CHECK_NEAR(u->value, 192 / 44.1, 1e-9);
        CHECK_NEAR(u->mix_value, 1, 0);
        CHECK(u->origin == HS_ORIGIN_MASTERING);
    }
    fixture_free(&f);
}

/* One channel that is gone: half of the record, as the file shows without a pair. */
static void one_side(void)
{
    static const struct {
        double spell[5];
        double lean_db;
        enum hs_severity severity;
        bool leans; /* long enough to make it */
        const char *words;
    } rows[] = {
        {{10, 50, 1, 46, 0.4}, 9, HS_SEVERE, true, "The right channel is gone from 10.0 to 50.0 s"},
        {{10, 18, 1, 46, 0.4}, 9, HS_SEVERE, false, "gone from 10.0 to 18.0 s, 46 dB"},
        {{10, 30, 1, 46, 0.4}, 9, HS_SEVERE, false, "gone from 10.0 to 30.0 s, 46 dB"},
        {{10, 11, 0, 60, 0.4}, -9, HS_MODERATE, false, "The left channel is gone from 10.0"},
        {{10, 10.5, 1, 60, 0.4}, 2, HS_MODERATE, false, "The right channel is gone from 10.0"},
        {{0, 180, 1, 60, 1}, 60, HS_SEVERE, true, "The right channel is gone: 60 dB below the"},
        {{0, 8, 1, 60, 0}, 9, HS_NO_FAULT, false, ""}, /* a part that is played on the left */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        start(&f);
        hs_values_array(&f.results[0].master.values, "one_side", rows[i].spell, 5);
        hs_values_number(&f.results[0].master.values, "balance_db", rows[i].lean_db);
        f.results[0].pair.state = HS_PAIR_CANNOT_SAY;
        const struct hs_finding *d = damaged(&f), *lean = fixture_finding(&f, 0, "lopsided");
        CHECK((d ? d->severity : HS_NO_FAULT) == rows[i].severity);
        if (d) {
            CHECK(strstr(d->evidence, rows[i].words) != NULL);
            CHECK(d->times[0].from_s == rows[i].spell[0] && d->tier == HS_MEASURED);
            CHECK(d->origin == HS_ORIGIN_CANNOT_SAY && !d->explained_by);
            CHECK_TEXT(d->direction, rows[i].spell[2] > 0 ? "right" : "left");
        }
        /* the lean that it makes is part of it; one that it cannot make is not */
        if (!CHECK(lean && (lean->explained_by != NULL) == rows[i].leans))
            fprintf(stderr, "row %zu\n", i);
        fixture_free(&f);
    }
}

/* The mix has it as well; the pair tells of the same place. */
static void one_side_and_pair(void)
{
    const double spell[5] = {10, 18, 1, 46, 0.4}, drop[4] = {10, 18, 46, 1};
    for (int in_mix = 0; in_mix < 2; in_mix++) {
        struct fixture f;
        struct hs_values *pair = start(&f);
        hs_values_array(&f.results[0].master.values, "one_side", spell, 5);
        if (in_mix)
            hs_values_array(&f.results[0].mix.values, "one_side", spell, 5);
        else
            hs_values_array(pair, "drops", drop, 4);
        const struct hs_finding *d = damaged(&f);
        if (CHECK(d && d->severity == HS_SEVERE)) {
            CHECK(d->origin == (in_mix ? HS_ORIGIN_MIX : HS_ORIGIN_MASTERING));
            CHECK(in_mix || !strstr(d->evidence, "gone"));
        }
        fixture_free(&f);
    }
}

/* A drop of the pair within a spell that goes on for longer tells of it in part only. */
static void one_side_for_longer(void)
{
    static const struct {
        double to_s; /* of the pair's drop */
        bool told;   /* all of the spell */
    } rows[] = {{10.5, false}, {17.9, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f);
        hs_values_array(&f.results[0].master.values, "one_side", (double[]){10, 18, 1, 46, 0.4}, 5);
        hs_values_array(pair, "drops", (double[]){10, rows[i].to_s, 46, 1}, 4);
        const struct hs_finding *d = damaged(&f);
        CHECK(d && d->severity == HS_SEVERE && !strstr(d->evidence, "gone") == rows[i].told);
        fixture_free(&f);
    }
}

/* Where the mix goes on, the cut came in since; at both ends both are told. An excerpt may have
 * been cut on purpose. */
static void cut_ends(void)
{
    static const struct {
        double delay_s, start_db, end_db, left_out_s; /* of the middle */
        const char *direction, *words;
        bool excerpt;
    } rows[] = {
        {0, -40, 0, 0, "end", "The end is cut off: the mix has 12.0 s more.", false},
        {0, -40, 0, 0, "end", "The end is cut off: the mix has 60.0 s more.", true},
        {12, 0, -40, 0, "start", "The start is cut off: the mix has 12.0 s more.", false},
        {5, 0, 0, 0, "start and end",
         "Both ends are cut off: the mix has 5.0 s more before and 7.0 s more after.", false},
        {2, 0, 0, 4, "start and end",
         "Both ends are cut off: the mix has 2.0 s more before and 6.0 s more after.", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f), *master = &f.results[0].master.values;
        hs_values_number(pair, "delay_s", rows[i].delay_s);
        hs_values_number(pair, "drift_ppm", 0);
        const struct hs_segment pieces[] = {
            {rows[i].delay_s, 0, 100}, {rows[i].delay_s + 100 + rows[i].left_out_s, 100, 67.5}};
        if (rows[i].left_out_s > 0) {
            f.results[0].pair.state = HS_PAIR_EDITED;
            f.results[0].pair.segments = pieces;
            f.results[0].pair.n_segments = 2;
        }
        hs_values_number(master, "duration_s", rows[i].excerpt ? 120 : 168);
        hs_values_number(master, "end_level_db", rows[i].end_db);
        hs_values_number(master, "end_drop_db", rows[i].end_db < 0 ? 30 : 0);
        hs_values_number(master, "start_level_db", rows[i].start_db);
        hs_values_number(master, "start_rise_db", rows[i].start_db < 0 ? 30 : 0);
        hs_values_number(&f.results[0].mix.values, "leading_silence_s", 0);
        hs_values_number(&f.results[0].mix.values, "trailing_silence_s", 0);
        hs_judge_audit(&f.audit);
        const struct hs_finding *t = fixture_finding(&f, 0, "truncated");
        if (CHECK(t && t->severity == HS_MODERATE)) {
            CHECK((t->origin == HS_ORIGIN_MASTERING) == !rows[i].excerpt);
            CHECK(t->tier == HS_MEASURED);
            CHECK_TEXT(t->evidence, rows[i].words);
            CHECK_TEXT(t->direction, rows[i].direction);
        }
        fixture_free(&f);
    }
}

/* Tops that show in the master alone are those of the mix where nothing was cut since. */
static void cut_before(void)
{
    static const struct {
        double residual_db, peak_db;
        bool mix;
    } rows[] = {{-90, -1, true}, {-90, -1.5, false}, {-40, -1, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct hs_values *pair = start(&f), *master = &f.results[0].master.values;
        hs_values_number(pair, "residual_db", rows[i].residual_db);
        hs_values_number(pair, "gain_db", 3);
        hs_values_number(&f.results[0].mix.values, "sample_peak_dbfs", -4);
        hs_values_number(master, "sample_peak_dbfs", rows[i].peak_db);
        hs_values_number(master, "clipped_ppm", 100);
        hs_judge_audit(&f.audit);
        const struct hs_finding *c = fixture_finding(&f, 0, "clipped");
        if (CHECK(c && c->severity == HS_MINOR))
            CHECK((c->origin == HS_ORIGIN_MIX) == rows[i].mix);
        fixture_free(&f);
    }
}

/* A wall that takes the treble away does not cure what was too bright. */
static void wall_is_no_cure(void)
{
    for (int wall = 0; wall < 2; wall++) {
        struct fixture f;
        struct hs_values *pair = start(&f), *mix = &f.results[0].mix.values;
        double eq[HS_BANDS] = {0}, coherence[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++)
            coherence[b] = 0.9;
        for (size_t b = 25; b < HS_BANDS; b++)
            eq[b] = -20;
        fixture_brighten(mix, 12);
        fixture_lift(&f.results[0].master.values, 25, HS_BANDS - 1, -8);
        hs_values_array(pair, "eq_db", eq, HS_BANDS);
        hs_values_array(pair, "coherence", coherence, HS_BANDS);
        put_end(mix, 22050, 0, 0);
        put_end(&f.results[0].master.values, wall ? 8000 : 22050, 40, wall ? 16000 : 0);
        hs_judge_audit(&f.audit);
        const struct hs_finding *b = fixture_finding(&f, 0, "bright");
        CHECK((b && b->origin == HS_ORIGIN_CURED) == !wall);
        fixture_free(&f);
    }
}

/* What a lower sample rate leaves out is gone, though the file holds all that its
 * rate can. */
static void lower_rates(void)
{
    static const struct {
        double rate_hz, mix_hz, cliff_db;
        enum hs_severity severity;
    } rows[] = {{8000, 16000, 0, HS_SEVERE},
                {22050, 16000, 0, HS_MINOR},
                {22050, 16700, 26, HS_MINOR}, /* also from a mix that ends in a wall */
                {22050, 10000, 0, HS_NO_FAULT},
                {44100, 16000, 0, HS_NO_FAULT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        start(&f);
        put_end(&f.results[0].mix.values, rows[i].mix_hz, rows[i].cliff_db, 0);
        put_end(&f.results[0].master.values, rows[i].rate_hz / 2, 0, 0);
        hs_values_number(&f.results[0].master.values, "sample_rate_hz", rows[i].rate_hz);
        hs_judge_audit(&f.audit);
        const struct hs_finding *w = fixture_finding(&f, 0, "band_limited");
        CHECK((w ? w->severity : HS_NO_FAULT) == rows[i].severity);
        CHECK(!w || w->origin == HS_ORIGIN_MASTERING);
        fixture_free(&f);
    }
}

/* Samples that are no number are told with their time, with a mix and without. */
static void no_numbers(void)
{
    static const struct {
        double n, lost_s;
        enum hs_severity severity;
    } rows[] = {{0, 0, 0}, {1, 1e-5, HS_MINOR}, {4000, 0.05, HS_MODERATE}};
    for (size_t r = 0; r < 2 * sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        if (r % 2)
            fixture_pair(&f, 0);
        struct hs_values *v = &f.results[0].master.values;
        hs_values_number(v, "invalid_samples", rows[r / 2].n);
        hs_values_number(v, "lost_s", rows[r / 2].lost_s);
        if (rows[r / 2].n > 0)
            hs_values_text(v, "remarks", "so many samples are no audio, the first at 10.000 s");
        const struct hs_finding *x = damaged(&f);
        CHECK((x ? x->severity : HS_NO_FAULT) == rows[r / 2].severity);
        CHECK(!x || strstr(x->evidence, "10.000 s") != NULL);
        fixture_free(&f);
    }
}

int main(void)
{
    no_numbers();
    one_side();
    one_side_and_pair();
    one_side_for_longer();
    clicks();
    places();
    bits();
    swapped();
    pumping();
    away();
    soft_mix();
    speed();
    speed_and_clicks();
    both();
    not_aligned();
    another_song();
    added_hum();
    walls();
    walls_of_both();
    rate_of_mix();
    lower_rates();
    added_hum_and_passage();
    added_noise();
    cut_ends();
    cut_before();
    wall_is_no_cure();
    return check_done();
}
