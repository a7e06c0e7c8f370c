/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The floor of scripts/bench: what libavformat and libavcodec need to decode files on one
 * thread to floats, which are added up so that nothing can be left out. decode_only FILE...
 */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stdio.h>

static double sum_frame(const AVFrame *f)
{
    double sum = 0;
    int planar = av_sample_fmt_is_planar(f->format);
    int channels = f->ch_layout.nb_channels, planes = planar ? channels : 1;
    int n = planar ? f->nb_samples : f->nb_samples * channels;
    for (int p = 0; p < planes; p++) {
        float part = 0;
        switch (av_get_packed_sample_fmt(f->format)) {
        case AV_SAMPLE_FMT_S16:
            for (int i = 0; i < n; i++)
                part += ((const int16_t *)f->extended_data[p])[i] * (1.0f / 32768);
            break;
        case AV_SAMPLE_FMT_S32:
            for (int i = 0; i < n; i++)
                part += (float)((const int32_t *)f->extended_data[p])[i] * (1.0f / 2147483648);
            break;
        case AV_SAMPLE_FMT_FLT:
            for (int i = 0; i < n; i++)
                part += ((const float *)f->extended_data[p])[i];
            break;
        default:
            break;
        }
        sum += (double)part;
    }
    return sum;
}

static void drain(AVCodecContext *codec, AVFrame *frame, double *sum, double *seconds)
{
    while (avcodec_receive_frame(codec, frame) >= 0) {
        *sum += sum_frame(frame);
        *seconds += (double)frame->nb_samples / codec->sample_rate;
    }
}

static int decode(const char *path, double *sum, double *seconds)
{
    AVFormatContext *format = NULL;
    AVCodecContext *codec = NULL;
    AVPacket *packet = av_packet_alloc();
    AVFrame *frame = av_frame_alloc();
    const AVCodec *decoder = NULL;
    int stream = -1;
    if (avformat_open_input(&format, path, NULL, NULL) >= 0 &&
        avformat_find_stream_info(format, NULL) >= 0)
        stream = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, &decoder, 0);
    if (stream >= 0 && (codec = avcodec_alloc_context3(decoder))) {
        avcodec_parameters_to_context(codec, format->streams[stream]->codecpar);
        codec->thread_count = 1;
        if (avcodec_open2(codec, decoder, NULL) < 0)
            stream = -1;
    }
    while (stream >= 0 && av_read_frame(format, packet) >= 0) {
        if (packet->stream_index == stream && avcodec_send_packet(codec, packet) >= 0)
            drain(codec, frame, sum, seconds);
        av_packet_unref(packet);
    }
    if (stream >= 0 && avcodec_send_packet(codec, NULL) >= 0)
        drain(codec, frame, sum, seconds);
    av_frame_free(&frame);
    av_packet_free(&packet);
    avcodec_free_context(&codec);
    avformat_close_input(&format);
    return stream >= 0;
}

int main(int argc, char **argv)
{
    double sum = 0, seconds = 0;
    int failed = 0;
    for (int i = 1; i < argc; i++)
        if (!decode(argv[i], &sum, &seconds)) {
            fprintf(stderr, "decode_only: cannot decode %s\n", argv[i]);
            failed = 1;
        }
    printf("%.3f s, sum %g\n", seconds, sum);
    return failed || argc < 2;
}
