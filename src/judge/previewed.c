/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each result of a preview is judged as the master of the mix that it was made from:
 * 1. Make a pair from what the chain is known to have done: gain, equaliser, gain reduction.
 * 2. Judge the result by the models of the audit, as a track of no release. Leave out what was
 *    cured and the rules that a preview says nothing about.
 * 3. Per rule, keep a standing: the value and how far it has gone to the limit, 1 where `minor`
 *    begins; the larger one of the value and of the move.
 * 4. Where a rule cannot judge the mix, the first target (the quietest) stands for it.
 * 5. Lasting faults of the waveform of the mix become warnings, as does what a limiter left.
 * 6. A released master gets standings on the same scales.
 */
#include "judge/previewed.h"

#include "judge/change.h"
#include "judge/judge.h"
#include "judge/moves.h"
#include "judge/reference_learn.h"
#include "judge/reference_model.h"

#include <math.h>
#include <stdint.h>

bool hs_judge_foresees(const struct hs_rule *rule)
{
    return !rule->level_exempt && !rule->lasting &&
           (!rule->dimension->of_the_file || rule->exposable);
}

/* The edge of a range on the side of the fault; of two-way rules the one that is nearer. */
static double edge_of(const double range[2], double centre, int side, double value)
{
    bool upper = side ? side > 0 : value >= centre;
    return range[upper ? 1 : 0];
}

/* How far a move has gone: 0 the usual one, 1 where `minor` begins; NaN where it is not judged. */
static double move_to_limit(const struct hs_reference_model *y, const struct hs_scale *s,
                            double change)
{
    struct hs_moved moved = {0};
    enum hs_severity repaired;
    if (!isfinite(change))
        return NAN;
    hs_moves_judge(y, s, change, &y->master, &moved, &repaired);
    if (moved.towards)
        return NAN;
    int side = y->rule->moves.change_is_harm ? 1 : y->rule->side;
    double edge = edge_of(moved.usual, moved.centre, side, change);
    return (change - moved.centre) / (edge - moved.centre);
}

/* How far a rule is from its limit, now and in the mix; 1: at the limit. The larger of the
 * value's own distance and that of the move. */
static void take_stance(const struct hs_reference_model *y, const struct hs_case *c,
                        struct hs_standing *out)
{
    const struct hs_rule *rule = y->rule;
    *out = (struct hs_standing){.unit = rule->unit,
                                .value = NAN,
                                .mix_value = NAN,
                                .limit = NAN,
                                .to_limit = NAN,
                                .mix_to_limit = NAN};
    if (y->off || !y->master.judged || !hs_judge_foresees(rule))
        return;
    struct hs_scale s = hs_reference_model_scale(y, &y->master, SIZE_MAX, c->arena);
    int end = hs_rule_end(rule);
    double limit = hs_scale_threshold(&s, HS_MINOR);
    out->rule = rule->id;
    out->value = y->master.value;
    out->limit = hs_scale_minor(&s, end ? end : out->value >= s.d.centre ? 1 : -1);
    /* 1 is where a fault begins */
    out->to_limit = hs_scale_steps(&s, out->value) / limit;
    if (!y->mix.judged)
        return;
    out->mix_value = y->mix.value;
    out->mix_to_limit = hs_scale_steps(&s, out->mix_value) / limit;
    /* a move that is too large counts as well */
    double moved =
        move_to_limit(y, &s, hs_change_by_mastering(rule, c, &y->shared_master, &y->mix));
    out->to_limit = isnan(moved) ? out->to_limit : fmax(out->to_limit, moved);
}

/* One standing per rule. The models must hold the readings of `r`: for use right after
 * hs_judge_beside. */
