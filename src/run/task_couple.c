/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each file is measured; what is read of it is kept, where there is room. Where the first is too
 *    long for that there is no answer: long files are better shared among threads.
 * 2. The pair is compared by these measures, and reads what is kept.
 * 3. The files are looked at again, as in every task, before anything is answered.
 */
#include "run/task_couple.h"

#include "pair/pair.h"
#include "run/checked.h"
#include "run/measure_file.h"

#include <omp.h>

struct side {
    struct hs_checked in;
    struct hs_file file;
    struct hs_kept kept;
};

void hs_ask_couple(struct hs_buf *payload, const struct hs_entry *mix,
                   const struct hs_entry *master, hs_analyser_set set)
{
    hs_wire_put_u64(payload, set);
    hs_checked_put(payload, mix->file.source, &mix->stamp, mix->right);
    hs_checked_put(payload, master->file.source, &master->stamp, master->right);
}

bool hs_couple_take(const struct hs_result *r, struct hs_couple_answer *out)
{
    struct hs_cursor c = hs_cursor(r->body, r->n_body);
    struct hs_result part;
    bool all = r->outcome == HS_OUTCOME_OK;
    for (int i = 0; i < HS_COUPLE_PARTS && all; i++) {
        out->data[i] = hs_wire_take_blob(&c, &out->n[i]);
        all = !c.bad && hs_result_take(out->data[i], out->n[i], &part) &&
              part.outcome == HS_OUTCOME_OK;
    }
    return all;
}

size_t hs_couple_most_kept(void)
{
    enum { THREADS = 4 };
    const int threads = omp_get_num_threads();
    return (size_t)(HS_COUPLE_MOST_BYTES * (threads > THREADS ? (double)THREADS / threads : 1));
}

/* Measures a file and appends its result to `body`. */
static void measure(struct side *s, hs_analyser_set set, const struct hs_alive *alive,
                    struct hs_arena *a, struct hs_buf *body, struct hs_error *err)
{
    struct hs_buf stored = {0};
    s->kept.most_bytes = hs_couple_most_kept();
    hs_values_init(&s->file.values, a);
    if (hs_run_measure_file(&s->in.source, set, NULL, alive, &s->kept, &s->file.values, err))
        return;
    hs_result_put_file(&stored, &s->file, err);
    hs_wire_put_blob(body, stored.data, stored.len);
    hs_buf_free(&stored);
    s->in.source.kept = s->kept.whole ? &s->kept : NULL;
}

static void compare(struct side side[2], struct hs_arena *a, struct hs_buf *body,
                    struct hs_error *err)
{
    struct hs_buf stored = {0};
    struct hs_pair pair = {0};
    if (hs_pair_analyse(&side[0].file, &side[1].file, a, &pair, err))
        return;
    hs_result_put_pair(&stored, &pair, err);
    hs_wire_put_blob(body, stored.data, stored.len);
    hs_buf_free(&stored);
}

static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_buf body = {0};
    struct side side[2] = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    const hs_analyser_set set = hs_wire_take_u64(&c);
    for (int i = 0; i < 2; i++) {
        side[i].in = hs_checked_take(&c, &a);
        side[i].in.source.alive = alive;
        side[i].file = (struct hs_file){.source = &side[i].in.source, .state = HS_FILE_OK};
        if (!err.status)
            hs_checked_open(&side[i].in, &err);
    }
    side[0].kept.needed = true;
    for (int i = 0; i < 2 && !err.status; i++)
        measure(&side[i], set, alive, &a, &body, &err);
    if (!err.status)
        compare(side, &a, &body, &err);
    for (int i = 0; i < 2; i++) {
        hs_checked_close(&side[i].in, &err);
        hs_kept_free(&side[i].kept);
    }
    hs_result_put_body(reply, body.data, body.len, &err);
    hs_buf_free(&body);
    hs_arena_free(&a);
}

const struct hs_task_kind hs_task_kind_couple = {.name = "couple", .run = run};
