/* SPDX-License-Identifier: Apache-2.0 */
/* Corrections do what they promise: what is enough brings the value into the expected range, and
 * the most does not take it past the centre. */
#include "catalogue/plan.h"
#include "catalogue/verify_files.h"
#include "check.h"
#include "core/num.h"
#include "judge_fixture.h"

enum { N = 9, RELEASES = 100 };

static void play(struct fixture *f, const double lufs[N], double true_peak_dbtp)
{
    fixture_start(f, N);
    for (size_t i = 0; i < N; i++) {
        hs_values_number(&f->results[i].master.values, "integrated_lufs", lufs[i]);
        hs_values_number(&f->results[i].master.values, "true_peak_dbtp", true_peak_dbtp);
    }
    hs_judge_audit(&f->audit);
}

/* As `verify` reads the update that was given this gain, and the severity that a new audit finds.
 */
static double value_with_gain(const double lufs[N], size_t at, double db,
                              enum hs_severity *severity)
{
    double turned[N];
    struct fixture f;
    memcpy(turned, lufs, sizeof turned);
    turned[at] += db;
    play(&f, turned, -30);
    const struct hs_finding *jump = fixture_finding(&f, at, "level_jump");
    *severity = jump ? jump->severity : HS_NO_FAULT;
    fixture_free(&f);
    play(&f, lufs, -30);
    struct hs_track_result *t = &f.results[at];
    struct hs_track track = *t->track;
    track.update.path = "louder.flac";
    t->track = &track;
    t->update_kind = HS_UPDATE_MASTER;
    t->update.state = HS_FILE_OK;
    hs_values_init(&t->update.values, &f.audit.arena);
    hs_values_number(&t->update.values, "integrated_lufs", turned[at]);
    const struct hs_reading r = hs_verify_read(hs_rule_find("level_jump"), &f.audit, t, &t->update,
                                               HS_UPDATE_MASTER, &f.audit.arena);
    fixture_free(&f);
    return r.value;
}

/* What is promised is of the quantity that was found, and no more than the gain that is given. */
static void promise_holds(const double lufs[N], const struct hs_finding *jump, size_t at)
{
    const struct hs_correction *c = &jump->correction;
    enum hs_severity severity;
    CHECK(c->where == HS_PLACE_MASTER && fabs(c->db_most) >= fabs(c->db));
    CHECK(fabs(c->after - jump->value) <= fabs(c->db) + 1e-9);
    CHECK_NEAR(value_with_gain(lufs, at, c->db, &severity), c->after, 1e-3);
    /* a step to a track that stands out itself is mended as far as the middle */
    CHECK(severity < HS_MINOR &&
          (fabs(c->after) < jump->expected[1] || strstr(c->words, "stands out as well")));
    CHECK_NEAR(value_with_gain(lufs, at, c->db_most, &severity), c->after_most, 1e-3);
    CHECK(severity == HS_NO_FAULT);
    if (!strstr(jump->evidence ? jump->evidence : "", "the track beside it"))
        CHECK(fabs(c->after_most) < 0.2);
    /* not past the middle */
    CHECK(c->after_most * jump->value >= -1e-9);
}

/* Random releases, even ones and soundtracks: a track that jumps sits with the others once its
 * gain is given, by what is enough as by the most. */
static size_t levels_sit(struct hs_rng *rng)
{
    double lufs[N], spread = 0.5 + 4 * hs_rng_uniform(rng);
    struct fixture f;
    size_t jumps = 0;
    for (size_t i = 0; i < N; i++)
        lufs[i] = -18 + spread * (hs_rng_uniform(rng) - 0.5);
    lufs[hs_rng_next(rng) % N] += 40 * (hs_rng_uniform(rng) - 0.5);
    play(&f, lufs, -30);
    for (size_t i = 0; i < N; i++) {
        const struct hs_finding *jump = fixture_finding(&f, i, "level_jump");
        if (!jump || jump->severity < HS_MINOR)
            continue;
        jumps++;
        promise_holds(lufs, jump, i);
    }
    fixture_free(&f);
    return jumps;
}

