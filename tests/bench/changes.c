/* SPDX-License-Identifier: Apache-2.0 */
/*
 * changes RUNS [ROW]: how often a rule is said to have a fault since a year on simulated
 * catalogues, RUNS of each row; the table of docs/recurrence-results.md. In one half of a row
 * nothing changes: the share of catalogues in which a change is called. In the other half five
 * habits of forty rules begin with the release in the middle: the share of them that are called,
 * and the mean share of other rules among those called in a catalogue.
 */
#include "simulated.h"

static const struct design rows[] = {
    {.releases = 6, .per_release = 4, .icc = 0},
    {.releases = 6, .per_release = 4, .icc = .1},
    {.releases = 6, .per_release = 4, .icc = .3},
    {.releases = 4, .per_release = 12, .icc = .1},
    {.releases = 4, .per_release = 12, .icc = .3},
    {.releases = 6, .per_release = 4, .icc = .1, .pairs = true},
    {.releases = 6, .per_release = 4, .icc = .3, .pairs = true, .moves_icc = .3},
    {.releases = 16, .per_release = 6, .icc = .3, .pairs = true, .moves_icc = .3},
};

/* Of one catalogue: the habits with a change, and the other rules that have one. */
struct called {
    double habits, others;
};

static struct called look(const struct hs_audit *audit, bool begins)
{
    struct called c = {0};
    for (size_t i = 0; i < audit->n_recurring; i++) {
        const struct hs_recurrence *r = &audit->recurring[i];
        bool habit = atoi(r->rule + 4) < HABITS;
        if (!hs_since_shown(&r->since))
            continue;
        if (begins && habit && r->since.began)
            c.habits++;
        else
            c.others++;
    }
    return c;
}

/* The sums over catalogues. */
static struct {
    double none, habits, share_others;
} sum;

static void look_still(const struct hs_audit *audit, uint64_t seed)
{
    (void)seed;
    sum.none += look(audit, false).others > 0;
}

static void look_begun(const struct hs_audit *audit, uint64_t seed)
{
    (void)seed;
    struct called c = look(audit, true);
    sum.habits += c.habits;
    sum.share_others += c.others > 0 ? c.others / (c.others + c.habits) : 0;
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 20, row = argc > 2 ? atoi(argv[2]) : -1;
    puts("| releases x tracks | correlation | evidence | none changes: called | "
         "five begin: told | share of others |\n|---|---|---|---|---|---|");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (row >= 0 && i != (size_t)row)
            continue;
        struct design d = rows[i];
        struct result r = {0};
        d.rules = RULES;
        memset(&sum, 0, sizeof sum);
        for (int k = 0; k < runs; k++) {
            d.from = 0;
            simulate(&d, 1000 * (uint64_t)k + 7, look_still, &r);
            d.from = d.releases / 2;
            simulate(&d, 1000 * (uint64_t)k + 7, look_begun, &r);
        }
        printf("| %zux%zu | %.1f | %s | %.3f | %.2f | %.3f |\n", d.releases, d.per_release, d.icc,
               d.pairs ? "songs, mixes, moves" : "songs", sum.none / runs,
               sum.habits / (HABITS * (double)runs), sum.share_others / runs);
        fflush(stdout);
    }
    return 0;
}
