/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/*
 * One channel equalised alone: what the pair measures of it, and what is said of it with the mix
 * and without. The equaliser is a filter of the test's own, of one pole either way.
 */
#include "judge_fixture.h"
#include "made_pair.h"
#include "made_song.h"
#include "pair/channel_tone.h"

enum { SECONDS = 16 };

static struct hs_arena arena;

/* A shelf of one pole on both or one of the channels: above hz by db. */
static void shelf(struct signal *s, int first, int last, double hz, double db)
{
    const double a = exp(-2 * M_PI * hz / RATE), gain = pow(10, db / 20);
    for (int c = first; c <= last; c++) {
        double low = 0;
        for (size_t i = 0; i < s->n; i++) {
            low = a * low + (1 - a) * (double)s->x[c][i];
            s->x[c][i] = (float)(low + gain * ((double)s->x[c][i] - low));
        }
    }
}

static void gain(struct signal *s, int channel, double db)
{
    for (size_t i = 0; i < s->n; i++)
        s->x[channel][i] *= (float)pow(10, db / 20);
}

static struct hs_pair shelved(const struct signal *mix, int first, int last, double db,
                              double gain_db)
{
    struct signal master = part(mix, 0, mix->n);
    if (db != 0)
        shelf(&master, first, last, 1500, db);
    gain(&master, 0, gain_db);
    const struct hs_pair p = pair_of(mix, &master, &arena);
    CHECK(p.state == HS_PAIR_ALIGNED);
    signal_free(&master);
    return p;
}

static void of_the_pair(void)
{
    struct signal mix = song(SECONDS, 5);
    static const struct {
        int first, last;
        double db, gain_db;
        bool told;
    } rows[] = {
        {1, 1, -9, 0, true},    {0, 0, -9, 0, true}, {0, 0, -9, -3, true}, {1, 1, -9, -3, true},
        {1, 1, 9, 0, true},     {0, 0, 9, 0, true},  {0, 1, -9, 0, false}, /* of the master */
        {1, 1, -2.3, 0, false}, /* less than harmless pairs have */
        {0, 0, 0, -3, false},   /* a channel that was turned down is a lean, no tone */
        {0, 0, 0, 0, false},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const struct hs_pair p =
            shelved(&mix, rows[r].first, rows[r].last, rows[r].db, rows[r].gain_db);
        if (!rows[r].told) {
            if (!CHECK(!hs_values_get(&p.values, "channel_tone_db")))
                fprintf(stderr, "row %zu: %.1f dB\n", r, value(&p, "channel_tone_db"));
            continue;
        }
        /* an octave of a slope of one pole: less than all of it, more than half */
        const int channel = rows[r].first;
        const double of_it = (channel ? -1 : 1) * value(&p, "channel_tone_db") / rows[r].db;
        if (!CHECK(of_it > 0.5 && of_it < 1 && hs_channel_tone_moved(&p.values) == channel))
            fprintf(stderr, "row %zu\n", r);
        /* a pole that lifts begins lower than one that cuts */
        CHECK(value(&p, "channel_tone_hz[0]") > (rows[r].db < 0 ? 1500 : 400));
        CHECK_NEAR(value(&p, "channel_tone_hz[1]"), 0, 0);
        /* the gain of the channel is no part of its tone */
        CHECK_NEAR(value(&p, "channel_gain_db"), rows[r].gain_db, 0.5);
    }
    signal_free(&mix);
}

/* A channel that was tilted and turned down leaves no part of the spectrum alone: of its gain
 * nothing is said, not that there was none; the balance tells what it lost. */
static void of_a_tilt(void)
{
    struct signal mix = song(SECONDS, 5), master = part(&mix, 0, mix.n);
    for (double hz = 100; hz < 10000; hz *= 2)
        shelf(&master, 0, 0, hz, -1.5);
    gain(&master, 0, -1);
    const struct hs_pair p = pair_of(&mix, &master, &arena);
    CHECK(value(&p, "channel_tone_db") != 0 && isfinite(value(&p, "channel_tone_db")));
    CHECK(!isfinite(value(&p, "channel_gain_db")));
    CHECK(hs_channel_tone_moved(&p.values) == -1);
    CHECK(value(&p, "balance_change_db") < -3);
    signal_free(&master);
    signal_free(&mix);
}

