/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The measuring driver: audio in, values out. Feeds every analyser (and the shared
 * spectrum) block by block. One object per file and thread; memory does not grow with
 * the length of the file but for the series kept (tens of bytes per second).
 */
#ifndef HS_MEASURE_MEASURE_H
#define HS_MEASURE_MEASURE_H

#include "core/error.h"
#include "measure/analysers.h"
#include "model/audio.h"
#include "model/values.h"

struct hs_measuring;

/* Runs the analysers of `set`; what the others have measured before is taken over from `known`
 * (NULL where all run), so that the result is whole. Both must come from hs_measure_stale. */
enum hs_status hs_measuring_start(struct hs_measuring **out, const struct hs_stream *stream,
                                  hs_analyser_set set, const struct hs_values *known,
                                  struct hs_error *err);
/* Original channels, planar. Screens NaN and Inf, makes the down-mix, feeds all. */
void hs_measuring_block(struct hs_measuring *m, const float *const *channels, size_t n_frames);
/* Writes all measures into `out` (initialised by the caller). */
void hs_measuring_finish(struct hs_measuring *m, struct hs_values *out);
void hs_measuring_free(struct hs_measuring *m);

#endif