static struct hs_standing *take_stances(const struct hs_audit *audit,
                                        const struct hs_reference_model *models,
                                        struct hs_track_result *r, struct hs_arena *arena)
{
    struct hs_arena scratch = {0};
    size_t n = hs_rule_count();
    struct hs_standing *out = HS_ARENA_ARRAY(arena, struct hs_standing, n + 1);
    const struct hs_case c = {.role = HS_ROLE_MASTER,
                              .values = &r->master.values,
                              .file = &r->master,
                              .result = r,
                              .audit = audit,
                              .arena = &scratch};
    for (size_t i = 0; i < n; i++)
        take_stance(&models[i], &c, &out[i]);
    for (size_t k = 0; k < r->n_findings; k++) {
        struct hs_standing *s = &out[hs_rule_index(hs_rule_find(r->findings[k].rule))];
        s->fault = s->rule && hs_finding_counts(&r->findings[k]);
    }
    hs_arena_free(&scratch);
    return out;
}

/* In music that was never limited, fewer than half of the loud blocks stand at its ceiling: from
 * this share on the mix has been through a limiter. */
static const double limited_from = 0.5;

/* What is in the waveform of the mix for good: judged as that of a master would be, and from
 * `note` on where the mix shows that it went through a limiter. */
static bool spoils(const struct hs_reference_model *y, bool limited, struct hs_arena *arena)
{
    const struct hs_rule *rule = y->rule;
    bool of_waveform = rule->lasting && !rule->dimension->of_the_file;
    if (y->off || !y->mix.judged || !(of_waveform || rule->moves.change_is_harm))
        return false;
    struct hs_scale s = hs_reference_model_scale(y, &y->mix, SIZE_MAX, arena);
    enum hs_severity least = limited && rule->moves.change_is_harm ? HS_NOTE : HS_MINOR;
    return hs_scale_severity(&s, y->mix.value) >= least;
}

/* The titles of lasting faults of the mix: its previews cannot be better than that. */
static void warn(const struct hs_reference_model *models, const struct hs_file *mix,
                 struct hs_preview *p, struct hs_arena *arena)
{
    bool limited = hs_values_or_nan(&mix->values, "limited_share") > limited_from;
    struct hs_arena scratch = {0};
    size_t n = hs_rule_count();
    const char **warnings = HS_ARENA_ARRAY(arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (spoils(&models[i], limited, &scratch))
            warnings[p->n_warnings++] = models[i].rule->title;
    p->warnings = warnings;
    hs_arena_free(&scratch);
}

/* The pair that the chain itself is: nothing of it has to be estimated. */
static void make_pair(const struct hs_preview *p, const struct hs_preview_target *t,
                      struct hs_pair *pair, struct hs_arena *arena)
{
    double eq[HS_BANDS];
    *pair = (struct hs_pair){.state = HS_PAIR_ALIGNED, .confidence = 1};
    hs_values_init(&pair->values, arena);
    hs_values_init(&pair->shared_mix, arena);
    hs_values_init(&pair->shared_master, arena);
    for (size_t b = 0; b < HS_BANDS; b++)
        eq[b] = p->has_eq ? p->eq_db[b] : 0;
    hs_bands_centre(eq);
    hs_values_number(&pair->values, "gain_db", t->reached_lufs - p->mix_lufs);
    hs_values_array(&pair->values, "eq_db", eq, HS_BANDS);
    hs_values_array(&pair->values, "side_eq_db", eq, HS_BANDS);
    hs_values_number(&pair->values, "gain_reduction_db.median", t->gr_p50_db);
    hs_values_number(&pair->values, "gain_reduction_db.p95", t->gr_p95_db);
}

/* The track by itself: an album is judged when it is out. */
static struct hs_track *alone(const struct hs_audit *audit, const struct hs_track *t,
                              struct hs_arena *arena)
{
    struct hs_track *copy = hs_arena_copy(arena, t, sizeof *t);
    if (!copy->year && t->release < audit->job->n_releases)
        copy->year = audit->job->releases[t->release].year;
    copy->release = SIZE_MAX;
    copy->recall = HS_RECALL_SESSION; /* the mix is still being made */
    return copy;
}

/* What was cured, and what is not predicted, is left out. */
static void keep_findings(struct hs_track_result *r, struct hs_preview_target *t)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_findings; i++) {
        const struct hs_finding *f = &r->findings[i];
        if (f->origin != HS_ORIGIN_CURED && hs_judge_foresees(hs_rule_find(f->rule)))
            r->findings[n++] = *f;
    }
    t->findings = r->findings;
    t->n_findings = n;
}

