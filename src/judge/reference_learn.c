/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. All references and all masters are read by every rule. Kept are residuals: the reading less
 *    what the music itself explains.
 * 2. The usual move of mastering is taken from masters that are not at fault, less the part of it
 *    that certainly takes the masters away from the expected centre.
 */
#include "judge/reference_learn.h"

#include "core/alloc.h"
#include "judge/reading.h"
#include "judge/shrinkage.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const struct hs_release *release_of(const struct hs_audit *audit,
                                           const struct hs_track_result *t)
{
    if (!audit->job || !t->track || t->track->release >= audit->job->n_releases)
        return NULL;
    return &audit->job->releases[t->track->release];
}

static struct hs_case case_of_master(const struct hs_audit *audit, size_t i, struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[i];
    return (struct hs_case){.role = HS_ROLE_MASTER,
                            .values = &t->master.values,
                            .file = &t->master,
                            .result = t,
                            .audit = audit,
                            .release = release_of(audit, t),
                            .arena = arena};
}

/* The reading of the whole master, and that of the part that mix and master share where that is
 * less than the whole; or the reason why there is none. */
static void read_master(const struct hs_audit *audit, struct hs_reference_model *model, size_t i,
                        struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[i];
    struct hs_case c = case_of_master(audit, i, arena);
    if (t->master.state == HS_FILE_OK)
        hs_rule_read(model->rule, &c, &model->master);
    else
        hs_reading_refuse(&model->master, t->master.state == HS_FILE_NONE
                                              ? "there is no master: an unreleased mix"
                                              : "the master could not be read");
    model->shared_master = model->master;
    if (!t->pair.shared_master.n || !hs_case_pair(&c))
        return;
    c.values = &t->pair.shared_master;
    hs_rule_read(model->rule, &c, &model->shared_master);
}

/* A mix whose channels are equal has no side to measure, and that is known of it: a master
 * that is wide was made so later. */
static void read_mono_mix(struct hs_reference_model *model, const struct hs_values *mix)
{
    model->mix_is_mono = !model->mix.judged && model->rule->when_mono && hs_values_mono(mix);
    if (model->mix_is_mono)
        hs_reading_value(&model->mix, *model->rule->when_mono);
}

/* The value of the mix, from the part that mix and master share; refused with a reason where
 * there is none. */
static void read_mix(const struct hs_audit *audit, struct hs_reference_model *model, size_t i,
                     struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[i];
    struct hs_case c = {.role = HS_ROLE_MIX,
                        .values = t->pair.shared_mix.n ? &t->pair.shared_mix : &t->mix.values,
                        .file = &t->mix,
                        .result = t,
                        .audit = audit,
                        .release = release_of(audit, t),
                        .arena = arena};
    model->mix_is_mono = false;
    if (!model->rule->judges_mix)
        hs_reading_refuse(&model->mix, "not judged in a mix");
    else if (t->mix.state != HS_FILE_OK)
        hs_reading_refuse(&model->mix, "no mix could be read");
    else if (!hs_case_pair(&c))
        hs_reading_refuse(&model->mix, "the mix could not be lined up with the master");
    else {
        hs_rule_read(model->rule, &c, &model->mix);
        read_mono_mix(model, &t->mix.values);
    }
    if (model->mix.judged && !model->shared_master.judged && model->master.judged)
        hs_reading_refuse(&model->mix, "too little of the master is in the mix to compare");
    /* What the song explains is the same on both sides: as the mix has it, because a gate or a
     * limiter makes no other song of it. */
    if (!model->mix.judged || !model->master.judged)
        return;
    if (hs_values_get(c.values, "percussiveness") && !model->mix_is_mono)
        model->master.expected_shift = model->shared_master.expected_shift =
            model->mix.expected_shift;
    else
        model->mix.expected_shift = model->master.expected_shift;
}

/* Residuals of the references by their index; NaN for those that could not be judged. What a
 * separator shows of them is another kind of value: those alone, or all but those. */
static double *read_references(const struct hs_audit *audit, const struct hs_rule *rule,
                               const struct hs_file *files, size_t n, enum hs_role role,
                               bool separated, struct hs_arena *arena)
{
    double *x = HS_ARENA_ARRAY(arena, double, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct hs_reading r = {.judged = false};
        struct hs_file file = files[i];
        struct hs_case c = {.role = role,
                            .values = &files[i].values,
                            .file = &file,
                            .audit = audit,
                            .arena = arena};
        if (!separated)
            file.instruments = NULL;
        if (files[i].state == HS_FILE_OK)
            hs_rule_read(rule, &c, &r);
        x[i] = r.judged && r.separated == separated ? hs_reading_residual(&r) : NAN;
    }
    return x;
}

/* The usual move of this catalogue, less the part of it that certainly takes the masters away from
 * the expected centre: that part is what is being judged. A mastering that brightens everything by
 * 5 dB must not become the usual one. */
static double excused_move(double move, const double *off_centre, size_t n)
{
    double offset, spread = hs_robust_spread(off_centre, n, &offset);
    double sure = fmax(0, fabs(offset) - spread / sqrt((double)n));
    if (offset * move <= 0)
        return move;
    return move - copysign(fmin(sure, fabs(move)), move);
}

/* What the catalogue tells about one rule, gathered track by track. */
struct gathered {
    double *residual; /* of each master; NaN where it was not judged */
    double *by_stems; /* of each that was judged by its stems, and then not among those */
    double *move;     /* of mastering, on masters that are not at fault */
    size_t n_moves, moves_cap;
    double *off_centre; /* of masters with a mix */
    size_t n_pairs, pairs_cap;
};

