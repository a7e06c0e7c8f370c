/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/timeline.h"

#include <math.h>

double hs_timeline_mix_s(const struct hs_timeline *t, size_t segment, double master_s)
{
    return hs_time_map_at(t->segment[segment].line, master_s) + hs_wow_at(&t->wow, master_s);
}

double hs_timeline_shared_s(const struct hs_timeline *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->n_segments; i++)
        sum += t->segment[i].to_s - t->segment[i].from_s;
    return sum;
}

double hs_timeline_from_s(const struct hs_timeline *t)
{
    return t->n_segments ? t->segment[0].from_s : 0;
}

size_t hs_timeline_longest(const struct hs_timeline *t)
{
    size_t best = 0;
    for (size_t i = 1; i < t->n_segments; i++)
        if (t->segment[i].to_s - t->segment[i].from_s >
            t->segment[best].to_s - t->segment[best].from_s)
            best = i;
    return best;
}

void hs_timeline_whole(struct hs_timeline *t, struct hs_time_map map, double mix_s, double master_s)
{
    t->n_segments = 1;
    t->edited = false;
    t->segment[0] = (struct hs_edit){map, fmax(0, -map.delay_s / map.ratio),
                                     fmin(master_s, (mix_s - map.delay_s) / map.ratio)};
}

void hs_timeline_free(struct hs_timeline *t)
{
    hs_wow_free(&t->wow);
    *t = (struct hs_timeline){0};
}
