/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many frames a file says it holds, read from its own header where libavformat does not pass
 * the number on: the data chunk of WAVE (RIFF, RF64, BW64) and Wave64, the media and edit
 * durations of MP4, the packet table of CAF, the sample count of DSF, the pages of Ogg, the size
 * of ASF. All of it is foreign bytes: sizes are only compared with the size of the file. Never
 * fails: what cannot be told stays unknown.
 */
#ifndef HS_MEDIA_EXTENT_H
#define HS_MEDIA_EXTENT_H

#include "media/input.h"

/* Sets end, expected and the marks of Ogg from the file's own header. */
void hs_extent_read(struct hs_input *in);

#endif
