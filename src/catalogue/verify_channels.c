/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/verify_channels.h"

#include <math.h>

enum { NUMBERS = 3, PARTS_MOST = 32 }; /* numbers of a part: from, to, ms */
static const double alike_ms = 0.1;    /* what two pairs can be off by */

static const struct hs_value *parts_of(const struct hs_values *pair)
{
    const struct hs_value *x = hs_values_get(pair, "late_channel");
    return x && x->kind == HS_ARRAY && x->n >= NUMBERS ? x : NULL;
}

size_t hs_late_parts(const struct hs_values *pair, struct hs_late_part *out, size_t most)
{
    const struct hs_value *x = parts_of(pair);
    double ms;
    size_t n = 0;
    for (size_t i = 0; x && i + NUMBERS <= x->n && n < most; i += NUMBERS)
        out[n++] = (struct hs_late_part){x->array[i], x->array[i + 1], x->array[i + 2]};
    if (!x && most && hs_values_read(pair, "channel_delay_change_ms", &ms) && isfinite(ms))
        out[n++] = (struct hs_late_part){0, INFINITY, ms};
    return n;
}

double hs_late_at(const struct hs_values *pair, double at_s)
{
    struct hs_late_part part[PARTS_MOST];
    const size_t n = hs_late_parts(pair, part, PARTS_MOST);
    for (size_t i = 0; i < n; i++)
        if (at_s >= part[i].from_s && at_s < part[i].to_s)
            return part[i].ms;
    return n ? 0 : (double)NAN;
}

double hs_late_share_left(const struct hs_verification *v)
{
    struct hs_late_part made[PARTS_MOST], now[PARTS_MOST];
    const size_t n = hs_late_parts(&v->track->pair.values, made, PARTS_MOST);
    const size_t n_now = hs_late_parts(&v->pair.values, now, PARTS_MOST);
    double most = NAN;
    for (size_t i = 0; i < n && n_now; i++) {
        if (fabs(made[i].ms) < alike_ms)
            continue;
        /* of the whole song, what became of each part of the new pair; else of its middle */
        const bool whole = isinf(made[i].to_s);
        for (size_t k = 0; k < (whole ? n_now : 1); k++) {
            const double at_s = whole ? now[k].from_s : (made[i].from_s + made[i].to_s) / 2;
            double left = made[i].ms + hs_late_at(&v->pair.values, at_s);
            left = fabs(left) < alike_ms ? 0 : left / made[i].ms;
            most = fabs(left) <= fabs(most) ? most : left;
        }
    }
    return most;
}
