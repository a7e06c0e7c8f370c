/* SPDX-License-Identifier: Apache-2.0 */
/* One file through the measuring path: read, decode, measure. On the calling thread. */
#ifndef HS_POOL_MEASURE_FILE_H
#define HS_POOL_MEASURE_FILE_H

#include "core/error.h"
#include "measure/measure.h"
#include "model/audit.h"
#include "pool/frame.h"

/* Fills out->state, error (without the path) and values, all in `arena`: a bad file is a
 * state. The status says whether the cause lies in the bytes (HS_E_FORMAT, HS_E_LIMIT) or
 * outside (HS_E_IO, HS_E_MISSING: may be gone next time). `alive` may be NULL. Only the
 * analysers of `set` run; the values of the others are taken from `known` (NULL: all run). */
enum hs_status hs_run_measure_file(const struct hs_source *source, hs_analyser_set set,
                                   const struct hs_values *known, const struct hs_alive *alive,
                                   struct hs_arena *arena, struct hs_file *out);

/* XXH3-128 of the file's bytes (of both files of a discrete pair, one after the other). */
enum hs_status hs_run_hash_file(const struct hs_source *source, const struct hs_alive *alive,
                                uint64_t hash[2], struct hs_error *err);

#endif