/* A song with cymbals on the right, 30 dB of them softer on the left. */
static struct signal with_cymbals(uint64_t seed)
{
    struct signal mix = song(SECONDS, seed), cymbals = signal_new(RATE, 2);
    signal_extend(&cymbals, SECONDS);
    signal_add_noise(&cymbals, 0, 0.05, seed);
    for (size_t i = 0; i < mix.n; i++) {
        mix.x[0][i] += 0.0316F * cymbals.x[0][i];
        mix.x[1][i] += cymbals.x[0][i];
    }
    signal_free(&cymbals);
    return mix;
}

/* Where middle and side are one sound, which of them became what is not known; each channel is. */
static void of_what_stands_on_one_side(void)
{
    struct signal mix = with_cymbals(7);
    const struct hs_pair p = shelved(&mix, 1, 1, 9, 0);
    CHECK(value(&p, "channel_tone_db") < -6.5);
    CHECK(hs_channel_tone_moved(&p.values) == 1);
    CHECK_NEAR(value(&p, "channel_tone_each_db[0]"), 0, 0.2);
    signal_free(&mix);
}

/* Both channels equalised, by as much either way: which one moved is not known. */
static void of_both_channels(void)
{
    struct signal mix = song(SECONDS, 5), master = part(&mix, 0, mix.n);
    shelf(&master, 0, 0, 1500, 6);
    shelf(&master, 1, 1, 1500, -6);
    const struct hs_pair p = pair_of(&mix, &master, &arena);
    CHECK(value(&p, "channel_tone_db") > 6);
    CHECK(hs_channel_tone_moved(&p.values) == -1);
    signal_free(&master);
    signal_free(&mix);
}

/* Noise that an encoder lays over the treble, less where less is left, hides a tone of one channel
 * in part: it is told as
 * long as the power shows it, too. Treble that was replaced by other treble is as loud as it was.
 */
static void of_what_noise_lies_over(void)
{
    struct signal mix = song(SECONDS, 5);
    for (int replaced = 0; replaced < 2; replaced++) {
        struct signal master = part(&mix, 0, mix.n), noise = signal_new(RATE, 2);
        signal_extend(&noise, SECONDS);
        signal_add_noise(&noise, 0, replaced ? 0.0004 : 0.0005, 11);
        shelf(&noise, 0, 1, 12000, 40);
        shelf(&master, 0, 0, 6000, -20);
        for (int c = 0; c < (replaced ? 1 : 2); c++)
            for (size_t i = 0; i < noise.n && i < master.n; i++)
                master.x[c][i] += (c || replaced ? 1 : 0.3F) * noise.x[c][i];
        const struct hs_pair p = pair_of(&mix, &master, &arena);
        CHECK(p.state == HS_PAIR_ALIGNED);
        if (replaced)
            CHECK(!hs_values_get(&p.values, "channel_tone_db"));
        else
            CHECK(value(&p, "channel_tone_db") < -3 && hs_channel_tone_moved(&p.values) == 0);
        signal_free(&master);
        signal_free(&noise);
    }
    signal_free(&mix);
}

/* A widener on music that is nearly mono: the sides are those that it made, of the middle, later by
 * 2 ms. They are louder by far than the mix's, and no channel was equalised. */
static void of_a_widener(void)
{
    enum { LATER = 88 };
    struct signal mix = song(SECONDS, 5);
    for (size_t i = 0; i < mix.n; i++) {
        const float mid = (mix.x[0][i] + mix.x[1][i]) / 2, side = mix.x[0][i] - mid;
        mix.x[0][i] = mid + 0.03F * side;
        mix.x[1][i] = mid - 0.03F * side;
    }
    struct signal master = part(&mix, 0, mix.n);
    for (size_t i = LATER; i < mix.n; i++) {
        const float later = 0.7F * (mix.x[0][i - LATER] + mix.x[1][i - LATER]) / 2;
        master.x[0][i] += later;
        master.x[1][i] -= later;
    }
    const struct hs_pair p = pair_of(&mix, &master, &arena);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(value(&p, "width_change_db") > 20);
    CHECK(value(&p, "side_eq_db[20]") > 20);
    CHECK(!hs_values_get(&p.values, "channel_tone_db"));
    signal_free(&master);
    signal_free(&mix);
}

