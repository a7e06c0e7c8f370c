/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The master is aligned with the mix (pair/align.h), without what one of its channels is late
 * by. If it cannot be, the likeness of the fingerprints decides between "different" and "cannot
 * say".
 * 2. Models of what mastering did are fitted to some stretches (pair/models.h). Where one channel
 *    of the master is gone for a while is left out from here on (pair/channel_gone.h).
 * 3. The pass goes through the pair and compares the master with the mix under the best model
 *    (pair/pass.h). Where one filter explains the stretches, pieces of the pair are read first
 *    and suffice if they show no reduction (pair/skim.h).
 * 4. Reduction, devices, residual and an encoder are found from models and pass. Delay and
 *    polarity are corrected by the pulse of the model's filter.
 * 5. Both files are measured over what they share; the values are named (pair/result.h).
 * 6. The verdict: pair/verdict.h.
 */
#include "pair/pair.h"

#include "core/alloc.h"
#include "core/num.h"
#include "measure/fingerprint.h"
#include "pair/added_noise.h"
#include "pair/added_tone.h"
#include "pair/align.h"
#include "pair/channel_drops.h"
#include "pair/channel_gone.h"
#include "pair/channel_lag.h"
#include "pair/encoder.h"
#include "pair/excerpt.h"
#include "pair/fades.h"
#include "pair/foreign.h"
#include "pair/other_sound.h"
#include "pair/result_dynamics.h"
#include "pair/shared.h"
#include "pair/skim.h"
#include "pair/skips.h"
#include "pair/verdict.h"

#include <math.h>

static const double least_shared_s = 2;
/* Of a longer piece every second frame of the transfer is enough: 200 of them. */
static const double plenty_s = 120;
/* Below this gain and curve of small samples explain the master better than gain alone. */
static const double curve_helps_db = 0.4;

struct analysis {
    struct hs_alignment place;
    struct hs_models models;
    struct hs_pass pass;
    struct hs_reduction reduction;
    struct hs_devices devices;
    struct hs_encoder encoder;
    struct hs_added_tone added;
    struct hs_other_sound other;
    struct hs_timeline sound; /* the line without what one channel is gone in; owns no wow */
    struct hs_drop channel_drop[HS_DROPS_MOST];
    size_t n_channel_drops;
    struct hs_foreign foreign;
    struct hs_skip skip[HS_SKIPS_MOST];
    size_t n_skips;
    struct hs_lost_bit lost[HS_EDITS_MOST];
    size_t n_lost;
    double residual_db;
    bool skimmed; /* the pass saw pieces alone */
    struct hs_arena *arena;
    struct hs_pair *out;
};

static size_t filter_length(const struct hs_alignment *a)
{
    size_t n = a->fine.rate_hz > 30000 ? 1 << 14 : a->fine.rate_hz > 15000 ? 1 << 13 : 1 << 12;
    while (n > a->fine.window[0].n / 2)
        n /= 2;
    return n;
}

/* Whether all of both files is shared, so that their loudness has been measured. */
static bool whole(const struct hs_alignment *a)
{
    double outside = a->master_s - (a->fine.to_s - a->fine.from_s) +
                     fabs(a->mix_s - a->fine.line.ratio * (a->fine.to_s - a->fine.from_s));
    return outside < 0.1 && isfinite(hs_values_or_nan(&a->mix->values, "integrated_lufs")) &&
           isfinite(hs_values_or_nan(&a->master->values, "integrated_lufs"));
}

/* Side over middle, dB: -infinity where both channels are equal, NaN where it is not known. */
static double side_db(const struct hs_file *f)
{
    double equal = 0;
    hs_values_read(&f->values, "channels_equal", &equal);
    return equal != 0 ? -INFINITY : hs_values_or_nan(&f->values, "side_mid_db");
}

/* A mono mix has nothing to explain a side with: the middle of its master is compared, as long as
 * that is half of it. */
static bool compares_middles(const struct hs_alignment *a)
{
    const double no_side_db = -60, most_side_db = 0;
    const double of_master = side_db(a->master);
    return side_db(a->mix) <= no_side_db && of_master > no_side_db && of_master < most_side_db;
}

