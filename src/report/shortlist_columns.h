/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The columns of shortlist.csv that hindsight fills, as a table: name, the function that prints
 * the cell, and what stands there for a track that has left the job but has notes of people. The
 * table is constant.
 */
#ifndef HS_REPORT_SHORTLIST_COLUMNS_H
#define HS_REPORT_SHORTLIST_COLUMNS_H

#include "model/audit.h"
#include "report/csv.h"

struct hs_csv_line { /* all that a column may show */
    const struct hs_audit *audit;
    const struct hs_track_result *t;
    const struct hs_track *track;
    const struct hs_release *release;
    const struct hs_shortlist_row *row;
    const struct hs_finding *worst; /* of the lead findings, NULL without any */
    int n_leads;
};

/* What stands in the row of a track that has left the job and has notes of people. */
enum hs_gone { HS_GONE_EMPTY, HS_GONE_KEPT, HS_GONE_WHY };

struct hs_csv_column {
    const char *name;
    void (*put)(struct hs_csv *w, const struct hs_csv_line *l);
    enum hs_gone gone;
};
extern const struct hs_csv_column hs_csv_columns[];
extern const size_t hs_n_csv_columns;

#endif
