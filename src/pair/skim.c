/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Short, edited or wow-corrected pairs are not skimmed.
 * 2. For each second and band of the fingerprints, the mean level of the master less that of
 *    the mix is taken, less its median over the song. A second moves if all bands with sound
 *    leave their usual distance the same way by more than 0.35 dB.
 * 3. Wanted are the seconds that move and those beside them, those in which something sounds that
 *    the mix does not have there (pair/suspects.h), six at either end, and three of
 *    every twenty. Runs of wanted seconds are the pieces; above 60 % of the song there are none.
 * 4. The pieces suffice if the slow gain found in them is steady and no second is much less
 *    explained than the others.
 * The loudness gain is the difference of the means of short-term loudness, gated at 10 dB below
 * the ungated mean.
 */
#include "pair/skim.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"
#include "measure/fingerprint.h"
#include "pair/suspects.h"

#include <math.h>

/* Shorter pairs are gone through as they are. */
static const double least_s = 45;
/* Seconds: the ends, where fades are; then a piece every so often. */
enum { ENDS = 6, EVERY = 20, PIECE = 3 };
/* More than this share of it is not worth the seeking. */
static const double most_share = 0.6;
/* A second in which the bands leave their usual distance together by so much (dB) is looked at,
 * too: less than a ride does. What an equaliser does to music that changes moves them apart. */
static const double moves_db = 0.35;
/* Slow gain of the pieces, and seconds that stand out of the others: a ride, a voice. */
static const double steady_gain_db = 0.3, steady_residual_db = 6, clear_residual_db = -20;
/* Moments of a band that are so far below its loud ones are left out. */
static const double sounding_db = 30;
enum { BANDS = HS_FINGERPRINT_BANDS, HZ = HS_FINGERPRINT_HZ, FEWEST = HZ / 2 };

/* A series of a file, copied: a series of packed values holds only until a few others are read. */
struct course {
    double *x, start_s;
    size_t n;
};

static struct course course_of(const struct hs_file *f, const char *key)
{
    const struct hs_value *v = hs_values_get(&f->values, key);
    struct course c = {0};
    if (!v || v->kind != HS_SERIES || !v->n || v->step_s != 1)
        return c;
    c = (struct course){HS_NEW_ARRAY(double, v->n), v->start_s, v->n};
    for (size_t i = 0; i < v->n; i++)
        c.x[i] = (double)v->series[i];
    return c;
}

/* Level of a band at a moment, between its frames; NaN outside. */
static double level_at(const char *text, size_t frames, double time_s, size_t band)
{
    double at = time_s * HS_FINGERPRINT_HZ - 0.5;
    if (!(at >= 0) || !(at + 1 < (double)frames))
        return NAN;
    size_t i = (size_t)at;
    double low = hs_fingerprint_db(text, i, band);
    return low + (at - (double)i) * (hs_fingerprint_db(text, i + 1, band) - low);
}

/* Level that a moment of a band must have to say something. */
static double least_level(const char *text, size_t from, size_t to, size_t band)
{
    double *x = HS_NEW_ARRAY(double, to - from + 1);
    for (size_t i = from; i < to; i++)
        x[i - from] = hs_fingerprint_db(text, i, band);
    hs_sort(x, to - from);
    double least = hs_quantile_sorted(x, to - from, 0.95) - sounding_db;
    hs_free(x);
    return least;
}

/* How far a band of each second of the master lies from that of the mix, less the usual. */
static void band_changes(const struct hs_timeline *t, const char *mix, const char *master,
                         size_t band, size_t first, size_t n, double *out)
{
    const size_t n_mix = hs_fingerprint_frames(mix), n_master = hs_fingerprint_frames(master);
    const size_t begin = first * HZ, end = begin + n * HZ < n_master ? begin + n * HZ : n_master;
    const double least = least_level(master, begin, end, band);
    double *work = HS_NEW_ARRAY(double, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0, seen = 0;
        for (size_t f = begin + i * HZ; f < begin + (i + 1) * HZ && f < end; f++) {
            double to = hs_fingerprint_db(master, f, band);
            double from =
                level_at(mix, n_mix, hs_timeline_mix_s(t, 0, ((double)f + 0.5) / HZ), band);
            if (to > least && isfinite(from))
                sum += to - from, seen++;
        }
        out[i] = seen >= FEWEST ? sum / seen : NAN;
        if (isfinite(out[i]))
            work[k++] = out[i];
    }
    /* against the usual difference of the band */
    const double usual = hs_median(work, k);
    for (size_t i = 0; i < n; i++)
        out[i] -= usual;
    hs_free(work);
}

