/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a stream: codec, container, rate, bits, channels, length, and the tags that bear
 * on judging. Taken from the container and, where the decoder knows better, from its first frame.
 */
#include "media/facts.h"

#include "media/raw.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Beyond every recorder; DSD128 read as PCM has 705.6 kHz. */
enum { MIN_RATE_HZ = 1000, MAX_RATE_HZ = 768000 };

/* Roles of the channels, and what kind of layout it is. */
static void set_layout(struct hs_input *in, const AVChannelLayout *given)
{
    in->stream.n_channels = given->nb_channels;
    in->layout = hs_layout_roles(given, in->stream.layout);
}

/* Bits of a sample as it is stored: what the header says is valid, else what the codec says. */
static int stored_bits(const struct hs_input *in)
{
    const AVCodecParameters *par = in->track->codecpar;
    if (in->dsd)
        return 1;
    if (in->valid_bits)
        return in->valid_bits;
    if (par->bits_per_raw_sample > 0)
        return par->bits_per_raw_sample;
    int bits = av_get_exact_bits_per_sample(par->codec_id);
    return bits ? bits : par->bits_per_coded_sample;
}

/* The stream's tags before the file's; libavformat finds keys in any case. */
static const char *tag(const struct hs_input *in, const char *key)
{
    const AVDictionaryEntry *e = av_dict_get(in->track->metadata, key, NULL, 0);
    if (!e)
        e = av_dict_get(in->format->metadata, key, NULL, 0);
    return e && *e->value ? e->value : NULL;
}

/* A date begins with its year ("1999", "1999-03-01"). */
static void set_tags(struct hs_input *in)
{
    static const char *const keys[] = {"date", "year", "TYER", "ICRD"};
    const int first_record = 1900, beyond = 2100;
    const char *genre = tag(in, "genre"), *artist = tag(in, "artist");
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !in->stream.tag_year; i++) {
        const char *date = tag(in, keys[i]);
        int year = date && strspn(date, "0123456789") == 4 ? atoi(date) : 0;
        if (year >= first_record && year < beyond)
            in->stream.tag_year = year;
    }
    in->stream.tag_genre = genre ? hs_arena_strdup(&in->arena, genre) : NULL;
    in->stream.tag_artist = artist ? hs_arena_strdup(&in->arena, artist) : NULL;
}

/* Tools that copy CDs say so in a tag, for the file itself has no flag. */
static bool says_emphasis(const struct hs_input *in)
{
    static const char *const keys[] = {"PRE_EMPHASIS", "PRE-EMPHASIS", "PREEMPHASIS", "EMPHASIS"};
    static const char *const yes[] = {"1", "yes", "true", "on", "50/15", "50/15us", "cd"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *value = tag(in, keys[i]);
        for (size_t k = 0; value && k < sizeof yes / sizeof *yes; k++)
            if (!strcasecmp(value, yes[k]))
                return true;
    }
    return false;
}

/* WavPack's block header: bit 3 of the flags means that a second file holds the rest. */
static bool is_hybrid(const struct hs_input *in)
{
    const uint64_t hybrid = 8;
    uint8_t h[28];
    FILE *f = strcmp(in->stream.container, "wv") ? NULL : fopen(in->path, "rbe");
    bool yes = f && hs_raw_at(f, 0, h, sizeof h) && !memcmp(h, "wvpk", 4) &&
               hs_raw_little(h + 24, 4) & hybrid;
    if (f)
        fclose(f);
    return yes;
}

/* Before anything is decoded. */
void hs_facts_of_container(struct hs_input *in)
{
    struct hs_stream *s = &in->stream;
    const AVCodecParameters *par = in->track->codecpar;
    const AVCodec *decoder = NULL;
    const struct hs_codec *codec = hs_codec_find(par->codec_id, &decoder);
    const char *container = in->format->iformat->name;
    s->codec = hs_arena_strdup(&in->arena, avcodec_get_name(par->codec_id));
    s->container = hs_arena_strndup(&in->arena, container, strcspn(container, ","));
    s->sample_rate_hz = par->sample_rate;
    in->dsd = !strncmp(s->codec, "dsd_", 4) || !strcmp(s->codec, "dst");
    in->hybrid = is_hybrid(in);
    in->emphasised = says_emphasis(in);
    s->lossless = codec && codec->lossless && !in->hybrid;
    s->plain = !strncmp(s->codec, "pcm_", 4);
    s->bits = s->lossless ? stored_bits(in) : 0;
    if (in->track->duration > 0)
        s->duration_s = (double)in->track->duration * av_q2d(in->track->time_base);
    else if (in->format->duration > 0)
        s->duration_s = (double)in->format->duration / AV_TIME_BASE;
    set_layout(in, &par->ch_layout);
    set_tags(in);
}

/* The decoder's word on rate and channels stands. */
enum hs_status hs_facts_of_frame(struct hs_input *in, struct hs_error *err)
{
    in->stream.sample_rate_hz = in->frame->sample_rate;
    set_layout(in, &in->frame->ch_layout);
    return hs_facts_check(in, err);
}

/* What is not read, with the reason. */
enum hs_status hs_facts_check(const struct hs_input *in, struct hs_error *err)
{
    const struct hs_stream *s = &in->stream;
    if (s->sample_rate_hz <= 0 || s->n_channels <= 0)
        return hs_fail(err, HS_E_FORMAT, "%s: no audio could be decoded", in->path);
    if (s->sample_rate_hz < MIN_RATE_HZ || s->sample_rate_hz > MAX_RATE_HZ)
        return hs_fail(err, HS_E_LIMIT, "%s: a sample rate of %d Hz is not read", in->path,
                       s->sample_rate_hz);
    if (in->layout == HS_LAYOUT_FIELD)
        return hs_fail(err, HS_E_LIMIT,
                       "%s: a sound field (Ambisonics), not channels of loudspeakers", in->path);
    if (in->layout == HS_LAYOUT_UNNAMED)
        return hs_fail(err, HS_E_LIMIT,
                       "%s: %d channels, and the file does not say where their loudspeakers stand",
                       in->path, s->n_channels);
    if (s->n_channels > HS_MAX_CHANNELS)
        return hs_fail(err, HS_E_LIMIT, "%s: %d channels (1 to %d are read)", in->path,
                       s->n_channels, HS_MAX_CHANNELS);
    return HS_OK;
}
