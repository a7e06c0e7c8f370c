/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The libraries of FFmpeg: local files only, demuxers, decoders and protocol from a white
 * list. Nothing else includes libav headers but media/.
 */
#ifndef HS_MEDIA_LIBRARY_H
#define HS_MEDIA_LIBRARY_H

#include <stdbool.h>

/* The largest single allocation of libav: an index of a day of music fits, a forged
 * size field does not. */
#define HS_MEDIA_MOST_BYTES ((size_t)256 << 20)

/* Once, at the start of the program, before any thread: libav becomes silent and its
 * largest single allocation bounded. */
void hs_media_init(void);
/* Library versions, for --version and run.json. */
const char *hs_media_versions(void);
/* Is it one of the versions that the tests run with (5.1 of Debian 12, 7.1 of Debian 13)? */
bool hs_media_tried(void);

#endif
