/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decisions over what models and reduction found; each has its thresholds above it, with the
 * figures of the pairs from which they come (docs/pair-method.md):
 * 1. Multiband: a gain per band removes much more of the residual than one gain, and two bands
 *    or more follow their own level.
 * 2. Curve: it removes enough where peaks pass the ceiling, and its top lies below the straight
 *    line. It stands behind the filter, or in front of it where only that explains the master.
 *    Its knee tells soft (saturation) from hard (clipper).
 * 3. Gain: what it removes beyond a slow gain, how well it follows level, and its depth name a
 *    gain device. Deep moments at the ceiling make it a limiter; otherwise it is a compressor.
 *    A compressor in front of a limiter shows in moments away from the ceiling.
 * 4. The chain is multiband, compressor, curve, limiter. Its last member is the processor of
 *    the pair.
 * 5. The bound of the reduction is a sum: of what is left unexplained and of what each device
 *    adds.
 * 6. Slow gain that is no device: fades and rides (pair/fades.h).
 */
#include "pair/devices.h"

#include "core/num.h"
#include "pair/fades.h"
#include "pair/model_residual.h"

#include <math.h>

/* A curve is decided at the top: one peak in a thousand is 0.02 dB of all. What it removes
 * where peaks pass the ceiling, alone, with peaks held at the ceiling, beside a multiband. */
static const double curve_top_drop_db = 4, held_top_drop_db = 2.2, banded_top_drop_db = 8;
/* Beside a moving gain: fast limiters on drums and on a piano -4.2 to 1.1. */
static const double beyond_gain_db = 2;
static const double held = 0.4, curve_drop_db = 0.5, least_top_db = -0.4;
/* Behind an encoder whose noise is above this, so much is enough where no gain follows level:
 * encoded alone 0.3 dB at most and no top at all; limiters have a gain that follows. */
static const double noisy_db = -26, noisy_top_drop_db = 1, noisy_top_db = -1, steady_r2 = 0.35;
/* and it stands in the means as well, where noise does not: clipped or softened by 6 dB -35 to -16
 * dB behind MP3, AAC and Opus (48 pairs of eight songs); noise alone stays below, also where it
 * bends the medians at the top of a chip tune. */
static const double noisy_distortion_db = -38;
/* A filter behind the curve explains so much more than all before it and than its gain. */
static const double behind_drop_db = 2, behind_curve_db = 3;
/* Hard clippers 0 to -0.1, after AAC 128 to -0.42; cubic -0.42 to -0.55, tanh -0.7 to -1.7. */
static const double soft_knee_db = -0.42;
/* A curve that is mixed in beside the music bends it by tenths, all the way up: its knee is 0.35
 * to 0.6 of its top (overdrive and tanh in parallel, a tube, on six songs). Knees of hard clippers
 * are -0.04 and more, also behind MP3 128, AAC 128 and Opus 64 (47 pairs of eight songs). */
static const double bent_knee_db = -0.15, bent_share = 0.33;
static const double as_good_db = 3;
/* A gain device: what its gain removes beyond a slow one, how well it follows level, how much
 * it reduces. Of 57 encoded pairs none removes more than 0.46 dB. */
static const double least_moved_db = 0.5, least_r2 = 0.25, least_p99_db = 0.3;
/* Where more is left than it removes (an uneven curve, a valve: 1.7 dB at a slope of 0.14) it must
 * follow level more than by chance; a compressor of 1.5:1 has a slope of 0.33. */
static const double clearly_moved_db = 2, least_slope = 0.2;
/* Beside a fade, whose own bends leave up to 1.1. */
static const double fading_p95_db = 2;
/* Limiters hold 0.60 to 1.00 of the deep moments at the ceiling, compressors 0.02 to 0.31. */
static const double limiter_hits = 0.35, banded_limiter_hits = 0.6;
/* Near the ceiling, with room for what is left, where that is much: limiters behind MP3, AAC and
 * Opus 0.70 to 0.97 (12 of 13 on five songs), compressors of three bands, of which much is left, up
 * to 0.48. */
static const double near_limiter_hits = 0.55;
static const double clearly_power = 0.03;
/* Compressors follow power better by 0.05 to 0.11 of r2, limiters peaks by 0.09 to 0.5, both in a
 * row neither: with so much more by peaks a long release alone fills the quiet moments. */
