/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/align_late.h"

#include "pair/align_feeds.h"
#include "pair/late_find.h"

#include <math.h>

/* Fingerprints that agree less are not worth looking at the channels for. */
static const double least_score = 0.2;

enum hs_status hs_align_find_late(struct hs_alignment *a, bool found, struct hs_error *err)
{
    if (!found && (!a->coarse.n_lines || a->coarse.score[0] < least_score))
        return HS_OK;
    struct hs_time_map line = found ? a->fine.line : a->coarse.line[0];
    const double from_s = fmax(0, -line.delay_s / line.ratio);
    const double to_s = fmin(a->master_s, (a->mix_s - line.delay_s) / line.ratio);
    enum hs_status status = hs_align_open_mix(a, line.ratio, err);
    if (!status)
        status = hs_late_find(&a->mix_feed, &a->master_feed, &line, from_s, to_s, &a->late, err);
    a->late_line = line;
    a->master_feed.late = a->late.n ? &a->late : NULL;
    return status;
}
