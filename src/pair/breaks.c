/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Left of a knot is what neither the model nor the steady gain around explains; all of the mix
 * at that gain where the master is 20 dB below it, for a moving gain would follow it into silence.
 * 2. A place opens where 16 times as much is left as in the mean of the 93 ms before, begins anew
 *    where 16 times as much is left as since, and closes 93 ms behind the last knot that has a
 * tenth of its most. Ends that have less than that are no part of it.
 * 3. It is a break where 16 times as much is left as on either side and 4 times as much as in any
 *    knot there (twice as much in full silence), no more than 15 dB below the master around, in
 *    music that is there no more than three times as loud as around. That must be 0.3 of the mix or
 *    600 times the share that is left around, up to 0.8 of it; 0.1 where it is 2000 times as much
 * as around. An encoder leaves a tenth to a half of hits, a compressor a seventh, a clipper a
 * little of peaks: what misses the last rule alone is counted, and many of these make all of them
 *    doubtful.
 * 4. One or two knots must stand out 300 times. A place is no break where all knots that have a
 *    tenth of its most are clicks or lie beside one.
 */
#include "pair/breaks.h"

#include "core/num.h"
#include "pair/gain.h"

#include <math.h>

static const double over_around = 16, short_over_around = 300, over_most = 4, over_most_silent = 2;
static const double least_of_mix = 0.3, over_share = 30;
static const double of_share = 600, most_of_mix = 0.8;
static const double near_of_mix = 0.1, clear_of_mix = 0.1, clear_around = 2000, most_of_around = 3;
static const double least_of_master = 0.03, lost = 0.01, falls_away = 0.5;
static const double least_of_most = 0.1;
static const double least_power = 1e-6; /* -60 dBFS, of a sample */
enum { APART = 2, SHORT = 2, OF_CLICK = 2, LONGEST_OPEN = HS_BREAKS_LONGEST + HS_BREAKS_NEAR };

void hs_breaks_begin(struct hs_breaks *b)
{
    b->filled = 0;
    b->open = false;
    b->left = b->xx = b->yy = 0;
}

static const struct hs_break_knot *at(const struct hs_breaks *b, size_t knot)
{
    return &b->ring[knot % HS_BREAKS_RING];
}

/* What is not the mix of a knot, at the power gain around it. Neither what a steady gain explains
 * nor what a moving one does is left, but where the master falls away all of it is. */
static double left_of(const struct hs_break_knot *k, double gain)
{
    const double mix = gain * (double)k->xx, yy = (double)k->yy;
    if (yy < lost * mix)
        return mix;
    return fmin((double)k->left, fmax(mix - 2 * sqrt(gain) * (double)k->xy + yy, 0));
}

/* Nothing; what an encoder or a compressor leaves of some hits; a break. */
enum standing { NOTHING, NEARLY, BREAK };

struct side {
    double left, xx, yy, most;
};

static struct side over(const struct hs_breaks *b, size_t from, size_t to, double gain)
{
    struct side s = {0};
    for (size_t k = from; k < to; k++) {
        const struct hs_break_knot *x = at(b, k);
        const double left = left_of(x, gain);
        s.left += left;
        s.xx += (double)x->xx;
        s.yy += (double)x->yy;
        s.most = fmax(s.most, left);
    }
    return s;
}

static double gain_of(double xx, double yy)
{
    return xx > 0 ? yy / xx : 0;
}

/* Leaves out of the open place what is far below its highest knot: the gain leans on its
 * neighbourhood. */
static void trim(struct hs_breaks *b)
{
    const double most = over(b, b->first, b->last + 1, b->gain).most;
    while (left_of(at(b, b->first), b->gain) < least_of_most * most)
        b->first++;
    while (left_of(at(b, b->last), b->gain) < least_of_most * most)
        b->last--;
}

