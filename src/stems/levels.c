/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Level: gated loudness of the instrument less that of the file, with blocks of 400 ms and
 *    gates as in BS.1770. Blocks are cut from the running sum of the units.
 * 2. Range: 10th to 95th percentile of its level against the file, in blocks of 3 s (Tech
 *    3342).
 */
#include "stems/levels.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"

#include <math.h>

static const double gate_lu = -10;                                             /* BS.1770 */
static const double block_s = 0.4, block_hop_s = 0.1, short_s = 3, step_s = 1; /* the same, 3342 */

static size_t window_of(const struct hs_stem_fitting *f, size_t unit)
{
    return unit * f->unit_frames / f->window_frames;
}

double hs_stem_ratio_db(double a, double b)
{
    return a > 0 && b > 0 ? hs_db_from_power(a / b) : NAN;
}

/* The running sum of powers at a moment. A frame spans two hops, so the hop around the middle of
 * the first one begins half a hop after the start of the file. */
static double power_until(const struct hs_stem_fitting *f, const double *sum, double at_s)
{
    double at = (at_s / f->frame_s - 0.5) / (double)f->unit_frames;
    at = fmin(fmax(at, 0), (double)f->n_units);
    size_t whole = (size_t)at;
    return sum[whole] +
           (whole < f->n_units ? (at - (double)whole) * (sum[whole + 1] - sum[whole]) : 0);
}

/* Mean powers of blocks of so many seconds, one each `hop_s`. */
static size_t blocks_of(const struct hs_stem_fitting *f, const float *unit, double length_s,
                        double hop_s, float *out)
{
    const double unit_s = f->frame_s * (double)f->unit_frames;
    const double end_s = (double)f->n_units * unit_s;
    double *sum = HS_NEW_ARRAY(double, f->n_units + 1);
    size_t n = 0;
    for (size_t u = 0; u < f->n_units; u++)
        sum[u + 1] = sum[u] + (double)unit[u];
    for (; (double)n * hop_s + length_s <= end_s; n++) {
        double from_s = (double)n * hop_s;
        double power = power_until(f, sum, from_s + length_s) - power_until(f, sum, from_s);
        out[n] = (float)fmax(power * unit_s / length_s, 0);
    }
    hs_free(sum);
    return n;
}

static size_t most_blocks(const struct hs_stem_fitting *f, double hop_s)
{
    return (size_t)((double)f->n_units * f->frame_s * (double)f->unit_frames / hop_s) + 2;
}

struct gated {
    double power, gate;
};

static struct gated gated_power(const struct hs_stem_fitting *f, const float *unit,
                                double relative_lu)
{
    float *block = HS_NEW_ARRAY(float, most_blocks(f, block_hop_s));
    size_t n = blocks_of(f, unit, block_s, block_hop_s, block);
    struct gated g = {.gate = hs_gate(block, n, relative_lu)};
    g.power = hs_gated_mean(block, n, g.gate);
    hs_free(block);
    return g;
}

double hs_stem_loudness(const struct hs_stem_fitting *f, size_t file)
{
    return hs_lufs(gated_power(f, f->side[file].unit_power, gate_lu).power);
}

double hs_stem_given_loudness(const struct hs_stem_fitting *f, size_t stem)
{
    float *unit = HS_NEW_ARRAY(float, f->n_units + 1);
    for (size_t u = 0; u < f->n_units; u++)
        unit[u] = f->given[u * f->n_stems + stem];
    double lufs = hs_lufs(gated_power(f, unit, gate_lu).power);
    hs_free(unit);
    return lufs;
}

double hs_stem_ride(const struct hs_stem_fitting *f, size_t file, size_t stem)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    const size_t k = f->n_stems;
    double n = 0, sum = 0, squares = 0;
    for (size_t w = 0; w < f->n_windows; w++) {
        double given = 0, own = 0;
        for (size_t c = 0; c < HS_STEM_CELLS && !s->lost[w]; c++) {
            const double power = (double)s->sums[w].a[hs_stem_at(k, c, stem, stem)];
            given += power;
            own += power * pow(cabs(s->gains[(w * HS_STEM_CELLS + c) * k + stem]), 2);
        }
        if (!(given > 0 && own > 0))
            continue;
        const double db = hs_db_from_power(own / given);
        n += given;
        sum += given * db;
        squares += given * db * db;
    }
    return n > 0 ? sqrt(fmax(squares / n - sum * sum / (n * n), 0)) : 0;
}

