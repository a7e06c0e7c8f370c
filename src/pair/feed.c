/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Chunks are read, down-mixed, less an offset, converted where the rates differ, and put into a
 * buffer of ready frames. A request reads on until its last frame is there, drops what lies
 * before its first one, and pads with zeros at both ends of the file. A seek starts a new count
 * of frames, with a new converter that begins 50 ms early.
 */
#include "pair/feed.h"

#include "core/alloc.h"
#include "dsp/resample.h"
#include "pair/feed_blocks.h"
#include "pair/feed_read.h"

#include <math.h>
#include <string.h>

enum { CHUNK = HS_FEED_CHUNK };
/* Reading starts this much earlier, so that the converter's filter has settled. */
static const double lead_s = 0.05;
/* Bytes of a file that is kept. */
static const double most_kept = 32e6;

/* At another rate the file is resampled on the way; 0: its own. */
enum hs_status hs_feed_open(struct hs_feed *f, const struct hs_source *source, double rate_hz,
                            struct hs_error *err)
{
    *f = (struct hs_feed){.source = source};
    enum hs_status status = hs_reader_open(&f->reader, source, err);
    if (status)
        return status;
    const struct hs_stream *s = hs_reader_stream(f->reader);
    f->straight = s->n_channels == 2;
    f->native_hz = s->sample_rate_hz;
    f->rate_hz = rate_hz > 0 ? rate_hz : f->native_hz;
    f->converts = fabs(f->rate_hz / f->native_hz - 1) > 1e-9;
    if (f->converts)
        hs_rational_init(&f->rational, f->native_hz, f->rate_hz);
    hs_downmix_init(&f->downmix, s);
    for (int c = 0; c < 2; c++)
        f->mixed[c] = hs_aligned(CHUNK, sizeof(float));
    return hs_feed_seek(f, 0, err);
}

void hs_feed_keep(struct hs_feed *f, double length_s)
{
    const bool cheap = hs_reader_is_kept(f->reader) || hs_reader_stream(f->reader)->plain;
    f->from_start = length_s * f->rate_hz * 2 * sizeof(float) <= most_kept;
    f->keeps = f->from_start && (f->converts || !cheap);
    f->last = llround(length_s * f->rate_hz) - 1;
    if (f->keeps)
        hs_feed_reserve(f, (size_t)(f->last + 1) + 2 * CHUNK);
    if (f->keeps && cheap && f->rational.up)
        hs_feed_blocks_lay(f);
}

/* Frames of the file between moments that lie on a frame at both rates, 1 where there are none. */
static int64_t frames_to_meet(double native_hz, double rate_hz)
{
    int64_t a = llround(native_hz), b = llround(rate_hz);
    if (fabs(native_hz - (double)a) > 1e-9 || fabs(rate_hz - (double)b) > 1e-9)
        return 1;
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return llround(native_hz) / a;
}

/* How far before a moment the channels are read that come early, seconds. */
static double early_s(const struct hs_feed *f)
{
    size_t before = 0, behind = 0;
    if (f->late)
        hs_late_reach(f->late, f->rate_hz, &before, &behind);
    return (double)before / f->rate_hz;
}

/* Where it is resampled a lead is read, from a frame at which both clocks meet. */
enum hs_status hs_feed_seek(struct hs_feed *f, double time_s, struct hs_error *err)
{
    if (f->from_start)
        return HS_OK;
    double from_s = time_s - (f->converts ? lead_s : 0) - early_s(f);
    int64_t frame = from_s > 0 ? (int64_t)floor(from_s * f->native_hz) : 0;
    if (f->converts)
        frame -= frame % frames_to_meet(f->native_hz, f->rate_hz);
    f->origin_s = (double)frame / f->native_hz;
    f->first = 0;
    f->n = f->n_pending = 0;
    f->drained = f->ended = false;
    hs_resample_free(f->resample);
    f->resample = NULL;
    enum hs_status status = hs_reader_seek(f->reader, frame, err);
    if (f->rational.up)
        hs_rational_reset(&f->rational, false);
    else if (status == HS_OK && f->converts)
        status = hs_resample_new_single(&f->resample, f->native_hz, f->rate_hz, err);
    return status;
}

/* What is pending goes through the converter. */
static void convert(struct hs_feed *f, float *const out[2])
{
    size_t made = 0, taken = f->n_pending;
    const bool ended = f->ended && !taken;
    const float *const *in = ended ? NULL : f->pending;
    if (f->rational.up) {
        /* no more than two chunks of output use, or it piles up in the converter */
        const size_t most = 2 * CHUNK * f->rational.down / f->rational.up;
        taken = taken < most ? taken : most;
        made = hs_rational_run(&f->rational, in, taken, out, 2 * CHUNK);
    } else {
        hs_resample_run(f->resample, in, taken, &taken, out, 2 * CHUNK, &made);
    }
    f->drained = ended && made < 2 * CHUNK;
    f->n += made;
    f->n_pending -= taken;
    for (int c = 0; c < 2; c++)
        f->pending[c] += taken;
}

