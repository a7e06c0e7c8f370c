/* SPDX-License-Identifier: Apache-2.0 */
#include "shards/scripts.h"

#include "core/fs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

size_t hs_scripts_most_shards(void)
{
    char line[256];
    unsigned long n = 0;
    FILE *f = popen("scontrol show config 2>/dev/null", "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "MaxArraySize = %lu", &n) == 1) /* blanks match any number of them */
            break;
    if (f)
        pclose(f);
    return n;
}

/* A word that the shell takes as it is. */
static const char *quoted(struct hs_arena *a, const char *text)
{
    struct hs_buf b = {0};
    hs_buf_putc(&b, '\'');
    for (const char *p = text; *p; p++)
        hs_buf_puts(&b, *p == '\'' ? "'\\''" : (char[2]){*p, '\0'});
    hs_buf_putc(&b, '\'');
    const char *word = hs_arena_strdup(a, b.data);
    hs_buf_free(&b);
    return word;
}

/* Slurm sends TERM to the shell of the script two minutes before the limit: the worker finishes
 * what it has in hand, keeps its part and ends with 143; then the task goes back to the queue. */
static void put_task(struct hs_buf *out, const char *name, const char *command)
{
    hs_buf_printf(out,
                  "#!/bin/bash\n"
                  "#SBATCH --job-name=%s\n"
                  "#SBATCH --requeue\n"
                  "#SBATCH --open-mode=append\n"
                  "#SBATCH --signal=B:TERM@120\n"
                  "stopped() { kill -TERM $task; wait $task; code=$?\n"
                  "    [ $code = 143 ] && scontrol requeue \"$SLURM_JOB_ID\"; exit $code; }\n"
                  "trap stopped TERM\n"
                  "%s & task=$!\n"
                  "wait $task\n",
                  name, command);
}

static void put_submit(struct hs_buf *out, const struct hs_shard_plan *p, const char *run)
{
    hs_buf_printf(
        out,
        "#!/bin/bash\n"
        "# Submits the run: measuring as an array, merging and the first report when it has\n"
        "# ended, in whatever state. Again: submit.sh 17,203-205 for the shards that merge says\n"
        "# are missing. Options for all: SBATCH_OPTIONS; at once: THROTTLE; of a shard: CPUS, "
        "TIME.\n"
        "set -eu\n"
        "run=%s\n"
        "array=$(sbatch --parsable --array=\"${1:-0-%zu}%%${THROTTLE:-100}\" -c \"${CPUS:-4}\" \\\n"
        "    --time=\"${TIME:-04:00:00}\" -o \"$run/log/%%a.log\" ${SBATCH_OPTIONS:-} "
        "\"$run/shard.sbatch\")\n"
        "merge=$(sbatch --parsable --dependency=afterany:\"$array\" -c 2 -o \"$run/log/merge.log\" "
        "${SBATCH_OPTIONS:-} \\\n"
        "    --open-mode=append \"$run/merge.sbatch\")\n"
        "echo \"array $array, merge $merge\"\n",
        run, p->n - 1);
}

static void put_merge(struct hs_buf *out, const struct hs_shard_plan *p, const char *run,
                      const char *program, struct hs_arena *a)
{
    hs_buf_printf(out,
                  "#!/bin/bash\n"
                  "#SBATCH --job-name=hindsight-merge\n"
                  "%s merge %s && %s audit %s --store %s/store --no-clips\n",
                  program, run, program, quoted(a, p->job_path), run);
}

static enum hs_status put(const char *run, const char *name, struct hs_buf *text,
                          struct hs_arena *a, struct hs_error *err)
{
    const char *path = hs_path_join(a, run, name);
    enum hs_status status = hs_fs_write(path, text->data, text->len, err);
    if (status == HS_OK && chmod(path, 0755))
        status = hs_fail_errno(err, HS_E_IO, "%s", path);
    hs_buf_clear(text);
    return status;
}

enum hs_status hs_scripts_write(const char *run, const struct hs_shard_plan *p,
                                struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_buf text = {0};
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = '\0';
    const char *program = n > 0 ? quoted(&a, self) : "hindsight", *folder = quoted(&a, run);
    put_task(&text, "hindsight", hs_arena_printf(&a, "%s work %s", program, folder));
    enum hs_status status = put(run, "shard.sbatch", &text, &a, err);
    put_merge(&text, p, folder, program, &a);
    if (status == HS_OK)
        status = put(run, "merge.sbatch", &text, &a, err);
    put_submit(&text, p, folder);
    if (status == HS_OK)
        status = put(run, "submit.sh", &text, &a, err);
    hs_buf_free(&text);
    hs_arena_free(&a);
    return status;
}
