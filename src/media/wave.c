/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The chunks are followed from the head of the file to the data chunk; sizes of RF64 and BW64
 *    come from their 64-bit chunk.
 * 2. A size of 0, all ones, or just below 2 or 4 GiB that the file does not reach is a
 *    placeholder: the audio goes up to the end.
 * 3. What follows the data is looked at: further chunks, old tags, another file, zeros, or audio
 *    of a second and more, which means that the size field is too small.
 * 4. Where the size says nothing of use, zeros at the end that are longer than any silence are
 *    space that was set aside, and are not read.
 */
#include "media/wave.h"

#include "core/alloc.h"
#include "media/raw.h"

#include <string.h>

enum { MOST_CHUNKS = 1000 };

/* Place and size of a chunk; false where the row of chunks ends before it. */
bool hs_wave_find(FILE *f, const char *id, int64_t *at, uint64_t *size)
{
    uint8_t h[16];
    uint64_t long_size = 0;
    int64_t pos = 12, end = hs_raw_size(f);
    for (int chunks = 0; chunks < MOST_CHUNKS && pos < end && hs_raw_at(f, pos, h, 8); chunks++) {
        bool data = !memcmp(h, "data", 4), found = !memcmp(h, id, 4);
        *size = hs_raw_little(h + 4, 4);
        *at = pos + 8;
        if (!memcmp(h, "ds64", 4) && hs_raw_at(f, pos + 8, h, 16))
            long_size = hs_raw_little(h + 8, 8);
        if (data && *size == UINT32_MAX && long_size)
            *size = long_size;
        if (found)
            return true;
        if (*size > INT64_MAX / 2)
            return false;
        pos += 8 + (int64_t)*size + (int64_t)(*size & 1);
    }
    return false;
}

/* Whether what lies from `pos` to the end is a row of chunks: names of four printable
 * characters, and sizes that lead to the end. Counts the bytes of audio in them. */
static bool are_chunks(FILE *f, int64_t pos, int64_t end, int64_t *n_data)
{
    *n_data = 0;
    uint8_t h[8];
    for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
        if (pos >= end - 1) /* a pad byte may be missing, or one too many */
            return true;
        if (!hs_raw_at(f, pos, h, 8))
            return false;
        for (int i = 0; i < 4; i++)
            if (h[i] < 0x20 || h[i] > 0x7e)
                return false;
        int64_t size = (int64_t)hs_raw_little(h + 4, 4);
        if (size > end - pos - 8)
            return false;
        *n_data += memcmp(h, "data", 4) ? 0 : size;
        pos += 8 + size + (size & 1);
    }
    return false;
}

