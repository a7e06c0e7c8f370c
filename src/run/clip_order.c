/* SPDX-License-Identifier: Apache-2.0 */
#include "run/clip_order.h"

/* A number for both channels, or one for each. */
void hs_clip_order_pair(struct hs_clip_order *o, const struct hs_pair *pair)
{
    const struct hs_value *v = hs_values_get(&pair->values, "polarity");
    double swapped = 0;
    o->sign[0] = o->sign[1] = 1;
    if (v && v->kind == HS_NUMBER)
        o->sign[0] = o->sign[1] = v->number < 0 ? -1 : 1;
    else if (v && v->kind == HS_ARRAY && v->n == 2)
        for (int c = 0; c < 2; c++)
            o->sign[c] = v->array[c] < 0 ? -1 : 1;
    hs_values_read(&pair->values, "swapped", &swapped);
    o->swapped = swapped != 0;
}

void hs_clip_order_correction(struct hs_clip_order *o, const struct hs_correction *fix)
{
    o->shape = fix->move ? fix->move->shape : HS_SHAPE_NONE;
    o->channel = fix->channel;
    o->hz = fix->hz;
    o->db = fix->db;
    o->q = fix->q;
}

const struct hs_entry *hs_clip_entry(const struct hs_gather *g, const struct hs_source *s)
{
    return s->path ? &g->entries.items[hs_entries_find(&g->entries, s)] : NULL;
}
