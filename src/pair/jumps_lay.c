/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All stretches have one speed, that of their windows. Each has the line of the longest one,
 * earlier or later by what its windows say: by whole frames where both run alike. A jump is looked
 * for between the windows on either side of it.
 */
#include "pair/jumps_lay.h"

#include "pair/edit_points.h"

#include <math.h>

enum hs_status hs_jumps_lay(struct hs_feed *mix, struct hs_feed *master, struct hs_fine *fine,
                            const struct hs_level_stretch *s, size_t n, size_t longest,
                            const double length_s[2], struct hs_timeline *out, struct hs_error *err)
{
    const double middle_s = (s[longest].from_s + s[longest].to_s) / 2;
    const double ratio = s[longest].line.ratio;
    fine->line =
        (struct hs_time_map){hs_time_map_at(fine->line, middle_s) - ratio * middle_s, ratio};
    const struct hs_time_map base =
        hs_time_map_on_frames(fine->line, mix->rate_hz, master->rate_hz);
    const bool alike = fabs(mix->rate_hz - master->rate_hz) < 1e-6;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < n && !status; i++) {
        struct hs_edit *e = &out->segment[i];
        double by_s = s[i].line.delay_s - s[longest].line.delay_s;
        if (alike)
            by_s = round(by_s * master->rate_hz) / master->rate_hz;
        e->line = (struct hs_time_map){base.delay_s + by_s, base.ratio};
        e->from_s = fmax(0, -e->line.delay_s / e->line.ratio);
        e->to_s = fmin(length_s[1], (length_s[0] - e->line.delay_s) / e->line.ratio);
        if (!i)
            continue;
        status = hs_edit_points_between(mix, master, &fine->basis, e[-1].line, e->line,
                                        s[i - 1].to_s, s[i].from_s, &e->from_s, err);
        e[-1].to_s = e->from_s;
    }
    out->n_segments = n;
    out->edited = out->skipped = true;
    fine->from_s = out->segment[0].from_s;
    fine->to_s = out->segment[n - 1].to_s;
    return status;
}
