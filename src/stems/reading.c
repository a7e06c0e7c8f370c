/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of an instrument, from the gains and sums of a fit (stems/fitting.h):
 * 1. Power per unit of time: the power of each stem times the squared gain, over all cells.
 *    Stems that sound alike add up to more: the sum is scaled by the power of their sum over
 *    the sum of their powers, per window.
 * 2. Width, balance, polarity, gain: from the powers of left and right under their gains and
 *    from what both have in common. Tone: power density of zones against the median of the
 *    bands from 250 Hz to 2 kHz.
 * 3. Bound of the level: the variance of the gains, a share of the residual where it plays, the
 *    move of the bus, how much the level changes with the gate, and a floor. The constants were
 *    found on songs whose truth is known (docs/instruments.md).
 */
#include "stems/reading.h"

#include "core/alloc.h"
#include "core/num.h"
#include "stems/levels.h"
#include "stems/tail.h"
#include "stems/whole.h"

#include <math.h>
#include <stdint.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS };
static const double like_itself = 50; /* inflation from which there is a twin */
/* Parts of the bound. What the fit leaves is not noise alone, because a compressor and a limiter
 * follow the music. Found with songs whose truth is known (docs/instruments.md). */
static const double spread_of_bound = 2.0, least_bound = 0.1, share_of_residual = 0.1,
                    always_lu = 0.08, share_of_move = 0.15;

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
        out->tone_db[z] = hs_stem_ratio_db(sum / thirds, own);
    }
}

/* Power of one stem of the set in a cell under its gains of the song. */
static double own_power(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                        size_t cell, size_t stem)
{
    double power = 0;
    for (size_t w = 0; w < f->n_windows; w++)
        power += s->lost[w] ? 0 : (double)s->sums[w].a[hs_stem_at(f->n_stems, cell, stem, stem)];
    return power * pow(cabs(s->whole[cell * f->n_stems + stem]), 2);
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
        double each[HS_STEMS_MOST], sum = 0;
        for (size_t i = 0; i < set->n; i++)
            sum += each[i] = own_power(f, s, c, set->stem[i]);
        for (size_t i = 0; i < set->n; i++) {
            const size_t stem = set->stem[i], at = c * f->n_stems + stem;
            double gain = cabs(s->whole[at]), v = s->variance[at];
            if (set->n > 1 && s->inflation[stem] > like_itself)
                v /= s->inflation[stem];
            if (gain > 0 && sum > 0) /* one that is panned elsewhere has no part in this side */
                variance += pow(2 * share * each[i] / sum * sqrt(v) / gain, 2);
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

/* The part of each stem of the set in the power of all of them. */
static void parts_of(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                     const struct hs_stem_set *set, double *part)
{
    double sum = 0;
    for (size_t i = 0; i < set->n; i++) {
        part[i] = 0;
        for (size_t c = 0; c < CELLS; c++)
            part[i] += own_power(f, s, c, set->stem[i]);
        sum += part[i];
    }
    for (size_t i = 0; i < set->n; i++)
        part[i] = sum > 0 ? part[i] / sum : 1 / (double)set->n;
}

/* Its own tails, and what rings on after it in the file. Where more than either is left that
 * follows no stem at all, that may be what sounds in its pauses. */
static double wetness(const struct hs_stem_fitting *f, size_t file, const struct hs_stem_set *set,
                      const struct hs_stem_following *following, const double *part)
{
    const double little = 0.05;
    double wet = 0, beside = 0;
    for (size_t i = 0; i < set->n; i++) {
        const size_t stem = set->stem[i];
        wet += part[i] > 0 ? (hs_stem_tail(f, file, stem) + following->ringing[stem]) * part[i] : 0;
        beside += following->beside[stem] > 0 ? 1 / following->beside[stem] : INFINITY;
    }
    return wet > 0 && 1 / beside <= fmax(wet, little) ? hs_db_from_power(wet) : NAN;
}

/* Everything that is said of one instrument in one file. */
void hs_stem_read(const struct hs_stem_fitting *f, const struct hs_stem_bands *bands, size_t file,
                  const struct hs_stem_set *set, const struct hs_stem_following *following,
                  struct hs_arena *arena, struct hs_instrument *out)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    float *unit = powers_of(f, s, set);
    const struct image m = image_of(f, s, set);
    double own = 0, heard = 0, sounded = 0, beside = 0, part[HS_STEMS_MOST];
    parts_of(f, s, set, part);
    for (size_t c = 0; c < CELLS; c++)
        own += m.own[c];
    for (size_t i = 0; i < set->n; i++) {
        heard += s->heard[set->stem[i]];
        sounded += s->sounded[set->stem[i]];
        beside += part[i] > 0 ? part[i] * fmax(following->at_once[set->stem[i]],
                                               following->sides[set->stem[i]])
                              : 0;
    }
    out->polarity = m.upright < 0 ? -1 : 1;
    out->number[HS_INSTRUMENT_GAIN_DB] = hs_stem_ratio_db(own, m.given);
    out->number[HS_INSTRUMENT_AUDIBLE] = sounded > 0 ? heard / sounded : NAN;
    out->number[HS_INSTRUMENT_WIDTH_DB] =
        m.side > 1e-9 * m.mid ? hs_stem_ratio_db(m.side, m.mid) : NAN;
    out->number[HS_INSTRUMENT_BALANCE_DB] = hs_stem_ratio_db(m.left, m.right);
    out->number[HS_INSTRUMENT_BOUND_LU] = always_lu + hs_stem_gate_doubt(f, unit) +
                                          share_of_move * move_under(f, s, unit) +
                                          fmax(bound_of(f, s, set, &m), 10 * log10(1 + beside));
    out->number[HS_INSTRUMENT_WET_DB] = wetness(f, file, set, following, part);
    read_tone(bands, &m, out);
    hs_stem_read_levels(f, file, unit, arena, out);
    hs_free(unit);
}

double hs_stem_agreement(const struct hs_stem_fitting *f, size_t file,
                         const struct hs_stem_set *set)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    double together = 0, each = 0;
    for (size_t i = 0; i < set->n; i++)
        for (size_t w = 0; w < f->n_windows; w++) {
            double complex sum = 0;
            for (size_t c = 0; c < CELLS && !s->lost[w]; c++) {
                const double complex g = s->gains[(w * CELLS + c) * f->n_stems + set->stem[i]];
                const double power =
                    cabs(g) *
                    (double)s->sums[w].a[hs_stem_at(f->n_stems, c, set->stem[i], set->stem[i])];
                sum += g * power;
                each += cabs(g) * power;
            }
            together += cabs(sum);
        }
    return each > 0 ? together / each : 1;
}

