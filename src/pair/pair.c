/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The master is aligned with the mix, without what one of its channels is late by, and models of
 *    what mastering did are fitted to some stretches (pair/fitted.h). If it cannot be aligned, the
 *    likeness of the fingerprints decides between "different" and "cannot say".
 * 2. The pass goes through the pair and compares the master with the mix under the best model
 *    (pair/pass.h). Where one filter explains the stretches, pieces of the pair are read first
 *    and suffice if they show no reduction (pair/skim.h).
 * 3. Reduction, devices, residual and an encoder are found from models and pass. Delay and
 *    polarity are corrected by the pulse of the model's filter.
 * 4. Both files are measured over what they share; the values are named (pair/result.h).
 * 5. The verdict: pair/verdict.h.
 */
#include "pair/pair.h"

#include "core/alloc.h"
#include "core/num.h"
#include "measure/fingerprint.h"
#include "pair/added_noise.h"
#include "pair/added_tone.h"
#include "pair/channel_drops.h"
#include "pair/channel_tone_course.h"
#include "pair/encoder.h"
#include "pair/excerpt.h"
#include "pair/fades.h"
#include "pair/fitted.h"
#include "pair/foreign.h"
#include "pair/model_residual.h"
#include "pair/other_sound.h"
#include "pair/result_dynamics.h"
#include "pair/shared.h"
#include "pair/skim.h"
#include "pair/skips.h"
#include "pair/smeared.h"
#include "pair/verdict.h"

#include <math.h>

/* Of a longer piece every second frame of the transfer is enough: 200 of them. */
static const double plenty_s = 120;
/* Below this gain and curve of small samples explain the master better than gain alone. */
static const double curve_helps_db = 0.4;

struct analysis {
    struct hs_fitted fit;
    struct hs_reduction reduction;
    struct hs_devices devices;
    struct hs_encoder encoder;
    struct hs_added_tone added;
    struct hs_channel_tone channel_tone;
    bool has_channel_tone;
    struct hs_other_sound other;
    struct hs_foreign foreign;
    struct hs_skip skip[HS_SKIPS_MOST];
    size_t n_skips;
    struct hs_lost_bit lost[HS_EDITS_MOST];
    size_t n_lost;
    struct hs_smeared turned; /* its transfer is that of the pass */
    bool is_long;             /* the transfer of the pass is that of a longer filter */
    double residual_db;
    bool skimmed; /* the pass saw pieces alone */
    struct hs_arena *arena;
    struct hs_pair *out;
};

/* Whether all of both files is shared, so that their loudness has been measured. */
static bool whole(const struct hs_alignment *a)
{
    double outside = a->master_s - (a->fine.to_s - a->fine.from_s) +
                     fabs(a->mix_s - a->fine.line.ratio * (a->fine.to_s - a->fine.from_s));
    return outside < 0.1 && isfinite(hs_values_or_nan(&a->mix->values, "integrated_lufs")) &&
           isfinite(hs_values_or_nan(&a->master->values, "integrated_lufs"));
}

/* How the pass finds its gain: as the best of the models did. */
static void set_up_pass(struct analysis *a)
{
    const struct hs_models *m = &a->fit.models;
    const double *db = m->residual_db;
    struct hs_pass *p = &a->fit.pass;
    const double without = fmin(db[HS_MODEL_FILTER], db[HS_MODEL_GAIN]);
    const double with = fmin(db[HS_MODEL_CURVE], db[HS_MODEL_GAIN_CURVE]);
    const bool small = !m->settled && with < without - curve_helps_db;
    const bool one = m->only >= 0 && db[HS_MODEL_CURVE] <= db[HS_MODEL_GAIN_CURVE];
    const bool bends = small && !one && db[HS_MODEL_GAIN_CURVE] < without - curve_helps_db;
    p->samples = small ? HS_SAMPLES_SMALL : HS_SAMPLES_ALL;
    p->curve = bends ? &m->with_gain : NULL;
    p->small = (float)(m->ceiling / 2);
    p->evens_out = bends || db[HS_MODEL_GAIN] <= db[HS_MODEL_FILTER];
}

