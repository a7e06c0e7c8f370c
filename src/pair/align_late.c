/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two channels that are apart may be a late one or an early one. It was the other one that moved
 * where
 * 1. the channels lie alike in a part of the song, but off the line that was taken for the mix's;
 * 2. else, where by this one both files begin or end together, and by the other they do not.
 * Else the later one counts as moved.
 */
#include "pair/align_late.h"

#include "pair/align_feeds.h"
#include "pair/late_find.h"

#include <math.h>

/* Fingerprints that agree less are not worth looking at the channels for. */
static const double least_score = 0.2;

/* The longest part in which the channels lie alike: what both are late by; NaN: there is none. */
static double late_together_s(const struct hs_late *l, double master_s)
{
    double longest_s = 0, both_s = NAN;
    for (size_t i = 0; i < l->n; i++) {
        const double from_s = i ? l->step[i].from_s : 0;
        const double long_s = (i + 1 < l->n ? l->step[i + 1].from_s : master_s) - from_s;
        if (fabs(hs_late_left_s(&l->step[i])) < hs_late_least_s && long_s > longest_s) {
            longest_s = long_s;
            both_s = l->step[i].late_s[0];
        }
    }
    return both_s;
}

/* Whether b is much less than a. */
static bool is_clearly_less(double b, double a)
{
    return fabs(b) < 0.25 * fabs(a);
}

/* Whether by the line of the other channel, which is off_s earlier in the mix, the files begin
 * together, or else end together, and by this one they do not. */
static bool begins_by_the_other(const struct hs_alignment *a, const struct hs_time_map *line,
                                double off_s)
{
    const double starts = line->delay_s, other_starts = starts - line->ratio * off_s;
    const double ends = a->mix_s - hs_time_map_at(*line, a->master_s);
    const double other_ends = ends + line->ratio * off_s;
    if (is_clearly_less(other_starts, starts) || is_clearly_less(starts, other_starts))
        return is_clearly_less(other_starts, starts);
    return is_clearly_less(other_ends, ends);
}

/* From the line of one channel to that of the other, where that one did not move. */
static void choose_moved(const struct hs_alignment *a, struct hs_late *l, struct hs_time_map *line)
{
    double off_s = late_together_s(l, a->master_s);
    if (isnan(off_s)) {
        off_s = fmax(l->step[0].late_s[0], l->step[0].late_s[1]);
        if (!begins_by_the_other(a, line, off_s))
            return;
    }
    line->delay_s -= line->ratio * off_s;
    for (size_t i = 0; i < l->n; i++)
        for (int c = 0; c < 2; c++)
            l->step[i].late_s[c] -= off_s;
}

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
    if (a->late.n)
        choose_moved(a, &a->late, &line);
    a->late_line = line;
    a->master_feed.late = a->late.n ? &a->late : NULL;
    return status;
}
