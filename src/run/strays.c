/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The environment of every process in /proc is searched for the mark, and those that have it are
 * killed; rounds are repeated until one finds none, since a process may fork meanwhile. A zombie
 * has no environment any more, so it is not found again.
 */
#include "run/strays.h"

#include "core/buf.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ROUNDS = 20, MOST_ENVIRONMENT = 1 << 20 };

void hs_strays_mark(char mark[HS_STRAYS_MARK])
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    snprintf(mark, HS_STRAYS_MARK, "%ld.%lld.%ld", (long)getpid(), (long long)t.tv_sec, t.tv_nsec);
}

/* The environment of a process, its variables ended by zeros; nothing where it cannot be read. */
static void read_environment(const char *pid, struct hs_buf *out)
{
    char path[64], part[4096];
    hs_buf_clear(out);
    snprintf(path, sizeof path, "/proc/%.20s/environ", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    ssize_t got;
    while (out->len < MOST_ENVIRONMENT && (got = read(fd, part, sizeof part)) > 0)
        hs_buf_put(out, part, (size_t)got);
    close(fd);
}

/* Whether NAME=VALUE is one of the variables, whole. */
static bool has(const struct hs_buf *environment, const char *variable)
{
    size_t n = strlen(variable) + 1; /* with its zero */
    const char *at = (const char *)environment->data, *end = at + environment->len;
    while (at < end) {
        const char *next = memchr(at, '\0', (size_t)(end - at));
        size_t len = next ? (size_t)(next - at) + 1 : (size_t)(end - at);
        if (len == n && !memcmp(at, variable, n))
            return true;
        at += len;
    }
    return false;
}

/* One round; how many were found. */
static int end_round(const char *variable, struct hs_buf *environment)
{
    int found = 0;
    DIR *all = opendir("/proc");
    for (const struct dirent *e; all && (e = readdir(all));) {
        if (!isdigit((unsigned char)e->d_name[0]))
            continue;
        read_environment(e->d_name, environment);
        if (environment->len && has(environment, variable)) {
            kill((pid_t)strtol(e->d_name, NULL, 10), SIGKILL);
            found++;
        }
    }
    if (all)
        closedir(all);
    return found;
}

void hs_strays_end(const char *mark)
{
    /* time for a process that is being killed to disappear */
    static const struct timespec a_moment = {.tv_nsec = 5000000};
    char variable[sizeof HS_STRAYS_VARIABLE + HS_STRAYS_MARK];
    struct hs_buf environment = {0};
    snprintf(variable, sizeof variable, HS_STRAYS_VARIABLE "=%s", mark);
    for (int i = 0; i < MOST_ROUNDS && end_round(variable, &environment); i++)
        nanosleep(&a_moment, NULL);
    hs_buf_free(&environment);
}
