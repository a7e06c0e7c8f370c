/* SPDX-License-Identifier: Apache-2.0 */
/* Knowing more never makes a proven fault count less: random audits, each judged with and without
 * one more thing known of one track.
 * test-labels: once */
#include "judge_fixture.h"

#include "catalogue/catalogue.h"
#include "check.h"
#include "core/num.h"
#include "judge/rule.h"

enum { AUDITS = 1200, TRACKS = 5, AT = 2 };

static double wide(struct hs_rng *rng, double spread)
{
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += hs_rng_uniform(rng) - 0.5;
    return 2 * sum * spread;
}

/* A file with moves of its own on every scale. */
static void shake(struct hs_values *v, struct hs_rng *rng, double share)
{
    fixture_lift(v, 0, 4, wide(rng, 10 * share));
    fixture_lift(v, 5, 9, wide(rng, 6 * share));
    fixture_lift(v, 10, 13, wide(rng, 4 * share));
    fixture_lift(v, 20, 23, wide(rng, 5 * share));
    fixture_lift(v, 24, 30, wide(rng, 8 * share));
    hs_values_number(v, "balance_db", wide(rng, 2 * share));
    hs_values_number(v, "side_mid_db", -8 + wide(rng, 8 * share));
    hs_values_number(v, "sides_mid_db", -8 + wide(rng, 8 * share));
    hs_values_number(v, "clipped_ppm", hs_rng_uniform(rng) < 0.3 ? 4000 * hs_rng_uniform(rng) : 0);
    hs_values_number(v, "dc_offset", hs_rng_uniform(rng) < 0.2 ? 0.2 * hs_rng_uniform(rng) : 0);
    hs_values_number(v, "correlation",
                     hs_rng_uniform(rng) < 0.2 ? -0.4 * hs_rng_uniform(rng) : 0.7);
    hs_values_number(v, "integrated_lufs", -12 + wide(rng, 4 * share));
    hs_values_number(v, "lost_s", hs_rng_uniform(rng) < 0.2 ? 4 * hs_rng_uniform(rng) : 0);
    hs_values_number(v, "hum_db", -70 + wide(rng, 40 * share));
    hs_values_number(v, "noise_floor_db", -70 + wide(rng, 40 * share));
}

/* The audit of this seed; only `more` is not the same in both. */
enum more {
    NOTHING,
    A_MIX,
    A_SURE_PAIR,
    A_SESSION,
    STEMS,
    AN_EAR,
    AGREEING_REFERENCES,
    SILENCE, /* that the pair found in the midst of what sounds in the mix */
    CLICKS,  /* of the pair, as what follows */
    HEARD_AGAIN,
    OTHER_SOUND,
    A_SPEED,
    A_SWING,
    LOST_BITS,
    BREAKS,
    ADDED_TONES,
    ADDED_NOISE,
    DROPS, /* of both channels, or of one */
    SWAPPED_SIDES,
    A_LATE_CHANNEL,
    A_LATE_PART,
    A_CHANNEL_TONE,
    A_TURNED_CHANNEL,
    N_MORE
};

static struct hs_heard heard[1];

/* What the pair proves of one channel, a little or much. */
static void break_channel(struct hs_values *pair, struct hs_rng *rng, enum more what)
{
    const double much = hs_rng_uniform(rng), side = hs_rng_uniform(rng) < 0.5 ? -1 : 1;
    const double from_hz = hs_rng_uniform(rng) < 0.5 ? 0 : 4000;
    if (what == DROPS)
        hs_values_array(pair, "drops", (double[]){10, 10 + 12 * much, 20, side + 1}, 4);
    if (what == SWAPPED_SIDES)
        hs_values_number(pair, "swapped", 1);
    if (what == A_LATE_CHANNEL)
        hs_values_number(pair, "channel_delay_change_ms", 4 * side * much);
    if (what == A_LATE_PART)
        hs_values_array(pair, "late_channel", (double[]){20, 20 + 60 * much, 3 * side * much}, 3);
    if (what == A_CHANNEL_TONE) {
        hs_values_number(pair, "channel_tone_db", 14 * side * much);
        hs_values_array(pair, "channel_tone_hz", (double[]){from_hz, from_hz > 0 ? 0 : 200}, 2);
    }
    if (what == A_TURNED_CHANNEL)
        hs_values_array(pair, "polarity", (double[]){side, -side}, 2);
}

