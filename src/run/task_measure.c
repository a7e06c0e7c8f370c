/* SPDX-License-Identifier: Apache-2.0 */
/* Measuring as a task: the file with its stamps, the analysers that are to run, and the row that
 * they are added to. */
#include "run/task_measure.h"

#include "run/checked.h"
#include "run/measure_file.h"
#include "run/result.h"

#include <string.h>

/* `known` may be empty: then all analysers of the set begin from nothing. */
void hs_ask_measure(struct hs_buf *payload, const struct hs_source *source,
                    const struct hs_stamp *stamp, const struct hs_stamp *right, hs_analyser_set set,
                    const struct hs_buf *known)
{
    hs_checked_put(payload, source, stamp, right);
    hs_wire_put_u64(payload, set);
    hs_wire_put_blob(payload, known->data, known->len);
}

/* What was measured before, where that was given and can be read. */
static bool take_known(struct hs_cursor *c, struct hs_values *out)
{
    size_t n;
    struct hs_result r;
    const void *data = hs_wire_take_blob(c, &n);
    return n && hs_result_take(data, n, &r) && r.outcome == HS_OUTCOME_OK &&
           hs_result_take_values(&r, out, NULL) == HS_OK;
}

/* Measures a file. "Unreadable" would be stored for good, and a failing disk looks like a damaged
 * file, so it is tried a second time: only the same error with the same message is believed. */
static void measure(const struct hs_source *source, hs_analyser_set set,
                    const struct hs_values *known, const struct hs_alive *alive,
                    struct hs_values *out, struct hs_error *err)
{
    struct hs_error again = {0};
    enum hs_status status = hs_run_measure_file(source, set, known, alive, NULL, out, err);
    if (!hs_result_refuses(hs_result_outcome_of(status)))
        return;
    hs_values_init(out, out->arena);
    hs_run_measure_file(source, set, known, alive, NULL, out, &again);
    hs_checked_confirm(err, &again);
}

/* In the worker: measures a file, or only some analysers of it on top of what is known. */
static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_checked in = hs_checked_take(&c, &a);
    struct hs_file file = {.source = &in.source};
    struct hs_values known;
    hs_values_init(&file.values, &a);
    hs_values_init(&known, &a);
    hs_analyser_set set = hs_wire_take_u64(&c);
    bool some = take_known(&c, &known);
    if (hs_checked_open(&in, &err) == HS_OK)
        measure(&in.source, set, some ? &known : NULL, alive, &file.values, &err);
    hs_checked_close(&in, &err);
    hs_checked_strip(&in, &err);
    hs_result_put_file(reply, &file, &err);
    hs_arena_free(&a);
}

const struct hs_task_kind hs_task_kind_measure = {.name = "measure", .run = run};
