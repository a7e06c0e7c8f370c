/* SPDX-License-Identifier: Apache-2.0 */
/*
 * findings.csv: every finding of an audit, one a row, with stable columns; and the text that says
 * what the columns mean (findings.md beside it). Texts are UTF-8, numbers in full precision,
 * absent values empty cells.
 */
#ifndef HS_REPORT_FINDINGS_CSV_H
#define HS_REPORT_FINDINGS_CSV_H

#include "core/buf.h"
#include "model/audit.h"
#include "report/csv.h"

/* Piece by piece; false as soon as `put` is. */
bool hs_findings_csv_put(const struct hs_audit *audit, hs_csv_sink *put, void *ctx);
void hs_findings_csv_columns(struct hs_buf *out);

#endif
