/* SPDX-License-Identifier: Apache-2.0 */
/* Which files of a track are compared with each other: each candidate for the mix with the master,
 * and an update with what it may replace. */
#include "run/couples.h"

#include "core/alloc.h"

static void add(const struct hs_entries *e, struct hs_couples *out, const struct hs_source *from,
                const struct hs_source *to)
{
    if (!from->path || !to->path)
        return;
    out->items = hs_grow(out->items, out->n, &out->cap, sizeof *out->items);
    out->items[out->n++] = (struct hs_couple){hs_entries_find(e, from), hs_entries_find(e, to)};
}

/* An update of which the job does not say whether it is a mix or a master is compared with both;
 * the choice is made when it is judged (hs_verify_kind). */
void hs_couples_of_track(const struct hs_entries *e, const struct hs_track *t,
                         struct hs_couples *out)
{
    for (size_t i = 0; i < t->n_mixes; i++)
        add(e, out, &t->mixes[i], &t->master);
    if (t->update_kind != HS_UPDATE_MIX)
        add(e, out, &t->master, &t->update);
    for (size_t i = 0; i < t->n_mixes && t->update_kind != HS_UPDATE_MASTER; i++)
        add(e, out, &t->mixes[i], &t->update);
}
