/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fade reaches from the first or last moment at which the mix sounds to where the gain, over a
 * fifth of a second, comes near its usual value. The gain is that of what the mix explains, and no
 * lower than that of the master's power: what an encoder has replaced has not faded. It falls by 6
 * dB, or by 14 where it takes a second and more; or by 3 where nearly all of that comes at the very
 * end, as with FFmpeg's `log`, whose last hundredth is cut off. A ride is a stretch of a second and
 * more between them in which the slow gain is off by half a dB.
 */
#include "pair/fades.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

/* Slow gain without a device, and beside one (slow releases reach 4.7 dB). */
static const double slow_alone_db = 0.5, slow_drop_db = 1, slow_beside_db = 5;
static const double least_fade_db = 6, least_sudden_db = 3;
/* One of a second and more goes to nothing: FFmpeg's `dynaudnorm` turns the start of a song up over
 * 8 s by 10 dB. */
static const double least_long_db = 14;
enum { long_ticks = HS_PASS_HZ };
static const double ride_db = 0.5, ride_s = 1;

/* A fade at one end, in ticks. */
struct fade {
    size_t first;  /* the first or last one that sounds */
    double length; /* 0: the gain is there at once, or never far */
};

/* Ticks from an end of the file at which the gain was last so far below its usual value. */
enum { NEAR, EDGE, INSIDE, DEEP, MARKS };
static const double mark_db[MARKS] = {0.5, 1, 3, 6};

/* How far beyond the edge a fade begins, in steps from edge to inside. Told are three kinds by the
 * steps before and behind that one:
 *   straight, or straight in dB     1.13 to 1.5 behind                     begins 0.5 to 0.6 beyond
 *   square root, cube root          0.85 and 0.65, 0.33 and 0.38 before    0.7 to 0.8
 *   quarter or half of a sine       0.83 and 0.91, 0.42 before             1.49 and 1.43
 * A sudden one, a logarithm, has 0.14 of a step between its end and the third mark; all others 1.0
 * and more (a cube root). It begins 2.86 beyond: 1 + log10(x) / 5 for x of its length. */
static double steps_beyond(const size_t mark[MARKS], bool sudden)
{
    const double straight = 0.55, root = 0.75, sine = 1.46, logarithm = 2.86;
    const double least_straight = 1.02, least_sine = 0.395;
    const double most_sine = 1.2; /* more before it is a ride below the usual level */
    if (sudden)
        return logarithm;
    const double step = (double)mark[EDGE] - (double)mark[INSIDE];
    const double before = (double)mark[NEAR] - (double)mark[EDGE];
    const double behind = (double)mark[INSIDE] - (double)mark[DEEP];
    if (behind >= least_straight * step)
        return straight;
    return before >= least_sine * step && before <= most_sine * step ? sine : root;
}

/* What there is of it below the third mark is short beside what is above. */
static bool is_sudden(const size_t mark[MARKS], size_t first)
{
    const double most = 0.3;
    return mark[INSIDE] > first &&
           (double)(mark[INSIDE] - first) < most * ((double)mark[EDGE] - (double)mark[INSIDE]);
}

/* From the first or last tick in which the mix sounds until the gain has come within the edge of
 * its usual value, and a little beyond. */
static struct fade fade_at_end(const struct hs_reduction *r, const double *gain, double usual,
                               bool from_end, bool slow)
{
    size_t first = r->n, mark[MARKS] = {0};
    double deepest = 0;
    bool fading = true;
    for (size_t i = 0; i < r->n; i++) {
        size_t k = from_end ? r->n - 1 - i : i;
        if (!(r->sounds[k] > 0))
            continue;
        if (gain[k] > usual - mark_db[NEAR])
            break;
        mark[NEAR] = i + 1;
        fading = fading && !(gain[k] > usual - mark_db[EDGE]);
        if (!fading)
            continue;
        first = first < r->n ? first : i;
        deepest = fmax(deepest, usual - gain[k]);
        for (int m = EDGE; m < MARKS; m++)
            if (gain[k] < usual - mark_db[m])
                mark[m] = i + 1;
    }
    struct fade f = {.first = first};
    const bool sudden = slow && is_sudden(mark, first);
    const bool long_one = mark[EDGE] > first + long_ticks;
    /* shorter than what the gain was taken over: one soft moment may do that */
    if (mark[EDGE] < first + HS_PASS_HZ / 5)
        return f;
    if (deepest > (sudden ? least_sudden_db : long_one ? least_long_db : least_fade_db))
        f.length = (double)(mark[EDGE] - first) +
                   steps_beyond(mark, sudden) * (double)(mark[EDGE] - mark[INSIDE]);
    return f;
}

