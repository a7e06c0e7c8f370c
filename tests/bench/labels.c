/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labels RUNS [ROW]: with whom a rule is said to recur on simulated labels, RUNS of each row; the
 * table of docs/recurrence-results.md.
 */
#include "simulated_label.h"

static const struct label rows[] = {
    {4, 3, 8, 2, .1, .5, false}, {4, 3, 8, 2, .3, .9, false}, {6, 2, 10, 3, .1, .7, false},
    {4, 3, 8, 2, .1, .5, true},  {4, 3, 8, 2, .3, .9, true},  {6, 2, 10, 3, .1, .7, true},
    {8, 1, 12, 3, .1, 1, true},
};

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 20, row = argc > 2 ? atoi(argv[2]) : -1;
    puts("| artists | releases x tracks each | engineers | at his own | evidence | correlation | "
         "artists found | false | engineers found | false "
         "|\n|---|---|---|---|---|---|---|---|---|---|");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct label *d = &rows[i];
        if (row >= 0 && i != (size_t)row)
            continue;
        struct label_result r = {0};
        for (int k = 0; k < runs; k++)
            simulate_label(d, 1000 * (uint64_t)k + 7, &r);
        printf("| %zu | %zux%zu | %zu | %.1f | %s | %.1f | %.2f | %.3f | %.2f | %.3f |\n",
               d->artists, d->releases, d->per_release, d->engineers, d->faithful,
               d->pairs ? "songs, mixes, moves" : "songs", d->icc, r.right[0] / r.habits[0],
               r.share_false[0] / r.runs, r.right[1] / r.habits[1], r.share_false[1] / r.runs);
        fflush(stdout);
    }
    return 0;
}
