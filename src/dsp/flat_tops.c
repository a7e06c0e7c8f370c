/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of the samples above 0.55 of the peak so far:
 * 1. Flat runs: four samples or more (jProductionCritic, McKay, ISMIR 2013) that differ by less
 *    than a tolerance and begin and end with a corner.
 * 2. Tops: the width of a half-wave at 98 % of its height over that at 92 %, read between
 *    samples, is its squareness. Above 0.72 it is flat.
 * 3. Counts are kept by level, because the final peak is known only at the end.
 * 4. Where a flat run begins, levels further in that are held for four samples or more, with a
 *    step at both ends, are counted as well: a clipper has its ceiling alone.
 * 5. The summary takes what lies near the final peak. The spike is the excess of the most
 *    crowded half decibel of the top 3 dB over the line through the logarithms of the counts
 *    below it (after the amplitude histograms of Wilson and Fazenda, DAFx 2014).
 */
#include "dsp/flat_tops.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* A flat run: at least this many samples (jProductionCritic, McKay, ISMIR 2013). */
enum { RUN = 4 };
/* Neighbours in a run differ by at most this much of the level, or by what dither and
 * rounding to 16 bits make of a flat top: two and a half steps. */
static const float run_tolerance = 1e-4f, rounding_steps = 2.5f;
/* A run begins and ends with a corner: the steps to the samples outside are at least this
 * often the tolerance. The crest of a slow sine is flat too, but the steps beside four
 * level samples are then at most three times those inside, so it has no corners. */
static const float corner = 4;

/* A limiter that is too slow for a top clamps what its gain leaves above the limit. */
enum { LONG_LEAST = 8 };
static const double long_run_s = 0.17e-3;

/* The steps between levels that are held: the volume of a chip has four bits. */
static const float held_step = 1 / 16.0f;
enum { HELD_BESIDE = 4 }; /* blocks from one with a flat run on in which they are looked for */
static const float silent_share = 1e-3f;

/* Squareness of a top: its width at 98 % of its height over that at 92 %. A smooth top is a
 * parabola and has 0.5, a peak with a point 0.25, a sine clipped by 0.5 dB 0.75, by 3 dB
 * 0.95. */
static const float high_share = 0.98f, low_share = 0.92f, flat_limit = 0.72f;
static const float narrowest = 5;    /* samples at 92 %: narrower tops are not judged */
static const float top_share = 0.8f; /* tops that culminate above this of the peak */

/* `bits` 0: floats or a lossy codec, whose steps are not known. */
void hs_flat_tops_init(struct hs_flat_tops *t, int bits, int rate_hz)
{
    float step = bits >= 8 && bits <= 16 ? ldexpf(1, 1 - bits) : 0;
    size_t long_run = (size_t)lround(long_run_s * rate_hz);
    *t = (struct hs_flat_tops){.tolerance = rounding_steps * step,
                               .long_run = long_run < LONG_LEAST ? LONG_LEAST : long_run};
    t->levels = HS_NEW_ARRAY(struct hs_flat_tops_level, HS_FLAT_TOPS_LEVELS);
}

void hs_flat_tops_free(struct hs_flat_tops *t)
{
    hs_free(t->levels);
    t->levels = NULL;
}

/* The exponent and the first seven bits of the mantissa count levels within octaves. */
static size_t level_of(float magnitude)
{
    enum { SHIFT = 16, LOWEST = (127 - 16) * HS_FLAT_TOPS_STEPS };
    uint32_t bits;
    memcpy(&bits, &magnitude, sizeof bits);
    int32_t i = (int32_t)((bits & 0x7fffffff) >> SHIFT) - LOWEST;
    return i < 0 ? 0 : i < HS_FLAT_TOPS_LEVELS ? (size_t)i : HS_FLAT_TOPS_LEVELS - 1;
}

/* Lower edge, dBFS. */
static double level_db(size_t index)
{
    double octave = floor((double)index / HS_FLAT_TOPS_STEPS);
    double within = 1 + ((double)index - octave * HS_FLAT_TOPS_STEPS) / HS_FLAT_TOPS_STEPS;
    return hs_db_from_amplitude(ldexp(within, (int)octave - 16));
}

/* The flat run that begins at x[0], 0 where none does. */
static size_t run_at(const float *x, float tolerance)
{
    float sign = x[0] < 0 ? -1 : 1;
    if (sign * (x[0] - x[-1]) < corner * tolerance)
        return 0;
    size_t n = 1;
    while (n < HS_FLAT_TOPS_CONTEXT - 1 && fabsf(x[n] - x[n - 1]) <= tolerance)
        n++;
    if (n < RUN || sign * (x[n - 1] - x[n]) < corner * tolerance)
        return 0;
    return n;
}