static const double peaks_alone = 0.08;
/* Where the gain falls the peaks of a limiter stand at the ceiling, however long its release: 0.96
 * to 1.00 of the moments; those of compressors 0.20 to 0.59 (two songs). */
static const double limiter_falls = 0.8;
/* Away from the ceiling the gain of a limiter only rises again; a compressor's falls there, too. */
static const double least_fall_db = 0.1;
/* An equaliser behind a limiter hides its ceiling, which stands in the mix at the gain: 0.34 of
 * the deep moments; compressors 0.05 to 0.08 (one song). */
static const double before_filter_hits = 0.2, limiting_slope = 0.6;
/* A compressor before a limiter, by moments where the limiter has nothing to do. */
static const double quiet_r2 = 0.5, quiet_db = 0.7, calm_db = 0.5, deepest_calm_db = 8;
static const double calm_enough_db = 0.2;
/* Multiband: 20 pairs 4.5 to 12 dB, everything steady at most 4.2; bands that follow level. */
static const double multiband_drop_db = 5, band_r2 = 0.4, band_slope = 0.1, band_p95_db = 1.5;
static const double apart_drop_db = 2, apart_r2 = 0.2, apart_db = 1, apart_gain_db = 2;
enum { FEWEST_BANDS = 2, FEWEST_APART = 2 };
/* Where gains by band clearly explain more, one band that follows its own level is enough: of such
 * multibands 0.30 and more. */
static const double follows_r2 = 0.25, follows_db = 1, by_band_db = 3.7;
/* Range of a slow gain that is a fade. */
static const double fading_db = 3;
/* The bound, in dB (docs/pair-method.md): what is left, of a gain device, per dB of reduction, per
 * share of residual amplitude, where it never lets go, beside a fade, beside a curve. */
static const double bound_db = 0.12, bound_device_db = 0.3, bound_per_db = 0.04;
static const double bound_residual_db = 5, bound_lower_db = 1.5, bound_fade_db = 0.6,
                    bound_curve_db = 0.4;

/* Either the gain of a band removes much that one gain does not, and two bands follow their
 * level; or less, and two bands follow it beyond the gain of all. A stem that is 2 dB off removes
 * up to 3.3 dB so, but follows nothing (r2 below 0.2) and lets one gain explain little. Or gains by
 * band explain clearly more than all else, and one band follows its level. */
static bool find_multiband(const struct hs_models *m)
{
    const double *db = m->residual_db;
    int n = 0, apart = 0, follow = 0;
    for (int b = 0; b < HS_MODEL_BANDS; b++) {
        n += m->band_coherent[b] && m->band_r2[b] >= band_r2 && m->band_slope[b] >= band_slope &&
             m->band_p95_db[b] >= band_p95_db;
        apart += m->band_coherent[b] && m->apart_r2[b] >= apart_r2 &&
                 m->apart_slope[b] >= band_slope && m->apart_p95_db[b] >= apart_db;
        follow += m->band_coherent[b] && m->band_r2[b] >= follows_r2 &&
                  m->band_slope[b] >= band_slope && m->band_p95_db[b] >= follows_db;
    }
    if ((follow && hs_models_by_band_db(m) > by_band_db) ||
        (n >= FEWEST_BANDS && hs_models_by_band_db(m) > HS_BY_BAND_DB))
        return true;
    if (n >= FEWEST_BANDS && (m->band_drop_db >= multiband_drop_db || hs_models_bands_explain(m)))
        return true;
    return m->band_drop_db >= apart_drop_db && apart >= FEWEST_APART &&
           db[HS_MODEL_FILTER] - db[HS_MODEL_GAIN] >= apart_gain_db;
}

