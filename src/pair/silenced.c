/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Silence: ticks in which the mix sounds and the master is below -79.9 dBFS, in runs of 30 ms
 *    and more that end where both sound again.
 * 2. Drops: the same with a gain of 20 dB and more below the usual one, in runs of 0.1 to 10 s, if
 *    the mean level of the mix within is above that of a tenth of the moments at the usual gain,
 * and the master itself is 10 dB softer there.
 */
#include "pair/silenced.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

/* The mix sounds within 30 dB of its loud moments, the master has not even its last bits. */
static const double loud_above_active_db = 10, silent_db = -79.9;
enum { FEWEST_TICKS = 3 }; /* 30 ms: what is shorter may be a gate between two notes */
/* A drop: by so much, for so long, in music that is not softer than this share of what is kept. */
static const double least_drop_db = 20, kept_db = 6, share_below = 0.1;
/* Where the master itself is no softer something else sounds, and no gain fell. */
static const double softer_db = 10;
enum { DROP_TICKS = HS_PASS_HZ / 10, LONGEST_TICKS = 10 * HS_PASS_HZ };

static bool mix_sounds(const struct hs_reduction *r, size_t i)
{
    return r->level_db[i] > r->least_db + loud_above_active_db;
}

/* Where the mix sounds and the master does not, between what sounds in both. */
double hs_silenced_seconds(const struct hs_reduction *r, size_t from, size_t to)
{
    size_t silenced = 0, run = 0;
    bool begun = false;
    for (size_t i = from; i < to && i < r->n; i++) {
        bool sounds = mix_sounds(r, i), master_sounds = r->peak_y_db[i] > silent_db;
        if (sounds && !master_sounds) {
            run += begun;
        } else if (sounds) {
            silenced += run >= FEWEST_TICKS ? run : 0;
            run = 0;
            begun = true;
        }
    }
    return (double)silenced / HS_PASS_HZ;
}

/* Usual gain, and the level of the mix that a tenth of the moments at that gain do not reach. */
static double usual_gain(const struct hs_reduction *r, size_t from, size_t to, double *level_db)
{
    double *x = HS_NEW_ARRAY(double, r->n + 1);
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        if (mix_sounds(r, i))
            x[n++] = r->gain_db[i];
    const double usual = hs_median(x, n);
    n = 0;
    for (size_t i = from; i < to; i++)
        if (mix_sounds(r, i) && r->gain_db[i] > usual - kept_db)
            x[n++] = r->level_db[i];
    hs_sort(x, n);
    *level_db = hs_quantile_sorted(x, n, share_below);
    hs_free(x);
    return usual;
}

/* Of a run: whether it is a drop, and how deep. */
static bool is_drop(const struct hs_reduction *r, size_t from, size_t to, double usual,
                    double level_db, double *db)
{
    double level = 0, gain = 0, power = 0, n = 0;
    for (size_t i = from; i < to; i++)
        if (mix_sounds(r, i)) {
            level += r->level_db[i], gain += r->gain_db[i], n++;
            power += isfinite(r->power_db[i]) ? hs_power_from_db(r->power_db[i]) : 0;
        }
    if (n < DROP_TICKS || to - from > LONGEST_TICKS || !(level / n > level_db) ||
        !(hs_db_from_power(power / n) < usual - softer_db))
        return false;
    *db = usual - gain / n;
    return true;
}

size_t hs_drops_find(const struct hs_reduction *r, size_t from, size_t to,
                     struct hs_drop drop[HS_DROPS_MOST])
{
    to = to < r->n ? to : r->n;
    size_t n = 0, begin = 0, end = 0;
    double level_db = 0, usual = from < to ? usual_gain(r, from, to, &level_db) : 0;
    bool begun = false, away = false;
    for (size_t i = from; i < to && n < HS_DROPS_MOST; i++) {
        if (!mix_sounds(r, i))
            continue;
        const bool down = r->gain_db[i] < usual - least_drop_db;
        if (down && begun) {
            begin = away ? begin : i;
            end = i + 1;
        } else if (!down && away) {
            drop[n] = (struct hs_drop){begin, end, 0, -1};
            n += is_drop(r, begin, end, usual, level_db, &drop[n].db);
        }
        away = down && begun;
        begun = begun || !down;
    }
    return n;
}
