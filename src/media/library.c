/* SPDX-License-Identifier: Apache-2.0 */
/* libav as a whole: silent, with a limit on memory, and its version, on which results depend. */
#include "media/library.h"

#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>

void hs_media_init(void)
{
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(HS_MEDIA_MOST_BYTES);
}

const char *hs_media_versions(void)
{
    return av_version_info();
}

/* The versions that the tests of the project run with (FFmpeg 5.1 and 7.1). */
bool hs_media_tried(void)
{
    unsigned version = avformat_version() >> 8; /* without the third number */
    return version == (59 << 8 | 27) || version == (61 << 8 | 7);
}
