/* SPDX-License-Identifier: Apache-2.0 */
#include "media/reader.h"

#include "core/alloc.h"
#include "media/decode.h"
#include "media/input.h"
#include "media/open.h"
#include "media/seek.h"
#include "media/trim.h"

#include <stdio.h>

struct hs_reader {
    struct hs_input input[2]; /* the second one is the right one of two mono files */
    int n_inputs;
    struct hs_stream stream;
    float *buffer[HS_MAX_CHANNELS];
    size_t cap;
    char remark[200];
    const struct hs_alive *alive;
    struct hs_arena arena; /* the stream's names: inputs are opened anew when seeking */
};

static enum hs_status join_mono(struct hs_reader *r, const struct hs_source *source,
                                struct hs_error *err)
{
    r->n_inputs = 2;
    enum hs_status status = hs_input_open(&r->input[1], source->right_path, 0, err);
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

static void note_remark(struct hs_reader *r)
{
    double ends_s[2] = {0, 0};
    r->remark[0] = 0;
    for (int i = 0; i < r->n_inputs && !r->remark[0]; i++) {
        hs_trim_remark(&r->input[i], r->remark, sizeof r->remark);
        ends_s[i] = (double)r->input[i].position / r->stream.sample_rate_hz;
    }
    double shorter_s = ends_s[0] - ends_s[1];
    bool ended = r->input[0].finished && r->input[1].finished;
    if (r->n_inputs == 2 && !r->remark[0] && ended && shorter_s != 0)
        snprintf(r->remark, sizeof r->remark, "the %s file is %.3f s shorter: silence instead",
                 shorter_s > 0 ? "right" : "left", shorter_s > 0 ? shorter_s : -shorter_s);
}

enum hs_status hs_reader_open(struct hs_reader **out, const struct hs_source *source,
                              struct hs_error *err)
{
    struct hs_reader *r = HS_NEW(struct hs_reader);
    r->n_inputs = 1;
    r->alive = source->alive;
    enum hs_status status = hs_input_open(&r->input[0], source->path, source->stream, err);
    r->stream = r->input[0].stream;
    if (!status && source->right_path)
        status = join_mono(r, source, err);
    if (status) {
        hs_reader_close(r);
        *out = NULL;
        return status;
    }
    r->stream.codec = hs_arena_strdup(&r->arena, r->stream.codec);
    r->stream.container = hs_arena_strdup(&r->arena, r->stream.container);
    note_remark(r);
    *out = r;
    return status;
}

const struct hs_stream *hs_reader_stream(const struct hs_reader *r)
{
    return &r->stream;
}

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

/* The shorter of two mono files is followed by silence: editors cut trailing silence of
 * one side. */
static enum hs_status read_pair(struct hs_reader *r, size_t most, size_t *n_frames,
                                struct hs_error *err)
{
    size_t n[2] = {0, 0};
    struct hs_error why = {0};
    for (int i = 0; i < 2; i++)
        hs_input_read(&r->input[i], &r->buffer[i], most, &n[i], &why);
    *n_frames = n[0] > n[1] ? n[0] : n[1];
    if (why.status) {
        *n_frames = 0;
        return hs_fail(err, why.status, "%s", why.msg);
    }
    for (int i = 0; i < 2; i++)
        for (size_t k = n[i]; k < *n_frames; k++)
            r->buffer[i][k] = 0;
    return HS_OK;
}

enum hs_status hs_reader_read(struct hs_reader *r, size_t most, const float *const **planar,
                              size_t *n_frames, struct hs_error *err)
{
    reserve(r, most);
    *planar = (const float *const *)r->buffer;
    *n_frames = 0;
    enum hs_status status = r->n_inputs == 2
                                ? read_pair(r, most, n_frames, err)
                                : hs_input_read(&r->input[0], r->buffer, most, n_frames, err);
    if (!*n_frames)
        note_remark(r);
    hs_alive_tell(r->alive, (double)*n_frames, 0);
    return status;
}

enum hs_status hs_reader_seek(struct hs_reader *r, int64_t frame, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (int i = 0; i < r->n_inputs && !status; i++)
        status = hs_input_seek(&r->input[i], frame, err);
    hs_alive_tell(r->alive, 1, 0);
    return status;
}

const char *hs_reader_remark(const struct hs_reader *r)
{
    return r->remark[0] ? r->remark : NULL;
}

void hs_reader_close(struct hs_reader *r)
{
    if (!r)
        return;
    for (int i = 0; i < r->n_inputs; i++)
        hs_input_close(&r->input[i]);
    for (int c = 0; c < HS_MAX_CHANNELS; c++)
        hs_free(r->buffer[c]);
    hs_arena_free(&r->arena);
    hs_free(r);
}
