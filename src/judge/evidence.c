/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/evidence.h"

#include "core/num_text.h"

#include <math.h>

/* A sentence of the rule, or value and range with digits that fit the audible step. */
const char *hs_finding_evidence(const struct hs_finding *f, struct hs_arena *arena)
{
    char value[HS_NUM_TEXT], low[HS_NUM_TEXT], high[HS_NUM_TEXT];
    if (!f->plain)
        return f->evidence;
    const char *gap = *f->unit ? " " : "";
    int digits = f->jnd < 0.2 ? 3 : f->jnd < 2 ? 1 : 0;
    if (f->jnd >= 0.2 && f->jnd < 2 && fabs(f->value) < 1)
        digits = 2;
    hs_num_fixed(value, f->value, digits);
    hs_num_fixed(low, f->expected[0], digits);
    hs_num_fixed(high, f->expected[1], digits);
    if (isnan(f->expected[0]))
        return hs_arena_printf(arena, "%s%s%s; expected at most %s.", value, gap, f->unit, high);
    if (isnan(f->expected[1]))
        return hs_arena_printf(arena, "%s%s%s; expected at least %s.", value, gap, f->unit, low);
    return hs_arena_printf(arena, "%s%s%s; expected %s to %s (%s).", value, gap, f->unit, low, high,
                           f->target);
}
