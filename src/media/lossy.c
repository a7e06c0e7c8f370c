/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Encoder and decoder are opened with constant rate and one thread.
 * 2. Frames go in, packets go from the encoder to the decoder, and what comes back is collected;
 *    at the end both are drained.
 * 3. The delay of the encoder is dropped: by the decoder, or here where it does not do it
 *    (FFmpeg's AAC).
 * 4. The version is that of the encoder's library where libavcodec does not carry the encoder
 *    itself, because another version gives other values.
 */
#include "media/lossy.h"

#include "media/codecs.h"
#include "media/convert.h"

#include <dlfcn.h>
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <stdio.h>
#include <string.h>

enum { ANY_FRAMES = 1024 }; /* of a frame, where the encoder takes any number */

static const struct {
    const char *title, *encoder, *words;
    int64_t bits;        /* per second; 0: by quality */
    int quality;         /* of libvorbis */
    int only_hz;         /* 0: 32, 44.1 and 48 kHz */
    bool keeps_delay;    /* the decoder does not take the encoder's delay out */
    const char *version; /* the function of its library that tells it; NULL: libavcodec itself */
} codecs[HS_N_LOSSY] = {
    [HS_AAC_256] = {"AAC 256", "aac", "FFmpeg AAC", 256000, 0, 0, true, NULL},
    [HS_OPUS_128] = {"Opus 128", "libopus", "libopus", 128000, 0, 48000, false,
                     "opus_get_version_string"},
    [HS_AAC_128] = {"AAC 128", "aac", "FFmpeg AAC", 128000, 0, 0, true, NULL},
    [HS_MP3_128] = {"MP3 128", "libmp3lame", "LAME", 128000, 0, 0, false, "get_lame_version"},
    [HS_VORBIS_160] = {"Vorbis 160", "libvorbis", "libvorbis", 0, 5, 0, false,
                       "vorbis_version_string"},
};

const char *hs_lossy_title(enum hs_lossy codec)
{
    return codecs[codec].title;
}

bool hs_lossy_encoder(enum hs_lossy codec, char *out, size_t n)
{
    unsigned v = avcodec_version();
    if (!avcodec_find_encoder_by_name(codecs[codec].encoder)) {
        snprintf(out, n, "FFmpeg is built without %s here", codecs[codec].words);
        return false;
    }
    /* The library is one of libavcodec's own, which tells no version of it. */
    void *symbol = codecs[codec].version ? dlsym(RTLD_DEFAULT, codecs[codec].version) : NULL;
    const char *(*of_library)(void) = NULL;
    memcpy(&of_library, &symbol, sizeof symbol);
    const char *version = of_library ? of_library() : "";
    bool bare = !*version || (*version >= '0' && *version <= '9'); /* others tell their name */
    snprintf(out, n, "%s%s%s, libavcodec %u.%u.%u", bare ? codecs[codec].words : "",
             bare && *version ? " " : "", version, v >> 16, v >> 8 & 255, v & 255);
    return true;
}

/* Rates of a family stay in it. */
int hs_lossy_rate_hz(enum hs_lossy codec, int rate_hz)
{
    if (codecs[codec].only_hz)
        return codecs[codec].only_hz;
    if (rate_hz == 32000 || rate_hz == 44100)
        return rate_hz;
    return rate_hz % 44100 ? 48000 : 44100;
}

/* A round trip on its way. */
struct trip {
    enum hs_lossy codec;
    AVCodecContext *encoder, *decoder;
    AVFrame *frame;
    AVPacket *packet;
    float *const *out;
    size_t done, made, most, skip; /* frames: given, come back, wanted, of delay still to drop */
};

/* One thread, constant rate, or by quality where the codec has no rate. */
static int open_encoder(struct trip *t, int rate_hz)
{
    const AVCodec *c = avcodec_find_encoder_by_name(codecs[t->codec].encoder);
    if (!c)
        return AVERROR_ENCODER_NOT_FOUND;
    AVCodecContext *x = t->encoder = avcodec_alloc_context3(c);
    if (!x)
        return AVERROR(ENOMEM);
    x->sample_rate = rate_hz;
    x->time_base = (AVRational){1, rate_hz};
    x->sample_fmt = t->codec == HS_OPUS_128 ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;
    x->thread_count = 1;
    x->bit_rate = codecs[t->codec].bits;
    av_channel_layout_default(&x->ch_layout, 2);
    if (!x->bit_rate) {
        x->flags |= AV_CODEC_FLAG_QSCALE;
        x->global_quality = FF_QP2LAMBDA * codecs[t->codec].quality;
    }
    return avcodec_open2(x, c, NULL);
}

/* The decoder that files of this codec are read with. */
static int open_decoder(struct trip *t)
{
    const AVCodec *c = NULL;
    const struct hs_codec *known = hs_codec_find(t->encoder->codec_id, &c);
    AVCodecParameters *par = avcodec_parameters_alloc();
    AVCodecContext *x = t->decoder = known ? avcodec_alloc_context3(c) : NULL;
    int code = !known ? AVERROR_DECODER_NOT_FOUND : !x || !par ? AVERROR(ENOMEM) : 0;
    if (!code)
        code = avcodec_parameters_from_context(par, t->encoder);
    if (!code)
        code = avcodec_parameters_to_context(x, par);
    avcodec_parameters_free(&par);
    if (code)
        return code;
    x->thread_count = 1;
    x->pkt_timebase = t->encoder->time_base;
    return avcodec_open2(x, c, NULL);
}

/* What the decoder has ready goes to `out`, without the delay. */
static int receive(struct trip *t)
{
    for (;;) {
        int code = avcodec_receive_frame(t->decoder, t->frame);
        if (code)
            return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
        size_t n = (size_t)t->frame->nb_samples, skip = t->skip < n ? t->skip : n;
        size_t take = n - skip < t->most - t->made ? n - skip : t->most - t->made;
        int last = t->frame->ch_layout.nb_channels - 1;
        for (int c = 0; c < 2; c++)
            if (!hs_convert(t->frame, c < last ? c : last, (int)skip, (int)take,
                            t->out[c] + t->made))
                return AVERROR(ENOSYS);
        t->skip -= skip;
        t->made += take;
    }
}

/* Packets of the encoder go through the decoder. */
static int pass_on(struct trip *t)
{
    for (;;) {
        int code = avcodec_receive_packet(t->encoder, t->packet);
        if (code)
            return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
        code = avcodec_send_packet(t->decoder, t->packet);
        av_packet_unref(t->packet);
        if (code || (code = receive(t)))
            return code;
    }
}

/* Into a frame, planar or interleaved. */
static void fill(AVFrame *f, const float *const in[2], size_t from, size_t n, bool planar)
{
    float *packed = (float *)(void *)f->data[0];
    for (int c = 0; planar && c < 2; c++)
        memcpy(f->extended_data[c], in[c] + from, n * sizeof(float));
    for (size_t i = 0; !planar && i < n; i++) {
        packed[2 * i] = in[0][from + i];
        packed[2 * i + 1] = in[1][from + i];
    }
}

/* One frame of music to the encoder. */
static int give(struct trip *t, const float *const in[2], size_t from, size_t n)
{
    AVFrame *f = av_frame_alloc();
    if (!f)
        return AVERROR(ENOMEM);
    f->nb_samples = (int)n;
    f->format = t->encoder->sample_fmt;
    f->sample_rate = t->encoder->sample_rate;
    f->pts = (int64_t)from;
    int code = av_channel_layout_copy(&f->ch_layout, &t->encoder->ch_layout);
    if (!code)
        code = av_frame_get_buffer(f, 0);
    if (!code) {
        fill(f, in, from, n, f->format == AV_SAMPLE_FMT_FLTP);
        code = avcodec_send_frame(t->encoder, f);
    }
    av_frame_free(&f);
    return code ? code : pass_on(t);
}

/* All of the music, in frames of the size that the encoder wants; then both are drained. */
static int run(struct trip *t, const float *const in[2], size_t n)
{
    size_t step = t->encoder->codec->capabilities & AV_CODEC_CAP_VARIABLE_FRAME_SIZE
                      ? ANY_FRAMES
                      : (size_t)t->encoder->frame_size;
    int code = 0;
    for (size_t at = 0; at < n && !code; at += step)
        code = give(t, in, at, n - at < step ? n - at : step);
    if (!code)
        code = avcodec_send_frame(t->encoder, NULL);
    if (!code)
        code = pass_on(t);
    if (!code)
        code = avcodec_send_packet(t->decoder, NULL);
    return code ? code : receive(t);
}

/* As many frames as were given, or fewer where the decoder keeps some back. */
enum hs_status hs_lossy_round_trip(enum hs_lossy codec, int rate_hz, const float *const in[2],
                                   size_t n, float *const out[2], size_t *made,
                                   struct hs_error *err)
{
    struct trip t = {.codec = codec, .out = out, .most = n};
    t.frame = av_frame_alloc();
    t.packet = av_packet_alloc();
    int code = t.frame && t.packet ? open_encoder(&t, rate_hz) : AVERROR(ENOMEM);
    if (!code)
        code = open_decoder(&t);
    if (!code && codecs[codec].keeps_delay)
        t.skip = (size_t)t.encoder->initial_padding;
    if (!code)
        code = run(&t, in, n);
    av_frame_free(&t.frame);
    av_packet_free(&t.packet);
    avcodec_free_context(&t.encoder);
    avcodec_free_context(&t.decoder);
    *made = t.made;
    return code ? hs_av_fail(err, codecs[codec].title, "round trip", code) : HS_OK;
}
