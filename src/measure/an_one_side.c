/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spells in which one channel is away while the other plays, from the sums of 100 ms that the
 * levels analyser left. A part that is played on one side alone looks the same by its level; so
 * does the intro of a guitar. What tells them apart stands at the ends:
 * 1. A spell: one channel is 40 dB and more below the other, for half a second and more in which
 *    that sounds.
 * 2. At an end that lies within the file both channels must sound beside it, the one that goes on
 *    must keep its level, and both must have something in common: what stands in the middle cannot
 *    be played by one channel alone. The correlation of the second beside the spell says how much;
 *    the smaller one of both ends is kept, 0 where an end does not hold, and below 1 at most. A
 *    channel that is away all through has no ends, and needs none: it is 1.
 * 3. Where only one end lies within the file the spell may be an intro or a close on one side, with
 *    the band beside it on both. What the band plays in both adds to the channel that goes on: had
 *    half of its power come in there, it would have risen by 3 dB. So there the correlation is to
 *    be 0.5 and more, what both have in common half of the power of the channel that goes on, and
 *    that channel is to keep its level within 1.5 dB from one second to the other.
 */
#include "core/num.h"
#include "measure/analyser.h"

#include <math.h>

enum { PER_S = 10, SHORTEST = 5, BESIDE = 10, NEAR = 3, WIDTH = 5, MOST_SPELLS = 32 };
static const double away_db = -40, sounds_db = -30, back_db = -20, kept_db = 6;
/* Where only one end lies within the file, see 3. above. */
static const double lone_kept_db = 1.5, lone_shared = 0.5;
static const double most_shared = 0.999; /* 1 is said of a whole file */

/* Sums of squares of 100 ms. */
struct sums {
    const float *left, *right, *mid, *side;
    size_t n;
    double mean; /* of both channels together */
};

static const float *channel_of(const struct sums *s, int c)
{
    return c ? s->right : s->left;
}

static double sum_of(const float *x, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++)
        sum += (double)x[i];
    return sum;
}

/* Rests of the other channel belong to a spell as well. */
static bool is_away(const struct sums *s, int c, size_t i)
{
    const double other = (double)channel_of(s, !c)[i];
    return (double)channel_of(s, c)[i] <= other * hs_power_from_db(away_db);
}

static bool other_sounds(const struct sums *s, int c, size_t i)
{
    return (double)channel_of(s, !c)[i] > s->mean * hs_power_from_db(sounds_db);
}

/* What both channels have in common in the second from `from` up to `to`, beside a spell whose
 * nearest 0.3 s are `in` and those outside of it `out`; 0 where it is no end of a channel that goes
 * away: the channel is softer than it may be, or the other one changes its level. */
static double shared_at(const struct sums *s, int c, size_t from, size_t to, size_t out, size_t in)
{
    const float *gone = channel_of(s, c), *stays = channel_of(s, !c);
    const double before = sum_of(stays, out, out + NEAR), after = sum_of(stays, in, in + NEAR);
    const double own = sum_of(gone, out, out + NEAR);
    const double both = sqrt(sum_of(s->left, from, to) * sum_of(s->right, from, to));
    if (!(before > 0) || !(after > 0) || own < before * hs_power_from_db(back_db) ||
        fabs(hs_db_from_power(after / before)) > kept_db || !(both > 0))
        return 0;
    return fmax((sum_of(s->mid, from, to) - sum_of(s->side, from, to)) / both, 0);
}

/* Whether one end alone tells a gap from an intro or a close on one side, by the second from `from`
 * up to `to` beside the spell and the one from `in` up to `in_to` within it. */
static bool holds_alone(const struct sums *s, int c, size_t from, size_t to, size_t in,
                        size_t in_to)
{
    const float *stays = channel_of(s, !c);
    const double beside = sum_of(stays, from, to), within = sum_of(stays, in, in_to);
    const double both = sqrt(sum_of(s->left, from, to) * sum_of(s->right, from, to));
    const double common = sum_of(s->mid, from, to) - sum_of(s->side, from, to);
    const double change = within / (double)(in_to - in) / (beside / (double)(to - from));
    return common >= lone_shared * fmax(beside, both) &&
           fabs(hs_db_from_power(change)) <= lone_kept_db;
}

