/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each file is stamped (inode, size, times); where the store knows a hash for this stamp, it is
 * taken. Unfinished work is told in the order of its names, because tasks end in any order.
 */
#include "run/gather.h"

#include "core/alloc.h"
#include "run/result.h"

#include <stdlib.h>
#include <string.h>

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
                                                [HS_OUTCOME_NOT_READ] = HS_FILE_NOT_READ,
                                                [HS_OUTCOME_GONE] = HS_FILE_MISSING,
                                                [HS_OUTCOME_UNFINISHED] = HS_FILE_UNFINISHED};
    e->file.state = states[outcome];
    e->file.error = hs_arena_intern(&g->arena, outcome == HS_OUTCOME_GONE ? "no such file" : why);
}

void hs_gather_trouble(struct hs_gather *g, struct hs_entry *e, const struct hs_result *r)
{
    set_trouble(g, e, r->outcome, r->why);
    if (!hs_result_lasts(r))
        hs_gather_unfinished(g, e->file.source->path, e->file.error, false);
}

void hs_gather_quarantine(struct hs_gather *g, struct hs_entry *e, const char *why)
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