/* A filter does the same all along: what one channel has now and then alone is none. */
static void of_a_part_of_the_song(void)
{
    struct signal mix = song(SECONDS, 5), master = part(&mix, 0, mix.n);
    struct signal other = part(&mix, 0, mix.n);
    shelf(&other, 1, 1, 1500, -20);
    for (size_t i = 0; i < mix.n; i++)
        if (i / RATE % 4 < 2)
            master.x[1][i] = other.x[1][i];
    const struct hs_pair p = pair_of(&mix, &master, &arena);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(!hs_values_get(&p.values, "channel_tone_db"));
    signal_free(&other);
    signal_free(&master);
    signal_free(&mix);
}

/* What is said: by the pair it came in by mastering, and a tone that it makes is part of it. */
static void told_with_the_mix(void)
{
    static const struct {
        double db;
        enum hs_severity severity;
    } rows[] = {{0, 0}, {2.2, HS_NOTE}, {-3, HS_MINOR}, {6, HS_MODERATE}, {-12, HS_SEVERE}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *pair = &f.results[0].pair.values;
        /* what the file shows by itself takes nothing from it */
        const double balance[HS_STEREO_BANDS] = {0, 0, 0, -2, -20},
                     alike[HS_STEREO_BANDS] = {1, 1, 1, 1, 1};
        if (rows[r].db != 0) {
            hs_values_array(&f.results[0].master.values, "band_balance_db", balance,
                            HS_STEREO_BANDS);
            hs_values_array(&f.results[0].master.values, "band_correlation", alike,
                            HS_STEREO_BANDS);
            hs_values_number(pair, "channel_tone_db", rows[r].db);
            hs_values_array(pair, "channel_tone_hz", (double[]){5012, 0}, 2);
        }
        hs_judge_audit(&f.audit);
        const struct hs_finding *x = fixture_finding(&f, 0, "channel_tone");
        CHECK((x ? x->severity : HS_NO_FAULT) == rows[r].severity);
        if (x) {
            CHECK(x->origin == HS_ORIGIN_MASTERING && x->tier == HS_MEASURED);
            CHECK_TEXT(x->direction, rows[r].db > 0 ? "right has less" : "left has less");
            CHECK(strstr(x->evidence, "from 5 kHz on") != NULL);
        }
        fixture_free(&f);
    }
}

/* The channel that was equalised is named, where the mix tells which; not the one that has less. */
static void told_of_the_channel(void)
{
    static const struct {
        double db, left_db, right_db;
        const char *direction, *words;
    } rows[] = {
        {-4.7, 0, 4.7, "right has more", "the right channel was given 4.7 dB more from 5 kHz on"},
        {-4.7, -4.6, 0.1, "left has less", "the left channel was given 4.7 dB less from 5 kHz on"},
        {4.7, 5.9, 1.2, "left has more", "the left channel was given 4.7 dB more from 5 kHz on"},
        {4.7, 2.4, -2.3, "right has less",
         "the right channel was given 4.7 dB less than the left one"},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *pair = &f.results[0].pair.values;
        hs_values_number(pair, "channel_tone_db", rows[r].db);
        hs_values_array(pair, "channel_tone_hz", (double[]){5012, 0}, 2);
        hs_values_array(pair, "channel_tone_each_db", (double[]){rows[r].left_db, rows[r].right_db},
                        2);
        hs_judge_audit(&f.audit);
        const struct hs_finding *x = fixture_finding(&f, 0, "channel_tone");
        if (!CHECK(x != NULL))
            continue;
        CHECK_TEXT(x->direction, rows[r].direction);
        if (!CHECK(strstr(x->evidence, rows[r].words) != NULL))
            fprintf(stderr, "row %zu: %s\n", r, x->evidence);
        const bool named = strstr(x->correction.words, rows[r].words) != NULL;
        CHECK(named == (hs_channel_tone_moved(pair) >= 0));
        fixture_free(&f);
    }
}

