/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a file without listening to it. */
#include "measure/analyser.h"

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)state;
    hs_values_number(values, "duration_s", (double)n_frames / stream->sample_rate_hz);
    hs_values_number(values, "sample_rate_hz", stream->sample_rate_hz);
    hs_values_number(values, "channels", stream->n_channels);
    hs_values_text(values, "codec", stream->codec ? stream->codec : "unknown");
    hs_values_text(values, "container", stream->container ? stream->container : "unknown");
    hs_values_flag(values, "lossless", stream->lossless);
    if (stream->bits > 0)
        hs_values_number(values, "bits", stream->bits);
    else
        hs_values_absent(values, "bits", "not stored in fixed point");
}

static const struct hs_measure measures[] = {
    {"duration_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "duration",
     "Decoded frames over the sample rate, without encoder delay and padding.", ""},
    {"sample_rate_hz", "Hz", HS_NUMBER, 0, 0, HS_IN_JSON, "sample rate",
     "Frames per second as stored.", ""},
    {"channels", "", HS_NUMBER, 0, 0, HS_IN_JSON, "channels", "Channels as stored.", ""},
    {"codec", "", HS_TEXT, 0, 0, HS_IN_JSON, "codec", "Name of the codec in FFmpeg.", ""},
    {"container", "", HS_TEXT, 0, 0, HS_IN_STORE, "container", "Name of the file format in FFmpeg.",
     ""},
    {"lossless", "", HS_FLAG, 0, 0, HS_IN_JSON, "stored losslessly",
     "Whether the codec keeps every bit.", ""},
    {"bits", "bit", HS_NUMBER, 0, 0, HS_IN_JSON, "bits per sample",
     "Resolution of a stored sample.", ""},
    {"invalid_samples", "", HS_NUMBER, 0, 0, HS_IN_JSON, "samples that are no number",
     "Samples stored as NaN, infinity or beyond +60 dBFS, over all channels; they are bridged.",
     "IEEE 754"},
    {"lost_s", "s", HS_NUMBER, 0, 3, HS_IN_JSON, "music lost",
     "Damaged packets that were left out, bridged samples, and what one of two mono files has "
     "beyond the end of the other (above -60 dBFS).",
     ""},
    {"remarks", "", HS_TEXT, 0, 0, HS_IN_STORE, "remarks",
     "What people should know of how the file was read, one a line.", ""},
};

const struct hs_analyser hs_analyser_facts = {
    .name = "facts",
    .version = 2,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
