/* SPDX-License-Identifier: Apache-2.0 */
#include "media/open.h"

#include "media/checksum.h"
#include "media/decode.h"
#include "media/facts.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static enum hs_status check_regular(const char *path, struct hs_error *err)
{
    struct stat st;
    if (stat(path, &st))
        return hs_fail_errno(err, errno == ENOENT || errno == ENOTDIR ? HS_E_MISSING : HS_E_IO,
                             "%s", path);
    if (!S_ISREG(st.st_mode))
        return hs_fail(err, HS_E_FORMAT, "%s: not a regular file", path);
    if (!st.st_size)
        return hs_fail(err, HS_E_FORMAT, "%s: the file is empty", path);
    return HS_OK;
}

/* Pictures and video are neither read nor probed with a decoder: only audio decoders
 * are allowed, and packets of other streams are dropped by the demuxer. */
static AVDictionary *open_options(void)
{
    AVDictionary *options = NULL;
    char names[2048] = "";
    for (size_t i = 0; i < hs_n_codecs; i++) {
        strcat(names, i ? "," : "");
        strcat(names, hs_codecs[i].name);
    }
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    av_dict_set(&options, "format_whitelist", hs_demuxers, 0);
    av_dict_set(&options, "codec_whitelist", names, 0);
    av_dict_set(&options, "enable_drefs", "0", 0); /* QuickTime's other files */
    av_dict_set(&options, "indexmem", "65536", 0); /* of packets seen: memory stays flat */
    return options;
}

static void choose_track(struct hs_input *in)
{
    for (unsigned i = 0; i < in->format->nb_streams; i++) {
        AVStream *s = in->format->streams[i];
        if (!in->track && s->codecpar->codec_type == AVMEDIA_TYPE_AUDIO)
            in->track = s;
        s->discard = s == in->track ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
}

enum hs_status hs_input_open_container(struct hs_input *in, const char *path, struct hs_error *err)
{
    *in = (struct hs_input){.end = -1, .expected = -1};
    in->kernels = hs_kernels_choose();
    in->path = hs_arena_strdup(&in->arena, path);
    if (check_regular(path, err))
        return err ? err->status : HS_E_FAILED;
    AVDictionary *options = open_options();
    int code = avformat_open_input(&in->format, hs_arena_printf(&in->arena, "file:%s", path), NULL,
                                   &options);
    av_dict_free(&options);
    if (code == AVERROR_INVALIDDATA || code == AVERROR(EINVAL) || code == AVERROR_EOF)
        return hs_fail(err, HS_E_FORMAT, "%s: not an audio file of a kind that is read", path);
    if (code < 0)
        return hs_av_fail(err, path, "cannot be opened", code);
    choose_track(in);
    code = avformat_find_stream_info(in->format, NULL);
    if (code < 0)
        return hs_av_fail(err, path, "cannot find the audio", code);
    choose_track(in);
    if (!in->track)
        return hs_fail(err, HS_E_FORMAT, "%s: there is no audio in it", path);
    hs_facts_of_container(in);
    return HS_OK;
}

static enum hs_status open_decoder(struct hs_input *in, struct hs_error *err)
{
    const AVCodec *decoder = NULL;
    in->codec = hs_codec_find(in->track->codecpar->codec_id, &decoder);
    if (!in->codec)
        return hs_fail(err, HS_E_FORMAT, "%s: no decoder for %s", in->path, in->stream.codec);
    in->decoder = avcodec_alloc_context3(decoder);
    in->packet = av_packet_alloc();
    in->frame = av_frame_alloc();
    if (!in->decoder || !in->packet || !in->frame)
        return hs_av_fail(err, in->path, "cannot start the decoder", AVERROR(ENOMEM));
    int code = avcodec_parameters_to_context(in->decoder, in->track->codecpar);
    in->decoder->thread_count = 1;
    in->decoder->pkt_timebase = in->track->time_base;
    if (in->codec->lossless) /* checksums count: a damaged original must not pass */
        in->decoder->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    if (decoder->id == AV_CODEC_ID_FLAC)
        in->checksum = hs_checksum_new(&in->arena);
    if (code >= 0)
        code = avcodec_open2(in->decoder, decoder, NULL);
    if (code < 0)
        return hs_av_fail(err, in->path, "cannot start the decoder", code);
    return HS_OK;
}

enum hs_status hs_input_open(struct hs_input *in, const char *path, struct hs_error *err)
{
    struct hs_error own = {0};
    err = err ? err : &own;
    enum hs_status status = hs_input_open_container(in, path, err);
    if (!status)
        status = open_decoder(in, err);
    if (!status)
        status = hs_input_start(in, err);
    return status;
}

void hs_input_close(struct hs_input *in)
{
    av_frame_free(&in->frame);
    av_packet_free(&in->packet);
    avcodec_free_context(&in->decoder);
    avformat_close_input(&in->format);
    hs_arena_free(&in->arena);
    *in = (struct hs_input){0};
}
