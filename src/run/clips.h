/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clips beside the report: renders what hs_clips_plan chose, in the worker like all that
 * touches foreign files. A clip that cannot be made has its reason and is left out of the
 * page; it never fails the audit.
 */
#ifndef HS_RUN_CLIPS_H
#define HS_RUN_CLIPS_H

#include "core/log.h"
#include "pool/frame.h"
#include "report/clips.h"

#include <signal.h>

struct hs_clips_where {
    const char *dir;    /* of the coming report; is made */
    const char *before; /* of the last report, which may have the same clips; may be missing */
};

/* Makes all files of clips->items, or takes them over where the last report has the same
 * passages of the same files; fills made, why_not and bytes (reasons live in `arena`).
 * HS_E_INTERRUPTED, or HS_OK. */
enum hs_status hs_run_clips(const struct hs_audit *audit, struct hs_clips *clips,
                            const struct hs_clips_where *where, int jobs, const struct hs_log *log,
                            const volatile sig_atomic_t *stop, struct hs_arena *arena,
                            struct hs_error *err);

/* One clip, as the worker gets it. */
struct hs_clip_order {
    const char *path; /* without "-a.webm" */
    const char *name, *extension;
    enum hs_clip_side side;
    struct hs_source master, mix;
    double from_s, len_s;     /* in the master */
    double mix_from_s, ratio; /* mix seconds per master second */
    double sign[2];           /* of the mix's channels, -1: inverted in the master */
    bool swapped;
    enum hs_move_shape shape; /* of the correction */
    enum hs_move_channel channel;
    double hz, db, q;
};
void hs_ask_clip(struct hs_buf *payload, const struct hs_clip_order *order);
/* Renders and writes all files of the order; *bytes is their size. */
enum hs_status hs_clip_render(const struct hs_clip_order *order, const struct hs_alive *alive,
                              size_t *bytes, struct hs_error *err);

#endif
