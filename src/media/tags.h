/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tags of every system under one name, Vorbis's, and the facts of the stream, without decoding.
 * Values are foreign bytes.
 */
#ifndef HS_MEDIA_TAGS_H
#define HS_MEDIA_TAGS_H

#include "core/arena.h"
#include "core/error.h"
#include "model/audio.h"

#include <stddef.h>

struct hs_tag {
    const char *key, *value; /* key folded to the Vorbis name: TITLE, ARTIST, ISRC, ... */
};
struct hs_tags {
    struct hs_tag *items;
    size_t n;
};
/* Tags and stream facts, by the headers and at most a few packets. Values are the bytes
 * of the file: they may be no UTF-8, and hold control characters and markup. */
enum hs_status hs_media_probe(const char *path, struct hs_arena *a, struct hs_stream *stream,
                              struct hs_tags *tags, struct hs_error *err);

#endif
