/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Going to a frame of the timeline, exactly: what the decoder gives before it is dropped. Frames
 * count from the first that is heard (media/input.h).
 */
#ifndef HS_MEDIA_SEEK_H
#define HS_MEDIA_SEEK_H

#include "core/error.h"
#include "media/input.h"

/* The next hs_input_read begins at `frame`, or at the end where there are fewer. */
enum hs_status hs_input_seek(struct hs_input *in, int64_t frame, struct hs_error *err);

#endif
