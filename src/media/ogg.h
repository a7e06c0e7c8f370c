/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of an Ogg file (RFC 3533), for files that libavformat does not open: it gives up where
 * the headers come twice, and what it gives up is not always damaged. All of it is foreign bytes.
 */
#ifndef HS_MEDIA_OGG_H
#define HS_MEDIA_OGG_H

#include "core/alive.h"

#include <stdbool.h>
#include <stdint.h>

/* Where the headers of a Vorbis stream begin once more before its first audio, in bytes: a decoder
 * that is fed packets passes over them, libavformat 5 refuses the file but reads it from there.
 * 0: they come once, or it is no such file. */
int64_t hs_ogg_second_headers(const char *path);
/* True where nothing is damaged: all bytes of the file are pages with the right checksum, no page
 * of a stream is missing, and there is audio in them. */
bool hs_ogg_is_whole(const char *path, const struct hs_alive *alive);

#endif
