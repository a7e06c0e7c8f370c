/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Aligned (or edited) where the residual is below -6 dB and the coherence above 0.5, or the
 *    residual below -12 dB alone.
 * 2. "Cannot say" where less is explained, or where what the mix does not explain comes and goes,
 *    as a voice that the mix does not have does and a steady tone does not; unless it is
 *    reverberation of the mix (pair/reverberation.h).
 *    Where something else sounds in three places or fewer, a third of the song at most, the rest of
 *    the pair is looked at (pair/foreign.h).
 * 3. Where no line was found the likeness of the fingerprints decides between "different" and
 *    "cannot say".
 */
#include "pair/verdict.h"

#include "core/num.h"
#include "pair/confidence.h"
#include "pair/panned.h"
#include "pair/residual_course.h"
#include "pair/result_dynamics.h"
#include "pair/reverberation.h"
#include "pair/values.h"

#include <math.h>

/* Of single seconds of the master: an instrumental reaches -7 dB in those that are sung, 14 dB
 * more than in the others; a clipper driven by 24 dB -5, but only 2 more. */
static const double missing_db = -9.5, comes_and_goes_db = 5;
/* A tone or a hiss that never changes stands out where the music is soft: it does not come and go.
 * Such on eight songs 0.1 to 2.5 dB, of missing parts that are refused by this rule 3.4 to 30
 * (docs/pair-method.md). */
static const double steady_db = 3;
/* Which of the two has it: an instrument left out -0.46, one that was played anew 0.36. */
static const double clearly_in = 0.3;
/* A residual that nothing but the same recording leaves; one that is no pair at all; fingerprints
 * so alike are no chance. */
static const double clear_db = -12, least_db = -6, least_coherence = 0.5, alike = 0.35;

/* Of so many samples that are cut off hardly a waveform is left (music clipped by 30 dB). */
static const double ruined_ppm = 300000;

/* Pieces that lie differently, or one that is not the whole. */
static void put_segments(const struct hs_timeline *line, struct hs_arena *arena,
                         struct hs_pair *out)
{
    struct hs_segment *s = HS_ARENA_ARRAY(arena, struct hs_segment, line->n_segments);
    for (size_t i = 0; i < line->n_segments; i++) {
        const struct hs_edit *e = &line->segment[i];
        s[i] =
            (struct hs_segment){hs_time_map_at(e->line, e->from_s), e->from_s, e->to_s - e->from_s};
    }
    out->state = HS_PAIR_EDITED;
    out->segments = s;
    out->n_segments = line->n_segments;
    out->why = hs_arena_printf(arena,
                               line->n_segments > 1 ? "%zu pieces that lie differently"
                                                    : "%zu piece is shared, the rest of the "
                                                      "master is not in the mix",
                               line->n_segments);
}

static void cannot_say(struct hs_pair *out, const char *why)
{
    out->state = HS_PAIR_CANNOT_SAY;
    out->confidence = 0.5;
    out->why = why;
}

/* Where something else sounds in a few places, the rest tells what the pair is. */
static bool few_places(const struct hs_foreign *f)
{
    const size_t most = 3;
    return f->n > 0 && f->n <= most && f->rest_db < clear_db;
}

double hs_verdict_moves_db(const struct hs_pass *p)
{
    enum { SECONDS = 3 };
    return hs_residual_moves_db(p, 0.1, SECONDS);
}

/* Why it is no pair, as far as one filter tells; NULL where it is one. */
static const char *refusal(const struct hs_explained *what, double coherence,
                           struct hs_arena *arena)
{
    const struct hs_reduction *r = what->reduction;
    const bool places = few_places(what->foreign);
    const double p90 = places ? what->foreign->missing_p90_db : r->missing_p90_db;
    const double p20 = places ? what->foreign->missing_p20_db : r->missing_p20_db;
    /* A hum or a drone over the music is known: what is left then is held against the rest. */
    const double share = what->added->n ? what->added->share : 0;
    const double left = hs_power_from_db(places ? what->foreign->rest_db : what->residual_db);
    const double residual_db =
        hs_db_from_power(fmax(1 - share, 1e-3) * left / fmax(1 - share * left, 1e-3));
    /* Where most bands are empty (a chip tune), the power that is explained speaks. */
    const bool banded = what->devices->multiband && residual_db < clear_db;
    if (!(residual_db < least_db) || (!(coherence > least_coherence) && !(residual_db < clear_db)))
        return hs_arena_printf(arena,
                               "the waveforms meet, but %.0f %% of the master's power is not in "
                               "the mix",
                               100 * hs_power_from_db(what->residual_db));
    const bool steady = what->moves_db < steady_db;
    if (!banded && !steady && p90 > missing_db && p90 - p20 > comes_and_goes_db)
        return r->missing_r > clearly_in
                   ? "the waveforms meet, but something in the master that comes and goes is not "
                     "in the mix: a voice or an instrument, or another mix"
               : r->missing_r < -clearly_in
                   ? "the waveforms meet, but something in the mix that comes and goes is not in "
                     "the master: a voice or an instrument, or another mix"
                   : "the waveforms meet, but something that comes and goes is in one of them "
                     "alone: a voice or an instrument, or another mix";
    return NULL;
}

