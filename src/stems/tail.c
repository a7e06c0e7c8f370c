/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ends of phrases are units after which the level falls by 10 dB and does not rise again. A
 * line through the levels that follow, carried back to the end of the sound, gives the tail;
 * the median over ends is given. What falls faster than any room is the end of a sound (a soft
 * consonant, a fader), not its reverberation: no level that follows may lie below a tail that falls
 * by 60 dB in 0.4 s.
 */
#include "stems/tail.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS, FROM = 5, TO = 13, ENDS = 5 };
/* A phrase ends where the level falls by so much within the time that frames blur, and no new
 * sound begins for a while. Tails below the floor are given as that. */
static const double fall_db = 10, rise_db = 2, floor_db = -50;
static const double blur_s = 0.14, look_s = 0.42, unit_most_s = 0.06;
/* The fastest decay that is taken for reverberation: 60 dB in 0.4 s, as in a small treated room. */
static const double fastest_db_per_s = 60 / 0.4;
/* A phrase must end from a level of at least this, against the usual level of the stem. */
static const double loud_db = -12;

/* Level of the stem by unit in the bands from 500 Hz to 8 kHz, in dB. The caller frees it. */
static double *levels_of(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                         size_t stem)
{
    const size_t k = f->n_stems;
    double *level = HS_NEW_ARRAY(double, f->n_units + 1);
    for (size_t u = 0; u < f->n_units; u++) {
        double sum = 0;
        for (size_t c = 0; c < CELLS; c++)
            if (c % BANDS >= FROM && c % BANDS < TO)
                sum += (double)s->unit[(u * CELLS + c) * k + stem];
        level[u] = hs_db_from_power(sum + 1e-15);
    }
    return level;
}

/* What is usual where it sounds: the mean power of what stands above the mean of all. */
static double usual_level(const double *level, size_t n)
{
    double sum = 0, loud = 0, n_loud = 0;
    for (size_t u = 0; u < n; u++)
        sum += hs_power_from_db(level[u]) / (double)n;
    for (size_t u = 0; u < n; u++)
        if (hs_power_from_db(level[u]) > sum) {
            loud += hs_power_from_db(level[u]);
            n_loud++;
        }
    return n_loud > 0 ? hs_db_from_power(loud / n_loud) : -INFINITY;
}

/* The tail after unit u against what sounded before it, carried back; NaN: no free end. `fastest`
 * is the most that a tail falls from unit to unit, in dB. */
static double tail_at(const double *level, size_t u, size_t blur, size_t look, double fastest)
{
    double most = 0, before = -INFINITY, sum = 0, weighed = 0, squares = 0;
    for (size_t i = u - blur; i <= u; i++)
        before = fmax(before, level[i]);
    /* u is the last frame that is full: the sound ends half a unit later. */
    if (level[u] < before - rise_db || level[u + 1] >= before - rise_db ||
        level[u + blur] > before - fall_db)
        return NAN;
    for (size_t i = u + blur; i < u + look; i++)
        if (level[i + 1] > level[i] + rise_db)
            return NAN;
    const double n = (double)(look - blur + 1), middle = (double)(look + blur) / 2;
    for (size_t i = blur; i <= look; i++) {
        const double at = (double)i - middle, x = fmax(level[u + i] - before, floor_db);
        most = fmin(most, level[u + i] - before + fastest * ((double)i - 0.5));
        sum += x / n;
        weighed += at * x;
        squares += at * at;
    }
    const double line = sum + fmin(fmax(-weighed / squares, 0), fastest) * (middle - 0.5);
    return fmax(fmin(line, most), floor_db);
}

/* How much sounds on after loud notes end: the middle over such ends; NAN with too few of them. */
double hs_stem_tail(const struct hs_stem_fitting *f, size_t file, size_t stem)
{
    const double unit_s = f->frame_s * (double)f->unit_frames;
    const size_t blur = (size_t)ceil(blur_s / unit_s), look = (size_t)ceil(look_s / unit_s);
    if (unit_s > unit_most_s || f->n_units <= look + blur)
        return NAN;
    double *level = levels_of(f, &f->side[file], stem);
    double *tail = HS_NEW_ARRAY(double, f->n_units);
    const double loud = usual_level(level, f->n_units) + loud_db;
    size_t n = 0;
    for (size_t u = blur; u + look < f->n_units; u++) {
        double x = level[u] > loud ? tail_at(level, u, blur, look, fastest_db_per_s * unit_s) : NAN;
        if (isfinite(x)) {
            tail[n++] = x;
            u += look;
        }
    }
    double out = n >= ENDS ? hs_power_from_db(hs_median(tail, n)) : NAN;
    hs_free(level);
    hs_free(tail);
    return out;
}
