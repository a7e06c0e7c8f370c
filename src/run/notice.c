/* SPDX-License-Identifier: Apache-2.0 */
/* The command of `notify:` with the report and its digest in the environment. It runs in a shell,
 * because the job file gives it as one line. */
#include "run/notice.h"

#include "core/fs.h"
#include "run/command.h"

enum hs_status hs_notice_run(const struct hs_notice_order *order, struct hs_error *err)
{
    struct hs_arena a = {0};
    const char *const argv[] = {"/bin/sh", "-c", order->command, NULL};
    const char *const env[][2] = {
        {"HINDSIGHT_REPORT", order->report},
        {"HINDSIGHT_DIGEST", hs_path_join(&a, order->report, "digest.txt")},
        {"HINDSIGHT_DIGEST_JSON", hs_path_join(&a, order->report, "digest.json")},
        {NULL, NULL}};
    const struct hs_command c = {.name = "notify",
                                 .limit_name = "notify_limit",
                                 .argv = argv,
                                 .env = env,
                                 .limit_s = order->limit_s,
                                 .log = order->log,
                                 .stop = order->stop};
    enum hs_status status = hs_command_run(&c, NULL, err);
    hs_arena_free(&a);
    return status;
}
