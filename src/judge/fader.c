/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stem with the share s of the power of the whole, moved by g (as power), changes the whole by
 * 1 + s (g - 1). Its level against the whole changes by g over that; solved for g this gives the
 * move for a wanted change. No move reaches a level at which the stem would be more than the whole.
 */
#include "judge/fader.h"

#include "core/arena.h"
#include "core/num.h"
#include "judge/correct.h"

#include <math.h>

/* The largest move of a fader, and steps per decibel: moves are rounded up to half decibels. */
static const double most_db = 20, grid = 2;
/* How far the level may be taken at most where the edge of the range is nearer: the spread of
 * published levels is wide, and their centre is no target. */
static const double furthest_lu = 6;

double hs_fader_gives(double move_db, double share)
{
    return move_db - hs_db_from_power(1 + share * (hs_power_from_db(move_db) - 1));
}

double hs_fader_for(double wanted_lu, double share, double most)
{
    const double ratio = hs_power_from_db(wanted_lu), rest = 1 - ratio * share;
    if (rest <= 0)
        return most;
    double move = hs_db_from_power(ratio * (1 - share) / rest);
    return fmin(fmax(move, -most), most);
}

/* Where the fader is: in the mix, where there is one. */
static const struct hs_instrument *fader_of(const struct hs_case *c, enum hs_stem_role role)
{
    const struct hs_file *mix = c->result ? &c->result->mix : NULL;
    const struct hs_instrument *in =
        mix && mix->state == HS_FILE_OK
            ? hs_instrument_of_role(mix->instruments, role, HS_STEM_IN_MIX)
            : NULL;
    if (in && !in->why)
        return in;
    in = hs_instrument_of_role(c->file->instruments, role, c->file->side);
    return in && !in->why ? in : NULL;
}

/* The most of a move: to the centre, but no further than a spread or 6 LU, unless the edge is. */
static void put_most(const struct hs_finding *f, double share, struct hs_correction *m)
{
    const double spread = fabs((f->centre - f->value) / f->z), to_centre = f->centre - f->value;
    const double cap = isfinite(spread) ? fmin(spread, furthest_lu) : furthest_lu;
    const double most = copysign(fmin(fabs(to_centre), cap), to_centre);
    double db = hs_fader_for(most, share, most_db);
    db = copysign(floor(fabs(grid * db) + 1e-9) / grid, db);
    m->db_most = isfinite(db) && db / m->db > 1 ? db : m->db;
    m->after_most = f->value + hs_fader_gives(m->db_most, share);
}

/* The loudness of the song follows its instruments, so that the fader moves by more than the wanted
 * change. Nothing without a stem. */
void hs_fader_correct(const struct hs_case *c, const struct hs_finding *f, enum hs_stem_role role,
                      struct hs_correction *out)
{
    const struct hs_instrument *in = fader_of(c, role);
    if (!in)
        return;
    const double share = fmin(hs_power_from_db(in->number[HS_INSTRUMENT_LEVEL_SONG_LU]), 0.98);
    const double wanted = hs_correct_wanted(f);
    double db = hs_fader_for(wanted, share, most_db);
    db = copysign(ceil(fabs(grid * db) - 1e-9) / grid, db);
    if (db == 0 || !isfinite(db))
        return;
    const double after = f->value + hs_fader_gives(db, share);
    const bool short_of_it = (after - f->value) / wanted < 1 - 1e-6;
    *out = (struct hs_correction){
        .where = HS_PLACE_MIX,
        .move = &hs_move_fader,
        .channel = HS_CHANNEL_BOTH,
        .hz = NAN,
        .db = db,
        .q = NAN,
        .after = after,
        .words = hs_arena_printf(c->arena, "In the mix: %s %+.1f dB: %.1f to %.1f LU in the %s%s.",
                                 in->name ? in->name : hs_stem_role_name(role), db, f->value, after,
                                 c->role == HS_ROLE_MIX ? "mix" : "master",
                                 short_of_it ? ", which is still short of what is expected" : "")};
    put_most(f, share, out);
}
