/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One model per rule. It is made once for an audit and then looks at one track after another.
 * 1. Read all references and all masters by the rule. Keep residuals: the reading less what the
 *    music itself explains.
 * 2. Scale: start from the built-in distribution, moved by the year; weigh it with the residuals of
 *    the references (shrinkage); then with those of the references of the same genre or years,
 *    where there are enough of them. The spread has a floor: twice the repeatability, or an eighth
 *    of an audible step. Rules with fixed thresholds have no distribution.
 * 3. Instruments whose level is read from stems are held against published levels of stems and
 *    against references that were separated in the same way.
 * 4. A mix is put on the scale of masters by the difference of references of both kinds, or else by
 *    the usual move of mastering.
 * 5. The catalogue z of a track is its distance from the other masters, itself left out.
 */
#include "judge/reference_model.h"

#include "core/alloc.h"
#include "judge/builtin.h"
#include "judge/change.h"
#include "judge/reading.h"
#include "judge/shrinkage.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { ENOUGH_CATALOGUE = 6 }; /* other tracks of it */
/* References from which on the spread of levels within one genre counts, not that of all music. */
enum { ENOUGH_OF_A_GENRE = 10 };

static double residual(const struct hs_reading *r)
{
    return r->value - r->expected_shift;
}

static bool by_year(const struct hs_rule *rule)
{
    return rule->years == HS_YEARS_TASTE;
}

static double spread_floor(const struct hs_rule *rule)
{
    return fmax(2 * rule->repeatability, rule->jnd / 8);
}

/* Moves the blend further towards the references of the track's genre or years, where there are
 * enough of them and they are not all of them. Returns their name with their number for the target
 * ("5 of rock"), or NULL where nothing was done. */
static const char *shrink_alike(const struct hs_reference_model *model, size_t leave_out, size_t n,
                                struct hs_shrinkage *d, struct hs_arena *arena)
{
    const char *name = hs_reference_subset_name(&model->kind, by_year(model->rule), arena);
    if (!name || n < HS_ENOUGH_ALIKE || !model->subset)
        return NULL;
    double *x = HS_NEW_ARRAY(double, model->n_references);
    size_t alike = 0;
    for (size_t i = 0; i < model->n_references; i++)
        if (i != leave_out && !isnan(model->references[i]) &&
            hs_reference_subset_alike(model->subset, i, &model->kind, by_year(model->rule)))
            x[alike++] = model->references[i];
    bool some = alike >= HS_ENOUGH_ALIKE && alike < n;
    if (some)
        hs_shrinkage_alike(d, x, alike);
    hs_free(x);
    return some ? hs_arena_printf(arena, "%zu %s", alike, name) : NULL;
}

static struct hs_scale threshold_scale(const struct hs_reference_model *model,
                                       const struct hs_reading *r)
{
    return (struct hs_scale){
        .rule = model->rule,
        .thresholds = r->thresholds,
        .limit_steps = model->limit_steps,
        .d = {.centre = NAN, .spread = NAN, .n = NAN, .target = "fixed limits"}};
}

struct hs_scale hs_reference_model_scale(const struct hs_reference_model *model,
                                         const struct hs_reading *r, size_t leave_out,
                                         struct hs_arena *arena)
{
    const struct hs_rule *rule = model->rule;
    if (rule->thresholds)
        return threshold_scale(model, r);
    const struct hs_builtin *b = r->instead ? r->instead : hs_rule_builtin(rule);
    struct hs_shrinkage d = {.centre = b->centre + r->year_shift,
                             .spread = b->spread,
                             .n = b->n,
                             .within = b->within,
                             .edge_scale = b->edge_scale,
                             .tail_scale = b->tail_scale};
    /* the references of the job, without the one that is judged */
    double *own = HS_NEW_ARRAY(double, model->n_references + 1);
    size_t n = 0;
    /* What a separator takes for an instrument is held against the same of other songs. */
    if (r->separated && model->n_references)
        n = hs_compact(model->separated, model->n_references, leave_out, own);
    else if (!rule->built_in_only && !r->instead)
        n = hs_compact(model->references, model->n_references, leave_out, own);
    if (r->instead && n < ENOUGH_OF_A_GENRE)
        d.within = d.spread;
    hs_shrinkage(&d, own, n);
    hs_free(own);
    const char *subset = r->instead ? NULL : shrink_alike(model, leave_out, n, &d, arena);
    /* never narrower than what can be heard or repeated */
    struct hs_scale s = {.rule = rule, .limit_steps = model->limit_steps};
    s.d = (struct hs_distribution){
        .centre = d.centre + r->expected_shift,
        .spread = fmax(fmax(d.spread, r->spread), spread_floor(rule)),
        .n = d.n,
        .tail_scale = d.tail_scale,
        .by_references = d.centre - b->centre - r->year_shift,
        .target = hs_shrinkage_target(model->profile, n, d.weight, subset, arena)};
    if (r->spread > d.spread)
        s.d.target = hs_arena_printf(arena, "%s, spread of this release", s.d.target);
    if (r->instead)
        s.d.target = n          ? hs_arena_printf(arena,
                                                  "references separated alike (%zu track%s) %.0f %%, "
                                                           "published levels of stems %.0f %%",
                                                  n, n == 1 ? "" : "s", 100 * d.weight, 100 - 100 * d.weight)
                     : b->n > 0 ? "published levels of stems"
                                : "a proposed centre, not measured on songs";
    return s;
}

