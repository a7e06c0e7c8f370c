/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Of mastering, take the transfer by third octave and by zone (mean of its third octaves), gain,
 *    gain reduction, change of width and of tails, and the change of each rule.
 * 2. Of mixing, take the spectrum less that expected of masters, plus the usual move of mastering
 *    (that of this catalogue from 8 pairs on, else 0).
 */
#include "catalogue/habit_kinds.h"

#include "core/alloc.h"
#include "core/num.h"
#include "judge/rule.h"

#include <math.h>

static void count_releases(const struct hs_habit_group *g, struct hs_habits *h)
{
    h->engineer = g->engineer;
    h->year = g->year;
    h->n = (int)g->n;
    for (size_t i = 0; i < g->n; i++)
        h->releases += !i || g->release[i] != g->release[i - 1];
}

/* The usual change of each rule, over the rules that the group's first track was judged by. */
static void fill_moves(struct hs_arena *a, struct hs_habit_group *g, struct hs_habits *h)
{
    const struct hs_track_result *first = hs_habit_group_track(g, g->track[0]);
    g->from.first = g->track[0];
    struct hs_usual_move *moves = HS_NEW_ARRAY(struct hs_usual_move, first->n_judgements + 1);
    for (size_t i = 0; i < first->n_judgements; i++) {
        const struct hs_judged_rule *of = first->judgements[i].of;
        struct hs_usual u = hs_habit_group_usual(g, hs_habit_change_of_rule, i, 0);
        if (!isnan(u.median))
            moves[h->n_moves++] = (struct hs_usual_move){
                of->rule, of->unit, of->part, u, {of->usual_move[0], of->usual_move[1]}};
    }
    h->moves = hs_arena_copy(a, moves, h->n_moves * sizeof *moves);
    hs_free(moves);
}

/* What a mastering engineer usually does: medians over pairs, with intervals that allow for
 * pairs of one release being alike. */
static void mastering_fill(struct hs_arena *a, struct hs_habit_group *g, struct hs_habits *h)
{
    count_releases(g, h);
    for (size_t b = 0; b < HS_BANDS; b++)
        h->band[b] = hs_habit_group_usual(g, hs_habit_band_of_move, b, 0);
    h->gain = hs_habit_group_usual(g, hs_habit_gain, 0, 0);
    h->reduction = hs_habit_group_usual(g, hs_habit_reduction, 0, 0);
    h->width = hs_habit_group_usual(g, hs_habit_width, 0, 0);
    h->tails = hs_habit_group_usual(g, hs_habit_tails, 0, 0);
    fill_moves(a, g, h);
}

/* What a mix engineer usually does: bands and zones of the mixes against what is expected of them,
 * with the error of that expectation in the interval. */
static void mixing_fill(struct hs_arena *a, struct hs_habit_group *g, struct hs_habits *h)
{
    (void)a;
    count_releases(g, h);
    h->against = g->from.audit->job->n_references || g->from.audit->job->n_mix_references
                     ? "references"
                     : "built-in";
    for (size_t b = 0; b < HS_BANDS; b++)
        h->band[b] = hs_habit_group_usual(g, hs_habit_band_of_mix, b,
                                          isfinite(g->from.error[b]) ? g->from.error[b] : 0);
}

static const char *mastered_by(const struct hs_track *t)
{
    return t->mastered_by;
}

static const char *mixed_by(const struct hs_track *t)
{
    return t->mixed_by;
}

static int mastered_in(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->mastered_year ? t->mastered_year
           : t->year        ? t->year
                            : audit->job->releases[t->release].year;
}

static int mixed_in(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->mixed_year ? t->mixed_year : mastered_in(audit, t);
}

const struct hs_habit_kind hs_habit_mastering = {
    mastered_by,
    mastered_in,
    hs_habit_bands_of_move,
    hs_habit_band_of_move,
    hs_habit_zone_of_move,
    hs_habit_width,
    false,
    hs_habit_no_error,
    mastering_fill,
    {"mastering", "raises", "lowers", "leaves it", "leave it", "pairs", "", ""}};

const struct hs_habit_kind hs_habit_mixing = {
    mixed_by,
    mixed_in,
    hs_habit_bands_of_mix,
    hs_habit_band_of_mix,
    hs_habit_zone_of_mix,
    hs_habit_width_of_mix,
    true,
    hs_habit_zone_error,
    mixing_fill,
    {"mixing", "has more of", "has less of", "has as much of it as is expected",
     "have as much of it as is expected", "mixes", " against what is expected", ": a house curve"}};

const struct hs_habit_kind hs_habit_of_masters = {.bands = hs_habit_bands_of_master,
                                                  .zone = hs_habit_zone_of_mix,
                                                  .width = hs_habit_width_of_master,
                                                  .of_artists = true};