/* What the pair proves to be broken, a little or much. */
static void break_it(struct hs_values *pair, struct hs_rng *rng, enum more what)
{
    const double much = hs_rng_uniform(rng);
    const double again[] = {10, 10 + 2 * much, 0, 0.1 + much, 2},
                 other[] = {20, 20 + 12 * much, -6};
    if (what == SILENCE)
        hs_values_number(pair, "silenced_s", 6 * much);
    if (what == CLICKS) {
        hs_values_array(pair, "clicks", again, 1);
        hs_values_number(pair, "clicks_n", 1 + floor(100 * much));
        hs_values_number(pair, "clicks_db", -20);
    }
    if (what == HEARD_AGAIN)
        hs_values_array(pair, "skips", again, 5);
    if (what == LOST_BITS)
        hs_values_array(pair, "lost", (double[]){10, 10, 0.02 + 0.2 * much}, 3);
    if (what == BREAKS)
        hs_values_array(pair, "breaks", (double[]){10, 10.01 + 0.19 * much, -6, 1}, 4);
    if (what == ADDED_TONES) {
        hs_values_array(pair, "added_tones_hz", (double[]){50, 150}, 2);
        hs_values_number(pair, "added_tones_db", -70 + 50 * much);
    }
    if (what == ADDED_NOISE)
        hs_values_number(pair, "added_noise_db", -70 + 50 * much);
    if (what == OTHER_SOUND)
        hs_values_array(pair, "foreign", other, 3);
    if (what == A_SPEED)
        hs_values_number(pair, "drift_ppm", 40000 * (much - 0.5));
    if (what == A_SWING) {
        hs_values_number(pair, "swing_hz", 2);
        hs_values_number(pair, "swing_db", 10 * much);
    }
}

static void build(struct fixture *f, uint64_t seed, enum more more, bool known)
{
    struct hs_rng rng = {seed};
    fixture_start(f, TRACKS);
    for (size_t i = 0; i < TRACKS; i++) {
        f->tracks[i].recall = HS_RECALL_NONE;
        shake(&f->results[i].master.values, &rng, 1);
    }
    struct hs_track_result *t = &f->results[AT];
    bool always = more == A_SURE_PAIR || more >= SILENCE;
    bool pair = more == A_MIX ? known : always || hs_rng_uniform(&rng) < 0.5;
    if (pair) {
        fixture_pair(f, AT);
        t->mix.values = t->master.values;
        fixture_measure(&t->mix.values, &f->audit.arena);
        shake(&t->mix.values, &rng, 0.6);
        hs_values_number(&t->pair.values, "tail_change_db", wide(&rng, 1.5));
        hs_values_number(&t->pair.values, "balance_change_db", wide(&rng, 1));
        t->pair.confidence = more == A_SURE_PAIR && !known ? 0.5 : 0.6 + 0.4 * hs_rng_uniform(&rng);
    }
    if (known && more >= DROPS)
        break_channel(&t->pair.values, &rng, more);
    else if (known && more >= SILENCE)
        break_it(&t->pair.values, &rng, more);
    if (known && (more == A_SESSION || more == STEMS))
        f->tracks[AT].recall = more == STEMS ? HS_RECALL_STEMS : HS_RECALL_SESSION;
    if (known && more == AN_EAR) {
        f->tracks[AT].heard = heard;
        f->tracks[AT].n_heard = 1;
    }
}

static const struct hs_shortlist_row *row_of(const struct fixture *f)
{
    for (size_t i = 0; i < f->audit.n_shortlist; i++)
        if (f->audit.shortlist[i].track == AT)
            return &f->audit.shortlist[i];
    return NULL;
}

static int rank_of(const struct fixture *f)
{
    const struct hs_shortlist_row *row = row_of(f);
    return row && row->rank ? row->rank : TRACKS + 1;
}

/* References that do not agree on what is usual are another yardstick, not more evidence. */
static bool is_moved(const struct fixture *less, const struct fixture *more, enum more kind,
                     const struct hs_finding *f)
{
    const struct hs_judgement *a = fixture_stand(less, AT, f->rule);
    const struct hs_judgement *b = fixture_stand(more, AT, f->rule);
    return kind == AGREEING_REFERENCES && fabs(b->centre - a->centre) >= 0.25 * f->jnd;
}

/* What is left out never makes what remains better known. */
static void compare_tiers(const struct fixture *less, const struct fixture *more, enum more kind,
                          uint64_t seed)
{
    const struct hs_track_result *t = &less->results[AT];
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i], *g = fixture_finding(more, AT, f->rule);
        bool fault = g && hs_finding_counts(f) && hs_finding_counts(g);
        if (fault && !is_moved(less, more, kind, f) && !CHECK(g->tier <= f->tier))
            fprintf(stderr, "seed %d, kind %d: %s is better known with less\n", (int)seed, kind,
                    f->rule);
    }
    const struct hs_shortlist_row *a = row_of(less), *b = row_of(more);
    if (a->rank && b->rank && kind != AGREEING_REFERENCES)
        CHECK(b->tier <= a->tier);
}

/* What is measured of one file or by the pair: physics and geometry. */
static bool is_proven(const struct hs_finding *f)
{
    return f->tier == HS_MEASURED && f->origin != HS_ORIGIN_CURED && f->severity >= HS_MINOR;
}

