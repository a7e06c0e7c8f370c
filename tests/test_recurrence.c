/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test-labels: once
 * Simulated catalogues of artists that honestly differ, some with habits: how many of those
 * called recurring are none, how many of the habits are found, and that no page contradicts its
 * verdict. `test_recurrence RUNS` prints the long form, the table of docs/recurrence-results.md.
 */
#include "catalogue/base_rates.h"
#include "catalogue/catalogue.h"
#include "check.h"
#include "synthetic.h"

enum { RULES = 40, HABITS = 5, ELSEWHERE = 6, TRACKS_ELSEWHERE = 27 };

struct design {
    size_t releases, per_release;
    double icc;
    int rules;
};

struct result {
    double runs, habits, clear, found, found_clear, share_false, leans, honest_leans;
};

static char names[RULES][16];

static double normal(struct hs_rng *rng)
{
    return hs_normal_quantile(hs_rng_uniform(rng));
}

/* An artist: place among artists, how alike the tracks are, and perhaps a habit. */
struct artist {
    double place, spread, share, shift;
};

static struct artist draw_artist(double artist_share, struct hs_rng *rng)
{
    const double varies = .40;
    return (struct artist){.place = sqrt(artist_share) * normal(rng),
                           .spread = sqrt(1 - artist_share) *
                                     exp(varies * normal(rng) - varies * varies)};
}

static double draw_track(const struct artist *a, double of_release, double icc, struct hs_rng *rng)
{
    double z = a->place + a->spread * (sqrt(icc) * of_release + sqrt(1 - icc) * normal(rng));
    return z + (hs_rng_uniform(rng) < a->share ? a->shift : 0);
}

static int level_of(double z)
{
    return (z >= 1.28) + (z >= 1.645) + (z >= 2) + (z >= 3);
}

static struct hs_base_rate draw_base(const char *rule, double artist_share, double icc,
                                     struct hs_rng *rng)
{
    struct hs_base_rate base = {.rule = rule};
    base.builtin.artists = ELSEWHERE;
    base.builtin.judged = ELSEWHERE * TRACKS_ELSEWHERE;
    for (int i = 0; i < ELSEWHERE; i++) {
        struct artist a = draw_artist(artist_share, rng);
        double of_release = 0;
        for (int k = 0; k < TRACKS_ELSEWHERE; k++) {
            of_release = k % 9 ? of_release : normal(rng);
            int level = level_of(draw_track(&a, of_release, icc, rng));
            for (int l = 0; l < level; l++)
                base.builtin.fired[l]++;
        }
    }
    return base;
}

static void draw_rule(struct synthetic *s, const struct design *d, const char *rule,
                      const struct artist *a, struct hs_rng *rng)
{
    double of_release = 0;
    for (size_t i = 0; i < s->job.n_tracks; i++) {
        of_release = i % d->per_release ? of_release : normal(rng);
        double z = draw_track(a, of_release, d->icc, rng);
        synthetic_value(s, i, rule, 1, 2 * z);
        if (level_of(z))
            synthetic_fault(s, i, rule, (enum hs_severity)level_of(z), HS_ORIGIN_CANNOT_SAY);
    }
}

static bool is_clear(const struct artist *a)
{
    return a->share >= .6 && a->shift >= 1.5;
}

/* The interval on the page is the one that decides, and the words follow. */
static void check_page(const struct hs_recurrence *r)
{
    for (size_t i = 0; i < r->n_rows; i++) {
        const struct hs_evidence_row *x = r->rows[i];
        bool more = x->interval.low > x->base_rate;
        if (!x->judged)
            continue;
        CHECK(more == (x->q_count < .10));
        CHECK(x->interval.low <= x->rate + 1e-6 && x->rate <= x->interval.high + 1e-6);
        CHECK(x->verdict != HS_RECURS || (more && x->q < .10 && x->releases >= 2));
        CHECK(x->verdict != HS_NOT_SHOWN || (!more && !(x->q < .10)));
        CHECK(x->verdict != HS_ON_ONE_RELEASE || x->releases <= 1 || x->releases_judged == 1);
    }
    CHECK(r->recurring == (r->verdict == HS_RECURS));
    CHECK(r->recurring ? !r->why_not : r->why_not || r->faulty == 0);
}

