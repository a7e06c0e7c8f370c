/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The worker is a plain fork of the supervisor, which has one thread and has never used
 *    OpenMP; in the child everything but the two pipes is closed. That saves loading FFmpeg's
 *    libraries once more (25 ms).
 * 2. A supervisor larger than 128 MiB starts the program anew instead, so that the worker does
 *    not carry its pages.
 * 3. Pipes do not block on this side: one poll writes what is due and reads what is there.
 * 4. Ending closes the input, or kills, waits, and tells in words how the worker ended.
 */
#include "pool/child.h"

#include "pool/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A supervisor larger than this is not forked: each of its pages that either process writes later
 * is copied. */
enum { LARGEST_TO_FORK = 128 << 20 };

/* Memory that a process holds, by /proc; 0 where that cannot be read. */
static size_t resident_bytes(pid_t pid)
{
    char path[64];
    size_t total, resident = 0;
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
    FILE *f = fopen(path, "re");
    if (!f)
        return 0;
    if (fscanf(f, "%zu %zu", &total, &resident) != 2)
        resident = 0;
    fclose(f);
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

/* The worker's own start takes 25 ms for loading libraries, most of them FFmpeg's, which
 * this process has behind it. It has one thread and has never used OpenMP; its buffers are
 * flushed, and everything it has open is closed in the child: the store, the lock. */
static int fork_worker(pid_t *pid, int jobs, int child_in, int child_out)
{
    fflush(NULL);
    *pid = fork();
    if (*pid)
        return *pid < 0 ? errno : 0;
    if (dup2(child_in, STDIN_FILENO) < 0 || dup2(child_out, STDOUT_FILENO) < 0)
        _exit(1);
    closefrom(STDERR_FILENO + 1);
    exit(hs_worker_main(jobs));
}

/* Starts this program anew as a worker. */
static int spawn(pid_t *pid, int jobs, int child_in, int child_out)
{
    char count[16];
    snprintf(count, sizeof count, "%d", jobs);
    char *argv[] = {(char[]){"hindsight"}, (char[]){"worker"}, count, NULL};
    posix_spawn_file_actions_t actions;
    int e = posix_spawn_file_actions_init(&actions);
    if (e)
        return e;
    e = posix_spawn_file_actions_adddup2(&actions, child_in, STDIN_FILENO);
    if (!e)
        e = posix_spawn_file_actions_adddup2(&actions, child_out, STDOUT_FILENO);
    if (!e)
        e = posix_spawn(pid, "/proc/self/exe", &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return e;
}

/* Forks, or starts anew where this process is large. */
enum hs_status hs_child_start(struct hs_child *c, int jobs, struct hs_error *err)
{
    int down[2] = {-1, -1}, up[2] = {-1, -1};
    *c = (struct hs_child){.in = -1, .out = -1};
    if (pipe2(down, O_CLOEXEC))
        return hs_fail_errno(err, HS_E_FAILED, "cannot start the worker");
    size_t own = resident_bytes(getpid());
    int e = pipe2(up, O_CLOEXEC)           ? errno
            : own && own < LARGEST_TO_FORK ? fork_worker(&c->pid, jobs, down[0], up[1])
                                           : spawn(&c->pid, jobs, down[0], up[1]);
    close(down[0]);
    if (up[1] >= 0)
        close(up[1]);
    if (e) {
        close(down[1]);
        if (up[0] >= 0)
            close(up[0]);
        *c = (struct hs_child){0};
        return hs_fail(err, HS_E_FAILED, "cannot start the worker: %s", strerror(e));
    }
    c->in = down[1];
    c->out = up[0];
    fcntl(c->in, F_SETFL, O_NONBLOCK);
    fcntl(c->out, F_SETFL, O_NONBLOCK);
    return HS_OK;
}

/* As much as the pipe takes. */
static void write_due(struct hs_child *c)
{
    ssize_t w = write(c->in, c->to.data, c->to.len);
    if (w > 0)
        hs_buf_consume(&c->to, (size_t)w);
    else if (w < 0 && errno == EPIPE)
        hs_buf_clear(&c->to); /* it is dying: its output will end next */
}

/* Reads what is there. False at the end of the pipe. */
static bool read_there(struct hs_child *c)
{
    char chunk[65536];
    for (;;) {
        ssize_t n = read(c->out, chunk, sizeof chunk);
        if (n > 0)
            hs_buf_put(&c->from, chunk, (size_t)n);
        else if (n < 0 && errno == EINTR)
            continue;
        else
            return n < 0 && errno == EAGAIN;
    }
}

/* Waits at most `timeout_ms`. False: the worker has ended. */
bool hs_child_exchange(struct hs_child *c, int timeout_ms)
{
    struct pollfd fds[2] = {{.fd = c->out, .events = POLLIN},
                            {.fd = c->to.len ? c->in : -1, .events = POLLOUT}};
    if (poll(fds, 2, timeout_ms) < 0)
        return errno == EINTR;
    if (fds[1].revents)
        write_due(c);
    return fds[0].revents ? read_there(c) : true;
}

size_t hs_child_resident_bytes(const struct hs_child *c)
{
    return resident_bytes(c->pid);
}

/* `how` is empty where there was no worker. */
void hs_child_end(struct hs_child *c, bool kill_it, char *how, size_t size)
{
    int status = 0;
    if (size)
        how[0] = '\0';
    if (!c->pid)
        return;
    if (kill_it)
        kill(c->pid, SIGKILL);
    close(c->in);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    close(c->out);
    if (WIFSIGNALED(status))
        snprintf(how, size, "signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        snprintf(how, size, "exit code %d", WEXITSTATUS(status));
    hs_buf_free(&c->to);
    hs_buf_free(&c->from);
    *c = (struct hs_child){0};
}
