/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scripts are text with the paths of this run filled in, quoted for the shell.
 *
 * 1. Arrays (shards, clips): the worker runs in the background of the script, which passes TERM
 *    on, and puts itself back into the queue where the worker ended by it (143).
 * 2. Single steps (merge with a first report, last report): the exit codes 3 and 4 of an audit
 *    are successes for Slurm, since a report is there.
 * 3. submit.sh chains them: merging follows the array in any state (afterany), clips only a merge
 *    without missing shards (afterok), the report both.
 */
#include "shards/scripts.h"

#include "core/fs.h"
#include "shards/clips.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What this site's Slurm allows; 0 where there is none. */
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

/* The script that submits all four steps, each behind the one before. */
static void put_submit(struct hs_buf *out, const struct hs_shard_plan *p, const char *run)
{
    hs_buf_printf(
        out,
        "#!/bin/bash\n"
        "# Submits the run: measuring as an array; merging and a first report without clips when\n"
        "# it has ended, in whatever state; then, where nothing is missing, the clips as an "
        "array,\n"
        "# and the report. Again: submit.sh 17,203-205 for the shards that merge says are "
        "missing.\n"
        "# Options for all: SBATCH_OPTIONS; at once: THROTTLE; of a shard: CPUS, TIME.\n"
        "set -eu\n"
        "run=%s\n"
        "submit() { sbatch --parsable ${SBATCH_OPTIONS:-} --open-mode=append \"$@\"; }\n"
        "cpus=(-c \"${CPUS:-4}\" --time=\"${TIME:-04:00:00}\")\n"
        "array=$(submit --array=\"${1:-0-%zu}%%${THROTTLE:-100}\" \"${cpus[@]}\" -o "
        "\"$run/log/%%a.log\" \"$run/shard.sbatch\")\n"
        "merge=$(submit --dependency=afterany:\"$array\" -c 2 -o \"$run/log/merge.log\" "
        "\"$run/merge.sbatch\")\n"
        "clips=$(submit --dependency=afterok:\"$merge\" --kill-on-invalid-dep=yes "
        "--array=\"0-%zu%%${THROTTLE:-100}\" \\\n"
        "    \"${cpus[@]}\" -o \"$run/log/clips.%%a.log\" \"$run/clips.sbatch\")\n"
        "report=$(submit --dependency=afterok:\"$merge\",afterany:\"$clips\" "
        "--kill-on-invalid-dep=yes -c 2 \\\n"
        "    -o \"$run/log/report.log\" \"$run/report.sbatch\")\n"
        "echo \"array $array, merge $merge, clips $clips, report $report\"\n",
        run, p->n - 1, hs_shard_clips_share(p->n) - 1);
}

/* What one machine does between the arrays. An audit that ends with 3 or 4 has written its report;
 * what it says stands in the log. */
static void put_step(struct hs_buf *out, const char *name, const char *commands)
{
    hs_buf_printf(out,
                  "#!/bin/bash\n"
                  "#SBATCH --job-name=hindsight-%s\n"
                  "%s\n"
                  "code=$?; case $code in 3 | 4) exit 0 ;; *) exit $code ;; esac\n",
                  name, commands);
}

/* A script that may be run; the buffer is emptied for the next one. */
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

/* The path of this program is written into the scripts, so that all nodes run the same one. */
enum hs_status hs_scripts_write(const char *run, const struct hs_shard_plan *p, bool shared,
                                struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_buf text = {0};
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = '\0';
    const char *program = n > 0 ? quoted(&a, self) : "hindsight", *folder = quoted(&a, run);
    const char *job = quoted(&a, p->job_path), *more = shared ? " --shared-state" : "";
    put_task(&text, "hindsight", hs_arena_printf(&a, "%s work %s%s", program, folder, more));
    enum hs_status status = put(run, "shard.sbatch", &text, &a, err);
    put_step(&text, "merge",
             hs_arena_printf(&a,
                             "%s merge %s%s || exit\n"
                             "%s audit %s -o %s/judged --store %s/store --no-clips%s",
                             program, folder, more, program, job, folder, folder, more));
    if (status == HS_OK)
        status = put(run, "merge.sbatch", &text, &a, err);
    put_task(&text, "hindsight-clips",
             hs_arena_printf(&a, "%s work %s --clips%s", program, folder, more));
    if (status == HS_OK)
        status = put(run, "clips.sbatch", &text, &a, err);
    put_step(&text, "report",
             hs_arena_printf(&a, "%s audit %s --store %s/store%s", program, job, folder, more));
    if (status == HS_OK)
        status = put(run, "report.sbatch", &text, &a, err);
    put_submit(&text, p, folder);
    if (status == HS_OK)
        status = put(run, "submit.sh", &text, &a, err);
    hs_buf_free(&text);
    hs_arena_free(&a);
    return status;
}