/* How much higher mastered references read than mixes of the user's kind. */
static bool between_references(const struct hs_reference_model *model, double *shift,
                               double *spread)
{
    size_t room = model->n_references + model->n_mix_references + 1;
    double *x = HS_NEW_ARRAY(double, room), of_masters = 0, of_mixes = 0;
    size_t n = hs_compact(model->references, model->n_references, SIZE_MAX, x);
    double a = n ? hs_robust_spread(x, n, &of_masters) : 0;
    size_t m = hs_compact(model->mix_references, model->n_mix_references, SIZE_MAX, x);
    double b = m ? hs_robust_spread(x, m, &of_mixes) : 0;
    hs_free(x);
    *shift = of_masters - of_mixes;
    *spread = sqrt(a * a / (double)n + b * b / (double)m);
    return n >= HS_ENOUGH_TO_SPREAD && m >= HS_ENOUGH_TO_SPREAD;
}

double hs_reference_model_mix_on_master_scale(const struct hs_reference_model *model,
                                              const struct hs_reading *mix, double *spread)
{
    const struct hs_builtin *b = hs_rule_builtin(model->rule);
    double usual = b ? b->moves : 0, shift;
    if (between_references(model, &shift, spread))
        return mix->value + shift;
    *spread = model->n_moves >= HS_ENOUGH_PAIRS ? model->move_spread / sqrt((double)model->n_moves)
                                                : usual;
    return mix->value + model->usual_move;
}

double hs_reference_model_catalogue_z(const struct hs_reference_model *model)
{
    const struct hs_leave_one_out *others =
        model->master.instead ? &model->by_stems : &model->catalogue;
    if (!model->master.judged || model->rule->thresholds || others->n <= ENOUGH_CATALOGUE)
        return NAN;
    double centre, own = residual(&model->master);
    double spread = hs_leave_one_out_spread(others, own, &centre);
    double z = (own - centre) / fmax(spread, spread_floor(model->rule));
    return z * (model->rule->side < 0 ? -1 : 1);
}

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
static void read_master(const struct hs_audit *audit, struct hs_reference_model *y, size_t i,
                        struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[i];
    struct hs_case c = case_of_master(audit, i, arena);
    if (t->master.state == HS_FILE_OK)
        hs_rule_read(y->rule, &c, &y->master);
    else
        hs_reading_refuse(&y->master, t->master.state == HS_FILE_NONE
                                          ? "there is no master: an unreleased mix"
                                          : "the master could not be read");
    y->shared_master = y->master;
    if (!t->pair.shared_master.n || !hs_case_pair(&c))
        return;
    c.values = &t->pair.shared_master;
    hs_rule_read(y->rule, &c, &y->shared_master);
}

/* A mix whose channels are equal has no side to measure, and that is known of it: a master
 * that is wide was made so later. */
static void read_mono_mix(struct hs_reference_model *y, const struct hs_values *mix)
{
    double equal;
    y->mix_is_mono = !y->mix.judged && y->rule->when_mono &&
                     hs_values_read(mix, "channels_equal", &equal) && equal != 0;
    if (y->mix_is_mono)
        hs_reading_value(&y->mix, *y->rule->when_mono);
}

/* The value of the mix, from the part that mix and master share; refused with a reason where
 * there is none. */
static void read_mix(const struct hs_audit *audit, struct hs_reference_model *y, size_t i,
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
    y->mix_is_mono = false;
    if (!y->rule->judges_mix)
        hs_reading_refuse(&y->mix, "not judged in a mix");
    else if (t->mix.state != HS_FILE_OK)
        hs_reading_refuse(&y->mix, "no mix could be read");
    else if (!hs_case_pair(&c))
        hs_reading_refuse(&y->mix, "the mix could not be lined up with the master");
    else {
        hs_rule_read(y->rule, &c, &y->mix);
        read_mono_mix(y, &t->mix.values);
    }
    if (y->mix.judged && !y->shared_master.judged && y->master.judged)
        hs_reading_refuse(&y->mix, "too little of the master is in the mix to compare");
    /* What the song explains is the same on both sides. */
    if (y->mix.judged && y->master.judged)
        y->mix.expected_shift = y->master.expected_shift;
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
        x[i] = r.judged && r.separated == separated ? residual(&r) : NAN;
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
    double *change; /* of mastering as judge/moves.h reads it */
    size_t n_changes, changes_cap;
};

static void gather_change(const struct hs_reference_model *y, const struct hs_case *c,
                          struct gathered *g)
{
    double change = hs_change_by_mastering(y->rule, c, &y->shared_master, &y->mix);
    if (!isfinite(change) || y->mix_is_mono)
        return;
    g->change = hs_grow(g->change, g->n_changes, &g->changes_cap, sizeof *g->change);
    g->change[g->n_changes++] = change;
}

