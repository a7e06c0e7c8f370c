/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The gain of each stem in the new file over that in the old one, less the median of those that
 *    no step of the plan names: a mix may be exported at any level. Without any nothing is known.
 *    What an equaliser on the bus did to all stems alike, by zone of their tone in the middle of
 * all, is taken off before: more treble on everything is no more of the hats.
 * 2. A stem's share of a third octave: the spectrum of the stem as it was given, each zone shifted
 *    to the tone that it has in the file, and scaled so that its K-weighted sum is the level that
 * was found.
 * 3. A fader that moves by the power g changes a third octave by 1 + share (g - 1).
 */
#include "catalogue/fader_moves.h"

#include "catalogue/verify_files.h"
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kweight.h"
#include "judge/rule.h"

#include <math.h>

static const double heard_db = -60; /* the gain of a stem below which it is muted */
/* Between these two third octaves (250 Hz and 2 kHz) lies the middle that a tone is told against.
 */
enum { FROM = 11, TO = 21, RATE_HZ = 48000, LEAST_STEMS = 3 };

/* The same stem in the new file. */
static const struct hs_instrument *same_in(const struct hs_file *f, const struct hs_instrument *in)
{
    for (size_t i = 0; f->instruments && i < f->instruments->n; i++) {
        const struct hs_instrument *x = &f->instruments->items[i];
        if (x->side == f->side && x->key == in->key && x->role == in->role)
            return x;
    }
    return NULL;
}

static double gain_of(const struct hs_instrument *in)
{
    return in->number[HS_INSTRUMENT_GAIN_DB];
}

static bool is_gone(const struct hs_instrument *old, const struct hs_instrument *now)
{
    return !old->why && gain_of(old) > heard_db && now->why && gain_of(now) < heard_db;
}

/* The spectrum of the stem of a key, as it was given; NULL. */
static const double *bands_of(const struct hs_track_result *t, int key)
{
    for (size_t i = 0; i < t->track->n_stems; i++)
        if (t->track->stems[i].key == key && t->stems[i].state == HS_FILE_OK)
            return hs_values_doubles(&t->stems[i].values, "bands_db", HS_BANDS);
    return NULL;
}

static size_t zone_of(double hz)
{
    const double *edges = hs_stereo_band_edges_hz();
    size_t zone = 0;
    while (zone + 1 < HS_STEM_ZONES && hz >= edges[zone + 1])
        zone++;
    return zone;
}

/* Powers of a stem by third octave as it stands in a file, on a scale of its own. */
static void spectrum_of(const double *given_db, const struct hs_instrument *in,
                        double out[HS_BANDS])
{
    double middle[TO - FROM], sum[HS_STEM_ZONES] = {0}, n[HS_STEM_ZONES] = {0};
    size_t kept = 0;
    for (size_t b = 0; b < HS_BANDS; b++) {
        out[b] = isfinite(given_db[b]) ? hs_power_from_db(given_db[b]) : 0;
        sum[zone_of(hs_band_hz(b))] += out[b];
        n[zone_of(hs_band_hz(b))]++;
        if (b >= FROM && b < TO && out[b] > 0)
            middle[kept++] = out[b];
    }
    const double own = kept ? hs_median(middle, kept) : NAN;
    for (size_t b = 0; b < HS_BANDS; b++) {
        const size_t z = zone_of(hs_band_hz(b));
        const double shift_db = in->tone_db[z] - hs_db_from_power(sum[z] / n[z] / own);
        out[b] *= isfinite(shift_db) ? hs_power_from_db(shift_db) : 1;
    }
}

