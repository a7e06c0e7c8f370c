/* SPDX-License-Identifier: Apache-2.0 */
/* Readers of files: sources, candidates, stems, references. A missing file is no error of
 * the job; it is found missing by `check` and by the audit. */
#ifndef HS_JOB_READ_FILE_H
#define HS_JOB_READ_FILE_H

#include "job/schema.h"

HS_READER(hs_read_audio);
HS_READER(hs_read_answers);
HS_READER(hs_read_references);
HS_READER(hs_read_mix_references);
HS_READER(hs_read_source);
HS_READER(hs_read_candidates);
HS_READER(hs_read_stems);
HS_READER(hs_read_update);
HS_READER(hs_read_channel);

#endif
