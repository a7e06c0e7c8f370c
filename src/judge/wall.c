/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cliff is read a little lower or higher in each of two files. Whether one came between them says
 * what is above it: the transfer, or both spectra.
 */
#include "judge/wall.h"

#include "judge/reading.h"

#include <math.h>

/* A cliff that neither the sample rate nor a lower one explains. */
struct hs_wall hs_wall_of(const struct hs_values *v)
{
    const double high_enough_hz = 20700, a_cliff_db = 20;
    double rate, from, cliff = 0;
    struct hs_wall w = {.there = false};
    if (!hs_values_read(v, "bandwidth_hz", &w.bandwidth_hz) ||
        !hs_values_read(v, "sample_rate_hz", &rate) || !hs_values_read(v, "cliff_db", &cliff))
        return w;
    if (hs_values_read(v, "upsampled_from_hz", &from))
        rate = from;
    w.there =
        cliff >= a_cliff_db && w.bandwidth_hz < high_enough_hz && w.bandwidth_hz < 0.96 * rate / 2;
    return w;
}

/* The other file of the pair, as far as both share it; NULL without a pair. */
const struct hs_values *hs_other_of_pair(const struct hs_case *c)
{
    if (!hs_case_pair(c))
        return NULL;
    const struct hs_track_result *t = c->result;
    if (c->role == HS_ROLE_MASTER)
        return t->pair.shared_mix.n ? &t->pair.shared_mix : &t->mix.values;
    return t->pair.shared_master.n ? &t->pair.shared_master : &t->master.values;
}

/* What came between mix and master in a third octave, from the transfer where the mix is heard in
 * it, else from both spectra; NaN: not known. */
static double between_db(const struct hs_case *c, size_t b)
{
    const double heard = 0.5;
    const struct hs_values *pair = hs_case_pair(c), *other = hs_other_of_pair(c);
    const double *eq = hs_values_doubles(pair, "eq_db", HS_BANDS);
    const double *coherence = hs_values_doubles(pair, "coherence", HS_BANDS);
    const double *own = hs_values_doubles(c->values, "bands_db", HS_BANDS);
    const double *others = hs_values_doubles(other, "bands_db", HS_BANDS);
    if (eq && coherence && isfinite(eq[b]) && coherence[b] >= heard)
        return eq[b];
    return own && others ? own[b] - others[b] : (double)NAN;
}

/* Whether the pair shows that no wall at this frequency came in or went: what is above it was moved
 * against the middle by far less than a wall takes. Steep music ends in a cliff by itself, and a
 * few tenths of a decibel decide where that is read. */
static bool is_no_wall(const struct hs_case *c, double hz)
{
    const double far_less_db = 10, alike = 0.02;
    const long first = (long)ceil(HS_BAND_1KHZ + 10 * log10(hz / 1000) + 0.5);
    double own_hz, others_hz;
    if (!hs_other_of_pair(c) || first < 0)
        return false;
    if (first >= HS_BANDS) /* no third octave lies above it: both files end at the same frequency */
        return hs_values_read(c->values, "bandwidth_hz", &own_hz) &&
               hs_values_read(hs_other_of_pair(c), "bandwidth_hz", &others_hz) &&
               fabs(own_hz - others_hz) < alike * own_hz;
    return fabs(between_db(c, (size_t)first)) < far_less_db;
}

/* Whether this file ends where the other one of the pair has a wall, or below, and nothing was cut
 * between them: then it has that wall, too, however steep its own end reads. */
bool hs_wall_is_shared(const struct hs_case *c, double own_hz, double others_hz)
{
    return own_hz <= HS_ENDS_ELSEWHERE * others_hz && is_no_wall(c, others_hz);
}

/* Whether the pair shows that the wall of this file is none: the other one reaches further, and
 * nothing was cut between them. */
bool hs_wall_is_none(const struct hs_case *c, double own_hz)
{
    double of_other;
    return hs_other_of_pair(c) && hs_values_read(hs_other_of_pair(c), "bandwidth_hz", &of_other) &&
           of_other > HS_ENDS_ELSEWHERE * own_hz && is_no_wall(c, own_hz);
}
