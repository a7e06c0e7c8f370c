/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One file being decoded, private to media/: demuxer, decoder and the place in the
 * timeline that listeners hear (frame 0 is the first one after the encoder's delay).
 * One thread at a time. Made and taken down by media/open.h; read by media/decode.h.
 */
#ifndef HS_MEDIA_INPUT_H
#define HS_MEDIA_INPUT_H

#include "core/alive.h"
#include "core/arena.h"
#include "core/error.h"
#include "dsp/kernels.h"
#include "media/codecs.h"
#include "media/layout.h"
#include "media/wave.h"
#include "model/audio.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stdbool.h>
#include <stdint.h>

struct hs_input {
    const char *path;
    AVFormatContext *format;
    AVCodecContext *decoder;
    AVStream *track;
    const struct hs_codec *codec;
    struct hs_wave wave; /* of RIFF files: how much audio there really is */
    int stream_wanted;   /* 1 for the first audio stream, 0: the best one is chosen */
    const struct hs_kernels *kernels;
    const struct hs_alive *alive;       /* told as the file is read; NULL: nobody */
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
    int valid_bits;   /* of a sample in a wider container, else 0 */
    bool dsd;
    bool hybrid; /* WavPack: the lossy part alone, its correction file is not read */
    enum hs_layout layout;
    bool emphasised; /* recorded with CD pre-emphasis, as a tag says */
    int bad_end;     /* libav's code where reading the file ended otherwise than at its end
                      */
    bool draining, finished, started;
    bool floats;    /* a frame was of floats, which may be what is no audio */
    bool has_delay; /* the container carried the encoder's delay or padding */
    int64_t n_packets, n_damaged;
    double first_damage_s, lost_s; /* lost_s: what those packets would have held */
    struct hs_stream stream;
    struct hs_arena arena; /* names */
    struct hs_error late;  /* said after what was decoded has been handed out */
};

#endif
