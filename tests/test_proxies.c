/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stand-ins for kick, snare and bass: they know when they are blind, are never opposite to a
 * measure, and are never the first thing that is said. On made-up audits.
 */
#include "check.h"
#include "judge/rule.h"
#include "judge_fixture.h"
#include "synthetic.h"

static double usual(const char *rule)
{
    return hs_rule_builtin(hs_rule_find(rule))->centre;
}

static void give(struct fixture *f, size_t track, const char *source, double level, double presence)
{
    char key[64];
    struct hs_values *v = &f->results[track].master.values;
    snprintf(key, sizeof key, "%s_level_db", source);
    hs_values_number(v, hs_arena_strdup(&f->audit.arena, key), level);
    snprintf(key, sizeof key, "%s_presence", source);
    hs_values_number(v, hs_arena_strdup(&f->audit.arena, key), presence);
}

/* The stem of a source in the master of a track; where `why` stands, it could not be judged. */
static void give_stem(struct fixture *f, size_t track, enum hs_stem_role role, double level,
                      const char *why)
{
    struct hs_arena *a = &f->audit.arena;
    struct hs_file *master = &f->results[track].master;
    struct hs_instrument in = {.role = role, .side = HS_STEM_IN_MASTER, .name = "stem", .why = why};
    for (int i = 0; i < HS_N_INSTRUMENT_NUMBERS; i++)
        in.number[i] = NAN;
    for (int i = 0; i < HS_STEM_ZONES; i++)
        in.tone_db[i] = NAN;
    in.number[HS_INSTRUMENT_LEVEL_LU] = in.number[HS_INSTRUMENT_LEVEL_SONG_LU] = level;
    in.number[HS_INSTRUMENT_BOUND_LU] = 0.3;
    struct hs_instruments all = {.items = hs_arena_copy(a, &in, sizeof in), .n = 1};
    all.fit[HS_STEM_IN_MASTER].residual_db = -8;
    master->instruments = hs_arena_copy(a, &all, sizeof all);
    master->side = HS_STEM_IN_MASTER;
}

/* A kick at -57 dB is no kick, however regular it is; nor is a loud one that is hardly there. */
static void blind(void)
{
    static const struct {
        const char *source, *low, *loud, *why;
        double level, presence;
    } cases[] = {
        {"kick", "kick_low", "kick_loud", "no kick drum was found", -57, 0.95},
        {"kick", "kick_low", "kick_loud", "no kick drum was found", -5, 0.3},
        {"snare", "snare_low", "snare_loud", "no snare drum was found", -40, 0.95},
        {"snare", "snare_low", "snare_loud", "no snare drum was found", -8, 0.1},
        {"bass", "bass_low", "bass_loud", "no bass line was found", -35, 0.95},
        {"bass", "bass_low", "bass_loud", "no bass line was found", -5, 0.45},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        give(&f, 0, cases[i].source, cases[i].level, cases[i].presence);
        hs_judge_audit(&f.audit);
        CHECK_TEXT(fixture_why_not(&f, 0, cases[i].low), cases[i].why);
        CHECK_TEXT(fixture_why_not(&f, 0, cases[i].loud), cases[i].why);
        CHECK(!fixture_finding(&f, 0, cases[i].low) && !fixture_finding(&f, 0, cases[i].loud));
        fixture_free(&f);
    }
}

/* What is far out and audible is an indication, and minor at most. */
static void an_indication_at_most(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    give(&f, 0, "kick", usual("kick_loud") + 30, 0.95);
    hs_judge_audit(&f.audit);
    const struct hs_finding *loud = fixture_finding(&f, 0, "kick_loud");
    if (CHECK(loud != NULL))
        CHECK(loud->tier == HS_INDICATION && loud->severity == HS_MINOR);
    CHECK(!fixture_finding(&f, 0, "kick_low"));
    fixture_free(&f);
}