/* Pieces of a pair that one filter explains; a->skimmed is then set where they suffice. */
static enum hs_status skim(struct analysis *a, struct hs_error *err)
{
    struct hs_pass *p = &a->fit.pass;
    struct hs_excerpt *piece = HS_NEW_ARRAY(struct hs_excerpt, HS_SKIM_PIECES);
    size_t n = hs_skim_choose(&a->fit.sound, a->fit.place.mix_fingerprint,
                              a->fit.place.master_fingerprint, piece);
    enum hs_status status = HS_OK;
    p->measures_loudness = false;
    p->every = 1;
    hs_pass_reset(p);
    for (size_t i = 0; i < n && !status; i++)
        status = hs_pass_run(p, &a->fit.both, 0, piece[i].from_s, piece[i].to_s, err);
    hs_free(piece);
    if (!n || status)
        return status;
    hs_reduction_find(p, &a->fit.models, &a->reduction);
    a->skimmed = hs_skim_suffices(&a->reduction);
    if (!a->skimmed)
        hs_reduction_free(&a->reduction);
    return HS_OK;
}

/* All that is shared. */
static enum hs_status go_through(struct analysis *a, struct hs_error *err)
{
    struct hs_pass *p = &a->fit.pass;
    const struct hs_timeline *line = &a->fit.sound;
    enum hs_status status = HS_OK;
    p->measures_loudness = line->edited || !whole(&a->fit.place);
    p->every = hs_timeline_shared_s(line) > plenty_s ? 2 : 1;
    hs_pass_reset(p);
    for (size_t i = 0; i < line->n_segments && !status; i++)
        status =
            hs_pass_run(p, &a->fit.both, i, line->segment[i].from_s, line->segment[i].to_s, err);
    if (!status)
        hs_reduction_find(p, &a->fit.models, &a->reduction);
    return status;
}

static const struct hs_values *own_or(const struct hs_values *shared, const struct hs_file *whole)
{
    return shared->n ? shared : &whole->values;
}

/* Where neither the files nor the pass tell it. */
static double skimmed_gain_db(const struct analysis *a)
{
    return a->skimmed && !whole(&a->fit.place)
               ? hs_skim_gain_db(&a->fit.place.line, a->fit.place.mix, a->fit.place.master)
               : NAN;
}

/* Whether what is left is the mix at another time: the end of a long response where the phase turns
 * (all-passes and crossovers -0.3 to 0.3, other masters 0.97 and more), or what a chorus or an echo
 * moves (-0.09 and less; encoders -0.03 and more). */
static bool phase_turns(const struct hs_models *m)
{
    return m->straight < 0.5 || m->part_share < -0.08;
}

/* Other sound: in places, or wherever a voice or an instrument is. */
static void find_other_sound(struct analysis *a, bool off_time)
{
    const struct hs_pass *p = &a->fit.pass;
    if (!a->turned.found)
        hs_foreign_find(p, &a->reduction, a->fit.channel_drop, a->fit.n_channel_drops,
                        a->fit.place.master_s, &a->foreign);
    if (a->fit.place.line.skipped) {
        size_t n[2];
        hs_skips_of_jumps(&a->fit.place.line, a->lost, a->skip, n);
        a->n_lost = n[0];
        a->n_skips = n[1];
    } else {
        a->n_skips = hs_skips_find(&a->fit.place.line, p, &a->foreign, a->skip);
    }
    const struct hs_other_facts facts = {.models = &a->fit.models,
                                         .devices = &a->devices,
                                         .residual_db = a->residual_db,
                                         .encoded = a->encoder.found,
                                         .else_known = off_time || a->added.n || a->foreign.n ||
                                                       a->turned.found ||
                                                       hs_models_panned(&a->fit.models)};
    hs_other_sound_find(p, &a->reduction, &facts, &a->other);
}