static void add_ride(struct hs_devices *d, double from_s, double to_s)
{
    if (to_s - from_s >= ride_s && d->n_rides < HS_RIDES_MOST)
        d->rides[d->n_rides++] = (struct hs_passage){from_s, to_s};
}

/* Stretches off the usual gain between the fades. */
static void find_rides(const struct hs_reduction *r, double usual, double start_s,
                       struct hs_devices *d)
{
    double from = -1, last = 0;
    for (size_t i = 0; i < r->n; i++) {
        double t = start_s + (double)i / HS_PASS_HZ;
        bool fading = false;
        for (size_t k = 0; k < d->n_fades; k++)
            fading |= t >= d->fades[k].from_s && t <= d->fades[k].to_s;
        if (!(r->weight[i] > 0))
            continue;
        bool off = !fading && fabs(r->slow_db[i] - usual) > ride_db;
        if (!off && from >= 0)
            add_ride(d, from, t);
        if (!off)
            from = -1;
        else if (from < 0)
            from = t;
        last = t;
    }
    if (from >= 0)
        add_ride(d, from, last);
}

static bool slow_is_there(const struct hs_reduction *r, const struct hs_devices *d)
{
    if (d->n_chain)
        return r->slow_range_db >= slow_beside_db && !d->pure;
    return r->slow_range_db >= slow_alone_db &&
           r->steady_residual_db - r->slow_residual_db >= slow_drop_db;
}

static double median_of(const double *x, const struct hs_reduction *r, double *work)
{
    size_t k = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->weight[i] > 0)
            work[k++] = x[i];
    return hs_median(work, k);
}

static void add_fade(struct hs_devices *d, double from_s, double to_s)
{
    if (to_s > from_s)
        d->fades[d->n_fades++] = (struct hs_passage){from_s, to_s};
}

/* Fades at both ends. Where the mix is in them it sounds, however deep they go. */
static void find_fades(const struct hs_reduction *r, double usual, double start_s, bool slow,
                       struct hs_devices *d)
{
    const size_t smooth = HS_PASS_HZ / 5;
    double *gain = HS_NEW_ARRAY(double, r->n + 1), *own = HS_NEW_ARRAY(double, r->n + 1);
    for (size_t i = 0; i < r->n; i++)
        own[i] = fmax(r->gain_db[i] + r->model_db[i], r->power_db[i]);
    hs_ticks_slow(own, r->sounds, r->n, smooth, gain);
    const struct fade in = fade_at_end(r, gain, usual, false, slow);
    const struct fade out = fade_at_end(r, gain, usual, true, slow);
    d->fade_in_s = in.length / HS_PASS_HZ;
    d->fade_out_s = out.length / HS_PASS_HZ;
    const double from_s = start_s + (double)in.first / HS_PASS_HZ;
    const double to_s = start_s + (double)(r->n - out.first) / HS_PASS_HZ;
    const double end_s = start_s + (double)r->n / HS_PASS_HZ;
    add_fade(d, from_s, fmin(from_s + d->fade_in_s, end_s));
    add_fade(d, fmax(to_s - d->fade_out_s, start_s), to_s);
    hs_free(gain);
    hs_free(own);
}

/* A slow gain at the ends are fades, elsewhere rides. */
void hs_fades_find(const struct hs_reduction *r, double start_s, struct hs_devices *d)
{
    d->fade_in_s = d->fade_out_s = r->n_active < 2 * HS_PASS_HZ ? NAN : 0;
    if (!(d->fade_in_s >= 0))
        return;
    double *work = HS_NEW_ARRAY(double, r->n + 1);
    const double usual = median_of(r->slow_db, r, work);
    const bool slow = slow_is_there(r, d);
    /* One that is fast is no slow gain, yet one. */
    if (slow || !d->n_chain)
        find_fades(r, usual, start_s, slow, d);
    /* Bands that move apart move the gain of all: no ride. */
    if (slow && !d->multiband)
        find_rides(r, usual, start_s, d);
    hs_free(work);
}

struct hs_passage hs_fades_between(const struct hs_devices *d, double from_s, double to_s)
{
    struct hs_passage full = {from_s, to_s};
    if (d->n_fades && d->fade_in_s > 0)
        full.from_s = fmax(from_s, d->fades[0].to_s);
    if (d->n_fades && d->fade_out_s > 0)
        full.to_s = fmin(to_s, d->fades[d->n_fades - 1].from_s);
    return full;
}
