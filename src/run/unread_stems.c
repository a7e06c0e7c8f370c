/* SPDX-License-Identifier: Apache-2.0 */
/* A part that is missing makes the level of its role unknown, and that of a whole kit. */
#include "run/unread_stems.h"

#include "core/fs.h"

static bool has_key(const struct hs_instruments *all, int key)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].key == key)
            return true;
    return false;
}

/* What stands for a role is not judged where a part of it could not be read. */
static void doubt_role(struct hs_instruments *all, enum hs_stem_role role,
                       enum hs_stem_origin origin, int side, const char *why)
{
    bool any = false;
    for (size_t i = 0; i < all->n; i++) {
        struct hs_instrument *in = &all->items[i];
        if (in->role != role || in->side != (enum hs_stem_side)side)
            continue;
        any = true;
        if (in->key == HS_NO_STEM_KEY) {
            in->why = why;
            return;
        }
    }
    if (any && role != HS_STEM_OTHER)
        all->items[all->n++] =
            hs_instrument_unread(role, HS_NO_STEM_KEY, origin, (enum hs_stem_side)side, why);
}

/* Room for so many more. */
static void give_room(struct hs_arena *arena, struct hs_instruments *all, size_t more)
{
    struct hs_instrument *items = HS_ARENA_ARRAY(arena, struct hs_instrument, all->n + more);
    for (size_t i = 0; i < all->n; i++)
        items[i] = all->items[i];
    all->items = items;
}

/* A row with its reason on each side that was tried, and doubt of what stands for its role. */
static void add_rows(struct hs_instruments *all, enum hs_stem_role role, int key,
                     enum hs_stem_origin origin, const char *why, const char *part)
{
    for (int side = 0; side < HS_STEM_SIDES; side++) {
        if (!all->fit[side].tried)
            continue;
        doubt_role(all, role, origin, side, part);
        if (hs_stem_role_is_drum(role) && role != HS_STEM_DRUMS)
            doubt_role(all, HS_STEM_DRUMS, origin, side, part);
        all->items[all->n++] =
            hs_instrument_unread(role, key, origin, (enum hs_stem_side)side, why);
    }
}

void hs_unread_stems_add(struct hs_arena *arena, const struct hs_track_result *t,
                         struct hs_instruments *all)
{
    const struct hs_track *track = t->track;
    give_room(arena, all, 3 * HS_STEM_SIDES * track->n_stems);
    for (size_t i = 0; i < track->n_stems; i++) {
        const struct hs_stem *stem = &track->stems[i];
        if (t->stems[i].state == HS_FILE_OK || has_key(all, stem->key))
            continue;
        const char *why =
            hs_arena_printf(arena, "%s: %s", hs_path_base(stem->source.shown), t->stems[i].error);
        const char *part =
            hs_arena_printf(arena, "%s is a part of it and cannot be read: %s", stem->role, why);
        add_rows(all, stem->kind, stem->key, HS_STEM_GIVEN, why, part);
    }
}

void hs_unmade_outputs_add(struct hs_arena *arena, const struct hs_separate *what,
                           struct hs_instruments *all)
{
    static const char none[] = "the separator made no such file";
    give_room(arena, all, 3 * HS_STEM_SIDES * what->n_outputs);
    for (size_t i = 0; i < what->n_outputs; i++) {
        const struct hs_separated_output *o = &what->outputs[i];
        if (!has_key(all, (int)i))
            add_rows(all, o->role, (int)i, HS_STEM_SEPARATED, none,
                     hs_arena_printf(arena, "%s is a part of it: %s", o->name, none));
    }
}