/* More frames into the buffer: as they are read, or through the converter. */
static enum hs_status take_more(struct hs_feed *f, struct hs_error *err)
{
    size_t n = 0;
    enum hs_status status = HS_OK;
    hs_feed_reserve(f, f->n + 2 * CHUNK);
    float *const out[2] = {f->buffer[0] + f->n, f->buffer[1] + f->n};
    if (!f->converts) {
        status = hs_feed_read(f, CHUNK, out, &n, err);
        f->n += n;
        f->drained = !n;
        return status;
    }
    if (!f->n_pending && !f->ended) {
        status = hs_feed_read(f, CHUNK, f->mixed, &f->n_pending, err);
        f->ended = !f->n_pending;
        for (int c = 0; c < 2; c++)
            f->pending[c] = f->mixed[c];
    }
    if (!status)
        convert(f, out);
    return status;
}

static void forget_before(struct hs_feed *f, int64_t from)
{
    size_t gone = from > f->first ? (size_t)(from - f->first) : 0;
    if (!gone || f->keeps)
        return;
    gone = gone > f->n ? f->n : gone;
    for (int c = 0; f->n && c < 2; c++)
        memmove(f->buffer[c], f->buffer[c] + gone, (f->n - gone) * sizeof(float));
    f->first += (int64_t)gone;
    f->n -= gone;
}

/* Zeros: in front of the file, or behind its end. */
static void pad(struct hs_feed *f, size_t n, bool front)
{
    hs_feed_reserve(f, f->n + n);
    for (int c = 0; c < 2; c++) {
        if (front)
            memmove(f->buffer[c] + n, f->buffer[c], f->n * sizeof(float));
        memset(f->buffer[c] + (front ? 0 : f->n), 0, n * sizeof(float));
    }
    f->n += n;
    f->first -= front ? (int64_t)n : 0;
}

/* Where nothing is kept of a short file, what lies apart from the buffered frames is sought. */
static enum hs_status leap(struct hs_feed *f, int64_t from, struct hs_error *err)
{
    const bool near = from >= f->first && from <= f->first + (int64_t)f->n + CHUNK;
    if (!f->from_start || f->keeps || near)
        return HS_OK;
    f->first = from < f->last ? from : f->last;
    f->first = f->first > 0 ? f->first : 0;
    f->n = 0;
    f->drained = false;
    return hs_reader_seek(f->reader, f->first, err);
}

/* Silence before the beginning and behind the end. */
static enum hs_status get(struct hs_feed *f, int64_t from, size_t n, const float *out[2],
                          struct hs_error *err)
{
    int64_t end = from + (int64_t)n;
    enum hs_status sought = f->ready ? hs_feed_blocks_fill(f, from, n, err) : leap(f, from, err);
    if (sought)
        return sought;
    while (f->first + (int64_t)f->n < end && !f->drained) {
        forget_before(f, from);
        enum hs_status status = take_more(f, err);
        if (status)
            return status;
    }
    if (f->first + (int64_t)f->n < end) /* else it is forgotten where more is read */
        forget_before(f, from);
    if (f->first + (int64_t)f->n < from && !f->keeps) { /* all of it lies behind the end */
        f->n = 0;
        f->first = from;
    }
    if (from < f->first)
        pad(f, (size_t)(f->first - from), true);
    if (f->first + (int64_t)f->n < end)
        pad(f, (size_t)(end - f->first) - f->n, false);
    for (int c = 0; c < 2; c++)
        out[c] = f->buffer[c] + (from - f->first);
    return HS_OK;
}

/* Each channel from as much later on as it comes later. */
enum hs_status hs_feed_get(struct hs_feed *f, int64_t from, size_t n, const float *out[2],
                           struct hs_error *err)
{
    if (!f->late)
        return get(f, from, n, out, err);
    const float *in[2];
    size_t before, behind;
    hs_late_reach(f->late, f->rate_hz, &before, &behind);
    enum hs_status status = get(f, from - (int64_t)before, before + n + behind, in, err);
    if (status)
        return status;
    if (n > f->cap_in_time)
        for (int c = 0; c < 2; c++)
            f->in_time[c] = hs_realloc(f->in_time[c], n, sizeof(float));
    f->cap_in_time = n > f->cap_in_time ? n : f->cap_in_time;
    hs_late_take(f->late, f->rate_hz, f->origin_s + (double)from / f->rate_hz, before, n, in,
                 f->in_time);
    out[0] = f->in_time[0];
    out[1] = f->in_time[1];
    return HS_OK;
}

void hs_feed_close(struct hs_feed *f)
{
    hs_reader_close(f->reader);
    hs_resample_free(f->resample);
    hs_rational_free(&f->rational);
    hs_free(f->ready);
    for (int c = 0; c < 2; c++) {
        hs_free(f->buffer[c]);
        hs_free(f->mixed[c]);
        hs_free(f->in_time[c]);
    }
    *f = (struct hs_feed){0};
}
