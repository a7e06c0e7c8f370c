/* SPDX-License-Identifier: Apache-2.0 */
/* Which files the stems of a track are fitted in, and under which key the result is stored.
 * The key of a set: the hashes of both sides (an absent side has that of the other one), and a hash
 * of which sides there are and of each readable stem with role and key. */
#include "run/stem_sets.h"

#include "core/wire.h"

#include <string.h>
#include <xxhash.h>

bool hs_stem_sets_has_update(const struct hs_track *track)
{
    return track->n_stems && track->update.path;
}

/* One set for each candidate for the mix; without a mix one for the master. */
static size_t count_of_pairs(const struct hs_track *t)
{
    if (!t->n_stems)
        return 0;
    return t->n_mixes ? t->n_mixes : t->master.path != NULL;
}

size_t hs_stem_sets_count(const struct hs_track *track)
{
    return count_of_pairs(track) + hs_stem_sets_has_update(track);
}

/* Set i of a track: a mix with the master, or the update by itself. */
struct hs_stem_set_of hs_stem_sets_at(const struct hs_track *track, size_t i)
{
    struct hs_stem_set_of set = {.track = track};
    if (i >= count_of_pairs(track)) {
        set.side[HS_STEM_IN_MIX] = &track->update;
        return set;
    }
    if (track->n_mixes)
        set.side[HS_STEM_IN_MIX] = &track->mixes[i];
    if (track->master.path)
        set.side[HS_STEM_IN_MASTER] = &track->master;
    return set;
}

/* The first entry of the same bytes; NULL: no such file. */
const struct hs_entry *hs_stem_entry(const struct hs_entries *e, const struct hs_source *source)
{
    return source && source->path ? &e->items[e->items[hs_entries_find(e, source)].same_as] : NULL;
}

static bool is_readable(const struct hs_entries *e, const struct hs_source *source)
{
    const struct hs_entry *entry = hs_stem_entry(e, source);
    return entry && entry->file.state == HS_FILE_OK;
}

/* Takes sides that cannot be read out of the set; false: nothing is left to fit. */
bool hs_stem_sets_readable(const struct hs_entries *e, struct hs_stem_set_of *set)
{
    size_t n = 0;
    for (int s = 0; s < HS_STEM_SIDES; s++)
        if (!is_readable(e, set->side[s]))
            set->side[s] = NULL;
    for (size_t i = 0; i < set->track->n_stems; i++)
        n += is_readable(e, &set->track->stems[i].source);
    return n && (set->side[0] || set->side[1]);
}

void hs_stem_sets_key(const struct hs_entries *e, const struct hs_stem_set_of *set,
                      uint64_t key[HS_STEM_KEY])
{
    struct hs_buf b = {0};
    for (int s = 0; s < HS_STEM_SIDES; s++) {
        const struct hs_entry *own = hs_stem_entry(e, set->side[s] ? set->side[s] : set->side[!s]);
        memcpy(key + 2 * s, own->file.hash, sizeof own->file.hash);
        hs_wire_put_u32(&b, set->side[s] != NULL);
    }
    for (size_t i = 0; i < set->track->n_stems; i++) {
        const struct hs_stem *stem = &set->track->stems[i];
        if (!is_readable(e, &stem->source))
            continue;
        const struct hs_entry *own = hs_stem_entry(e, &stem->source);
        hs_wire_put_u64(&b, own->file.hash[0]);
        hs_wire_put_u64(&b, own->file.hash[1]);
        hs_wire_put_u32(&b, stem->kind);
        hs_wire_put_u32(&b, (uint32_t)stem->key);
    }
    XXH128_hash_t sum = XXH3_128bits(b.data, b.len);
    key[4] = sum.low64;
    key[5] = sum.high64;
    hs_buf_free(&b);
}