/* What one filter leaves looks like another sound. */
static void put_panned(const struct hs_panned *panned, struct hs_pair *out)
{
    static const char why[] = "left and right move against each other, which hides it";
    hs_result_hide_devices(out, why);
    hs_values_number(&out->values, "panned_db", panned->range_db);
    hs_values_number(&out->values, "residual_db", panned->left_db);
    hs_values_absent(&out->values, "other_sound_hz", "%s", why);
    hs_values_absent(&out->values, "tail_change_db", "%s", why);
    hs_values_absent(&out->values, "balance_change_db", "%s", why);
}

/* Aligned, unless too little is explained; added reverberation is no reason to refuse. */
enum hs_status hs_verdict_found(struct hs_alignment *place, const struct hs_explained *what,
                                struct hs_arena *arena, struct hs_pair *out, struct hs_error *err)
{
    const double share = (double)place->fine.n_good / (double)place->fine.n_windows;
    const double explained = 1 - hs_power_from_db(what->residual_db);
    const double coherence = hs_result_coherence(&out->values);
    const char *why = what->turned ? NULL : refusal(what, coherence, arena);
    bool is_mix_with_reverberation = false;
    enum hs_status status =
        why ? hs_reverberation_explains(place, &is_mix_with_reverberation, err) : HS_OK;
    struct hs_panned panned = {0};
    if (!status && why && !is_mix_with_reverberation)
        status = hs_panned_find(place, &panned, err);
    if (status || (why && !is_mix_with_reverberation && !(panned.range_db > 0))) {
        cannot_say(out, why);
        return status;
    }
    if (panned.range_db > 0)
        put_panned(&panned, out);
    if (is_mix_with_reverberation)
        hs_result_hide_devices(out, "reverberation was added, which hides it");
    if (what->turned)
        hs_result_hide_devices(out, "phases are turned far, which hides it");
    out->state = HS_PAIR_ALIGNED;
    if (place->line.edited && !place->line.skipped)
        put_segments(&place->line, arena, out);
    out->confidence = hs_confidence_aligned(share * fmax(coherence, explained));
    return HS_OK;
}

static void nothing_known(struct hs_pair *out)
{
    for (size_t i = 0; i < hs_n_pair_measures; i++)
        hs_values_absent(&out->values, hs_pair_measures[i].key, "not aligned");
}

/* Square waves are flat as well, at many levels or through and through. */
static bool is_clipping(const struct hs_values *v)
{
    const double one_ceiling = .8, nothing_between = .95; /* as for the rule `clipped` */
    double square = 0, at_one_level = 1, of_sound = 0;
    hs_values_read(v, "ceiling_square", &square);
    hs_values_read(v, "clipped_at_one_level", &at_one_level);
    hs_values_read(v, "clipped_of_sound", &of_sound);
    return square == 0 && at_one_level >= one_ceiling && of_sound <= nothing_between;
}

/* Different, or cannot say, by how alike the courses of level are. */
void hs_verdict_not_found(const struct hs_alignment *place, struct hs_arena *arena,
                          struct hs_pair *out)
{
    const double best = place->best_coarse;
    const struct hs_file *const file[] = {place->mix, place->master};
    static const char *const which[] = {"mix", "master"};
    nothing_known(out);
    for (int i = 0; i < 2; i++) {
        const double ppm = hs_values_or_nan(&file[i]->values, "clipped_ppm");
        if (ppm >= ruined_ppm && is_clipping(&file[i]->values)) {
            cannot_say(out, hs_arena_printf(arena, "the %s is clipped in %.0f %% of its samples",
                                            which[i], ppm / 1e4));
            return;
        }
    }
    if (place->coarse.steady) {
        cannot_say(out, "nothing changes in one of them: a steady sound or silence cannot be lined "
                        "up");
        return;
    }
    out->state = best > alike ? HS_PAIR_CANNOT_SAY : HS_PAIR_DIFFERENT;
    out->confidence = best > alike ? 0.5 : hs_confidence_different(best);
    out->why = best > alike ? "rhythm and levels agree, the waveforms do not: re-mixed, played "
                              "anew, or changed beyond recognition"
                            : "no part of the master was found in the mix";
}

void hs_verdict_too_short(struct hs_pair *out)
{
    nothing_known(out);
    cannot_say(out, "shorter than 2 s");
    out->confidence = 0;
}
