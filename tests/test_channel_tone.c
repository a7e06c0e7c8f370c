/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One channel equalised alone: what the pair measures of it, and what is said of it with the mix
 * and without. The equaliser is a filter of the test's own, of one pole either way.
 */
#include "judge_fixture.h"
#include "made_pair.h"
#include "made_song.h"

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
        int sign; /* of what left has over right; 0: nothing is told */
    } rows[] = {
        {1, 1, -9, 0, 1},   {0, 0, -9, 0, -1},
        {0, 0, -9, -3, -1}, {0, 1, -9, 0, 0}, /* both alike: the equaliser of the master */
        {0, 0, 0, -3, 0}, /* a channel that was turned down is a lean, no tone */
        {0, 0, 0, 0, 0},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const struct hs_pair p =
            shelved(&mix, rows[r].first, rows[r].last, rows[r].db, rows[r].gain_db);
        if (!rows[r].sign) {
            if (!CHECK(!hs_values_get(&p.values, "channel_tone_db")))
                fprintf(stderr, "row %zu: %.1f dB\n", r, value(&p, "channel_tone_db"));
            continue;
        }
        /* an octave of a slope of one pole: less than all of it, more than half */
        const double told_db = rows[r].sign * value(&p, "channel_tone_db");
        CHECK(told_db > -rows[r].db / 2 && told_db < -rows[r].db);
        CHECK(value(&p, "channel_tone_hz[0]") > 1500);
        CHECK_NEAR(value(&p, "channel_tone_hz[1]"), 0, 0);
    }
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
            CHECK_TEXT(x->direction, rows[r].db > 0 ? "right" : "left");
            CHECK(strstr(x->evidence, "from 5 kHz on") != NULL);
        }
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
        fixture_free(&f);
    }
}

int main(void)
{
    of_the_pair();
    told_with_the_mix();
    told_alone();
    hs_arena_free(&arena);
    return check_done();
}
