/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of previews (run/previews.h) is one round of tasks. Left out are those whose row is
 * there and that write no file, those in quarantine, and repeats of one key.
 */
#include "run/gather_previews.h"

#include "run/gather_round.h"
#include "run/previews.h"
#include "run/task_preview.h"

#include <stdlib.h>
#include <string.h>

struct previewing {
    struct hs_previewing *items;
    size_t n;
};

static const struct hs_previewing *item_of(const struct hs_round *r, size_t task)
{
    const struct previewing *p = r->ctx;
    return &p->items[r->subject[task]];
}

static void fill(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_previewing *item = item_of(r, task);
    const struct hs_entries *e = &r->gather->entries;
    const struct hs_entry *named = &e->items[hs_entries_find(e, item->source)];
    hs_ask_preview(payload, item->source, &named->stamp, named->right, &item->order);
}

/* A preview goes into the store; else it is unfinished, and given up after the last try. */
static void take(struct hs_round *r, size_t task, const struct hs_result *result)
{
    const struct hs_previewing *item = item_of(r, task);
    uint64_t version = hs_previews_version();
    const char *why = result->why;
    if (hs_result_lasts(result)) {
        r->status = hs_round_keep(r, task, HS_RESULT_PREVIEW, item->key, sizeof item->key, version);
        return;
    }
    bool given_up = hs_round_failed(r, task) &&
                    hs_round_blame(r, task, item->key, sizeof item->key, version, &why);
    hs_gather_unfinished(r->gather, item->source->path, why, given_up);
}

/* Whether nothing is to be done: the row is there (and no file is to be written), or it is in
 * quarantine. */
static bool is_known(struct hs_gather *g, const struct hs_previewing *item)
{
    struct hs_buf row = {0};
    struct hs_result r;
    const char *why;
    uint64_t version = hs_previews_version();
    bool known = !item->order.write_paths[0] &&
                 hs_gather_find(g, HS_RESULT_PREVIEW, item->key, sizeof item->key, version, &row) &&
                 hs_result_take(row.data, row.len, &r);
    if (!known && hs_round_quarantined(g, item->key, sizeof item->key, version, &why)) {
        hs_gather_unfinished(g, item->source->path, why, true);
        known = true;
    }
    hs_buf_free(&row);
    return known;
}

/* Equal keys stand beside each other, the first of the job in front. */
static int by_key(const void *a, const void *b)
{
    const struct hs_previewing *x = *(const struct hs_previewing *const *)a;
    const struct hs_previewing *y = *(const struct hs_previewing *const *)b;
    int order = memcmp(x->key, y->key, sizeof x->key);
    return order ? order : x < y ? -1 : x > y;
}

/* Two tracks of one mix and one order are one task, that of the first. */
static bool *find_first(const struct previewing *p, struct hs_arena *a)
{
    const struct hs_previewing **sorted = HS_ARENA_ARRAY(a, const struct hs_previewing *, p->n + 1);
    bool *first = HS_ARENA_ARRAY(a, bool, p->n + 1);
    for (size_t i = 0; i < p->n; i++)
        sorted[i] = &p->items[i];
    if (p->n)
        qsort(sorted, p->n, sizeof *sorted, by_key);
    for (size_t i = 0; i < p->n; i++)
        first[sorted[i] - p->items] =
            !i || memcmp(sorted[i - 1]->key, sorted[i]->key, sizeof sorted[i]->key);
    return first;
}

enum hs_status hs_gather_previews(struct hs_gather *g, const struct hs_job *job,
                                  struct hs_error *err)
{
    struct previewing p = {0};
    struct hs_arena scratch = {0};
    p.items = hs_previews_plan(g->store, &g->entries, job, &scratch, &p.n);
    const bool *first = find_first(&p, &scratch);
    struct hs_round r = hs_round_new(g, "mastering", &hs_task_kind_preview, p.n, err);
    r.fill = fill;
    r.take = take;
    r.ctx = &p;
    r.later = hs_costs_later(g->cost, HS_MASTERING);
    for (size_t i = 0; i < p.n; i++) {
        const struct hs_entries *e = &g->entries;
        const struct hs_entry *named = &e->items[hs_entries_find(e, p.items[i].source)];
        double audio_s = e->items[named->same_as].audio_s;
        /* analysis and chain, then each target once */
        double work_s = audio_s * (double)(2 + p.items[i].order.n_targets);
        if (!is_known(g, &p.items[i]) && first[i])
            hs_round_add(&r, i, p.items[i].source->path, work_s, 2 * audio_s);
    }
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    hs_arena_free(&scratch);
    return status;
}
