/* SPDX-License-Identifier: Apache-2.0 */
/* The formats of clips: name on the command line, ending of the file, MIME type for the page. The
 * first is the default. */
#include "run/clip_format.h"

#include <string.h>

const struct hs_clip_format hs_clip_formats[] = {
    {"opus", "webm", "audio/webm"},
    {"aac", "m4a", "audio/mp4"},
};
const size_t hs_n_clip_formats = sizeof hs_clip_formats / sizeof *hs_clip_formats;

const struct hs_clip_format *hs_clip_format_find(const char *name)
{
    for (size_t i = 0; i < hs_n_clip_formats; i++)
        if (!strcmp(hs_clip_formats[i].name, name))
            return &hs_clip_formats[i];
    return hs_clip_formats;
}
