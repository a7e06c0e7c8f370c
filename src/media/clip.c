/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The whole passage is resampled where the encoder needs it; the delay of the resampler is
 *    taken out and its tail flushed, so that the length stays.
 * 2. Encoder and container are opened with flags that leave out dates and library names, so that
 *    equal input makes equal bytes.
 * 3. Frames of the size that the encoder wants are encoded, and at the end it is drained.
 * 4. The container is written beside the target and moved into its place.
 */
#include "media/clip.h"

#include "core/alloc.h"
#include "media/codecs.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <stdio.h>
#include <string.h>

/* What a clip may be. Encoders in order of preference; the native Opus encoder of
 * libavcodec is marked experimental, so it comes last. */
static const struct format {
    const char *name, *muxer;
    const char *encoders[3];
    int rate_hz; /* 0: the source's, where the encoder takes it */
    int bits_per_channel_s;
} formats[] = {
    {"opus", "webm", {"libopus", "opus", NULL}, 48000, 56000},
    {"aac", "ipod", {"aac", NULL, NULL}, 0, 80000},
};

/* Of libopus: a soft tone at 7 kHz beside music keeps its level, as at 10, in 5 % less time. At 7
 * and below it was lowered (docs/performance.md). */
static const int complexity = 8;

/* ISO 14496-3 table 1.18, those in use. */
static const int aac_rates_hz[] = {96000, 88200, 64000, 48000, 44100, 32000,
                                   24000, 22050, 16000, 12000, 11025, 8000};

struct clip {
    const struct format *format;
    const AVCodec *encoder;
    AVFormatContext *mux;
    AVCodecContext *context;
    AVFrame *frame;
    AVPacket *packet;
    int n_channels, rate_hz;
    float *audio[2];
    int64_t n_frames;
};

/* Opus knows 48 kHz only; AAC keeps the rate where the standard has it. */
static int target_rate(const struct format *f, int source_hz)
{
    if (f->rate_hz)
        return f->rate_hz;
    for (size_t i = 0; i < sizeof aac_rates_hz / sizeof *aac_rates_hz; i++)
        if (aac_rates_hz[i] == source_hz)
            return source_hz;
    return 48000;
}

/* All frames in pieces (of longer ones the resampler keeps copies), then what it still holds: how
 * many came out, or an error. */
static int convert(SwrContext *swr, const float *const *planar, size_t n, float *const *out,
                   size_t room)
{
    enum { PIECE = 4096 };
    size_t made = 0;
    for (size_t at = 0, m = 1; m; at += m) {
        const uint8_t *in[2];
        uint8_t *to[2];
        m = n - at < PIECE ? n - at : PIECE;
        for (int i = 0; i < 2; i++) {
            in[i] = planar[i] ? (const uint8_t *)(planar[i] + at) : NULL;
            to[i] = out[i] ? (uint8_t *)(out[i] + made) : NULL;
        }
        int code = swr_convert(swr, to, (int)(room - made), m ? in : NULL, (int)m);
        if (code < 0)
            return code;
        made += (size_t)code;
    }
    return (int)made;
}

/* The resampler's own delay is compensated and its tail flushed, so the length is that of the
 * source to the nearest frame. */
static int resample(struct clip *c, const float *const *planar, size_t n, int from_hz)
{
    c->n_frames = av_rescale((int64_t)n, c->rate_hz, from_hz);
    size_t room = (size_t)c->n_frames + 4096;
    for (int i = 0; i < c->n_channels; i++)
        c->audio[i] = hs_calloc(room, sizeof(float));
    if (c->rate_hz == from_hz) {
        for (int i = 0; i < c->n_channels; i++)
            memcpy(c->audio[i], planar[i], n * sizeof(float));
        return 0;
    }
    AVChannelLayout layout;
    SwrContext *swr = NULL;
    av_channel_layout_default(&layout, c->n_channels);
    int code = swr_alloc_set_opts2(&swr, &layout, AV_SAMPLE_FMT_FLTP, c->rate_hz, &layout,
                                   AV_SAMPLE_FMT_FLTP, from_hz, 0, NULL);
    if (code >= 0)
        av_opt_set_int(swr, "filter_size", 64, 0);
    if (code >= 0)
        code = swr_init(swr);
    const float *const in[2] = {planar[0], c->n_channels > 1 ? planar[1] : NULL};
    if (code >= 0)
        code = convert(swr, in, n, c->audio, room);
    swr_free(&swr);
    return code;
}

/* The first encoder of the format that is there, set up so that equal input gives equal bytes. */
static int open_encoder(struct clip *c)
{
    for (int i = 0; i < 3 && c->format->encoders[i] && !c->encoder; i++)
        c->encoder = avcodec_find_encoder_by_name(c->format->encoders[i]);
    if (!c->encoder)
        return AVERROR_ENCODER_NOT_FOUND;
    AVCodecContext *x = c->context = avcodec_alloc_context3(c->encoder);
    if (!x)
        return AVERROR(ENOMEM);
    x->sample_rate = c->rate_hz;
    x->sample_fmt = strncmp(c->encoder->name, "lib", 3) ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
    x->bit_rate = (int64_t)c->format->bits_per_channel_s * c->n_channels;
    x->time_base = (AVRational){1, c->rate_hz};
    x->thread_count = 1;
    if (!strcmp(c->encoder->name, "libopus"))
        x->compression_level = complexity;
    x->flags |= AV_CODEC_FLAG_BITEXACT;
    x->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
    if (c->mux->oformat->flags & AVFMT_GLOBALHEADER)
        x->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_channel_layout_default(&x->ch_layout, c->n_channels);
    av_opt_set(x->priv_data, "vbr", "constrained", 0); /* libopus: the size is a promise */
    return avcodec_open2(x, c->encoder, NULL);
}

