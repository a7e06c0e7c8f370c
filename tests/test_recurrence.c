/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Simulated catalogues with known habits: how many of the faults called recurring are
 * none (false discoveries), and how many of the habits are found (power). Without
 * arguments a short form with bounds; `test_recurrence RUNS` prints the long form as
 * the table of docs/recurrence.md.
 */
#include "catalogue/base_rates.h"
#include "catalogue/catalogue.h"
#include "catalogue/stats_counts.h"
#include "check.h"
#include "synthetic.h"

enum { RULES = 40, HABITS = 5, PER_RELEASE = 5, REFERENCES = 150 };

struct design {
    size_t tracks;
    double base, rate; /* what happens anyway; what a habit has */
    double icc;        /* correlation between two tracks of one release */
};

struct result {
    double runs, found, called, share_false;
};

static char names[RULES][16];

static void name_rules(void)
{
    for (int i = 0; i < RULES; i++)
        snprintf(names[i], sizeof names[i], "rule%02d", i);
}

/* Two tracks of a release agree more than by chance: each takes the release's own draw
 * with probability sqrt(icc). */
static void draw_faults(struct synthetic *s, const struct design *d, int rule, struct hs_rng *rng)
{
    double rate = rule < HABITS ? d->rate : d->base, follow = sqrt(d->icc);
    bool of_release = false;
    for (size_t i = 0; i < d->tracks; i++) {
        if (i % PER_RELEASE == 0)
            of_release = hs_rng_uniform(rng) < rate;
        bool own = hs_rng_uniform(rng) < rate;
        if (hs_rng_uniform(rng) < follow ? of_release : own)
            synthetic_fault(s, i, names[rule], HS_MODERATE, HS_ORIGIN_MIX);
    }
}

static void simulate(const struct design *d, uint64_t seed, struct result *r)
{
    struct hs_rng rng = {seed};
    struct synthetic s;
    struct hs_base_rate base[RULES];
    synthetic_make(&s, (d->tracks + PER_RELEASE - 1) / PER_RELEASE, PER_RELEASE);
    for (size_t i = 0; i < s.job.n_tracks; i++) {
        s.audit.tracks[i].findings = HS_ARENA_ARRAY(&s.audit.arena, struct hs_finding, RULES);
        s.tracks[i].year = 2000; /* trends are another question */
    }
    for (int k = 0; k < RULES; k++) {
        draw_faults(&s, d, k, &rng);
        base[k] = (struct hs_base_rate){names[k], 0, REFERENCES};
        for (int i = 0; i < REFERENCES; i++)
            base[k].fired += hs_rng_uniform(&rng) < d->base;
    }
    hs_catalogue_analyse_with(&s.audit, base, RULES);
    double called = 0, found = 0;
    for (size_t i = 0; i < s.audit.n_recurring; i++) {
        const struct hs_recurrence *x = &s.audit.recurring[i];
        called += x->recurring;
        found += x->recurring && strcmp(x->rule, names[HABITS]) < 0;
    }
    r->runs++;
    r->called += called;
    r->found += found;
    r->share_false += called > 0 ? (called - found) / called : 0;
    synthetic_free(&s);
}

static struct result simulate_many(const struct design *d, int runs)
{
    struct result r = {0};
    for (int i = 0; i < runs; i++)
        simulate(d, 1000 * (uint64_t)i + 7, &r);
    return r;
}

static double power(const struct result *r)
{
    return r->found / (r->runs * HABITS);
}

static double false_discoveries(const struct result *r)
{
    return r->share_false / r->runs;
}

/* Power of the exact test of one rule alone at .01, the base rate known, no releases.
 */
static double exact_power(const struct design *d)
{
    int k = 0, n = (int)d->tracks;
    while (hs_binomial_tail(k, n, d->base) > .01)
        k++;
    return hs_binomial_tail(k, n, d->rate);
}

static void print_row(const struct design *d, int runs)
{
    struct result r = simulate_many(d, runs);
    printf("| %zu | %.2f | %.2f | %.1f | ", d->tracks, d->base, d->rate, d->icc);
    if (d->rate > d->base)
        printf("%.3f | %.2f | %.2f |\n", false_discoveries(&r), power(&r), exact_power(d));
    else
        printf("%.4f of all rules called | | |\n", r.called / r.runs / RULES);
    fflush(stdout);
}

static void print_table(int runs)
{
    static const double bases[] = {.05, .10}, rates[] = {0, .3, .5}, iccs[] = {0, .1, .3};
    printf("| tracks | base rate | habit | correlation in a release | false discoveries | "
           "power | exact test alone |\n|---|---|---|---|---|---|---|\n");
    for (size_t n = 10; n <= 40; n *= 2)
        for (int b = 0; b < 2; b++)
            for (int h = 0; h < 3; h++)
                for (int c = 0; c < 3; c++) {
                    struct design d = {n, bases[b], h ? rates[h] : bases[b], iccs[c]};
                    print_row(&d, runs);
                }
}

static void test_short(void)
{
    /* nothing but chance, with releases that hang together */
    struct design none = {40, .10, .10, .3};
    struct result r = simulate_many(&none, 30);
    CHECK(r.called <= 6); /* of 1200 rules */
    /* 40 tracks: the exact test alone has 80 % power from a true rate of .30 on */
    struct design habit = {40, .10, .5, 0};
    r = simulate_many(&habit, 30);
    CHECK(power(&r) > .9);
    CHECK(false_discoveries(&r) <= .10);
    habit.icc = .1;
    r = simulate_many(&habit, 30);
    CHECK(power(&r) > .8);
    CHECK(false_discoveries(&r) <= .10);
    /* 10 tracks on two releases hardly show a rate of .3, and that is said */
    struct design few = {10, .10, .3, 0};
    r = simulate_many(&few, 30);
    CHECK(power(&r) < .4);
    CHECK(false_discoveries(&r) <= .10);
}

int main(int argc, char **argv)
{
    name_rules();
    if (argc > 1) {
        print_table(atoi(argv[1]));
        return 0;
    }
    test_short();
    return check_done();
}
