/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Only regular files are opened, only audio decoders are allowed, and no other file is
 *    followed from inside one.
 * 2. A WAVE file whose size fields cannot be believed is shown to libavformat as the part of it
 *    that is audio (media/wave.h).
 * 3. An Ogg file whose headers come twice is shown from the second ones on, where it is not opened
 *    as it is (media/ogg.h).
 * 4. The stream: the one that was asked for; else commentaries are passed over, then the default
 *    stream is preferred, then the first.
 * 5. Facts are taken from the container, and again from the decoder after its first frame.
 */
#include "media/open.h"

#include "media/checksum.h"
#include "media/decode.h"
#include "media/facts.h"
#include "media/ogg.h"
#include "media/pcm.h"
#include "media/unreadable.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Neither a device nor a pipe, which might never end. */
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
    av_dict_set(&options, "protocol_whitelist", "file,subfile", 0);
    av_dict_set(&options, "format_whitelist", hs_demuxers, 0);
    av_dict_set(&options, "codec_whitelist", names, 0);
    av_dict_set(&options, "enable_drefs", "0", 0); /* QuickTime's other files */
    av_dict_set(&options, "indexmem", "65536", 0); /* of packets seen: memory stays flat */
    /* of WAV and W64: packets of 4 kB cost more than their samples */
    av_dict_set(&options, "max_size", "65536", 0);
    /* of FLAC, whose parser is else given a kilobyte at once: a tenth of its decoding */
    av_dict_set(&options, "raw_packet_size", "8192", 0);
    return options;
}

/* Of what a stream is not, the worst thing that its marks say: a commentary is passed over
 * before the default stream is looked for. */
static int rank(const AVStream *s)
{
    const int beside = AV_DISPOSITION_COMMENT | AV_DISPOSITION_VISUAL_IMPAIRED |
                       AV_DISPOSITION_HEARING_IMPAIRED | AV_DISPOSITION_DESCRIPTIONS |
                       AV_DISPOSITION_CLEAN_EFFECTS | AV_DISPOSITION_KARAOKE |
                       AV_DISPOSITION_DEPENDENT;
    return (s->disposition & beside ? 0 : 2) + (s->disposition & AV_DISPOSITION_DEFAULT ? 1 : 0);
}

