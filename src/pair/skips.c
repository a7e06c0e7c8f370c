/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where two pieces meet, the second goes back in the mix by D seconds. Of these U seconds follow
 * neither piece: repeats but the last, which already lies on the line of the second. So the bit is
 * D - U long, and D holds a whole number of them. The last of them sounds as the mix does along the
 * second piece: silence, or anything else that was put in, does not. A bit of 2 s and more is a bar
 * that was put in twice.
 */
#include "pair/skips.h"

#include <math.h>

static const double least_s = 0.05, longest_s = 2, most_back_s = 30, near_s = 0.3;
/* A bit that is heard several times has a length that is known no better than its ends. */
static const double least_of_many_s = 0.1, most_repeats = 20;
/* Of the last repeat but its edge: so much of its power is the mix, at the level of all. */
static const double least_explained = 0.8, level_ratio = 4, edge = 0.3;

/* Seconds around the seam that follow neither piece; *from_s: where they begin, at the seam where
 * there are none. */
static double unfollowed(const struct hs_edit *a, const struct hs_edit *b, double back_s,
                         const struct hs_foreign *f, double start_s, size_t *first, size_t *last,
                         double *from_s)
{
    double sum_s = fmax(b->from_s - a->to_s, 0);
    *from_s = a->to_s;
    *first = *last = f->n;
    for (size_t k = 0; k < f->n; k++) {
        const double at_s = start_s + (double)f->place[k].from / HS_PASS_HZ;
        const double to_s = start_s + (double)f->place[k].to / HS_PASS_HZ;
        if (to_s < a->to_s - near_s || at_s > b->from_s + near_s ||
            to_s > fmin(at_s, a->to_s) + back_s + near_s)
            continue;
        *first = *first == f->n ? k : *first;
        *last = k + 1;
        *from_s = fmin(*from_s, at_s);
        sum_s += to_s - at_s;
    }
    return sum_s;
}

/* Whether the mix sounds in the master between two moments, at its usual level. */
static bool is_heard(const struct hs_pass *p, double from_s, double to_s)
{
    double sum[2][3] = {{0}};
    for (size_t i = 0; i < p->n_ticks; i++) {
        const double at_s = p->start_s + ((double)i + 0.5) / HS_PASS_HZ;
        const struct hs_pass_tick *t = &p->tick[i];
        for (int k = 0; k < 1 + (at_s >= from_s && at_s < to_s); k++) {
            sum[k][0] += (double)t->xx;
            sum[k][1] += (double)t->yy;
            sum[k][2] += (double)t->rr;
        }
    }
    return sum[1][2] < (1 - least_explained) * sum[1][1] &&
           level_ratio * sum[1][1] * sum[0][0] > sum[1][0] * sum[0][1];
}

size_t hs_skips_find(const struct hs_timeline *line, const struct hs_pass *p, struct hs_foreign *f,
                     struct hs_skip out[HS_SKIPS_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < line->n_segments && n < HS_SKIPS_MOST; i++) {
        const struct hs_edit *a = &line->segment[i], *b = &line->segment[i + 1];
        const double ratio = a->line.ratio, at_s = b->from_s;
        const double back_s =
            (hs_time_map_at(a->line, at_s) - hs_time_map_at(b->line, at_s)) / ratio;
        size_t first, last;
        double from_s;
        if (!(back_s >= least_s) || back_s > most_back_s)
            continue;
        const double bit_s =
            back_s - unfollowed(a, b, back_s, f, p->start_s, &first, &last, &from_s);
        if (bit_s < least_s)
            continue;
        const double repeats = fmax(round(back_s / bit_s), 1), length_s = back_s / repeats;
        if (length_s >= longest_s || repeats > most_repeats ||
            (repeats > 1 && length_s < least_of_many_s) ||
            !is_heard(p, from_s + back_s - length_s * (1 - edge), from_s + back_s))
            continue;
        out[n++] = (struct hs_skip){.from_s = from_s,
                                    .to_s = from_s + back_s,
                                    .mix_s = hs_time_map_at(a->line, from_s) - length_s * ratio,
                                    .length_s = length_s,
                                    .times = (size_t)repeats + 1};
        for (size_t k = first; k < last; k++)
            f->place[k].told = true;
    }
    return n;
}

void hs_skips_of_jumps(const struct hs_timeline *line, struct hs_lost_bit lost[HS_EDITS_MOST],
                       struct hs_skip out[HS_SKIPS_MOST], size_t n[2])
{
    n[0] = n[1] = 0;
    for (size_t i = 0; line->skipped && i + 1 < line->n_segments; i++) {
        const struct hs_edit *a = &line->segment[i], *b = &line->segment[i + 1];
        const double mix_s = hs_time_map_at(a->line, b->from_s);
        const double length_s = hs_time_map_at(b->line, b->from_s) - mix_s;
        if (length_s > 0)
            lost[n[0]++] = (struct hs_lost_bit){b->from_s, mix_s, length_s};
        else if (n[1] < HS_SKIPS_MOST)
            out[n[1]++] = (struct hs_skip){.from_s = b->from_s,
                                           .to_s = b->from_s - length_s / a->line.ratio,
                                           .mix_s = mix_s + length_s,
                                           .length_s = -length_s,
                                           .times = 2};
    }
}
