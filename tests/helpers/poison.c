/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into the program under test: a decoder that crashes, hangs or eats memory on
 * files whose name says so, or is that of POISON_CRASH. With POISON_MEMORY there are 1 MiB
 * left from the first file on. It stands before libavformat's own function. With BALLAST_MIB in
 * the environment every program begins with that much memory in use. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libavformat/avformat.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static char *volatile ballast; /* volatile: compilers leave out what nobody reads */

__attribute__((constructor)) static void take_ballast(void)
{
    const char *mib = getenv("BALLAST_MIB");
    size_t bytes = mib ? (size_t)atoi(mib) << 20 : 0;
    if (bytes)
        memset(ballast = malloc(bytes), 1, bytes);
}

static void leave_little_memory(void)
{
    struct rlimit now;
    unsigned long pages = 0;
    if (!getrlimit(RLIMIT_AS, &now) && now.rlim_cur != RLIM_INFINITY)
        return;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%lu", &pages) != 1)
        abort();
    fclose(f);
    rlim_t most = pages * (rlim_t)sysconf(_SC_PAGESIZE) + (1 << 20);
    setrlimit(RLIMIT_AS, &(struct rlimit){most, most});
}

/* In large pages, where there are any: some machines take seconds for so many small ones. */
static void eat(size_t bytes)
{
    void *food = aligned_alloc(2 << 20, bytes);
    if (!food)
        abort();
    madvise(food, bytes, MADV_HUGEPAGE);
    memset(food, 1, bytes);
}

int avformat_open_input(AVFormatContext **c, const char *url, const AVInputFormat *format,
                        AVDictionary **options)
{
    int (*real)(AVFormatContext **, const char *, const AVInputFormat *, AVDictionary **);
    const char *crash = getenv("POISON_CRASH");
    if (getenv("POISON_MEMORY"))
        leave_little_memory();
    if (strstr(url, "crash") || (crash && strstr(url, crash)))
        raise(SIGSEGV);
    while (strstr(url, "hang"))
        sleep(1);
    while (strstr(url, "hungry")) {
        eat((size_t)256 << 20);
        usleep(1000);
    }
    *(void **)&real = dlsym(RTLD_NEXT, "avformat_open_input");
    return real(c, url, format, options);
}
