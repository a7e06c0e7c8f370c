/* SPDX-License-Identifier: Apache-2.0 */
/*
 * end_to_end RUNS: the table of docs/recurrence-results.md, RUNS simulated catalogues a row;
 * first with the masters alone, then with their mixes.
 */
#include "simulated.h"

static void print_row(const struct design *d, int runs)
{
    struct result r = simulate_many(d, runs);
    printf("| %zux%zu | %s | %.1f | %.2f | %.2f | %.2f | %.3f | %.2f |\n", d->releases,
           d->per_release, d->pairs ? "and mixes, moves" : "songs", d->icc, r.found / r.habits,
           r.found_clear / r.clear, r.leans / r.habits, r.share_false / r.runs, r.hidden / r.runs);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const size_t shape[][2] = {{1, 12}, {2, 12}, {4, 6}, {4, 12}};
    static const double iccs[] = {0, .1, .3};
    int runs = argc > 1 ? atoi(argv[1]) : 100;
    printf("| releases x tracks | evidence | correlation | found | clear found | also leaning | "
           "false | recurring rows that do not speak |\n|---|---|---|---|---|---|---|---|\n");
    for (int pairs = 0; pairs < 2; pairs++)
        for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
            for (int c = 0; c < 3; c++)
                print_row(&(struct design){shape[i][0], shape[i][1], iccs[c], RULES, pairs}, runs);
    return 0;
}
