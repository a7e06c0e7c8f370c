/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders by descriptor, for what the program keeps on disk: a name that the program chose
 * itself is opened without following a link, and what it opens must belong to this user,
 * to root or to the owner of the mount, and others must not be able to write it. Where a
 * group shares the state (`shared`), the group may write it and its members may own it.
 * What fails this is HS_E_FOREIGN, in words.
 */
#ifndef HS_CORE_DIR_H
#define HS_CORE_DIR_H

#include "core/arena.h"
#include "core/error.h"

#include <stdbool.h>
#include <sys/types.h>

/* Opens a folder that a person named, and makes it with its parents where it is not there.
 * Links on the way are theirs and followed; its group may write it. *fd is the caller's. */
enum hs_status hs_dir_open(const char *path, bool shared, int *fd, struct hs_error *err);
/* The same for a folder of state: its last name must not be a link, nor its group write it. */
enum hs_status hs_dir_open_state(const char *path, bool shared, int *fd, struct hs_error *err);
/* Opens the folder `name` in `parent`, made where it is not there. `shown` is its path for
 * messages. */
enum hs_status hs_dir_enter(int parent, const char *name, const char *shown, bool shared, int *fd,
                            struct hs_error *err);
/* May the file `name` in `dir` be written as ours? Absent is fine; a link, a second name of
 * another file, or another kind of thing is not. */
enum hs_status hs_dir_check_file(int dir, const char *name, const char *shown, bool shared,
                                 struct hs_error *err);
/* Opens (O_RDWR) such a file, made where it is not there. */
enum hs_status hs_dir_open_file(int dir, const char *name, const char *shown, bool shared, int *fd,
                                struct hs_error *err);
/* The path of an open folder without links; `path` itself where that cannot be had. */
const char *hs_dir_real(int fd, const char *path, struct hs_arena *a);
/* What the link `name` in `dir` reads, NULL where it is no link. */
const char *hs_dir_read_link(int dir, const char *name, struct hs_arena *a);

#endif
