/* SPDX-License-Identifier: Apache-2.0 */
/* Silence of a master in the midst of its mix: what is a dropout, and what is a fade, a pause of
 * the music, or a gate. */
#include "pair/silenced.h"

#include "check.h"

enum { N = 1000 };

static double level[N], peak[N];

/* The mix sounds throughout, and so does the master. */
static struct hs_reduction sounding(void)
{
    for (size_t i = 0; i < N; i++) {
        level[i] = -20;
        peak[i] = -10;
    }
    return (struct hs_reduction){
        .n = N, .level_db = level, .peak_y_db = peak, .least_db = -18 - 40};
}

static void set(double *x, size_t from, size_t to, double db)
{
    for (size_t i = from; i < to; i++)
        x[i] = db;
}

/* Loud music of which a second is turned down; quiet music that a gate closes on; silence. */
static void drops(void)
{
    static double gain[N], power[N];
    struct hs_drop drop[HS_DROPS_MOST];
    struct hs_reduction r = sounding();
    r.gain_db = gain;
    r.power_db = power; /* the master's, over the mix's */
    set(gain, 0, N, -3);
    set(power, 0, N, -3);
    for (size_t i = 0; i < N; i++)
        level[i] = -20 - (double)(i % 10);
    CHECK(hs_drops_find(&r, 0, N, drop) == 0);
    set(gain, 400, 480, -37);
    CHECK(hs_drops_find(&r, 0, N, drop) == 0); /* the master is as loud: it was not followed */
    set(power, 400, 480, -37);
    set(gain, 600, 605, -37); /* too short */
    set(gain, 700, 800, -20); /* not deep enough */
    if (CHECK(hs_drops_find(&r, 0, N, drop) == 1)) {
        CHECK(drop[0].from == 400 && drop[0].to == 480 && drop[0].channel == -1);
        CHECK_NEAR(drop[0].db, 34, 0.01);
    }
    set(level, 400, 480, -40); /* what a gate closes on */
    CHECK(hs_drops_find(&r, 0, N, drop) == 0);
    CHECK(hs_drops_find(&r, 900, 100, drop) == 0);
}

int main(void)
{
    struct hs_reduction r = sounding();
    CHECK(hs_silenced_seconds(&r, 0, N) == 0);
    set(peak, 200, 290, -80);
    set(peak, 500, 510, -80);
    CHECK_NEAR(hs_silenced_seconds(&r, 0, N), 1.0, 1e-9); /* 0.9 s and 0.1 s */
    set(level, 200, 290, -60); /* there the music pauses in the mix, too */
    CHECK_NEAR(hs_silenced_seconds(&r, 0, N), 0.1, 1e-9);
    set(level, 503, 505, -60); /* and a rest of 20 ms within a dropout does not count */
    CHECK_NEAR(hs_silenced_seconds(&r, 0, N), 0.08, 1e-9);
    r = sounding();
    set(peak, 0, 50, -80);    /* begins late */
    set(peak, 900, N, -80);   /* and ends in a fade */
    set(peak, 600, 602, -80); /* a gate between two notes */
    set(peak, 700, 750, -75); /* quiet, and still there */
    CHECK(hs_silenced_seconds(&r, 0, N) == 0);
    set(peak, 300, 310, -80); /* a beat within a fade, and a hole before it */
    set(peak, 860, 880, -80);
    CHECK_NEAR(hs_silenced_seconds(&r, 0, N), 0.3, 1e-9);
    CHECK_NEAR(hs_silenced_seconds(&r, 0, 850), 0.1, 1e-9);
    CHECK(hs_silenced_seconds(&r, 320, 850) == 0);
    drops();
    return check_done();
}
