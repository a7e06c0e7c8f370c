/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What AAC 128, MP3 128 and Vorbis make of the whole file: on request beside an_whole_codecs.c.
 */
#include "measure/analyser.h"
#include "model/survival.h"
#include "survival/whole_file.h"

static const enum hs_lossy codecs[] = {HS_AAC_128, HS_MP3_128, HS_VORBIS_160};
enum { CODECS = sizeof codecs / sizeof *codecs };

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    hs_whole_file_start(state, stream, codecs, CODECS);
    return HS_OK;
}

static void made_with(char *out, size_t size)
{
    hs_codec_encoders(codecs, CODECS, out, size);
}

static const struct hs_measure measures[] = {HS_CODEC_WHOLE_MEASURES("aac_128", "AAC 128"),
                                             HS_CODEC_WHOLE_MEASURES("mp3_128", "MP3 128"),
                                             HS_CODEC_WHOLE_MEASURES("vorbis_160", "Vorbis 160")};

const struct hs_analyser hs_analyser_whole_more_codecs = {
    .name = "whole_more_codecs",
    .version = 1,
    .made_with = made_with,
    .on_request = HS_TO_WHOLE_ALL_CODECS,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct hs_whole_file),
    .start = start,
    .block = hs_whole_file_block,
    .finish = hs_whole_file_finish,
    .stop = hs_whole_file_stop,
};
