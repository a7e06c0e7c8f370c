/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both files stand on one scale in steps towards the fault. A difference counts from one audible
 * step or its uncertainty on, whichever is larger. Fault in the mix: mix, worsened or eased. Fault
 * in the master alone: mastering, or exposed where limiting or a small push took it over the limit.
 */
#include "judge/origin.h"

#include <math.h>

static const double large_move = 2;

/* A change counts from one audible step on, or from what can be told apart. */
static double band(const struct hs_two_sides *s)
{
    return fmax(1, s->uncertainty);
}

/* From where mix and master lie to the limit, in steps. */
enum hs_origin hs_origin_of(const struct hs_two_sides *s)
{
    double change = s->master - s->mix;
    if (s->mix > s->limit) {
        if (fabs(change) < band(s))
            return HS_ORIGIN_MIX;
        return change > 0 ? HS_ORIGIN_WORSENED : HS_ORIGIN_EASED;
    }
    /* Just under the limit in the mix and just over it in the master, without a change
     * worth the name: it was there all along. */
    if (change < band(s) / 2)
        return HS_ORIGIN_MIX;
    /* A mix just below the limit was pushed over it by little; two steps are a move of their own.
     */
    bool pushed = s->mix > s->limit - band(s) && change < large_move * band(s);
    if (s->limited || pushed)
        return HS_ORIGIN_EXPOSED;
    return HS_ORIGIN_MASTERING;
}

bool hs_origin_cured(const struct hs_two_sides *s)
{
    return s->mix > s->limit && s->master <= s->limit && s->mix - s->master >= band(s);
}
