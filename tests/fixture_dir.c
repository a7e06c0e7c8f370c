/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_dir.h"

#include <ftw.h>
#include <stdio.h>

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st;
    (void)kind;
    (void)ftw;
    return remove(path);
}

bool remove_tree(const char *path)
{
    return !nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