/* The stream that was asked for; else the first of those that rank highest. */
static void choose_track(struct hs_input *in)
{
    int number = 0;
    in->track = NULL;
    for (unsigned i = 0; i < in->format->nb_streams; i++) {
        AVStream *s = in->format->streams[i];
        if (s->codecpar->codec_type != AVMEDIA_TYPE_AUDIO)
            continue;
        number++;
        bool better = !in->track || rank(s) > rank(in->track);
        if (in->stream_wanted ? number == in->stream_wanted : better)
            in->track = s;
    }
    for (unsigned i = 0; i < in->format->nb_streams; i++) {
        AVStream *s = in->format->streams[i];
        s->discard = s == in->track ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
}

static enum hs_status check_track(const struct hs_input *in, struct hs_error *err)
{
    if (in->track)
        return HS_OK;
    if (in->stream_wanted)
        return hs_fail(err, HS_E_FORMAT, "%s: there is no audio stream %d in it", in->path,
                       in->stream_wanted);
    return hs_fail(err, HS_E_FORMAT, "%s: there is no audio in it", in->path);
}

/* Where the size field of a WAVE file is not to be believed libavformat is shown the part of
 * the file that is audio: else it would end early, or look for chunks in what follows. */
static char *url_of(struct hs_input *in, AVDictionary **options)
{
    const struct hs_wave *w = &in->wave;
    hs_wave_look(in->path, &in->wave);
    if (w->behind == HS_BEHIND_AUDIO || w->unsaid)
        av_dict_set(options, "ignore_length", "1", 0);
    /* else 2 MB of 16-bit samples are looked through by every demuxer, whenever a file is opened */
    if (w->found && !w->coded)
        av_dict_set(options, "max_probe_packets", "1", 0);
    if (w->behind == HS_BEHIND_NOTHING && !w->n_zeros && !w->n_chunks)
        return hs_arena_printf(&in->arena, "file:%s", in->path);
    return hs_arena_printf(&in->arena, "subfile,,start,0,end,%lld,,:file:%s",
                           (long long)(w->at + w->there), in->path);
}

/* libavformat asks before each read of the file whether it is to go on. */
static int read_on(void *alive)
{
    hs_alive_tell(alive, 1, 0);
    return 0;
}

/* libavformat's code; negative where it could not be opened. */
static int open_url(struct hs_input *in, const char *url, AVDictionary **options)
{
    in->format = avformat_alloc_context();
    if (!in->format)
        return AVERROR(ENOMEM);
    in->format->interrupt_callback = (AVIOInterruptCB){read_on, (void *)in->alive};
    return avformat_open_input(&in->format, url, NULL, options);
}

static int open_format(struct hs_input *in)
{
    AVDictionary *options = open_options();
    int code = open_url(in, url_of(in, &options), &options);
    av_dict_free(&options);
    int64_t again = code == AVERROR_INVALIDDATA ? hs_ogg_second_headers(in->path) : 0;
    if (!again)
        return code;
    options = open_options();
    code = open_url(in,
                    hs_arena_printf(&in->arena, "subfile,,start,%lld,end,0,,:file:%s",
                                    (long long)again, in->path),
                    &options);
    av_dict_free(&options);
    return code;
}

/* Samples of a fixed size come without timestamps, and libavformat would read fifty packets (3 MB
 * of WAV) to find one: 2.7 ms for every time that a file is opened. The first packet still tells
 * what is packed into them. */
static void expect_no_timestamps(struct hs_input *in)
{
    if (in->track && av_get_exact_bits_per_sample(in->track->codecpar->codec_id) > 0)
        in->format->max_ts_probe = 1;
}

/* Header and tags, without a decoder. What fails says why in the user's words. */
enum hs_status hs_input_open_container(struct hs_input *in, const char *path, int stream,
                                       const struct hs_alive *alive, struct hs_error *err)
{
    *in = (struct hs_input){.end = -1, .expected = -1, .stream_wanted = stream, .alive = alive};
    in->kernels = hs_kernels_choose();
    in->path = hs_arena_strdup(&in->arena, path);
    if (check_regular(path, err))
        return err ? err->status : HS_E_FAILED;
    int code = open_format(in);
    if (code == AVERROR(EIO) && hs_disk_reads(path, alive)) {
        code = open_format(in);
        if (code == AVERROR(EIO)) /* the disk is well: the file ends within its header */
            code = AVERROR_INVALIDDATA;
    }
    if (code < 0 && in->wave.is_wave && !in->wave.found)
        return hs_fail(err, HS_E_FORMAT, "%s: the chunks of this WAVE file do not lead to audio",
                       path);
    if (code < 0 && in->wave.big_endian)
        return hs_fail(err, HS_E_UNSUPPORTED, "%s: of RIFX only plain PCM is read", path);
    if (code < 0)
        return hs_unreadable(path, code, alive, err);
    choose_track(in);
    if (in->track && hs_pcm_fit(in, err))
        return err ? err->status : HS_E_FORMAT;
    expect_no_timestamps(in);
    code = avformat_find_stream_info(in->format, NULL);
    if (code < 0)
        return hs_av_fail(err, path, "cannot find the audio", code);
    choose_track(in);
    if (check_track(in, err))
        return err ? err->status : HS_E_FORMAT;
    hs_facts_of_container(in);
    return HS_OK;
}

/* Starts the native decoder of the stream; of lossless codecs checksums are verified. */
static enum hs_status open_decoder(struct hs_input *in, struct hs_error *err)
{
    const AVCodec *decoder = NULL;
    in->codec = hs_codec_find(in->track->codecpar->codec_id, &decoder);
    if (!in->codec || hs_codec_is_usac(in->track->codecpar))
        return hs_fail(err, HS_E_UNSUPPORTED, "%s: %s is not read", in->path,
                       hs_codec_words(in->track->codecpar));
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

enum hs_status hs_input_open(struct hs_input *in, const char *path, int stream,
                             const struct hs_alive *alive, struct hs_error *err)
{
    struct hs_error own = {0};
    err = err ? err : &own;
    enum hs_status status = hs_input_open_container(in, path, stream, alive, err);
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
