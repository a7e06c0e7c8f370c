/* SPDX-License-Identifier: Apache-2.0 */
/* Where the programme ends, and how many frames the container promises: delay and padding of
 * encoders are cut off, and a copy that broke off is found. */
#include "media/trim.h"

#include "media/extent.h"

#include <stdio.h>
#include <string.h>

static bool is(const struct hs_input *in, const char *container)
{
    return !strcmp(in->stream.container, container);
}

static bool is_one_of(const struct hs_input *in, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is(in, names[i]))
            return true;
    return false;
}

/* Apple's comment " 00000000 DELAY PADDING LENGTH ..." in hexadecimal counts samples.
 */
static int64_t itunes_length(const struct hs_input *in)
{
    const AVDictionaryEntry *e = av_dict_get(in->format->metadata, "iTunSMPB", NULL, 0);
    unsigned delay, padding;
    unsigned long long length;
    if (!e || sscanf(e->value, "%*x %8x %8x %16llx", &delay, &padding, &length) != 3)
        return -1;
    return length && length < INT64_MAX ? (int64_t)length : -1;
}

/* Headers that count samples are believed to the sample; those that give a time in
 * milliseconds, or count whole frames of a lossy codec, to half a second. */
static void expect_duration(struct hs_input *in)
{
    static const char *const counting[] = {"aiff", "flac", "wv", "tta", "ape", "tak"};
    static const char *const coarse[] = {"mp3", "matroska", "asf", "mpc", "mpc8"};
    const AVRational samples = {1, in->stream.sample_rate_hz};
    const AVStream *t = in->track;
    bool said = in->format->duration_estimation_method == AVFMT_DURATION_FROM_STREAM;
    int64_t duration =
        t->duration > 0 && said ? av_rescale_q(t->duration, t->time_base, samples) : -1;
    if (is_one_of(in, counting, sizeof counting / sizeof *counting))
        in->expected = duration;
    if (!is_one_of(in, coarse, sizeof coarse / sizeof *coarse) || in->format->nb_streams > 1)
        return;
    if (duration < 0 && in->format->duration > 0 && said)
        duration = av_rescale(in->format->duration, in->stream.sample_rate_hz, AV_TIME_BASE);
    if (duration > in->stream.sample_rate_hz / 2)
        in->expected = duration - in->stream.sample_rate_hz / 2;
}

/* Of several ends the earlier one. */
void hs_trim_end(struct hs_input *in)
{
    in->end = in->expected = -1;
    expect_duration(in);
    hs_extent_read(in);
    /* Old encoders of AAC count the flushed frames or not: that is no damage. */
    if (is(in, "mov") && !in->stream.lossless && in->expected > 0)
        in->expected -= 2 * 2048;
    int64_t length = is(in, "mov") ? itunes_length(in) : -1;
    if (length > 0 && (in->end < 0 || length < in->end))
        in->end = length;
    if (in->end > 0)
        in->stream.duration_s = (double)in->end / in->stream.sample_rate_hz;
}
