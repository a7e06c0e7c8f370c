/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. One or two inputs are opened; two mono files must agree in rate, and the shorter one is
 *    followed by silence.
 * 2. Of a cue track the reader goes to its first frame and ends at its last.
 * 3. Each block is read, samples that are no numbers are bridged (media/mend.h), and de-emphasis
 *    is applied where the music was recorded with pre-emphasis.
 * 4. Seeking decodes and drops what lies before the frame, with some frames more for the
 *    de-emphasis filter.
 * 5. A file that is kept in memory is read from there; nothing is opened.
 * 6. Remarks and the account say what was lost: damage, bridged samples, sound that only one of
 *    two mono files has.
 */
#include "media/reader.h"

#include "core/alloc.h"
#include "core/buf.h"
#include "media/decode.h"
#include "media/deemphasis.h"
#include "media/input.h"
#include "media/kept.h"
#include "media/mend.h"
#include "media/open.h"
#include "media/remark.h"
#include "media/seek.h"

#include <math.h>

struct hs_reader {
    const struct hs_kept *kept; /* read instead of any input; or NULL */
    int64_t kept_at;
    struct hs_input input[2]; /* the second one is the right one of two mono files */
    int n_inputs;
    int64_t first, end; /* the part of the file that is read; end -1: all of the rest */
    struct hs_stream stream;
    struct hs_mend mend;
    struct hs_deemphasis deemphasis;
    float *buffer[HS_MAX_CHANNELS];
    size_t cap;
    const struct hs_alive *alive;
    double tail_peak; /* of what one of two mono files has beyond the end of the other */
    struct hs_buf remarks;
    struct hs_arena arena; /* the stream's names: inputs are opened anew when seeking */
};

/* The second of two mono files, which must fit the first. */
static enum hs_status join_mono(struct hs_reader *r, const struct hs_source *source,
                                struct hs_error *err)
{
    r->n_inputs = 2;
    enum hs_status status = hs_input_open(&r->input[1], source->right_path, 0, r->alive, err);
    if (status)
        return status;
    const struct hs_stream *left = &r->input[0].stream, *right = &r->input[1].stream;
    if (left->n_channels != 1 || right->n_channels != 1)
        return hs_fail(err, HS_E_FORMAT,
                       "%s and %s: left and right have %d and %d channels, "
                       "not one each",
                       source->path, source->right_path, left->n_channels, right->n_channels);
    if (left->sample_rate_hz != right->sample_rate_hz)
        return hs_fail(err, HS_E_FORMAT, "%s and %s: left has %d Hz, right %d Hz", source->path,
                       source->right_path, left->sample_rate_hz, right->sample_rate_hz);
    r->stream.n_channels = 2;
    r->stream.layout[0] = HS_CH_LEFT;
    r->stream.layout[1] = HS_CH_RIGHT;
    r->stream.lossless = left->lossless && right->lossless;
    return HS_OK;
}

/* By how much the right one of two mono files is shorter; negative: the left one. */
static double shorter_s(const struct hs_reader *r)
{
    bool ended = r->n_inputs == 2 && r->input[0].finished && r->input[1].finished;
    int64_t frames = ended ? r->input[0].position - r->input[1].position : 0;
    return (double)frames / r->stream.sample_rate_hz;
}

/* All that is to be said by now. */
static void note_remarks(struct hs_reader *r)
{
    double rate = r->stream.sample_rate_hz;
    hs_buf_clear(&r->remarks);
    if (r->mend.n_bad)
        hs_remark(&r->remarks,
                  "%lld sample%s no audio (NaN, infinite or beyond +60 dBFS), the first at "
                  "%.3f s: bridged",
                  (long long)r->mend.n_bad, r->mend.n_bad == 1 ? " is" : "s are",
                  (double)r->mend.first_bad / rate);
    for (int i = 0; i < r->n_inputs; i++)
        hs_remarks_of_input(&r->input[i], &r->remarks);
    if (shorter_s(r) != 0)
        hs_remark(&r->remarks, "the %s file is %.3f s shorter: silence instead",
                  shorter_s(r) > 0 ? "right" : "left", fabs(shorter_s(r)));
    if (r->input[0].finished && r->input[0].position < r->end)
        hs_remark(&r->remarks, "the cue sheet ends the track at %.2f s, the file ends at %.2f s",
                  (double)r->end / rate, (double)r->input[0].position / rate);
    if (r->deemphasis.runs)
        hs_remark(&r->remarks, "recorded with pre-emphasis: read after de-emphasis (50/15 us)");
}

