/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stem that was heard and is not any more is gone, in a mix and in a master. Of a mix, one that
 * the plan moves may not go a decibel the other way, and no other one a decibel either way; within
 * its bound nothing is said. Mastering moves stems by its compression, so that of a master no more
 * is asked.
 */
#include "catalogue/side_effects_faders.h"

#include "catalogue/fader_moves.h"
#include "judge/rule.h"

#include <math.h>

static const double step_db = 1;

/* The move that the plan has for a role; NaN: none. */
static double planned_db(const struct hs_verification *v, enum hs_stem_role role)
{
    for (size_t i = 0; i < v->n_plan; i++) {
        const struct hs_rule *rule = hs_rule_find(v->plan[i].rule);
        if (v->plan[i].move.move == &hs_move_fader && rule &&
            (rule->instrument == role ||
             (rule->instrument == HS_STEM_DRUMS && hs_stem_role_is_drum(role))))
            return v->plan[i].move.db;
    }
    return NAN;
}

static const char *words_of(const struct hs_verification *v, const struct hs_fader_moved *m,
                            struct hs_arena *arena)
{
    const double planned = planned_db(v, m->role);
    if (m->gone)
        return hs_arena_printf(arena, "%s is gone: nothing of it is heard any more", m->name);
    if (v->kind != HS_UPDATE_MIX || !(fabs(m->db) >= fmax(step_db, m->bound_db)))
        return NULL;
    if (isnan(planned))
        return hs_arena_printf(arena, "%s %+.1f dB, which is not in the plan", m->name, m->db);
    if (planned * m->db < 0)
        return hs_arena_printf(arena, "%s %+.1f dB: the wrong way, %+.1f dB was planned", m->name,
                               m->db, planned);
    return NULL;
}

void hs_side_effects_faders(struct hs_arena *arena, size_t most, struct hs_verification *out)
{
    for (size_t i = 0; i < out->faders->n; i++) {
        const struct hs_fader_moved *m = &out->faders->items[i];
        const char *words = words_of(out, m, arena);
        if (words && out->n_side_effects < most)
            out->side_effects[out->n_side_effects++] = (struct hs_side_effect){
                .what = "fader", .unit = "dB", .change = m->db, .step = step_db, .words = words};
    }
}