/* Gated level, level over the song without gates, and seconds above the gate; windows in which the
 * stems do not lie are left out of the latter two. */
static void read_levels(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                        const float *unit, struct hs_instrument *out)
{
    struct gated own = gated_power(f, unit, gate_lu), all = gated_power(f, s->unit_power, gate_lu);
    double sum = 0, whole = 0, active = 0;
    for (size_t u = 0; u < f->n_units; u++) {
        if (s->lost[window_of(f, u)])
            continue;
        sum += (double)unit[u];
        whole += (double)s->unit_power[u];
        active += own.gate > 0 && (double)unit[u] > own.gate;
    }
    out->number[HS_INSTRUMENT_LEVEL_LU] = hs_stem_ratio_db(own.power, all.power);
    out->number[HS_INSTRUMENT_LEVEL_SONG_LU] = hs_stem_ratio_db(sum, whole);
    out->number[HS_INSTRUMENT_ACTIVE_S] = active * f->frame_s * (double)f->unit_frames;
}

/* How evenly it stands in the file: the range of its level that a fader ride would even out. */
static void read_range(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                       const float *unit, struct hs_instrument *out)
{
    const size_t most = most_blocks(f, step_s);
    float *own = HS_NEW_ARRAY(float, most), *all = HS_NEW_ARRAY(float, most);
    double *level = HS_NEW_ARRAY(double, most);
    size_t n = blocks_of(f, unit, short_s, step_s, own), kept = 0;
    blocks_of(f, s->unit_power, short_s, step_s, all);
    double gate = hs_gate(own, n, -15);
    for (size_t i = 0; i < n; i++)
        if (gate > 0 && (double)own[i] > gate && all[i] > 0)
            level[kept++] = hs_stem_ratio_db((double)own[i], (double)all[i]);
    if (kept >= 10) {
        hs_sort(level, kept);
        out->number[HS_INSTRUMENT_RANGE_LU] =
            hs_quantile_sorted(level, kept, .95) - hs_quantile_sorted(level, kept, .10);
    }
    hs_free(own);
    hs_free(all);
    hs_free(level);
}

/* Level against the whole, window by window; NAN where the stem is silent. */
static void read_course(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                        const float *unit, struct hs_arena *arena, struct hs_instrument *out)
{
    const size_t per_window = f->window_frames / f->unit_frames;
    const double floor = hs_power_from_db(-25) * gated_power(f, unit, gate_lu).power;
    float *course = HS_ARENA_ARRAY(arena, float, f->n_windows);
    for (size_t w = 0; w < f->n_windows; w++) {
        double own = 0, all = 0;
        for (size_t u = w * per_window; u < (w + 1) * per_window; u++) {
            own += (double)unit[u];
            all += (double)s->unit_power[u];
        }
        bool there = own / (double)per_window > floor && all > 0;
        course[w] = there ? (float)hs_stem_ratio_db(own, all) : NAN;
    }
    out->course_lu = course;
    out->n_course = f->n_windows;
}

/* Frames blur the blocks that are gated, so the gate is uncertain: the change of the level, in LU,
 * between gates 1 LU lower and 1 LU higher. */
double hs_stem_gate_doubt(const struct hs_stem_fitting *f, const float *unit)
{
    double low = gated_power(f, unit, gate_lu - 1).power;
    double high = gated_power(f, unit, gate_lu + 1).power;
    return low > 0 && high > 0 ? fabs(hs_stem_ratio_db(high, low)) : 0;
}

void hs_stem_read_levels(const struct hs_stem_fitting *f, size_t file, const float *unit,
                         struct hs_arena *arena, struct hs_instrument *out)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    read_levels(f, s, unit, out);
    read_range(f, s, unit, out);
    read_course(f, s, unit, arena, out);
}

bool hs_stem_is_one_sided(const struct hs_values *stem)
{
    const double furthest_db = 60; /* the measure goes no further */
    double balance_db;
    return hs_values_read(stem, "balance_db", &balance_db) && fabs(balance_db) >= furthest_db;
}
