/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ticks in which the mix sounds and the master is below -79.9 dBFS, in runs of 30 ms and more
 * that end where both sound again.
 */
#include "pair/silenced.h"

/* The mix sounds within 30 dB of its loud moments, the master has not even its last bits. */
static const double loud_above_active_db = 10, silent_db = -79.9;
enum { FEWEST_TICKS = 3 }; /* 30 ms: what is shorter may be a gate between two notes */

/* Where the mix sounds and the master does not, between what sounds in both. */
double hs_silenced_seconds(const struct hs_reduction *r, size_t from, size_t to)
{
    size_t silenced = 0, run = 0;
    bool begun = false;
    for (size_t i = from; i < to && i < r->n; i++) {
        bool mix_sounds = r->level_db[i] > r->least_db + loud_above_active_db;
        bool master_sounds = r->peak_y_db[i] > silent_db;
        if (mix_sounds && !master_sounds) {
            run += begun;
        } else if (mix_sounds) {
            silenced += run >= FEWEST_TICKS ? run : 0;
            run = 0;
            begun = true;
        }
    }
    return (double)silenced / HS_PASS_HZ;
}