/* How the pass finds its gain: as the best of the models did. */
static void set_up_pass(struct analysis *a)
{
    const struct hs_models *m = &a->models;
    const double *db = m->residual_db;
    struct hs_pass *p = &a->pass;
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
static enum hs_status skim(struct analysis *a, struct hs_aligned *both, struct hs_error *err)
{
    struct hs_pass *p = &a->pass;
    struct hs_excerpt *piece = HS_NEW_ARRAY(struct hs_excerpt, HS_SKIM_PIECES);
    size_t n =
        hs_skim_choose(&a->sound, a->place.mix_fingerprint, a->place.master_fingerprint, piece);
    enum hs_status status = HS_OK;
    p->measures_loudness = false;
    p->every = 1;
    hs_pass_reset(p);
    for (size_t i = 0; i < n && !status; i++)
        status = hs_pass_run(p, both, 0, piece[i].from_s, piece[i].to_s, err);
    hs_free(piece);
    if (!n || status)
        return status;
    hs_reduction_find(p, &a->models, &a->reduction);
    a->skimmed = hs_skim_suffices(&a->reduction);
    if (!a->skimmed)
        hs_reduction_free(&a->reduction);
    return HS_OK;
}

/* All that is shared. */
static enum hs_status go_through(struct analysis *a, struct hs_aligned *both, struct hs_error *err)
{
    struct hs_pass *p = &a->pass;
    const struct hs_timeline *line = &a->sound;
    enum hs_status status = HS_OK;
    p->measures_loudness = line->edited || !whole(&a->place);
    p->every = hs_timeline_shared_s(line) > plenty_s ? 2 : 1;
    hs_pass_reset(p);
    for (size_t i = 0; i < line->n_segments && !status; i++)
        status = hs_pass_run(p, both, i, line->segment[i].from_s, line->segment[i].to_s, err);
    if (!status)
        hs_reduction_find(p, &a->models, &a->reduction);
    return status;
}

/* On a few stretches. */
static enum hs_status fit_models(struct analysis *a, struct hs_aligned *both, size_t n,
                                 struct hs_error *err)
{
    struct hs_excerpt place[HS_STRETCHES_MOST];
    struct hs_stretches s;
    size_t n_places = hs_excerpt_choose(&a->sound, a->place.mix, a->place.master, place);
    enum hs_status status = hs_stretches_read(&s, both, n, place, n_places, err);
    if (!status)
        hs_models_find(&s, &a->pass.transfer, &a->pass.filter, &a->models);
    hs_stretches_free(&s);
    return status;
}

/* All-passes and crossovers move the phase of what lies below them: time and polarity are those
 * of the pulse. */
static void correct_phase(struct analysis *a)
{
    struct hs_fine *f = &a->place.fine;
    const double later_s = -(double)a->models.pulse_frames / f->rate_hz;
    f->line.delay_s += later_s;
    for (size_t i = 0; i < a->place.line.n_segments; i++)
        a->place.line.segment[i].line.delay_s += later_s;
    for (size_t i = 0; i < a->sound.n_segments; i++)
        a->sound.segment[i].line.delay_s += later_s;
    for (int part = 0; part < 2; part++)
        f->basis.sign[part] *= (float)a->models.pulse_sign;
}

static const struct hs_values *own_or(const struct hs_values *shared, const struct hs_file *whole)
{
    return shared->n ? shared : &whole->values;
}

/* Where neither the files nor the pass tell it. */
static double skimmed_gain_db(const struct analysis *a)
{
    return a->skimmed && !whole(&a->place)
               ? hs_skim_gain_db(&a->place.line, a->place.mix, a->place.master)
               : NAN;
}

/* Other sound: in places, or wherever a voice or an instrument is. */
static void find_other_sound(struct analysis *a, bool off_time)
{
    const struct hs_pass *p = &a->pass;
    hs_foreign_find(p, &a->reduction, a->channel_drop, a->n_channel_drops, a->place.master_s,
                    &a->foreign);
    if (a->place.line.skipped) {
        size_t n[2];
        hs_skips_of_jumps(&a->place.line, a->lost, a->skip, n);
        a->n_lost = n[0];
        a->n_skips = n[1];
    } else {
        a->n_skips = hs_skips_find(&a->place.line, p, &a->foreign, a->skip);
    }
    if (!a->devices.n_chain && !a->encoder.found && !off_time && !a->added.n && !a->foreign.n)
        hs_other_sound_find(p, &a->reduction, a->residual_db, &a->other);
}

/* Both files in lockstep, and the models on stretches of them. */
static enum hs_status fit_pair(struct analysis *a, struct hs_aligned *both, struct hs_error *err)
{
    const double start_s = hs_timeline_from_s(&a->place.line);
    const size_t n = filter_length(&a->place);
    hs_aligned_init(both, &a->place.mix_feed, &a->place.master_feed, &a->place.line,
                    &a->place.fine);
    both->middle = compares_middles(&a->place);
    hs_pass_init(&a->pass, a->place.fine.rate_hz, n, start_s);
    enum hs_status status =
        hs_channel_gone_leave_out(both, a->place.mix, a->place.master, start_s, a->channel_drop,
                                  &a->n_channel_drops, &a->sound, err);
    return status ? status : fit_models(a, both, n, err);
}

/* Whether a channel seems to come late: from some moment on, or so much that the filter has to be
 * long for it. */
static bool seems_late(const struct analysis *a, bool middle)
{
    const double short_s = 0.0015;
    return hs_models_one_channel_apart(&a->models, middle) ||
           (!middle && fabs(hs_channel_lag_s(&a->pass.transfer)) > short_s);
}

/* The alignment and the models; both anew where one channel comes late. */
static enum hs_status line_up(struct analysis *a, struct hs_aligned *both, bool *found,
                              struct hs_error *err)
{
    bool again = false;
    enum hs_status status = hs_align(&a->place, found, err);
    if (status || !*found)
        return status;
    status = fit_pair(a, both, err);
    if (!status && seems_late(a, both->middle))
        status = hs_align_by_channel(&a->place, &again, found, err);
    if (status || !again || !*found)
        return status;
    hs_pass_free(&a->pass);
    return fit_pair(a, both, err);
}

/* The pass over all of the song or over pieces of it, and the channels by themselves. */
static enum hs_status read_pair(struct analysis *a, struct hs_aligned *both, struct hs_error *err)
{
    struct hs_pass *p = &a->pass;
    enum hs_status status = HS_OK;
    set_up_pass(a);
    if (a->models.settled)
        status = skim(a, both, err);
    if (!status && !a->skimmed)
        status = go_through(a, both, err);
    if (!status)
        status = hs_channel_drops_find(both, p, &a->reduction, a->channel_drop, &a->n_channel_drops,
                                       err);
    return status;
}

/* A pass over all of the song, or over pieces of it where nothing dynamic was found; then all that
 * is named. */
static enum hs_status compare(struct analysis *a, struct hs_aligned *both, struct hs_error *err)
{
    const struct hs_timeline *line = &a->place.line;
    struct hs_pass *p = &a->pass;
    enum hs_status status = read_pair(a, both, err);
    if (status)
        return status;
    hs_devices_find(&a->models, &a->reduction, p->start_s, &a->devices);
    a->residual_db = hs_devices_residual_db(&a->devices, &a->models, &a->reduction);
    correct_phase(a);
    const struct hs_encoder_facts facts =
        hs_encoder_facts_of(&a->place.mix->values, &a->place.master->values, line->wow.n > 0);
    hs_encoder_find(p, &a->reduction, &a->devices, a->residual_db, &facts, &a->encoder);
    hs_added_tone_find(p, &a->added);
    find_other_sound(a, facts.off_time);
    const struct hs_passage full =
        hs_fades_between(&a->devices, hs_timeline_from_s(line), a->place.master_s);
    status = hs_shared_measure(&a->sound, full, a->place.mix, true, &a->out->shared_mix, err);
    if (!status)
        status =
            hs_shared_measure(&a->sound, full, a->place.master, false, &a->out->shared_master, err);
    if (status)
        return status;
    const struct hs_found found = {.mix = a->place.mix,
                                   .master = a->place.master,
                                   .fine = &a->place.fine,
                                   .line = line,
                                   .late = &a->place.late,
                                   .pass = p,
                                   .models = &a->models,
                                   .reduction = &a->reduction,
                                   .devices = &a->devices,
                                   .encoder = &a->encoder,
                                   .added = &a->added,
                                   .added_noise_db = hs_added_noise_find(p),
                                   .other = &a->other,
                                   .channel_drop = a->channel_drop,
                                   .n_channel_drops = a->n_channel_drops,
                                   .foreign = &a->foreign,
                                   .skip = a->skip,
                                   .n_skips = a->n_skips,
                                   .lost = a->lost,
                                   .n_lost = a->n_lost,
                                   .skimmed = a->skimmed,
                                   .shared_mix = own_or(&a->out->shared_mix, a->place.mix),
                                   .shared_master = own_or(&a->out->shared_master, a->place.master),
                                   .skimmed_gain_db = skimmed_gain_db(a),
                                   .residual_db = a->residual_db,
                                   .middle = both->middle};
    hs_result_values(&found, &a->out->values);
    hs_result_devices(&found, a->arena, a->out);
    return HS_OK;
}

/* Without a line there is nothing to compare. */
static enum hs_status analyse(struct analysis *a, struct hs_error *err)
{
    bool found = false;
    struct hs_aligned both;
    enum hs_status status = line_up(a, &both, &found, err);
    if (status)
        return status;
    if (!found) {
        hs_verdict_not_found(&a->place, a->arena, a->out);
        return HS_OK;
    }
    status = compare(a, &both, err);
    const struct hs_explained what = {&a->reduction, &a->devices, &a->added, &a->foreign,
                                      a->residual_db};
    return status ? status : hs_verdict_found(&a->place, &what, a->arena, a->out, err);
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
    a->place.mix = mix;
    a->place.master = master;
    a->place.mix_s = hs_values_or_nan(&mix->values, "duration_s");
    a->place.by_channel = true;
    a->place.master_s = hs_values_or_nan(&master->values, "duration_s");
    if (!x || x->kind != HS_TEXT || !y || y->kind != HS_TEXT ||
        !(fmin(a->place.mix_s, a->place.master_s) >= least_shared_s)) {
        hs_verdict_too_short(out);
    } else {
        a->place.mix_fingerprint = x->text;
        a->place.master_fingerprint = y->text;
        status = analyse(a, err);
    }
    hs_align_free(&a->place);
    hs_pass_free(&a->pass);
    hs_reduction_free(&a->reduction);
    hs_free(a);
    return status;
}