/* The pass over all of the song or over pieces of it, and the channels by themselves. */
static enum hs_status read_pair(struct analysis *a, struct hs_error *err)
{
    struct hs_pass *p = &a->fit.pass;
    enum hs_status status = HS_OK;
    set_up_pass(a);
    if (a->fit.models.settled)
        status = skim(a, err);
    if (!status && !a->skimmed)
        status = go_through(a, err);
    if (!status)
        status = hs_channel_drops_find(&a->fit.both, p, &a->reduction, a->fit.channel_drop,
                                       &a->fit.n_channel_drops, err);
    if (!status && !a->fit.both.middle && hs_channel_tone(&p->transfer, &a->channel_tone))
        status = hs_channel_tone_is_steady(&a->fit.both, &a->fit.sound, &p->transfer,
                                           &a->channel_tone, &a->has_channel_tone, err);
    return status;
}

/* Where phases are turned a longer filter is asked: tone is then that of it. Where much is left it
 * is what was done; else the end of its response alone is missed. */
static enum hs_status find_turned(struct analysis *a, struct hs_error *err)
{
    /* the longer filter leaves 7.5 to 20 dB less where phases are what hides the rest (22 masters
     * of four songs), 0 to 2.3 where an encoder or bands do (five multibands before AAC, four
     * all-passes before MP3 and AAC that the short one holds) */
    const double much_db = -20, enough_db = -45, straight = 0.9, longer_db = 4;
    const bool much = a->residual_db >= much_db;
    struct hs_transfer *t = &a->fit.pass.transfer;
    if (a->fit.models.straight >= straight || a->devices.multiband ||
        (!much && (a->devices.n_chain || a->residual_db < enough_db)))
        return HS_OK;
    enum hs_status status = hs_smeared_find(&a->fit.both, &a->turned, err);
    a->is_long = a->turned.found;
    a->turned.found = a->is_long && much && a->turned.left_db < a->residual_db - longer_db;
    if (!a->is_long)
        return status;
    hs_transfer_free(t);
    *t = a->turned.transfer;
    a->turned.transfer = (struct hs_transfer){0};
    a->residual_db = fmin(a->residual_db, a->turned.left_db);
    return status;
}

/* Devices, and what they leave. */
static enum hs_status find_devices(struct analysis *a, struct hs_error *err)
{
    hs_devices_find(&a->fit.models, &a->reduction, a->fit.pass.start_s, &a->devices);
    a->residual_db = hs_devices_residual_db(&a->devices, &a->fit.models, &a->reduction);
    if (hs_models_panned(&a->fit.models))
        a->residual_db += hs_db_from_power(fmax(1 - a->fit.models.pan_share, 1e-3));
    return find_turned(a, err);
}

/* A pass over all of the song, or over pieces of it where nothing dynamic was found; then all that
 * is named. */