/* Its shares of the file's third octaves; without spectra its level in all of them. */
static void put_shares(const struct hs_track_result *t, const struct hs_values *old,
                       const struct hs_instrument *in, double share[HS_BANDS])
{
    const double *given = bands_of(t, in->key);
    const double *whole = hs_values_doubles(old, "bands_db", HS_BANDS);
    const double level = hs_power_from_db(in->number[HS_INSTRUMENT_LEVEL_SONG_LU]);
    double own[HS_BANDS], sum = 0, all = 0;
    struct hs_kweight k;
    hs_kweight_init(&k, RATE_HZ);
    if (given)
        spectrum_of(given, in, own);
    for (size_t b = 0; given && whole && b < HS_BANDS; b++) {
        const double weight = hs_kweight_power(&k, hs_band_hz(b), RATE_HZ);
        sum += weight * own[b];
        all += isfinite(whole[b]) ? weight * hs_power_from_db(whole[b]) : 0;
    }
    for (size_t b = 0; b < HS_BANDS; b++) {
        share[b] = sum > 0 && isfinite(whole[b])
                       ? own[b] * level * all / sum / hs_power_from_db(whole[b])
                       : level;
        share[b] = isfinite(share[b]) ? fmin(share[b], 1) : 0;
    }
}

/* How much of its K-weighted power a stem has in each zone. */
static void put_zones(const struct hs_track_result *t, const struct hs_instrument *in,
                      double zone[HS_STEM_ZONES])
{
    const double *given = bands_of(t, in->key);
    double own[HS_BANDS], all = 0;
    struct hs_kweight k;
    hs_kweight_init(&k, RATE_HZ);
    for (size_t z = 0; z < HS_STEM_ZONES; z++)
        zone[z] = 0;
    if (given)
        spectrum_of(given, in, own);
    for (size_t b = 0; given && b < HS_BANDS; b++) {
        own[b] *= hs_kweight_power(&k, hs_band_hz(b), RATE_HZ);
        zone[zone_of(hs_band_hz(b))] += own[b];
        all += own[b];
    }
    for (size_t z = 0; z < HS_STEM_ZONES; z++)
        zone[z] = all > 0 ? zone[z] / all : 0;
}

/* By how much the tone of the stems in the middle of all changed, by zone. */
static void common_tone(const struct hs_file *old, const struct hs_file *now,
                        double out[HS_STEM_ZONES])
{
    const struct hs_instruments *all = old->instruments;
    double *change = HS_NEW_ARRAY(double, (all ? all->n : 0) + 1);
    for (size_t z = 0; z < HS_STEM_ZONES; z++) {
        size_t n = 0;
        for (size_t i = 0; all && i < all->n; i++) {
            const struct hs_instrument *in = &all->items[i];
            const struct hs_instrument *x = in->side == old->side ? same_in(now, in) : NULL;
            const double db = x && !x->why && !in->why ? x->tone_db[z] - in->tone_db[z] : NAN;
            if (in->key != HS_NO_STEM_KEY && isfinite(db))
                change[n++] = db;
        }
        out[z] = n >= LEAST_STEMS ? hs_median(change, n) : 0;
    }
    hs_free(change);
}

/* What such a change makes of the gain of a stem with that power in each zone. */
static double gain_by_tone(const double zone[HS_STEM_ZONES], const double tone_db[HS_STEM_ZONES])
{
    double power = 0, all = 0;
    for (size_t z = 0; z < HS_STEM_ZONES; z++) {
        power += zone[z] * hs_power_from_db(tone_db[z]);
        all += zone[z];
    }
    return all > 0 ? hs_db_from_power(power / all) : 0;
}

static void put_place(const struct hs_instrument *in, struct hs_fader_moved *out)
{
    const double balance_db = in->number[HS_INSTRUMENT_BALANCE_DB];
    const double width_db = in->number[HS_INSTRUMENT_WIDTH_DB];
    const double left = hs_power_from_db(balance_db), side = hs_power_from_db(width_db);
    out->left = isfinite(left) ? left / (1 + left) : 0.5;
    out->middle = isfinite(side) ? 1 / (1 + side) : 1;
}

/* The median of the moves of those that the plan does not name; NaN where it names all: then
 * nothing tells a fader from the level of the export. */
