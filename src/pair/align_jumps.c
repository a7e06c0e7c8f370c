/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Where not all windows lie on the line they are looked at once more (pair/jumps.h).
 * 2. Jumps make another speed, or in music of loops another place, the likelier one: what the
 *    fingerprints offer is tried too where the line so far is not certain.
 * 3. The mix is aligned anew on the longest stretch; jumps stay where the windows agree better for
 *    them.
 */
#include "pair/align_jumps.h"

#include "pair/align_feeds.h"
#include "pair/jumps_lay.h"

#include <math.h>

/* Likeness of fingerprints, and correlation of a line that is in its right place. */
static const double least_score = 0.3, certain = 0.5;
enum { TRIES = 3 };

/* A master that skips: its stretches, and how it lies on the longest one. */
struct jumps {
    struct hs_level_stretch stretch[HS_EDITS_MOST];
    size_t n, longest;
    double share; /* of the windows that lie on them */
    struct hs_fine fine;
};

/* Where the windows of `f` lie on a few lines: aligns on the longest stretch of these. False where
 * there are none, or nothing comes of it. */
static enum hs_status try_jumps(struct hs_alignment *a, const struct hs_fine *f, struct jumps *out,
                                bool *found, struct hs_error *err)
{
    *out = (struct jumps){0};
    *found = false;
    if (f->n_windows && !hs_fine_is_clear(f))
        out->n = hs_jumps_find(f, out->stretch);
    for (size_t i = 0; i < out->n; i++) {
        out->longest = out->stretch[i].n > out->stretch[out->longest].n ? i : out->longest;
        out->share += (double)out->stretch[i].n / (double)f->n_windows;
    }
    const struct hs_level_stretch *s = &out->stretch[out->longest];
    if (!out->n || s->to_s - s->from_s < HS_LEAST_SHARED_S)
        return HS_OK;
    enum hs_status status = hs_align_open_mix(a, s->line.ratio, err);
    if (!status)
        status = hs_fine_align(&a->mix_feed, &a->master_feed, s->line, NULL, s->from_s, s->to_s,
                               &out->fine, err);
    *found = !status && hs_fine_is_accepted(&out->fine);
    if (!*found)
        hs_fine_free(&out->fine);
    return status;
}

static enum hs_status try_line(struct hs_alignment *a, struct hs_time_map line, struct jumps *out,
                               bool *found, struct hs_error *err)
{
    const double from_s = fmax(0, -line.delay_s / line.ratio);
    const double to_s = fmin(a->master_s, (a->mix_s - line.delay_s) / line.ratio);
    struct hs_fine f = {0};
    *found = false;
    if (to_s - from_s < HS_LEAST_SHARED_S)
        return HS_OK;
    enum hs_status status = hs_align_open_mix(a, line.ratio, err);
    if (!status)
        status = hs_fine_align(&a->mix_feed, &a->master_feed, line, NULL, from_s, to_s, &f, err);
    if (!status)
        status = try_jumps(a, &f, out, found, err);
    hs_fine_free(&f);
    return status;
}

/* As hs_fine_merit, over all stretches. */
static double merit_of(const struct jumps *j)
{
    return j->share * j->fine.strength;
}

/* A master that skips lies on several lines near each other. */
enum hs_status hs_align_jumps(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    const bool sure = *found && a->fine.strength > certain;
    const size_t n = sure ? 0 : a->coarse.n_lines;
    struct jumps best, other;
    bool jumps = false, more;
    if (*found && hs_fine_is_clear(&a->fine))
        return HS_OK;
    enum hs_status status = try_jumps(a, &a->fine, &best, &jumps, err);
    double merit = *found ? hs_fine_merit(&a->fine) : 0;
    if (jumps && !(merit_of(&best) > merit)) {
        hs_fine_free(&best.fine);
        jumps = false;
    }
    merit = jumps ? merit_of(&best) : merit;
    for (size_t i = 0; i < n && i < TRIES && !status; i++) {
        if (a->coarse.score[i] < least_score)
            continue;
        status = try_line(a, a->coarse.line[i], &other, &more, err);
        if (more && merit_of(&other) > merit) {
            if (jumps)
                hs_fine_free(&best.fine);
            best = other;
            jumps = true;
            merit = merit_of(&best);
        } else if (more) {
            hs_fine_free(&other.fine);
        }
    }
    if (jumps) {
        hs_fine_free(&a->fine);
        a->fine = best.fine;
    }
    if (!status && (jumps || *found))
        status = hs_align_open_mix(a, a->fine.line.ratio, err);
    if (status || !jumps)
        return status;
    *found = true;
    return hs_jumps_lay(&a->mix_feed, &a->master_feed, &a->fine, best.stretch, best.n, best.longest,
                        (const double[]){a->mix_s, a->master_s}, &a->line, err);
}
