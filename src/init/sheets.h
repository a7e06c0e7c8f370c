/* SPDX-License-Identifier: Apache-2.0 */
/* Cue sheets beside the audio: an album in one file becomes its tracks. */
#ifndef HS_INIT_SHEETS_H
#define HS_INIT_SHEETS_H

#include "init/archive.h"

/* After the headers were read: where a sheet beside a file cuts it into tracks, they take the
 * file's place, with start, end and what the sheet says of them; where a sheet names a file for
 * each track, it completes their tags. A sheet that was followed is no stranger any more; of
 * several for one file the first by name is followed. */
void hs_init_sheets(struct hs_archive *in);

#endif
