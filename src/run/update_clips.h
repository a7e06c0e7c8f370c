/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clips of corrected files: before, after, and what was planned, at equal loudness. A clip that
 * cannot be rendered is told in `why_not` and is no failure.
 */
#ifndef HS_RUN_UPDATE_CLIPS_H
#define HS_RUN_UPDATE_CLIPS_H

#include "catalogue/verification.h"
#include "report/clips.h"
#include "run/clip_format.h"
#include "run/gather.h"

/* Renders clips->items into `dir`, in the worker; fills made, why_not and bytes (reasons live in
 * `arena`). `updates` are those that the clips were planned for. HS_E_INTERRUPTED, or HS_OK. */
enum hs_status hs_run_update_clips(struct hs_gather *g, const struct hs_audit *audit,
                                   const struct hs_verification *updates, size_t n,
                                   struct hs_clips *clips, const char *dir,
                                   const struct hs_clip_format *format, struct hs_arena *arena,
                                   struct hs_error *err);

#endif