/* Is there a curve, sample by sample, and is it before or behind the equaliser? */
static void find_curve(const struct hs_models *m, const struct hs_reduction *r,
                       struct hs_devices *d)
{
    const double *db = m->residual_db;
    const double without = fmin(db[HS_MODEL_FILTER], db[HS_MODEL_GAIN]);
    const double with = fmin(db[HS_MODEL_CURVE], db[HS_MODEL_GAIN_CURVE]);
    const bool alone = db[HS_MODEL_CURVE] <= db[HS_MODEL_GAIN_CURVE] + as_good_db;
    /* of one channel no other model knows */
    const bool one = alone && m->only >= 0;
    const double drop_top_db = one ? m->drop_alone_db : m->drop_top_db;
    /* A curve at one gain is the simpler of two that explain alike. */
    const bool simpler = db[HS_MODEL_CURVE] <= db[HS_MODEL_GAIN] + curve_drop_db;
    /* harmonics that an exciter adds are a curve as well, which bends nothing at the top */
    d->behind = db[HS_MODEL_BEHIND_CURVE] < fmin(without, with) - behind_drop_db &&
                db[HS_MODEL_BEHIND_CURVE] < db[HS_MODEL_BEHIND_GAIN] - behind_curve_db &&
                hs_curve_top_db(&m->behind) <= least_top_db;
    d->shape = d->behind ? &m->behind : alone ? &m->alone : &m->with_gain;
    d->top_db = hs_curve_top_db(d->behind ? &m->behind : one ? &m->alone : &m->with_gain);
    d->knee_db = hs_curve_knee_db(d->shape);
    double least = d->multiband ? banded_top_drop_db : curve_top_drop_db;
    bool top = drop_top_db >= least ||
               (r->ceiling_hits >= held && !d->multiband && drop_top_db >= held_top_drop_db);
    bool noisy = hs_models_best_db(m) > noisy_db && m->drop_top_db >= noisy_top_drop_db &&
                 d->top_db <= noisy_top_db && r->best->r2 < steady_r2 && !d->multiband &&
                 d->shape->distortion.db >= noisy_distortion_db;
    /* a fast limiter is a gain, too, that moves within the 1.5 ms of one value */
    top = top && (alone || m->beyond_gain_db >= beyond_gain_db);
    const double removed = (simpler ? db[HS_MODEL_FILTER] : without) - with;
    d->curve = d->behind || noisy || (top && removed >= curve_drop_db && d->top_db <= least_top_db);
    d->pure = d->curve && (d->behind || alone);
    d->soft = d->knee_db <= soft_knee_db ||
              (d->pure && d->knee_db <= fmin(bent_knee_db, bent_share * d->top_db));
    if (!d->curve)
        d->shape = NULL;
}

static void add(struct hs_devices *d, enum hs_device kind, double db)
{
    d->chain[d->n_chain++] = (struct hs_device_use){kind, db};
}

static bool compressor_before(const struct hs_reduction *r)
{
    const double noise_db = bound_residual_db * hs_amplitude_from_db(fmin(r->residual_db, 0));
    if (r->quiet_fall_db < least_fall_db)
        return false;
    return r->peaks.r2 < r->power.r2 + peaks_alone &&
           ((r->quiet_r2 >= quiet_r2 && r->quiet_p95_db >= quiet_db &&
             !(r->calm_p90_db < calm_enough_db)) ||
            (r->calm_p90_db >= calm_db + noise_db && r->p95_db < deepest_calm_db));
}

/* Deep moments at the ceiling; behind an encoder, or with a long release, falls of the gain near
 * it, if it follows peaks as well as it follows the level; behind an equaliser at one before it, if
 * it follows peaks alone. */
static bool holds_ceiling(const struct hs_reduction *r)
{
    const double near = r->residual_db > noisy_db ? near_limiter_hits : limiter_hits;
    return r->ceiling_hits >= limiter_hits ||
           ((r->near_hits >= near || r->fall_hits >= limiter_falls) &&
            r->peaks.r2 >= r->power.r2 - clearly_power) ||
           (r->before_hits >= before_filter_hits && r->peaks.slope >= limiting_slope &&
            r->peaks.r2 >= r->power.r2 + peaks_alone);
}

/* Whether moments below the ceiling tell that nothing but the limiter moves. */
static bool nothing_before(const struct hs_reduction *r)
{
    return r->calm_p90_db < calm_enough_db &&
           !(r->quiet_r2 >= quiet_r2 && r->quiet_p95_db >= calm_enough_db);
}

/* Of the band that is turned down most. */
static double banded_p95(const struct hs_models *m)
{
    double most = 0;
    for (int b = 0; b < HS_MODEL_BANDS; b++)
        if (m->band_coherent[b])
            most = fmax(most, m->band_reduction_db[b]);
    return most;
}