/* Every target is judged like a master beside its mix; what previews cannot foresee is left
 * out. */
static void judge_preview(const struct hs_audit *audit, struct hs_reference_model *models,
                          const struct hs_track_result *of, const struct hs_file *mix,
                          struct hs_preview *p, struct hs_arena *arena)
{
    hs_values_read(&mix->values, "integrated_lufs", &p->mix_lufs); /* before the equaliser */
    for (size_t i = 0; i < p->n_targets; i++) {
        struct hs_preview_target *t = &p->targets[i];
        struct hs_track_result r = {.track = alone(audit, of->track, arena),
                                    .mix = *mix,
                                    .stems = of->stems,
                                    .master = {.source = mix->source, .state = HS_FILE_OK}};
        r.master.values = t->values;
        make_pair(p, t, &r.pair, arena);
        hs_judge_beside(audit, models, &r, arena);
        t->standings = take_stances(audit, models, &r, arena);
        t->n_standings = hs_rule_count();
        if (!i)
            warn(models, mix, p, arena);
        keep_findings(&r, t);
    }
}

/* Where a rule cannot judge the mix itself, its quietest preview stands for it: the limiter takes
 * next to nothing there. */
static void stand_in_for_mix(struct hs_preview *p)
{
    for (size_t r = 0; r < hs_rule_count(); r++) {
        const struct hs_standing quietest = p->targets[0].standings[r];
        for (size_t i = 0; i < p->n_targets && quietest.rule; i++) {
            struct hs_standing *s = &p->targets[i].standings[r];
            if (!s->rule || isfinite(s->mix_to_limit))
                continue;
            s->mix_value = quietest.value;
            s->mix_to_limit = quietest.to_limit;
        }
    }
}

/* The released master on the same scales. */
static void judge_master(const struct hs_audit *audit, struct hs_reference_model *models,
                         const struct hs_track_result *of, struct hs_preview *p,
                         struct hs_arena *arena)
{
    struct hs_track_result r = *of;
    r.track = alone(audit, of->track, arena);
    hs_judge_beside(audit, models, &r, arena);
    p->actual = take_stances(audit, models, &r, arena);
}

const struct hs_file *hs_previewed_mix(const struct hs_track_result *t)
{
    return t->update.source && t->track->update_kind == HS_UPDATE_MIX ? &t->update : &t->mix;
}

/* The preview of a mix that is to be released, and that of a released one, which is compared with
 * its master. */
static void judge_track(struct hs_audit *audit, struct hs_reference_model *models,
                        struct hs_track_result *t)
{
    struct hs_preview *const previews[] = {t->preview, t->released_preview};
    for (int k = 0; k < 2; k++) {
        struct hs_preview *p = previews[k];
        if (!p || !p->there)
            continue;
        const struct hs_file *mix = p == t->preview ? hs_previewed_mix(t) : &t->mix;
        judge_preview(audit, models, t, mix, p, &audit->arena);
        if (p == t->preview && p->n_targets)
            stand_in_for_mix(p);
        if (t->master.state == HS_FILE_OK)
            judge_master(audit, models, t, p, &audit->arena);
    }
}

/* With the models of the audit. */
void hs_judge_previews(struct hs_audit *audit)
{
    struct hs_arena scratch = {0};
    size_t n = audit->job->n_tracks;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= audit->tracks[i].preview || audit->tracks[i].released_preview;
    if (!any)
        return;
    struct hs_reference_model *models = hs_reference_models_new(audit, n, &scratch);
    for (size_t r = 0; r < hs_rule_count(); r++) {
        models[r].judged = hs_reference_model_judged(&models[r], &audit->arena);
        models[r].catalogue = (struct hs_leave_one_out){0}; /* of which these are no part */
    }
    for (size_t i = 0; i < n; i++)
        judge_track(audit, models, &audit->tracks[i]);
    hs_arena_free(&scratch);
}
