/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames of the filter's length go through the pair, each a hop further:
 * 1. Mid and side of the mix are read along the time line and filtered (overlap-save); the
 *    master's frames beside them are kept.
 * 2. Every HS_GAIN_KNOT frames a knot has the powers, the product and the peaks of both. A gain
 *    per knot follows from them (pair/gain.h) and is spread over the frames.
 * 3. Gain, and curve where there is one, are applied to the mix. What is left, with powers,
 *    gain and peaks, is added to the tick of 10 ms in which the middle of the knot lies.
 * 4. The master without curve and gain is the target of the transfer. It is added one hop
 *    later, when all of the frame has been evened out. Frames near a hop of low coherence are
 *    left out.
 * 5. K-weighted power of both files is summed over 100 ms where loudness is asked for.
 */
#include "pair/pass.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum { LANES = 8 }; /* of sums within a knot */
enum { LEAD = 16 }; /* room for the frame before the first; keeps the rest aligned */

/* A stretch of less coherence is other music: it is left out of the transfer. */
static const double least_coherence = 0.2;

void hs_pass_init(struct hs_pass *p, double rate_hz, size_t n, double start_s)
{
    *p = (struct hs_pass){.rate_hz = rate_hz, .start_s = start_s, .every = 1};
    hs_transfer_init(&p->transfer, n, rate_hz);
    hs_filter_init(&p->filter, n);
    hs_kweight_init(&p->kweight, (int)lround(rate_hz));
    const size_t hop = hs_filter_hop(n);
    for (int i = 0; i < 2; i++) {
        p->mix[i] = hs_aligned(n, sizeof(float));
        p->master[i] = hs_aligned(n, sizeof(float));
        p->now[i] = hs_aligned(n / 2 + 1, sizeof(float complex));
        p->before[i] = hs_aligned(n / 2 + 1, sizeof(float complex));
        for (int k = 0; k < HS_TRANSFER_FRAMES; k++)
            p->lent[k][i] = hs_aligned(n / 2 + 1, sizeof(float complex));
        p->even[i] = hs_aligned(n / HS_FILTER_SHARE + 2 * hop, sizeof(float));
        p->eq[i] = hs_aligned(LEAD + hop, sizeof(float));
    }
    p->per_frame = hs_aligned(hop, sizeof(float));
    p->gain = hs_aligned(hop / HS_GAIN_KNOT, sizeof(float));
    p->knot = hs_aligned(HS_GAIN_NEAR + hop / HS_GAIN_KNOT, sizeof *p->knot);
}

void hs_pass_reset(struct hs_pass *p)
{
    hs_transfer_reset(&p->transfer);
    p->n_ticks = p->n_loud = p->loud_frames = 0;
    p->clicks = (struct hs_clicks){0};
    p->breaks = (struct hs_breaks){0};
}

void hs_pass_free(struct hs_pass *p)
{
    hs_transfer_free(&p->transfer);
    hs_filter_free(&p->filter);
    for (int i = 0; i < 2; i++) {
        hs_free(p->mix[i]);
        hs_free(p->master[i]);
        hs_free(p->now[i]);
        hs_free(p->before[i]);
        for (int k = 0; k < HS_TRANSFER_FRAMES; k++)
            hs_free(p->lent[k][i]);
        hs_free(p->even[i]);
        hs_free(p->eq[i]);
    }
    hs_free(p->per_frame);
    hs_free(p->gain);
    hs_free(p->knot);
    hs_free(p->tick);
    hs_free(p->loud_mix);
    hs_free(p->loud_master);
    *p = (struct hs_pass){0};
}

/* By mid and side of the mix: left and right, in whichever order, have the same sum. */
static void mix_energy(struct hs_pass *p, const float *mid, const float *side, size_t n)
{
    float left[HS_GAIN_KNOT], right[HS_GAIN_KNOT];
    for (size_t done = 0, m; done < n; done += m) {
        m = n - done < HS_GAIN_KNOT ? n - done : HS_GAIN_KNOT;
        for (size_t i = 0; i < m; i++) {
            left[i] = mid[done + i] + side[done + i];
            right[i] = mid[done + i] - side[done + i];
        }
        hs_kweight_energy(&p->kweight, &p->k_mix, left, right, m, p->loud_sum);
    }
}

