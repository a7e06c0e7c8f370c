/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Peak and power of every tick are stored as codes of 16 bits in steps of 0.005 dB. Quantiles
 * come from counting the codes, and the power of a code from two tables of 256 entries.
 * 1. Dynamics: ceiling, limited share and peak spread from the distribution of peaks among the
 *    loud ticks; crest as the median over windows of 3 s.
 * 2. Silence: ticks 60 dB below the peak; its length at both ends; gaps of digital silence of
 *    20 ms to 1 s within loud music.
 * 3. Edges: the same functions of mean power, counted from the start or from the end.
 */
#include "measure/levels.h"

#include "core/alloc.h"
#include "core/num.h"
#include "measure/ticks.h"

#include <math.h>
#include <string.h>

static const double lowest_db = -300, codes_per_db = 200;
enum { CODES = 65536 };

static uint16_t level_code(double db)
{
    double code = floor((db - lowest_db) * codes_per_db + 0.5);
    return code < 1 ? 0 : code > CODES - 1 ? CODES - 1 : (uint16_t)code;
}

/* -INFINITY for silence. */
static double level_db(uint16_t code)
{
    return code ? lowest_db + code / codes_per_db : -INFINITY;
}

/* The power of a code is that of its high byte times that of its low byte. */
static void make_tables(struct hs_levels *l)
{
    for (int i = 0; i < 256; i++) {
        l->power_high[i] = i ? hs_power_from_db(lowest_db + 256 * i / codes_per_db) : 0;
        l->power_low[i] = hs_power_from_db(i / codes_per_db);
    }
}

static double power_of(const struct hs_levels *l, uint16_t code)
{
    return l->power_high[code >> 8] * l->power_low[code & 255];
}

/* 100 times a second; the error of 1e-7 dB is far below the step of a code. */
static uint16_t code_of(double power)
{
    return power > 1e-300 ? level_code(hs_db_fast(power)) : 0;
}

void hs_levels_push(struct hs_levels *l, double peak, double power)
{
    if (!l->n)
        make_tables(l);
    l->ticks = hs_grow(l->ticks, l->n, &l->cap, sizeof *l->ticks);
    l->ticks[l->n++] = (struct hs_tick_level){code_of(peak * peak), code_of(power)};
}

void hs_levels_free(struct hs_levels *l)
{
    hs_free(l->ticks);
    *l = (struct hs_levels){0};
}

/* The code that a share of the counted values reaches or exceeds: counting replaces
 * sorting, for codes are few. */
static uint16_t upper_code(const uint32_t *counts, double share)
{
    uint64_t total = 0, above = 0;
    for (size_t i = 0; i < CODES; i++)
        total += counts[i];
    uint64_t wanted = (uint64_t)ceil(share * (double)total);
    for (size_t i = CODES; i-- > 0;) {
        above += counts[i];
        if (above >= wanted && above)
            return (uint16_t)i;
    }
    return 0;
}

static double quantile_db(const uint32_t *counts, double p)
{
    return level_db(upper_code(counts, 1 - p));
}

/* The power that this share of the ticks reaches. */
static uint16_t power_exceeded_by(const struct hs_levels *l, uint32_t *counts, double share)
{
    memset(counts, 0, CODES * sizeof *counts);
    for (size_t i = 0; i < l->n; i++)
        counts[l->ticks[i].power]++;
    return upper_code(counts, share);
}

/* Among the louder half of the ticks: the level that one peak in 200 passes, and the share within
 * 0.3 dB of it. */
static void limiting(const struct hs_levels *l, uint32_t *counts, struct hs_dynamics *out)
{
    const double within_db = 0.3, top_share = 0.005;
    uint16_t loud = power_exceeded_by(l, counts, 0.5);
    if (!loud)
        return;
    memset(counts, 0, CODES * sizeof *counts);
    for (size_t i = 0; i < l->n; i++)
        if (l->ticks[i].power >= loud)
            counts[l->ticks[i].peak]++;
    uint16_t ceiling = upper_code(counts, top_share);
    out->ceiling_dbfs = level_db(ceiling);
    uint64_t n = 0, at_ceiling = 0, from = ceiling - (uint64_t)(within_db * codes_per_db);
    for (size_t i = 0; i < CODES; i++) {
        n += counts[i];
        at_ceiling += i >= from ? counts[i] : 0;
    }
    out->limited_share = (double)at_ceiling / (double)n;
}

/* Peaks of 50 ms where the 50 ms are among the loudest fifth. */
static void spread(const struct hs_levels *l, uint32_t *counts, struct hs_dynamics *out)
{
    enum { SPAN = 5 };
    struct hs_levels spans = {0};
    for (size_t i = 0; i + SPAN <= l->n; i += SPAN) {
        uint16_t peak = 0;
        double power = 0;
        for (size_t k = i; k < i + SPAN; k++) {
            peak = l->ticks[k].peak > peak ? l->ticks[k].peak : peak;
            power += power_of(l, l->ticks[k].power) / SPAN;
        }
        hs_levels_push(&spans, sqrt(power_of(l, peak)), power);
    }
    uint16_t loud = power_exceeded_by(&spans, counts, 0.2);
    memset(counts, 0, CODES * sizeof *counts);
    for (size_t i = 0; i < spans.n; i++)
        if (spans.ticks[i].power >= loud)
            counts[spans.ticks[i].peak]++;
    if (loud && spans.n >= 100)
        out->peak_spread_db = quantile_db(counts, 0.99) - quantile_db(counts, 0.5);
    hs_levels_free(&spans);
}

