/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be said of a file that libavformat did not open: damaged audio, no audio, or a disk
 * that cannot be read. Damaged and foreign files are HS_E_FORMAT, a fact about their bytes; the
 * rest is tried again in the next run.
 */
#ifndef HS_MEDIA_UNREADABLE_H
#define HS_MEDIA_UNREADABLE_H

#include "core/alive.h"
#include "core/error.h"

#include <stdbool.h>

/* Whether the file can be read by plain means. libavformat reports an input error also where a file
 * ends within its header: where the disk is well and the error comes again, it is that. */
bool hs_disk_reads(const char *path, const struct hs_alive *alive);
/* Fails with words for `code`, which is libav's. HS_E_UNSUPPORTED: of an Ogg file that is whole. */
enum hs_status hs_unreadable(const char *path, int code, const struct hs_alive *alive,
                             struct hs_error *err);

#endif
