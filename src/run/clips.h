/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clips beside the report: renders what hs_clips_plan chose, in the worker like all that
 * touches foreign files. A clip that cannot be made has its reason and is left out of the
 * page; it never fails the audit. Where the reason is not in the music, it is unfinished
 * work.
 */
#ifndef HS_RUN_CLIPS_H
#define HS_RUN_CLIPS_H

#include "report/clips.h"
#include "run/clip_format.h"
#include "run/gather.h"

struct hs_clips_where {
    const char *dir;    /* of the coming report; is made */
    const char *before; /* of the last report, which may have the same clips; may be missing */
    const char *desk;   /* where clips may have been cut elsewhere (run/clip_desk.h); NULL */
    const struct hs_clip_format *format; /* whose extension is that of the clips */
};

/* Makes all files of clips->items, or takes them over where the last report has the same
 * passages of the same files; fills made, why_not and bytes (reasons live in `arena`). The
 * files are those that were gathered. HS_E_INTERRUPTED, or HS_OK. */
enum hs_status hs_run_clips(struct hs_gather *g, const struct hs_audit *audit,
                            struct hs_clips *clips, const struct hs_clips_where *where,
                            struct hs_arena *arena, struct hs_error *err);

#endif
