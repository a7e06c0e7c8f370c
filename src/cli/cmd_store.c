/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight store DIR`: what a store holds, whether it is whole, and what it need not keep. */
#include "cli/options.h"
#include "cli/print.h"
#include "core/fs.h"
#include "pool/signals.h"
#include "report/json.h"
#include "run/exit.h"
#include "run/state.h"
#include "store/check.h"

/* The store of a folder: in it, or in the state of the report that it is. */
static const char *folder_of(const char *given, struct hs_arena *a)
{
    const char *inside = hs_path_join(a, given, ".hindsight");
    const char *const folders[] = {given, inside};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (hs_fs_exists(hs_path_join(a, folders[i], "store.sqlite")))
            return folders[i];
    return NULL;
}

/* What the store holds, what is damaged, what was dropped. */
static void put_plain(const struct hs_store_census *c, const struct hs_store_pruned *p,
                      const char *path, struct hs_buf *out)
{
    hs_buf_printf(out, "%s: %.1f MiB, %zu files, %zu results, %zu runs\n", path,
                  (double)c->bytes / (1 << 20), c->n_files, c->n_results, c->n_runs);
    if (c->n_damaged)
        hs_buf_printf(out, "damaged: %zu rows; the next audit measures again what they held\n",
                      c->n_damaged);
    if (!c->sound)
        hs_buf_printf(out, "damaged: the structure of the file; the next audit mends it\n");
    hs_buf_put(out, c->said.data ? c->said.data : "", c->said.len);
    if (p)
        hs_buf_printf(out, "dropped: %zu files, %zu results, %zu of the rows damaged\n", p->n_files,
                      p->n_results, p->n_damaged);
}

/* The census, and what was dropped; null without --prune. */
static void put_json(const struct hs_store_census *c, const struct hs_store_pruned *p,
                     const char *path, struct hs_buf *out)
{
    hs_buf_puts(out, "{\"path\":");
    hs_json_quote(out, path);
    hs_buf_printf(out,
                  ",\"bytes\":%lld,\"files\":%zu,\"results\":%zu,\"runs\":%zu,\"damaged\":%zu,"
                  "\"sound\":%s,\"dropped\":",
                  c->bytes, c->n_files, c->n_results, c->n_runs, c->n_damaged,
                  c->sound ? "true" : "false");
    if (p)
        hs_buf_printf(out, "{\"files\":%zu,\"results\":%zu,\"damaged\":%zu}}\n", p->n_files,
                      p->n_results, p->n_damaged);
    else
        hs_buf_puts(out, "null}\n");
}

/* Every row is read where --check asks for it, and to say what is there. */
static int look_after(struct hs_state *s, const struct hs_options *o, const struct hs_log *log,
                      struct hs_error *err)
{
    struct hs_store_census census;
    struct hs_store_pruned pruned;
    struct hs_buf out = {0};
    enum hs_status status = HS_OK;
    hs_store_take_census(s->store, &census);
    int code = o->check && (census.n_damaged || !census.sound) ? HS_EXIT_FAILED : HS_EXIT_OK;
    if (o->prune)
        status = hs_store_prune(s->store, &pruned, err);
    if (o->prune && status == HS_OK)
        census.bytes = hs_store_bytes(s->store);
    (o->json ? put_json : put_plain)(&census, o->prune && status == HS_OK ? &pruned : NULL,
                                     s->store_path, &out);
    hs_buf_free(&census.said);
    if (!hs_cli_print(&out, log))
        return HS_EXIT_FAILED;
    if (status == HS_OK)
        return code;
    return status == HS_E_MISSING ? HS_EXIT_MISSING : hs_exit_of(status);
}

/* The store is opened under its lock, so that no audit writes while it is checked or pruned. */
int hs_cmd_store(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_arena a = {0};
    struct hs_state s = {0};
    struct hs_error err = {0};
    int code = HS_EXIT_USAGE;
    const struct hs_state_request wanted = {.store = folder_of(o->operands[0], &a),
                                            .shared = o->shared_state,
                                            .wait_lock_s = o->wait_lock_s,
                                            .stop = hs_signals_watch(),
                                            .log = log};
    if (!wanted.store) {
        hs_fail(&err, HS_E_USAGE,
                "%s: there is no store in it, expected the folder of a store or "
                "of a report",
                o->operands[0]);
    } else {
        enum hs_status status = hs_state_open_store(&s, &wanted, &err);
        code = status == HS_OK ? look_after(&s, o, log, &err) : hs_exit_of(status);
        hs_state_close(&s);
    }
    if (err.status != HS_OK)
        hs_log_error(log, "%s", err.msg);
    hs_arena_free(&a);
    return code;
}
