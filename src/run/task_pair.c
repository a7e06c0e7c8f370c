/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing as a task: both files with their stamps and stored measures. */
#include "run/task_pair.h"

#include "pair/pair.h"
#include "run/checked.h"
#include "run/result.h"

#include <string.h>

struct side {
    struct hs_checked in;
    struct hs_file file;
};

void hs_ask_pair(struct hs_buf *payload, const struct hs_source *source,
                 const struct hs_stamp *stamp, const struct hs_stamp *right,
                 const struct hs_buf *result)
{
    hs_checked_put(payload, source, stamp, right);
    hs_wire_put_blob(payload, result->data, result->len);
}

/* One file of the pair with the measures that were stored of it. */
static void take_side(struct hs_cursor *c, struct hs_arena *a, const struct hs_alive *alive,
                      struct side *out, struct hs_error *err)
{
    size_t n;
    struct hs_result r;
    out->in = hs_checked_take(c, a);
    out->in.source.alive = alive;
    out->file = (struct hs_file){.source = &out->in.source, .state = HS_FILE_OK};
    const void *data = hs_wire_take_blob(c, &n);
    hs_values_init(&out->file.values, a);
    if (!hs_result_take(data, n, &r) || r.outcome != HS_OUTCOME_OK)
        hs_fail(err, HS_E_FAILED, "its measures could not be read");
    else
        hs_result_take_values(&r, &out->file.values, err);
}

/* Compares the files. Both could be read when they were measured, so "unreadable" is believed only
 * where a second try gives the same message. */
static void compare(const struct side side[2], struct hs_arena *a, struct hs_pair *out,
                    struct hs_error *err)
{
    struct hs_error again = {0};
    enum hs_status status = hs_pair_analyse(&side[0].file, &side[1].file, a, out, err);
    if (!hs_result_refuses(hs_result_outcome_of(status)))
        return;
    hs_pair_analyse(&side[0].file, &side[1].file, a, out, &again);
    hs_checked_confirm(err, &again);
}

/* In the worker: opens both files as they were looked at, compares them, and looks again. */
static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct side side[2];
    struct hs_pair pair = {0};
    for (int i = 0; i < 2; i++)
        take_side(&c, &a, alive, &side[i], &err);
    for (int i = 0; i < 2 && err.status == HS_OK; i++)
        hs_checked_open(&side[i].in, &err);
    if (err.status == HS_OK)
        compare(side, &a, &pair, &err);
    for (int i = 0; i < 2; i++) {
        hs_checked_close(&side[i].in, &err);
        hs_checked_strip(&side[i].in, &err);
    }
    hs_result_put_pair(reply, &pair, &err);
    hs_arena_free(&a);
}

const struct hs_task_kind hs_task_kind_pair = {.name = "pair", .run = run};
