/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/verify_damage.h"

#include "core/num.h"
#include "judge/damaged.h"

#include <math.h>

static double sides_left(const struct hs_values *now)
{
    const double swapped = hs_values_or_nan(now, "swapped");
    return isnan(swapped) ? NAN : swapped == 1 ? 0 : 1;
}

/* Half a cent is none; slower tape is a transfer. */
static double speed_left(const struct hs_values *made, const struct hs_values *now)
{
    const double none_ppm = 300;
    const double was = hs_values_or_nan(made, "drift_ppm");
    const double left = was + hs_values_or_nan(now, "drift_ppm");
    return fabs(left) < none_ppm ? 0 : left / was;
}

double hs_damage_share_left(const struct hs_audit *audit, const struct hs_rule *damaged,
                            const struct hs_verification *v)
{
    struct hs_track_result t = *v->track;
    if (t.pair.state != HS_PAIR_ALIGNED && t.pair.state != HS_PAIR_EDITED)
        return NAN;
    switch (hs_damaged_kind(damaged, audit, &t)) {
    case HS_DAMAGE_SWAPPED:
        return sides_left(&v->pair.values);
    case HS_DAMAGE_SPEED:
        return speed_left(&t.pair.values, &v->pair.values);
    default:
        return NAN;
    }
}