/* The smaller one of both ends. The 100 ms beside an end may be cut in the midst: they are left
 * out. 0 where neither end lies within the file. */
static double shared_beside(const struct sums *s, int c, size_t from, size_t to)
{
    const bool starts = from >= NEAR + 1, ends = to + 1 + NEAR <= s->n;
    const size_t long_in = to - from < BESIDE ? to - from : BESIDE;
    double shared = starts || ends ? most_shared : 0;
    if (from == 0 && to == s->n)
        return 1;
    if (starts) {
        const size_t first = from > BESIDE + 1 ? from - 1 - BESIDE : 0;
        shared = fmin(shared, shared_at(s, c, first, from - 1, from - 1 - NEAR, from));
        if (!ends && !holds_alone(s, c, first, from - 1, from, from + long_in))
            shared = 0;
    }
    if (ends) {
        const size_t last = to + 1 + BESIDE < s->n ? to + 1 + BESIDE : s->n;
        shared = fmin(shared, shared_at(s, c, to + 1, last, to + 1, to - NEAR));
        if (!starts && !holds_alone(s, c, to + 1, last, to - long_in, to))
            shared = 0;
    }
    return shared;
}

/* Adds the spells of one channel; how many there are then. */
static size_t add_spells(const struct sums *s, int c, double *out, size_t n)
{
    for (size_t i = 0, end; i < s->n && n < MOST_SPELLS; i = end + 1) {
        size_t sounding = 0;
        for (end = i; end < s->n && is_away(s, c, end); end++)
            sounding += other_sounds(s, c, end);
        if (sounding < SHORTEST)
            continue;
        const double own = sum_of(channel_of(s, c), i, end);
        const double other = sum_of(channel_of(s, !c), i, end), furthest_db = 60;
        const double down = fmin(hs_db_from_power(other / fmax(own, 1e-30)), furthest_db);
        const double spell[WIDTH] = {(double)i / PER_S, (double)end / PER_S, c, down,
                                     shared_beside(s, c, i, end)};
        for (int k = 0; k < WIDTH; k++)
            out[n * WIDTH + (size_t)k] = spell[k];
        n++;
    }
    return n;
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)state, (void)n_frames;
    static const char *const keys[4] = {"_power_left", "_power_right", "_power_mid", "_power_side"};
    double spells[WIDTH * MOST_SPELLS];
    const struct hs_value *part[4];
    bool there = stream->n_channels > 1;
    for (int p = 0; p < 4; p++) {
        part[p] = hs_values_get(v, keys[p]);
        there &= part[p] && part[p]->kind == HS_SERIES && part[p]->n;
    }
    if (!there) {
        hs_values_absent(v, "one_side", "%s", stream->n_channels > 1 ? "too short" : "one channel");
        return;
    }
    struct sums s = {part[0]->series, part[1]->series, part[2]->series,
                     part[3]->series, part[0]->n,      0};
    s.mean = (sum_of(s.left, 0, s.n) + sum_of(s.right, 0, s.n)) / (double)s.n;
    size_t n = add_spells(&s, 0, spells, 0);
    n = add_spells(&s, 1, spells, n);
    hs_values_array(v, "one_side", spells, n * WIDTH);
}

static const struct hs_measure measures[] = {
    {"one_side", "", HS_ARRAY, 0, 2, HS_IN_STORE, "spells of one side alone",
     "Where one channel is 40 dB and more below the other for half a second and more: from, to "
     "(s), "
     "which channel is away (0 left, 1 right), by how many dB, and the correlation of what stands "
     "beside the spell (0 where the other channel changes its level there or a lone end says too "
     "little, 1 where it lasts all through). 32 at most.",
     "hindsight, docs/measures"},
};

static const char *const sources[] = {"levels", NULL};

const struct hs_analyser hs_analyser_one_side = {
    .name = "one_side",
    .version = 1,
    .stage = 1,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
