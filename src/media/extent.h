/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many frames a file says it holds, read from its own header where libavformat does
 * not pass the number on: the data chunk of WAVE (RIFF, RF64, BW64) and Wave64, the
 * media and edit durations of MP4, the packet table of CAF, the sample count of DSF,
 * the pages of Ogg, the size of ASF. All of it is foreign bytes: sizes are only
 * compared with the size of the file.
 */
#ifndef HS_MEDIA_EXTENT_H
#define HS_MEDIA_EXTENT_H

#include "media/input.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Sets end, expected and the marks of Ogg from the file's own header. */
void hs_extent_read(struct hs_input *in);
/* The first chunk of that name in a RIFF, RF64 or BW64 file: where its bytes begin. */
bool hs_wave_find(FILE *f, const char *id, int64_t *at, uint64_t *size);

#endif
