/* SPDX-License-Identifier: Apache-2.0 */
/*
 * end_to_end ROW FIRST RUNS: the sums over RUNS simulated catalogues, from number FIRST on, of one
 * row of the table in docs/recurrence-results.md, as JSON; without arguments the number of rows.
 * Rows: masters alone, with mixes and moves, and with a mastering that evens mixes out.
 */
#include "simulated.h"

static const size_t shape[][2] = {{1, 12}, {2, 12}, {4, 6}, {4, 12}};
static const double correlation[] = {0, .1, .3};
enum {
    SHAPES = sizeof shape / sizeof *shape,
    CORRELATIONS = sizeof correlation / sizeof *correlation,
    BLOCK = SHAPES * CORRELATIONS,
    ROWS = 2 * BLOCK + SHAPES,
};

static struct design design_of(int row)
{
    bool evens_out = row >= 2 * BLOCK;
    int at = evens_out ? (row - 2 * BLOCK) * CORRELATIONS + 1 : row % BLOCK;
    const size_t *of = shape[at / CORRELATIONS];
    return (struct design){.releases = of[0],
                           .per_release = of[1],
                           .icc = correlation[at % CORRELATIONS],
                           .rules = RULES,
                           .pairs = row >= BLOCK,
                           .evens_out = evens_out ? 1 : 0};
}

static const char *evidence(const struct design *d)
{
    return !d->pairs           ? "songs"
           : d->evens_out != 0 ? "songs, mixes, moves that even out"
                               : "songs, mixes, moves";
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        printf("%d\n", ROWS);
        return 0;
    }
    struct design d = design_of(atoi(argv[1]) % ROWS);
    struct result r = simulate_many(&d, atoi(argv[2]), atoi(argv[3]));
    printf("{\"shape\": \"%zux%zu\", \"evidence\": \"%s\", \"icc\": %.1f, \"runs\": %.0f, "
           "\"habits\": %.0f, \"clear\": %.0f, \"found\": %.0f, \"found_clear\": %.0f, "
           "\"leans\": %.0f, \"honest_leans\": %.0f, \"share_false\": %.9f, "
           "\"square_false\": %.9f, \"one\": %.0f, \"honest_one\": %.0f, \"stretches\": %.0f, "
           "\"honest_stretches\": %.0f, \"cpu_s\": %.2f}\n",
           d.releases, d.per_release, evidence(&d), d.icc, r.runs, r.habits, r.clear, r.found,
           r.found_clear, r.leans, r.honest_leans, r.share_false, r.square_false, r.one,
           r.honest_one, r.stretches, r.honest_stretches, r.cpu_s);
    return 0;
}