static double reference_of(const struct hs_verification *v, const struct hs_fader_moves *m)
{
    double *db = HS_NEW_ARRAY(double, m->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        if (isfinite(m->items[i].db) && !hs_fader_planned(v, m->items[i].role))
            db[n++] = m->items[i].db;
    const double reference = n ? hs_median(db, n) : NAN;
    hs_free(db);
    return reference;
}

const struct hs_planned *hs_fader_planned(const struct hs_verification *v, enum hs_stem_role role)
{
    for (size_t i = 0; i < v->n_plan; i++) {
        const struct hs_rule *rule = hs_rule_find(v->plan[i].rule);
        if (v->plan[i].move.move == &hs_move_fader && rule &&
            (rule->instrument == role ||
             (rule->instrument == HS_STEM_DRUMS && hs_stem_role_is_drum(role))))
            return &v->plan[i];
    }
    return NULL;
}

void hs_fader_moves_find(const struct hs_verification *v, struct hs_arena *arena,
                         struct hs_fader_moves *out)
{
    const struct hs_file *old = hs_verify_old(v->track, v->kind), *now = &v->track->update;
    const struct hs_instruments *all = old->instruments;
    *out = (struct hs_fader_moves){.reference_db = NAN};
    out->items = HS_ARENA_ARRAY(arena, struct hs_fader_moved, (all ? all->n : 0) + 1);
    double tone_db[HS_STEM_ZONES], zone[HS_STEM_ZONES];
    common_tone(old, now, tone_db);
    for (size_t i = 0; all && i < all->n; i++) {
        const struct hs_instrument *in = &all->items[i];
        const struct hs_instrument *x = in->side == old->side ? same_in(now, in) : NULL;
        if (!x || in->key == HS_NO_STEM_KEY || in->why || in->origin != HS_STEM_GIVEN ||
            x->origin != HS_STEM_GIVEN || (x->why && !is_gone(in, x)))
            continue;
        struct hs_fader_moved *m = &out->items[out->n++];
        *m = (struct hs_fader_moved){.name = in->name, .role = in->role, .gone = is_gone(in, x)};
        put_zones(v->track, in, zone);
        m->by_tone_db = gain_by_tone(zone, tone_db);
        m->db = m->gone ? NAN : gain_of(x) - gain_of(in) - m->by_tone_db;
        m->bound_db = hypot(in->number[HS_INSTRUMENT_BOUND_LU], x->number[HS_INSTRUMENT_BOUND_LU]);
        put_shares(v->track, &old->values, in, m->share);
        put_place(in, m);
    }
    out->reference_db = reference_of(v, out);
    for (size_t i = 0; i < out->n; i++)
        out->items[i].db -= out->reference_db;
}

double hs_fader_moves_of_role(const struct hs_verification *v, const struct hs_fader_moves *m,
                              enum hs_stem_role role, bool *gone)
{
    const struct hs_file *old = hs_verify_old(v->track, v->kind), *now = &v->track->update;
    const struct hs_instrument *was = hs_instrument_of_role(old->instruments, role, old->side);
    const struct hs_instrument *is = hs_instrument_of_role(now->instruments, role, now->side);
    double by_tone_db = 0;
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->items[i].role == role) {
            by_tone_db += m->items[i].by_tone_db;
            n++;
        }
    *gone = was && is && is_gone(was, is);
    return was && is && !was->why && !is->why && was->origin == HS_STEM_GIVEN
               ? gain_of(is) - gain_of(was) - m->reference_db - by_tone_db / fmax((double)n, 1)
               : NAN;
}

/* By how much the power of the stem is multiplied. */
static double power_of(const struct hs_fader_moved *m)
{
    return m->gone ? 0 : isfinite(m->db) ? hs_power_from_db(m->db) : 1;
}

double hs_fader_moves_most(const struct hs_fader_moves *m)
{
    double most = 0;
    for (size_t i = 0; i < m->n; i++)
        most = fmax(most, m->items[i].gone ? INFINITY : fabs(m->items[i].db));
    return most;
}

void hs_fader_moves_eq(const struct hs_fader_moves *m, double eq_db[HS_BANDS])
{
    const double least = 1e-3;
    for (size_t b = 0; b < HS_BANDS; b++) {
        double power = 1;
        for (size_t i = 0; i < m->n; i++)
            power += m->items[i].share[b] * (power_of(&m->items[i]) - 1);
        eq_db[b] = hs_db_from_power(fmax(power, least));
    }
    hs_bands_centre(eq_db);
}
