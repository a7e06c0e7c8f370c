/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stem that was heard and is not any more is gone, in a mix and in a master. Of a mix, one that
 * the plan moves may not go a decibel the other way, and no other one a decibel either way; within
 * its bound nothing is said. Mastering moves stems by its compression, so that of a master no more
 * is asked.
 */
#include "catalogue/side_effects_faders.h"

#include "catalogue/fader_moves.h"

#include <math.h>

static const double step_db = 1;

static const char *words_of(const struct hs_verification *v, const struct hs_fader_moved *m,
                            struct hs_arena *arena)
{
    const struct hs_planned *step = hs_fader_planned(v, m->role);
    const double planned = step ? step->move.db : NAN;
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
