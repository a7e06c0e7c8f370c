/* SPDX-License-Identifier: Apache-2.0 */
/* The ceiling of a channel, looked for twice: in the signal as it is, and with the lowest octaves
 * given back, since a high-pass behind the clipper hides a ceiling (dsp/low_end.h). */
#include "measure/clip_ceiling.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/ceiling_verdict.h"

#include <math.h>
#include <string.h>

/* Blocks are picked: see hs_ceiling_verdict. */
static const double picked_one_in = 500;
/* A high-pass leaves no offset. One that is raised with the bass to this share of the ceiling was
 * never filtered, and what rides on it looks flat. */
static const double most_offset = 0.15;

void hs_clip_ceiling_init(struct hs_clip_ceiling *c, int rate_hz, size_t n_held)
{
    *c = (struct hs_clip_ceiling){.n_groups = n_held / HS_LOW_END_GROUP};
    c->added = HS_NEW_ARRAY(float, c->n_groups);
    hs_ceiling_init(&c->as_is, rate_hz);
    hs_ceiling_init(&c->given_back, rate_hz);
    hs_low_end_init(&c->low_end, rate_hz);
}

void hs_clip_ceiling_free(struct hs_clip_ceiling *c)
{
    hs_ceiling_free(&c->as_is);
    hs_ceiling_free(&c->given_back);
    hs_free(c->added);
    c->added = NULL;
}

/* What is to be given back to the samples that are held. */
void hs_clip_ceiling_hold(struct hs_clip_ceiling *c, const float *x)
{
    hs_low_end_run(&c->low_end, x + c->known * HS_LOW_END_GROUP, c->n_groups - c->known,
                   c->added + c->known);
    for (size_t i = c->known; i < c->n_groups; i++)
        c->sum += (double)c->added[i];
    c->n_given += (double)(c->n_groups - c->known);
    c->known = c->n_groups;
}

/* n samples are gone. */
void hs_clip_ceiling_leave(struct hs_clip_ceiling *c, size_t n)
{
    size_t groups = n / HS_LOW_END_GROUP;
    c->known -= groups;
    memmove(c->added, c->added + groups, c->known * sizeof *c->added);
}

/* One block both ways. */
void hs_clip_ceiling_look(struct hs_clip_ceiling *c, const float *x, size_t at, bool for_share)
{
    enum { GROUPS = (HS_CEILING_BLOCK + 2 * HS_CEILING_REACH_MOST) / HS_LOW_END_GROUP + 1 };
    float given_back[GROUPS * HS_LOW_END_GROUP];
    size_t reach = hs_ceiling_reach(&c->as_is);
    size_t n_groups = (HS_CEILING_BLOCK + 2 * reach) / HS_LOW_END_GROUP + 1;
    size_t from = at - reach, half = HS_LOW_END_GROUP / 2;
    size_t first = (from - half) / HS_LOW_END_GROUP;
    const float *y = given_back + (from - half) % HS_LOW_END_GROUP;
    hs_low_end_give_back(x + first * HS_LOW_END_GROUP, c->added + first, n_groups, given_back);
    hs_ceiling_look(&c->as_is, x + at, HS_CEILING_BLOCK, for_share);
    hs_ceiling_look(&c->given_back, y + reach, HS_CEILING_BLOCK, for_share);
}

/* The largest mean of what is given back, over all channels. */
static double offset_of(const struct hs_clip_ceiling *c)
{
    return fmax(c->other_offsets, c->n_given > 0 ? fabs(c->sum / c->n_given) : 0);
}

void hs_clip_ceiling_add(struct hs_clip_ceiling *c, const struct hs_clip_ceiling *from)
{
    hs_ceiling_add(&c->as_is, &from->as_is);
    hs_ceiling_add(&c->given_back, &from->given_back);
    c->other_offsets = fmax(c->other_offsets, offset_of(from));
}

/* What was found and stands out more. A square wave is flat with the bass given back, too: what is
 * flat at many levels as it is, and then at one, was a ceiling that goes up and down. */
static bool is_behind_filter(const struct hs_ceiling_verdict *as_is,
                             const struct hs_ceiling_verdict *given_back)
{
    bool found = given_back->told && given_back->found && !given_back->square && as_is->told;
    return found && (!as_is->found || as_is->square || given_back->z > as_is->z);
}

/* Where the highest sample lies among the levels that are flatter, or below, it is the ceiling. */
static double level_of(const struct hs_ceiling_verdict *v, double peak)
{
    return peak <= v->highest ? peak : v->level;
}

/* Nothing came after what held the tops of a lossless file down whose ceiling is its highest
 * sample: a clipper leaves plateaus there, 0.77 (by 6 dB, once; mostly more than 1.2) and more flat
 * tops for each unit that they are flatter in the mean, limiters up to 0.45, with an attack of 0.1
 * ms 0.77. What is flatter by 0.145 and more is mostly a soft clipper; once a limiter of 0.1 ms,
 * with 0.21. */
static bool is_held_by_limiter(const struct hs_ceiling_verdict *v, double peak)
{
    const double flat_per_flatter = v->flatter < 0.145 ? 0.9 : v->flatter < 0.17 ? 0.3 : 0;
    return peak <= v->highest && v->flat < flat_per_flatter * v->flatter;
}

void hs_clip_ceiling_put(const struct hs_clip_ceiling *c, double peak, bool lossless,
                         struct hs_values *values)
{
    static const char *const keys[] = {"ceiling_z",   "ceiling_flatness", "clip_level_dbfs",
                                       "ceiling_ppm", "ceiling_square",   "ceiling_filtered"};
    struct hs_ceiling_verdict told, behind;
    hs_ceiling_verdict(&c->as_is, picked_one_in, &told);
    hs_ceiling_verdict(&c->given_back, picked_one_in, &behind);
    bool filtered = is_behind_filter(&told, &behind) && offset_of(c) < most_offset * behind.level;
    if (filtered)
        told = behind;
    if (!told.told) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            hs_values_absent(values, keys[i], "too few tops of the waveform to compare");
        return;
    }
    if (lossless && !filtered && is_held_by_limiter(&told, peak))
        told.found = false;
    hs_values_number(values, "ceiling_z", told.z);
    hs_values_number(values, "ceiling_flatness", told.flatter);
    hs_values_number(values, "clip_level_dbfs",
                     hs_db_from_amplitude(filtered ? told.level : level_of(&told, peak)));
    hs_values_number(values, "ceiling_ppm", told.found ? told.ppm : 0);
    hs_values_flag(values, "ceiling_square", told.square);
    hs_values_flag(values, "ceiling_filtered", filtered);
}
