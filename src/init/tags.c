/* SPDX-License-Identifier: Apache-2.0 */
/* Headers and tags of all takes, read in the worker, because a damaged file may end the process
 * that reads it. */
#include "init/tags.h"

#include "core/alloc.h"
#include "core/text.h"
#include "init/task_probe.h"
#include "job/slug.h"
#include "pool/pool.h"
#include "pool/progress.h"

#include <stdlib.h>
#include <string.h>

/* A tag as text for people: well-formed, without blanks around it; NULL where empty. */
static const char *tag(struct hs_arena *a, const struct hs_tags *tags, const char *key)
{
    for (size_t i = 0; i < tags->n; i++) {
        if (strcmp(tags->items[i].key, key))
            continue;
        struct hs_buf b = {0};
        const char *v = tags->items[i].value;
        hs_utf8_put(&b, v + strspn(v, " \t\r\n"));
        while (b.len && strchr(" \t\r\n", b.data[b.len - 1]))
            b.data[--b.len] = '\0';
        const char *out = b.len ? hs_arena_strdup(a, b.data) : NULL;
        hs_buf_free(&b);
        return out;
    }
    return NULL;
}

/* "3/12" and "2004-05-01" by their first number. */
static int number(const char *text, int least, int most)
{
    int n = text ? atoi(text) : 0;
    return n >= least && n <= most ? n : 0;
}

/* What the tags say; numbers that make no sense are not said. */
static void take_tags(struct hs_arena *a, const struct hs_tags *found, struct hs_take *t)
{
    const struct hs_tags tags = *found;
    t->title = tag(a, &tags, "TITLE");
    t->album = tag(a, &tags, "ALBUM");
    t->album_artist = tag(a, &tags, "ALBUMARTIST");
    t->artist = tag(a, &tags, "ARTIST");
    t->isrc = tag(a, &tags, "ISRC");
    t->label = tag(a, &tags, "LABEL");
    t->catalogue_number = tag(a, &tags, "CATALOGNUMBER");
    t->barcode = tag(a, &tags, "BARCODE");
    t->genre = tag(a, &tags, "GENRE");
    t->version = tag(a, &tags, "VERSION");
    t->year = number(tag(a, &tags, "DATE"), 1800, 2999);
    int disc = number(tag(a, &tags, "DISCNUMBER"), 1, 99);
    int track = number(tag(a, &tags, "TRACKNUMBER"), 1, 999);
    t->disc = disc ? disc : t->disc;
    t->track = track ? track : t->track;
    t->tag_key = t->title ? hs_job_normal_title(a, t->title) : NULL;
}

/* The answer of the worker; a file that ended it keeps that as its reason. */
static void take_reply(struct hs_archive *in, const struct hs_task *task, struct hs_take *t)
{
    struct hs_arena *a = in->arena;
    struct hs_stream stream = {0};
    struct hs_tags tags = {0};
    struct hs_error err = {0};
    if (task->state == HS_TASK_POISON) {
        t->error = hs_arena_strdup(a, task->why);
        return;
    }
    if (hs_probe_take(task->reply.data, task->reply.len, a, &stream, &tags, &err) != HS_OK) {
        t->error = hs_arena_strdup(a, err.msg);
        return;
    }
    t->stream = stream;
    take_tags(a, &tags, t);
}

/* One task for each take. What names said of disc and number stands where tags say nothing. */
enum hs_status hs_init_tags(struct hs_archive *in, struct hs_error *err)
{
    struct hs_pool pool;
    struct hs_progress progress;
    struct hs_task *tasks = HS_NEW_ARRAY(struct hs_task, in->n_takes + 1);
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        t->disc = t->name.disc;
        t->track = t->name.track;
        tasks[i] = (struct hs_task){.kind = &hs_task_kind_probe, .name = t->path, .weight = 1};
        hs_probe_ask(&tasks[i].payload, t->path);
    }
    hs_pool_init(&pool, in->jobs, in->log);
    pool.stop = in->stop;
    pool.progress = &progress;
    enum hs_status status = HS_OK;
    if (in->n_takes) {
        hs_progress_start(&progress, in->log, "reading tags");
        status = hs_pool_run(&pool, tasks, in->n_takes, err);
        hs_progress_end(&progress);
    }
    for (size_t i = 0; i < in->n_takes; i++) {
        if (status == HS_OK)
            take_reply(in, &tasks[i], &in->takes[i]);
        hs_buf_free(&tasks[i].reply);
    }
    hs_tasks_free(tasks, in->n_takes);
    return status;
}
