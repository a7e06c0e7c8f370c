/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A part is the store of the shard with one more row: hash of the plan, number of the shard,
 *    complete or not, counts of rows, unfinished work.
 * 2. It is copied beside the parts under a name of host and process, synced, and renamed into its
 *    place. A link in the place of the folder is refused.
 * 3. Opening checks the structure of the file, the row, the checksum of every row, and that there
 *    are as many as the row says.
 */
#include "shards/part.h"

#include "core/fs.h"
#include "core/wire.h"
#include "store/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PART_VERSION = 1 };

static const char *const state_names[HS_N_PART_STATES] = {
    [HS_PART_WHOLE] = "whole",
    [HS_PART_MISSING] = "missing",
    [HS_PART_DAMAGED] = "damaged",
    [HS_PART_FOREIGN] = "of another plan",
};

const char *hs_part_state_name(enum hs_part_state state)
{
    return state_names[state];
}

const char *hs_part_path(const char *run, size_t shard, bool complete, struct hs_arena *a)
{
    return hs_arena_printf(a, "%s/parts/%zu%s.sqlite", run, shard, complete ? "" : ".begun");
}

/* A part of another plan, or of another shard, has its row under another key. */
static void key_of(const struct hs_shard_plan *p, size_t shard, uint64_t key[2])
{
    key[0] = p->hash;
    key[1] = shard;
}

/* The row that says what the part is, with the counts of what is in it now. */
static enum hs_status put_row(struct hs_store *store, const struct hs_shard_plan *p, size_t shard,
                              struct hs_shard_part *part, struct hs_error *err)
{
    struct hs_buf b = {0};
    struct hs_store_census now;
    uint64_t key[2];
    key_of(p, shard, key);
    enum hs_status status = hs_store_drop(store, HS_RESULT_SHARD, err);
    hs_store_take_census(store, &now);
    part->n_files = now.n_files;
    part->n_results = now.n_results;
    hs_wire_put_u32(&b, part->complete);
    hs_wire_put_u64(&b, part->n_files);
    hs_wire_put_u64(&b, part->n_results);
    hs_wire_put_u64(&b, part->n_unfinished);
    for (size_t i = 0; i < part->n_unfinished; i++) {
        hs_wire_put_text(&b, part->unfinished[i].what);
        hs_wire_put_text(&b, part->unfinished[i].why);
        hs_wire_put_u32(&b, part->unfinished[i].given_up);
    }
    if (status == HS_OK)
        status =
            hs_store_put(store, HS_RESULT_SHARD, key, sizeof key, PART_VERSION, b.data, b.len, err);
    hs_buf_free(&now.said);
    hs_buf_free(&b);
    return status;
}

/* The same back. False where it is not there or not whole. */
static bool take_row(struct hs_store *store, const struct hs_shard_plan *p, size_t shard,
                     struct hs_arena *a, struct hs_shard_part *out)
{
    struct hs_buf b = {0};
    uint64_t key[2];
    key_of(p, shard, key);
    bool found = hs_store_find(store, HS_RESULT_SHARD, key, sizeof key, PART_VERSION, &b);
    struct hs_cursor c = hs_cursor(b.data, b.len);
    *out = (struct hs_shard_part){.complete = hs_wire_take_u32(&c) != 0};
    out->n_files = hs_wire_take_u64(&c);
    out->n_results = hs_wire_take_u64(&c);
    uint64_t n = hs_wire_take_u64(&c);
    found = found && !c.bad && n <= c.left;
    out->unfinished = HS_ARENA_ARRAY(a, struct hs_unfinished, found ? n : 0);
    for (size_t i = 0; found && i < n; i++) {
        out->unfinished[i].what = hs_wire_take_text(&c, a);
        out->unfinished[i].why = hs_wire_take_text(&c, a);
        out->unfinished[i].given_up = hs_wire_take_u32(&c) != 0;
        found = !c.bad && out->unfinished[i].what && out->unfinished[i].why;
    }
    out->n_unfinished = found ? (size_t)n : 0;
    hs_buf_free(&b);
    return found;
}

/* A file or a folder to the disk, so that a part that is in its place is whole after a power cut.
 */
static enum hs_status sync_path(const char *path, int flags, struct hs_error *err)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool failed = fd < 0 || fsync(fd);
    if (failed)
        hs_fail_errno(err, HS_E_IO, "%s: cannot sync", path);
    if (fd >= 0)
        close(fd);
    return failed ? HS_E_IO : HS_OK;
}

/* The part that was begun goes once the complete one is there. */
enum hs_status hs_part_publish(struct hs_store *store, const char *run,
                               const struct hs_shard_plan *p, size_t shard,
                               struct hs_shard_part *part, struct hs_error *err)
{
    struct hs_arena a = {0};
    char host[65] = "";
    gethostname(host, sizeof host - 1);
    const char *to = hs_part_path(run, shard, part->complete, &a);
    const char *fresh =
        hs_arena_printf(&a, "%s/parts/.%zu.%s.%ld.part", run, shard, host, (long)getpid());
    unlink(fresh);
    enum hs_status status = put_row(store, p, shard, part, err);
    if (status == HS_OK)
        status = hs_store_snapshot(store, fresh, err);
    if (status == HS_OK)
        status = sync_path(fresh, O_RDONLY, err);
    if (status == HS_OK && rename(fresh, to))
        status = hs_fail_errno(err, HS_E_IO, "%s: cannot be put in place", to);
    if (status == HS_OK)
        status = sync_path(hs_path_join(&a, run, "parts"), O_RDONLY | O_DIRECTORY, err);
    if (status != HS_OK)
        unlink(fresh);
    else if (part->complete)
        unlink(hs_part_path(run, shard, false, &a));
    hs_arena_free(&a);
    return status;
}

/* Every row is read, and those that the part says it has must be there. */
static enum hs_part_state check(struct hs_store *store, const struct hs_shard_plan *p, size_t shard,
                                struct hs_arena *a, struct hs_shard_part *out)
{
    struct hs_store_census census;
    hs_store_take_census(store, &census);
    hs_buf_free(&census.said);
    if (!census.sound || census.n_damaged)
        return HS_PART_DAMAGED;
    if (!take_row(store, p, shard, a, out))
        return HS_PART_FOREIGN;
    return out->n_files == census.n_files && out->n_results + 1 == census.n_results
               ? HS_PART_WHOLE
               : HS_PART_DAMAGED;
}

/* The store is open where the part is whole, and NULL otherwise. */
enum hs_part_state hs_part_open(const char *run, const struct hs_shard_plan *p, size_t shard,
                                bool complete, struct hs_arena *a, struct hs_store **store,
                                struct hs_shard_part *out)
{
    const char *path = hs_part_path(run, shard, complete, a);
    struct hs_error err = {0};
    *store = NULL;
    *out = (struct hs_shard_part){0};
    if (!hs_fs_exists(path))
        return HS_PART_MISSING;
    enum hs_status status = hs_store_open_reading(store, path, &err);
    if (status != HS_OK)
        return status == HS_E_FOREIGN || status == HS_E_VERSION ? HS_PART_FOREIGN : HS_PART_DAMAGED;
    enum hs_part_state state = check(*store, p, shard, a, out);
    if (state != HS_PART_WHOLE) {
        hs_store_close(*store);
        *store = NULL;
    }
    return state;
}
