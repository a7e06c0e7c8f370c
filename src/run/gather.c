/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Look: each file is stamped (inode, size, times); where the store knows a hash for this
 *    stamp, it is taken.
 * 2. Hash: all others are read, the largest first. Links to one file are read once. A hash is
 *    remembered only where another change of the file would show in another stamp.
 * 3. Measure: files of the same bytes are measured once. The row of the store is kept where every
 *    analyser in it is of this version; otherwise only the analysers that are stale run, with
 *    those that depend on them.
 * 4. Outcomes that follow from the bytes are stored, also that a file cannot be decoded. A task
 *    that ended the worker is counted; after HS_TRIES runs it is in quarantine. Everything else
 *    is unfinished work and is tried again.
 */
#include "run/gather.h"

#include "core/alloc.h"
#include "measure/analysers.h"
#include "measure/measure.h"
#include "run/checked.h"
#include "run/gather_round.h"
#include "run/result.h"
#include "run/task_hash.h"
#include "run/task_measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PART_VERSION = 1 }; /* of the rows that tell which file a part is of */

void hs_gather_free(struct hs_gather *g)
{
    char how[64];
    hs_child_end(&g->worker, false, how, sizeof how);
    hs_entries_free(&g->entries);
    hs_free(g->unfinished);
    hs_arena_free(&g->arena);
}

/* Notes work without an answer. Both texts are copied. */
void hs_gather_unfinished(struct hs_gather *g, const char *what, const char *why, bool given_up)
{
    g->unfinished =
        hs_grow(g->unfinished, g->n_unfinished, &g->unfinished_cap, sizeof *g->unfinished);
    g->unfinished[g->n_unfinished++] = (struct hs_unfinished){
        hs_arena_strdup(&g->arena, what), hs_arena_strdup(&g->arena, why), given_up};
}

/* The list must not depend on the order in which tasks ended. */
static int by_name(const void *a, const void *b)
{
    const struct hs_unfinished *x = a, *y = b;
    int order = strcmp(x->what, y->what);
    return order ? order : strcmp(x->why, y->why);
}

void hs_gather_sort_unfinished(struct hs_gather *g)
{
    if (g->n_unfinished)
        qsort(g->unfinished, g->n_unfinished, sizeof *g->unfinished, by_name);
}

/* What a task or a look at the disk says of a file that cannot be used. */
static void set_trouble(struct hs_gather *g, struct hs_entry *e, enum hs_result_outcome outcome,
                        const char *why)
{
    static const enum hs_file_state states[] = {[HS_OUTCOME_OK] = HS_FILE_OK,
                                                [HS_OUTCOME_UNREADABLE] = HS_FILE_UNREADABLE,
                                                [HS_OUTCOME_GONE] = HS_FILE_MISSING,
                                                [HS_OUTCOME_UNFINISHED] = HS_FILE_UNFINISHED};
    e->file.state = states[outcome];
    e->file.error = hs_arena_intern(&g->arena, outcome == HS_OUTCOME_GONE ? "no such file" : why);
}

/* The same from the answer of a task; what is not for good (gone, unfinished) is noted as
 * unfinished. */
static void take_trouble(struct hs_gather *g, struct hs_entry *e, const struct hs_result *r)
{
    set_trouble(g, e, r->outcome, r->why);
    if (!hs_result_lasts(r))
        hs_gather_unfinished(g, e->file.source->path, e->file.error, false);
}

/* A file that ended the worker in three runs: noted, and not tried again by itself. */
static void quarantine(struct hs_gather *g, struct hs_entry *e, const char *why)
{
    e->file.state = HS_FILE_QUARANTINED;
    e->file.error = why;
    hs_gather_unfinished(g, e->file.source->path, why, true);
}

/* The hash that the store remembers of an unchanged file. */
static void recall_hash(struct hs_gather *g, struct hs_entry *e)
{
    uint64_t bytes[2];
    const struct hs_source *s = e->file.source;
    bool known = hs_store_file_find(g->store, s->path, s->right_path, &e->stamp, e->right, bytes);
    if (!known && g->before)
        known = hs_store_file_find(g->before, s->path, s->right_path, &e->stamp, e->right, bytes) &&
                hs_store_file_put(g->store, s->path, s->right_path, &e->stamp, e->right, bytes,
                                  NULL) == HS_OK;
    if (known)
        hs_entry_identify(e, bytes);
}

void hs_gather_look(struct hs_gather *g)
{
    for (size_t i = 0; i < g->entries.n; i++) {
        struct hs_entry *e = &g->entries.items[i];
        const struct hs_source *s = e->file.source;
        struct hs_error err = {0};
        e->file.state = HS_FILE_OK;
        enum hs_status status = hs_entry_look(e, &err);
        if (status != HS_OK)
            set_trouble(g, e, hs_result_outcome_of(status), err.msg);
        if (e->file.state == HS_FILE_UNFINISHED)
            hs_gather_unfinished(g, s->path, err.msg, false);
        if (status == HS_OK && !g->rehash)
            recall_hash(g, e);
    }
}

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

static struct hs_entry *entry_of(struct hs_round *r, size_t task)
{
    return &r->gather->entries.items[r->subject[task]];
}

