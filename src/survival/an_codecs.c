/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What AAC 256 and Opus 128 make of the three loudest parts: those that most people listen by.
 */
#include "measure/analyser.h"
#include "model/survival.h"
#include "survival/codec_row.h"

static const enum hs_lossy codecs[] = {HS_AAC_256, HS_OPUS_128};
enum { CODECS = sizeof codecs / sizeof *codecs };

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)state;
    (void)n_frames;
    hs_codec_rows(v, stream->sample_rate_hz, codecs, CODECS);
}

static void made_with(char *out, size_t size)
{
    hs_codec_encoders(codecs, CODECS, out, size);
}

static const struct hs_measure measures[] = {HS_CODEC_MEASURES("aac_256", "AAC 256"),
                                             HS_CODEC_MEASURES("opus_128", "Opus 128")};
static const char *const works_on[] = {"loudest", NULL};

const struct hs_analyser hs_analyser_codecs = {
    .name = "codecs",
    .version = 2,
    .made_with = made_with,
    .stage = 1,
    .works_on = works_on,
    .on_request = HS_TO_CODECS,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
