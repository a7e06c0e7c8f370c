/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of an instrument, from the gains and sums of a fit (stems/fitting.h):
 * 1. Power per unit of time: the power of each stem times the squared gain, over all cells.
 *    Stems that sound alike add up to more: the sum is scaled by the power of their sum over
 *    the sum of their powers, per window.
 * 2. Level: gated loudness of the instrument less that of the file, with blocks of 400 ms and
 *    gates as in BS.1770. Blocks are cut from the running sum of the units.
 * 3. Range: 10th to 95th percentile of its level against the file, in blocks of 3 s (Tech
 *    3342).
 * 4. Width, balance, polarity, gain: from the powers of left and right under their gains and
 *    from what both have in common. Tone: power density of zones against the median of the
 *    bands from 250 Hz to 2 kHz.
 * 5. Bound of the level: the variance of the gains, a share of the residual where it plays, the
 *    move of the bus, how much the level changes with the gate, and a floor. The constants were
 *    found on songs whose truth is known (docs/instruments.md).
 * 6. Missing: the longest stretch in which the stems leave more than half of a zone of one
 *    channel unexplained.
 */
#include "stems/reading.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"
#include "stems/tail.h"
#include "stems/whole.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS };
static const double gate_lu = -10; /* BS.1770 */
static const double block_s = 0.4, block_hop_s = 0.1, short_s = 3,
                    step_s = 1;       /* BS.1770, Tech 3342 */
static const double like_itself = 50; /* inflation from which there is a twin */
/* Parts of the bound. What the fit leaves is not noise alone, because a compressor and a limiter
 * follow the music. Found with songs whose truth is known (docs/instruments.md). */
static const double spread_of_bound = 2.0, least_bound = 0.1, share_of_residual = 0.1,
                    always_lu = 0.08, share_of_move = 0.15;

static size_t window_of(const struct hs_stem_fitting *f, size_t unit)
{
    return unit * f->unit_frames / f->window_frames;
}

/* Power of the sum of the stems over the sum of their powers, in one window: 1 for unrelated stems,
 * 2 for two equal ones. */
static double togetherness(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                           size_t w, const struct hs_stem_set *set)
{
    double sum = 0, each = 0;
    if (set->n < 2)
        return 1;
    for (size_t c = 0; c < CELLS; c++) {
        const double complex *g = s->gains + (w * CELLS + c) * f->n_stems;
        sum += hs_stem_power_of(&s->sums[w], c, f->n_stems, g, set->stem, set->n);
        for (size_t i = 0; i < set->n; i++)
            each += hs_stem_power_of(&s->sums[w], c, f->n_stems, g, &set->stem[i], 1);
    }
    return each > 0 ? sum / each : 1;
}

/* Its power as it stands in the file, by unit; 0 where the stems do not lie in the file. */
static float *powers_of(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                        const struct hs_stem_set *set)
{
    const size_t k = f->n_stems, per_window = f->window_frames / f->unit_frames;
    float *out = HS_NEW_ARRAY(float, f->n_units + 1);
    for (size_t w = 0; w < f->n_windows; w++) {
        double together = togetherness(f, s, w, set);
        for (size_t u = w * per_window; !s->lost[w] && u < (w + 1) * per_window; u++) {
            double sum = 0;
            for (size_t c = 0; c < CELLS; c++)
                for (size_t i = 0; i < set->n; i++) {
                    const double complex g = s->gains[(w * CELLS + c) * k + set->stem[i]];
                    sum += (creal(g) * creal(g) + cimag(g) * cimag(g)) *
                           (double)s->unit[(u * CELLS + c) * k + set->stem[i]];
                }
            out[u] = (float)(together * sum);
        }
    }
    return out;
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

static double ratio_db(double a, double b)
{
    return a > 0 && b > 0 ? hs_db_from_power(a / b) : NAN;
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
    out->number[HS_INSTRUMENT_LEVEL_LU] = ratio_db(own.power, all.power);
    out->number[HS_INSTRUMENT_LEVEL_SONG_LU] = ratio_db(sum, whole);
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
            level[kept++] = ratio_db((double)own[i], (double)all[i]);
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
        course[w] = there ? (float)ratio_db(own, all) : NAN;
    }
    out->course_lu = course;
    out->n_course = f->n_windows;
}

