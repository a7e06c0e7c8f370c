/* SPDX-License-Identifier: Apache-2.0 */
/*
 * end_to_end RUNS: the table of docs/recurrence-results.md, RUNS simulated catalogues a row: with
 * base rates of six artists and of as many as there are, and with the mixes at hand.
 */
#include "simulated.h"

static void print_row(const struct design *d, int runs)
{
    struct result r = simulate_many(d, runs);
    printf("| %zux%zu | %s | %d | %.1f | %.2f | %.2f | %.2f | %.3f |\n", d->releases,
           d->per_release, d->pairs ? "songs, mixes, moves" : "songs", d->elsewhere, d->icc,
           r.found / r.habits, r.found_clear / r.clear, r.leans / r.habits, r.share_false / r.runs);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const struct {
        int elsewhere;
        bool pairs;
    } block[] = {{6, false}, {ELSEWHERE, false}, {ELSEWHERE, true}};
    static const size_t shape[][2] = {{1, 12}, {2, 12}, {4, 6}, {4, 12}};
    static const double iccs[] = {0, .1, .3};
    int runs = argc > 1 ? atoi(argv[1]) : 100;
    printf(
        "| releases x tracks | evidence | artists elsewhere | correlation | found | clear found | "
        "also leaning | false |\n|---|---|---|---|---|---|---|---|\n");
    for (size_t b = 0; b < sizeof block / sizeof *block; b++)
        for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
            for (int c = 0; c < 3; c++)
                print_row(&(struct design){shape[i][0], shape[i][1], iccs[c], RULES, block[b].pairs,
                                           block[b].elsewhere},
                          runs);
    return 0;
}