/* In the order of the signal: what holds the ceiling stands last. */
static void find_chain(const struct hs_models *m, const struct hs_reduction *r,
                       struct hs_devices *d)
{
    const double *db = m->residual_db;
    double moved = d->curve ? db[HS_MODEL_CURVE] - db[HS_MODEL_GAIN_CURVE]
                            : r->slow_residual_db - fmax(r->residual_db, -60);
    bool hard = d->curve && !d->soft, follows = r->best->r2 >= least_r2;
    bool clearly = moved >= clearly_moved_db || r->best->slope >= least_slope;
    bool gain = !d->pure && moved >= least_moved_db && clearly && follows &&
                r->p99_db >= least_p99_db &&
                (r->slow_range_db <= fading_db || r->p95_db >= fading_p95_db);
    bool before = compressor_before(r), holds = holds_ceiling(r);
    bool compressor = gain && !d->multiband &&
                      (!holds || r->power.r2 > r->peaks.r2 + clearly_power || hard || before);
    bool banded = d->multiband && follows && r->ceiling_hits >= banded_limiter_hits;
    bool limiter = !d->pure && (gain || banded) && holds && !hard;
    const bool both = compressor && limiter;
    /* in the order in which they usually stand */
    if (d->multiband && !d->pure)
        add(d, HS_DEVICE_MULTIBAND, banded_p95(m));
    if (compressor)
        add(d, HS_DEVICE_COMPRESSOR, both ? r->before_p95_db : r->p95_db);
    if (d->curve)
        add(d, d->soft ? HS_DEVICE_SATURATION : HS_DEVICE_CLIPPER, d->top_db);
    if (limiter)
        add(d, HS_DEVICE_LIMITER, both ? r->behind_p95_db : r->p95_db);
    d->gain = compressor || limiter;
    d->hidden_compressor = limiter && !compressor && !nothing_before(r);
}

/* Behind the noise of an encoder a gain that explains some of the master may be slow, or follow the
 * level: no device is proven, and none is ruled out. */
static double hidden_db(const struct hs_models *m, const struct hs_reduction *r)
{
    const double *db = m->residual_db, noise_db = -35, least_removed_db = 1;
    const double with = fmin(db[HS_MODEL_GAIN], db[HS_MODEL_FILTER]);
    const bool fading = r->slow_range_db > HS_FADING_DB;
    if (fading || with < noise_db || db[HS_MODEL_FILTER] - with < least_removed_db)
        return 0;
    return fmax(r->p95_db, 0);
}

/* The bound of the reduction, and whether the figure is one at least. That of a multiband processor
 * always is: its bands are not known, and one of them may never let go. */
static void find_bound(const struct hs_models *m, const struct hs_reduction *r,
                       struct hs_devices *d)
{
    d->lower_bound = r->lower_bound || d->multiband;
    d->bound_db = bound_db + bound_per_db * fmax(r->p95_db, 0) +
                  bound_residual_db * hs_amplitude_from_db(fmin(r->residual_db, 0));
    d->bound_db += d->gain || d->multiband || d->curve ? 0 : hidden_db(m, r);
    d->bound_db += d->gain ? bound_device_db : 0;
    d->bound_db += d->lower_bound ? bound_lower_db : 0;
    d->bound_db += r->slow_range_db > fading_db ? bound_fade_db : 0;
    d->bound_db += d->curve ? bound_curve_db : 0;
}

/* What the residuals of the models say of the devices. */
void hs_devices_find(const struct hs_models *m, const struct hs_reduction *r, double start_s,
                     struct hs_devices *out)
{
    struct hs_devices *d = out;
    *d = (struct hs_devices){0};
    if (!m->settled) {
        d->multiband = find_multiband(m);
        find_curve(m, r, d);
        find_chain(m, r, d);
    }
    d->last = d->n_chain ? hs_device_processor(d->chain[d->n_chain - 1].kind) : HS_PROCESSOR_NONE;
    find_bound(m, r, d);
    hs_fades_find(r, start_s, d);
}

double hs_devices_residual_db(const struct hs_devices *d, const struct hs_models *m,
                              const struct hs_reduction *r)
{
    const double *db = m->residual_db;
    double best_db = fmin(r->residual_db, 0);
    if (d->behind)
        best_db = fmin(best_db, db[HS_MODEL_BEHIND_CURVE]);
    if (d->pure && !d->behind)
        best_db = fmin(best_db, db[HS_MODEL_CURVE]);
    if (d->multiband)
        best_db = fmin(best_db, m->fine_residual_db);
    if (db[HS_MODEL_FILTER] < best_db && db[HS_MODEL_FILTER] < db[HS_MODEL_GAIN])
        best_db = db[HS_MODEL_FILTER];
    return best_db;
}
