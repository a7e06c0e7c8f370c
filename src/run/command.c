/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs one command, or one function in a child process, within limits.
 * 1. Fork. The child leads a process group of its own, reads from /dev/null, and writes both
 *    outputs into one pipe; all other descriptors are closed. Memory, size of files and core dumps
 *    are limited.
 * 2. The parent reads the pipe every 50 ms at most and passes it on line by line. A line is split
 *    at 1000 bytes; output beyond 64 KiB in all is read but dropped.
 * 3. It waits until the child has ended and the pipe is closed, the time is over, or a stop is
 *    asked for. What the child leaves behind may hold the pipe: it is waited for some seconds.
 * 4. Then the whole group gets SIGTERM, up to 2 s to end, and SIGKILL, also after success, so that
 *    no grandchild stays; what has left the group is found by its mark (run/strays.h).
 */
#include "run/command.h"

#include "run/strays.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TURN_MS = 50, GRACE_MS = 2000, MOST_LOG_BYTES = 64 << 10 };

/* The running command; its output is read as it comes. */
struct running {
    const struct hs_command *order;
    struct hs_buf *said; /* NULL: the log has it */
    pid_t pid;
    char mark[HS_STRAYS_MARK];
    int out;  /* -1: it has ended */
    int fate; /* where the child writes why the command cannot be started: an errno */
    struct hs_buf line;
    size_t n_said; /* bytes */
    int status;    /* of waitpid; valid once `ended` */
    int ended;
    double ended_s; /* when it was seen to have ended */
};

/* Sets a limit for the child; 0 and infinity mean no limit. */
static void limit(int what, double most)
{
    struct rlimit r = {.rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most};
    if (most > 0 && most < 1e18)
        setrlimit(what, &r);
}

/* Closes all but the standard ones and `fd`, which is moved; where it is now. It is not passed on.
 */
static int keep_alone(int fd)
{
    const int moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    for (int other = STDERR_FILENO + 1; other < moved; other++)
        close(other);
    closefrom(moved < 0 ? STDERR_FILENO + 1 : moved + 1);
    return moved;
}

/* In the child: a group of its own, signals as usual, no input, both outputs into the pipe,
 * nothing else open, limits; then the command. Never returns. */
