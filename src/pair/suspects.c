/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per frame of 20 ms and band, relative to the usual distance of the band (its median):
 * 1. the master is louder by 6 dB and more than the mix is in any of the four frames around, or
 * 2. for 0.1 s and more it is softer by 10 dB than the mix is in any of them.
 * 3. in all bands that sound, three and more, it is softer by 2 dB than the mix is in any of them.
 * Where a sound begins within a frame the four frames hold both its levels, so that a delay of
 * part of a frame is nothing.
 */
#include "pair/suspects.h"

#include "core/alloc.h"
#include "core/num.h"
#include "measure/fingerprint.h"

#include <math.h>

enum {
    HZ = HS_FINGERPRINT_HZ,
    BEFORE = 1,
    AFTER = 2,
    AWAY_FRAMES = HZ / 10,
    START_FRAMES = HZ / 5
};
static const double louder_db = 6, away_db = 10, lost_db = 2, sounds_db = -60;
enum { FEWEST_BANDS = 3 };

struct band {
    const char *mix, *master;
    size_t n_mix, n_master, b;
};

/* Frames of the mix around that frame of the master, lowest and highest; false outside of it. */
static bool near_of(const struct hs_timeline *t, const struct band *x, size_t f, double *low,
                    double *high)
{
    const double at = floor(hs_timeline_mix_s(t, 0, ((double)f + 0.5) / HZ) * HZ - 0.5);
    if (!(at >= BEFORE) || !(at + AFTER < (double)x->n_mix))
        return false;
    *low = INFINITY, *high = -INFINITY;
    for (size_t i = (size_t)at - BEFORE; i <= (size_t)at + AFTER; i++) {
        const double db = hs_fingerprint_db(x->mix, i, x->b);
        *low = fmin(*low, db), *high = fmax(*high, db);
    }
    return true;
}

/* Of the frames in which both sound. */
static double usual_of(const struct hs_timeline *t, const struct band *x, size_t from, size_t to)
{
    double *d = HS_NEW_ARRAY(double, to - from + 1), low, high;
    size_t n = 0;
    for (size_t f = from; f < to; f++) {
        const double db = hs_fingerprint_db(x->master, f, x->b);
        if (db > sounds_db && near_of(t, x, f, &low, &high) && low > sounds_db)
            d[n++] = db - (low + high) / 2;
    }
    const double usual = hs_median(d, n);
    hs_free(d);
    return n >= HZ ? usual : NAN;
}

/* Of each frame: bands that sound, and those in which it is lost. */
struct bands {
    unsigned char sound, lost;
};

/* Its second, and the one beside it where that is nearer than so many frames: the pass needs a
 * start and an end. */
static void want_around(size_t frame, size_t near, size_t n, bool *wanted)
{
    wanted[(frame > near ? frame - near : 0) / HZ] = true;
    wanted[frame / HZ] = true;
    if ((frame + near) / HZ < n)
        wanted[(frame + near) / HZ] = true;
}

static void mark_band(const struct hs_timeline *t, const struct band *x, size_t first, size_t n,
                      bool *wanted, struct bands *of)
{
    const size_t from = first * HZ;
    const size_t to = from + n * HZ < x->n_master ? from + n * HZ : x->n_master;
    const double usual = usual_of(t, x, from, to);
    size_t away = 0;
    for (size_t f = from; f < to && isfinite(usual); f++) {
        double low, high;
        const double db = hs_fingerprint_db(x->master, f, x->b);
        const bool known = near_of(t, x, f, &low, &high);
        const bool down = known && low > sounds_db && db < low + usual - away_db;
        away = down ? away + 1 : 0;
        of[f - from].sound += known && low > sounds_db;
        of[f - from].lost += known && low > sounds_db && db < low + usual - lost_db;
        if (known && ((db > sounds_db && db > high + usual + louder_db) || away >= AWAY_FRAMES))
            want_around(f - from, START_FRAMES, n, wanted);
    }
}

void hs_suspects_mark(const struct hs_timeline *t, const char *mix, const char *master,
                      size_t first, size_t n, bool *wanted)
{
    struct bands *of = HS_NEW_ARRAY(struct bands, n * HZ + 1);
    for (size_t b = 0; b < HS_FINGERPRINT_BANDS; b++) {
        const struct band x = {mix, master, hs_fingerprint_frames(mix),
                               hs_fingerprint_frames(master), b};
        mark_band(t, &x, first, n, wanted, of);
    }
    for (size_t f = 0; f < n * HZ; f++)
        if (of[f].lost >= FEWEST_BANDS && of[f].lost == of[f].sound)
            want_around(f, HZ / 2, n, wanted);
    hs_free(of);
}