/* Mean powers of 100 ms of both files, for gated loudness. */
static void push_loudness(struct hs_pass *p, const float *const mix[2],
                          const float *const master[2], size_t n)
{
    size_t tenth = (size_t)lround(p->rate_hz / 10);
    for (size_t done = 0; done < n;) {
        size_t m = tenth - p->loud_frames < n - done ? tenth - p->loud_frames : n - done;
        mix_energy(p, mix[0] + done, mix[1] + done, m);
        hs_kweight_energy(&p->kweight, &p->k_master, master[0] + done, master[1] + done, m,
                          p->loud_sum + 2);
        p->loud_frames += m;
        done += m;
        if (p->loud_frames < tenth)
            continue;
        p->loud_mix = hs_grow(p->loud_mix, p->n_loud, &p->cap_mix, sizeof(float));
        p->loud_master = hs_grow(p->loud_master, p->n_loud, &p->cap_master, sizeof(float));
        p->loud_mix[p->n_loud] = (float)((p->loud_sum[0] + p->loud_sum[1]) / (double)tenth);
        p->loud_master[p->n_loud++] = (float)((p->loud_sum[2] + p->loud_sum[3]) / (double)tenth);
        memset(p->loud_sum, 0, sizeof p->loud_sum);
        p->loud_frames = 0;
    }
}

/* The next n frames of both files behind what the filter has seen last. */
static enum hs_status read_on(struct hs_pass *p, struct hs_aligned *a, size_t segment,
                              int64_t frame, size_t n, struct hs_error *err)
{
    const size_t keep = p->filter.n - n;
    for (int i = 0; i < 2; i++) {
        memmove(p->mix[i], p->mix[i] + n, keep * sizeof(float));
        memmove(p->master[i], p->master[i] + n, keep * sizeof(float));
    }
    float *x[2] = {p->mix[0] + keep, p->mix[1] + keep};
    float *y[2] = {p->master[0] + keep, p->master[1] + keep};
    enum hs_status status = hs_aligned_read(a, segment, frame, n, x, y, err);
    if (!status && p->measures_loudness && frame < p->end)
        push_loudness(p, (const float *const[]){x[0], x[1]}, (const float *const[]){y[0], y[1]},
                      p->end - frame < (int64_t)n ? (size_t)(p->end - frame) : n);
    return status;
}

static struct hs_pass_tick *tick_at(struct hs_pass *p, double master_s)
{
    double at = floor((master_s - p->start_s) * HS_PASS_HZ + 1e-6);
    size_t i = at > 0 ? (size_t)at : 0;
    while (p->n_ticks <= i) {
        p->tick = hs_grow(p->tick, p->n_ticks, &p->cap_ticks, sizeof *p->tick);
        p->tick[p->n_ticks++] = (struct hs_pass_tick){0};
    }
    return &p->tick[i];
}

/* What gain and curve leave of one knot, whose frames of the master, without curve and gain, go
 * to `even`. */
