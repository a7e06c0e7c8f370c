/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is used of FFmpeg: the white lists of containers and decoders, and its errors in
 * words. Constant tables; any thread.
 */
#ifndef HS_MEDIA_CODECS_H
#define HS_MEDIA_CODECS_H

#include "core/error.h"

#include <libavcodec/avcodec.h>
#include <stdbool.h>
#include <stddef.h>

struct hs_codec {
    const char *name; /* of libavcodec's decoder; only these are ever opened */
    bool lossless;    /* what comes out is what was put in */
    bool restartable; /* decoding may begin at any packet with the same result */
};

extern const struct hs_codec hs_codecs[];
extern const size_t hs_n_codecs;
extern const char hs_demuxers[]; /* names, comma separated */

/* The decoder of the list that reads `id`; wrappers of other libraries are not in it. NULL:
 * it is not read. */
const struct hs_codec *hs_codec_find(enum AVCodecID id, const AVCodec **decoder);
/* AAC of the kind that is called xHE-AAC: no decoder of the list reads all of it. */
bool hs_codec_is_usac(const AVCodecParameters *par);
/* The codec by the name that people know. */
const char *hs_codec_words(const AVCodecParameters *par);
/* Fails with libav's error in words: "PATH: DOING: what was wrong". */
enum hs_status hs_av_fail(struct hs_error *err, const char *path, const char *doing, int code);

#endif
