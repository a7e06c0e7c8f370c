/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A knot holds a click where, of what gain, filter and curve leave of the master,
 * 1. one sample is larger than the mix is at that place: a limiter or a clipper takes less away
 *    than there is, and a gain that is not followed adds less;
 * 2. that sample holds a ninth and more of what is left of the knot and its two neighbours: a
 *    burst of noise of that length holds a fourteenth;
 * 3. twice as much as in any other knot within 23 ms, whose power is that of 128 samples;
 * 4. it is above -60 dBFS and no more than 14 dB below the highest sample of the mix beside it.
 */
#include "pair/clicks.h"

#include "core/num.h"

static const float most_spread = 9, over_near = 2, least_power = 1e-6F, least_of_mix = 0.2F;

void hs_clicks_begin(struct hs_clicks *c)
{
    c->filled = 0;
}

/* The knot that came `ago` knots before the last one. */
static const struct hs_click_knot *back(const struct hs_clicks *c, size_t ago)
{
    return &c->ring[(c->filled - 1 - ago) % HS_CLICKS_RING];
}

static bool is_click(const struct hs_clicks *c)
{
    const struct hs_click_knot *before = back(c, HS_CLICKS_NEAR + 1);
    const struct hs_click_knot *own = back(c, HS_CLICKS_NEAR);
    const struct hs_click_knot *after = back(c, HS_CLICKS_NEAR - 1);
    const float mix = hs_larger(own->mix, hs_larger(before->mix, after->mix));
    if (!(own->peak > least_power) || own->peak < least_of_mix * least_of_mix * mix * mix ||
        own->peak <= before->peak || own->peak < after->peak ||
        before->left + own->left + after->left > most_spread * own->peak)
        return false;
    for (size_t ago = 0; ago < HS_CLICKS_RING; ago++)
        if ((ago + 1 < HS_CLICKS_NEAR || ago > HS_CLICKS_NEAR + 1) &&
            own->peak < over_near * back(c, ago)->left)
            return false;
    return true;
}

void hs_clicks_add(struct hs_clicks *c, const struct hs_click_knot *knot, double at_s,
                   double step_s)
{
    c->ring[c->filled++ % HS_CLICKS_RING] = *knot;
    if (c->filled < HS_CLICKS_RING || !is_click(c))
        return;
    const float peak = back(c, HS_CLICKS_NEAR)->peak;
    const double own_s = at_s - HS_CLICKS_NEAR * step_s;
    c->recent_s[c->n % HS_CLICKS_RECENT] = own_s;
    if (c->n < HS_CLICKS_MOST)
        c->at_s[c->n] = own_s;
    c->n++;
    c->peak = hs_larger(c->peak, peak);
}
