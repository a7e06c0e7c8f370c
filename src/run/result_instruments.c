/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Instruments follow the choice of the mix: those of the mix that was chosen, of the master with
 * it, of the update; where there are no stems, those of the separator.
 */
#include "run/result_instruments.h"

#include "run/gather_separate.h"
#include "run/result.h"
#include "run/stem_sets.h"
#include "run/unread_stems.h"

/* The name that the job gives to a key; NULL: it has none. */
static const char *name_of(const struct hs_track_result *t, int key)
{
    for (size_t i = 0; i < t->track->n_stems; i++)
        if (t->track->stems[i].key == key)
            return t->track->stems[i].role;
    return NULL;
}

/* Its name, and that of another which it cannot be told apart from, or which was not found. */
static void name_instrument(struct hs_arena *arena, const struct hs_track_result *t,
                            struct hs_instrument *in)
{
    const char *other = in->like == HS_NO_STEM_KEY ? NULL : name_of(t, in->like);
    const char *stranger = in->beside == HS_NO_STEM_KEY ? NULL : name_of(t, in->beside);
    in->name = name_of(t, in->key);
    if (other)
        in->why =
            hs_arena_printf(arena, "\"%s\" is all but the same: they cannot be told apart", other);
    if (stranger)
        in->why = hs_arena_printf(arena, "%s; \"%s\" was not found, and may be of another song",
                                  in->why, stranger);
}

/* The same instruments may stand at mix and master, each reading its own side. */
static void set_instruments(struct hs_file *f, const struct hs_instruments *found,
                            enum hs_stem_side side)
{
    f->instruments = found;
    f->side = side;
}

/* The instruments under a key; NULL where there is no answer. */
static struct hs_instruments *read_instruments(const struct hs_instrument_rows *r,
                                               const uint64_t key[HS_STEM_KEY])
{
    struct hs_instruments *out = HS_ARENA_NEW(r->arena, struct hs_instruments);
    struct hs_buf row = {0};
    struct hs_result result;
    bool whole = hs_store_find(r->store, HS_RESULT_STEMS, key, HS_STEM_KEY * sizeof *key,
                               hs_result_stems_version(), &row) &&
                 hs_result_take(row.data, row.len, &result) && result.outcome == HS_OUTCOME_OK &&
                 hs_instruments_unpack(out, r->arena, result.body, result.n_body, NULL) == HS_OK;
    hs_buf_free(&row);
    return whole ? out : NULL;
}

/* What the stems of a track show of one set of its files; NULL where there is no answer. */
static struct hs_instruments *read_stems(const struct hs_instrument_rows *r,
                                         const struct hs_entries *e, struct hs_track_result *t,
                                         size_t which)
{
    struct hs_stem_set_of set = hs_stem_sets_at(t->track, which);
    uint64_t key[HS_STEM_KEY];
    if (!hs_stem_sets_readable(e, &set))
        return NULL;
    hs_stem_sets_key(e, &set, key);
    struct hs_instruments *out = read_instruments(r, key);
    t->unfinished |= !out;
    if (out)
        hs_unread_stems_add(r->arena, t, out);
    for (size_t i = 0; out && i < out->n; i++)
        name_instrument(r->arena, t, &out->items[i]);
    return out;
}

/* What a separator showed of one file alone, given as that side. */
void hs_result_separated(const struct hs_instrument_rows *r, const struct hs_separate *what,
                         struct hs_file *f, enum hs_stem_side side)
{
    uint64_t key[HS_SEPARATED_KEY];
    if (f->state != HS_FILE_OK)
        return;
    hs_separated_key(f, r->separator, key);
    struct hs_instruments *out = read_instruments(r, key);
    if (out) {
        out->separated_by = r->separated_by;
        hs_unmade_outputs_add(r->arena, what, out);
    }
    for (size_t i = 0; out && i < out->n; i++) {
        struct hs_instrument *in = &out->items[i];
        in->side = side;
        if (in->key >= 0 && (size_t)in->key < what->n_outputs)
            in->name = what->outputs[in->key].name;
    }
    if (out && side != HS_STEM_IN_MIX) {
        out->fit[side] = out->fit[HS_STEM_IN_MIX];
        out->fit[HS_STEM_IN_MIX] = (struct hs_stem_fit){0};
    }
    set_instruments(f, out, side);
}

/* Those of the mix that was chosen, of the master with it, and of the update. */
void hs_result_instruments(const struct hs_instrument_rows *r, const struct hs_entries *e,
                           struct hs_track_result *t)
{
    const size_t n = hs_stem_sets_count(t->track);
    const bool update = hs_stem_sets_has_update(t->track);
    if (n > update) {
        size_t chosen = t->track->n_mixes ? t->pair.chosen : 0;
        const struct hs_instruments *found = read_stems(r, e, t, chosen);
        set_instruments(&t->mix, found, HS_STEM_IN_MIX);
        set_instruments(&t->master, found, HS_STEM_IN_MASTER);
    }
    if (update)
        set_instruments(&t->update, read_stems(r, e, t, n - 1), HS_STEM_IN_MIX);
}
