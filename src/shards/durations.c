/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each file is looked at for its size and time; what is missing gets the usual length of a
 *    song.
 * 2. The worker reads the headers of all others, as it does for every foreign file. One that is
 *    silent, or that ends the worker, counts by its size.
 * 3. Of a track of a cue sheet only its part counts.
 */
#include "shards/durations.h"

#include "core/alloc.h"
#include "init/task_probe.h"
#include "pool/pool.h"
#include "pool/progress.h"

#include <math.h>

/* Of a file whose header is silent: as if it were of CD quality. */
static const double usual_bytes_per_s = 176400;
static const double cue_frames_per_s = 75;
/* Of a file that is not there yet. */
static const double usual_s = 240;

/* Seconds, as if of CD quality. */
static double by_size(const struct hs_entry *e)
{
    return (double)e->stamp.size / usual_bytes_per_s;
}

/* Of part of a file by a cue sheet: that part. */
static double of_part(const struct hs_source *s, double whole_s)
{
    double from_s = (double)s->from_75 / cue_frames_per_s;
    double to_s = s->to_75 ? (double)s->to_75 / cue_frames_per_s : whole_s;
    return to_s > from_s ? to_s - from_s : 0;
}

/* The answer of the worker; anything but a length counts by size. */
static void take(struct hs_entry *e, const struct hs_task *task)
{
    struct hs_arena a = {0};
    struct hs_stream stream = {0};
    struct hs_tags tags;
    double s = 0;
    if (task->state == HS_TASK_DONE &&
        hs_probe_take(task->reply.data, task->reply.len, &a, &stream, &tags, NULL) == HS_OK)
        s = stream.duration_s;
    e->audio_s = of_part(e->file.source, isfinite(s) && s > 0 ? s : by_size(e));
    hs_arena_free(&a);
}

/* Sets the audio of every entry in seconds, and marks those that are missing. */
enum hs_status hs_shard_durations(struct hs_entries *e, int jobs, const struct hs_log *log,
                                  const volatile sig_atomic_t *stop, struct hs_error *err)
{
    struct hs_pool pool;
    struct hs_progress progress;
    struct hs_task *tasks = HS_NEW_ARRAY(struct hs_task, e->n + 1);
    size_t *of = HS_NEW_ARRAY(size_t, e->n + 1), n = 0;
    for (size_t i = 0; i < e->n; i++) {
        const char *path = e->items[i].file.source->path;
        enum hs_status there = hs_entry_look(&e->items[i], NULL);
        if (there == HS_E_MISSING)
            e->items[i].file.state = HS_FILE_MISSING;
        if (there != HS_OK) {
            e->items[i].audio_s = usual_s;
            continue;
        }
        of[n] = i;
        tasks[n] = (struct hs_task){.kind = &hs_task_kind_probe, .name = path, .weight = 1};
        hs_probe_ask(&tasks[n++].payload, path);
    }
    hs_progress_start(&progress, log, "reading headers");
    hs_pool_init(&pool, jobs, log);
    pool.stop = stop;
    pool.progress = &progress;
    enum hs_status status = hs_pool_run(&pool, tasks, n, err);
    hs_progress_end(&progress);
    for (size_t i = 0; i < n && status == HS_OK; i++)
        take(&e->items[of[i]], &tasks[i]);
    hs_tasks_free(tasks, n);
    hs_free(of);
    return status;
}