/* Samples from x[0] on that hold one level between two steps; 0 where they do not. */
static size_t held_at(const float *x, float tolerance, float step)
{
    if (fabsf(x[0] - x[-1]) < step)
        return 0;
    size_t n = 1;
    while (n < HS_FLAT_TOPS_CONTEXT - 1 && fabsf(x[n] - x[n - 1]) <= tolerance)
        n++;
    return n >= RUN && fabsf(x[n] - x[n - 1]) >= step ? n : 0;
}

/* Beside a flat run: the samples of x[0..n) that hold levels below `least`, with those behind. */
static void count_held(struct hs_flat_tops *t, const float *x, size_t n, float least)
{
    float tolerance = hs_larger(t->tolerance, run_tolerance * t->peak);
    float step = hs_larger(corner * tolerance, held_step * t->peak);
    size_t held = 0;
    if (!t->beside)
        return;
    t->beside--;
    for (size_t i = 0; i < n; i++)
        if (fabsf(x[i]) < least)
            held += held_at(x + i, tolerance, step);
    t->levels[t->beside_level].held += (uint32_t)held;
}

/* Distances from the top x[0] to where it has fallen to both shares, in one direction and
 * between the samples; false where a higher sample (or, looking back, an equal one) comes
 * before, or the context ends. */
static bool fall(const float *x, int step, float sign, float *to_high, float *to_low)
{
    float top = sign * x[0], high = high_share * top, low = low_share * top, before = top;
    *to_high = 0;
    for (int i = 1; i < HS_FLAT_TOPS_CONTEXT; i++) {
        float y = sign * x[i * step];
        if (y > top || (y >= top && step < 0))
            return false; /* of equal samples the first one stands for all */
        if (y < high && *to_high <= 0)
            *to_high = (float)i - (high - y) / (before - y);
        if (y < low) {
            *to_low = (float)i - (low - y) / (before - y);
            return true;
        }
        before = y;
    }
    return false;
}

/* Is the top that begins at x[0] flat? Counted by its level, if it is wide enough. */
static bool count_top(struct hs_flat_tops *t, const float *x)
{
    float high[2], low[2], sign = x[0] < 0 ? -1 : 1;
    if (!fall(x, -1, sign, &high[0], &low[0]) || !fall(x, 1, sign, &high[1], &low[1]))
        return false;
    if (low[0] + low[1] < narrowest)
        return false;
    struct hs_flat_tops_level *level = &t->levels[level_of(sign * x[0])];
    float squareness = (high[0] + high[1]) / (low[0] + low[1]);
    level->tops++;
    level->squareness += squareness;
    level->flat += squareness > flat_limit;
    return squareness > flat_limit;
}

/* Returns how many flat places begin in these samples; `peak` is the largest of them. */
size_t hs_flat_tops_scan(struct hs_flat_tops *t, const float *x, size_t n, float peak)
{
    t->peak = fmaxf(t->peak, peak);
    t->n += n;
    float least = hs_flat_tops_share * t->peak, least_top = top_share * t->peak;
    size_t begun = 0, runs = 0;
    t->sounding += peak > silent_share * t->peak ? n : 0;
    if (peak < least || peak <= 0) {
        count_held(t, x, n, least);
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        const float *at = x + i;
        float m = fabsf(*at);
        if (m < least)
            continue;
        struct hs_flat_tops_level *level = &t->levels[level_of(m)];
        level->n++;
        size_t run = run_at(at, hs_larger(t->tolerance, run_tolerance * m));
        if (run) {
            level->runs++;
            level->run_samples += (uint32_t)run;
            level->long_samples += run >= t->long_run ? (uint32_t)run : 0;
            runs++;
        }
        bool flat = m >= least_top && fabsf(at[-1]) <= m && m >= fabsf(at[1]) && count_top(t, at);
        begun += run || flat;
    }
    if (runs) {
        t->beside = HELD_BESIDE;
        t->beside_level = level_of(peak);
    }
    count_held(t, x, n, least);
    return begun;
}

/* Levels per step in which the spike is looked for, from the peak downwards. */
enum { SPIKE_STEP = 2 };

/* The straight line through log counts of steps [from, from + n) by least squares,
 * continued to `at`. */
static double extended(const double *log_count, int from, int n, double at)
{
    double mean_x = from + (n - 1) / 2.0, mean_y = 0, xy = 0, xx = 0;
    for (int i = 0; i < n; i++)
        mean_y += log_count[from + i] / n;
    for (int i = 0; i < n; i++) {
        double dx = from + i - mean_x;
        xy += dx * (log_count[from + i] - mean_y);
        xx += dx * dx;
    }
    double slope_per_step = xy / xx; /* steps count downwards: counts grow with them */
    return mean_y + fmax(slope_per_step, 0) * (at - mean_x);
}

/* Steps are about 0.1 dB; those of the most crowded half dB against the line through the
 * 1.5 dB that begin half a dB below it (after the amplitude histograms of Wilson and
 * Fazenda, DAFx 2014). */
