/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conversion of planar stereo from one sample rate to another (libsoxr). Output frame k stands for
 * input frame k * in/out exactly; any positive ratio. One object belongs to one thread.
 */
#ifndef HS_DSP_RESAMPLE_H
#define HS_DSP_RESAMPLE_H

#include "core/error.h"

#include <stddef.h>

struct hs_resample;

/* Errors below 1e-7; at 15 kHz, to 44.1 kHz, the gain is 2e-5 dB low. */
enum hs_status hs_resample_new(struct hs_resample **out, double in_hz, double out_hz,
                               struct hs_error *err);
/* Cheaper, in single precision: errors below 1e-6; there the gain is 2e-4 dB low. */
enum hs_status hs_resample_new_single(struct hs_resample **out, double in_hz, double out_hz,
                                      struct hs_error *err);
/* Takes up to n_in frames (in NULL: no more come, drain), makes up to n_out. */
void hs_resample_run(struct hs_resample *r, const float *const in[2], size_t n_in, size_t *taken,
                     float *const out[2], size_t n_out, size_t *made);
/* All of it at once: n_in frames become at most `cap`; returns how many. */
size_t hs_resample_whole(struct hs_resample *r, const float *const in[2], size_t n_in,
                         float *const out[2], size_t cap);
void hs_resample_free(struct hs_resample *r);

#endif
