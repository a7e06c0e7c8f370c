/* SPDX-License-Identifier: Apache-2.0 */
/* The values of each target are reduced to what rules and pages need before they are sent: the
 * result is a row of the store. */
#include "run/task_preview.h"

#include "judge/rule.h"
#include "preview/pack.h"
#include "run/checked.h"
#include "run/result.h"

#include <string.h>

void hs_ask_preview(struct hs_buf *payload, const struct hs_source *source,
                    const struct hs_stamp *stamp, const struct hs_stamp *right,
                    const struct hs_preview_order *order)
{
    hs_checked_put(payload, source, stamp, right);
    hs_preview_order_put(order, payload);
}

/* Whether a value is kept in the result: what rules need, and what pages show. */
static bool is_kept(const char *key)
{
    static const char *const shown[] = {"integrated_lufs", "true_peak_dbtp", "plr_db",
                                        "duration_s",      "bands_db",       "percussiveness"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (!strcmp(shown[i], key))
            return true;
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        for (size_t k = 0; k < HS_MAX_NEEDS && rule->needs[k]; k++) {
            size_t n = strcspn(rule->needs[k], "[");
            if (!strncmp(rule->needs[k], key, n) && !key[n])
                return true;
        }
    }
    return false;
}

/* Keeps what is read later: series and arrays that nobody reads would fill the store. */
static void strip(struct hs_values *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (is_kept(v->items[i].key))
            v->items[n++] = v->items[i];
    v->n = n;
}

/* In the worker: masters the mix at all targets; kept are chain and values that rules read. */
static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_buf body = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_checked in = hs_checked_take(&c, &a);
    struct hs_preview_order order;
    struct hs_preview preview = {0};
    in.source.alive = alive;
    hs_preview_order_take(&c, &a, &order);
    if (c.bad)
        hs_fail(&err, HS_E_FAILED, "garbled order");
    if (err.status == HS_OK && hs_checked_open(&in, &err) == HS_OK)
        hs_preview_run(&in.source, &order, alive, &a, &preview, &err);
    hs_checked_close(&in, &err);
    hs_checked_strip(&in, &err);
    for (size_t i = 0; i < preview.n_targets && err.status == HS_OK; i++)
        strip(&preview.targets[i].values);
    if (err.status == HS_OK)
        hs_preview_pack(&preview, &body);
    hs_result_put_body(reply, body.data, body.len, &err);
    hs_buf_free(&body);
    hs_arena_free(&a);
}

const struct hs_task_kind hs_task_kind_preview = {.name = "preview", .run = run};
