/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_places.h"

#include "judge/rule.h"
#include "model/measure.h"
#include "model/survival.h"

#include <math.h>

/* Every fifth master loses far more than the others. */
static void add_survival(struct hs_audit *audit)
{
    audit->survival = HS_TO_PLATFORMS | HS_TO_CAR | HS_TO_PHONE | HS_TO_CLUB | HS_TO_VINYL;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        struct hs_values *v = &audit->tracks[i].master.values;
        bool far = i % 5 == 4;
        if (audit->tracks[i].master.state != HS_FILE_OK)
            continue;
        double heard = far ? .31 : .7 + .01 * (double)(i % 4), lost[HS_STEREO_BANDS] = {.1};
        hs_values_array(v, "car_50.audible", (double[]){heard, 1, 1, 1}, 4);
        hs_values_array(v, "car_100.audible", (double[]){heard / 2, 1, 1, 1}, 4);
        hs_values_number(v, "phone.loss_lu", far ? -9.4 : -4.0);
        hs_values_number(v, "laptop.loss_lu", -3);
        lost[0] = far ? 2.4 : .1;
        hs_values_array(v, "mono_loss_bands_db", lost, HS_STEREO_BANDS);
    }
}

static struct hs_usual usual(double median, double reach, int n)
{
    return (struct hs_usual){.median = median,
                             .interval = {median - reach, median + reach},
                             .q = .01,
                             .n = n,
                             .same = n};
}

static struct hs_habits house(struct hs_audit *audit, const char *engineer, int year, double treble)
{
    static const char *const rules[] = {"sub_heavy", "boomy", "muddy", "bright", "over_limited"};
    static const enum hs_moved_part parts[] = {HS_PART_SUB, HS_PART_BASS, HS_PART_LOW_MIDDLE,
                                               HS_PART_TREBLE, HS_PART_PEAKS};
    struct hs_habits h = {.engineer = engineer, .year = year, .n = 6, .releases = 2};
    for (size_t b = 0; b < HS_BANDS; b++)
        h.band[b] = usual(b < 24 ? 0 : treble, .4 + .02 * (double)b, 6);
    for (size_t z = 0; z < HS_ZONES; z++)
        h.zone[z] = usual(z == HS_ZONES - 1 ? treble : 0.1, .5, 6);
    h.gain = usual(6, 2, 6);
    h.reduction = usual(3, 1, 6);
    h.width = h.tails = usual(0, .1, 6);
    h.moves = HS_ARENA_ARRAY(&audit->arena, struct hs_usual_move, 5);
    h.n_moves = 5;
    for (size_t i = 0; i < h.n_moves; i++)
        h.moves[i] =
            (struct hs_usual_move){rules[i], "dB", parts[i], usual(.1 * (double)i, .3, 6), {-2, 2}};
    return h;
}

static void add_habits(struct hs_audit *audit)
{
    struct hs_habits *h = HS_ARENA_ARRAY(&audit->arena, struct hs_habits, 8);
    h[0] = house(audit, NULL, 0, 1.6);
    h[0].n = 12;
    h[1] = house(audit, "D. Master <x>", 0, 3.4);
    h[2] = house(audit, "E. Master", 0, 0);
    h[3] = house(audit, NULL, 2007, .9);
    h[4] = house(audit, NULL, 2003, -2.7);
    audit->mastering = h;
    audit->n_mastering = 5;
    h[5] = house(audit, NULL, 0, -1.2);
    h[5].n_moves = 0;
    h[5].against = "references";
    audit->mixing = h + 5;
    audit->n_mixing = 1;
}

/* The mix of the last track, at three targets. */
static void add_preview(struct hs_audit *audit)
{
    static struct hs_backtest_row rows[] = {
        {.rule = "bright",
         .unit = "dB",
         .pairs = 12,
         .error = .4,
         .baseline = {1.2, .9},
         .proven = true},
        {.rule = "wide", .unit = "dB", .pairs = 12, .error = .6, .baseline = {.3, NAN}}};
    static const struct hs_backtest backtest = {.pairs = 12,
                                                .rows = rows,
                                                .n_rows = 2,
                                                .foreseen_interval = {0, 1},
                                                .sound = 93,
                                                .alarm_interval = {0, .04}};
    struct hs_preview *p = HS_ARENA_ARRAY(&audit->arena, struct hs_preview, 1);
    struct hs_preview_target *t = HS_ARENA_ARRAY(&audit->arena, struct hs_preview_target, 3);
    size_t n_rules = hs_rule_count(), bright = 0;
    struct hs_first_fault *first = HS_ARENA_ARRAY(&audit->arena, struct hs_first_fault, 1);
    while (!hs_same_rule(hs_rule_at(bright)->id, "bright"))
        bright++;
    for (size_t i = 0; i < 3; i++) {
        struct hs_standing *s = HS_ARENA_ARRAY(&audit->arena, struct hs_standing, n_rules);
        double louder = 2 * (double)i;
        s[bright] = (struct hs_standing){"bright", "dB", 1 + louder, 1, 4, louder / 3, .2, i == 2};
        t[i] = (struct hs_preview_target){.target_lufs = -14 + louder,
                                          .reached_lufs = -14 + louder,
                                          .gain_db = 4 + louder,
                                          .gr_p95_db = louder,
                                          .gr_max_db = louder + 1,
                                          .plr_db = 12 - louder,
                                          .holds = {.6, .4, 0, 0, 0},
                                          .standings = s,
                                          .n_standings = n_rules};
    }
    *first = (struct hs_first_fault){
        .rule = "bright", .from_lufs = -10, .range = {-10.5, -9.5}, .why = "the limiter"};
    *p = (struct hs_preview){.there = true,
                             .threshold_db = -20,
                             .compressor_p95_db = 1,
                             .mix_lufs = -20,
                             .peak_db = -3,
                             .targets = t,
                             .n_targets = 3,
                             .first = first,
                             .n_first = 1,
                             .carries_lufs = -11,
                             .carries_why = "there the limiter is heard"};
    audit->tracks[audit->job->n_tracks - 1].preview = p;
    audit->backtest = &backtest;
}

void fixture_add_places(struct fixture *f)
{
    add_survival(&f->audit);
    add_habits(&f->audit);
    add_preview(&f->audit);
}