/* The part of an album's file that a cue sheet gives to a track. */
static enum hs_status go_to_part(struct hs_reader *r, const struct hs_source *source,
                                 struct hs_error *err)
{
    const int frames_per_s = 75;
    int64_t rate = r->stream.sample_rate_hz;
    r->first = source->from_75 * rate / frames_per_s;
    r->end = source->to_75 ? source->to_75 * rate / frames_per_s : -1;
    if (!source->from_75 && !source->to_75)
        return HS_OK;
    double all_s = r->stream.duration_s, from_s = (double)r->first / (double)rate;
    if (all_s > 0 && from_s >= all_s)
        return hs_fail(err, HS_E_FORMAT, "%s: the track begins at %.2f s, the file ends at %.2f s",
                       source->path, from_s, all_s);
    if (r->end >= 0)
        r->stream.duration_s = (double)(r->end - r->first) / (double)rate;
    else if (all_s > 0)
        r->stream.duration_s = all_s - from_s;
    return hs_reader_seek(r, 0, err);
}

/* A reader over memory. */
static struct hs_reader *reader_of_kept(const struct hs_source *source)
{
    struct hs_reader *r = HS_NEW(struct hs_reader);
    r->kept = source->kept;
    r->stream = source->kept->stream;
    r->alive = source->alive;
    return r;
}

/* The inputs' names move into the reader's arena, since inputs are opened anew when seeking. */
enum hs_status hs_reader_open(struct hs_reader **out, const struct hs_source *source,
                              struct hs_error *err)
{
    if (source->kept && source->kept->whole) {
        *out = reader_of_kept(source);
        return HS_OK;
    }
    struct hs_reader *r = HS_NEW(struct hs_reader);
    r->n_inputs = 1;
    r->alive = source->alive;
    r->end = -1;
    enum hs_status status =
        hs_input_open(&r->input[0], source->path, source->stream, r->alive, err);
    r->stream = r->input[0].stream;
    if (!status && source->right_path)
        status = join_mono(r, source, err);
    if (!status && (source->emphasised || r->input[0].emphasised))
        hs_deemphasis_init(&r->deemphasis, r->stream.sample_rate_hz);
    if (!status)
        status = go_to_part(r, source, err);
    if (status) {
        hs_reader_close(r);
        *out = NULL;
        return status;
    }
    r->stream.codec = hs_arena_strdup(&r->arena, r->stream.codec);
    r->stream.container = hs_arena_strdup(&r->arena, r->stream.container);
    note_remarks(r);
    *out = r;
    return status;
}

const struct hs_stream *hs_reader_stream(const struct hs_reader *r)
{
    return &r->stream;
}

/* Buffers for at most this many frames. */
static void reserve(struct hs_reader *r, size_t most)
{
    if (most <= r->cap)
        return;
    for (int c = 0; c < r->stream.n_channels; c++) {
        hs_free(r->buffer[c]);
        r->buffer[c] = hs_aligned(most, sizeof(float));
    }
    r->cap = most;
}

static double peak_of(const float *x, size_t from, size_t to)
{
    double peak = 0;
    for (size_t i = from; i < to; i++)
        peak = fmax(peak, fabs((double)x[i]));
    return peak;
}

/* The shorter of two mono files is followed by silence: editors cut trailing silence of
 * one side. */
static enum hs_status read_pair(struct hs_reader *r, size_t most, float *const *out,
                                size_t *n_frames, struct hs_error *err)
{
    size_t n[2] = {0, 0};
    struct hs_error why = {0};
    for (int i = 0; i < 2; i++)
        hs_input_read(&r->input[i], &out[i], most, &n[i], &why);
    *n_frames = n[0] > n[1] ? n[0] : n[1];
    if (why.status) {
        *n_frames = 0;
        return hs_fail(err, why.status, "%s", why.msg);
    }
    for (int i = 0; i < 2; i++) {
        r->tail_peak = fmax(r->tail_peak, peak_of(out[!i], n[i], *n_frames));
        for (size_t k = n[i]; k < *n_frames; k++)
            out[i][k] = 0;
    }
    return HS_OK;
}