/* Adds one track: residual of the master, distance from the centre, and the move of mastering where
 * the master is sound. */
static void gather(const struct hs_reference_model *model, size_t i, struct gathered *g,
                   struct hs_arena *arena)
{
    g->residual[i] =
        model->master.judged && !model->master.instead ? hs_reading_residual(&model->master) : NAN;
    g->by_stems[i] =
        model->master.judged && model->master.instead ? hs_reading_residual(&model->master) : NAN;
    if (!model->master.judged || !model->mix.judged)
        return;
    struct hs_scale s = hs_reference_model_scale(model, &model->master, SIZE_MAX, arena);
    g->off_centre = hs_grow(g->off_centre, g->n_pairs, &g->pairs_cap, sizeof *g->off_centre);
    g->off_centre[g->n_pairs++] = model->master.value - s.d.centre;
    if (model->mix_is_mono || hs_scale_severity(&s, model->master.value) >= HS_MINOR)
        return;
    g->move = hs_grow(g->move, g->n_moves, &g->moves_cap, sizeof *g->move);
    g->move[g->n_moves++] = model->shared_master.value - model->mix.value;
}

/* The median move of mastering on masters that are not at fault, as far as it is excused
 * by where it takes them; and the catalogue itself. */
static void conclude(struct hs_reference_model *model, struct gathered *g, size_t n,
                     struct hs_arena *arena)
{
    double centre;
    model->n_moves = g->n_moves;
    if (g->n_moves >= HS_ENOUGH_PAIRS && !model->rule->thresholds) {
        model->move_spread = hs_robust_spread(g->move, g->n_moves, &centre);
        model->usual_move = excused_move(centre, g->off_centre, g->n_pairs);
    }
    if (!model->rule->thresholds) {
        model->catalogue = hs_leave_one_out_new(g->residual, n, arena);
        model->by_stems = hs_leave_one_out_new(g->by_stems, n, arena);
    }
    hs_free(g->residual);
    hs_free(g->by_stems);
    hs_free(g->move);
    hs_free(g->off_centre);
}

static void take_settings(const struct hs_job *job, struct hs_reference_model *model)
{
    model->limit_steps = NAN;
    if (job && job->profile)
        model->profile = job->profile;
    for (size_t i = 0; job && i < job->n_rules; i++)
        if (!strcmp(job->rules[i].rule, model->rule->id)) {
            model->off = job->rules[i].off;
            model->limit_steps = job->rules[i].limit_steps;
        }
}

/* Read once for each rule. */
static void take_references(const struct hs_audit *audit, struct hs_reference_model *model,
                            struct hs_arena *arena)
{
    model->n_references = audit->references ? audit->job->n_references : 0;
    model->n_mix_references = audit->mix_references ? audit->job->n_mix_references : 0;
    model->references = read_references(audit, model->rule, audit->references, model->n_references,
                                        HS_ROLE_MASTER, false, arena);
    model->separated = read_references(audit, model->rule, audit->references, model->n_references,
                                       HS_ROLE_MASTER, true, arena);
    model->mix_references = read_references(audit, model->rule, audit->mix_references,
                                            model->n_mix_references, HS_ROLE_MIX, false, arena);
}

void hs_reference_models_look(struct hs_reference_model *models, const struct hs_audit *audit,
                              size_t track, struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[track];
    struct hs_case c = {.result = t, .release = release_of(audit, t)};
    struct hs_kind_of_music kind = {hs_case_year(&c), t->track ? t->track->genre : NULL};
    for (size_t r = 0; r < hs_rule_count(); r++) {
        models[r].kind = kind;
        models[r].master = models[r].shared_master = models[r].mix =
            (struct hs_reading){.judged = false};
        read_master(audit, &models[r], track, arena);
        read_mix(audit, &models[r], track, arena);
    }
}

struct hs_reference_model *hs_reference_models_new(const struct hs_audit *audit, size_t n_tracks,
                                                   struct hs_arena *arena)
{
    size_t n_rules = hs_rule_count();
    struct hs_reference_model *models =
        HS_ARENA_ARRAY(arena, struct hs_reference_model, n_rules + 1);
    struct gathered *gathered = HS_NEW_ARRAY(struct gathered, n_rules + 1);
    struct hs_reference_subset *subset = HS_ARENA_ARRAY(arena, struct hs_reference_subset, 1);
    if (audit->job && audit->references)
        *subset = hs_reference_subset_new(audit->references, audit->job->n_references, arena);
    for (size_t r = 0; r < n_rules; r++) {
        models[r] = (struct hs_reference_model){
            .rule = hs_rule_at(r), .profile = "popular", .subset = subset};
        take_settings(audit->job, &models[r]);
        models[r].judged = hs_reference_model_judged(&models[r], arena);
        if (audit->job)
            take_references(audit, &models[r], arena);
        gathered[r].residual = HS_NEW_ARRAY(double, n_tracks + 1);
        gathered[r].by_stems = HS_NEW_ARRAY(double, n_tracks + 1);
    }
    for (size_t i = 0; i < n_tracks; i++) {
        struct hs_arena scratch = {0};
        hs_reference_models_look(models, audit, i, &scratch);
        for (size_t r = 0; r < n_rules; r++)
            gather(&models[r], i, &gathered[r], &scratch);
        hs_arena_free(&scratch);
    }
    for (size_t r = 0; r < n_rules; r++)
        conclude(&models[r], &gathered[r], n_tracks, arena);
    hs_free(gathered);
    return models;
}
