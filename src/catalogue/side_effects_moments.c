/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/side_effects_moments.h"

#include "catalogue/verify_files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Seconds of which more than 0.3 % is explained by nothing, a hundred times as much as of the
 * middle one: a stutter, a burst, a splice of some milliseconds. Where a defect or a cut is told
 * already this is that. */
void hs_side_effects_of_moments(struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    enum { fewest = 8 };
    const float least_db = -25, over_db = 20;
    const struct hs_value *course = hs_values_get(&v->pair.values, "residual_series");
    const double hz = hs_values_or_nan(&v->pair.values, "encoded.bandwidth_hz");
    if (!course || course->kind != HS_SERIES || hs_verify_is_remixed(v) ||
        v->pair.state != HS_PAIR_ALIGNED || v->pair.n_chain || isfinite(hz))
        return;
    for (size_t i = 0; i < v->n_side_effects; i++)
        if (!v->side_effects[i].remark && strcmp(v->side_effects[i].what, "tone") != 0 &&
            strcmp(v->side_effects[i].what, "start") != 0)
            return;
    float *sorted = HS_ARENA_ARRAY(arena, float, course->n);
    size_t n_known = 0, n = 0, first = 0;
    for (size_t i = 0; i < course->n; i++) /* seconds that were not looked at are NaN */
        if (isfinite(course->series[i]))
            sorted[n_known++] = course->series[i];
    if (n_known < fewest)
        return;
    qsort(sorted, n_known, sizeof *sorted, by_value);
    const float usual = sorted[n_known / 2];
    for (size_t i = course->n; i-- > 0;)
        if (course->series[i] >= least_db && course->series[i] >= usual + over_db) {
            first = i;
            n++;
        }
    if (!n || n > n_known / 4)
        return;
    if (v->n_side_effects == most)
        return;
    double at_s = course->start_s + (double)first * course->step_s;
    v->side_effects[v->n_side_effects++] = (struct hs_side_effect){
        .what = "something else",
        .unit = "dB",
        .change = (double)course->series[first],
        .step = (double)least_db,
        .words = hs_arena_printf(
            arena,
            "from %.0f to %.0f s%s something is explained by nothing that "
            "is known: listen there",
            at_s, at_s + course->step_s,
            n > 1 ? hs_arena_printf(arena, ", and in %zu other seconds,", n - 1) : "")};
}
