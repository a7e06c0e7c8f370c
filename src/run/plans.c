/* SPDX-License-Identifier: Apache-2.0 */
/* Plans of the last report, for verifying updates: OUT/plans/ID.yaml. A plan counts where its hash
 * is that of the file that is replaced, or where either hash is unknown. */
#include "run/plans.h"

#include "catalogue/verify_files.h"
#include "core/fs.h"
#include "job/plan.h"
#include "judge/rule.h"

#include <math.h>
#include <string.h>

enum { PLAN_BYTES_MOST = 1 << 20 };

/* A hash of zeros was never taken. */
static bool is_known(const uint64_t hash[2])
{
    return hash[0] || hash[1];
}

/* Was the plan made for the file that this update replaces? */
static bool is_for(const struct hs_plan *plan, const struct hs_verification *v)
{
    const uint64_t *hash = v->kind == HS_UPDATE_MIX ? plan->mix_hash : plan->master_hash;
    const struct hs_file *old = hs_verify_old(v->track, v->kind);
    return !is_known(hash) || !is_known(old->hash) || !memcmp(hash, old->hash, sizeof old->hash);
}

/* Parses a plan; every slip is said in the log with its line and column. */
static enum hs_status read_plan(const char *path, const struct hs_buf *text,
                                const struct hs_log *log, struct hs_arena *a, struct hs_plan *plan,
                                struct hs_error *err)
{
    struct hs_problems problems = {.arena = a, .file = path};
    struct hs_buf words = {0};
    char *rest = NULL;
    enum hs_status status = HS_OK;
    if (hs_plan_read(a, path, text->data, text->len, hs_rule_move, &problems, plan) != HS_OK) {
        hs_problems_print(&problems, &words);
        for (char *line = strtok_r(words.data, "\n", &rest); line;
             line = strtok_r(NULL, "\n", &rest))
            hs_log_error(log, "%s", line);
        status = hs_fail(err, HS_E_USAGE,
                         "%s cannot be read: mend it, or let hindsight audit write it anew", path);
    }
    hs_buf_free(&words);
    return status;
}

/* Of a defect it is planned that it is gone, whatever is measured of it today: no value to reach.
 */
static void drop_numbers(struct hs_plan *plan, struct hs_arena *a)
{
    struct hs_planned *steps = HS_ARENA_ARRAY(a, struct hs_planned, plan->n_steps + 1);
    for (size_t i = 0; i < plan->n_steps; i++) {
        const struct hs_rule *rule = hs_rule_find(plan->steps[i].rule);
        steps[i] = plan->steps[i];
        if (rule && rule->thresholds && steps[i].planned <= rule->thresholds[HS_NO_FAULT] &&
            steps[i].planned >= rule->thresholds[HS_NO_FAULT])
            steps[i].move.after = steps[i].move.after_most = NAN;
    }
    plan->steps = steps;
}

/* Sets v->from; without a plan it stays NULL and the plan is made anew. */
enum hs_status hs_plans_load(const char *folder, const struct hs_log *log, struct hs_arena *a,
                             struct hs_verification *v, struct hs_error *err)
{
    const char *id = v->track->track->id;
    const char *path = hs_path_join(a, folder, hs_arena_printf(a, "%s.yaml", id));
    if (!hs_fs_exists(path))
        return HS_OK;
    struct hs_buf text = {0};
    struct hs_plan *plan = HS_ARENA_ARRAY(a, struct hs_plan, 1);
    enum hs_status status = hs_fs_read(path, PLAN_BYTES_MOST, &text, err);
    if (status == HS_OK)
        status = read_plan(path, &text, log, a, plan, err);
    plan->text = hs_arena_copy(a, text.data, text.len + 1);
    hs_buf_free(&text);
    if (status != HS_OK)
        return status;
    drop_numbers(plan, a);
    if (is_for(plan, v))
        v->from = plan;
    else
        hs_log_warn(log,
                    "%s was written for another file than the one that is replaced; the "
                    "plan is made anew",
                    path);
    return HS_OK;
}