/* A bass that the bands from 50 to 200 Hz contradict is silent, either way. */
static void the_bands_contradict(void)
{
    enum { FROM = 4, TO = 10 };
    for (int way = -1; way <= 1; way += 2)
        for (int agrees = 0; agrees < 2; agrees++) {
            struct fixture f;
            const char *rule = way < 0 ? "bass_low" : "bass_loud";
            fixture_start(&f, 1);
            give(&f, 0, "bass", usual(rule) + 6 * way, 0.95);
            fixture_lift(&f.results[0].master.values, FROM, TO, agrees ? 3 * way : -3 * way);
            hs_judge_audit(&f.audit);
            if (agrees)
                CHECK(fixture_stand(&f, 0, rule) != NULL);
            else
                CHECK_TEXT(fixture_why_not(&f, 0, rule),
                           "the spectrum says otherwise: a proxy alone is not believed");
            fixture_free(&f);
        }
}

/* A stem speaks alone, whatever the stand-in says; one that could not be fitted leaves no room for
 * it either. */
static void never_opposite_to_a_stem(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    for (size_t i = 0; i < 2; i++)
        give(&f, i, "kick", usual("kick_loud") + 30, 0.95);
    give_stem(&f, 0, HS_STEM_KICK, -32, NULL);
    give_stem(&f, 1, HS_STEM_KICK, NAN, "not found");
    hs_judge_audit(&f.audit);
    const struct hs_finding *low = fixture_finding(&f, 0, "kick_low");
    if (CHECK(low != NULL))
        CHECK(low->tier == HS_MEASURED && low->severity == HS_SEVERE);
    CHECK(!fixture_finding(&f, 0, "kick_loud"));
    CHECK_TEXT(fixture_why_not(&f, 1, "kick_loud"), "not found");
    CHECK_TEXT(fixture_why_not(&f, 1, "kick_low"), "not found");
    fixture_free(&f);
}

/* Where stems explain the file and none of them is a kick, nothing that beats is one; where they
 * do not, or one may hold it, the stand-in is asked. */
static void none_of_the_stems(void)
{
    static const struct {
        enum hs_stem_role role;
        double residual_db;
        bool asked;
    } cases[] = {{HS_STEM_STRINGS, -30, false},
                 {HS_STEM_STRINGS, -8, true},
                 {HS_STEM_DRUMS, -30, true},
                 {HS_STEM_OTHER, -30, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        give(&f, 0, "kick", usual("kick_loud") + 30, 0.95);
        give_stem(&f, 0, cases[i].role, -10, NULL);
        struct hs_instruments all = *f.results[0].master.instruments;
        all.fit[HS_STEM_IN_MASTER].residual_db = cases[i].residual_db;
        f.results[0].master.instruments = &all;
        hs_judge_audit(&f.audit);
        if (cases[i].asked)
            CHECK(fixture_finding(&f, 0, "kick_loud") != NULL);
        else
            CHECK_TEXT(fixture_why_not(&f, 0, "kick_loud"),
                       "none of its stems is one, and they explain this file");
        fixture_free(&f);
    }
}

/* Twelve of thirty by a stand-in: it leans, and says why; by stems, it recurs. */
static void never_the_headline(void)
{
    for (int stems = 0; stems < 2; stems++) {
        struct synthetic s;
        synthetic_make(&s, 6, 5);
        for (size_t i = 0; i < 30; i++) {
            bool faulty = i % 5 < 2;
            synthetic_value(&s, i, "kick_loud", 1, faulty ? 5 : 0);
            s.audit.tracks[i].judgements[0].by_stem = stems;
            if (faulty)
                synthetic_fault(&s, i, "kick_loud", stems ? HS_MODERATE : HS_MINOR, HS_ORIGIN_MIX)
                    ->tier = stems ? HS_MEASURED : HS_INDICATION;
        }
        struct hs_base_rate base = synthetic_base("kick_loud", 8, 160);
        hs_catalogue_analyse_with(&s.audit, &base, 1);
        const struct hs_recurrence *r = synthetic_row(&s, "kick_loud");
        CHECK(r->rows[0]->verdict == HS_RECURS);
        CHECK(r->recurring == (stems == 1) && r->verdict == (stems ? HS_RECURS : HS_LEANS));
        CHECK(stems ? !r->why_not : r->why_not && strstr(r->why_not, "a stand-in says so"));
        for (size_t i = 0; !stems && i < s.audit.n_shortlist; i++)
            CHECK(s.audit.shortlist[i].rank == 0);
        synthetic_free(&s);
    }
}

int main(void)
{
    blind();
    an_indication_at_most();
    the_bands_contradict();
    never_opposite_to_a_stem();
    none_of_the_stems();
    never_the_headline();
    return check_done();
}
