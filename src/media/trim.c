/* SPDX-License-Identifier: Apache-2.0 */
#include "media/input.h"

#include <stdio.h>
#include <string.h>

static bool is(const struct hs_input *in, const char *container)
{
    return !strcmp(in->stream.container, container);
}

/* Apple's comment " 00000000 DELAY PADDING LENGTH ..." in hexadecimal counts samples. */
static int64_t itunes_length(const struct hs_input *in)
{
    const AVDictionaryEntry *e = av_dict_get(in->format->metadata, "iTunSMPB", NULL, 0);
    unsigned delay, padding;
    unsigned long long length;
    if (!e || sscanf(e->value, "%*x %x %x %16llx", &delay, &padding, &length) != 3)
        return -1;
    return length && length < INT64_MAX ? (int64_t)length : -1;
}

void hs_trim_end(struct hs_input *in)
{
    const AVStream *t = in->track;
    const AVRational samples = {1, in->stream.sample_rate_hz};
    in->end = -1;
    if (is(in, "wav") && t->duration > 0 && in->stream.lossless) {
        in->end = av_rescale_q(t->duration, t->time_base, samples);
        in->exact_end = true;
    }
    if (is(in, "mov")) {
        in->end = itunes_length(in);
        if (in->end < 0 && t->duration > 0)
            in->end = av_rescale_q(t->duration, t->time_base, samples);
        in->exact_end = in->end > 0;
    }
}

const char *hs_trim_remark(struct hs_input *in)
{
    if (in->n_damaged)
        return hs_arena_printf(&in->arena, "%lld damaged packets were left out, the first at "
                               "%.2f s", (long long)in->n_damaged, in->first_damage_s);
    if (is(in, "aac") || is(in, "loas"))
        return "length within two frames: ADTS has no field for the encoder's delay";
    if (is(in, "asf") || is(in, "xwma"))
        return "length within two frames: WMA has no field for the encoder's delay";
    if (is(in, "mp3") && !in->has_delay)
        return "length within two frames: no LAME header with the encoder's delay";
    if (is(in, "matroska") && !in->stream.lossless)
        return "length within two frames: Matroska's times are milliseconds";
    return NULL;
}
