/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of tags are folded to the names of Vorbis comments by a table. Tags of the stream stand
 * before those of the file, and of several of one name the first one stands. The broadcast chunk
 * of WAVE files (EBU Tech 3285, 2.3) is read here, because libavformat does not pass all of it
 * on.
 */
#include "media/tags.h"

#include "media/facts.h"
#include "media/open.h"
#include "media/wave.h"

#include <string.h>
#include <strings.h>

/* What other tag systems and libavformat call it (ID3v2.3/2.4 frames, MP4 atoms, RIFF
 * INFO, bext, APE), and the Vorbis comment name it becomes. */
static const struct {
    const char *other, *vorbis;
} aliases[] = {
    {"track", "TRACKNUMBER"},
    {"TRCK", "TRACKNUMBER"},
    {"IPRT", "TRACKNUMBER"},
    {"ITRK", "TRACKNUMBER"},
    {"disc", "DISCNUMBER"},
    {"TPOS", "DISCNUMBER"},
    {"album_artist", "ALBUMARTIST"},
    {"TPE2", "ALBUMARTIST"},
    {"album artist", "ALBUMARTIST"},
    {"year", "DATE"},
    {"TDRC", "DATE"},
    {"TYER", "DATE"},
    {"ICRD", "DATE"},
    {"creation_time", "ENCODEDDATE"},
    {"TSRC", "ISRC"},
    {"WM/ISRC", "ISRC"},
    {"WM/CatalogNo", "CATALOGNUMBER"},
    {"WM/Barcode", "BARCODE"},
    {"ISRC", "ISRC"},
    {"----:com.apple.iTunes:ISRC", "ISRC"},
    {"publisher", "LABEL"},
    {"TPUB", "LABEL"},
    {"organization", "LABEL"},
    {"catalog", "CATALOGNUMBER"},
    {"CATALOGNUMBER", "CATALOGNUMBER"},
    {"catalog number", "CATALOGNUMBER"},
    {"UPC", "BARCODE"},
    {"EAN", "BARCODE"},
    {"TIT3", "VERSION"},
    {"subtitle", "VERSION"},
    {"TOPE", "ORIGINALARTIST"},
    {"TDOR", "ORIGINALDATE"},
    {"TORY", "ORIGINALDATE"},
    {"description", "DESCRIPTION"},
    {"originator", "ORIGINATOR"},
    {"originator_reference", "ORIGINATORREFERENCE"},
    {"origination_date", "ORIGINATIONDATE"},
    {"origination_time", "ORIGINATIONTIME"},
    {"time_reference", "TIMEREFERENCE"},
    {"coding_history", "CODINGHISTORY"},
    {"umid", "UMID"},
    {"TXXX:ISRC", "ISRC"},
    {"TBPM", "BPM"},
    {"encoded_by", "ENCODEDBY"},
};

/* The Vorbis name, or the name itself in capitals. */
static const char *fold_key(struct hs_arena *a, const char *key)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (!strcasecmp(key, aliases[i].other))
            return aliases[i].vorbis;
    char *up = hs_arena_strdup(a, key);
    for (char *c = up; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    return up;
}

static bool has_tag(const struct hs_tags *tags, const char *key)
{
    for (size_t i = 0; i < tags->n; i++)
        if (!strcmp(tags->items[i].key, key))
            return true;
    return false;
}

/* The first of several values of one name stands: the stream's before the file's. */
static void add(struct hs_arena *a, struct hs_tags *tags, size_t *cap, const char *key,
                const char *value)
{
    if (has_tag(tags, key))
        return;
    tags->items = hs_arena_grow(a, tags->items, tags->n, cap, sizeof *tags->items);
    tags->items[tags->n++] = (struct hs_tag){key, value};
}

/* Every tag of a dictionary. */
static void collect(struct hs_arena *a, const AVDictionary *from, struct hs_tags *tags, size_t *cap)
{
    const AVDictionaryEntry *e = NULL;
    while ((e = av_dict_get(from, "", e, AV_DICT_IGNORE_SUFFIX)))
        add(a, tags, cap, fold_key(a, e->key), hs_arena_strdup(a, e->value));
}

/* The broadcast chunk, EBU Tech 3285 section 2.3: texts of fixed width that end early
 * in a NUL. libavformat hands some of them on under other names, so they are read here.
 */
static void collect_bext(struct hs_arena *a, const char *path, struct hs_tags *tags, size_t *cap)
{
    static const struct {
        const char *key;
        size_t at, width;
    } fields[] = {
        {"DESCRIPTION", 0, 256},      {"ORIGINATOR", 256, 32},     {"ORIGINATORREFERENCE", 288, 32},
        {"ORIGINATIONDATE", 320, 10}, {"ORIGINATIONTIME", 330, 8},
    };
    char bytes[338];
    int64_t at;
    uint64_t size;
    FILE *f = fopen(path, "rbe");
    if (!f)
        return;
    bool found = hs_wave_find(f, "bext", &at, &size) && size >= sizeof bytes &&
                 !fseeko(f, at, SEEK_SET) && fread(bytes, 1, sizeof bytes, f) == sizeof bytes;
    for (size_t i = 0; found && i < sizeof fields / sizeof *fields; i++) {
        const char *text = bytes + fields[i].at;
        size_t n = strnlen(text, fields[i].width);
        if (n)
            add(a, tags, cap, fields[i].key, hs_arena_strndup(a, text, n));
    }
    fclose(f);
}

/* Facts and tags without decoding. Texts live in the arena. */
enum hs_status hs_media_probe(const char *path, struct hs_arena *a, struct hs_stream *stream,
                              struct hs_tags *tags, struct hs_error *err)
{
    struct hs_input in;
    struct hs_error own = {0};
    size_t cap = 0;
    *tags = (struct hs_tags){0};
    enum hs_status status = hs_input_open_container(&in, path, 0, NULL, err ? err : &own);
    if (!status)
        status = hs_facts_check(&in, err);
    if (!status) {
        *stream = in.stream;
        stream->codec = hs_arena_strdup(a, in.stream.codec);
        stream->container = hs_arena_strdup(a, in.stream.container);
        if (in.stream.tag_genre)
            stream->tag_genre = hs_arena_strdup(a, in.stream.tag_genre);
        if (in.stream.tag_artist)
            stream->tag_artist = hs_arena_strdup(a, in.stream.tag_artist);
        if (!strcmp(in.stream.container, "wav"))
            collect_bext(a, path, tags, &cap);
        collect(a, in.track->metadata, tags, &cap);
        collect(a, in.format->metadata, tags, &cap);
    }
    hs_input_close(&in);
    return status;
}