/* Encoder, container and a buffer in memory for it. */
static int open_all(struct clip *c)
{
    int code = avformat_alloc_output_context2(&c->mux, NULL, c->format->muxer, NULL);
    if (code >= 0)
        code = open_encoder(c);
    if (code < 0)
        return code;
    c->frame = av_frame_alloc();
    c->packet = av_packet_alloc();
    AVStream *s = avformat_new_stream(c->mux, NULL);
    if (!s || !c->frame || !c->packet)
        return AVERROR(ENOMEM);
    s->time_base = c->context->time_base;
    c->mux->flags |= AVFMT_FLAG_BITEXACT; /* no dates, no library names, fixed ids */
    code = avcodec_parameters_from_context(s->codecpar, c->context);
    if (code >= 0)
        code = avio_open_dyn_buf(&c->mux->pb);
    return code < 0 ? code : avformat_write_header(c->mux, NULL);
}

/* Moves what the encoder has ready into the container. */
static int write_packets(struct clip *c)
{
    for (;;) {
        int code = avcodec_receive_packet(c->context, c->packet);
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return 0;
        if (code < 0)
            return code;
        c->packet->stream_index = 0;
        av_packet_rescale_ts(c->packet, c->context->time_base, c->mux->streams[0]->time_base);
        code = av_interleaved_write_frame(c->mux, c->packet);
        if (code < 0)
            return code;
    }
}

/* Planar or interleaved, as the encoder wants it. */
static void fill_frame(struct clip *c, int64_t at, int n)
{
    bool planar = av_sample_fmt_is_planar(c->context->sample_fmt);
    for (int i = 0; i < c->n_channels; i++) {
        float *out = (float *)(void *)c->frame->data[planar ? i : 0] + (planar ? 0 : i);
        for (int k = 0; k < n; k++)
            out[planar ? k : k * c->n_channels] = c->audio[i][at + k];
    }
}

/* All frames through the encoder, then what it still holds. */
static int encode(struct clip *c)
{
    int most = c->context->frame_size > 0 ? c->context->frame_size : 1024, code = 0;
    for (int64_t at = 0; at < c->n_frames && code >= 0; at += most) {
        int n = c->n_frames - at < most ? (int)(c->n_frames - at) : most;
        av_frame_unref(c->frame);
        c->frame->format = c->context->sample_fmt;
        c->frame->sample_rate = c->rate_hz;
        c->frame->nb_samples = n;
        c->frame->pts = at;
        code = av_channel_layout_copy(&c->frame->ch_layout, &c->context->ch_layout);
        if (code >= 0)
            code = av_frame_get_buffer(c->frame, 0);
        if (code < 0)
            break;
        fill_frame(c, at, n);
        code = avcodec_send_frame(c->context, c->frame);
        if (code >= 0)
            code = write_packets(c);
    }
    if (code >= 0)
        code = avcodec_send_frame(c->context, NULL);
    if (code >= 0)
        code = write_packets(c);
    return code < 0 ? code : av_write_trailer(c->mux);
}

/* The container is in memory until here. */
static enum hs_status save(struct clip *c, const char *path, struct hs_error *err)
{
    uint8_t *data = NULL;
    int n = avio_close_dyn_buf(c->mux->pb, &data);
    c->mux->pb = NULL;
    FILE *f = fopen(path, "wbe");
    bool good = f && fwrite(data, 1, (size_t)n, f) == (size_t)n;
    if (f && fclose(f))
        good = false;
    av_free(data);
    return good ? HS_OK : hs_fail_errno(err, HS_E_IO, "%s", path);
}

/* Frees everything; a clip that failed half way is fine. */
static void close_clip(struct clip *c)
{
    if (c->mux && c->mux->pb) {
        uint8_t *data = NULL;
        avio_close_dyn_buf(c->mux->pb, &data);
        av_free(data);
    }
    avformat_free_context(c->mux);
    avcodec_free_context(&c->context);
    av_frame_free(&c->frame);
    av_packet_free(&c->packet);
    for (int i = 0; i < 2; i++)
        hs_free(c->audio[i]);
}

/* At most HS_CLIP_MAX_S of one or two channels. */
enum hs_status hs_clip_write(const char *path, const char *codec, const float *const *planar,
                             int n_channels, size_t n_frames, int sample_rate_hz,
                             struct hs_error *err)
{
    struct clip c = {.n_channels = n_channels};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (!strcmp(formats[i].name, codec))
            c.format = &formats[i];
    if (!c.format || n_channels < 1 || n_channels > 2 || !n_frames ||
        n_frames > (size_t)sample_rate_hz * HS_CLIP_MAX_S)
        return hs_fail(err, HS_E_FAILED, "%s: not a clip: \"%s\", %d channels, %zu frames", path,
                       codec, n_channels, n_frames);
    c.rate_hz = target_rate(c.format, sample_rate_hz);
    int code = resample(&c, planar, n_frames, sample_rate_hz);
    if (code >= 0)
        code = open_all(&c);
    if (code >= 0)
        code = encode(&c);
    enum hs_status status =
        code < 0 ? hs_av_fail(err, path, "cannot encode", code) : save(&c, path, err);
    close_clip(&c);
    return status;
}
