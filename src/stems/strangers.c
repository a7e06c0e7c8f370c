/* SPDX-License-Identifier: Apache-2.0 */
/* A stranger is refused, and none of its stems was found by itself: if they were fitted, it was
 * where others lie. A return is not asked: it is not looked for where the others are one export. */
#include "stems/strangers.h"

static bool is_stranger(const struct hs_stem_places *at, const struct hs_stems_order *o,
                        const struct hs_instrument *in)
{
    bool any = false;
    /* what is silent, and the song itself, have no bound */
    if (in->key == HS_NO_STEM_KEY || in->role == HS_STEM_FX || !in->why ||
        !(in->number[HS_INSTRUMENT_BOUND_LU] > hs_instrument_measured_lu))
        return false;
    for (size_t i = 0; i < o->n_stems; i++) {
        if (o->stems[i].key != in->key)
            continue;
        if (at->place[i].found && !at->place[i].borrowed)
            return false;
        any = true;
    }
    return any;
}

void hs_stem_point_at_strangers(const struct hs_stem_places *at, const struct hs_stems_order *order,
                                struct hs_instrument *items, size_t n)
{
    int stranger = HS_NO_STEM_KEY;
    if (order->origin != HS_STEM_GIVEN)
        return;
    for (size_t i = 0; i < n && stranger == HS_NO_STEM_KEY; i++)
        if (is_stranger(at, order, &items[i]))
            stranger = items[i].key;
    for (size_t i = 0; i < n; i++)
        if (items[i].drowned && items[i].key != stranger)
            items[i].beside = stranger;
}
