/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people wrote into an earlier shortlist.csv, in whatever form their spreadsheet saved it:
 * UTF-8, UTF-16 or Latin, any delimiter, with or without "sep=", columns moved, added or taken
 * out. Their columns are the five that are theirs and every one that hindsight does not know. A
 * row belongs to the track of its id, or else (the id is gone or was changed) to the one track
 * with its ISRC, or with its title, album and artist. Reading never fails; a file that is no
 * short list must be kept as it is by the caller.
 */
#ifndef HS_REPORT_NOTES_H
#define HS_REPORT_NOTES_H

#include "model/audit.h"
#include "report/csv.h"

struct hs_notes {
    struct hs_csv_table table; /* the names, and the rows with a note */
    const char **columns;      /* of people, the five first */
    size_t *column;            /* their places in the table; SIZE_MAX: not there */
    size_t n_columns;
    size_t *row_of_track; /* of the job; 0: none */
    bool *used;           /* by row: belongs to a track of the job */
};

/* Is it a short list at all, with a column that is known? What is not must be kept. */
bool hs_notes_readable(const char *text, size_t n);
/* `text` is freed once it is read. All lives in `a`. */
void hs_notes_read(struct hs_notes *notes, struct hs_arena *a, const struct hs_job *job,
                   struct hs_buf *text);

#endif
