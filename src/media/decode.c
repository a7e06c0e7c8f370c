/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Packets of the chosen stream go to the decoder, frames come back as planar float; at the end
 *    the decoder is drained.
 * 2. What lies beyond the end that the container gives is padding and is dropped.
 * 3. A damaged packet ends a lossless file. Of a lossy one a few are left out (two, and one in a
 *    hundred) and reported, because editors cut within frames and old tags stand at the end.
 * 4. At the end the number of frames is compared with what the container promised: fewer means
 *    that a copy broke off. Where the system failed to read, or the file changed meanwhile,
 *    nothing of it is used.
 */
#include "media/decode.h"

#include "media/checksum.h"
#include "media/convert.h"
#include "media/facts.h"
#include "media/trim.h"

#include <inttypes.h>

static double seconds(const struct hs_input *in, int64_t frames)
{
    return in->stream.sample_rate_hz ? (double)frames / in->stream.sample_rate_hz : 0;
}

/* What follows the last sample of a lossless file is an old tag or a copier's padding.
 */
static bool all_there(const struct hs_input *in)
{
    return in->codec->lossless && in->expected > 0 && in->position >= in->expected;
}

/* A damaged packet of a lossless file ends it: its samples are lost. Lossy streams
 * begin with frames cut off by an editor, or end in old tags: a few are left out, and
 * said. */
static enum hs_status damaged(struct hs_input *in, int code, struct hs_error *err)
{
    if (code == AVERROR(ENOMEM)) /* of the machine, or too much is asked for: no damage */
        return hs_av_fail(err, in->path, "cannot be decoded", code);
    if (all_there(in)) {
        in->finished = true;
        return HS_OK;
    }
    if (!in->n_damaged++)
        in->first_damage_s = seconds(in, in->position);
    int frame = in->frame->nb_samples > 0 ? in->frame->nb_samples : in->track->codecpar->frame_size;
    in->lost_s += seconds(in, frame);
    bool few = in->n_damaged <= 2 + in->n_packets / 100;
    if (!in->codec->lossless && code == AVERROR_INVALIDDATA && few)
        return HS_OK;
    char text[AV_ERROR_MAX_STRING_SIZE];
    av_strerror(code, text, sizeof text);
    return hs_fail(err, HS_E_FORMAT, "%s: damaged at %.2f s: %s", in->path,
                   seconds(in, in->position), text);
}

/* Less than one frame of PCM at the end is a pad byte that was counted as data. */
static void drop_pad(struct hs_input *in)
{
    const AVCodecParameters *par = in->track->codecpar;
    int frame = av_get_bits_per_sample(par->codec_id) * par->ch_layout.nb_channels / 8;
    if (frame > 1)
        av_shrink_packet(in->packet, in->packet->size - in->packet->size % frame);
}

/* What the checksum vouches for need not be checked again; a frame with an old tag behind
 * it does not, and is libavcodec's to look at. */
static void look_at_checksum(struct hs_input *in)
{
    bool holds = hs_checksum_holds(in->checksum, in->packet->data, (size_t)in->packet->size);
    in->decoder->err_recognition = AV_EF_EXPLODE | (holds ? 0 : AV_EF_CRCCHECK);
}

/* One packet to the decoder. At the end, or where reading fails, the decoder is drained. */
static enum hs_status feed(struct hs_input *in, struct hs_error *err)
{
    int code = av_read_frame(in->format, in->packet);
    if (code == AVERROR_EOF && in->format->pb && in->format->pb->error < 0)
        code = in->format->pb->error;
    if (code < 0) {
        in->draining = true;
        avcodec_send_packet(in->decoder, NULL);
        if (code == AVERROR(EIO) && !in->format->pb->error)
            code = AVERROR_INVALIDDATA; /* a demuxer's word for a file that ends early */
        in->bad_end = code == AVERROR_EOF ? 0 : code;
        return HS_OK;
    }
    enum hs_status status = HS_OK;
    bool ours = in->packet->stream_index == in->track->index;
    if (ours)
        drop_pad(in);
    if (ours && in->packet->size > 0) {
        in->n_packets++;
        if (av_packet_get_side_data(in->packet, AV_PKT_DATA_SKIP_SAMPLES, NULL))
            in->has_delay = true;
        if (in->checksum)
            look_at_checksum(in);
        code = avcodec_send_packet(in->decoder, in->packet);
        if (code < 0 && code != AVERROR(EAGAIN) && code != AVERROR_EOF)
            status = damaged(in, code, err);
    }
    av_packet_unref(in->packet);
    return status;
}

/* A file whose rate or channels change midway is refused. */
static enum hs_status check_unchanged(const struct hs_input *in, struct hs_error *err)
{
    const AVFrame *f = in->frame;
    const struct hs_stream *s = &in->stream;
    if (f->sample_rate == s->sample_rate_hz && f->ch_layout.nb_channels == s->n_channels)
        return HS_OK;
    return hs_fail(err, HS_E_FORMAT,
                   "%s: changes at %.2f s from %d Hz, %d channels to %d Hz, %d channels", in->path,
                   seconds(in, in->position), s->sample_rate_hz, s->n_channels, f->sample_rate,
                   f->ch_layout.nb_channels);
}

