/* SPDX-License-Identifier: Apache-2.0 */
#include "media/library.h"

#include <libavutil/avutil.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>

/* The largest single allocation of libav: an index of a day of music fits, a forged
 * size field does not. */
#define MAX_ALLOC_BYTES ((size_t)256 << 20)

void hs_media_init(void)
{
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(MAX_ALLOC_BYTES);
}

const char *hs_media_versions(void)
{
    return av_version_info();
}
