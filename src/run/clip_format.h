/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How clips are encoded: one constant table, the first row of which is the default.
 */
#ifndef HS_RUN_CLIP_FORMAT_H
#define HS_RUN_CLIP_FORMAT_H

#include <stddef.h>

struct hs_clip_format {
    const char *name;      /* of --clip-format, and of the encoder of media/ */
    const char *extension; /* of the files */
    const char *type;      /* MIME, for the player */
};

extern const struct hs_clip_format hs_clip_formats[];
extern const size_t hs_n_clip_formats;

/* The first one where there is no such name. */
const struct hs_clip_format *hs_clip_format_find(const char *name);

#endif