/* A soundtrack of loud and quiet pieces: its faults are steps from one track to the next. */
static void steps_stay_steps(void)
{
    static const double lufs[N] = {-6.6, -27.6, -23.8, -8.3, -15.3, -17.9, -17.2, -18.4, -17.6};
    size_t steps = 0;
    struct fixture f;
    play(&f, lufs, -30);
    for (size_t i = 0; i < N; i++) {
        const struct hs_finding *jump = fixture_finding(&f, i, "level_jump");
        if (!jump || jump->severity < HS_MINOR)
            continue;
        steps += jump->evidence && strstr(jump->evidence, "the track beside it");
        promise_holds(lufs, jump, i);
    }
    CHECK(steps > 0);
    fixture_free(&f);
}

/* Eleven LU under an even album are severe, and a gain has no limit but the peaks. */
static void a_soft_track(void)
{
    static const double lufs[N] = {-14.4, -14.8, -15, -26.6, -15.2, -15.7, -14.9, -15.1, -14.6};
    static const double peak_dbtp[] = {-13, -4.03, -0.5, -1.5};
    for (size_t i = 0; i < 4; i++) {
        struct fixture f;
        play(&f, lufs, peak_dbtp[i]);
        const struct hs_finding *jump = fixture_finding(&f, 3, "level_jump");
        CHECK(jump && jump->severity == HS_SEVERE);
        const struct hs_correction *c = &jump->correction;
        CHECK(c->where == HS_PLACE_MASTER && !hs_plan_is_too_little(jump));
        if (i == 0)
            CHECK(c->db > 8 && c->db < 9 && c->db_most > 11 && c->db_most < 11.7);
        else if (i == 3)
            CHECK(fabs(c->db - 0.5) < 1e-9 && strstr(c->words, "as far as its peaks allow"));
        else if (i == 1)
            CHECK(fabs(c->db - 3) < 1e-9 && fabs(c->db_most - 3) < 1e-9 &&
                  strstr(c->words, "as far as its peaks allow"));
        else
            CHECK(!isfinite(c->db) && strstr(c->words, "no room"));
        fixture_free(&f);
    }
}

/* Of every rule with a number: the most ends on this side of the centre, and is no less than
 * enough. */
static void never_past_the_centre(void)
{
    size_t seen = 0;
    for (int i = 1; i < 200; i++) {
        struct fixture f;
        double x = 0.02 * i;
        fixture_start(&f, 1);
        hs_values_number(&f.results[0].master.values, "balance_db", i % 2 ? x : -x);
        hs_values_number(&f.results[0].master.values, "side_mid_db", -8 + 5 * x);
        hs_values_number(&f.results[0].master.values, "psr_p10_db", 10 - 2.4 * x);
        hs_values_number(&f.results[0].master.values, "limited_share", 0.5);
        fixture_brighten(&f.results[0].master.values, 5 * x);
        hs_judge_audit(&f.audit);
        for (size_t k = 0; k < f.results[0].n_findings; k++) {
            const struct hs_finding *finding = &f.results[0].findings[k];
            const struct hs_correction *c = &finding->correction;
            if (!c->where || !isfinite(c->db) || isnan(finding->centre))
                continue;
            seen++;
            double before = finding->value - finding->centre,
                   after = c->after_most - finding->centre;
            if (!CHECK(before * after >= -1e-9 && fabs(c->db_most) >= fabs(c->db) - 1e-9))
                fprintf(stderr, "%s: %g, then %g\n", finding->rule, before, after);
        }
        fixture_free(&f);
    }
    CHECK(seen > 200);
}

int main(void)
{
    struct hs_rng rng = {7};
    size_t jumps = 0;
    for (int i = 0; i < RELEASES; i++)
        jumps += levels_sit(&rng);
    CHECK(jumps > RELEASES / 2);
    a_soft_track();
    steps_stay_steps();
    never_past_the_centre();
    return check_done();
}