static void run_child(const struct hs_command *c, const char *mark, int out, int fate)
{
    sigset_t none;
    setpgid(0, 0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    int in = open("/dev/null", O_RDONLY);
    if (in < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(out, STDERR_FILENO) < 0)
        _exit(127);
    fate = keep_alone(fate);
    limit(RLIMIT_AS, c->memory_bytes);
    limit(RLIMIT_FSIZE, c->file_bytes);
    limit(RLIMIT_CORE, 0.5); /* none */
    if (c->work)
        _exit(c->work(c->ctx));
    setenv(HS_STRAYS_VARIABLE, mark, 1);
    for (size_t i = 0; c->env && c->env[i][0]; i++)
        setenv(c->env[i][0], c->env[i][1], 1);
    execvp(c->argv[0], (char *const *)(uintptr_t)c->argv);
    const int why = errno;
    if (write(fate, &why, sizeof why) != sizeof why)
        dprintf(STDERR_FILENO, "%s: %s\n", c->argv[0], strerror(why));
    _exit(127);
}

/* Forks the child and keeps the reading end of its pipe, which does not block. */
static enum hs_status start(struct running *n, struct hs_error *err)
{
    int pipes[2], fate[2];
    if (pipe2(pipes, O_CLOEXEC))
        return hs_fail_errno(err, HS_E_FAILED, "%s: cannot start the command", n->order->name);
    if (pipe2(fate, O_CLOEXEC)) {
        hs_fail_errno(err, HS_E_FAILED, "%s: cannot start the command", n->order->name);
        close(pipes[0]);
        close(pipes[1]);
        return HS_E_FAILED;
    }
    hs_strays_mark(n->mark);
    n->pid = fork();
    if (!n->pid)
        run_child(n->order, n->mark, pipes[1], fate[1]);
    close(pipes[1]);
    close(fate[1]);
    if (n->pid < 0) {
        close(pipes[0]);
        close(fate[0]);
        return hs_fail_errno(err, HS_E_FAILED, "%s: cannot start the command", n->order->name);
    }
    setpgid(n->pid, n->pid); /* whichever of both comes first */
    fcntl(pipes[0], F_SETFL, O_NONBLOCK);
    fcntl(fate[0], F_SETFL, O_NONBLOCK);
    n->out = pipes[0];
    n->fate = fate[0];
    return HS_OK;
}

/* Hands on one line, and drops it once 64 KiB have been said. Each line counts 16 bytes more, for
 * its frame in the log. */
static void say_line(struct running *n)
{
    if (n->line.len && n->n_said < MOST_LOG_BYTES) {
        if (n->said)
            hs_buf_printf(n->said, "%s\n", (const char *)n->line.data);
        else
            hs_log_info(n->order->log, "%s: %s", n->order->name, n->line.data);
    }
    n->n_said += n->line.len + 16;
    hs_buf_clear(&n->line);
}

/* Reads what is there and says it line by line; at the end of the output the pipe is closed. */
static void read_output(struct running *n)
{
    char chunk[4096];
    ssize_t got;
    while ((got = read(n->out, chunk, sizeof chunk)) > 0)
        for (ssize_t i = 0; i < got; i++) {
            if (chunk[i] == '\n' || n->line.len >= 1000)
                say_line(n);
            if (chunk[i] != '\n' && chunk[i])
                hs_buf_putc(&n->line, chunk[i]);
        }
    if (!got || (errno != EAGAIN && errno != EINTR)) {
        close(n->out);
        n->out = -1;
    }
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* One look at the command, of at most TURN_MS. */
static void take_turn(struct running *n)
{
    struct pollfd fd = {.fd = n->out, .events = POLLIN};
    poll(&fd, n->out >= 0 ? 1 : 0, TURN_MS);
    if (n->out >= 0 && fd.revents)
        read_output(n);
    if (!n->ended && waitpid(n->pid, &n->status, WNOHANG) == n->pid) {
        n->ended = 1;
        n->ended_s = now_s();
    }
}

/* The child runs, or what it left behind may still have something to say. */
static bool goes_on(const struct running *n)
{
    const double linger_s = 3;
    return !n->ended || (n->out >= 0 && now_s() < n->ended_s + linger_s);
}

/* Ends the whole group, first politely, and what has left it. */
static void end_group(struct running *n)
{
    double until_s = now_s() + GRACE_MS / 1e3;
    kill(-n->pid, SIGTERM);
    while ((!n->ended || n->out >= 0) && now_s() < until_s)
        take_turn(n);
    kill(-n->pid, SIGKILL);
    while (!n->ended && waitpid(n->pid, &n->status, 0) < 0 && errno == EINTR)
        continue;
    if (n->order->argv)
        hs_strays_end(n->mark);
}

/* A signal or an exit code other than 0 is a failure. */
static enum hs_status judge(const struct running *n, struct hs_error *err)
{
    if (WIFSIGNALED(n->status))
        return hs_fail(err, HS_E_FAILED, "%s: the command was ended by signal %d (%s)",
                       n->order->name, WTERMSIG(n->status), strsignal(WTERMSIG(n->status)));
    int why;
    if (read(n->fate, &why, sizeof why) == sizeof why)
        return hs_fail(err, HS_E_FAILED, "%s: the command %s cannot be started: %s", n->order->name,
                       n->order->argv[0], strerror(why));
    if (WEXITSTATUS(n->status))
        return hs_fail(err, HS_E_FAILED, "%s: the command ended with %d", n->order->name,
                       WEXITSTATUS(n->status));
    return HS_OK;
}

/* Runs until the child has ended and its pipe is closed, or is held by what it left behind. */
enum hs_status hs_command_run(const struct hs_command *order, struct hs_buf *said,
                              struct hs_error *err)
{
    struct running n = {.order = order, .said = said, .out = -1};
    double until_s = now_s() + order->limit_s;
    enum hs_status status = start(&n, err);
    if (status != HS_OK)
        return status;
    while (goes_on(&n) && status == HS_OK) {
        take_turn(&n);
        if (order->stop && *order->stop)
            status = hs_fail(err, HS_E_INTERRUPTED, "interrupted; the command of %s was ended",
                             order->name);
        else if (!n.ended && now_s() >= until_s)
            status = hs_fail(err, HS_E_LIMIT, "%s: the command was ended after %g seconds (%s)",
                             order->name, order->limit_s, order->limit_name);
    }
    end_group(&n);
    say_line(&n);
    if (n.out >= 0)
        close(n.out);
    hs_buf_free(&n.line);
    if (status == HS_OK)
        status = judge(&n, err);
    close(n.fate);
    return status;
}
