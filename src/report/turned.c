/* SPDX-License-Identifier: Apache-2.0 */
#include "report/turned.h"

#include <math.h>

double hs_finding_way(const struct hs_finding *f)
{
    double x = f->origin == HS_ORIGIN_CURED && isfinite(f->mix_value) ? f->mix_value : f->value;
    return f->direction && x < 0 ? -1 : 1;
}

static void turn_range(double range[2])
{
    double low = range[0];
    range[0] = -range[1];
    range[1] = -low;
}

/* Of a measure of which less is worse the signs are turned, so that words and charts always go up.
 */
const struct hs_finding *hs_finding_turned(const struct hs_finding *f, struct hs_turned *room)
{
    if (hs_finding_way(f) > 0)
        return f;
    struct hs_finding *x = &room->finding;
    *x = *f;
    x->value = -f->value;
    x->mix_value = -f->mix_value;
    x->change = -f->change;
    x->centre = -f->centre;
    x->correction.after = -f->correction.after;
    x->correction.after_most = -f->correction.after_most;
    turn_range(x->expected);
    if (f->moved) {
        room->moved = *f->moved;
        room->moved.change = -f->moved->change;
        room->moved.centre = -f->moved->centre;
        turn_range(room->moved.usual);
        x->moved = &room->moved;
    }
    return x;
}
