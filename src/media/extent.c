/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table names a reader for each container. Each finds the number of frames in the container's
 * own header: data and fact chunk (RIFF), chunk sizes (Wave64), packet table (CAF), sample count
 * (DSF), granule of the last page (Ogg, by Vorbis I A.2), edit list and media duration (MP4),
 * file size (ASF). Numbers that do not fit the size of the file are not believed.
 */
#include "media/extent.h"

#include "media/raw.h"

#include <stdlib.h>
#include <string.h>

/* Codecs in whole blocks, whose last one is padded. */
static bool is_adpcm(const struct hs_input *in)
{
    enum AVCodecID id = in->track->codecpar->codec_id;
    return id == AV_CODEC_ID_ADPCM_MS || id == AV_CODEC_ID_ADPCM_IMA_WAV;
}

/* Of samples of constant size; -1 where the codec has none. */
static int64_t frames_of_bytes(const struct hs_input *in, uint64_t bytes)
{
    const AVCodecParameters *par = in->track->codecpar;
    uint64_t bits = (uint64_t)av_get_exact_bits_per_sample(par->codec_id) *
                    (uint64_t)par->ch_layout.nb_channels;
    if (bits < 8 || bytes > INT64_MAX / 8)
        return -1;
    return (int64_t)(bytes * 8 / bits);
}

/* RIFF: bytes that the file does not hold were cut off, whatever the codec. Blocks of ADPCM are
 * whole at the end; the fact chunk tells how much of the last one is meant. */
static void wave_extent(struct hs_input *in, FILE *f)
{
    const struct hs_wave *w = &in->wave;
    if (!w->found)
        return;
    if (w->at + w->said > hs_raw_size(f))
        in->cut_off = true;
    int64_t frames = frames_of_bytes(in, (uint64_t)w->there);
    if (frames >= 0 && !w->unsaid)
        in->expected = frames;
    if (frames >= 0 && w->behind == HS_BEHIND_AUDIO)
        in->end = frames;
    int64_t second = w->behind == HS_BEHIND_DATA ? frames_of_bytes(in, (uint64_t)w->n_behind) : 0;
    if (second > 0)
        in->lost_s += (double)second / in->stream.sample_rate_hz;
    if (is_adpcm(in) && w->fact_frames)
        in->end = w->fact_frames;
}

/* Wave64: chunk sizes count their own 24 bytes of header and are padded to 8. */
static void wave64_extent(struct hs_input *in, FILE *f)
{
    uint8_t h[24];
    int64_t at = 40, end = hs_raw_size(f);
    for (int chunks = 0; chunks < 1000 && at < end && hs_raw_at(f, at, h, 24); chunks++) {
        uint64_t size = hs_raw_little(h + 16, 8);
        if (size < 24 || size > INT64_MAX / 2)
            return;
        if (!memcmp(h, "data", 4)) {
            in->expected = frames_of_bytes(in, size - 24);
            return;
        }
        at += (int64_t)((size + 7) & ~UINT64_C(7));
    }
}

/* CAF: the packet table tells valid frames, priming and remainder apart. Where there is
 * priming libavformat 5 leaves it in, so nothing can be said about the end. Some
 * writers count whole packets as valid: fewer frames than said are no damage. */
static void caf_extent(struct hs_input *in, FILE *f)
{
    uint8_t h[24];
    int64_t at = 8, end = hs_raw_size(f);
    for (int chunks = 0; chunks < 1000 && at < end && hs_raw_at(f, at, h, 12); chunks++) {
        uint64_t size = hs_raw_big(h + 4, 8);
        bool said = size < INT64_MAX / 2; /* all ones: up to the end of the file */
        if (!memcmp(h, "pakt", 4) && hs_raw_at(f, at + 12, h, 24)) {
            uint64_t frames = hs_raw_big(h + 8, 8), priming = hs_raw_big(h + 16, 4);
            in->untrimmed = priming > 0;
            if (!priming && frames && frames < INT64_MAX)
                in->end = (int64_t)frames;
        }
        if (!memcmp(h, "data", 4) && said && size > 4 && in->end < 0)
            in->expected = frames_of_bytes(in, size - 4);
        if (!said)
            return;
        at += 12 + (int64_t)size;
    }
}