struct image { /* of the set, over the song */
    double own[CELLS], given, mid, side, left, right, upright;
};

/* What a stem gives to left and right in one band of one window; `across` is what both sides
 * have in common. */
static void look_at_cell(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                         size_t w, size_t i, int b, struct image *m)
{
    const size_t k = f->n_stems;
    const struct hs_stem_sums *sums = &s->sums[w];
    double power[2];
    double complex gain[2];
    for (size_t c = 0; c < 2; c++) {
        const size_t cell = c * BANDS + (size_t)b;
        const double a = (double)sums->a[hs_stem_at(k, cell, i, i)];
        gain[c] = s->gains[(w * CELLS + cell) * k + i];
        power[c] = pow(cabs(gain[c]), 2) * a;
        m->own[cell] += power[c];
        m->given += a;
        m->upright += creal(gain[c]) * a;
    }
    const float *x = sums->across + 2 * ((size_t)b * k + i);
    const double across = 2 * creal(gain[0] * conj(gain[1]) * ((double)x[0] + (double)x[1] * I));
    m->left += power[0];
    m->right += power[1];
    m->mid += (power[0] + power[1] + across) / 4;
    m->side += fmax(power[0] + power[1] - across, 0) / 4;
}

static struct image image_of(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                             const struct hs_stem_set *set)
{
    struct image m = {0};
    for (size_t w = 0; w < f->n_windows; w++)
        for (size_t i = 0; !s->lost[w] && i < set->n; i++)
            for (int b = 0; b < BANDS; b++)
                look_at_cell(f, s, w, set->stem[i], b, &m);
    return m;
}

/* Tone against its own middle, per third octave and without K-weighting. */
static void read_tone(const struct hs_stem_bands *bands, const struct image *m,
                      struct hs_instrument *out)
{
    enum { FROM = 3, TO = 9 }; /* 250 Hz to 2 kHz */
    double density[BANDS], middle[TO - FROM];
    for (int b = 0; b < BANDS; b++)
        density[b] =
            (m->own[b] + m->own[BANDS + b]) / (fmax(bands->k_power[b], 1e-6) * bands->thirds[b]);
    for (int b = FROM; b < TO; b++)
        middle[b - FROM] = density[b];
    const double own = hs_median(middle, TO - FROM);
    for (int z = 0; z < HS_STEM_ZONES; z++) {
        double sum = 0, thirds = 0;
        for (int b = hs_stem_zone_bands[z]; b < hs_stem_zone_bands[z + 1]; b++) {
            sum += density[b] * bands->thirds[b];
            thirds += bands->thirds[b];
        }
        out->tone_db[z] = ratio_db(sum / thirds, own);
    }
}

/* Frames blur the blocks that are gated, so the gate is uncertain: the change of the level, in LU,
 * between gates 1 LU lower and 1 LU higher. */
static double gate_doubt(const struct hs_stem_fitting *f, const float *unit)
{
    double low = gated_power(f, unit, gate_lu - 1).power;
    double high = gated_power(f, unit, gate_lu + 1).power;
    return low > 0 && high > 0 ? fabs(ratio_db(high, low)) : 0;
}

/* How far the level may be off, in LU: from the variance of the gains, and from a share of what the
 * fit leaves in the cells where the stems play. Two like stems of one instrument are uncertain
 * each, but their sum is not: the inflation of the variance is taken back. What is left above the
 * bands that a stem's sample rate holds may be its own, each band as strong as the last it has. */
