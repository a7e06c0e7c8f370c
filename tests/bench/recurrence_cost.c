/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recurrence_cost RELEASES: CPU seconds of the catalogue's verdicts on so many releases of ten
 * tracks, 40 rules, with the masters alone and with mixes and moves.
 */
#include "simulated.h"

#include <time.h>

int main(int argc, char **argv)
{
    size_t releases = argc > 1 ? (size_t)atoi(argv[1]) : 1000;
    for (int pairs = 0; pairs < 2; pairs++) {
        struct design d = {releases, 10, .1, RULES, pairs, 0, 0};
        struct result r = {0};
        simulate(&d, 7, NULL, &r);
        printf("%zu tracks, %s: %.1f CPU-s\n", 10 * releases,
               pairs ? "songs, mixes and moves" : "songs", r.cpu_s);
    }
    return 0;
}
