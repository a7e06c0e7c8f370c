/* SPDX-License-Identifier: Apache-2.0 */
#include "media/media.h"

#include "core/alloc.h"
#include "media/input.h"

#include <string.h>
#include <strings.h>

/* What other tag systems and libavformat call it (ID3v2.3/2.4 frames, MP4 atoms, RIFF
 * INFO, bext, APE), and the Vorbis comment name it becomes. */
static const struct {
    const char *other, *vorbis;
} aliases[] = {
    {"track", "TRACKNUMBER"},        {"TRCK", "TRACKNUMBER"},
    {"IPRT", "TRACKNUMBER"},         {"ITRK", "TRACKNUMBER"},
    {"disc", "DISCNUMBER"},          {"TPOS", "DISCNUMBER"},
    {"album_artist", "ALBUMARTIST"}, {"TPE2", "ALBUMARTIST"},
    {"album artist", "ALBUMARTIST"}, {"year", "DATE"},
    {"TDRC", "DATE"},                {"TYER", "DATE"},
    {"ICRD", "DATE"},                {"creation_time", "ENCODEDDATE"},
    {"TSRC", "ISRC"},                {"ISRC", "ISRC"},
    {"----:com.apple.iTunes:ISRC", "ISRC"},
    {"publisher", "LABEL"},          {"TPUB", "LABEL"},
    {"organization", "LABEL"},       {"catalog", "CATALOGNUMBER"},
    {"CATALOGNUMBER", "CATALOGNUMBER"}, {"catalog number", "CATALOGNUMBER"},
    {"UPC", "BARCODE"},              {"EAN", "BARCODE"},
    {"TIT3", "VERSION"},             {"subtitle", "VERSION"},
    {"TOPE", "ORIGINALARTIST"},      {"TDOR", "ORIGINALDATE"},
    {"TORY", "ORIGINALDATE"},        {"description", "DESCRIPTION"},
    {"originator", "ORIGINATOR"},    {"originator_reference", "ORIGINATORREFERENCE"},
    {"origination_date", "ORIGINATIONDATE"}, {"origination_time", "ORIGINATIONTIME"},
    {"time_reference", "TIMEREFERENCE"}, {"coding_history", "CODINGHISTORY"},
    {"umid", "UMID"},                {"TXXX:ISRC", "ISRC"},
    {"TBPM", "BPM"},                 {"encoded_by", "ENCODEDBY"},
};

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

static void collect(struct hs_arena *a, const AVDictionary *from, struct hs_tags *tags,
                    size_t *cap)
{
    const AVDictionaryEntry *e = NULL;
    while ((e = av_dict_get(from, "", e, AV_DICT_IGNORE_SUFFIX))) {
        const char *key = fold_key(a, e->key);
        if (has_tag(tags, key))
            continue;
        tags->items = hs_arena_grow(a, tags->items, tags->n, cap, sizeof *tags->items);
        tags->items[tags->n++] = (struct hs_tag){key, hs_arena_strdup(a, e->value)};
    }
}

enum hs_status hs_media_probe(const char *path, struct hs_arena *a, struct hs_stream *stream,
                              struct hs_tags *tags, struct hs_error *err)
{
    struct hs_input in;
    struct hs_error own = {0};
    size_t cap = 0;
    *tags = (struct hs_tags){0};
    enum hs_status status = hs_input_open_container(&in, path, err ? err : &own);
    if (!status)
        status = hs_facts_check(&in, err);
    if (!status) {
        *stream = in.stream;
        stream->codec = hs_arena_strdup(a, in.stream.codec);
        stream->container = hs_arena_strdup(a, in.stream.container);
        collect(a, in.track->metadata, tags, &cap);
        collect(a, in.format->metadata, tags, &cap);
    }
    hs_input_close(&in);
    return status;
}
