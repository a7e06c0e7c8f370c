/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/pass.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum { LEAD = 16 }; /* room for the frames before the first; keeps the rest aligned */

/* A stretch that agrees less is something else: it says nothing of the transfer. */
static const double least_coherence = 0.2;
/* The mix is read from this much earlier on; no tape wanders further. */
static const double lead_s = 0.1;

void hs_pass_init(struct hs_pass *p, double rate_hz, size_t n, double start_s, double ceiling)
{
    *p = (struct hs_pass){.rate_hz = rate_hz, .start_s = start_s, .ceiling = ceiling, .every = 1};
    hs_transfer_init(&p->transfer, n, rate_hz);
    hs_filter_init(&p->filter, n);
    hs_sinc_init(&p->sinc);
    hs_kweight_init(&p->kweight, (int)lround(rate_hz));
    const size_t hop = hs_filter_hop(n);
    for (int i = 0; i < 2; i++) {
        p->mix[i] = hs_aligned(n, sizeof(float));
        p->master[i] = hs_aligned(n, sizeof(float));
        p->now[i] = hs_aligned(n / 2 + 1, sizeof(float complex));
        p->before[i] = hs_aligned(n / 2 + 1, sizeof(float complex));
        p->even[i] = hs_aligned(n / HS_FILTER_SHARE + 2 * hop, sizeof(float));
        p->eq[i] = hs_aligned(LEAD + hop, sizeof(float));
    }
    p->per_frame = hs_aligned(hop, sizeof(float));
    p->gain = hs_aligned(hop / HS_GAIN_STEP, sizeof(float));
    p->blocks = hs_aligned(HS_GAIN_NEAR * HS_GAIN_GROUP + hop / HS_GAIN_BLOCK, sizeof *p->blocks);
}

void hs_pass_free(struct hs_pass *p)
{
    hs_transfer_free(&p->transfer);
    hs_filter_free(&p->filter);
    hs_sinc_free(&p->sinc);
    for (int i = 0; i < 2; i++) {
        hs_free(p->mix[i]);
        hs_free(p->master[i]);
        hs_free(p->now[i]);
        hs_free(p->before[i]);
        hs_free(p->even[i]);
        hs_free(p->eq[i]);
    }
    hs_free(p->per_frame);
    hs_free(p->gain);
    hs_free(p->blocks);
    hs_free(p->tick);
    hs_free(p->loud_mix);
    hs_free(p->loud_master);
    *p = (struct hs_pass){0};
}

/* n frames of the mix as they stand at the master's frames from master_s on. */
static enum hs_status read_mix(struct hs_pass *p, struct hs_feed *mix, struct hs_time_map line,
                               double master_s, size_t n, float *left, float *right,
                               struct hs_error *err)
{
    double end_s = master_s + (double)n / p->rate_hz;
    double at_s = hs_time_map_at(line, master_s) + hs_wow_at(p->wow, master_s);
    double last_s = hs_time_map_at(line, end_s) + hs_wow_at(p->wow, end_s);
    double at = (at_s - mix->origin_s) * mix->rate_hz;
    int64_t first = (int64_t)floor(at) - HS_SINC_BEFORE - 1;
    size_t need = (size_t)ceil((last_s - at_s) * mix->rate_hz) + HS_SINC_BEFORE + HS_SINC_AFTER + 4;
    const float *in[2];
    enum hs_status status = hs_feed_get(mix, first, need, in, err);
    const struct hs_path path = {line, p->wow, p->rate_hz, mix->rate_hz,
                                 mix->origin_s + (double)first / mix->rate_hz};
    if (!status)
        hs_path_read(&path, &p->sinc, in[0], in[1], master_s, n, left, right);
    return status;
}