static void find_spike(const struct hs_flat_tops *t, struct hs_flat_tops_summary *out)
{
    enum { SPIKE = 5, GAP = 5, LINE = 15, DEEPEST = 25 };
    double log_count[DEEPEST + SPIKE + GAP + LINE];
    const double least_share = 1e-4;
    size_t top = level_of(t->peak);
    out->spike_db = out->spike_at_db = NAN;
    if (top < sizeof log_count / sizeof *log_count * SPIKE_STEP)
        return;
    for (size_t s = 0; s < sizeof log_count / sizeof *log_count; s++) {
        size_t at = top - s * SPIKE_STEP;
        uint64_t n = (uint64_t)t->levels[at].n + t->levels[at - 1].n;
        double width_db = level_db(at + 1) - level_db(at - 1);
        log_count[s] = log(((double)n + 0.5) / width_db);
    }
    for (int s = 0; s <= DEEPEST; s++) {
        double here = 0, line = 0, n = 0;
        for (int i = s; i < s + SPIKE; i++) {
            size_t at = top - (size_t)i * SPIKE_STEP;
            n += (double)t->levels[at].n + (double)t->levels[at - 1].n;
            here += exp(log_count[i]);
            line += exp(extended(log_count, s + SPIKE + GAP, LINE, i));
        }
        double excess_db = hs_db_from_power(here / line);
        if (n < least_share * (double)t->n)
            continue;
        if (isnan(out->spike_db) || excess_db > out->spike_db) {
            out->spike_db = excess_db;
            out->spike_at_db = level_db(top - (size_t)s * SPIKE_STEP) - level_db(top);
        }
    }
}

/* 0 up to `none`, 1 from `all` on, straight between. */
static double part(double x, double none, double all)
{
    return fmin(fmax((x - none) / (all - none), 0), 1);
}

/* How much of the runs from level `from` on, at the very peak, is a clipper's and not what a
 * limiter clamps: of ten songs with attacks of 0.1 to 20 ms 0.03 to 0.13 of the samples that lie
 * within 0.75 dB of the peak are in runs, and 0.05 to 0.43 of these in long ones; of clipping by 3
 * dB and more 0.33 and 0.6 at the least, also behind a slow limiter. Between them it goes over
 * without a step. */
static double part_of_clipper(const struct hs_flat_tops *t, size_t from)
{
    const double near_share = 0.9172; /* -0.75 dB */
    double near = 0, runs = 0, of_long = 0;
    for (size_t i = level_of((float)near_share * t->peak); i < HS_FLAT_TOPS_LEVELS; i++) {
        near += t->levels[i].n;
        runs += i >= from ? t->levels[i].run_samples : 0;
        of_long += i >= from ? t->levels[i].long_samples : 0;
    }
    if (!(runs > 0))
        return 1;
    return fmax(part(runs / near, 0.13, 0.19), part(of_long / runs, 0.43, 0.57));
}

/* What of the flat runs of levels counts: at the very peak a part. */
struct counted {
    size_t peak_from;
    double part;
};

static double run_samples(const struct hs_flat_tops *t, const struct counted *c, size_t level)
{
    return (level < c->peak_from ? 1 : c->part) * t->levels[level].run_samples;
}

/* The most samples of flat runs in any 0.3 dB of levels from `from` on. */
static double at_one_level(const struct hs_flat_tops *t, const struct counted *c, size_t from)
{
    enum { WINDOW = 6 };
    double most = 0, here = 0;
    for (size_t i = from; i < HS_FLAT_TOPS_LEVELS; i++) {
        here += run_samples(t, c, i);
        here -= i >= from + WINDOW ? run_samples(t, c, i - WINDOW) : 0;
        most = here > most ? here : most;
    }
    return most;
}

/* Runs from 0.65 of the peak on, tops from 0.8. */
void hs_flat_tops_summary(const struct hs_flat_tops *t, struct hs_flat_tops_summary *out)
{
    *out = (struct hs_flat_tops_summary){.squareness = NAN};
    size_t run_from = level_of(0.65f * t->peak); /* McKay's share */
    size_t top_from = level_of(top_share * t->peak);
    size_t peak_from = level_of(0.9886f * t->peak); /* -0.1 dB */
    const struct counted counted = {peak_from, part_of_clipper(t, peak_from)};
    double squareness = 0, runs = 0, in_runs = 0;
    for (size_t i = run_from; i < HS_FLAT_TOPS_LEVELS; i++) {
        const struct hs_flat_tops_level *level = &t->levels[i];
        runs += (i < peak_from ? 1 : counted.part) * level->runs;
        in_runs += run_samples(t, &counted, i);
        out->held_samples += level->held;
        if (i < top_from)
            continue;
        out->tops += level->tops;
        out->flat_tops += level->flat;
        squareness += (double)level->squareness;
    }
    if (out->tops >= 10)
        out->squareness = squareness / (double)out->tops;
    out->sounding = t->sounding;
    out->runs = (uint64_t)llround(runs);
    out->run_samples = (uint64_t)llround(in_runs);
    out->run_samples_at_one_level = (uint64_t)llround(at_one_level(t, &counted, run_from));
    find_spike(t, out);
}
