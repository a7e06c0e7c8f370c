/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many frames the container says there are.
 */
#ifndef HS_MEDIA_TRIM_H
#define HS_MEDIA_TRIM_H

#include "media/input.h"

/* Sets `end` and `expected` of an input whose first frame is decoded. */
void hs_trim_end(struct hs_input *in);

#endif
