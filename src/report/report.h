/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages and files of an audit. Reads a finished hs_audit; writes into a folder that the
 * caller publishes. Bytes depend on the audit alone (the clock goes into run.json).
 */
#ifndef HS_REPORT_REPORT_H
#define HS_REPORT_REPORT_H

#include "core/error.h"
#include "model/audit.h"
#include "report/clips.h"

#include <stdbool.h>

struct hs_report_options {
    const char *dir;              /* exists, empty (but for clips) */
    const char *clips_dir;        /* "clips", relative to dir; NULL: no clips were made */
    const struct hs_clips *clips; /* what was made there; NULL: nothing */
    const char *digest_text;      /* what changed since the last run; NULL: first run */
    bool single_file;             /* also report.html, which holds all that is worth mailing */
    bool zip;                     /* also report.zip, with the whole folder */
    const char *previous_dir;     /* the report that this one replaces; NULL: none. Notes that
                                     people wrote into its shortlist.csv are kept */
};

/* index.html, tracks/, rules/, pairs/, releases/, plans/, shortlist.html/.csv,
 * lessons.html, audit.json, assets. */
enum hs_status hs_report_write(const struct hs_audit *audit,
                               const struct hs_report_options *options, struct hs_error *err);

#endif
