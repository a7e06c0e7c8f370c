/* SPDX-License-Identifier: Apache-2.0 */
/* The digest names the day of the report that stands, which is the day its audit.json was written.
 */
#include "run/unchanged.h"

#include "core/fs.h"
#include "run/digest_text.h"
#include "run/exit.h"

#include <sys/stat.h>
#include <time.h>

/* Writes the digest of a run in which nothing changed into the standing report; digests may change
 * after publishing (run/manifest.c). What cannot be written is no failure: the report stands. */
static void write_digest(const struct hs_unchanged *u, struct hs_arena *a)
{
    const char *folder = u->publish->standing;
    struct hs_buf text = {0}, json = {0};
    struct stat st;
    struct tm utc;
    char since[32];
    if (!folder || u->request->anonymous || stat(hs_path_join(a, folder, "audit.json"), &st))
        return;
    strftime(since, sizeof since, "%Y-%m-%d", gmtime_r(&st.st_mtime, &utc));
    hs_digest_text_unchanged(u->last, u->job, u->gather->unfinished, u->gather->n_unfinished, since,
                             &text);
    hs_digest_json_unchanged(u->last, u->job, u->gather->n_unfinished, a, &json);
    (void)hs_fs_write(hs_path_join(a, folder, "digest.txt"), text.data, text.len, NULL);
    (void)hs_fs_write(hs_path_join(a, folder, "digest.json"), json.data, json.len, NULL);
    hs_buf_free(&text);
    hs_buf_free(&json);
}

int hs_unchanged_end(const struct hs_unchanged *u, struct hs_error *err)
{
    const struct hs_run *last = u->last;
    struct hs_arena arena = {0};
    int code = last->exit_code;
    if (u->request->fail_on_any != HS_NO_FAULT)
        for (size_t i = 0; i < last->n_tracks; i++)
            for (size_t k = 0; k < last->tracks[i].n_findings; k++)
                if (last->tracks[i].findings[k].severity >= (int)u->request->fail_on_any)
                    code = HS_EXIT_GATE;
    hs_log_info(u->request->log, "nothing has changed since the last run; the report stands: %s",
                u->publish->out);
    write_digest(u, &arena);
    if (u->request->json &&
        hs_digest_print_unchanged(last, u->job, u->gather->n_unfinished, &arena, err) != HS_OK)
        code = HS_EXIT_FAILED;
    hs_arena_free(&arena);
    return code;
}
