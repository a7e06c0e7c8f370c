/* SPDX-License-Identifier: Apache-2.0 */
/* A folder for one worker on a disk of its node, else below the run. */
#include "shards/scratch.h"

#include "core/fs.h"
#include "shards/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

/* The first place where a folder can be made; NULL with the reason. */
const char *hs_shard_scratch_make(const char *run, bool shared, struct hs_arena *a,
                                  struct hs_error *err)
{
    const char *const places[] = {getenv("SLURM_TMPDIR"), getenv("TMPDIR"), "/tmp"};
    const char *in_run = hs_path_join(a, run, "scratch"), *made = NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places && !made; i++)
        if (places[i] && *places[i])
            made = mkdtemp(hs_arena_printf(a, "%s/hindsight-XXXXXX", places[i]));
    if (!made && hs_shard_folder(run, "scratch", shared, err) == HS_OK) {
        made = mkdtemp(hs_arena_printf(a, "%s/hindsight-XXXXXX", in_run));
        if (!made)
            hs_fail_errno(err, HS_E_IO, "no room for a folder in TMPDIR, /tmp or %s", in_run);
    }
    return made;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st, (void)flag, (void)at;
    return remove(path);
}

/* Follows no links. */
void hs_shard_scratch_drop(const char *folder)
{
    if (folder)
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
