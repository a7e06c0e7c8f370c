/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight merge RUN`: what the shards measured into one store; what is missing. */
#include "cli/options.h"
#include "cli/print.h"
#include "pool/signals.h"
#include "report/json.h"
#include "run/exit.h"
#include "shards/merge.h"

/* The missing shards in the form that `sbatch --array` takes. */
static void put_plain(const struct hs_merge_report *r, struct hs_buf *out)
{
    hs_buf_printf(out, "%zu of %zu shards, %zu results, %zu of them new\n",
                  r->n_shards - r->n_missing, r->n_shards, r->n_results, r->n_new);
    if (r->missing.len)
        hs_buf_printf(out, "missing: %s\n", r->missing.data);
}

/* Which shards to run again, and counts. */
static void put_json(const struct hs_merge_report *r, struct hs_buf *out)
{
    struct hs_json j = {.out = out, .top = true};
    hs_json_object(&j, NULL);
    hs_json_number(&j, "shards", (double)r->n_shards);
    hs_json_text(&j, "missing", r->missing.len ? r->missing.data : "");
    hs_json_number(&j, "n_missing", (double)r->n_missing);
    hs_json_number(&j, "unfinished", (double)r->n_unfinished);
    hs_json_number(&j, "results", (double)r->n_results);
    hs_json_number(&j, "new", (double)r->n_new);
    hs_json_number(&j, "nondeterminism", (double)r->n_conflicts);
    hs_json_object_end(&j);
    hs_buf_putc(out, '\n');
}

/* A shard that is missing makes the exit code 3. */
int hs_cmd_merge(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_error err = {0};
    struct hs_merge_report report;
    struct hs_buf out = {0};
    const volatile sig_atomic_t *stop = hs_signals_watch();
    const struct hs_merge_request wanted = {.run = o->operands[0],
                                            .shared = o->shared_state,
                                            .wait_lock_s = o->wait_lock_s,
                                            .log = log,
                                            .stop = stop};
    enum hs_status status = hs_merge(&wanted, &report, &err);
    int code = hs_exit_interrupted(hs_exit_of(status), stop);
    if (status != HS_OK) {
        hs_log_error(log, "%s", err.msg);
    } else {
        (o->json ? put_json : put_plain)(&report, &out);
        bool printed = hs_cli_print(&out, log);
        /* two shards that measured one file differently are a fault of the program or the machine:
         * exit code 1 */
        code = !printed || report.n_conflicts           ? HS_EXIT_FAILED
               : report.n_missing + report.n_unfinished ? HS_EXIT_PARTIAL
                                                        : HS_EXIT_OK;
    }
    hs_buf_free(&report.missing);
    return code;
}