/* DSF: 1-bit samples per channel; libavcodec delivers one sample for eight. */
static void dsf_extent(struct hs_input *in, FILE *f)
{
    uint8_t h[8];
    uint64_t bits = hs_raw_at(f, 64, h, 8) ? hs_raw_little(h, 8) : 0;
    if (bits && bits < INT64_MAX)
        in->end = in->expected = (int64_t)(bits / 8);
}

/* The bytes of the Ogg page at p, or 0 where there is none or it goes on beyond n. */
static size_t ogg_page(const uint8_t *p, size_t n)
{
    if (n < 27 || memcmp(p, "OggS", 4) || n < 27 + (size_t)p[26])
        return 0;
    size_t length = 27 + (size_t)p[26];
    for (int i = 0; i < p[26]; i++)
        length += p[27 + i];
    return length <= n ? length : 0;
}

/* Vorbis I, appendix A.2: the granule of the last page is the length. libavformat 5 is
 * some frames out where all audio lies in one page, so that such streams of about a
 * second are cut here; *granule is set for them only. */
static bool is_one_page(FILE *f, int64_t size, uint64_t *granule)
{
    enum { MOST = 3 * 65307 }; /* three pages of the longest */
    size_t n = size < MOST ? (size_t)size : MOST, at = 0, length;
    uint8_t *p = av_malloc(MOST);
    bool one = false;
    if (p && hs_raw_at(f, 0, p, n))
        for (; (length = ogg_page(p + at, n - at)); at += length) {
            *granule = hs_raw_little(p + at + 6, 8);
            if (!*granule || *granule > INT64_MAX) /* headers; no packet ends here */
                continue;
            one = (p[at + 5] & 4) && !ogg_page(p + at + length, n - at - length);
            break;
        }
    av_free(p);
    return one;
}

/* Ogg: a last page that is longer than the file was cut off; one without the mark of
 * the end of stream may have been. */
static void ogg_extent(struct hs_input *in, FILE *f)
{
    enum { TAIL = 1 << 17 };
    int64_t size = hs_raw_size(f), from = size > TAIL ? size - TAIL : 0;
    size_t n = (size_t)(size - from);
    uint8_t *p = av_malloc(TAIL);
    if (p && n > 27 && hs_raw_at(f, from, p, n)) {
        size_t at = n - 27;
        while (at && memcmp(p + at, "OggS", 4))
            at--;
        size_t segments = p[at + 26], length = 27 + segments;
        for (size_t i = 0; i < segments && at + 27 + i < n; i++)
            length += p[at + 27 + i];
        in->cut_off = !memcmp(p + at, "OggS", 4) && at + length > n;
        in->no_end_mark = !(p[at + 5] & 4);
    }
    av_free(p);
    uint64_t granule = 0;
    if (!strcmp(in->stream.codec, "vorbis") && is_one_page(f, size, &granule)) {
        in->decoder->flags2 |= AV_CODEC_FLAG2_SKIP_MANUAL;
        in->end = (int64_t)granule;
    }
}

/* ASF: the file properties object holds the size of the whole file. */
static void asf_extent(struct hs_input *in, FILE *f)
{
    static const uint8_t properties[] = {0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11};
    uint8_t h[48];
    int64_t at = 30, end = hs_raw_size(f);
    for (int objects = 0; objects < 1000 && at < end && hs_raw_at(f, at, h, 48); objects++) {
        uint64_t size = hs_raw_little(h + 16, 8);
        if (!memcmp(h, properties, sizeof properties))
            in->cut_off = hs_raw_little(h + 40, 8) > (uint64_t)end;
        if (size < 24 || size > INT64_MAX / 2)
            return;
        at += (int64_t)size;
    }
}

struct mp4 {
    FILE *f;
    uint64_t movie_scale, media_scale, media, edit_start, edit;
    int track, wanted, n_edits;
};

