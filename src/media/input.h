/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One file being decoded, private to media/: demuxer, decoder and the place in the
 * timeline that listeners hear (frame 0 is the first one after the encoder's delay).
 * One thread at a time. hs_input_close takes what hs_input_open left, also after a
 * failure.
 */
#ifndef HS_MEDIA_INPUT_H
#define HS_MEDIA_INPUT_H

#include "core/arena.h"
#include "core/error.h"
#include "dsp/kernels.h"
#include "model/audio.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct hs_codec {
    const char *name; /* of libavcodec's decoder; only these are ever opened */
    bool lossless;    /* what comes out is what was put in */
    bool restartable; /* decoding may begin at any packet with the same result */
};

struct hs_input {
    const char *path;
    AVFormatContext *format;
    AVCodecContext *decoder;
    AVStream *track;
    const struct hs_codec *codec;
    const struct hs_kernels *kernels;
    const struct hs_checksum *checksum; /* of packets that are FLAC frames, or NULL */
    AVPacket *packet;
    AVFrame *frame;
    int frame_at;     /* samples of the frame that were handed out */
    int64_t position; /* of the next frame to hand out */
    int64_t end;      /* frames beyond this one are padding; -1 where that is not known */
    int64_t expected; /* fewer frames mean a truncated file; -1 where that is not known */
    bool cut_off;     /* the file is shorter than its last page or its header says */
    bool no_end_mark; /* Ogg: the last page is not marked as the last one */
    bool untrimmed;   /* encoder's delay was said, but is still in what is decoded */
    bool dsd;
    int bad_end; /* libav's code where reading the file ended otherwise than at its end
                  */
    bool draining, finished, started;
    bool has_delay; /* the container carried the encoder's delay or padding */
    int64_t n_packets, n_damaged;
    double first_damage_s;
    struct hs_stream stream;
    struct hs_arena arena; /* names */
    struct hs_error late;  /* said after what was decoded has been handed out */
};

/* open.c */
extern const char hs_input_formats[]; /* white list of demuxers */
enum hs_status hs_input_open(struct hs_input *in, const char *path, struct hs_error *err);
void hs_input_close(struct hs_input *in);
/* Demuxer only: stream facts as the container gives them, and tags; no decoder. */
enum hs_status hs_input_open_container(struct hs_input *in, const char *path, struct hs_error *err);
const struct hs_codec *hs_codec_find(enum AVCodecID id, const AVCodec **decoder);
enum hs_status hs_av_fail(struct hs_error *err, const char *path, const char *doing, int code);

/* facts.c */
void hs_facts_of_container(struct hs_input *in);
enum hs_status hs_facts_of_frame(struct hs_input *in, struct hs_error *err);
enum hs_status hs_facts_check(const struct hs_input *in, struct hs_error *err);

/* decode.c: fills out[c][0..most) as far as there is audio. Less than `most` is the
 * end; an error comes only with *n_frames 0. */
enum hs_status hs_input_read(struct hs_input *in, float *const *out, size_t most, size_t *n_frames,
                             struct hs_error *err);
/* Decodes up to the first frame, so that the stream's facts are the decoder's own. */
enum hs_status hs_input_start(struct hs_input *in, struct hs_error *err);
/* The next hs_input_read begins at `frame`, or at the end where there are fewer. */
enum hs_status hs_input_seek(struct hs_input *in, int64_t frame, struct hs_error *err);

/* convert.c: any of libavutil's sample formats to float, full scale 1, exactly where
 * 24 bits of mantissa suffice. */
bool hs_convert(const AVFrame *frame, int channel, int from, int n, float *out);

/* Two channels at once, the usual integers; false: not of that kind. */
bool hs_convert_pair(const struct hs_kernels *k, const AVFrame *frame, int from, int n, float *left,
                     float *right);

/* checksum.c: whether FLAC's checksum of a packet that is one frame holds. */
const struct hs_checksum *hs_checksum_new(struct hs_arena *a);
bool hs_checksum_holds(const struct hs_checksum *c, const uint8_t *p, size_t n);

/* extent.c: sets end, expected and the marks of Ogg from the file's own header. */
void hs_extent_read(struct hs_input *in);
/* The first chunk of that name in a RIFF, RF64 or BW64 file: where its bytes begin. */
bool hs_wave_find(FILE *f, const char *id, int64_t *at, uint64_t *size);

/* trim.c: how many frames the container says there are. */
void hs_trim_end(struct hs_input *in);
/* A sentence on what is not exact or was left out, or "". */
void hs_trim_remark(const struct hs_input *in, char *out, size_t room);

#endif