static struct hs_click_knot explain(const struct hs_pass *p, const float *const x[2],
                                    const float *const y[2], size_t from, float *const even[2])
{
    float gain[HS_GAIN_KNOT], added[HS_GAIN_KNOT] = {0}, sum[LANES] = {0}, most[LANES] = {0};
    float power[HS_GAIN_KNOT], over[HS_GAIN_KNOT];
    struct hs_click_knot out = {0};
    for (size_t i = 0; i < HS_GAIN_KNOT; i++)
        gain[i] = p->evens_out ? p->per_frame[from + i] : 1;
    for (int c = 0; c < 2; c++) {
        const float *in = x[c] + from, *master = y[c] + from;
        float *to = even[c] + from;
        float driven[HS_GAIN_KNOT];
        for (size_t i = 0; p->curve && i < HS_GAIN_KNOT; i++)
            driven[i] = gain[i] * in[i];
        if (p->curve)
            hs_curve_added(p->curve, driven, HS_GAIN_KNOT, added);
        for (size_t i = 0; i < HS_GAIN_KNOT; i++) {
            const float of_mix = gain[i] * in[i], away = master[i] - of_mix - added[i];
            power[i] = away * away;
            over[i] = power[i] - of_mix * of_mix;
            to[i] = (master[i] - added[i]) / gain[i];
        }
        for (size_t i = 0; i < HS_GAIN_KNOT; i += LANES)
            for (size_t j = 0; j < LANES; j++) {
                sum[j] += power[i + j];
                most[j] = hs_larger(most[j], over[i + j]);
            }
    }
    for (size_t j = 0; j < LANES; j++) {
        out.left += sum[j];
        out.peak = hs_larger(out.peak, most[j]);
    }
    return out;
}

/* Highest sample of a knot of the mix, left and right in whichever order, as it is read. */
static float peak_before(const struct hs_pass *p, size_t knot)
{
    const size_t from = p->filter.n / HS_FILTER_SHARE + knot * HS_GAIN_KNOT;
    const float *mid = p->mix[0] + from, *side = p->mix[1] + from;
    float most = 0;
    for (size_t i = 0; i < HS_GAIN_KNOT; i++)
        most = hs_larger(most, fabsf(mid[i]) + fabsf(side[i]));
    return most;
}

/* One hop, of which the first `shared` frames are in both files. */
static void keep_ticks(struct hs_pass *p, const float *const x[2], const float *const y[2],
                       size_t shared, double master_s, float *const even[2])
{
    const struct hs_knot *knot = p->knot + p->n_recent;
    const size_t n = hs_filter_hop(p->filter.n) / HS_GAIN_KNOT;
    for (size_t k = 0; k < n; k++) {
        struct hs_click_knot left = explain(p, x, y, k * HS_GAIN_KNOT, even);
        if ((k + 1) * HS_GAIN_KNOT > shared)
            continue;
        double t = master_s + ((double)k + 0.5) * HS_GAIN_KNOT / p->rate_hz;
        left.mix = knot[k].peak_x;
        hs_clicks_add(&p->clicks, &left, t, HS_GAIN_KNOT / p->rate_hz);
        const struct hs_break_knot powers = {left.left, knot[k].xx, knot[k].xy, knot[k].yy};
        hs_breaks_add(&p->breaks, &powers, t, HS_GAIN_KNOT / p->rate_hz, &p->clicks);
        struct hs_pass_tick *tick = tick_at(p, t);
        tick->xx += knot[k].xx;
        tick->xy += knot[k].xy;
        tick->yy += knot[k].yy;
        tick->rr += left.left;
        tick->flat_xx += knot[k].flat_xx;
        tick->flat_gxx += p->gain[k] * knot[k].flat_xx;
        tick->peak_x = fmaxf(tick->peak_x, knot[k].peak_x);
        tick->peak_y = fmaxf(tick->peak_y, knot[k].peak_y);
        tick->peak_before = fmaxf(tick->peak_before, p->gain[k] * peak_before(p, k));
        tick->frames += HS_GAIN_KNOT;
    }
}

/* The mix at this hop through the filter, left and right, behind the last frame of the hop
 * before. */
static void equalise(struct hs_pass *p, float *const eq[2])
{
    const size_t hop = hs_filter_hop(p->filter.n);
    for (int i = 0; i < 2; i++) {
        float complex *last = p->before[i];
        p->before[i] = p->now[i];
        p->now[i] = last;
        hs_filter_spectrum(&p->filter, p->mix[i], p->now[i]);
        eq[i][-1] = eq[i][hop - 1];
    }
    hs_filter_run(&p->filter, (const float complex *const[]){p->now[0], p->now[1]}, eq);
    hs_to_left_right(eq[0], eq[1], hop);
}

