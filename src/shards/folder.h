/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RUN and the folders in it are state: before anything is written there, each must be a folder
 * and no link, this user's, root's or the mount owner's, and writable by nobody else (by a group
 * where it shares them).
 */
#ifndef HS_SHARDS_FOLDER_H
#define HS_SHARDS_FOLDER_H

#include "core/error.h"

#include <stdbool.h>

/* Looks at RUN and at each folder on the way to RUN/below ("parts", "store/clips"), and makes what
 * is not there. HS_E_FOREIGN: not to be trusted, in words. */
enum hs_status hs_shard_folder(const char *run, const char *below, bool shared,
                               struct hs_error *err);

#endif