/* The payload of hashing: the file and its stamps. */
static void fill_hash(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_entry *e = entry_of(r, task);
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
    struct hs_entry *e = entry_of(r, task);
    if (result->outcome != HS_OUTCOME_OK) {
        take_trouble(r->gather, e, result);
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

/* The weight of a task: larger files are begun first. */
static double bytes_of(const struct hs_entry *e)
{
    return (double)e->stamp.size + (e->right ? (double)e->right->size : 0);
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
            hs_round_add(&r, order[i], e->file.source->path, bytes_of(e), 0);
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

/* What was found out about the bytes holds for every name of them. */
static void share_outcomes(struct hs_entries *e)
{
    for (size_t i = 0; i < e->n; i++) {
        struct hs_entry *entry = &e->items[i], *first = &e->items[entry->same_as];
        entry->audio_s = first->audio_s;
        entry->file.state = first->file.state;
        entry->file.error = first->file.error;
    }
}

/* The stored result of these bytes, of any state of the analysers. */
static bool find_row(struct hs_gather *g, const struct hs_entry *e, struct hs_buf *row)
{
    return hs_gather_find(g, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                          hs_result_file_version(), row);
}

/* Which analysers must run for a row that was stored: none, some, or all of them where it
 * is not whole or where there is nothing to add to. */
static hs_analyser_set stale_of(const struct hs_gather *g, const struct hs_buf *row,
                                struct hs_result *r)
{
    if (!hs_result_take(row->data, row->len, r))
        return HS_ALL_ANALYSERS;
    hs_analyser_set stale = hs_measure_stale(r->versions, r->n_versions, g->survival);
    return stale && r->outcome != HS_OUTCOME_OK ? HS_ALL_ANALYSERS : stale;
}

/* Length of the audio, and the reason where the file could not be read. */
static void take_outcome(struct hs_gather *g, struct hs_entry *e, const struct hs_result *r)
{
    e->audio_s = r->audio_s;
    if (r->outcome != HS_OUTCOME_OK)
        take_trouble(g, e, r);
}

/* True where the file has to be measured; false: it is known, or in quarantine. */
static bool wants_measures(struct hs_gather *g, struct hs_entry *e)
{
    struct hs_buf row = {0};
    struct hs_result r;
    const char *why = NULL;
    bool known = find_row(g, e, &row) && !stale_of(g, &row, &r);
    if (known) {
        take_outcome(g, e, &r);
    } else if (hs_round_quarantined(g, e->file.hash, sizeof e->file.hash, hs_result_file_version(),
                                    &why)) {
        quarantine(g, e, why);
        known = true;
    }
    hs_buf_free(&row);
    g->n_known += known && !e->measured;
    return !known;
}

/* The payload of measuring: the file, the analysers that are stale, and the row they are added
 * to. */
static void fill_measure(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_entry *e = entry_of(r, task);
    struct hs_buf row = {0};
    struct hs_result known;
    hs_analyser_set set = HS_ALL_ANALYSERS;
    if (find_row(r->gather, e, &row))
        set = stale_of(r->gather, &row, &known);
    if (set == HS_ALL_ANALYSERS) {
        set = hs_measure_asked(r->gather->survival);
        hs_buf_clear(&row);
    }
    hs_ask_measure(payload, e->file.source, &e->stamp, e->right, set, &row);
    hs_buf_free(&row);
}

/* A result goes into the store; a task that ended the worker is counted against these bytes. */
static void take_measures(struct hs_round *r, size_t task, const struct hs_result *result)
{
    struct hs_entry *e = entry_of(r, task);
    const char *why = NULL;
    r->gather->n_measured += !hs_round_failed(r, task);
    if (hs_round_failed(r, task) && hs_round_blame(r, task, e->file.hash, sizeof e->file.hash,
                                                   hs_result_file_version(), &why)) {
        quarantine(r->gather, e, why);
        return;
    }
    take_outcome(r->gather, e, result);
    if (hs_result_lasts(result))
        r->status = hs_round_keep(r, task, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                                  hs_result_file_version());
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

/* Measures one file of each group of equal bytes, unless its row is there. */
enum hs_status hs_gather_measures(struct hs_gather *g, struct hs_error *err)
{
    struct hs_round r = hs_round_new(g, "measuring", &hs_task_kind_measure, g->entries.n, err);
    r.fill = fill_measure;
    r.take = take_measures;
    r.later = hs_costs_later(g->cost, HS_MEASURING);
    for (size_t i = 0; i < g->entries.n; i++) {
        struct hs_entry *e = &g->entries.items[i];
        if (e->file.state == HS_FILE_OK && e->hashed && e->same_as == i && wants_measures(g, e))
            hs_round_add(&r, i, e->file.source->path, bytes_of(e), 0);
    }
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    share_outcomes(&g->entries);
    return status;
}

/* Hashes, then measures of all files that have no row. */
enum hs_status hs_gather_files(struct hs_gather *g, struct hs_error *err)
{
    enum hs_status status = hs_gather_hashes(g, err);
    return status == HS_OK ? hs_gather_measures(g, err) : status;
}
