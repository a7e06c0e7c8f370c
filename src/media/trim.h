/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many frames the container says there are, and what is not exact about it.
 */
#ifndef HS_MEDIA_TRIM_H
#define HS_MEDIA_TRIM_H

#include "media/input.h"

#include <stddef.h>

/* Sets `end` and `expected` of an input whose first frame is decoded. */
void hs_trim_end(struct hs_input *in);
/* A sentence on what is not exact or was left out, or "". */
void hs_trim_remark(const struct hs_input *in, char *out, size_t room);

#endif
