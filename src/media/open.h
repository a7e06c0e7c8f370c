/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a file and choosing its audio stream.
 */
#ifndef HS_MEDIA_OPEN_H
#define HS_MEDIA_OPEN_H

#include "core/alive.h"
#include "core/error.h"
#include "media/input.h"

/* Decodes up to the first frame, so that the stream's facts are the decoder's own. `stream`
 * counts the audio streams from 1; 0 takes the best one: no commentary, then the default
 * one, then the first. `alive` is told whenever the file is about to be read on, also while
 * libavformat still looks for the streams; it may be NULL. */
enum hs_status hs_input_open(struct hs_input *in, const char *path, int stream,
                             const struct hs_alive *alive, struct hs_error *err);
/* Demuxer only: stream facts as the container gives them, and tags; no decoder. */
enum hs_status hs_input_open_container(struct hs_input *in, const char *path, int stream,
                                       const struct hs_alive *alive, struct hs_error *err);
/* Takes what the two above left, also after a failure. */
void hs_input_close(struct hs_input *in);

#endif
