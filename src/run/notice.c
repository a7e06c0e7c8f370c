/* SPDX-License-Identifier: Apache-2.0 */
#include "run/notice.h"

#include "core/buf.h"
#include "core/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TURN_MS = 50, GRACE_MS = 2000, MOST_LOG_BYTES = 64 << 10 };

/* The running command; its output is read as it comes. */
struct notice {
    const struct hs_notice_order *order;
    pid_t pid;
    int out; /* -1: it has ended */
    struct hs_buf line;
    size_t n_said; /* bytes */
    int status;    /* of waitpid; valid once `ended` */
    int ended;
};

static void run_shell(const struct hs_notice_order *o, int out)
{
    struct hs_arena a = {0};
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
    closefrom(STDERR_FILENO + 1);
    setenv("HINDSIGHT_REPORT", o->report, 1);
    setenv("HINDSIGHT_DIGEST", hs_path_join(&a, o->report, "digest.txt"), 1);
    setenv("HINDSIGHT_DIGEST_JSON", hs_path_join(&a, o->report, "digest.json"), 1);
    execl("/bin/sh", "sh", "-c", o->command, (char *)NULL);
    _exit(127);
}

static enum hs_status start(struct notice *n, struct hs_error *err)
{
    int pipes[2];
    if (pipe2(pipes, O_CLOEXEC))
        return hs_fail_errno(err, HS_E_FAILED, "notify: cannot start the command");
    n->pid = fork();
    if (!n->pid)
        run_shell(n->order, pipes[1]);
    close(pipes[1]);
    if (n->pid < 0) {
        close(pipes[0]);
        return hs_fail_errno(err, HS_E_FAILED, "notify: cannot start the command");
    }
    setpgid(n->pid, n->pid); /* whichever of both comes first */
    fcntl(pipes[0], F_SETFL, O_NONBLOCK);
    n->out = pipes[0];
    return HS_OK;
}

static void say_line(struct notice *n)
{
    if (n->line.len && n->n_said < MOST_LOG_BYTES)
        hs_log_info(n->order->log, "notify: %s", n->line.data);
    n->n_said += n->line.len + 16;
    hs_buf_clear(&n->line);
}

static void read_output(struct notice *n)
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

/* One look at the command, of at most TURN_MS. */
static void take_turn(struct notice *n)
{
    struct pollfd fd = {.fd = n->out, .events = POLLIN};
    poll(&fd, n->out >= 0 ? 1 : 0, TURN_MS);
    if (n->out >= 0 && fd.revents)
        read_output(n);
    if (!n->ended && waitpid(n->pid, &n->status, WNOHANG) == n->pid)
        n->ended = 1;
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Ends the whole group, first politely. */
static void end_group(struct notice *n)
{
    double until_s = now_s() + GRACE_MS / 1e3;
    kill(-n->pid, SIGTERM);
    while ((!n->ended || n->out >= 0) && now_s() < until_s)
        take_turn(n);
    kill(-n->pid, SIGKILL);
    while (!n->ended && waitpid(n->pid, &n->status, 0) < 0 && errno == EINTR)
        continue;
}

static enum hs_status judge(const struct notice *n, struct hs_error *err)
{
    if (WIFSIGNALED(n->status))
        return hs_fail(err, HS_E_FAILED, "notify: the command was ended by signal %d (%s)",
                       WTERMSIG(n->status), strsignal(WTERMSIG(n->status)));
    if (WEXITSTATUS(n->status))
        return hs_fail(err, HS_E_FAILED, "notify: the command ended with %d",
                       WEXITSTATUS(n->status));
    return HS_OK;
}

enum hs_status hs_notice_run(const struct hs_notice_order *order, struct hs_error *err)
{
    struct notice n = {.order = order, .out = -1};
    double until_s = now_s() + order->limit_s;
    enum hs_status status = start(&n, err);
    if (status != HS_OK)
        return status;
    while ((!n.ended || n.out >= 0) && status == HS_OK) {
        take_turn(&n);
        if (order->stop && *order->stop)
            status = hs_fail(err, HS_E_INTERRUPTED, "interrupted; the command of notify was ended");
        else if ((!n.ended || n.out >= 0) && now_s() >= until_s)
            status = hs_fail(err, HS_E_LIMIT,
                             "notify: the command was ended after %g seconds (notify_limit)",
                             order->limit_s);
    }
    end_group(&n);
    say_line(&n);
    if (n.out >= 0)
        close(n.out);
    hs_buf_free(&n.line);
    return status == HS_OK ? judge(&n, err) : status;
}
