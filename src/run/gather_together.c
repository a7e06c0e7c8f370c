/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A couple is taken where both files are there, differ, have no row and were never given up.
 *    Files that are larger than what is kept are left out; how long the others are the task sees
 *    as it opens them. A file is taken once: of several mixes the first one goes with the master.
 * 2. A task measures and compares each of these couples (run/task_couple.h).
 * 3. Only an answer with all three results is taken. Nothing is unfinished and nobody is blamed
 *    here: whatever is missing afterwards is measured and compared by the rounds that follow.
 */
#include "run/gather_together.h"

#include "core/alloc.h"
#include "measure/measure.h"
#include "run/gather_round.h"
#include "run/task_couple.h"

#include <string.h>

struct together {
    struct hs_couple *couples;
    size_t n;
};

static const struct hs_couple *couple_of(const struct hs_round *r, size_t task)
{
    const struct together *t = r->ctx;
    return &t->couples[r->subject[task]];
}

static void fill(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_couple *c = couple_of(r, task);
    const struct hs_entry *items = r->gather->entries.items;
    hs_ask_couple(payload, &items[c->from], &items[c->to], hs_measure_asked(r->gather->survival));
}

static void key_of(const struct hs_entry *from, const struct hs_entry *to, uint64_t key[4])
{
    memcpy(key, from->file.hash, sizeof from->file.hash);
    memcpy(key + 2, to->file.hash, sizeof to->file.hash);
}

static void take(struct hs_round *r, size_t task, const struct hs_result *result)
{
    struct hs_couple_answer a;
    struct hs_entry *items = r->gather->entries.items;
    const struct hs_couple *c = couple_of(r, task);
    struct hs_entry *file[] = {&items[c->from], &items[c->to]};
    uint64_t key[4];
    if (!hs_couple_take(result, &a))
        return;
    key_of(file[0], file[1], key);
    for (int i = 0; i < 2 && r->status == HS_OK; i++) {
        r->status =
            hs_round_keep_row(r, HS_RESULT_FILE, file[i]->file.hash, sizeof file[i]->file.hash,
                              hs_result_file_version(), a.data[i], a.n[i]);
        file[i]->measured = true;
    }
    if (r->status == HS_OK)
        r->status = hs_round_keep_row(r, HS_RESULT_PAIR, key, sizeof key, hs_result_pair_version(),
                                      a.data[HS_COUPLE_PAIR], a.n[HS_COUPLE_PAIR]);
    r->gather->n_measured += 2;
    r->gather->n_paired++;
}

/* Whether there is a row, or the bytes ended the worker before: those go by themselves, file by
 * file, so that nobody else is delayed. */
static bool is_known(struct hs_gather *g, enum hs_result_kind kind, const uint64_t *key,
                     size_t key_n, uint64_t version)
{
    return hs_gather_has(g, kind, key, key_n, version) || hs_round_blamed(g, key, key_n, version);
}

static bool is_fresh(struct hs_gather *g, const struct hs_entry *e)
{
    const double bytes = (double)e->stamp.size + (e->right ? (double)e->right->size : 0);
    return e->file.state == HS_FILE_OK && e->hashed && &g->entries.items[e->same_as] == e &&
           bytes <= HS_COUPLE_MOST_BYTES &&
           !is_known(g, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                     hs_result_file_version());
}

/* The couples that are worked on, each file in one of them. */
static struct together plan(struct hs_gather *g, const struct hs_couple *couples, size_t n)
{
    struct together t = {.couples = HS_NEW_ARRAY(struct hs_couple, n + 1)};
    bool *taken = HS_NEW_ARRAY(bool, g->entries.n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct hs_couple *c = &couples[i];
        const struct hs_entry *from = &g->entries.items[c->from], *to = &g->entries.items[c->to];
        uint64_t key[4];
        if (c->from == c->to || taken[c->from] || taken[c->to] || !is_fresh(g, from) ||
            !is_fresh(g, to))
            continue;
        key_of(from, to, key);
        if (is_known(g, HS_RESULT_PAIR, key, sizeof key, hs_result_pair_version()))
            continue;
        taken[c->from] = taken[c->to] = true;
        t.couples[t.n++] = *c;
    }
    hs_free(taken);
    return t;
}

enum hs_status hs_gather_together(struct hs_gather *g, const struct hs_couple *couples, size_t n,
                                  struct hs_error *err)
{
    struct together t = plan(g, couples, n);
    struct hs_round r = hs_round_new(g, "measuring pairs", &hs_task_kind_couple, t.n, err);
    r.fill = fill;
    r.take = take;
    r.ctx = &t;
    r.later = t.n ? hs_costs_take_couples(g->cost, t.n, g->survival) : 0;
    for (size_t i = 0; i < t.n; i++) {
        const struct hs_entry *from = &g->entries.items[t.couples[i].from];
        const struct hs_entry *to = &g->entries.items[t.couples[i].to];
        hs_round_add(&r, i, to->file.source->path,
                     (double)from->stamp.size + (double)to->stamp.size, 0);
    }
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    hs_free(t.couples);
    return status;
}
