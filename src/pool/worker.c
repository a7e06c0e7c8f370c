/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worker: OpenMP threads take tasks from standard input, one whole frame at a time
 * under a lock, and write results to standard output under another. What a hostile file
 * does to this process ends here; the supervisor starts the next one.
 */
#include "pool/frame.h"

#include "core/alloc.h"

#include <errno.h>
#include <malloc.h>
#include <omp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static bool read_exactly(void *p, size_t n)
{
    char *at = p;
    while (n) {
        ssize_t r = read(STDIN_FILENO, at, n);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return false;
        at += r;
        n -= (size_t)r;
    }
    return true;
}

static void write_exactly(const void *p, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t w = write(STDOUT_FILENO, (const char *)p + done, n - done);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            _exit(1); /* the supervisor is gone: nobody wants the result */
        done += (size_t)w;
    }
}

/* One frame from standard input into `in`; false at the end of the work. */
static bool next_task(struct hs_buf *in)
{
    uint32_t header[3];
    if (!read_exactly(header, sizeof header) || header[0] > HS_FRAME_MOST)
        return false;
    char *payload = hs_malloc(header[0] ? header[0] : 1);
    bool whole = read_exactly(payload, header[0]);
    hs_buf_clear(in);
    hs_frame_put(in, (enum hs_frame_kind)header[1], header[2], payload, header[0]);
    hs_free(payload);
    return whole;
}

static void send_frame(enum hs_frame_kind kind, uint32_t task, const struct hs_buf *payload)
{
    struct hs_buf head = {0};
    hs_frame_put_head(&head, kind, task, payload->len);
#pragma omp critical(hs_worker_out)
    {
        write_exactly(head.data, head.len);
        write_exactly(payload->data, payload->len);
    }
    hs_buf_free(&head);
}

struct alive_state {
    uint32_t task;
    struct timespec last;
    double audio_s, told_s; /* worked off, and what was sent of it */
};

static void send_alive(struct alive_state *s)
{
    struct hs_buf b = {0};
    hs_buf_put(&b, &s->audio_s, sizeof s->audio_s);
    send_frame(HS_FRAME_ALIVE, s->task, &b);
    hs_buf_free(&b);
    s->told_s = s->audio_s;
}

/* At most about two messages a second and task. */
static void tell_alive(void *ctx, double audio_s)
{
    struct alive_state *s = ctx;
    s->audio_s = audio_s;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double since =
        (double)(now.tv_sec - s->last.tv_sec) + 1e-9 * (double)(now.tv_nsec - s->last.tv_nsec);
    if (since < 0.5)
        return;
    s->last = now;
    send_alive(s);
}

static void work_off(const struct hs_buf *in, struct hs_buf *reply)
{
    static void (*const run[])(const void *, size_t, const struct hs_alive *, struct hs_buf *) = {
        [HS_FRAME_HASH] = hs_task_hash,   [HS_FRAME_MEASURE] = hs_task_measure,
        [HS_FRAME_PAIR] = hs_task_pair,   [HS_FRAME_CLIP] = hs_task_clip,
        [HS_FRAME_PROBE] = hs_task_probe,
    };
    enum hs_frame_kind kind;
    uint32_t task;
    const void *payload;
    size_t n, bytes;
    bool bad = false;
    if (!hs_frame_peek(in, &kind, &task, &payload, &n, &bytes, &bad) ||
        (size_t)kind >= sizeof run / sizeof *run)
        _exit(1); /* not our supervisor's language */
    struct alive_state state = {.task = task};
    struct hs_alive alive = {tell_alive, &state};
    hs_buf_clear(reply);
    run[kind](payload, n, &alive, reply);
    if (state.audio_s > state.told_s)
        send_alive(&state);
    send_frame(HS_FRAME_DONE, task, reply);
}

/* libav takes and gives back a packet of a few kilobytes for every few milliseconds of
 * music, and each file some large arrays: small pieces are joined at once instead of all
 * together now and then, and what one file gave back serves the next. */
static void settle_heap(void)
{
    mallopt(M_MXFAST, 0);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

int hs_worker_main(int jobs)
{
    settle_heap();
    /* Ctrl-C reaches the whole group: the supervisor decides what becomes of us. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#pragma omp parallel num_threads(jobs)
    {
        struct hs_buf in = {0}, reply = {0};
        for (bool more = true; more;) {
#pragma omp critical(hs_worker_in)
            more = next_task(&in);
            if (more)
                work_off(&in, &reply);
        }
        hs_buf_free(&in);
        hs_buf_free(&reply);
    }
    return 0;
}
