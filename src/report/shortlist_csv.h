/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shortlist.csv: every track once, listed ones first, with the columns that a label needs
 * for a re-issue. The last columns belong to people and are carried over by the track's id.
 */
#ifndef HS_REPORT_SHORTLIST_CSV_H
#define HS_REPORT_SHORTLIST_CSV_H

#include "core/buf.h"
#include "model/audit.h"
#include "report/csv.h"

/* shortlist.csv piece by piece; `previous` is the text of an earlier one; it may be empty, and is
 * freed once its notes are read. False as soon as `put` is. */
bool hs_shortlist_csv_put(const struct hs_audit *audit, struct hs_buf *previous, hs_csv_sink *put,
                          void *ctx);

#endif