/* How far the bands leave their usual distance together in a second: as far as the one that
 * moves least, where all go the same way. */
static double move_of(double *const change[BANDS], size_t i)
{
    double up = INFINITY, down = INFINITY;
    int k = 0;
    for (int b = 0; b < BANDS; b++)
        if (isfinite(change[b][i])) {
            up = fmin(up, change[b][i]);
            down = fmin(down, -change[b][i]);
            k++;
        }
    return k > 1 ? fmax(fmax(up, down), 0) : 0;
}

/* Seconds from `first` on whose bands move, and those beside them. */
static void want_moves(const struct hs_timeline *t, const char *mix, const char *master,
                       size_t first, size_t n, bool *wanted)
{
    double *change[BANDS];
    for (size_t b = 0; b < BANDS; b++) {
        change[b] = HS_NEW_ARRAY(double, n + 1);
        band_changes(t, mix, master, b, first, n, change[b]);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i ? i - 1 : 0; move_of(change, i) > moves_db && k < i + 2 && k < n; k++)
            wanted[k] = true;
    for (size_t b = 0; b < BANDS; b++)
        hs_free(change[b]);
}

/* Runs of wanted seconds, the first and last up to the ends; 0 where they are too many to gain
 * anything. */
static size_t put_runs(const struct hs_edit *all, size_t first, size_t n, const bool *wanted,
                       struct hs_excerpt out[HS_SKIM_PIECES])
{
    double sum = 0;
    size_t k = 0;
    for (size_t i = 0, end; i < n && k < HS_SKIM_PIECES; i = end + 1) {
        for (end = i; end < n && wanted[end]; end++)
            ;
        if (end == i)
            continue;
        double from = i ? (double)(first + i) : all->from_s;
        double to = end < n ? (double)(first + end) : all->to_s;
        out[k++] = (struct hs_excerpt){0, from, to};
        sum += to - from;
    }
    return k == HS_SKIM_PIECES || sum > most_share * (all->to_s - all->from_s) ? 0 : k;
}

/* Both ends, a piece of each stretch of time, and where levels move; 0: all is to be read. */
size_t hs_skim_choose(const struct hs_timeline *t, const char *mix, const char *master,
                      struct hs_excerpt out[HS_SKIM_PIECES])
{
    const struct hs_edit *all = &t->segment[0];
    if (t->edited || t->wow.n || all->to_s - all->from_s < least_s)
        return 0;
    const size_t first = (size_t)ceil(all->from_s), n = (size_t)floor(all->to_s) - first;
    bool *wanted = HS_NEW_ARRAY(bool, n + 1);
    want_moves(t, mix, master, first, n, wanted);
    hs_suspects_mark(t, mix, master, first, n, wanted);
    for (size_t i = 0; i < n; i++)
        wanted[i] |= i < ENDS || i + ENDS >= n || i % EVERY < PIECE;
    size_t n_pieces = put_runs(all, first, n, wanted, out);
    hs_free(wanted);
    return n_pieces;
}

bool hs_skim_suffices(const struct hs_reduction *r)
{
    return r->slow_range_db < steady_gain_db &&
           (r->missing_p90_db < clear_residual_db ||
            r->missing_p90_db - r->missing_p20_db < steady_residual_db);
}

/* Gated mean of windows of 3 s. */
static double gated_lufs(const struct course *c, double from_s, double to_s)
{
    float *power = HS_NEW_ARRAY(float, c->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        double at = c->start_s + (double)i;
        if (at >= from_s && at <= to_s && isfinite(c->x[i]))
            power[n++] = (float)hs_power_from_db(c->x[i]);
    }
    double sum = 0, least, kept = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)power[i];
    least = n ? sum / (double)n / 10 : 0;
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if ((double)power[i] > least)
            kept += (double)power[i], k++;
    hs_free(power);
    return k ? hs_db_from_power(kept / (double)k) : NAN;
}

/* From the courses of loudness, which are known of both files. */
double hs_skim_gain_db(const struct hs_timeline *t, const struct hs_file *mix,
                       const struct hs_file *master)
{
    static const char key[] = "short_term_lufs";
    const struct hs_edit *all = &t->segment[0];
    struct course x = course_of(mix, key), y = course_of(master, key);
    double gain =
        gated_lufs(&y, all->from_s, all->to_s) -
        gated_lufs(&x, hs_timeline_mix_s(t, 0, all->from_s), hs_timeline_mix_s(t, 0, all->to_s));
    hs_free(x.x);
    hs_free(y.x);
    return gain;
}
