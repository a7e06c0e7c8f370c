/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One file through the measuring path: read, decode, measure. On the calling thread.
 */
#ifndef HS_RUN_MEASURE_FILE_H
#define HS_RUN_MEASURE_FILE_H

#include "core/alive.h"
#include "core/error.h"
#include "measure/measure.h"
#include "media/kept.h"
#include "model/job.h"

/* Sets `out`, which is initialised. The status says whether the cause of a failure lies in
 * the bytes (HS_E_FORMAT, HS_E_LIMIT) or outside (may be gone next time). `alive` may be
 * NULL. Only the analysers of `set` run; the values of the others are taken from `known`
 * (NULL: there are none). What is read is kept in `keep`, up to so many bytes as it says
 * (NULL: it is not); HS_E_LIMIT where it is too long for that and `keep` says that it is needed. */
enum hs_status hs_run_measure_file(const struct hs_source *source, hs_analyser_set set,
                                   const struct hs_values *known, const struct hs_alive *alive,
                                   struct hs_kept *keep, struct hs_values *out,
                                   struct hs_error *err);

#endif
