/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What AAC 256 and Opus 128 make of the whole file.
 */
#include "measure/analyser.h"
#include "model/survival.h"
#include "survival/whole_file.h"

static const enum hs_lossy codecs[] = {HS_AAC_256, HS_OPUS_128};
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

static const struct hs_measure measures[] = {HS_CODEC_WHOLE_MEASURES("aac_256", "AAC 256"),
                                             HS_CODEC_WHOLE_MEASURES("opus_128", "Opus 128")};

const struct hs_analyser hs_analyser_whole_codecs = {
    .name = "whole_codecs",
    .version = 1,
    .made_with = made_with,
    .on_request = HS_TO_WHOLE_CODECS,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct hs_whole_file),
    .start = start,
    .block = hs_whole_file_block,
    .finish = hs_whole_file_finish,
    .stop = hs_whole_file_stop,
};