/* How far what is left of the place that has just been closed stands out. */
static enum standing standing_of(const struct hs_breaks *b, struct hs_break *out)
{
    const size_t n = b->last + 1 - b->first, end = b->last + 1;
    const size_t x0 = b->first - HS_BREAKS_NEAR, x1 = b->first - APART;
    const size_t y0 = end + APART, y1 = end + HS_BREAKS_NEAR;
    const struct side all[2] = {over(b, x0, x1, 0), over(b, y0, y1, 0)};
    const double gain = gain_of(all[0].xx + all[1].xx, all[0].yy + all[1].yy);
    const struct side x = over(b, x0, x1, gain), y = over(b, y0, y1, gain);
    const struct side own = over(b, b->first, end, gain);
    const double n_side = HS_BREAKS_NEAR - APART;
    const double left = own.left / (double)n, mix = gain * own.xx / (double)n;
    const double master = (x.yy + y.yy) / (2 * n_side);
    const double around = fmax(x.left, y.left) / n_side;
    const double share = (x.left + y.left) / fmax(x.yy + y.yy, 1e-30);
    const double times = own.yy < lost * gain * own.xx ? over_most_silent : over_most;
    if (!(left > (n > SHORT ? over_around : short_over_around) * around) ||
        !(left > times * fmax(x.most, y.most)) || !(left > near_of_mix * mix) ||
        !(left > least_of_master * fmax(master, mix)))
        return NOTHING;
    out->silent = own.yy / (double)n < falls_away * mix;
    out->db = hs_db_from_power(left / fmax(master, 1e-30));
    out->of_mix = left / fmax(mix, 1e-30);
    const bool clear = left > clear_of_mix * mix && left > clear_around * around;
    const double least = fmin(fmax(of_share * share, least_of_mix), most_of_mix);
    return (clear || left > least * mix) && left > over_share * share * mix &&
                   mix < most_of_around * master
               ? BREAK
               : NEARLY;
}

static bool at_click(const struct hs_clicks *c, double at_s, double within_s)
{
    for (size_t i = 0; i < HS_CLICKS_RECENT && i < c->n; i++)
        if (fabs(c->recent_s[i] - at_s) < within_s)
            return true;
    return false;
}

/* All that stands out of the place lies at clicks. */
static bool is_clicks(const struct hs_breaks *b, const struct hs_clicks *c, double from_s,
                      double step_s)
{
    const size_t n = b->last + 1 - b->first;
    const double within_s = (n > SHORT ? 1.5 : OF_CLICK + 0.5) * step_s;
    const double least = least_of_most * over(b, b->first, b->last + 1, b->gain).most;
    for (size_t i = 0; i < n; i++)
        if (left_of(at(b, b->first + i), b->gain) >= least &&
            !at_click(c, from_s + ((double)i + 0.5) * step_s, within_s))
            return false;
    return true;
}

static void close_place(struct hs_breaks *b, double at_s, double step_s,
                        const struct hs_clicks *clicks)
{
    trim(b);
    const double ago = (double)(b->filled - 1 - b->first) + 0.5;
    const size_t n = b->last + 1 - b->first;
    b->open = false;
    if (n > HS_BREAKS_LONGEST || b->first < HS_BREAKS_NEAR + APART)
        return;
    struct hs_break x = {.from_s = at_s - ago * step_s};
    x.to_s = x.from_s + (double)n * step_s;
    const enum standing found =
        is_clicks(b, clicks, x.from_s, step_s) ? NOTHING : standing_of(b, &x);
    b->n_nearly += found == NEARLY;
    if (found != BREAK)
        return;
    if (b->n < HS_BREAKS_MOST)
        b->found[b->n] = x;
    b->n++;
}

/* The sums over the knots before this one, APART from it. */
static void move_on(struct hs_breaks *b)
{
    const size_t now = b->filled - 1;
    if (now < APART + 1)
        return;
    const struct hs_break_knot *in = at(b, now - APART - 1);
    b->left += (double)in->left, b->xx += (double)in->xx, b->yy += (double)in->yy;
    if (now < HS_BREAKS_NEAR + APART + 1)
        return;
    const struct hs_break_knot *out = at(b, now - APART - 1 - HS_BREAKS_NEAR);
    b->left -= (double)out->left, b->xx -= (double)out->xx, b->yy -= (double)out->yy;
}

/* A place begins where enough is left; so it does where much more is than since it began. */
static void open_place(struct hs_breaks *b, size_t now, double left)
{
    b->least =
        fmax(over_around * fmax(b->left, 0) / HS_BREAKS_NEAR, 2 * HS_GAIN_KNOT * least_power);
    b->open = left > b->least;
    b->first = b->last = now;
    b->most = left;
}

void hs_breaks_add(struct hs_breaks *b, const struct hs_break_knot *knot, double at_s,
                   double step_s, const struct hs_clicks *clicks)
{
    const size_t now = b->filled++;
    b->ring[now % HS_BREAKS_RING] = *knot;
    move_on(b);
    if (now < HS_BREAKS_NEAR + APART)
        return;
    if (!b->open) {
        b->gain = gain_of(b->xx, b->yy);
        open_place(b, now, left_of(knot, b->gain));
        return;
    }
    const double left = left_of(knot, b->gain);
    if (left > over_around * b->most)
        open_place(b, now, left);
    else if (left > fmax(b->least, least_of_most * b->most))
        b->last = now;
    else if (now - b->last >= HS_BREAKS_NEAR)
        close_place(b, at_s, step_s, clicks);
    b->most = fmax(b->most, left);
    b->open = b->open && now - b->first < LONGEST_OPEN;
}
