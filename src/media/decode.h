/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packets to frames to planar float, with what is damaged or missing told apart from what is only
 * padding. Sample values are at full scale 1 and may exceed it. One thread at a time.
 */
#ifndef HS_MEDIA_DECODE_H
#define HS_MEDIA_DECODE_H

#include "core/error.h"
#include "media/input.h"

/* Decodes up to the first frame. Called again it goes on to the next one. */
enum hs_status hs_input_start(struct hs_input *in, struct hs_error *err);
/* Fills out[c][0..most) as far as there is audio; `out` NULL drops it. Less than `most` is the
 * end; an error comes only with *n_frames 0. */
enum hs_status hs_input_read(struct hs_input *in, float *const *out, size_t most, size_t *n_frames,
                             struct hs_error *err);

#endif