static double bound_of(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                       const struct hs_stem_set *set, const struct image *m)
{
    double variance = 0, power = 0, left = 0, above = 0;
    int n_bands = BANDS;
    for (size_t i = 0; i < set->n; i++)
        n_bands = f->n_bands[set->stem[i]] < n_bands ? f->n_bands[set->stem[i]] : n_bands;
    for (size_t c = 0; c < CELLS; c++) {
        double cell_left = 0, share = m->own[c];
        for (size_t w = 0; w < f->n_windows; w++)
            cell_left += s->lost[w] ? 0 : s->left[w * CELLS + c];
        power += share;
        left += fmin(cell_left, share * 4);
        above += (int)(c % BANDS) >= n_bands ? cell_left : 0;
        for (size_t i = 0; i < set->n; i++) {
            const size_t stem = set->stem[i], at = c * f->n_stems + stem;
            double gain = cabs(s->whole[at]), v = s->variance[at];
            if (set->n > 1 && s->inflation[stem] > like_itself)
                v /= s->inflation[stem];
            if (gain > 0)
                variance += pow(2 * share / (double)set->n * sqrt(v) / gain, 2);
        }
    }
    if (power <= 0)
        return INFINITY;
    /* chance, and what the fit cannot explain */
    above = fmin(above, (m->own[n_bands - 1] + m->own[BANDS + n_bands - 1]) * (BANDS - n_bands));
    double random = spread_of_bound * sqrt(variance) / power;
    double bias = share_of_residual * left / power * sqrt(fmin(s->residual, 1));
    return least_bound + 10 * log10(1 + random + bias + above / power);
}

/* Mean move of the bus within a frame, in dB, weighted by the power of the instrument: the fit has
 * one gain per frame and misses what happens within. */
static double move_under(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                         const float *unit)
{
    double sum = 0, power = 0;
    for (size_t u = 0; u < f->n_units; u++) {
        sum += (double)unit[u] * (double)s->unit_move[u];
        power += (double)unit[u];
    }
    return power > 0 ? sum / power : 0;
}

/* Its own tails, and what rings on after it in the file. */
static double wetness(const struct hs_stem_fitting *f, size_t file, const struct hs_stem_set *set,
                      const struct hs_stem_following *following)
{
    double wet = 0;
    for (size_t i = 0; i < set->n; i++)
        wet += (hs_stem_tail(f, file, set->stem[i]) + following->ringing[set->stem[i]]) /
               (double)set->n;
    return wet > 0 ? hs_db_from_power(wet) : NAN;
}

/* Everything that is said of one instrument in one file. */
void hs_stem_read(const struct hs_stem_fitting *f, const struct hs_stem_bands *bands, size_t file,
                  const struct hs_stem_set *set, const struct hs_stem_following *following,
                  struct hs_arena *arena, struct hs_instrument *out)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    float *unit = powers_of(f, s, set);
    const struct image m = image_of(f, s, set);
    double own = 0, heard = 0, sounded = 0, beside = 0;
    for (size_t c = 0; c < CELLS; c++)
        own += m.own[c];
    for (size_t i = 0; i < set->n; i++) {
        heard += s->heard[set->stem[i]];
        sounded += s->sounded[set->stem[i]];
        beside +=
            fmax(following->at_once[set->stem[i]], following->sides[set->stem[i]]) / (double)set->n;
    }
    out->polarity = m.upright < 0 ? -1 : 1;
    out->number[HS_INSTRUMENT_GAIN_DB] = ratio_db(own, m.given);
    out->number[HS_INSTRUMENT_AUDIBLE] = sounded > 0 ? heard / sounded : NAN;
    out->number[HS_INSTRUMENT_WIDTH_DB] = m.side > 1e-9 * m.mid ? ratio_db(m.side, m.mid) : NAN;
    out->number[HS_INSTRUMENT_BALANCE_DB] = ratio_db(m.left, m.right);
    out->number[HS_INSTRUMENT_BOUND_LU] = always_lu + gate_doubt(f, unit) +
                                          share_of_move * move_under(f, s, unit) +
                                          fmax(bound_of(f, s, set, &m), 10 * log10(1 + beside));
    out->number[HS_INSTRUMENT_WET_DB] = wetness(f, file, set, following);
    read_tone(bands, &m, out);
    read_levels(f, s, unit, out);
    read_range(f, s, unit, out);
    read_course(f, s, unit, arena, out);
    hs_free(unit);
}

