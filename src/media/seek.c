/* SPDX-License-Identifier: Apache-2.0 */
/* Going to a frame exactly. Forward over less than a second is decoded; farther, a packet is looked
 * for in containers that count samples; else decoding starts again from the beginning. */
#include "media/seek.h"

#include "media/decode.h"
#include "media/open.h"

#include <string.h>

/* Containers whose timestamps count samples, so that a packet's place is known exactly.
 */
static bool counts_samples(const struct hs_input *in)
{
    static const char *const names[] = {"wav",  "w64", "aiff", "caf", "au",
                                        "flac", "wv",  "tta",  "mov"};
    const AVRational base = in->track->time_base;
    if (base.num != 1 || base.den != in->stream.sample_rate_hz)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(in->stream.container, names[i]))
            return in->track->start_time == AV_NOPTS_VALUE || in->track->start_time == 0;
    return false;
}

/* The decoder knows nothing of what was before. */
static void forget(struct hs_input *in)
{
    avcodec_flush_buffers(in->decoder);
    av_frame_unref(in->frame);
    in->frame_at = 0;
    in->draining = in->finished = false;
    in->late = (struct hs_error){0};
}

/* Restarts at a packet before `frame`; true where its place is known. */
static bool jump(struct hs_input *in, int64_t frame)
{
    struct hs_error ignored = {0};
    if (av_seek_frame(in->format, in->track->index, frame, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    forget(in);
    in->position = frame;
    if (hs_input_start(in, &ignored) || in->finished || in->frame->pts == AV_NOPTS_VALUE)
        return false;
    in->position = in->frame->pts;
    return in->position <= frame;
}

/* From the beginning: the demuxer is opened anew, as some of them lose the encoder's
 * delay when they seek back. */
static enum hs_status rewind_input(struct hs_input *in, struct hs_error *err)
{
    struct hs_input fresh;
    enum hs_status status = hs_input_open(&fresh, in->path, in->stream_wanted, in->alive, err);
    if (status) {
        hs_input_close(&fresh);
        return status;
    }
    hs_input_close(in);
    *in = fresh;
    return HS_OK;
}

/* Decodes and drops what lies before the frame. */
static enum hs_status skip_to(struct hs_input *in, int64_t frame, struct hs_error *err)
{
    while (in->position < frame && !(in->finished && in->frame_at >= in->frame->nb_samples)) {
        int64_t left = frame - in->position;
        size_t n = 0;
        enum hs_status status =
            hs_input_read(in, NULL, left < 65536 ? (size_t)left : 65536, &n, err);
        if (status || !n)
            return status;
    }
    return HS_OK;
}

/* Right to the frame, whatever the container says of time. */
enum hs_status hs_input_seek(struct hs_input *in, int64_t frame, struct hs_error *err)
{
    const int64_t near = in->stream.sample_rate_hz;
    frame = frame < 0 ? 0 : frame;
    bool ahead = frame >= in->position && !in->late.status;
    if (ahead && frame - in->position < near)
        return skip_to(in, frame, err);
    bool direct = in->codec->restartable && counts_samples(in) && !in->late.status;
    if (direct && !(in->end >= 0 && frame >= in->end) && jump(in, frame))
        return skip_to(in, frame, err);
    if (!ahead || direct) {
        enum hs_status status = rewind_input(in, err);
        if (status)
            return status;
    }
    return skip_to(in, frame, err);
}
