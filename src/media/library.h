/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The libraries of FFmpeg: local files only, demuxers, decoders and protocol from a white
 * list. Nothing else includes libav headers but media/.
 */
#ifndef HS_MEDIA_LIBRARY_H
#define HS_MEDIA_LIBRARY_H

/* Once, at the start of the program, before any thread: libav becomes silent and its
 * largest single allocation bounded. */
void hs_media_init(void);
/* Library versions, for --version and run.json. */
const char *hs_media_versions(void);

#endif
