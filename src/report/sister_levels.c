/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Levels that were judged, by where the stems are from, side and role; returns and what has no
 * role are left out. One that lies two spreads (of 1 LU at least) and 2 LU from the middle of six
 * others or more stands out.
 */
#include "report/sister_levels.h"

#include "core/alloc.h"

#include <math.h>

enum { ENOUGH = 6 };
static const double least_spread_lu = 1, far_spreads = 2, far_lu = 2;

static double level_in(const struct hs_track_result *t, enum hs_stem_origin origin,
                       enum hs_stem_side side, enum hs_stem_role role)
{
    const struct hs_file *file = side == HS_STEM_IN_MIX ? &t->mix : &t->master;
    const struct hs_instrument *in =
        file->instruments ? hs_instrument_of_role(file->instruments, role, side) : NULL;
    return in && !in->why && in->origin == origin ? in->number[HS_INSTRUMENT_LEVEL_LU] : NAN;
}

/* Only where enough other songs have a stem of this role. */
void hs_sister_levels_init(struct hs_sister_levels *s, const struct hs_audit *audit,
                           struct hs_arena *arena)
{
    const size_t n = audit->job->n_tracks;
    double *level = HS_NEW_ARRAY(double, n + 1);
    *s = (struct hs_sister_levels){0};
    for (int origin = 0; origin < HS_N_STEM_ORIGINS; origin++)
        for (int side = 0; side < HS_STEM_SIDES; side++)
            for (int role = 0; role < HS_N_STEM_ROLES; role++) {
                size_t found = 0;
                for (size_t i = 0; i < n && role != HS_STEM_OTHER && role != HS_STEM_FX; i++) {
                    const double x = level_in(&audit->tracks[i], (enum hs_stem_origin)origin,
                                              (enum hs_stem_side)side, (enum hs_stem_role)role);
                    if (isfinite(x))
                        level[found++] = x;
                }
                if (found > ENOUGH)
                    s->of[origin][side][role] = hs_leave_one_out_new(level, found, arena);
            }
    hs_free(level);
}

/* Is the instrument louder or softer than in the artist's other songs, without this one? */
bool hs_sister_levels_differ(const struct hs_sister_levels *s, const struct hs_instrument *in,
                             struct hs_sister_level *out)
{
    const struct hs_leave_one_out *all = &s->of[in->origin][in->side][in->role];
    const double level = in->number[HS_INSTRUMENT_LEVEL_LU];
    double middle;
    if (in->why || !isfinite(level) || all->n <= ENOUGH)
        return false;
    const double spread = fmax(hs_leave_one_out_spread(all, level, &middle), least_spread_lu);
    *out = (struct hs_sister_level){.n = all->n - 1, .middle_lu = middle, .off_lu = level - middle};
    return fabs(out->off_lu) >= fmax(far_lu, far_spreads * spread);
}
