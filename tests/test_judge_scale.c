/* SPDX-License-Identifier: Apache-2.0 */
/* Severity, origin, blending: every branch on made-up numbers. */
#include "check.h"
#include "core/arena.h"
#include "core/num.h"
#include "judge/judge.h"
#include "judge/moves.h"
#include "judge/origin.h"
#include "judge/primary.h"
#include "judge/scale.h"
#include "judge/shrinkage.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static struct hs_scale scale_of(const struct hs_rule *rule, double centre, double spread,
                                double limit)
{
    return (struct hs_scale){
        .rule = rule,
        .d = {.centre = centre, .spread = spread, .n = 20, .target = "", .tail_scale = 1},
        .limit_steps = limit};
}

static void severity_needs_steps_and_spreads(void)
{
    struct hs_rule rule = {.side = +1, .jnd = 1};
    struct hs_scale tight = scale_of(&rule, 10, 0.5, NAN);
    /* Tight references: the steps decide. */
    const struct {
        double value;
        enum hs_severity expected;
    } steps[] = {{10.9, HS_NO_FAULT}, {11, HS_NOTE},    {11.9, HS_NOTE},
                 {12, HS_MINOR},      {12.9, HS_MINOR}, {13, HS_MODERATE},
                 {14.9, HS_MODERATE}, {15, HS_SEVERE},  {2, HS_NO_FAULT}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        CHECK(hs_scale_severity(&tight, steps[i].value) == steps[i].expected);
    /* Motley references: the spreads decide. */
    struct hs_scale motley = scale_of(&rule, 10, 4, NAN);
    const struct {
        double value;
        enum hs_severity expected;
    } spreads[] = {{15.1, HS_NO_FAULT}, {15.2, HS_NOTE},  {16.5, HS_NOTE},
                   {16.6, HS_MINOR},    {17.9, HS_MINOR}, {18.1, HS_MODERATE},
                   {21.9, HS_MODERATE}, {22.1, HS_SEVERE}};
    for (size_t i = 0; i < sizeof spreads / sizeof *spreads; i++)
        CHECK(hs_scale_severity(&motley, spreads[i].value) == spreads[i].expected);
    double expected[2];
    hs_scale_expected(&motley, expected);
    CHECK_NEAR(expected[0], 10 - 1.645 * 4, 1e-9);
    CHECK_NEAR(expected[1], 10 + 1.645 * 4, 1e-9);
    CHECK_NEAR(hs_scale_steps(&motley, 15), 5, 1e-12);
    CHECK_NEAR(hs_scale_z(&motley, 15), 1.25, 1e-12);
}

static void low_and_two_way_rules(void)
{
    struct hs_rule low = {.side = -1, .jnd = 2}, both = {.side = 0, .jnd = 1};
    struct hs_scale s = scale_of(&low, 0, 0.5, NAN);
    CHECK(hs_scale_severity(&s, -4) == HS_MINOR);
    CHECK(hs_scale_severity(&s, +40) == HS_NO_FAULT);
    CHECK_NEAR(hs_scale_steps(&s, -4), 2, 1e-12);
    s = scale_of(&both, 1, 0.5, NAN);
    CHECK(hs_scale_severity(&s, -2) == HS_MODERATE);
    CHECK(hs_scale_severity(&s, 4) == HS_MODERATE);
}

static void a_limit_of_the_job(void)
{
    struct hs_rule rule = {.side = +1, .jnd = 1};
    struct hs_scale s = scale_of(&rule, 0, 0.1, 2.5);
    CHECK(hs_scale_severity(&s, 2.4) == HS_NO_FAULT);
    CHECK(hs_scale_severity(&s, 2.6) == HS_MINOR);
    CHECK(hs_scale_severity(&s, 5) == HS_SEVERE);
    s = scale_of(&rule, 0, 0.1, 8);
    CHECK(hs_scale_severity(&s, 7.9) == HS_NO_FAULT);
    CHECK(hs_scale_severity(&s, 8) == HS_SEVERE);
    s = scale_of(&rule, 0, 0.1, 0.5);
    CHECK(hs_scale_severity(&s, 0.4) == HS_NO_FAULT);
    CHECK(hs_scale_severity(&s, 0.6) == HS_MINOR);
    /* A lower limit never makes what is common rare. */
    s = scale_of(&rule, 0, 4, 0.5);
    CHECK(hs_scale_severity(&s, 4) == HS_NO_FAULT);
    s = scale_of(&rule, 0, 0.1, 2); /* two is where minor begins anyway */
    CHECK(hs_scale_severity(&s, 1.1) == HS_NOTE);
}

static void ladders(void)
{
    static const double up[] = {0, 20, 100, 500, 3000}, down[] = {0.5, 0, -0.1, -0.25, -0.5};
    struct hs_rule rising = {.side = +1, .jnd = 20, .thresholds = up};
    struct hs_rule falling = {.side = -1, .jnd = 0.1, .thresholds = down};
    struct hs_scale s = scale_of(&rising, NAN, NAN, NAN);
    CHECK(hs_scale_severity(&s, 19) == HS_NO_FAULT);
    CHECK(hs_scale_severity(&s, 20) == HS_NOTE);
    CHECK(hs_scale_severity(&s, 499) == HS_MINOR);
    CHECK(hs_scale_severity(&s, 3000) == HS_SEVERE);
    CHECK(hs_scale_severity(&s, 1e6) == HS_SEVERE);
    CHECK_NEAR(hs_scale_steps(&s, 300), 2.5, 1e-12);
    CHECK(isnan(hs_scale_z(&s, 5)));
    double expected[2];
    hs_scale_expected(&s, expected);
    CHECK(isnan(expected[0]));
    CHECK_NEAR(expected[1], 20, 1e-12);
    s = scale_of(&falling, NAN, NAN, NAN);
    CHECK(hs_scale_severity(&s, 0.9) == HS_NO_FAULT);
    CHECK(hs_scale_severity(&s, -0.01) == HS_NOTE);
    CHECK(hs_scale_severity(&s, -0.3) == HS_MODERATE);
    CHECK(hs_scale_severity(&s, -0.9) == HS_SEVERE);
    CHECK(hs_scale_steps(&s, 0.9) < 0);
}

static void origins(void)
{
    /* limit 2 steps, what can be told apart 0.3 of a step: the audible step rules */
    const struct {
        double mix, master, u;
        bool limited;
        enum hs_origin expected;
    } t[] = {
        {3.0, 3.4, 0.3, false, HS_ORIGIN_MIX},       {3.0, 2.5, 0.3, false, HS_ORIGIN_MIX},
        {3.0, 4.2, 0.3, false, HS_ORIGIN_WORSENED},  {5.0, 3.0, 0.3, false, HS_ORIGIN_EASED},
        {0.5, 3.0, 0.3, false, HS_ORIGIN_MASTERING}, {0.5, 3.0, 0.3, true, HS_ORIGIN_EXPOSED},
        {1.5, 2.6, 0.3, false, HS_ORIGIN_EXPOSED},   {1.5, 7.7, 0.3, false, HS_ORIGIN_MASTERING},
        {1.9, 2.1, 0.3, false, HS_ORIGIN_MIX},       {3.0, 4.2, 2.0, false, HS_ORIGIN_MIX},
        {0.5, 3.0, 2.0, false, HS_ORIGIN_EXPOSED},   {-4, 3.0, 2.0, false, HS_ORIGIN_MASTERING}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct hs_two_sides s = {t[i].mix, t[i].master, 2, t[i].u, t[i].limited};
        CHECK(hs_origin_of(&s) == t[i].expected);
    }
    struct hs_two_sides mended = {4, 1, 2, 0.3, false}, barely = {2.3, 1.8, 2, 0.3, false};
    CHECK(hs_origin_cured(&mended));
    CHECK(!hs_origin_cured(&barely));
}

/* A long tail leaves `minor` where it is and moves what is said above it. */
static void long_tails(void)
{
    const struct hs_rule *rule = hs_rule_find("bright");
    struct hs_scale plain = scale_of(rule, 0, 10, NAN), tailed = plain;
    tailed.d.tail_scale = 2;
    CHECK(hs_scale_severity(&tailed, 16.4) == HS_NOTE);
    CHECK(hs_scale_severity(&tailed, 16.5) == HS_MINOR);
    CHECK(hs_scale_severity(&plain, 20.1) == HS_MODERATE);
    CHECK(hs_scale_severity(&tailed, 37) == HS_MINOR);
    CHECK(hs_scale_severity(&tailed, 41) == HS_MODERATE);
    CHECK(hs_scale_severity(&tailed, 61) == HS_SEVERE);
    CHECK_NEAR(hs_scale_z(&tailed, 12), 1.2, 1e-12);
    CHECK_NEAR(hs_scale_z(&tailed, 41), 2.05, 1e-12);
    for (double x = 1; x < 80; x += 0.5) /* the way there and back, and never falling */
        CHECK(hs_scale_z(&tailed, x) > hs_scale_z(&tailed, x - 0.5));
    for (int level = HS_NOTE; level <= HS_SEVERE; level++) {
        double at = hs_scale_threshold(&tailed, (enum hs_severity)level) * rule->jnd;
        CHECK(hs_scale_severity(&tailed, at) == (enum hs_severity)level);
        CHECK(hs_scale_severity(&tailed, at - 1e-3) == (enum hs_severity)(level - 1));
    }
    struct hs_shrinkage b = {
        .centre = 0, .spread = 4, .n = 100, .within = 4, .edge_scale = 0.8, .tail_scale = 2};
    double x[] = {-4, 4, -4, 4, -4, 4, -4, 4, -4, 4}, all = 4 * sqrt(10.0 / 9);
    hs_shrinkage(&b, x, 10);
    CHECK_NEAR(b.spread, 0.8 * pow(4, 2.0 / 12) * pow(all, 10.0 / 12) * sqrt(1.1), 1e-9);
    CHECK_NEAR(b.tail_scale, pow(2, 10.0 / 12), 1e-12);
    b.tail_scale = 2;
    hs_shrinkage(&b, x, 0); /* the built-in one has its tail in its spread */
    CHECK_NEAR(b.tail_scale, 1, 0);
}

static void blending(void)
{
    struct hs_arena arena = {0};
    struct hs_shrinkage b = {.centre = 0,
                             .spread = 4,
                             .n = 100,
                             .within = 4,
                             .edge_scale = 1,
                             .tail_scale = 1},
                        c = b, d = b;
    double tens[10], wild[11], motley[10], one[] = {6};
    for (int i = 0; i < 10; i++) {
        tens[i] = wild[i] = 10 + (i % 2 ? 1 : -1);
        motley[i] = 10 + (i % 2 ? 4 : -4);
    }
    wild[10] = 1000;
    hs_shrinkage(&b, tens, 0);
    CHECK_NEAR(b.centre, 0, 0);
    hs_shrinkage(&b, motley, 10); /* as wide as all music: half and half */
    CHECK_NEAR(b.centre, 5, 1e-12);
    CHECK_NEAR(b.weight, 0.5, 1e-12);
    CHECK_NEAR(b.spread, pow(4, 2.0 / 12) * pow(4 * sqrt(10.0 / 9), 10.0 / 12) * sqrt(1.1), 1e-9);
    CHECK_NEAR(b.n, 110, 0);
    hs_shrinkage(&c, tens, 10); /* tight: they know where they are */
    CHECK(c.weight > 0.8 && c.weight < 10.0 / 11 && c.spread < 1.8 && c.spread > 1.06);
    hs_shrinkage(&d, one, 1);
    CHECK_NEAR(d.centre, 6.0 / 11, 1e-12);
    CHECK_NEAR(d.spread, 4, 1e-12);
    double centre, spread = hs_robust_spread(wild, 11, &centre);
    CHECK(spread < 4 && spread > 1);
    CHECK_NEAR(centre, 11, 1e-12);
    CHECK_TEXT(hs_shrinkage_target("popular", 12, 12.0 / 22, NULL, &arena),
               "references (12 tracks) 55 %, built-in popular 45 %");
    CHECK_TEXT(hs_shrinkage_target("popular", 0, 0, NULL, &arena), "built-in popular");
    double holes[] = {1, NAN, 3, 4}, left[4];
    CHECK(hs_compact(holes, 4, 2, left) == 2 && left[1] == 4);
    CHECK(hs_compact(holes, 4, SIZE_MAX, left) == 3);
    hs_arena_free(&arena);
}

/* A fault of the mix that a move of mastering made smaller does not come of that move. */
static void eased_by_a_move(void)
{
    static const struct hs_moved up = {.change = 4.5, .steps = 4.5F, .z = 3};
    static const struct {
        enum hs_origin origin;
        double change;
        bool part;
    } rows[] = {{HS_ORIGIN_MIX, -1.04, false},
                {HS_ORIGIN_EASED, -1.04, false},
                {HS_ORIGIN_MIX, -0.1, true}, /* no more than what cannot be told apart */
                {HS_ORIGIN_MIX, 1.04, true},
                {HS_ORIGIN_WORSENED, 1.04, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hs_finding f[] = {{.rule = "bright",
                                  .severity = HS_SEVERE,
                                  .origin = HS_ORIGIN_MASTERING,
                                  .steps = 4.5,
                                  .z = 3,
                                  .moved = &up},
                                 {.rule = "harsh",
                                  .severity = HS_MINOR,
                                  .origin = rows[i].origin,
                                  .steps = 2.5,
                                  .z = 2,
                                  .change = rows[i].change,
                                  .uncertainty = 0.14}};
        hs_primary_assign(f, 2);
        CHECK(!f[0].explained_by && (f[1].explained_by != NULL) == rows[i].part);
    }
}

/* Over-limiting is the usual cause of over-compression, unless it was held down to a note. */
static void leads(void)
{
    struct hs_finding f[] = {
        {.rule = "over_limited", .severity = HS_MODERATE, .steps = 4, .z = 3},
        {.rule = "over_compressed", .severity = HS_MINOR, .steps = 2.5, .z = 2},
        {.rule = "bright", .severity = HS_MINOR, .steps = 2, .z = 2}};
    hs_primary_assign(f, 3);
    CHECK(!f[0].explained_by && !f[2].explained_by);
    CHECK_TEXT(f[1].explained_by, "over_limited");
    f[0].severity = HS_NOTE;
    f[1].explained_by = NULL;
    hs_primary_assign(f, 3);
    CHECK_TEXT(f[0].explained_by, "over_compressed");
    CHECK(!f[1].explained_by && !f[2].explained_by);
    /* Many samples that were cut or held, minor at most: no name for what is moderate. Where the
     * cap is gone, it is. */
    struct hs_finding held[] = {
        {.rule = "clipped", .severity = HS_MINOR, .steps = 116, .z = NAN, .tier = HS_MEASURED},
        {.rule = "over_compressed", .severity = HS_MODERATE, .steps = 6.7, .z = 2.22}};
    hs_primary_assign(held, 2);
    CHECK(!held[1].explained_by);
    CHECK_TEXT(held[0].explained_by, "over_compressed");
    held[0] = (struct hs_finding){
        .rule = "clipped", .severity = HS_SEVERE, .steps = 116, .z = NAN, .tier = HS_MEASURED};
    hs_primary_assign(held, 2);
    CHECK(!held[0].explained_by);
    CHECK_TEXT(held[1].explained_by, "clipped");
    /* Each follows the next, for each is named by another: the one furthest out leads all. */
    struct hs_finding round[] = {
        {.rule = "clipped", .severity = HS_MINOR, .steps = 2.37, .z = NAN},
        {.rule = "over_limited", .severity = HS_MODERATE, .steps = 6.04, .z = 2.27},
        {.rule = "over_compressed", .severity = HS_MODERATE, .steps = 7.44, .z = 2.457}};
    hs_primary_assign(round, 3);
    CHECK(!round[2].explained_by);
    CHECK_TEXT(round[0].explained_by, "over_compressed");
    CHECK_TEXT(round[1].explained_by, "over_compressed");
    /* A late channel makes it wide, and by more steps than the delay has itself. */
    struct hs_finding late[] = {
        {.rule = "wide", .severity = HS_MODERATE, .steps = 6, .z = 3},
        {.rule = "channel_delay", .severity = HS_MINOR, .steps = 2, .z = NAN},
        {.rule = "wet", .severity = HS_MINOR, .steps = 2.5, .z = 2}};
    hs_primary_assign(late, 3);
    CHECK(!late[1].explained_by);
    CHECK_TEXT(late[0].explained_by, "channel_delay");
    CHECK_TEXT(late[2].explained_by, "channel_delay");
    /* What is beyond doubt leads what is further out from other songs, but not where it is small.
     */
    struct hs_finding turned[] = {
        {.rule = "wide", .severity = HS_SEVERE, .steps = 40, .z = 16, .tier = HS_INFERRED},
        {.rule = "out_of_phase", .severity = HS_SEVERE, .steps = 9, .z = NAN, .tier = HS_MEASURED},
        {.rule = "bass_wide", .severity = HS_SEVERE, .steps = 50, .z = 14, .tier = HS_INFERRED}};
    hs_primary_assign(turned, 3);
    CHECK(!turned[1].explained_by);
    CHECK_TEXT(turned[0].explained_by, "out_of_phase");
    CHECK_TEXT(turned[2].explained_by, "out_of_phase");
    for (size_t i = 0; i < 3; i++)
        turned[i].explained_by = NULL;
    turned[1].severity = HS_MINOR;
    hs_primary_assign(turned, 3);
    CHECK(!turned[0].explained_by);
    CHECK_TEXT(turned[1].explained_by, "wide");
}

/* Left louder by 3 dB: a bass in the middle then has a side 15.3 dB below its mid, and so has
 * all else. */
static void lean_of(const char *rule)
{
    struct hs_finding f[] = {{.rule = "lopsided", .severity = HS_MODERATE, .steps = 5, .z = 3},
                             {.rule = rule, .severity = HS_SEVERE, .steps = 40, .z = 20}};
    double g = pow(10, -3.0 / 20), of_lean = (1 - g) / (1 + g);
    f[0].value = -3; /* to either side */
    f[1].expected[0] = NAN;
    f[1].expected[1] = -18;
    f[1].value = 20 * log10(of_lean) + 0.1; /* and -32 dB of its own */
    hs_primary_assign(f, 2);
    CHECK(!f[0].explained_by);
    CHECK_TEXT(f[1].explained_by, "lopsided");
    f[1].explained_by = NULL;
    f[1].value = 10 * log10(of_lean * of_lean + pow(10, -1.7)); /* -17 dB of its own */
    hs_primary_assign(f, 2);
    CHECK(!f[0].explained_by && !f[1].explained_by);
}

/* A clipper takes more of one channel; a lean that it cannot have made stands by itself. */
static void lean_of_clipping(void)
{
    static const struct {
        enum hs_severity lean, clipped;
        enum hs_origin origin;
        bool of_it;
    } rows[] = {{HS_MINOR, HS_SEVERE, HS_ORIGIN_MASTERING, true},
                {HS_MODERATE, HS_SEVERE, HS_ORIGIN_MASTERING, false},
                {HS_MINOR, HS_MINOR, HS_ORIGIN_MASTERING, false},
                {HS_MINOR, HS_SEVERE, HS_ORIGIN_MIX, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hs_finding f[] = {{.rule = "lopsided",
                                  .severity = rows[i].lean,
                                  .origin = HS_ORIGIN_MASTERING,
                                  .steps = 2,
                                  .z = 2},
                                 {.rule = "clipped",
                                  .severity = rows[i].clipped,
                                  .origin = rows[i].origin,
                                  .steps = 5,
                                  .z = NAN}};
        hs_primary_assign(f, 2);
        CHECK((f[0].explained_by && !strcmp(f[0].explained_by, "clipped")) == rows[i].of_it);
        CHECK(!f[1].explained_by);
    }
}

/* Of harmless masterings, spread over their normal distribution, as many reach a severity as the
 * rate says, whether spreads or audible steps decide. */
static void rates_of_moves(void)
{
    enum { N = 20000 };
    size_t tried = 0;
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        if (!(rule->moves.spread > 0))
            continue;
        const struct hs_reference_model y = {.rule = rule};
        const struct hs_scale s = scale_of(rule, 0, 1, NAN);
        int reached[HS_SEVERE + 1] = {0};
        for (int k = 0; k < N; k++) {
            double change =
                rule->moves.centre + rule->moves.spread * hs_normal_quantile((k + 0.5) / (double)N);
            const struct hs_reading from_centre = {.judged = true, .value = change};
            reached[hs_moves_severity(rule, hs_moves_stand(&y, &s, change, &from_centre))]++;
        }
        for (int level = HS_SEVERE; level >= HS_NOTE; level--) {
            reached[level] += level < HS_SEVERE ? reached[level + 1] : 0;
            CHECK_NEAR(reached[level] / (double)N, hs_moves_rate(rule, (enum hs_severity)level),
                       2e-4);
        }
        tried++;
    }
    CHECK(tried > 10);
    CHECK_NEAR(hs_moves_rate(hs_rule_find("bright"), HS_MINOR), 0.05, 1e-4);
    CHECK_NEAR(hs_moves_rate(hs_rule_find("wide"), HS_MINOR), 0.000429, 1e-6); /* 4 dB of 1.2 */
    CHECK_NEAR(hs_moves_rate(NULL, HS_MODERATE), 0.02275, 1e-5);
}

/* A move counts whole wherever a sound mix lay. Of a mix at fault what ends at the centre has
 * repaired, and what ends beyond it counts the more, the further; the way back always counts. */
static void repairs_by_moves(void)
{
    const struct hs_rule *rule = hs_rule_find("bright");
    const struct hs_reference_model y = {.rule = rule};
    const struct hs_scale s = scale_of(rule, 0, 6, NAN);
    const double spread = rule->moves.spread, reach = hs_scale_reach(&s);
    for (double change = 3; change <= 15; change += 3)
        for (double mix = -18.1; mix <= 6; mix += 0.5) {
            const struct hs_reading master = {.judged = true, .value = mix + change};
            double left = mix <= -reach ? fmin(fmax(2 * (mix + change), 0), change) : change;
            CHECK_NEAR(hs_moves_stand(&y, &s, change, &master), left / spread, 1e-9);
        }
    const struct hs_reading back = {.judged = true, .value = -2};
    CHECK_NEAR(hs_moves_stand(&y, &s, -6, &back), -6 / spread, 1e-9);
}

/* Severity of a channel's gain by balances of five bands, correlated by .9 but for the last. */
static int channel_gain(const double balance_db[5], double gain_db, bool turned)
{
    const double correlation[] = {.9, .9, .9, .9, .2};
    double moved[5];
    struct hs_arena a = {0};
    struct hs_values v = {.arena = &a};
    const struct hs_case c = {.values = &v, .arena = &a};
    enum hs_severity severity = HS_SEVERE;
    for (int b = 0; b < 5; b++)
        moved[b] = (turned ? -1 : 1) * (balance_db[b] + gain_db);
    hs_values_array(&v, "band_balance_db", moved, 5);
    hs_values_array(&v, "band_correlation", correlation, 5);
    CHECK(hs_rule_find("lopsided")->physics.tell(&c, &severity));
    hs_arena_free(&a);
    return (int)severity;
}

/* Instruments that stand aside are no gain of a channel; a gain is found among them, on either
 * side, and what both channels do not share says nothing. */
static void gains_of_a_channel(void)
{
    static const double even[] = {0, .1, -.1, .05, 6}, aside[] = {0, -2.5, 3, .4, -6};
    static const double at[] = {0, .45, .65, 1.15, 2.2};
    const struct hs_values none = {0};
    const struct hs_case c = {.values = &none};
    enum hs_severity severity;
    for (int level = HS_NO_FAULT; level <= HS_SEVERE; level++)
        for (int turned = 0; turned < 2; turned++)
            CHECK(channel_gain(even, at[level], turned) == level);
    CHECK(channel_gain(aside, 0, false) == HS_NO_FAULT);
    CHECK(channel_gain(aside, 2, false) == HS_NO_FAULT);
    CHECK(channel_gain(aside, 3.6, true) == HS_MODERATE);
    CHECK(!hs_rule_find("lopsided")->physics.tell(&c, &severity));
}

/* Of every rule: at the value where `minor` begins it is minor, and just before it is not. */
static void minor_begins(void)
{
    size_t fixed = 0, low = 0;
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        const struct hs_builtin *b = hs_rule_builtin(rule);
        if (!b && !rule->thresholds)
            continue;
        struct hs_scale s = scale_of(rule, b ? b->centre : NAN, b ? b->spread : NAN, NAN);
        int end = hs_rule_end(rule), side = end ? end : 1;
        double at = hs_scale_minor(&s, side);
        double before = side * 1e-6 * fmax(1, fabs(at));
        fixed += rule->thresholds != NULL;
        low += side < 0 && rule->thresholds;
        CHECK(isfinite(at));
        if (!CHECK(hs_scale_severity(&s, at + before) >= HS_MINOR &&
                   hs_scale_severity(&s, at - before) < HS_MINOR))
            fprintf(stderr, "%s at %g\n", rule->id, at);
    }
    CHECK(fixed > 10 && low > 0);
}

int main(void)
{
    severity_needs_steps_and_spreads();
    long_tails();
    low_and_two_way_rules();
    a_limit_of_the_job();
    ladders();
    origins();
    blending();
    leads();
    eased_by_a_move();
    lean_of_clipping();
    lean_of("bass_wide");
    lean_of("wide");
    lean_of("sides_wide");
    rates_of_moves();
    repairs_by_moves();
    gains_of_a_channel();
    minor_begins();
    return check_done();
}
