/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left over comes and goes, as one part of an arrangement does, and stands in the middle of
 * the spectrum: what devices, echoes and shifts leave is as strong in the treble or stronger. Two
 * masters of one arrangement, the lead left out and a guitar 3 dB up: residuals of -22.7 and -22.8
 * dB, 5.0 and 4.6 dB between seconds, 23 and 17 dB less to the treble; 15 other masters of five
 * songs 0.4 to 4 dB less, or rising.
 * Or what is left over is the mix at other gains by time and frequency (pair/part_gains.h). One
 * part of seven songs, rendered by part, 3 dB off in the mix kept: 0.07 to 0.35 of what is left. A
 * device on the middle, the sides or one range moves whole octaves: gains of octaves then remove
 * more than those within them do (docs/pair-method.md).
 */
#include "pair/other_sound.h"

#include "core/num.h"

#include <math.h>

static const double least_db = -30, most_db = -6, comes_and_goes_db = 4, clearly_in = 0.3;
/* Noise to signal of its middle over that of the bass and of the treble. */
static const double over_bass_db = 6, over_treble_db = 10;
static const double bass_hz = 100, low_hz = 200, high_hz = 4000, treble_hz = 10000;
static const double near_db = 6; /* it reaches as far as this below its highest */
/* Share of what is left that is the mix at other gains; behind an encoder, whose holes are gains of
 * nought, more of it. An exciter or a de-esser moves the treble alone. */
static const double part_share = 0.1, part_share_encoded = 0.14, treble_alone_hz = 4000;
/* What gains within octaves remove to what those of octaves had removed: parts 0.24 to 2, most from
 * 0.46; devices of one range, of the middle or the sides up to 0.40. */
static const double part_over_range = 0.45;
/* Of what is left where another sound is told by its bands gains of octaves remove up to 0.30;
 * where a dynamic equaliser was told 0.38 to 0.54. */
static const double most_by_ranges = 0.35;

/* Noise to signal of a third of an octave, dB; NaN where nothing sounds. */
static double noise_at(const struct hs_transfer *t, double hz)
{
    double all = 0, both = hs_transfer_coherent(t, hz * 0.89, hz * 1.12, &all);
    return all > 0 ? hs_db_from_power((all - both + 1e-12 * all) / (both + 1e-12 * all)) : NAN;
}

/* By what is left in the bands: it comes and goes and has the spectrum of a voice. */
static void find_by_bands(const struct hs_pass *p, const struct hs_reduction *r, double residual_db,
                          struct hs_other_sound *out)
{
    const struct hs_transfer *t = &p->transfer;
    const double third = pow(2, 1.0 / 3);
    double most = -INFINITY;
    if (residual_db < least_db || residual_db > most_db ||
        r->missing_p90_db - r->missing_p20_db < comes_and_goes_db)
        return;
    for (double hz = low_hz; hz <= high_hz; hz *= third)
        most = fmax(most, noise_at(t, hz));
    /* not called where bass or treble are not known */
    if (!(noise_at(t, bass_hz) <= most - over_bass_db) ||
        !(noise_at(t, treble_hz) <= most - over_treble_db))
        return;
    out->found = true;
    for (double hz = low_hz; hz <= high_hz; hz *= third)
        if (noise_at(t, hz) >= most - near_db) {
            out->from_hz = out->from_hz > 0 ? out->from_hz : hz * 0.89;
            out->to_hz = hz * 1.12;
        }
}

/* A device moves all of its range; a part is one of several in each octave. */
static bool within_octaves(const struct hs_models *m)
{
    return m->part_share * (1 - m->range_share) > part_over_range * m->range_share;
}

/* By the gains of places: one part is higher or lower than in the mix. Bands that move by their own
 * level are those of a multiband processor; a gain on the middle or the sides alone is known. */
static void find_by_gains(const struct hs_other_facts *facts, struct hs_other_sound *out)
{
    const struct hs_models *m = facts->models;
    if (!(m->part_share > (facts->encoded ? part_share_encoded : part_share)) ||
        !(m->part_hz[0] < treble_alone_hz) || facts->devices->multiband || m->part >= 0 ||
        !within_octaves(m) || facts->residual_db < least_db || facts->residual_db > most_db)
        return;
    out->found = true;
    out->from_hz = m->part_hz[0];
    out->to_hz = m->part_hz[1];
}

void hs_other_sound_find(const struct hs_pass *p, const struct hs_reduction *r,
                         const struct hs_other_facts *facts, struct hs_other_sound *out)
{
    *out = (struct hs_other_sound){0};
    if (facts->else_known)
        return;
    find_by_gains(facts, out);
    if (!out->found && !facts->devices->n_chain && !facts->encoded &&
        !(facts->models->range_share > most_by_ranges))
        find_by_bands(p, r, facts->residual_db, out);
    out->louder_in = r->missing_r > clearly_in ? 1 : r->missing_r < -clearly_in ? -1 : 0;
}