/* Old tags that some programs put behind WAVE files without a chunk around them. */
static bool is_tag(const uint8_t *p)
{
    static const char *const names[] = {"TAG", "ID3", "APETAGEX", "LYRICSBEGIN", "<?xml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!memcmp(p, names[i], strlen(names[i])))
            return true;
    return false;
}

/* Looked at in places only: a disk full of zeros is not read through. */
static bool are_zeros(FILE *f, int64_t from, int64_t end)
{
    enum { PLACES = 64, BLOCK = 16384 };
    static const uint8_t none[BLOCK];
    uint8_t block[BLOCK];
    for (int64_t i = 0; i < PLACES; i++) {
        int64_t room = end - from, n = room < BLOCK ? room : BLOCK;
        int64_t at = from + (room - n) / (PLACES - 1) * i;
        at = i == PLACES - 1 ? end - n : at;
        if (!hs_raw_at(f, at, block, (size_t)n) || memcmp(block, none, (size_t)n))
            return false;
    }
    return true;
}

/* Where the size field says nothing of use the zeros at the end are space that was set aside,
 * as recorders do, once they are longer than any song's last silence: the end without them. */
static int64_t without_zeros(FILE *f, int64_t from, int64_t end, int64_t second, int64_t frame)
{
    enum { BLOCK = 1 << 18, SECONDS = 20 };
    static const uint8_t none[BLOCK];
    uint8_t *block = hs_malloc(BLOCK);
    int64_t last = end;
    while (last > from) {
        int64_t n = last - from < BLOCK ? last - from : BLOCK;
        if (!hs_raw_at(f, last - n, block, (size_t)n))
            break;
        if (!memcmp(block, none, (size_t)n)) {
            last -= n;
            continue;
        }
        while (!block[n - 1])
            n--, last--;
        break;
    }
    hs_free(block);
    last += frame - 1 - (last - from + frame - 1) % frame; /* whole frames */
    return last > from && second > 0 && end - last > SECONDS * second ? last : end;
}

/* Chunks that programs write behind the audio. */
static bool is_known_chunk(const uint8_t *p)
{
    static const char *const names[] = {"LIST", "id3 ", "ID3 ", "bext", "iXML", "axml", "_PMX",
                                        "cue ", "smpl", "inst", "plst", "acid", "PEAK", "fact",
                                        "cart", "DISP", "umid", "JUNK", "junk", "PAD ", "FLLR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!memcmp(p, names[i], 4))
            return true;
    return false;
}

/* Where the size field says nothing or too little, chunks behind the audio are those with known
 * names, behind a whole number of frames, that lead to the end of the file: the end without them.
 */
static int64_t without_chunks(FILE *f, int64_t from, int64_t end, int64_t frame)
{
    const int64_t most = 4 << 20;
    int64_t n = end - from < most ? end - from : most, last = end, n_data;
    uint8_t *tail = hs_malloc((size_t)n + 1);
    if (n >= 8 && hs_raw_at(f, end - n, tail, (size_t)n))
        for (int64_t i = 0; i + 8 <= n && last == end; i++) {
            int64_t pad = (end - n + i - from) % frame;
            if (is_known_chunk(tail + i) && pad <= 1 && are_chunks(f, end - n + i, end, &n_data))
                last = end - n + i - pad;
        }
    hs_free(tail);
    return last;
}

/* What follows the data chunk, up to the end of the file. */
static enum hs_wave_behind look_behind(FILE *f, int64_t from, int64_t end, int64_t second,
                                       int64_t *n_data)
{
    uint8_t h[16] = {0};
    size_t n = end - from < 16 ? (size_t)(end - from) : 16;
    if (end - from <= 1 || !hs_raw_at(f, from, h, n) || is_tag(h) || is_tag(h + 1))
        return HS_BEHIND_NOTHING;
    for (int pad = 0; pad < 2; pad++) /* with the pad byte of an odd size, or without it */
        if (!memcmp(h + pad, "RIFF", 4) && !memcmp(h + pad + 8, "WAVE", 4))
            return HS_BEHIND_FILE;
    if (are_chunks(f, from, end, n_data) || are_chunks(f, from + 1, end, n_data))
        return *n_data ? HS_BEHIND_DATA : HS_BEHIND_NOTHING;
    if (are_zeros(f, from, end))
        return HS_BEHIND_ZEROS;
    return end - from < second ? HS_BEHIND_BYTES : HS_BEHIND_AUDIO;
}

/* How many bytes of audio there are, by the size field and by what follows it. */
static void look_at_data(FILE *f, int64_t end, struct hs_wave *w)
{
    const uint64_t extensible = 0xfffe;
    uint8_t h[16];
    int64_t at;
    uint64_t size, second = 0, frame = 1;
    if (hs_wave_find(f, "fmt ", &at, &size) && hs_raw_at(f, at, h, sizeof h)) {
        w->extensible = hs_raw_little(h, 2) == extensible;
        w->container_bits = (int)hs_raw_little(h + 14, 2);
        second = hs_raw_little(h + 8, 4);
        frame = hs_raw_little(h + 12, 2);
    }
    if (hs_wave_find(f, "fact", &at, &size) && at < w->at && hs_raw_at(f, at, h, 4))
        w->fact_frames = (uint32_t)hs_raw_little(h, 4);
    int64_t rest = end - w->at - w->said, n_data = 0;
    w->there = w->unsaid ? end - w->at : w->said;
    if (!w->unsaid && rest <= 0)
        return;
    if (!w->unsaid)
        w->behind = look_behind(f, w->at + w->said, end, (int64_t)second, &n_data);
    w->n_behind = w->behind == HS_BEHIND_NOTHING ? 0 : w->behind == HS_BEHIND_DATA ? n_data : rest;
    if (!w->unsaid && w->behind != HS_BEHIND_AUDIO)
        return;
    const int64_t step = frame ? (int64_t)frame : 1;
    int64_t audio = without_chunks(f, w->at, end, step);
    int64_t last = without_zeros(f, w->at, audio, (int64_t)second, step);
    w->there = last - w->at;
    w->n_chunks = end - audio;
    w->n_zeros = audio - last;
}

/* What programs write for the size where they cannot go back: 0, all ones, and a little less
 * than 2 GiB (SoX) or 4, in a file that has not as much. */
static bool is_placeholder(uint64_t size, int64_t there)
{
    const uint64_t from[] = {0x7ffff000, 0xfffff000}, to[] = {0x80000000, UINT32_MAX};
    bool round = !size || size == UINT32_MAX || size > INT64_MAX / 2;
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        round = round || (size >= from[i] && size <= to[i] && (int64_t)size > there);
    return round;
}

/* DTS of a disc stands in WAVE files as if it were PCM, often behind silence. Its frames, of a few
 * kilobytes, begin with one of these words (ETSI TS 102 114, 5.3 and 6.1.3: 16 or 14 bits of every
 * sample, either order of bytes). */
static bool is_dts_mark(const uint8_t *b)
{
    static const uint8_t marks[][4] = {{0x7f, 0xfe, 0x80, 0x01},
                                       {0xfe, 0x7f, 0x01, 0x80},
                                       {0x1f, 0xff, 0xe8, 0x00},
                                       {0xff, 0x1f, 0x00, 0xe8}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!memcmp(b, marks[i], 4))
            return true;
    return false;
}

/* Whether the first block that is not silent has one, as far as libavformat looks, too. */
static bool has_dts_marks(FILE *f, int64_t at, int64_t end)
{
    enum { BLOCK = 65536, ODD = 3 };
    const int64_t most = 32 * BLOCK;
    uint8_t *b = hs_malloc(BLOCK + ODD);
    bool silent = true, found = false;
    end = end - at > most ? at + most : end;
    for (size_t n; silent && at < end; at += BLOCK) {
        n = end - at < BLOCK + ODD ? (size_t)(end - at) : BLOCK + ODD;
        if (!hs_raw_at(f, at, b, n))
            break;
        silent = n <= BLOCK || (!b[0] && !memcmp(b, b + 1, BLOCK - 1));
        for (size_t i = 0; i + 4 <= n && !found; i += 2)
            found = is_dts_mark(b + i);
    }
    hs_free(b);
    return found;
}

/* What the reader must know before libavformat sees the file. */
void hs_wave_look(const char *path, struct hs_wave *out)
{
    static const char *const kinds[] = {"RIFF", "RF64", "BW64"};
    uint8_t h[12];
    FILE *f = fopen(path, "rbe");
    *out = (struct hs_wave){0};
    if (!f)
        return;
    if (hs_raw_at(f, 0, h, sizeof h) && !memcmp(h + 8, "WAVE", 4)) {
        out->big_endian = !memcmp(h, "RIFX", 4);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            out->is_wave = out->is_wave || !memcmp(h, kinds[i], 4);
    }
    uint64_t size;
    if (out->is_wave && hs_wave_find(f, "data", &out->at, &size)) {
        out->unsaid = is_placeholder(size, hs_raw_size(f) - out->at);
        out->said = out->unsaid ? 0 : (int64_t)size;
        out->found = true;
        look_at_data(f, hs_raw_size(f), out);
        out->coded = has_dts_marks(f, out->at, out->at + out->there);
    }
    fclose(f);
}
