/* SPDX-License-Identifier: Apache-2.0 */
/* What a person should know of a file that could be read: damage, bytes that were left out, other
 * streams, a length that is not exact. One line each. */
#include "media/remark.h"

#include <stdarg.h>
#include <string.h>

void hs_remark(struct hs_buf *out, const char *fmt, ...)
{
    char line[500];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    hs_buf_printf(out, "%s%s", out->len ? "\n" : "", line);
}

/* Is the file of this container? */
static bool is(const struct hs_input *in, const char *container)
{
    return !strcmp(in->stream.container, container);
}

/* Why the length may be off by a few frames, by container; NULL: it is exact. */
static const char *length_remark(const struct hs_input *in)
{
    if (is(in, "aac") || is(in, "loas"))
        return "length within two frames: ADTS has no field for the encoder's delay";
    if (is(in, "asf") || is(in, "xwma"))
        return "length within two frames: WMA has no field for the encoder's delay";
    if (is(in, "mp3") && !in->has_delay)
        return "length within two frames: no LAME header with the encoder's delay";
    if (in->untrimmed)
        return "length within two frames: the encoder's delay in CAF is left in";
    if (is(in, "mov") && in->end < 0 && !in->stream.lossless)
        return "length within two frames: a fragmented MP4 does not say it";
    if (is(in, "matroska") && !in->stream.lossless && strcmp(in->stream.codec, "opus"))
        return "length within two frames: Matroska has the encoder's delay of Opus "
               "only";
    if (is(in, "ogg") && in->no_end_mark)
        return "the last page has no mark of the end: it may have been cut off";
    if (in->dsd)
        return "DSD: full scale is full modulation; SACD's 0 dB (half of it) reads "
               "-6.02 dBFS";
    return NULL;
}

/* What the size field of a WAVE file and the size of the file make of each other. */
static void remark_on_size(const struct hs_input *in, struct hs_buf *out)
{
    const struct hs_wave *w = &in->wave;
    double of_said = w->there > 0 ? (double)w->said / (double)w->there : 0;
    if (w->n_zeros)
        hs_remark(out, "%lld bytes of zeros at the end are not read", (long long)w->n_zeros);
    switch (w->behind) {
    case HS_BEHIND_NOTHING:
        break;
    case HS_BEHIND_AUDIO:
        hs_remark(out, "the size field says %.2f s, but %.2f s are there%s",
                  in->stream.duration_s * of_said, in->stream.duration_s,
                  w->n_zeros ? "" : ": all of it is read");
        break;
    case HS_BEHIND_ZEROS:
        hs_remark(out, "%lld bytes of zeros behind the audio are not read", (long long)w->n_behind);
        break;
    case HS_BEHIND_BYTES:
        hs_remark(out, "%lld bytes behind the audio are not read", (long long)w->n_behind);
        break;
    case HS_BEHIND_DATA:
        hs_remark(out, "a second data chunk behind the first, of %.2f s, is not read",
                  w->said > 0 ? in->stream.duration_s * (double)w->n_behind / (double)w->said : 0);
        break;
    case HS_BEHIND_FILE:
        hs_remark(out, "another WAVE file lies behind this one and is not read");
        break;
    }
}

/* What a stream says of itself, in words. */
static const char *mark_of(const AVStream *s)
{
    static const struct {
        int flag;
        const char *words;
    } marks[] = {
        {AV_DISPOSITION_COMMENT, "commentary"},
        {AV_DISPOSITION_VISUAL_IMPAIRED, "for the visually impaired"},
        {AV_DISPOSITION_HEARING_IMPAIRED, "for the hard of hearing"},
        {AV_DISPOSITION_DESCRIPTIONS, "descriptions"},
        {AV_DISPOSITION_CLEAN_EFFECTS, "effects"},
        {AV_DISPOSITION_KARAOKE, "karaoke"},
        {AV_DISPOSITION_DEFAULT, "default"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (s->disposition & marks[i].flag)
            return marks[i].words;
    return NULL;
}

/* Number, codec, channels, mark and title. */
static void name_stream(const AVStream *s, int number, struct hs_buf *out)
{
    const AVDictionaryEntry *title = av_dict_get(s->metadata, "title", NULL, 0);
    hs_buf_printf(out, "%d (%s, %d channel%s", number, avcodec_get_name(s->codecpar->codec_id),
                  s->codecpar->ch_layout.nb_channels,
                  s->codecpar->ch_layout.nb_channels == 1 ? "" : "s");
    if (mark_of(s))
        hs_buf_printf(out, ", %s", mark_of(s));
    if (title)
        hs_buf_printf(out, ", \"%.60s\"", title->value);
    hs_buf_puts(out, ")");
}

/* Which audio stream was taken, and what was not. */
static void remark_on_streams(const struct hs_input *in, struct hs_buf *out)
{
    struct hs_buf taken = {0}, left = {0};
    int number = 0;
    for (unsigned i = 0; i < in->format->nb_streams; i++) {
        const AVStream *s = in->format->streams[i];
        if (s->codecpar->codec_type != AVMEDIA_TYPE_AUDIO)
            continue;
        number++;
        if (s != in->track && left.len)
            hs_buf_puts(&left, ", ");
        name_stream(s, number, s == in->track ? &taken : &left);
    }
    if (left.len)
        hs_remark(out, "audio stream %s is read, not %s", taken.data, left.data);
    hs_buf_free(&taken);
    hs_buf_free(&left);
}

/* All lines of one input. */
void hs_remarks_of_input(const struct hs_input *in, struct hs_buf *out)
{
    const char *length = length_remark(in);
    if (in->n_damaged)
        hs_remark(out, "%lld damaged packet%s left out, the first at %.2f s",
                  (long long)in->n_damaged, in->n_damaged == 1 ? "" : "s", in->first_damage_s);
    if (in->hybrid)
        hs_remark(out, "WavPack hybrid: the lossy part alone, correction files are not read");
    remark_on_streams(in, out);
    remark_on_size(in, out);
    if (length)
        hs_remark(out, "%s", length);
}
