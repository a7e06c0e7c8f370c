/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Scale: start from the built-in distribution, moved by the year; weigh it with the residuals of
 *    the references (shrinkage); then with those of the references of the same genre or years,
 *    where there are enough of them. The spread has a floor: twice the repeatability, or an eighth
 *    of an audible step. Rules with fixed thresholds have no distribution.
 * 2. Instruments whose level is read from stems are held against published levels of stems and
 *    against references that were separated in the same way.
 * 3. A mix is put on the scale of masters by the difference of references of both kinds, or else by
 *    the usual move of mastering.
 * 4. The catalogue z of a track is its distance from the other masters, itself left out.
 */
#include "judge/reference_model.h"

#include "core/alloc.h"
#include "judge/builtin.h"
#include "judge/reading.h"
#include "judge/shrinkage.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { ENOUGH_CATALOGUE = 6 }; /* other tracks of it */
/* References from which on the spread of levels within one genre counts, not that of all music. */
enum { ENOUGH_OF_A_GENRE = 10 };

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
    double centre, own = hs_reading_residual(&model->master);
    double spread = hs_leave_one_out_spread(others, own, &centre);
    double z = (own - centre) / fmax(spread, spread_floor(model->rule));
    return z * (model->rule->side < 0 ? -1 : 1);
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
