/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A WAV file of 32-bit floats, written as it comes. Full scale is 1; nothing is clipped. One
 * thread at a time.
 */
#ifndef HS_PREVIEW_WAVE_OUT_H
#define HS_PREVIEW_WAVE_OUT_H

#include "core/error.h"
#include "model/audio.h"

#include <stddef.h>

struct hs_wave_out;
enum hs_status hs_wave_out_open(struct hs_wave_out **out, const char *path,
                                const struct hs_stream *stream, struct hs_error *err);
/* A failure of writing stands in `err`, and nothing more is written. */
void hs_wave_out_put(struct hs_wave_out *w, const float *const *x, size_t n_frames,
                     struct hs_error *err);
/* Completes the header; NULL is fine. */
void hs_wave_out_close(struct hs_wave_out *w, struct hs_error *err);

#endif