static enum hs_status compare(struct analysis *a, struct hs_error *err)
{
    const struct hs_timeline *line = &a->fit.place.line;
    struct hs_pass *p = &a->fit.pass;
    enum hs_status status = read_pair(a, err);
    if (!status)
        status = find_devices(a, err);
    if (status)
        return status;
    hs_fitted_correct_phase(&a->fit);
    /* what the longer filter leaves, too: of 8 all-passes at 400 Hz -34 to -39 dB of eight songs */
    const bool is_noise = a->is_long && a->residual_db > -30;
    const struct hs_encoder_facts facts =
        hs_encoder_facts_of(&a->fit.place.mix->values, &a->fit.place.master->values,
                            line->wow.n > 0 || (!is_noise && phase_turns(&a->fit.models)));
    hs_encoder_find(p, &a->reduction, &a->devices, a->residual_db, &facts, &a->encoder);
    hs_added_tone_find(p, &a->added);
    find_other_sound(a, facts.off_time);
    const struct hs_passage full =
        hs_fades_between(&a->devices, hs_timeline_from_s(line), a->fit.place.master_s);
    status =
        hs_shared_measure(&a->fit.sound, full, a->fit.place.mix, true, &a->out->shared_mix, err);
    if (!status)
        status = hs_shared_measure(&a->fit.sound, full, a->fit.place.master, false,
                                   &a->out->shared_master, err);
    if (status)
        return status;
    const struct hs_found found = {.mix = a->fit.place.mix,
                                   .master = a->fit.place.master,
                                   .fine = &a->fit.place.fine,
                                   .line = line,
                                   .late = &a->fit.place.late,
                                   .pass = p,
                                   .models = &a->fit.models,
                                   .reduction = &a->reduction,
                                   .devices = &a->devices,
                                   .encoder = &a->encoder,
                                   .added = &a->added,
                                   .channel_tone = a->has_channel_tone ? &a->channel_tone : NULL,
                                   .added_noise_db = hs_added_noise_find(p),
                                   .other = &a->other,
                                   .channel_drop = a->fit.channel_drop,
                                   .n_channel_drops = a->fit.n_channel_drops,
                                   .foreign = &a->foreign,
                                   .skip = a->skip,
                                   .n_skips = a->n_skips,
                                   .lost = a->lost,
                                   .n_lost = a->n_lost,
                                   .skimmed = a->skimmed,
                                   .turned = &a->turned,
                                   .shared_mix = own_or(&a->out->shared_mix, a->fit.place.mix),
                                   .shared_master =
                                       own_or(&a->out->shared_master, a->fit.place.master),
                                   .skimmed_gain_db = skimmed_gain_db(a),
                                   .residual_db = a->residual_db,
                                   .middle = a->fit.both.middle};
    hs_result_values(&found, &a->out->values);
    hs_result_devices(&found, a->arena, a->out);
    return HS_OK;
}

/* Without a line there is nothing to compare. */
static enum hs_status analyse(struct analysis *a, struct hs_error *err)
{
    bool found = false;
    enum hs_status status = hs_fitted_find(&a->fit, &found, err);
    if (status)
        return status;
    if (!found) {
        hs_verdict_not_found(&a->fit.place, a->arena, a->out);
        return HS_OK;
    }
    status = compare(a, err);
    const struct hs_explained what = {&a->reduction,
                                      &a->devices,
                                      &a->added,
                                      &a->foreign,
                                      a->residual_db,
                                      a->turned.found,
                                      hs_verdict_moves_db(&a->fit.pass)};
    return status ? status : hs_verdict_found(&a->fit.place, &what, a->arena, a->out, err);
}

/* A pair always has a state, and a reason where it is not aligned. */
enum hs_status hs_pair_analyse(const struct hs_file *mix, const struct hs_file *master,
                               struct hs_arena *arena, struct hs_pair *out, struct hs_error *err)
{
    struct analysis *a = HS_NEW(struct analysis);
    const struct hs_value *x = hs_values_get(&mix->values, HS_FINGERPRINT_KEY);
    const struct hs_value *y = hs_values_get(&master->values, HS_FINGERPRINT_KEY);
    enum hs_status status = HS_OK;
    *out = (struct hs_pair){.state = HS_PAIR_CANNOT_SAY};
    hs_values_init(&out->values, arena);
    hs_values_init(&out->shared_mix, arena);
    hs_values_init(&out->shared_master, arena);
    a->arena = arena;
    a->out = out;
    a->fit.place.mix = mix;
    a->fit.place.master = master;
    a->fit.place.mix_s = hs_values_or_nan(&mix->values, "duration_s");
    a->fit.place.by_channel = true;
    a->fit.place.master_s = hs_values_or_nan(&master->values, "duration_s");
    if (!x || x->kind != HS_TEXT || !y || y->kind != HS_TEXT ||
        !(fmin(a->fit.place.mix_s, a->fit.place.master_s) >= HS_LEAST_SHARED_S)) {
        hs_verdict_too_short(out);
    } else {
        a->fit.place.mix_fingerprint = x->text;
        a->fit.place.master_fingerprint = y->text;
        status = analyse(a, err);
    }
    hs_fitted_free(&a->fit);
    hs_reduction_free(&a->reduction);
    hs_free(a);
    return status;
}
