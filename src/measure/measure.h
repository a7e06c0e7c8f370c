/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The measuring driver: audio in, values out. Feeds every analyser (and the shared
 * spectrum) block by block. One object per file and thread; memory does not grow with
 * the length of the file but for the series kept (tens of bytes per second).
 */
#ifndef HS_MEASURE_MEASURE_H
#define HS_MEASURE_MEASURE_H

#include "core/buf.h"
#include "core/error.h"
#include "model/audio.h"
#include "model/values.h"

#include <stdint.h>

struct hs_measuring;

enum hs_status hs_measuring_start(struct hs_measuring **out, const struct hs_stream *stream,
                                  struct hs_error *err);
/* A set of analysers: a bit each, in the order of their table. */
typedef uint64_t hs_analyser_set;
#define HS_ALL_ANALYSERS (~(hs_analyser_set)0)

/* As above with the analysers of `set` alone; what the others have measured before is taken
 * over from `known`, so that the result is whole. Both must come from hs_measure_stale. */
enum hs_status hs_measuring_start_some(struct hs_measuring **out, const struct hs_stream *stream,
                                       hs_analyser_set set, const struct hs_values *known,
                                       struct hs_error *err);
/* Original channels, planar. Screens NaN and Inf, makes the down-mix, feeds all. */
void hs_measuring_block(struct hs_measuring *m, const float *const *channels, size_t n_frames);
/* Writes all measures into `out` (initialised by the caller). */
void hs_measuring_finish(struct hs_measuring *m, struct hs_values *out);
void hs_measuring_free(struct hs_measuring *m);

/* One number over all analysers' names and versions: of judgements made from them. */
unsigned long long hs_measure_version(void);
/* The same over some of them, by name (NULL-terminated). */
unsigned long long hs_measure_version_of(const char *const *names);
/* The versions of today, to be kept beside what was measured. */
void hs_measure_put_versions(struct hs_buf *out);
/* Which analysers have to run where values were made at the versions given: those that
 * changed or are new, what reads their values, and what these work on. 0: none. All of
 * them where the versions cannot be read or the driver itself has changed. */
hs_analyser_set hs_measure_stale(const void *versions, size_t n);
/* What must run when these do: the closure above, for tests. */
hs_analyser_set hs_measure_closure(hs_analyser_set changed);

#endif
