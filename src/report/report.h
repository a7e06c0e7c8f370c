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

struct hs_report_options {
    const char *dir;         /* exists, empty */
    const char *clips_dir;   /* "clips", relative to dir; NULL: no clips were made */
    const char *digest_text; /* what changed since the last run; NULL: first run */
    const char *previous_dir; /* the report that this one replaces; NULL: none. Notes that
                                 people wrote into its shortlist.csv are kept */
};

/* index.html, tracks/, rules/, pairs/, releases/, shortlist.html/.csv, lessons.html,
 * audit.json, assets. */
enum hs_status hs_report_write(const struct hs_audit *audit,
                               const struct hs_report_options *options,
                               struct hs_error *err);

/* shortlist.csv, and plans/TRACKID.yaml of each listed track; parts of hs_report_write. */
enum hs_status hs_report_write_shortlist_csv(const struct hs_audit *audit,
                                             const struct hs_report_options *options,
                                             struct hs_error *err);
enum hs_status hs_report_write_plans(const struct hs_audit *audit,
                                     const struct hs_report_options *options,
                                     struct hs_error *err);
/* The same as text; `previous` is the text of an earlier shortlist.csv, or NULL. */
void hs_shortlist_csv(const struct hs_audit *audit, const char *previous, size_t n_previous,
                      struct hs_buf *out);
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
