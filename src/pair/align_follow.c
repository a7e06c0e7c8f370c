/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The waveform is followed along the line that was found, and along the coarse lines that score
 *    nearly as well as the best one and lie apart from it: music of loops lies in itself in more
 *    than one way, and without its path the windows of a tape agree by chance on any of them.
 * 2. The path by which the windows agree best stays, where they agree clearly better than without
 *    one, and one filter along it leaves clearly less of them: a crossover turns phases, and lags
 *    differ with the notes of each window, but one filter explains it without a path.
 */
#include "pair/align_follow.h"

#include "pair/align_feeds.h"
#include "pair/fine_jitter.h"
#include "pair/wow_follow.h"

#include <math.h>

/* Frames that the lags of 0.2 s move by; how sure the coarse line must be. */
static const double least_jitter = 0.6, least_share = 0.8, least_score = 0.3;
/* By how much more the windows must agree. */
static const double clearly = 1.05, least_shared_s = 5;
/* Along a path one filter leaves this much of what it leaves without one, and less. */
static const double clearly_less = 0.8;
/* Share of the score of the best line; lines nearer than this, in the middle of the song, are one.
 */
static const double nearly_as_good = 0.75, apart_s = 0.1;

struct followed {
    struct hs_time_map along; /* the mix was read at its speed */
    struct hs_fine fine;
    struct hs_wow wow;
};

static void followed_free(struct followed *f)
{
    hs_fine_free(&f->fine);
    hs_wow_free(&f->wow);
}

/* Whether the tape may have had wow: between the windows, or within them. */
static bool is_unsteady(const struct hs_fine *f)
{
    return !f->by_filter && (f->wow_s > 0 || hs_fine_lag_jitter(f) > least_jitter);
}

/* Along a line; too little in common is no error. */
static enum hs_status follow(struct hs_alignment *a, struct hs_time_map line, int part,
                             struct followed *out, struct hs_error *err)
{
    const double from_s = fmax(0, -line.delay_s / line.ratio);
    const double to_s = fmin(a->master_s, (a->mix_s - line.delay_s) / line.ratio);
    const int parts[2] = {part, 0};
    if (to_s - from_s < least_shared_s)
        return HS_OK;
    enum hs_status status = hs_align_open_mix(a, line.ratio, err);
    if (!status)
        status = hs_wow_follow(&a->mix_feed, &a->master_feed, parts, &line, from_s, to_s, &out->wow,
                               err);
    if (!status)
        status = hs_fine_align(&a->mix_feed, &a->master_feed, line, &out->wow, from_s, to_s,
                               &out->fine, err);
    return status;
}

/* Along a line; what the windows agree by better, and most of them, becomes *best. */
static enum hs_status follow_better(struct hs_alignment *a, struct hs_time_map line, int part,
                                    struct followed *best, struct hs_error *err)
{
    struct followed f = {.along = line};
    const enum hs_status status = follow(a, line, part, &f, err);
    const bool better = !status && hs_fine_is_accepted(&f.fine) &&
                        4 * f.fine.n_good >= 3 * f.fine.n_windows &&
                        hs_fine_merit(&f.fine) > hs_fine_merit(&best->fine);
    followed_free(better ? best : &f);
    if (better)
        *best = f;
    return status;
}

static bool is_apart(const struct hs_alignment *a, struct hs_time_map x, struct hs_time_map y)
{
    return fabs(hs_time_map_at(x, a->master_s / 2) - hs_time_map_at(y, a->master_s / 2)) > apart_s;
}

/* The best path along this line and those that may be it as well; none: no windows. */
static enum hs_status follow_all(struct hs_alignment *a, struct hs_time_map line, int part,
                                 struct followed *best, struct hs_error *err)
{
    const struct hs_coarse *c = &a->coarse;
    enum hs_status status = follow_better(a, line, part, best, err);
    for (size_t i = 0; i < c->n_lines && !status; i++)
        if (c->score[i] > nearly_as_good * c->score[0] && is_apart(a, c->line[i], line))
            status = follow_better(a, c->line[i], part, best, err);
    return status;
}

enum hs_status hs_align_follow(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    const struct hs_coarse *c = &a->coarse;
    const bool sure = c->n_lines && c->share[0] > least_share && c->score[0] > least_score;
    if (!(*found ? is_unsteady(&a->fine) : sure))
        return HS_OK;
    const struct hs_time_map line = *found ? a->fine.line : c->line[0];
    const double least = *found ? clearly * hs_fine_merit(&a->fine) : 0;
    struct followed best = {0};
    enum hs_status status = follow_all(a, line, *found ? a->fine.basis.from[0] : 0, &best, err);
    const bool turned = *found && best.fine.left > clearly_less * a->fine.left;
    if (status || turned || !(hs_fine_merit(&best.fine) > least)) {
        followed_free(&best);
        return status || !*found ? status : hs_align_open_mix(a, line.ratio, err);
    }
    hs_fine_free(&a->fine);
    a->fine = best.fine;
    a->line.wow = best.wow;
    a->fine.wow = &a->line.wow;
    *found = true;
    return hs_align_open_mix(a, best.along.ratio, err);
}