/* Without the mix: where the bass is common to both and the treble is on one side alone. */
static void told_alone(void)
{
    static const struct {
        double balance[HS_STEREO_BANDS], alike;
        enum hs_severity severity;
    } rows[] = {
        {{0, 0, 0, 0, 0}, 0.8, 0},
        {{0, 0, 0, -2, -20}, 0.8, HS_MINOR},
        {{0, 0, 0, 3, 20}, 0.4, HS_MINOR},
        {{-20, -20, -20, -20, -20}, 0.8, 0}, /* a lean, or a channel that is gone */
        {{0.5, 0.5, 1.9, 0.5, -9}, 0.5, 0},  /* as far as songs go */
        {{0, 0, 0, -2, -20}, 0.1, 0},        /* nothing in common: two instruments */
        {{0, 5, -5, -2, -20}, 0.8, 0},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        struct hs_values *v = &f.results[0].master.values;
        double alike[HS_STEREO_BANDS];
        for (size_t b = 0; b < HS_STEREO_BANDS; b++)
            alike[b] = rows[r].alike;
        hs_values_array(v, "band_balance_db", rows[r].balance, HS_STEREO_BANDS);
        hs_values_array(v, "band_correlation", alike, HS_STEREO_BANDS);
        hs_judge_audit(&f.audit);
        const struct hs_finding *x = fixture_finding(&f, 0, "channel_tone");
        if (!CHECK((x ? x->severity : HS_NO_FAULT) == rows[r].severity))
            fprintf(stderr, "row %zu\n", r);
        CHECK(!x || x->tier == HS_INDICATION);
        if (x)
            CHECK_TEXT(x->direction, rows[r].balance[HS_STEREO_BANDS - 1] < 0 ? "left has less"
                                                                              : "right has less");
        fixture_free(&f);
    }
}

static bool is_judged(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_not_judged; i++)
        if (!strcmp(t->not_judged[i].rule, rule))
            return false;
    return true;
}

/* At 16 kHz and below, and where a band is empty, nothing can be said by the file alone; the pair
 * says it all the same. */
static void told_of_no_treble(void)
{
    static const struct {
        double balance[HS_STEREO_BANDS], pair_db;
        bool judged;
    } rows[] = {{{0, 0, 0, -2, -2}, 0, true},
                {{0, 0, 0, -2, NAN}, 0, false},
                {{0, 0, 0, NAN, -2}, 0, false},
                {{0, NAN, 0, -2, -20}, 0, false},
                {{0, 0, 0, -2, NAN}, -6, true}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        const double alike[HS_STEREO_BANDS] = {0.8, 0.8, 0.8, 0.8, 0.8};
        struct hs_values *v = &f.results[0].master.values, *pair = &f.results[0].pair.values;
        hs_values_array(v, "band_balance_db", rows[r].balance, HS_STEREO_BANDS);
        hs_values_array(v, "band_correlation", alike, HS_STEREO_BANDS);
        if (rows[r].pair_db != 0) {
            hs_values_number(pair, "channel_tone_db", rows[r].pair_db);
            hs_values_array(pair, "channel_tone_hz", (double[]){0, 500}, 2);
        }
        hs_judge_audit(&f.audit);
        if (!CHECK(is_judged(&f.results[0], "channel_tone") == rows[r].judged))
            fprintf(stderr, "row %zu\n", r);
        CHECK((fixture_finding(&f, 0, "channel_tone") != NULL) == (rows[r].pair_db != 0));
        fixture_free(&f);
    }
}

/* A lean and a width are part of it as far as it makes them; the gain of a channel and a width that
 * the pair has measured are moves of their own. */
