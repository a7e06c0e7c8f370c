/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. OpenMP threads take tasks from standard input, one whole frame at a time under a lock.
 * 2. A thread runs the task of its kind and reports at most twice a second how far it has come.
 * 3. The answer is written to standard output as one frame, under another lock.
 * A crash or a leak that a hostile file causes ends this process only; the supervisor starts
 * another. The worker ends with its input, with its parent, or on bytes that are no frame.
 */
#include "pool/worker.h"

#include "core/alloc.h"
#include "pool/frame.h"
#include "pool/task_kind.h"

#include <errno.h>
#include <malloc.h>
#include <omp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

/* All n bytes, or false at the end of the pipe. */
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

/* All of it, or the process ends. */
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
    hs_frame_put(in, header[1], header[2], payload, header[0]);
    hs_free(payload);
    return whole;
}

/* One thread at a time reads a task, one writes a frame. Mutexes, since threads that wait for a
 * critical section of libgomp spin: a third of the time of many short tasks. */
struct turns {
    pthread_mutex_t in, out;
};

/* Whole, whatever the other threads write. */
static void send_frame(struct turns *turns, enum hs_frame_kind kind, uint32_t task,
                       const struct hs_buf *payload)
{
    struct hs_buf head = {0};
    hs_frame_put_head(&head, kind, task, payload->len);
    pthread_mutex_lock(&turns->out);
    write_exactly(head.data, head.len);
    write_exactly(payload->data, payload->len);
    pthread_mutex_unlock(&turns->out);
    hs_buf_free(&head);
}

/* How far a task has come, and what of it has been reported. */
struct life {
    struct turns *turns;
    uint32_t task;
    struct timespec last;
    double now[2], told[2]; /* moved, seconds of audio */
};

/* How far the task has come. */
static void send_life(struct life *l)
{
    struct hs_buf b = {0};
    hs_buf_put(&b, l->now, sizeof l->now);
    send_frame(l->turns, HS_FRAME_ALIVE, l->task, &b);
    hs_buf_free(&b);
    memcpy(l->told, l->now, sizeof l->told);
}

/* At most about two messages a second and task. */
static void tell(void *ctx, double moved, double audio_s)
{
    struct life *l = ctx;
    struct timespec now;
    l->now[0] += moved;
    l->now[1] += audio_s;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double since =
        (double)(now.tv_sec - l->last.tv_sec) + 1e-9 * (double)(now.tv_nsec - l->last.tv_nsec);
    if (since < 0.5)
        return;
    l->last = now;
    send_life(l);
}

/* Runs the task of a frame and sends its answer. */
static void work_off(struct turns *turns, const struct hs_buf *in, struct hs_buf *reply)
{
    struct hs_frame f;
    bool bad = false;
    if (!hs_frame_peek(in, &f, &bad) || f.kind < HS_FRAME_TASK)
        _exit(1); /* not our supervisor's language */
    struct life life = {.turns = turns, .task = f.task};
    struct hs_alive alive = {tell, &life};
    hs_buf_clear(reply);
    hs_task_kinds[f.kind - HS_FRAME_TASK]->run(f.payload, f.n, &alive, reply);
    if (life.now[1] > life.told[1])
        send_life(&life);
    send_frame(turns, HS_FRAME_DONE, f.task, reply);
}

/* Tunes malloc: libav allocates and frees a packet of a few kilobytes for every few milliseconds of
 * music, and each file needs some large arrays, a pair some 100 MB of them. Without fast bins freed
 * pieces are joined at once, and higher thresholds keep freed memory in the process for the next
 * file. */
static void settle_heap(void)
{
    mallopt(M_MXFAST, 0);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
}

/* Ends with its input. */
int hs_worker_main(int jobs)
{
    struct turns turns = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
    settle_heap();
    /* Ctrl-C reaches the whole group: the supervisor decides what becomes of us. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#pragma omp parallel num_threads(jobs)
    {
        struct hs_buf in = {0}, reply = {0};
        for (bool more = true; more;) {
            pthread_mutex_lock(&turns.in);
            more = next_task(&in);
            pthread_mutex_unlock(&turns.in);
            if (more)
                work_off(&turns, &in, &reply);
        }
        hs_buf_free(&in);
        hs_buf_free(&reply);
    }
    return 0;
}
