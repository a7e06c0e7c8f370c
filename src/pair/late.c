/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/late.h"

#include <math.h>
#include <string.h>

const double hs_late_least_s = 0.0002;

void hs_late_reach(const struct hs_late *l, double rate_hz, size_t *before, size_t *behind)
{
    double early_s = 0, late_s = 0;
    for (size_t i = 0; i < l->n; i++)
        for (int c = 0; c < 2; c++) {
            early_s = fmin(early_s, l->step[i].late_s[c]);
            late_s = fmax(late_s, l->step[i].late_s[c]);
        }
    *before = (size_t)ceil(-early_s * rate_hz) + 1;
    *behind = (size_t)ceil(late_s * rate_hz) + 1;
}

/* Frame of the request at which a step begins, 0 to n. */
static size_t start_of(const struct hs_late *l, size_t step, double rate_hz, double at_s, size_t n)
{
    if (step == 0)
        return 0;
    if (step >= l->n)
        return n;
    const double frame = ceil((l->step[step].from_s - at_s) * rate_hz);
    return frame <= 0 ? 0 : frame >= (double)n ? n : (size_t)frame;
}

void hs_late_take(const struct hs_late *l, double rate_hz, double at_s, size_t before, size_t n,
                  const float *const in[2], float *const out[2])
{
    for (size_t k = 0; k < l->n; k++) {
        const size_t from = start_of(l, k, rate_hz, at_s, n);
        const size_t to = start_of(l, k + 1, rate_hz, at_s, n);
        for (int c = 0; c < 2 && from < to; c++) {
            const int64_t shift = llround(l->step[k].late_s[c] * rate_hz);
            const float *first = in[c] + (int64_t)(before + from) + shift;
            memcpy(out[c] + from, first, (to - from) * sizeof *first);
        }
    }
}

double hs_late_left_s(const struct hs_late_step *step)
{
    return step->late_s[0] - step->late_s[1];
}

/* As long as the jump itself, and a tenth of a second. */
bool hs_late_jumps_at(const struct hs_late *l, double master_s)
{
    const double beside_s = 0.1;
    for (size_t i = 1; l && i < l->n; i++) {
        const double jump_s = fabs(hs_late_left_s(&l->step[i]) - hs_late_left_s(&l->step[i - 1]));
        if (fabs(master_s - l->step[i].from_s) < beside_s + jump_s)
            return true;
    }
    return false;
}
