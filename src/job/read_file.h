/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Readers of files: sources, candidates, stems, references. A missing file is no error of the
 * job; it is found missing by `check` and by the audit. What does not fit its form becomes a
 * problem.
 */
#ifndef HS_JOB_READ_FILE_H
#define HS_JOB_READ_FILE_H

#include "job/schema.h"

/* {file: FILE, stream: N}, or {file: FILE, cue: FILE, number: N}, while it is read. */
struct hs_file_part {
    struct hs_source source; /* first: the reader of `file` takes it for the place */
    const char *cue;         /* absolute; NULL: not said */
    bool cue_exists;
    int number; /* in the cue sheet; 0: not said */
};

HS_READER(hs_read_audio);
HS_READER(hs_read_answers);
HS_READER(hs_read_references);
HS_READER(hs_read_mix_references);
HS_READER(hs_read_source);
HS_READER(hs_read_candidates);
HS_READER(hs_read_stems);
HS_READER(hs_read_update);
HS_READER(hs_read_channel);
HS_READER(hs_read_cue);

#endif
