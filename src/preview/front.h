/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first stages of the chain on a file: reading, the down-mix of more than two channels, a
 * high-pass of 20 Hz (Butterworth, second order), and the matching equaliser. Pieces belong to
 * the front and hold during the call. On the calling thread; the first failure of reading or of
 * the sink ends it.
 */
#ifndef HS_PREVIEW_FRONT_H
#define HS_PREVIEW_FRONT_H

#include "core/error.h"
#include "model/audio.h"
#include "model/job.h"
#include "model/measure.h"

/* What takes the audio that comes out: `start` once, with one or two channels, then pieces. */
struct hs_front_sink {
    enum hs_status (*start)(void *ctx, const struct hs_stream *stream, struct hs_error *err);
    void (*piece)(void *ctx, const float *const *x, size_t n_frames);
    void *ctx;
};

/* What of a file is wanted: `len_s` seconds (0: all) from `from_s` on. */
struct hs_front_part {
    double from_s, len_s;
};

/* `eq_db` NULL: no equaliser. */
enum hs_status hs_front_run(const struct hs_source *source, const double *eq_db,
                            struct hs_front_part part, const struct hs_alive *alive,
                            const struct hs_front_sink *sink, struct hs_error *err);

#endif
