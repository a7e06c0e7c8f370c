/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/origin.h"

#include <math.h>

static const double large_move = 2;

/* A change counts from one audible step on, or from what can be told apart. */
static double band(const struct hs_two_sides *s)
{
    return fmax(1, s->uncertainty);
}

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
    /* What leaned in the mix is pushed over by little; two steps are a move of their own. */
    bool pushed = s->mix > s->limit - band(s) && change < large_move * band(s);
    if (s->limited || pushed)
        return HS_ORIGIN_EXPOSED;
    return HS_ORIGIN_MASTERING;
}

bool hs_origin_cured(const struct hs_two_sides *s)
{
    return s->mix > s->limit && s->master <= s->limit && s->mix - s->master >= band(s);
}