static size_t compare(const struct fixture *less, const struct fixture *more, enum more kind,
                      uint64_t seed)
{
    size_t proven = 0;
    const struct hs_track_result *t = &less->results[AT];
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i], *g = fixture_finding(more, AT, f->rule);
        if (!is_proven(f))
            continue;
        if (is_moved(less, more, kind, f))
            continue;
        const struct hs_judgement *a = fixture_stand(less, AT, f->rule);
        const struct hs_judgement *b = fixture_stand(more, AT, f->rule);
        proven++;
        if (!CHECK(g && g->severity >= f->severity && g->tier <= f->tier &&
                   g->origin != HS_ORIGIN_CURED))
            fprintf(stderr, "seed %d, kind %d: %s %d, then %d; centre %.1f, then %.1f\n", (int)seed,
                    kind, f->rule, f->severity, g ? (int)g->severity : 0, a ? a->centre : NAN,
                    b ? b->centre : NAN);
    }
    bool alone = kind != AGREEING_REFERENCES; /* references are for all tracks */
    if (!CHECK(!alone || rank_of(more) <= rank_of(less)))
        fprintf(stderr, "seed %d, kind %d: rank %d, and %d with more; %s / %s\n", (int)seed, kind,
                rank_of(less), rank_of(more), row_of(less)->why, row_of(more)->why);
    return proven;
}

static void never_less(void)
{
    size_t proven = 0;
    for (uint64_t seed = 1; seed <= AUDITS; seed++) {
        enum more kind = (enum more)(1 + seed % (N_MORE - 1));
        struct fixture less, more;
        build(&less, seed, kind, false);
        hs_judge_audit(&less.audit);
        hs_catalogue_analyse(&less.audit);
        const struct hs_track_result *t = &less.results[AT];
        heard[0] = (struct hs_heard){.note = t->n_findings ? t->findings[0].rule : "bright"};
        build(&more, seed, kind, true);
        if (kind == AGREEING_REFERENCES)
            fixture_references(&more, 12, 0, 2);
        hs_judge_audit(&more.audit);
        hs_catalogue_analyse(&more.audit);
        proven += compare(&less, &more, kind, seed);
        compare_tiers(&less, &more, kind, seed);
        fixture_free(&less);
        fixture_free(&more);
    }
    CHECK(proven > AUDITS / 2); /* there was something to lose */
}

enum { PAIRS_AUDITS = 150, PAIRS_TRACKS = 16 };

/* Sixteen masters; the first `pairs` of them with a mix that mastering moved a little or far. */
static void build_pairs(struct fixture *f, uint64_t seed, size_t pairs)
{
    struct hs_rng rng = {seed};
    double far = 1 + 8 * hs_rng_uniform(&rng);
    fixture_start(f, PAIRS_TRACKS);
    for (size_t i = 0; i < PAIRS_TRACKS; i++) {
        struct hs_track_result *t = &f->results[i];
        double moved = (hs_rng_uniform(&rng) < 0.5 ? far : 0) + wide(&rng, 1);
        double lean = wide(&rng, 1.5), reverberation = wide(&rng, 1);
        shake(&t->master.values, &rng, 0.3);
        if (i >= pairs)
            continue;
        fixture_pair(f, i);
        t->mix.values = t->master.values;
        fixture_measure(&t->mix.values, &f->audit.arena);
        hs_values_array(&t->mix.values, "bands_db",
                        hs_values_doubles(&t->master.values, "bands_db", HS_BANDS), HS_BANDS);
        fixture_brighten(&t->mix.values, -moved);
        hs_values_number(&t->mix.values, "balance_db",
                         hs_values_or_nan(&t->master.values, "balance_db") - lean);
        hs_values_number(&t->pair.values, "tail_change_db", reverberation);
    }
}

/* What few pairs have shown of a move is not taken back when more of them are known, be they of one
 * kind or of two. */
static void never_less_by_pairs(void)
{
    size_t moved = 0;
    for (uint64_t seed = 1; seed <= PAIRS_AUDITS; seed++) {
        struct fixture less, more;
        size_t known = 3 + seed % 8;
        build_pairs(&less, seed, known);
        build_pairs(&more, seed, known + 1 + seed % 5);
        hs_judge_audit(&less.audit);
        hs_judge_audit(&more.audit);
        for (size_t i = 0; i < known; i++)
            for (size_t k = 0; k < less.results[i].n_findings; k++) {
                const struct hs_finding *f = &less.results[i].findings[k];
                const struct hs_finding *g = fixture_finding(&more, i, f->rule);
                if (!f->moved || f->moved->towards)
                    continue;
                moved++;
                if (!CHECK(g && g->severity >= f->severity && g->tier <= f->tier))
                    fprintf(stderr, "seed %d, track %zu: %s %d, then %d\n", (int)seed, i, f->rule,
                            f->severity, g ? (int)g->severity : 0);
            }
        fixture_free(&less);
        fixture_free(&more);
    }
    CHECK(moved > PAIRS_AUDITS);
}

int main(void)
{
    never_less();
    never_less_by_pairs();
    return check_done();
}
