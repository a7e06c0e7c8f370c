/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Couples are sorted by the bytes of both files, so that each couple of bytes is compared once,
 * and those with a row of this version are left out. The rest goes to the worker. hs_gather_job
 * is the order of a whole job: hashes, couples of which nothing is known, measures, comparisons,
 * stems, previews, separators; each needs the rows of the ones before.
 */
#include "run/gather_couples.h"
#include "core/alloc.h"
#include "run/gather_hash.h"
#include "run/gather_measure.h"
#include "run/gather_previews.h"
#include "run/gather_round.h"
#include "run/gather_separate.h"
#include "run/gather_stems.h"
#include "run/gather_together.h"
#include "run/task_pair.h"

#include <stdlib.h>
#include <string.h>

struct comparing {
    struct hs_couple *couples;
    size_t n;
};

/* The first entry of the same bytes, which has the results. */
static const struct hs_entry *entry_at(const struct hs_gather *g, size_t i)
{
    return &g->entries.items[g->entries.items[i].same_as];
}

/* The key of a comparison: the hashes of both files, mix first. */
static void key_of(const struct hs_gather *g, const struct hs_couple *c, uint64_t key[4])
{
    const struct hs_entry *from = entry_at(g, c->from), *to = entry_at(g, c->to);
    memcpy(key, from->file.hash, sizeof from->file.hash);
    memcpy(key + 2, to->file.hash, sizeof to->file.hash);
}

static const struct hs_couple *couple_of(const struct hs_round *r, size_t task)
{
    const struct comparing *p = r->ctx;
    return &p->couples[r->subject[task]];
}

/* One side of the payload: the file by the name of this couple, and its stored measures. */
static void put_side(struct hs_gather *g, size_t entry, struct hs_buf *payload)
{
    const struct hs_entry *named = &g->entries.items[entry], *e = entry_at(g, entry);
    struct hs_buf row = {0};
    hs_store_find(g->store, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                  hs_result_file_version(), &row);
    hs_ask_pair(payload, named->file.source, &named->stamp, named->right, &row);
    hs_buf_free(&row);
}

static void fill(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_couple *c = couple_of(r, task);
    put_side(r->gather, c->from, payload);
    put_side(r->gather, c->to, payload);
}

/* A comparison goes into the store; else it is unfinished, and given up after the last try. */
static void take(struct hs_round *r, size_t task, const struct hs_result *result)
{
    uint64_t key[4], version = hs_result_pair_version();
    const char *why = result->why, *path = r->tasks[task].name;
    key_of(r->gather, couple_of(r, task), key);
    r->gather->n_paired += !hs_round_failed(r, task);
    if (hs_result_lasts(result)) {
        r->status = hs_round_keep(r, task, HS_RESULT_PAIR, key, sizeof key, version);
        return;
    }
    bool given_up =
        hs_round_failed(r, task) && hs_round_blame(r, task, key, sizeof key, version, &why);
    hs_gather_unfinished(r->gather, path, why, given_up);
}

/* A row that is not whole is as good as none. */
static bool is_known(struct hs_gather *g, const struct hs_couple *c)
{
    uint64_t key[4], version = hs_result_pair_version();
    struct hs_buf row = {0};
    struct hs_result r;
    const char *why;
    key_of(g, c, key);
    bool known = hs_gather_find(g, HS_RESULT_PAIR, key, sizeof key, version, &row) &&
                 hs_result_take(row.data, row.len, &r);
    if (!known && hs_round_quarantined(g, key, sizeof key, version, &why)) {
        hs_gather_unfinished(g, g->entries.items[c->to].file.source->path, why, true);
        known = true;
    }
    hs_buf_free(&row);
    return known;
}

/* Both files are there and could be measured. */
static bool can_be_read(const struct hs_gather *g, const struct hs_couple *c)
{
    return g->entries.items[c->from].file.state == HS_FILE_OK &&
           g->entries.items[c->to].file.state == HS_FILE_OK;
}

/* Couples of equal bytes stand beside each other. */
static int by_bytes(const void *a, const void *b, void *gather)
{
    const struct hs_couple *x = a, *y = b;
    const struct hs_entry *items = ((struct hs_gather *)gather)->entries.items;
    const size_t left[] = {items[x->from].same_as, items[x->to].same_as};
    const size_t right[] = {items[y->from].same_as, items[y->to].same_as};
    for (int i = 0; i < 2; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

/* What there is to compare, each couple of bytes once. */
static struct comparing plan(struct hs_gather *g, const struct hs_couple *couples, size_t n)
{
    struct comparing p = {.couples = HS_NEW_ARRAY(struct hs_couple, n + 1)};
    for (size_t i = 0; i < n; i++)
        if (can_be_read(g, &couples[i]))
            p.couples[p.n++] = couples[i];
    qsort_r(p.couples, p.n, sizeof *p.couples, by_bytes, g);
    size_t kept = 0;
    for (size_t i = 0; i < p.n; i++)
        if ((!i || by_bytes(&p.couples[i - 1], &p.couples[i], g)) && !is_known(g, &p.couples[i]))
            p.couples[kept++] = p.couples[i];
    p.n = kept;
    return p;
}

/* Compares what is not in the store. Weight is the length of both files. */
enum hs_status hs_gather_couples(struct hs_gather *g, const struct hs_couple *couples, size_t n,
                                 struct hs_error *err)
{
    struct comparing p = plan(g, couples, n);
    struct hs_round r = hs_round_new(g, "comparing", &hs_task_kind_pair, p.n, err);
    r.fill = fill;
    r.take = take;
    r.ctx = &p;
    r.later = hs_costs_later(g->cost, HS_COMPARING);
    for (size_t i = 0; i < p.n; i++) {
        const struct hs_entry *from = &g->entries.items[p.couples[i].from];
        const struct hs_entry *to = &g->entries.items[p.couples[i].to];
        double audio_s = from->audio_s + to->audio_s;
        hs_round_add(&r, i, to->file.source->path, audio_s, audio_s);
    }
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    hs_free(p.couples);
    return status;
}

enum hs_status hs_gather_job(struct hs_gather *g, const struct hs_job *job, struct hs_error *err)
{
    struct hs_couples couples = {0};
    /* for the estimate of the time that is left */
    hs_costs_of_job(&g->entries, job, g->survival, g->cost);
    g->cost[HS_CLIPPING] = g->clips_follow ? hs_costs_of_clips(job, g->survival, g->all_clips) : 0;
    enum hs_status status = hs_gather_hashes(g, err);
    for (size_t i = 0; i < job->n_tracks && status == HS_OK; i++)
        hs_couples_of_track(&g->entries, &job->tracks[i], &couples);
    if (status == HS_OK)
        status = hs_gather_together(g, couples.items, couples.n, err);
    if (status == HS_OK)
        status = hs_gather_measures(g, err);
    if (status == HS_OK)
        status = hs_gather_couples(g, couples.items, couples.n, err);
    if (status == HS_OK)
        status = hs_gather_stems(g, job, err);
    if (status == HS_OK)
        status = hs_gather_previews(g, job, err);
    if (status == HS_OK)
        status = hs_gather_separate(g, job, err);
    hs_gather_sort_unfinished(g);
    hs_free(couples.items);
    return status;
}