/* Sets what comes out of the filter against the master. master_s: of its first frame;
 * shared: how many of the frames both files share. */
static void compare_hop(struct hs_pass *p, size_t shared, double master_s)
{
    const size_t n = p->filter.n, hop = hs_filter_hop(n), knots = hop / HS_GAIN_KNOT;
    const size_t lead = n / HS_FILTER_SHARE;
    float *eq[2] = {p->eq[0] + LEAD, p->eq[1] + LEAD};
    const float *y[2] = {p->master[0] + lead, p->master[1] + lead};
    equalise(p, eq);
    const float *x[2] = {eq[0], eq[1]};
    struct hs_knot *now = p->knot + p->n_recent;
    /* the gain of this hop from what the filter makes of the mix */
    hs_gain_knots(x, y, hop, !p->n_recent, p->small, now);
    hs_gain_series(p->knot, p->n_recent + knots, p->n_recent, p->n_recent + knots, p->samples,
                   p->gain);
    float before = p->n_recent ? p->last_gain : p->gain[0];
    p->last_gain = p->gain[knots - 1];
    hs_gain_spread(p->gain, knots, before, p->last_gain, p->per_frame);
    for (int i = 0; i < 2; i++)
        memmove(p->even[i], p->even[i] + hop, (lead + hop) * sizeof(float));
    float *even[2] = {p->even[0] + lead + hop, p->even[1] + lead + hop};
    keep_ticks(p, x, y, shared, master_s, even);
    hs_to_mid_side(even[0], even[1], hop);
    if (hs_gain_coherence(now, knots) < least_coherence)
        p->n_foreign = 3;
    else if (p->n_foreign)
        p->n_foreign--;
    size_t keep = HS_GAIN_NEAR, all = p->n_recent + knots;
    keep = keep < all ? keep : all;
    memmove(p->knot, p->knot + all - keep, keep * sizeof *p->knot);
    p->n_recent = keep;
}

/* Evened out all through by now: the frames that the filter saw a hop ago. Their spectra are lent
 * until as many others have been added. */
static void add_to_transfer(struct hs_pass *p)
{
    float complex **lent = p->lent[p->n_lent++ % HS_TRANSFER_FRAMES];
    for (int i = 0; i < 2; i++) {
        float complex *free = lent[i];
        lent[i] = p->before[i];
        p->before[i] = free;
    }
    hs_transfer_add(&p->transfer, (const float complex *const[]){lent[0], lent[1]},
                    (const float *const[]){p->even[0], p->even[1]}, 1);
}

/* Hop by hop over one piece; every so often a frame goes into the transfer function. */
enum hs_status hs_pass_run(struct hs_pass *p, struct hs_aligned *a, size_t segment, double from_s,
                           double to_s, struct hs_error *err)
{
    const int64_t n = (int64_t)p->filter.n, hop = (int64_t)hs_filter_hop(p->filter.n);
    const int64_t lead = n / HS_FILTER_SHARE;
    enum hs_status status = hs_aligned_seek(a, segment, from_s, err);
    int64_t at = hs_aligned_frame(a, from_s);
    const int64_t end = hs_aligned_frame(a, to_s);
    p->end = end;
    p->n_recent = p->n_foreign = 0;
    hs_clicks_begin(&p->clicks);
    hs_breaks_begin(&p->breaks);
    if (!status)
        status = read_on(p, a, segment, at, (size_t)(n - hop), err);
    at += lead; /* where what comes out of the filter begins */
    for (size_t done = 0; at + lead < end && !status; at += hop, done++) {
        int64_t shared = end - lead - at < hop ? end - lead - at : hop;
        status = read_on(p, a, segment, at + lead, (size_t)hop, err);
        if (status)
            break;
        compare_hop(p, (size_t)shared, hs_aligned_time(a, at));
        if (done >= 2 && done % p->every == 0 && !p->n_foreign && shared == hop)
            add_to_transfer(p);
    }
    hs_transfer_finish(&p->transfer);
    return status;
}