/* The stem that is most alike, where two stems explain the same. */
size_t hs_stem_twin(const struct hs_stem_fitting *f, size_t file, size_t stem, bool *alike)
{
    const struct hs_stem_side_fit *s = &f->side[file];
    const size_t k = f->n_stems;
    size_t twin = SIZE_MAX;
    double most = 0, all = 0;
    *alike = false;
    if (s->inflation[stem] < like_itself)
        return twin;
    for (size_t w = 0; w < f->n_windows; w++)
        for (size_t c = 0; c < CELLS; c++)
            all += (double)s->sums[w].a[hs_stem_at(k, c, stem, stem)];
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
    /* of two that are alike by r, the variance is 1 / (1 - r^2) times as large */
    *alike = most >= all * (1 - 2 / like_itself);
    return twin;
}

size_t hs_stem_mixdown(const struct hs_stem_fitting *f, size_t file)
{
    double most = 0.9; /* as a share of the file */
    size_t mixdown = SIZE_MAX;
    const struct hs_stem_side_fit *s = &f->side[file];
    const size_t k = f->n_stems;
    for (size_t i = 0; i < k; i++) {
        double with = 0, power = 0;
        bool alike;
        if (hs_stem_twin(f, file, i, &alike) == SIZE_MAX || alike)
            continue;
        for (size_t w = 0; w < f->n_windows; w++)
            for (size_t c = 0; c < CELLS; c++) {
                const double own = (double)s->sums[w].a[hs_stem_at(k, c, i, i)];
                power += s->sums[w].power[c];
                with += own > 0 ? pow(cabs(s->sums[w].r[c * k + i]), 2) / own : 0;
            }
        if (with > most * power) {
            most = with / power;
            mixdown = i;
        }
    }
    return mixdown;
}
