/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages and files of an audit. Reads a finished hs_audit; writes into a folder that the
 * caller publishes. Bytes depend on the audit alone (the clock goes into run.json).
 */
#ifndef HS_REPORT_REPORT_H
#define HS_REPORT_REPORT_H

#include "core/buf.h"
#include "core/error.h"
#include "model/audit.h"

/* Clips: what can be listened to beside a finding. Side a is the master where the finding
 * is worst, side b the mix at the same place or the master with the correction applied;
 * both at equal loudness. Files: DIR/TRACKID-RULE-a.EXT, -b.EXT, and DIR/TRACKID-RULE.js
 * with both as text, from which the player switches without a gap (a page opened from a
 * folder may not read its neighbours in another way). */
enum hs_clip_side { HS_CLIP_MIX, HS_CLIP_CORRECTED };

struct hs_clip {
    size_t track, finding; /* indices into the audit */
    enum hs_clip_side side;
    struct hs_passage master;      /* what is heard, in master time */
    struct hs_passage mix;         /* the same passage in the mix (side MIX) */
    const char *a_label, *b_label; /* "master", "mix", "master with high shelf ..." */
    const char *name;              /* "TRACKID-RULE" */
    /* Filled by who renders it: */
    bool made;
    const char *why_not; /* of made == false */
    size_t bytes;        /* of all its files */
};

struct hs_clips {
    struct hs_clip *items;
    size_t n;
    size_t n_left_out;     /* findings that could have had one: over the budget */
    double budget_mb;      /* of all files together, 0: hs_clips_plan's own */
    const char *extension; /* "webm" or "m4a" */
};

enum { HS_CLIP_SECONDS = 10, HS_CLIP_BUDGET_MB = 150 };

/* Which findings get a clip: those that count, from `minor` up, listed tracks first, then
 * by severity, until the budget is full. Sizes are estimates (see clips_plan.c). */
void hs_clips_plan(const struct hs_audit *audit, struct hs_arena *arena, struct hs_clips *out);

struct hs_report_options {
    const char *dir;              /* exists, empty (but for clips) */
    const char *clips_dir;        /* "clips", relative to dir; NULL: no clips were made */
    const struct hs_clips *clips; /* what was made there; NULL: nothing */
    const char *digest_text;      /* what changed since the last run; NULL: first run */
    const char *previous_dir;     /* the report that this one replaces; NULL: none. Notes that
                                     people wrote into its shortlist.csv are kept */
};

/* index.html, tracks/, rules/, pairs/, releases/, plans/, shortlist.html/.csv,
 * lessons.html, audit.json, assets. */
enum hs_status hs_report_write(const struct hs_audit *audit,
                               const struct hs_report_options *options, struct hs_error *err);

/* shortlist.csv; `previous` is the text of an earlier one, or NULL. */
void hs_shortlist_csv(const struct hs_audit *audit, const char *previous, size_t n_previous,
                      struct hs_buf *out);
/* The same piece by piece; `previous` may be empty, and is freed once its notes are read.
 * False as soon as `put` is. */
typedef bool hs_csv_sink(void *ctx, const char *data, size_t n);
bool hs_shortlist_csv_put(const struct hs_audit *audit, struct hs_buf *previous, hs_csv_sink *put,
                          void *ctx);
/* plans/TRACKID.yaml of a listed track. */
void hs_plan_yaml(const struct hs_audit *audit, const struct hs_shortlist_row *row,
                  struct hs_buf *out);

/* JSON pieces, also for `measure` and `compare`. */
void hs_json_audit(const struct hs_audit *audit, struct hs_buf *out);
void hs_json_file(const struct hs_file *file, struct hs_buf *out); /* path status error measures */
void hs_json_track(const struct hs_audit *audit, const struct hs_track_result *t,
                   struct hs_buf *out);
void hs_json_pair(const struct hs_pair *pair, struct hs_buf *out);
void hs_json_findings(const struct hs_finding *f, size_t n, struct hs_buf *out);

#endif