/* The stem that is most alike, where two stems explain the same. */
size_t hs_stem_twin(const struct hs_stem_fitting *f, size_t file, size_t stem)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    const size_t k = f->n_stems;
    size_t twin = SIZE_MAX;
    double most = 0;
    if (s->inflation[stem] < like_itself)
        return twin;
    for (size_t j = 0; j < k; j++) {
        double with = 0;
        for (size_t w = 0; w < f->n_windows && j != stem; w++)
            for (size_t c = 0; c < CELLS; c++) {
                const struct hs_stem_sums *sums = &s->sums[w];
                const double own = creal(hs_stem_product(sums, k, c, stem, stem));
                const double both = own * creal(hs_stem_product(sums, k, c, j, j));
                const double complex x = hs_stem_product(sums, k, c, j, stem);
                const double likeness = creal(x) * creal(x) + cimag(x) * cimag(x);
                with += both > 0 ? likeness / both * own : 0;
            }
        if (with > most) {
            most = with;
            twin = j;
        }
    }
    return twin;
}

/* The longest stretch in which more than half of a zone of one side is not explained. */
struct gap {
    int zone, channel;
    size_t from, n;
    double power;
};

/* Whether the stems leave more than half of the zone, and 2 % of the whole, in this window. Adds
 * what is left to *power. */
static bool unexplained(const struct hs_stem_side_fit *s, size_t w, int zone, int channel,
                        double *power)
{
    double all = 0, left = 0, whole = 0;
    for (int b = hs_stem_zone_bands[zone]; b < hs_stem_zone_bands[zone + 1]; b++) {
        size_t cell = (size_t)(channel * BANDS + b);
        all += s->sums[w].power[cell];
        left += s->left[w * CELLS + cell];
    }
    for (size_t c = 0; c < CELLS; c++)
        whole += s->sums[w].power[c];
    *power += left;
    return left > 0.5 * all && left > 0.02 * whole && whole > 0;
}

/* The longest passage that no stem explains; NULL: none of two windows or more. */
const char *hs_stem_missing(const struct hs_stem_fitting *f, size_t file, struct hs_arena *arena)
{
    static const char *const zones[HS_STEM_ZONES] = {"20-120 Hz", "120-500 Hz", "500 Hz-2 kHz",
                                                     "2-8 kHz", "8-16 kHz"};
    const struct hs_stem_side_fit *s = &f->side[file];
    struct gap most = {0};
    for (int zone = 0; zone < HS_STEM_ZONES; zone++)
        for (int channel = 0; channel < 2; channel++) {
            struct gap g = {.zone = zone, .channel = channel};
            for (size_t w = 0; w < f->n_windows; w++) {
                if (!unexplained(s, w, zone, channel, &g.power)) {
                    g = (struct gap){.zone = zone, .channel = channel, .from = w + 1};
                    continue;
                }
                g.n++;
                if (g.n > most.n || (g.n == most.n && g.power > most.power))
                    most = g;
            }
        }
    if (most.n < 2)
        return NULL;
    const double window_s = f->frame_s * (double)f->window_frames;
    long from = lround((double)most.from * window_s);
    long to = lround((double)(most.from + most.n) * window_s);
    return hs_arena_printf(arena, "No stem explains %s on the %s side from %ld:%02ld to %ld:%02ld.",
                           zones[most.zone], most.channel ? "right" : "left", from / 60, from % 60,
                           to / 60, to % 60);
}