static bool is_called(const struct design *d, const struct hs_recurrence *r)
{
    if (d->releases > 1)
        return r->recurring;
    return r->verdict == HS_ON_ONE_RELEASE && r->q < .10;
}

static void count_row(const struct design *d, const struct hs_recurrence *r, const struct artist *a,
                      struct result *out, double called[2])
{
    bool is_habit = a->shift > 0;
    check_page(r);
    called[is_habit] += is_called(d, r);
    out->habits += is_habit;
    out->clear += is_habit && is_clear(a);
    out->found += is_habit && is_called(d, r);
    out->found_clear += is_habit && is_clear(a) && is_called(d, r);
    out->leans += is_habit && r->verdict == HS_LEANS;
    out->honest_leans += !is_habit && r->verdict == HS_LEANS;
}

static void simulate(const struct design *d, uint64_t seed, struct result *out)
{
    static const double shares[] = {.3, .6, 1}, shifts[] = {.8, 1.5, 2.5};
    struct hs_rng rng = {seed};
    struct synthetic s;
    struct hs_base_rate base[RULES];
    struct artist artist[RULES];
    double called[2] = {0};
    synthetic_make(&s, d->releases, d->per_release);
    for (size_t i = 0; i < s.job.n_tracks; i++) {
        s.audit.tracks[i].findings = HS_ARENA_ARRAY(&s.audit.arena, struct hs_finding, RULES);
        s.tracks[i].year = 2000; /* trends are another question */
    }
    for (int k = 0; k < d->rules; k++) {
        double artist_share = .05 + .3 * hs_rng_uniform(&rng);
        base[k] = draw_base(names[k], artist_share, d->icc, &rng);
        artist[k] = draw_artist(artist_share, &rng);
        if (k < HABITS) {
            artist[k].share = shares[hs_rng_below(&rng, 3)];
            artist[k].shift = shifts[hs_rng_below(&rng, 3)];
        }
        draw_rule(&s, d, names[k], &artist[k], &rng);
    }
    hs_catalogue_analyse_with(&s.audit, base, (size_t)d->rules);
    for (size_t i = 0; i < s.audit.n_recurring; i++)
        count_row(d, &s.audit.recurring[i], &artist[atoi(s.audit.recurring[i].rule + 4)], out,
                  called);
    out->runs++;
    out->share_false += called[0] > 0 ? called[0] / (called[0] + called[1]) : 0;
    synthetic_free(&s);
}

static struct result simulate_many(const struct design *d, int runs)
{
    struct result r = {0};
    for (int i = 0; i < runs; i++)
        simulate(d, 1000 * (uint64_t)i + 7, &r);
    return r;
}

static void print_table(int runs)
{
    static const size_t shape[][2] = {{1, 12}, {2, 12}, {4, 6}, {4, 12}};
    static const double iccs[] = {0, .1, .3};
    printf("| releases x tracks | correlation | found | clear found | also leaning | false |\n"
           "|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
        for (int c = 0; c < 3; c++) {
            struct design d = {shape[i][0], shape[i][1], iccs[c], RULES};
            struct result r = simulate_many(&d, runs);
            printf("| %zux%zu | %.1f | %.2f | %.2f | %.2f | %.3f |\n", d.releases, d.per_release,
                   d.icc, r.found / r.habits, r.found_clear / r.clear, r.leans / r.habits,
                   r.share_false / r.runs);
            fflush(stdout);
        }
}

static void test_power(void)
{
    struct design d = {4, 6, .1, RULES};
    struct result r = simulate_many(&d, 12);
    CHECK(r.found_clear / r.clear > .35);
    CHECK(r.share_false / r.runs < .2);
}

/* A thousand small catalogues of all shapes: no verdict contradicts its page. */
static void test_pages(void)
{
    struct result r = {0};
    for (size_t i = 0; i < 1000; i++) {
        struct design d = {1 + i % 4, 2 + i % 7, .1 * (double)(i % 4), 1 + (int)(i % 3)};
        simulate(&d, i, &r);
    }
    CHECK(r.runs == 1000 && r.found > 0);
}

int main(int argc, char **argv)
{
    for (int i = 0; i < RULES; i++)
        snprintf(names[i], sizeof names[i], "rule%02d", i);
    if (argc > 1) {
        print_table(atoi(argv[1]));
        return 0;
    }
    test_power();
    test_pages();
    return check_done();
}