/* Takes clock, length and edit list of the wanted track out of a box. */
static void mp4_leaf(struct mp4 *m, const char *type, int64_t at, int64_t end)
{
    uint8_t b[36];
    size_t n = end - at < 36 ? (size_t)(end - at) : 36;
    if (n < 20 || !hs_raw_at(m->f, at, b, n))
        return;
    bool wide = b[0] == 1 && n >= 32;
    if (!memcmp(type, "mvhd", 4))
        m->movie_scale = hs_raw_big(b + (wide ? 20 : 12), 4);
    else if (!memcmp(type, "tkhd", 4))
        m->track = (int)hs_raw_big(b + (wide ? 20 : 12), 4);
    else if (m->track != m->wanted)
        return;
    else if (!memcmp(type, "mdhd", 4)) {
        m->media_scale = hs_raw_big(b + (wide ? 20 : 12), 4);
        m->media = hs_raw_big(b + (wide ? 24 : 16), wide ? 8 : 4);
    } else if (!memcmp(type, "elst", 4)) {
        m->n_edits = (int)hs_raw_big(b + 4, 4);
        m->edit = hs_raw_big(b + 8, wide ? 8 : 4);
        m->edit_start = hs_raw_big(b + (wide ? 16 : 12), wide ? 8 : 4);
    }
}

/* Goes through the boxes, into those that hold others. */
static void mp4_walk(struct mp4 *m, int64_t at, int64_t end, int depth)
{
    static const char inner[] = "moov trak mdia edts", leaf[] = "mvhd tkhd mdhd elst";
    uint8_t h[16];
    for (int boxes = 0; boxes < 10000 && at + 8 <= end && hs_raw_at(m->f, at, h, 8); boxes++) {
        uint64_t size = hs_raw_big(h, 4), head = 8;
        char type[5] = {(char)h[4], (char)h[5], (char)h[6], (char)h[7], 0};
        if (size == 1 && hs_raw_at(m->f, at + 8, h, 8))
            size = hs_raw_big(h, 8), head = 16;
        if (!size || size > (uint64_t)(end - at))
            size = (uint64_t)(end - at);
        if (size < head)
            return;
        if (strlen(type) == 4 && strstr(inner, type) && depth < 4)
            mp4_walk(m, at + (int64_t)head, at + (int64_t)size, depth + 1);
        else if (strlen(type) == 4 && strstr(leaf, type))
            mp4_leaf(m, type, at + (int64_t)head, at + (int64_t)size);
        at += (int64_t)size;
    }
}

/* The edit list says where the programme ends, in ticks of the movie's clock, which may
 * be as coarse as a millisecond: the media's own end is taken where both mean the same.
 */
static void mp4_extent(struct hs_input *in, FILE *f)
{
    struct mp4 m = {.f = f, .wanted = in->track->id};
    mp4_walk(&m, 0, hs_raw_size(f), 0);
    if (!m.media || m.media > INT64_MAX / 2 || !m.media_scale || m.n_edits > 1)
        return;
    double length = (double)m.media;
    if (m.n_edits == 1 && m.movie_scale && m.edit_start <= m.media && m.edit) {
        double tick = (double)m.media_scale / (double)m.movie_scale;
        double rest = (double)(m.media - m.edit_start), edit = (double)m.edit * tick;
        length = rest - edit > tick + 1 ? edit : rest;
    }
    double frames = length * in->stream.sample_rate_hz / (double)m.media_scale;
    if (frames >= 1 && frames < 0x1p53)
        in->end = in->expected = (int64_t)(frames + 0.5);
}

static const struct {
    const char *container;
    void (*read)(struct hs_input *in, FILE *f);
} extents[] = {
    {"wav", wave_extent}, {"w64", wave64_extent}, {"caf", caf_extent}, {"dsf", dsf_extent},
    {"ogg", ogg_extent},  {"mov", mp4_extent},    {"asf", asf_extent},
};

/* Sets what the reader of the container finds: `expected`, `end`, `cut_off` and others. */
void hs_extent_read(struct hs_input *in)
{
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) {
        if (strcmp(extents[i].container, in->stream.container))
            continue;
        FILE *f = fopen(in->path, "rbe");
        if (f)
            extents[i].read(in, f);
        if (!f || ferror(f))
            hs_fail(&in->late, HS_E_IO, "%s: its header cannot be read", in->path);
        if (f)
            fclose(f);
    }
}