/* Of ticks from `from` to before `to`. */
static double mean_power(const struct hs_levels *l, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++)
        sum += power_of(l, l->ticks[i].power);
    return to > from ? sum / (double)(to - from) : 0;
}

/* Windows overlap by half; quiet ones do not count. */
static void windowed_crest(const struct hs_levels *l, struct hs_dynamics *out)
{
    enum { WINDOW = 3 * HS_TICKS_PER_S, HOP = WINDOW / 2 };
    double quiet = 0.01 * mean_power(l, 0, l->n); /* 20 dB below the whole */
    double *crest = HS_NEW_ARRAY(double, l->n / HOP + 1);
    size_t n = 0;
    for (size_t i = 0; i + WINDOW <= l->n; i += HOP) {
        double power = mean_power(l, i, i + WINDOW);
        uint16_t peak = 0;
        for (size_t k = i; k < i + WINDOW; k++)
            peak = l->ticks[k].peak > peak ? l->ticks[k].peak : peak;
        if (power > quiet)
            crest[n++] = level_db(peak) - hs_db_from_power(power);
    }
    if (n)
        out->crest_3s_db = hs_median(crest, n);
    hs_free(crest);
}

void hs_levels_dynamics(const struct hs_levels *l, struct hs_dynamics *out)
{
    *out = (struct hs_dynamics){NAN, NAN, NAN, NAN};
    uint32_t *counts = HS_NEW_ARRAY(uint32_t, CODES);
    limiting(l, counts, out);
    spread(l, counts, out);
    windowed_crest(l, out);
    hs_free(counts);
}

/* Digital silence of 20 ms to 1 s with music no more than 30 dB below the whole on both
 * sides: a dropout or a bad edit, not a rest. */
static void find_gaps(const struct hs_levels *l, struct hs_silence *out)
{
    enum { SHORTEST = 2, LONGEST = HS_TICKS_PER_S };
    double loud = hs_db_from_power(mean_power(l, 0, l->n)) - 30;
    for (size_t i = 1; i < l->n;) {
        size_t end = i;
        while (end < l->n && !l->ticks[end].peak)
            end++;
        size_t n = end - i;
        if (n >= SHORTEST && n <= LONGEST && end < l->n && level_db(l->ticks[i - 1].power) > loud &&
            level_db(l->ticks[end].power) > loud) {
            if (out->gaps < 16)
                out->gap_s[out->gaps] = (double)i / HS_TICKS_PER_S;
            out->gaps++;
        }
        i = end + 1;
    }
}

/* Silence is 60 dB below the peak of the file. */
void hs_levels_silence(const struct hs_levels *l, struct hs_silence *out)
{
    const double quiet_db = 60;
    *out = (struct hs_silence){0};
    uint16_t peak = 0;
    for (size_t i = 0; i < l->n; i++)
        peak = l->ticks[i].peak > peak ? l->ticks[i].peak : peak;
    uint16_t limit = level_code(level_db(peak) - quiet_db);
    size_t first = l->n, last = 0, silent = 0;
    for (size_t i = 0; i < l->n; i++) {
        bool quiet = !l->ticks[i].peak || l->ticks[i].peak < limit;
        silent += quiet;
        if (!quiet && first == l->n)
            first = i;
        if (!quiet)
            last = i + 1;
    }
    out->share = l->n ? (double)silent / (double)l->n : 1;
    out->leading_s = (double)first / HS_TICKS_PER_S;
    out->trailing_s = (double)(first == l->n ? l->n : l->n - last) / HS_TICKS_PER_S;
    find_gaps(l, out);
}

/* Power of n ticks from tick `at` on, counted from one end. */
static double power_from(const struct hs_levels *l, bool at_end, size_t at, size_t n)
{
    if (at >= l->n)
        return 0;
    n = n < l->n - at ? n : l->n - at;
    return at_end ? mean_power(l, l->n - at - n, l->n - at) : mean_power(l, at, at + n);
}

/* The fade ends where 100 ms come within 6 dB of the five seconds behind them. */
void hs_levels_edge(const struct hs_levels *l, bool at_end, struct hs_edge *out)
{
    enum { FIRST = 5, BEHIND = 2 * HS_TICKS_PER_S, REACH = 5 * HS_TICKS_PER_S, STEP = 10 };
    const double near = 0.25; /* 6 dB */
    *out = (struct hs_edge){NAN, NAN, NAN};
    if (!l->n || mean_power(l, 0, l->n) <= 0)
        return;
    double first = power_from(l, at_end, 0, FIRST);
    out->level_db =
        hs_db_from_power(fmax(power_from(l, at_end, 0, 1), 1e-20) / mean_power(l, 0, l->n));
    out->rise_db =
        hs_db_from_power(fmax(power_from(l, at_end, FIRST, BEHIND), 1e-20) / fmax(first, 1e-20));
    size_t at = 0;
    while (at < l->n &&
           power_from(l, at_end, at, STEP) < near * power_from(l, at_end, at + STEP, REACH))
        at += STEP;
    out->fade_s = (double)at / HS_TICKS_PER_S;
}
