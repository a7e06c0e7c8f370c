/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In-house mastering of one file by the house chain, version 1: a high-pass of 20 Hz, an
 * equaliser half the way towards the references, a bus compressor set to 2 dB, a clip of at most
 * 2 dB for targets above -12 LUFS, and a true-peak limiter at -1 dBTP. On the calling thread; two
 * passes over the file, and up to three more for targets that were missed by more than 0.05 LU.
 */
#ifndef HS_PREVIEW_PREVIEW_H
#define HS_PREVIEW_PREVIEW_H

#include "core/error.h"
#include "model/job.h"
#include "model/preview.h"

#include <stdint.h>

extern const char hs_preview_chain[]; /* "v1" */
extern const double hs_preview_ceiling_dbtp;
/* The targets where none are given, quietest first. */
extern const double hs_preview_usual_targets[];
extern const size_t hs_preview_n_usual_targets;
/* Raised when a value changes. */
uint64_t hs_preview_version(void);

struct hs_preview_order {
    bool has_eq;
    double eq_db[HS_BANDS];
    double targets_lufs[HS_PREVIEW_MOST_TARGETS];
    const char *write_paths[HS_PREVIEW_MOST_TARGETS]; /* NULL: not written */
    size_t n_targets;
};

/* Fills chain and values of *out, in `arena`; out->there is false, with the reason, where the
 * file is too short or silent. */
enum hs_status hs_preview_run(const struct hs_source *source, const struct hs_preview_order *order,
                              const struct hs_alive *alive, struct hs_arena *arena,
                              struct hs_preview *out, struct hs_error *err);

#endif
