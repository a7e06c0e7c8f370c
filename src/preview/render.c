/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The front of the chain (high-pass, equaliser) delivers pieces of the file; the gain of the
 *    compressor is applied once, linear between its steps.
 * 2. Each target has a lane: gain, hard clip, true-peak limiter.
 * 3. What leaves the limiter is measured by the analysers. Percentiles of its reduction and the
 *    band that holds the gain are kept (preview/limiting.h), and it is written where that was
 *    asked. For a clip the sound itself is kept instead.
 */
#include "preview/render.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/limiter.h"
#include "measure/measure.h"
#include "preview/limiting.h"
#include "preview/wave_out.h"

#include <math.h>
#include <string.h>

enum { PIECE = HS_LIMITER_MOST };

/* One target. */
struct lane {
    struct hs_rendering *item;
    float gain, top; /* linear; what is above `top` is cut off */
    struct hs_limiter *limiter;
    struct hs_measuring *measuring;
    struct hs_limiting *limiting;
    struct hs_wave_out *out;
};

struct rendering {
    const struct hs_render *order;
    struct hs_stream stream;
    struct lane *lanes;
    float *compressed[2], *lane_in[2];
    int64_t position;
    struct hs_error *err;
};

/* Gain, clip and limiter of one target, and what takes its output. */
static enum hs_status start_lane(struct rendering *r, struct lane *l, struct hs_rendering *item,
                                 struct hs_error *err)
{
    const struct hs_search *s = r->order->search;
    l->item = item;
    l->gain = (float)hs_amplitude_from_db(item->gain_db);
    l->top = item->clip_db > 0
                 ? (float)hs_amplitude_from_db(s->peak_db + item->gain_db - item->clip_db)
                 : INFINITY;
    l->limiter = hs_limiter_new(r->stream.sample_rate_hz, r->stream.n_channels, s->ceiling_dbtp);
    if (!r->order->active) {
        item->rate = r->stream.sample_rate_hz;
        return HS_OK;
    }
    l->limiting = hs_limiting_new(s->envelope, r->order->active);
    enum hs_status status =
        hs_measuring_start(&l->measuring, &r->stream, HS_ALL_ANALYSERS, NULL, err);
    if (status == HS_OK && item->write_path)
        status = hs_wave_out_open(&l->out, item->write_path, &r->stream, err);
    return status;
}

/* Buffers and lanes for this stream. */
static enum hs_status start(void *ctx, const struct hs_stream *stream, struct hs_error *err)
{
    struct rendering *r = ctx;
    enum hs_status status = HS_OK;
    r->stream = *stream;
    r->stream.bits = 24; /* of whatever the mix is stored in, the result is another file */
    for (int c = 0; c < 2; c++) {
        r->compressed[c] = HS_NEW_ARRAY(float, PIECE);
        r->lane_in[c] = HS_NEW_ARRAY(float, PIECE);
    }
    for (size_t i = 0; i < r->order->n && status == HS_OK; i++)
        status = start_lane(r, &r->lanes[i], &r->order->items[i], err);
    return status;
}

/* One channel is heard in both. */
static void keep(const struct rendering *r, struct hs_rendering *item, const float *const *out,
                 size_t n)
{
    for (int c = 0; c < 2; c++) {
        item->kept[c] = hs_realloc(item->kept[c], item->n_kept + n, sizeof(float));
        memcpy(item->kept[c] + item->n_kept, out[c < r->stream.n_channels ? c : 0],
               n * sizeof(float));
    }
    item->n_kept += n;
}

/* To the analysers and the file, or for a clip to memory. */
static void take(struct rendering *r, struct lane *l, const float *const *out, const float *gain_db,
                 size_t n)
{
    if (!l->measuring) {
        keep(r, l->item, out, n);
        return;
    }
    hs_measuring_block(l->measuring, out, n);
    hs_limiting_push(l->limiting, gain_db, n);
    if (l->out)
        hs_wave_out_put(l->out, out, n, r->err);
}