/* Reads up to the end of the part, bridges what is no audio, undoes pre-emphasis. */
static enum hs_status read_raw(struct hs_reader *r, size_t most, float *const *out,
                               size_t *n_frames, struct hs_error *err)
{
    if (r->kept) {
        *n_frames = hs_kept_read(r->kept, r->kept_at, most, out);
        r->kept_at += (int64_t)*n_frames;
        return HS_OK;
    }
    int64_t at = r->input[0].position;
    if (r->end >= 0 && at + (int64_t)most > r->end)
        most = at < r->end ? (size_t)(r->end - at) : 0;
    enum hs_status status = r->n_inputs == 2
                                ? read_pair(r, most, out, n_frames, err)
                                : hs_input_read(&r->input[0], out, most, n_frames, err);
    for (int i = 0; i < r->n_inputs; i++)
        if (r->input[i].floats)
            hs_mend_run(&r->mend, out, r->stream.n_channels, *n_frames, at - r->first);
    hs_deemphasis_run(&r->deemphasis, out, r->stream.n_channels, *n_frames);
    return status;
}

/* No frames: the end, or an error. Remarks are complete then. */
enum hs_status hs_reader_read_to(struct hs_reader *r, size_t most, float *const *out,
                                 size_t *n_frames, struct hs_error *err)
{
    *n_frames = 0;
    enum hs_status status = read_raw(r, most, out, n_frames, err);
    if (!*n_frames && !r->kept)
        note_remarks(r);
    hs_alive_tell(r->alive, (double)*n_frames, 0);
    return status;
}

enum hs_status hs_reader_read(struct hs_reader *r, size_t most, const float *const **planar,
                              size_t *n_frames, struct hs_error *err)
{
    reserve(r, most);
    *planar = (const float *const *)r->buffer;
    return hs_reader_read_to(r, most, r->buffer, n_frames, err);
}

bool hs_reader_is_kept(const struct hs_reader *r)
{
    return r->kept != NULL;
}

/* In all inputs. */
static enum hs_status seek_raw(struct hs_reader *r, int64_t frame, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (int i = 0; i < r->n_inputs && !status; i++)
        status = hs_input_seek(&r->input[i], frame, err);
    hs_alive_tell(r->alive, 1, 0);
    return status;
}

/* A filter needs some frames before the one that is wanted. */
enum hs_status hs_reader_seek(struct hs_reader *r, int64_t frame, struct hs_error *err)
{
    if (r->kept) {
        r->kept_at = frame > 0 ? frame : 0;
        return HS_OK;
    }
    int64_t to = r->first + (frame > 0 ? frame : 0);
    int64_t from = r->deemphasis.runs ? to - HS_DEEMPHASIS_WARM_UP : to;
    from = from > r->first ? from : r->first;
    hs_deemphasis_forget(&r->deemphasis);
    enum hs_status status = seek_raw(r, from, err);
    size_t n = 0;
    if (!status && to > from) {
        reserve(r, HS_DEEMPHASIS_WARM_UP);
        status = read_raw(r, (size_t)(to - from), r->buffer, &n, err);
    }
    return status;
}

const char *hs_reader_remarks(const struct hs_reader *r)
{
    return r->remarks.len ? r->remarks.data : NULL;
}

/* Seconds that were lost and samples that were bridged; the tail of one mono file counts only where
 * it can be heard. */
void hs_reader_account(const struct hs_reader *r, struct hs_reader_account *out)
{
    const double audible = 0.001; /* -60 dBFS */
    double samples = (double)r->stream.sample_rate_hz * r->stream.n_channels;
    *out = (struct hs_reader_account){.n_invalid = r->mend.n_bad};
    for (int i = 0; i < r->n_inputs; i++)
        out->lost_s += r->input[i].lost_s;
    if (r->tail_peak > audible)
        out->lost_s += fabs(shorter_s(r));
    out->lost_s += (double)r->mend.n_bad / samples;
}

void hs_reader_close(struct hs_reader *r)
{
    if (!r)
        return;
    for (int i = 0; i < r->n_inputs; i++)
        hs_input_close(&r->input[i]);
    for (int c = 0; c < HS_MAX_CHANNELS; c++)
        hs_free(r->buffer[c]);
    hs_buf_free(&r->remarks);
    hs_arena_free(&r->arena);
    hs_free(r);
}
