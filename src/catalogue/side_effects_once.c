/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/side_effects_once.h"

#include "core/arena.h"
#include "judge/rule.h"

#include <math.h>
#include <string.h>

static bool is_told(const struct hs_verification *v, const char *what)
{
    for (size_t i = 0; i < v->n_side_effects; i++)
        if (!strcmp(v->side_effects[i].what, what))
            return true;
    return false;
}

/* A defect with its place before what is left unexplained by it, the
 * encoder that the pair shows before its signs, swapped channels and a wrong speed (from 0.6 % on)
 * as the defects they are. */
static void drop_known(struct hs_verification *v)
{
    static const struct {
        const char *what, *by;
        double from; /* of its change */
    } rows[] = {{"something else", "damaged", 0},
                {"lossy_source", "encoded", 0},
                {"channels", "damaged", 0},
                {"speed", "damaged", 6000}};
    size_t n = 0;
    for (size_t i = 0; i < v->n_side_effects; i++) {
        const struct hs_side_effect s = v->side_effects[i];
        bool twice = false;
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
            twice |= !strcmp(s.what, rows[k].what) && is_told(v, rows[k].by) &&
                     !(fabs(s.change) < rows[k].from);
        if (!twice)
            v->side_effects[n++] = s;
    }
    v->n_side_effects = n;
}

/* Whether both are readings of dynamics of which one comes of the other. */
static bool are_related(const struct hs_side_effect *a, const struct hs_side_effect *b)
{
    const struct hs_rule *x = hs_rule_find(a->what), *y = hs_rule_find(b->what);
    bool related = false;
    if (!x || !y || x->thresholds || y->thresholds || x->dimension != &hs_dimension_dynamics ||
        y->dimension != &hs_dimension_dynamics)
        return false;
    for (size_t i = 0; x->explained_by && x->explained_by[i]; i++)
        related |= !strcmp(x->explained_by[i], y->id);
    for (size_t i = 0; y->explained_by && y->explained_by[i]; i++)
        related |= !strcmp(y->explained_by[i], x->id);
    return related;
}

/* A limiter takes from the crest what a compressor would: of readings that come of each other the
 * one that moved most steps stands, with the others' names. */
static void fold_related(struct hs_arena *arena, struct hs_verification *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_side_effects; i++) {
        struct hs_side_effect *lead = &v->side_effects[i];
        for (size_t k = 0; k < v->n_side_effects; k++) {
            const struct hs_side_effect *s = &v->side_effects[k];
            const double more = fabs(s->change) / s->step - fabs(lead->change) / lead->step;
            if (k != i && s->step > 0 && are_related(s, lead) && (more > 0 || (more == 0 && k < i)))
                lead = &v->side_effects[k];
        }
        if (lead == &v->side_effects[i])
            continue;
        lead->words =
            hs_arena_printf(arena, "%s; of that comes: %s", lead->words, v->side_effects[i].what);
        v->side_effects[i].step = 0;
    }
    for (size_t i = 0; i < v->n_side_effects; i++)
        if (v->side_effects[i].step != 0)
            v->side_effects[n++] = v->side_effects[i];
    v->n_side_effects = n;
}

void hs_side_effects_tell_once(struct hs_arena *arena, struct hs_verification *v)
{
    drop_known(v);
    fold_related(arena, v);
}