/* Integers cannot be what is no audio. The decoder's frame is empty once it has ended. */
static bool is_of_floats(const AVFrame *frame)
{
    const enum AVSampleFormat f = av_get_packed_sample_fmt(frame->format);
    return f == AV_SAMPLE_FMT_FLT || f == AV_SAMPLE_FMT_DBL;
}

/* The next decoded frame that holds samples; `finished` after the last one. */
static enum hs_status next_frame(struct hs_input *in, struct hs_error *err)
{
    in->frame_at = 0;
    while (!in->finished) {
        int code = avcodec_receive_frame(in->decoder, in->frame);
        enum hs_status status = HS_OK;
        if (code >= 0 && in->frame->nb_samples > 0) {
            in->floats |= is_of_floats(in->frame);
            return in->started ? check_unchanged(in, err) : hs_facts_of_frame(in, err);
        }
        if (code == AVERROR_EOF || (code == AVERROR(EAGAIN) && in->draining))
            in->finished = true;
        else if (code == AVERROR(EAGAIN))
            status = feed(in, err);
        else if (code < 0)
            status = damaged(in, code, err);
        if (status)
            return status;
    }
    in->frame->nb_samples = 0;
    return HS_OK;
}

/* Where the system failed to read it, nothing of what was decoded is to be believed. Fewer
 * frames than the container promised: a copy or download that broke off. */
static void check_complete(struct hs_input *in)
{
    const AVIOContext *file = in->format->pb;
    if (file && file->error < 0 && file->error != AVERROR_EOF)
        hs_av_fail(&in->late, in->path, "cannot be read to its end", file->error);
    else if (all_there(in))
        return;
    else if (in->bad_end)
        hs_av_fail(&in->late, in->path, "cannot be read to its end", in->bad_end);
    else if (in->cut_off)
        hs_fail(&in->late, HS_E_FORMAT, "%s: ends at %.2f s, before its own end: truncated",
                in->path, seconds(in, in->position));
    else if (in->position < in->expected)
        hs_fail(&in->late, HS_E_FORMAT, "%s: ends at %.2f s of %.2f s: truncated", in->path,
                seconds(in, in->position), seconds(in, in->expected));
}

/* Copies what is left of the frame, as far as there is room and the programme goes. */
static size_t take(struct hs_input *in, float *const *out, size_t at, size_t most)
{
    size_t n = (size_t)(in->frame->nb_samples - in->frame_at);
    n = n < most ? n : most;
    if (in->end >= 0 && in->position + (int64_t)n > in->end)
        n = in->end > in->position ? (size_t)(in->end - in->position) : 0;
    bool two = out && in->stream.n_channels == 2;
    bool done = two && hs_convert_pair(in->kernels, in->frame, in->frame_at, (int)n, out[0] + at,
                                       out[1] + at);
    for (int c = 0; out && !done && c < in->stream.n_channels; c++)
        if (!hs_convert(in->frame, c, in->frame_at, (int)n, out[c] + at))
            hs_fail(&in->late, HS_E_FORMAT, "%s: unknown sample format", in->path);
    in->frame_at += (int)n;
    in->position += (int64_t)n;
    return n;
}

/* NULL for `out` decodes without keeping. An error that comes behind good frames is given with the
 * next call. */
enum hs_status hs_input_read(struct hs_input *in, float *const *out, size_t most, size_t *n_frames,
                             struct hs_error *err)
{
    size_t n = 0;
    while (n < most && !in->late.status) {
        if (in->frame_at >= in->frame->nb_samples) {
            if (in->finished || next_frame(in, &in->late))
                break;
            if (in->finished)
                check_complete(in);
            continue;
        }
        size_t got = take(in, out, n, most - n);
        if (!got) { /* padding: the container says the programme is over */
            in->finished = true;
            in->frame->nb_samples = 0;
        }
        n += got;
    }
    *n_frames = n;
    if (!n && in->late.status)
        return hs_fail(err, in->late.status, "%s", in->late.msg);
    return HS_OK;
}

/* What ended the reading of a file of which nothing was decoded; 0: it is no audio. */
static int what_failed(const struct hs_input *in)
{
    const AVIOContext *file = in->format->pb;
    const int code =
        file && file->error < 0 && file->error != AVERROR_EOF ? file->error : in->bad_end;
    return code == AVERROR_INVALIDDATA ? 0 : code;
}

/* Decodes the first frame, which says what containers leave out, then finds the end. */
enum hs_status hs_input_start(struct hs_input *in, struct hs_error *err)
{
    enum hs_status status = next_frame(in, err);
    if (status || in->started)
        return status;
    if (in->finished && what_failed(in))
        return hs_av_fail(err, in->path, "cannot be read", what_failed(in));
    if (in->finished)
        return hs_fail(err, HS_E_FORMAT, "%s: no audio could be decoded", in->path);
    hs_trim_end(in);
    in->started = true;
    return HS_OK;
}