static void push_loudness(struct hs_pass *p, const float *const mix[2],
                          const float *const master[2], size_t n)
{
    size_t tenth = (size_t)lround(p->rate_hz / 10);
    for (size_t done = 0; done < n;) {
        size_t m = tenth - p->loud_frames < n - done ? tenth - p->loud_frames : n - done;
        hs_kweight_energy(&p->kweight, &p->k_mix, mix[0] + done, mix[1] + done, m, p->loud_sum);
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

static void to_mid_side(const float *const in[2], float *const out[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[0][i] = (in[0][i] + in[1][i]) * 0.5f;
        out[1][i] = (in[0][i] - in[1][i]) * 0.5f;
    }
}

/* The next n frames of both files behind what the filter has seen last. */
static enum hs_status read_on(struct hs_pass *p, struct hs_feed *mix, struct hs_feed *master,
                              struct hs_time_map line, const struct hs_basis *basis, int64_t frame,
                              size_t n, struct hs_error *err)
{
    const size_t keep = p->filter.n - n;
    for (int i = 0; i < 2; i++) {
        memmove(p->mix[i], p->mix[i] + n, keep * sizeof(float));
        memmove(p->master[i], p->master[i] + n, keep * sizeof(float));
    }
    const float *in[2];
    enum hs_status status = hs_feed_get(master, frame, n, in, err);
    if (status)
        return status;
    float *x[2] = {p->mix[0] + keep, p->mix[1] + keep};
    float *y[2] = {p->master[0] + keep, p->master[1] + keep};
    double master_s = master->origin_s + (double)frame / p->rate_hz;
    status = read_mix(p, mix, line, master_s, n, x[0], x[1], err);
    if (status)
        return status;
    const float *mix_now[2] = {x[0], x[1]};
    if (p->measures_loudness && frame < p->end)
        push_loudness(p, mix_now, in, p->end - frame < (int64_t)n ? (size_t)(p->end - frame) : n);
    to_mid_side(in, y, n);
    hs_basis_apply(basis, x[0], x[1], n);
    return HS_OK;
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

static float residual(const float *const x[2], const float *const y[2], const float *gain,
                      size_t from)
{
    float sum = 0;
    for (size_t i = from; i < from + HS_GAIN_BLOCK; i++) {
        float a = y[0][i] - gain[i] * x[0][i], b = y[1][i] - gain[i] * x[1][i];
        sum += a * a + b * b;
    }
    return sum;
}

/* Of the first n frames of a hop. */
static void keep_ticks(struct hs_pass *p, const float *const x[2], const float *const y[2],
                       const struct hs_gain_sums *blocks, size_t n, double master_s)
{
    for (size_t b = 0; b < n / HS_GAIN_BLOCK; b++) {
        size_t from = b * HS_GAIN_BLOCK;
        const struct hs_gain_sums *s = &blocks[b];
        double t = master_s + ((double)from + HS_GAIN_BLOCK / 2.0) / p->rate_hz;
        struct hs_pass_tick *tick = tick_at(p, t);
        tick->xx += s->xx;
        tick->xy += s->xy;
        tick->yy += s->yy;
        tick->rr += residual(x, y, p->per_frame, from);
        tick->peak_x = fmaxf(tick->peak_x, s->peak_x);
        tick->peak_y = fmaxf(tick->peak_y, s->peak_y);
        tick->frames += HS_GAIN_BLOCK;
    }
}

/* Sets what comes out of the filter against the master. master_s: of its first frame;
 * shared: how many of the frames both files share. */
static void compare_hop(struct hs_pass *p, size_t shared, double master_s)
{
    const size_t n = p->filter.n, hop = hs_filter_hop(n), groups = hop / HS_GAIN_STEP;
    const size_t lead = n / HS_FILTER_SHARE;
    float *eq[2] = {p->eq[0] + LEAD, p->eq[1] + LEAD};
    const float *x[2] = {eq[0], eq[1]};
    const float *y[2] = {p->master[0] + lead, p->master[1] + lead};
    for (int i = 0; i < 2; i++) {
        float complex *last = p->before[i];
        p->before[i] = p->now[i];
        p->now[i] = last;
        hs_filter_spectrum(&p->filter, p->mix[i], p->now[i]);
        memcpy(p->eq[i], eq[i] + hop - LEAD, LEAD * sizeof(float));
    }
    hs_filter_run(&p->filter, (const float complex *const[]){p->now[0], p->now[1]}, eq);
    struct hs_gain_sums *now = p->blocks + p->n_recent * HS_GAIN_GROUP;
    hs_gain_blocks(x, y, hop, !p->n_recent, now);
    hs_gain_curve(p->blocks, p->n_recent + groups, p->n_recent, p->n_recent + groups, p->gain);
    float before = p->n_recent ? p->last_gain : p->gain[0];
    p->last_gain = p->gain[groups - 1];
    hs_gain_apply(p->gain, before, p->last_gain, hop, p->per_frame);
    keep_ticks(p, x, y, now, shared, master_s);
    if (hs_gain_coherence(now, hop / HS_GAIN_BLOCK) < least_coherence)
        p->n_foreign = 3;
    else if (p->n_foreign)
        p->n_foreign--;
    for (int i = 0; i < 2; i++) {
        memmove(p->even[i], p->even[i] + hop, (lead + hop) * sizeof(float));
        for (size_t k = 0; k < hop; k++)
            p->even[i][lead + hop + k] = y[i][k] / p->per_frame[k];
    }
    size_t keep = HS_GAIN_NEAR * HS_GAIN_GROUP,
           all = p->n_recent * HS_GAIN_GROUP + hop / HS_GAIN_BLOCK;
    memmove(p->blocks, p->blocks + all - keep, keep * sizeof *p->blocks);
    p->n_recent = HS_GAIN_NEAR;
}

enum hs_status hs_pass_run(struct hs_pass *p, struct hs_feed *mix, struct hs_feed *master,
                           struct hs_time_map line, const struct hs_basis *basis, double from_s,
                           double to_s, struct hs_error *err)
{
    const int64_t n = (int64_t)p->filter.n, hop = (int64_t)hs_filter_hop(p->filter.n);
    const int64_t lead = n / HS_FILTER_SHARE;
    enum hs_status status = hs_feed_seek(master, from_s, err);
    if (!status)
        status = hs_feed_seek(mix, fmax(hs_time_map_at(line, from_s) - lead_s, 0), err);
    int64_t at = llround((from_s - master->origin_s) * p->rate_hz);
    const int64_t end = llround((to_s - master->origin_s) * p->rate_hz);
    p->end = end;
    p->n_recent = p->n_foreign = 0;
    if (!status)
        status = read_on(p, mix, master, line, basis, at, (size_t)(n - hop), err);
    at += lead; /* where what comes out of the filter begins */
    for (size_t done = 0; at + lead < end && !status; at += hop, done++) {
        int64_t shared = end - lead - at < hop ? end - lead - at : hop;
        status = read_on(p, mix, master, line, basis, at + lead, (size_t)hop, err);
        if (status)
            break;
        compare_hop(p, (size_t)shared, master->origin_s + (double)at / p->rate_hz);
        if (done < 2 || done % p->every || p->n_foreign || shared < hop)
            continue;
        /* Evened out all through by now: the frames that the filter saw a hop ago. */
        hs_transfer_add(&p->transfer, (const float complex *const[]){p->before[0], p->before[1]},
                        (const float *const[]){p->even[0], p->even[1]});
    }
    return status;
}
