/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Files without a known hash are read, the largest first. Links to one file are read once. A
 *    hash is remembered only where another change of the file would show in another stamp.
 * 2. The store learns which file each part is of.
 * 3. Of files of the same bytes the first in the job stands for all.
 */
#include "run/gather_hash.h"

#include "core/alloc.h"
#include "run/checked.h"
#include "run/gather_round.h"
#include "run/result.h"
#include "run/task_hash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PART_VERSION = 1 }; /* of the rows that tell which file a part is of */

/* The file is there and its bytes are not known yet. */
static bool wants_hash(const struct hs_entry *e)
{
    return e->file.state == HS_FILE_OK && !e->hashed;
}

bool hs_gather_wants_hashes(const struct hs_gather *g)
{
    for (size_t i = 0; i < g->entries.n; i++)
        if (wants_hash(&g->entries.items[i]))
            return true;
    return false;
}

/* The payload of hashing: the file and its stamps. */
static void fill_hash(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_entry *e = hs_round_entry(r, task);
    hs_checked_put(payload, e->file.source, &e->stamp, e->right);
}

/* The stamp is remembered where another change of the file would leave another one. */
static enum hs_status remember(struct hs_gather *g, const struct hs_entry *e, struct hs_error *err)
{
    if (hs_stamp_is_fresh(&e->stamp) || (e->right && hs_stamp_is_fresh(e->right)))
        return HS_OK;
    return hs_store_file_put(g->store, e->file.source->path, e->file.source->right_path, &e->stamp,
                             e->right, e->bytes, err);
}

/* A hash that came back belongs to the entry, and is remembered for the next run. */
static void take_hash(struct hs_round *r, size_t task, const struct hs_result *result)
{
    struct hs_entry *e = hs_round_entry(r, task);
    if (result->outcome != HS_OUTCOME_OK) {
        hs_gather_trouble(r->gather, e, result);
        return;
    }
    uint64_t bytes[2];
    if (!hs_result_hash(result, bytes))
        return;
    hs_entry_identify(e, bytes);
    r->status = remember(r->gather, e, r->err);
}

/* Equal stamps stand beside each other; of equal ones the order of the job. */
static int by_stamp(const void *a, const void *b, void *items)
{
    const struct hs_entry *x = (struct hs_entry *)items + *(const size_t *)a;
    const struct hs_entry *y = (struct hs_entry *)items + *(const size_t *)b;
    int order = memcmp(&x->stamp, &y->stamp, sizeof x->stamp);
    if (!order && x->right && y->right)
        order = memcmp(x->right, y->right, sizeof *x->right);
    if (!order)
        order = (x->right != NULL) - (y->right != NULL);
    return order ? order : (x > y) - (x < y);
}

/* Same inode, size and times, for both files of a discrete pair. */
static bool one_file(const struct hs_entry *x, const struct hs_entry *y)
{
    return hs_stamp_equal(&x->stamp, &y->stamp) && !x->right == !y->right &&
           (!x->right || hs_stamp_equal(x->right, y->right));
}

/* Links to one file are one file: the first of them is read, `first` says which. */
static size_t *find_links(struct hs_gather *g, size_t *order, size_t n)
{
    struct hs_entry *items = g->entries.items;
    size_t *first = HS_NEW_ARRAY(size_t, g->entries.n + 1);
    qsort_r(order, n, sizeof *order, by_stamp, items);
    for (size_t i = 0; i < n; i++) {
        bool again = i && one_file(&items[order[i - 1]], &items[order[i]]);
        first[order[i]] = again ? first[order[i - 1]] : order[i];
    }
    return first;
}

/* Gives the hash of the file that was read to its other names. */
static enum hs_status share_hashes(struct hs_gather *g, const size_t *order, size_t n,
                                   const size_t *first, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < n && status == HS_OK; i++) {
        struct hs_entry *e = &g->entries.items[order[i]];
        const struct hs_entry *from = &g->entries.items[first[order[i]]];
        if (e == from)
            continue;
        if (from->hashed)
            hs_entry_identify(e, from->bytes);
        e->file.state = from->file.state;
        e->file.error = from->file.error;
        if (e->hashed)
            status = remember(g, e, err);
    }
    return status;
}

/* Reads every file whose hash is not known; of several names of one file the first one. */
static enum hs_status hash_all(struct hs_gather *g, struct hs_error *err)
{
    struct hs_round r = hs_round_new(g, "hashing", &hs_task_kind_hash, g->entries.n, err);
    r.later = NAN; /* the store may know most of it */
    size_t *order = HS_NEW_ARRAY(size_t, g->entries.n + 1), n = 0;
    r.fill = fill_hash;
    r.take = take_hash;
    for (size_t i = 0; i < g->entries.n; i++)
        if (wants_hash(&g->entries.items[i]))
            order[n++] = i;
    size_t *first = find_links(g, order, n);
    for (size_t i = 0; i < n; i++) {
        const struct hs_entry *e = &g->entries.items[order[i]];
        if (first[order[i]] == order[i])
            hs_round_add(&r, order[i], e->file.source->path, hs_entry_bytes(e), 0);
    }
    enum hs_status status = hs_round_run(&r);
    if (status == HS_OK)
        status = share_hashes(g, order, n, first, err);
    hs_round_free(&r);
    hs_free(order);
    hs_free(first);
    return status;
}

/* Equal bytes stand beside each other; of equal ones the order of the job. */
static int by_hash(const void *a, const void *b, void *items)
{
    const struct hs_entry *x = (struct hs_entry *)items + *(const size_t *)a;
    const struct hs_entry *y = (struct hs_entry *)items + *(const size_t *)b;
    for (int i = 0; i < 2; i++)
        if (x->file.hash[i] != y->file.hash[i])
            return x->file.hash[i] < y->file.hash[i] ? -1 : 1;
    return (x > y) - (x < y);
}

/* Files of the same bytes are measured once: same_as points to the first of them. */
static void find_copies(struct hs_entries *e)
{
    size_t *order = HS_NEW_ARRAY(size_t, e->n + 1), n = 0;
    for (size_t i = 0; i < e->n; i++)
        if (e->items[i].hashed)
            order[n++] = i;
    qsort_r(order, n, sizeof *order, by_hash, e->items);
    for (size_t i = 1; i < n; i++) {
        struct hs_entry *last = &e->items[order[i - 1]], *this = &e->items[order[i]];
        if (!memcmp(last->file.hash, this->file.hash, sizeof this->file.hash))
            this->same_as = last->same_as;
    }
    hs_free(order);
}

/* Of each part of a file, which file it is of: `store --prune` keeps what is of use. */
static enum hs_status remember_parts(struct hs_gather *g, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    struct hs_buf row = {0};
    for (size_t i = 0; i < g->entries.n && status == HS_OK; i++) {
        const struct hs_entry *e = &g->entries.items[i];
        const size_t n = sizeof e->bytes;
        hs_buf_clear(&row);
        if (e->hashed && memcmp(e->file.hash, e->bytes, n) &&
            !hs_gather_find(g, HS_RESULT_PART, e->file.hash, n, PART_VERSION, &row))
            status = hs_store_put(g->store, HS_RESULT_PART, e->file.hash, n, PART_VERSION, e->bytes,
                                  n, err);
    }
    hs_buf_free(&row);
    return status;
}

enum hs_status hs_gather_hashes(struct hs_gather *g, struct hs_error *err)
{
    enum hs_status status = hash_all(g, err);
    if (status == HS_OK)
        status = remember_parts(g, err);
    if (status == HS_OK)
        find_copies(&g->entries);
    return status;
}
