/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each part of the way is opened by a descriptor that follows no link, made where it is missing,
 * and looked at before the next one: whose it is, and who may write it.
 */
#include "shards/folder.h"

#include "core/arena.h"
#include "core/dir.h"
#include "core/fs.h"

#include <string.h>
#include <unistd.h>

/* `below` may be several parts deep. */
enum hs_status hs_shard_folder(const char *run, const char *below, bool shared,
                               struct hs_error *err)
{
    struct hs_arena a = {0};
    int fd;
    enum hs_status status = hs_dir_open_state(run, shared, &fd, err);
    for (const char *at = below; status == HS_OK && *at;) {
        size_t n = strcspn(at, "/");
        const char *name = hs_arena_strndup(&a, at, n);
        const char *shown =
            hs_path_join(&a, run, hs_arena_strndup(&a, below, (size_t)(at - below) + n));
        int inner;
        status = hs_dir_enter(fd, name, shown, shared, &inner, err);
        close(fd);
        fd = inner;
        at += n + (at[n] == '/');
    }
    if (fd >= 0)
        close(fd);
    hs_arena_free(&a);
    return status;
}
