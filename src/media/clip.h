/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clips for listening: encoding a passage into a file. On the calling thread; the whole passage
 * is in memory.
 */
#ifndef HS_MEDIA_CLIP_H
#define HS_MEDIA_CLIP_H

#include "core/error.h"

#include <stddef.h>

/* Encodes planar float audio (1 or 2 channels, at most HS_CLIP_MAX_S) to a clip: "opus"
 * (WebM, 48 kHz, about 14 kB a second of stereo) or "aac" (m4a, about 20 kB a second).
 * Resamples as needed; the same input gives the same bytes. Nothing is scaled: peaks
 * above full scale are the caller's to avoid. */
enum { HS_CLIP_MAX_S = 120 };
enum hs_status hs_clip_write(const char *path, const char *codec, const float *const *planar,
                             int n_channels, size_t n_frames, int sample_rate_hz,
                             struct hs_error *err);

#endif