static void what_is_part_of_it(void)
{
    static const struct {
        const char *rule, *key; /* of the file: in the mix, in the master */
        double mix, master, gain_db, width_change_db, from_hz, to_hz;
        bool part;
        double balance_db; /* where the gain is not known */
    } rows[] = {
        {"lopsided", "balance_db", 0, 5, 0.1, 0, 5012, 0, true, 0},
        {"lopsided", "balance_db", 0, 5, 4, 0, 5012, 0, false, 0},
        /* the loudness shows none of it */
        {"lopsided", "balance_db", 0, 5, -4, 0, 5012, 0, true, 0},
        /* no channel was turned up; one may have been */
        {"lopsided", "balance_db", 0, 5, NAN, 0, 5012, 0, true, 0.05},
        {"lopsided", "balance_db", 0, 5, NAN, 0, 5012, 0, false, 4},
        {"wide", "side_mid_db", -8, -0.5, 0, 0, 1000, 0, true, 0},
        {"wide", "side_mid_db", -8, -0.5, 0, 5, 1000, 0, false, 0},
        {"wide", "side_mid_db", -8, 6, 0, 0, 1000, 0, false, 0}, /* more than it makes */
        {"sides_wide", "sides_mid_db", -8, -0.5, 0, 0, 1000, 0, true, 0},
        {"sides_wide", "sides_mid_db", -8, 6, 0, 0, 1000, 0, false, 0},
        {"sides_wide", "sides_mid_db", -8, -0.5, 0, 0, 5012, 0, false, 0}, /* above the guitars */
        {"bass_wide", "bass_side_mid_db", -20, -0.7, 0, 0, 0, 500, true, 0},
        {"bass_wide", "bass_side_mid_db", -20, 5, 0, 0, 0, 500, false, 0},
        {"bass_wide", "bass_side_mid_db", -20, -0.7, 0, 0, 5012, 0, false, 0},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_track_result *t = &f.results[0];
        hs_values_number(&t->mix.values, rows[r].key, rows[r].mix);
        hs_values_number(&t->master.values, rows[r].key, rows[r].master);
        hs_values_number(&t->pair.values, "width_change_db", rows[r].width_change_db);
        hs_values_number(&t->pair.values, "channel_tone_db", 24);
        if (isfinite(rows[r].gain_db))
            hs_values_number(&t->pair.values, "channel_gain_db", rows[r].gain_db);
        else {
            hs_values_absent(&t->pair.values, "channel_gain_db", "a tilt");
            hs_values_number(&t->pair.values, "balance_change_db", rows[r].balance_db);
        }
        hs_values_array(&t->pair.values, "channel_tone_hz",
                        (double[]){rows[r].from_hz, rows[r].to_hz}, 2);
        hs_judge_audit(&f.audit);
        const struct hs_finding *x = fixture_finding(&f, 0, rows[r].rule);
        if (!CHECK(x && (x->explained_by != NULL) == rows[r].part))
            fprintf(stderr, "row %zu: %s\n", r, x ? x->explained_by : "no finding");
        if (x && x->explained_by)
            CHECK_TEXT(x->explained_by, "channel_tone");
        fixture_free(&f);
    }
}

/* A bass that was lifted on both channels is none of a treble that one of them was given. */
static void no_part_of_it(void)
{
    enum { B63 = 5, B125 = 8 };
    static const struct {
        double from_hz, to_hz;
        bool part;
    } rows[] = {{5012, 0, false}, {0, 500, true}, {200, 1000, true}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *pair = &f.results[0].pair.values;
        double eq[HS_BANDS] = {0}, coherence[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++)
            coherence[b] = 1;
        for (size_t b = B63; b <= B125; b++)
            eq[b] = 4;
        hs_values_array(pair, "eq_db", eq, HS_BANDS);
        hs_values_array(pair, "coherence", coherence, HS_BANDS);
        fixture_lift(&f.results[0].master.values, B63, B125, 4);
        hs_values_number(pair, "channel_tone_db", -12);
        hs_values_array(pair, "channel_tone_hz", (double[]){rows[r].from_hz, rows[r].to_hz}, 2);
        hs_judge_audit(&f.audit);
        const struct hs_finding *x = fixture_finding(&f, 0, "boomy");
        if (!CHECK(x && (x->explained_by != NULL) == rows[r].part))
            fprintf(stderr, "row %zu: %s\n", r, x ? x->explained_by : "no finding");
        fixture_free(&f);
    }
}

int main(void)
{
    no_part_of_it();
    what_is_part_of_it();
    told_of_no_treble();
    of_the_pair();
    of_a_tilt();
    of_what_stands_on_one_side();
    of_both_channels();
    of_a_widener();
    of_what_noise_lies_over();
    of_a_part_of_the_song();
    told_with_the_mix();
    told_of_the_channel();
    told_alone();
    hs_arena_free(&arena);
    return check_done();
}
