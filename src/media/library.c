/* SPDX-License-Identifier: Apache-2.0 */
#include "media/library.h"

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
