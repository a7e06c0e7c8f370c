/* SPDX-License-Identifier: Apache-2.0 */
/* When a preview may be believed: made pairs whose masters follow the chain, leave the tone alone,
 * or all move alike, and pairs that were hardly mastered. */
#include "catalogue/backtest.h"
#include "core/arena.h"
#include "core/num.h"
#include "judge/rule.h"
#include "report/json_preview.h"

#include "check.h"

#include <math.h>
#include <string.h>

/* What the masters do with the one rule that is judged. */
enum kind {
    AS_CHAIN, /* the chain's own move, which differs from song to song */
    UNTOUCHED,
    ALIKE, /* the same move each, near the chain's */
};

struct made {
    struct hs_arena a;
    struct hs_job job;
    struct hs_audit audit;
};

static size_t rule_at(const char *id)
{
    for (size_t i = 0; i < hs_rule_count(); i++)
        if (!strcmp(hs_rule_at(i)->id, id))
            return i;
    return 0;
}

static struct hs_standing standing(double mix, double value)
{
    return (struct hs_standing){.rule = "bright",
                                .unit = "dB",
                                .value = value,
                                .mix_value = mix,
                                .limit = 6,
                                .to_limit = value / 6,
                                .mix_to_limit = mix / 6,
                                .fault = value > 6};
}

/* One pair: the chain moves it by up to 4 dB; `plr_change` is what limiting took. */
static void add_pair(struct made *m, size_t i, enum kind kind, double plr_change,
                     struct hs_rng *rng)
{
    double mix = 2 * hs_rng_uniform(rng), drawn = hs_rng_uniform(rng);
    double move = kind == ALIKE ? 2 + 2 * drawn : 4 * drawn;
    double master = mix +
                    (kind == AS_CHAIN ? move
                     : kind == ALIKE  ? 1
                                      : 0) +
                    0.1 * (hs_rng_uniform(rng) - 0.5);
    struct hs_track_result *t = &m->audit.tracks[i];
    struct hs_preview *p = HS_ARENA_NEW(&m->a, struct hs_preview);
    size_t n = hs_rule_count(), bright = rule_at("bright");
    hs_values_number(&t->mix.values, "plr_db", 14);
    hs_values_number(&t->master.values, "plr_db", 14 - plr_change);
    p->there = true;
    p->n_targets = 1;
    p->targets = HS_ARENA_NEW(&m->a, struct hs_preview_target);
    p->targets[0].target_lufs = p->targets[0].reached_lufs = -10;
    p->targets[0].standings = HS_ARENA_ARRAY(&m->a, struct hs_standing, n);
    p->targets[0].n_standings = n;
    p->actual = HS_ARENA_ARRAY(&m->a, struct hs_standing, n);
    p->targets[0].standings[bright] = standing(mix, mix + move);
    p->actual[bright] = standing(mix, master);
    t->released_preview = p;
}

static void make(struct made *m, size_t n, size_t releases, enum kind kind, double plr_change)
{
    struct hs_rng rng = {11};
    memset(m, 0, sizeof *m);
    m->job.preview = true;
    m->job.n_tracks = n;
    struct hs_track *tracks = HS_ARENA_ARRAY(&m->a, struct hs_track, n);
    m->job.tracks = tracks;
    m->audit.job = &m->job;
    m->audit.tracks = HS_ARENA_ARRAY(&m->a, struct hs_track_result, n);
    for (size_t i = 0; i < n; i++) {
        tracks[i].release = i % releases;
        m->audit.tracks[i].track = &tracks[i];
        hs_values_init(&m->audit.tracks[i].mix.values, &m->a);
        hs_values_init(&m->audit.tracks[i].master.values, &m->a);
        add_pair(m, i, kind, plr_change, &rng);
    }
    hs_backtest_make(&m->audit);
}

static void let_go(struct made *m)
{
    hs_arena_free(&m->audit.arena);
    hs_arena_free(&m->a);
}

/* What the preview of a mix that is to be released says of the rule. */
static bool is_sentence(const struct made *m)
{
    struct hs_first_fault first = {.rule = "bright",
                                   .from_lufs = -12,
                                   .range = {-13, -11},
                                   .until_lufs = NAN,
                                   .why = "treble"};
    struct hs_preview p = {.there = true, .first = &first, .n_first = 1, .carries_lufs = NAN};
    struct hs_buf out = {0};
    struct hs_json j = {.out = &out};
    hs_json_object(&j, NULL);
    hs_json_put_preview(&j, "preview", &p, m->audit.backtest);
    hs_json_object_end(&j);
    bool inferred = strstr(out.data, "\"inferred\""),
         indication = strstr(out.data, "\"indication\"");
    hs_buf_free(&out);
    CHECK(inferred != indication);
    return inferred;
}

/* A sentence needs ten pairs of five releases, and both baselines beaten at the lower end. */
static void test_sentence(void)
{
    static const struct {
        size_t pairs, releases;
        enum kind kind;
        bool sentence, beats[2];
    } cases[] = {
        {12, 6, AS_CHAIN, true, {true, true}},    {12, 6, UNTOUCHED, false, {false, false}},
        {12, 6, ALIKE, false, {true, false}},     {9, 9, AS_CHAIN, false, {true, true}},
        {12, 4, AS_CHAIN, false, {false, false}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made m;
        make(&m, cases[i].pairs, cases[i].releases, cases[i].kind, 4);
        const struct hs_backtest_row *row = hs_backtest_row_of(m.audit.backtest, "bright");
        if (CHECK(row && m.audit.backtest->n_rows == 1)) {
            CHECK(row->pairs == (int)cases[i].pairs);
            CHECK(row->proven == cases[i].sentence);
            CHECK((row->skill_low[0] > 0) == cases[i].beats[0]);
            CHECK((row->skill_low[1] > 0) == cases[i].beats[1]);
            CHECK(is_sentence(&m) == cases[i].sentence);
        }
        CHECK(!m.audit.backtest->calibrated);
        let_go(&m);
    }
}

/* Mixes that were hardly mastered teach nothing and predict nothing; what the chain makes of them
 * is counted as an alarm. */
static void test_hardly_mastered(void)
{
    struct made m;
    make(&m, 30, 6, AS_CHAIN, 0.5);
    const struct hs_backtest *b = m.audit.backtest;
    CHECK(b->pairs == 0 && b->hardly_mastered == 30 && b->n_rows == 0);
    CHECK(!b->calibrated && b->faults + b->sound == 0 && isnan(b->skill));
    CHECK(!is_sentence(&m));
    let_go(&m);
}

/* The curve of calibration from 30 pairs on; its counts are those of the predictions. */
static void test_calibration(void)
{
    for (size_t n = 29; n <= 30; n++) {
        struct made m;
        make(&m, n, 6, AS_CHAIN, 4);
        const struct hs_backtest *b = m.audit.backtest;
        int in_bins = 0;
        for (size_t i = 0; i < HS_CALIBRATION_BINS; i++)
            in_bins += b->bins[i].n;
        CHECK(b->calibrated == (n == 30));
        CHECK(in_bins == b->faults + b->sound && in_bins == (int)n);
        let_go(&m);
    }
}

int main(void)
{
    test_sentence();
    test_hardly_mastered();
    test_calibration();
    return check_done();
}
