/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight answer JOB FILE`: answers given in a report, written into the job file. */
#include "cli/options.h"
#include "cli/print.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "job/edit.h"
#include "judge/rule.h"
#include "run/exit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

/* Messages of the parser, one a line, each as a log entry of its own. */
static void say_lines(const struct hs_log *log, char *lines)
{
    for (char *line = lines, *end; line && *line; line = end + 1) {
        end = strchr(line, '\n');
        if (!end)
            break;
        *end = '\0';
        hs_log_error(log, "%s", line);
    }
}

/* Through symbolic links: what they point to is replaced, not they. */
static enum hs_status write_job(const char *path, const struct hs_buf *text, struct hs_error *err)
{
    char *real = realpath(path, NULL);
    enum hs_status s = hs_fs_write(real ? real : path, text->data, text->len, err);
    free(real);
    return s;
}

/* Both files are read whole; the job is written only where something is added and it is no dry
 * run. */
static enum hs_status merge(const struct hs_options *o, struct hs_buf *diff,
                            struct hs_edit_count *count, struct hs_buf *messages,
                            struct hs_error *err)
{
    struct hs_buf job = {0}, answers = {0}, out = {0};
    size_t n = hs_rule_count();
    const char **rules = HS_NEW_ARRAY(const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        rules[i] = hs_rule_at(i)->id;
    /* files that cannot be read are the user's mistake */
    enum hs_status s = hs_fs_read(o->operands[0], MOST_BYTES, &job, err);
    s = s ? s : hs_fs_read(o->operands[1], MOST_BYTES, &answers, err);
    if (s)
        s = err->status = HS_E_USAGE;
    else
        s = hs_job_edit(o->operands[0], &job, o->operands[1], &answers, rules, n, &out, diff, count,
                        messages, err);
    if (!s && count->added && !o->dry_run)
        s = write_job(o->operands[0], &out, err);
    hs_free(rules);
    hs_buf_free(&job);
    hs_buf_free(&answers);
    hs_buf_free(&out);
    return s;
}

/* With --dry-run the differences are printed and nothing is written. */
int hs_cmd_answer(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_buf diff = {0}, messages = {0};
    struct hs_edit_count count = {0};
    struct hs_error err = {0};
    enum hs_status s = merge(o, &diff, &count, &messages, &err);
    int code = s == HS_OK ? HS_EXIT_OK : s == HS_E_USAGE ? HS_EXIT_USAGE : HS_EXIT_FAILED;
    say_lines(log, messages.data);
    if (!s && count.contradictions)
        hs_log_warn(log, "%s: %zu finding%s both heard and not heard; the last answer is taken",
                    o->operands[1], count.contradictions,
                    count.contradictions == 1 ? " is" : "s are");
    if (s)
        hs_log_error(log, "%s", err.msg);
    else
        hs_log_info(log,
                    "%zu answer%s %s, %zu there already, %zu of tracks that are not in the job",
                    count.added, count.added == 1 ? "" : "s",
                    o->dry_run ? "would be written" : "written", count.there, count.unknown);
    if (!s && !hs_cli_print(&diff, log))
        code = HS_EXIT_FAILED;
    hs_buf_free(&diff);
    hs_buf_free(&messages);
    return code;
}