/* Gain, hard clip and limiter on one piece. */
static void run_lane(struct rendering *r, struct lane *l, size_t n)
{
    const float *const *out, *gain_db;
    for (int c = 0; c < r->stream.n_channels; c++)
        for (size_t i = 0; i < n; i++) {
            float x = r->compressed[c][i] * l->gain;
            x = x > l->top ? l->top : x;
            r->lane_in[c][i] = x < -l->top ? -l->top : x;
        }
    n = hs_limiter_push(l->limiter, (const float *const *)r->lane_in, n, &out, &gain_db);
    if (n)
        take(r, l, out, gain_db, n);
}

/* Gain of the compressor at the beginning of a step: that of the step before. */
static double gain_before(const struct hs_search *s, size_t step)
{
    size_t n = s->envelope->n;
    if (!step || !n)
        return 1;
    return hs_amplitude_from_db(-(double)s->compressor_db[step - 1 < n ? step - 1 : n - 1]);
}

/* Linear between the steps. */
static void compress(struct rendering *r, const float *const *x, size_t n)
{
    const struct hs_search *s = r->order->search;
    const int64_t length = (int64_t)s->envelope->step;
    for (size_t done = 0; done < n;) {
        int64_t at = r->position + (int64_t)done, inside = at % length;
        size_t step = (size_t)(at / length);
        size_t now = (size_t)(length - inside) < n - done ? (size_t)(length - inside) : n - done;
        double from = gain_before(s, step),
               slope = (gain_before(s, step + 1) - from) / (double)length;
        for (int c = 0; c < r->stream.n_channels; c++)
            for (size_t i = 0; i < now; i++) {
                double gain = from + slope * (double)(inside + (int64_t)i);
                r->compressed[c][done + i] = x[c][done + i] * (float)gain;
            }
        done += now;
    }
    r->position += (int64_t)n;
}

/* The compressor once, then every target. */
static void piece(void *ctx, const float *const *x, size_t n_frames)
{
    struct rendering *r = ctx;
    for (size_t done = 0; done < n_frames; done += PIECE) {
        const float *part[2];
        size_t n = n_frames - done < PIECE ? n_frames - done : PIECE;
        for (int c = 0; c < r->stream.n_channels; c++)
            part[c] = x[c] + done;
        compress(r, part, n);
        for (size_t i = 0; i < r->order->n; i++)
            run_lane(r, &r->lanes[i], n);
    }
}

/* What the limiter still holds back, then the results. */
static void finish_lane(struct rendering *r, struct lane *l)
{
    const float *const *out, *gain_db;
    size_t n;
    while ((n = hs_limiter_drain(l->limiter, &out, &gain_db)))
        take(r, l, out, gain_db, n);
    if (!l->measuring)
        return;
    hs_measuring_finish(l->measuring, &l->item->values);
    hs_limiting_finish(l->limiting, l->item);
}

static void free_lane(struct lane *l, struct hs_error *err)
{
    hs_limiter_free(l->limiter);
    hs_measuring_free(l->measuring);
    hs_limiting_free(l->limiting);
    hs_wave_out_close(l->out, err);
}

/* All lanes in one pass over the file. A failure in writing one file fails all. */
enum hs_status hs_render_run(const struct hs_render *order, struct hs_error *err)
{
    struct rendering r = {
        .order = order, .lanes = HS_NEW_ARRAY(struct lane, order->n + 1), .err = err};
    const struct hs_front_sink sink = {start, piece, &r};
    enum hs_status status =
        hs_front_run(order->source, order->eq_db, order->part, order->alive, &sink, err);
    for (size_t i = 0; i < order->n; i++) {
        if (status == HS_OK)
            finish_lane(&r, &r.lanes[i]);
        free_lane(&r.lanes[i], err);
    }
    for (int c = 0; c < 2; c++) {
        hs_free(r.compressed[c]);
        hs_free(r.lane_in[c]);
    }
    hs_free(r.lanes);
    return err->status != HS_OK ? err->status : status;
}