/* Adds one track: residual of the master, distance from the centre, and the move of mastering where
 * the master is sound. */
static void gather(const struct hs_reference_model *y, const struct hs_audit *audit, size_t i,
                   struct gathered *g, struct hs_arena *arena)
{
    struct hs_case c = case_of_master(audit, i, arena);
    gather_change(y, &c, g);
    g->residual[i] = y->master.judged && !y->master.instead ? residual(&y->master) : NAN;
    g->by_stems[i] = y->master.judged && y->master.instead ? residual(&y->master) : NAN;
    if (!y->master.judged || !y->mix.judged)
        return;
    struct hs_scale s = hs_reference_model_scale(y, &y->master, SIZE_MAX, arena);
    g->off_centre = hs_grow(g->off_centre, g->n_pairs, &g->pairs_cap, sizeof *g->off_centre);
    g->off_centre[g->n_pairs++] = y->master.value - s.d.centre;
    if (y->mix_is_mono || hs_scale_severity(&s, y->master.value) >= HS_MINOR)
        return;
    g->move = hs_grow(g->move, g->n_moves, &g->moves_cap, sizeof *g->move);
    g->move[g->n_moves++] = y->shared_master.value - y->mix.value;
}

/* The median move of mastering on masters that are not at fault, as far as it is excused
 * by where it takes them; and the catalogue itself. */
static void conclude(struct hs_reference_model *y, struct gathered *g, size_t n,
                     struct hs_arena *arena)
{
    double centre;
    y->n_moves = g->n_moves;
    if (g->n_moves >= HS_ENOUGH_PAIRS && !y->rule->thresholds) {
        y->move_spread = hs_robust_spread(g->move, g->n_moves, &centre);
        y->usual_move = excused_move(centre, g->off_centre, g->n_pairs);
    }
    /* the spread of moves needs a few pairs */
    y->n_changes = g->n_changes;
    if (g->n_changes >= HS_ENOUGH_PAIRS) {
        y->change_spread = hs_robust_spread(g->change, g->n_changes, &centre);
        y->change_target = hs_arena_printf(
            arena, "mastering moves (built-in; spread with %zu pairs)", g->n_changes);
    }
    hs_free(g->change);
    if (!y->rule->thresholds) {
        y->catalogue = hs_leave_one_out_new(g->residual, n, arena);
        y->by_stems = hs_leave_one_out_new(g->by_stems, n, arena);
    }
    hs_free(g->residual);
    hs_free(g->by_stems);
    hs_free(g->move);
    hs_free(g->off_centre);
}

/* What is the same for all tracks, to be shared by their judgements. */
struct hs_judged_rule *hs_reference_model_judged(const struct hs_reference_model *model,
                                                 struct hs_arena *arena)
{
    const struct hs_rule *rule = model->rule;
    struct hs_scale s = {.rule = rule, .limit_steps = model->limit_steps};
    struct hs_judged_rule judged = {.rule = rule->id,
                                    .unit = rule->unit,
                                    .jnd = rule->jnd,
                                    .side = rule->thresholds ? 0 : rule->side,
                                    .part = rule->moves.part,
                                    .expected = {NAN, NAN}};
    if (rule->thresholds)
        hs_scale_expected(&s, judged.expected);
    return hs_arena_copy(arena, &judged, sizeof judged);
}

static void take_settings(const struct hs_job *job, struct hs_reference_model *y)
{
    y->limit_steps = NAN;
    if (job && job->profile)
        y->profile = job->profile;
    for (size_t i = 0; job && i < job->n_rules; i++)
        if (!strcmp(job->rules[i].rule, y->rule->id)) {
            y->off = job->rules[i].off;
            y->limit_steps = job->rules[i].limit_steps;
        }
}

/* Read once for each rule. */
static void take_references(const struct hs_audit *audit, struct hs_reference_model *y,
                            struct hs_arena *arena)
{
    y->n_references = audit->references ? audit->job->n_references : 0;
    y->n_mix_references = audit->mix_references ? audit->job->n_mix_references : 0;
    y->references = read_references(audit, y->rule, audit->references, y->n_references,
                                    HS_ROLE_MASTER, false, arena);
    y->separated = read_references(audit, y->rule, audit->references, y->n_references,
                                   HS_ROLE_MASTER, true, arena);
    y->mix_references = read_references(audit, y->rule, audit->mix_references, y->n_mix_references,
                                        HS_ROLE_MIX, false, arena);
}

/* Reads one track with all rules. */
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

/* One for each rule; what the tracks teach is gathered first, track by track. */
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
            gather(&models[r], audit, i, &gathered[r], &scratch);
        hs_arena_free(&scratch);
    }
    for (size_t r = 0; r < n_rules; r++)
        conclude(&models[r], &gathered[r], n_tracks, arena);
    hs_free(gathered);
    return models;
}
