/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into the program under test: a decoder that crashes, hangs or eats memory on
 * files whose name says so. It stands before libavformat's own function. With BALLAST_MIB in
 * the environment every program begins with that much memory in use. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libavformat/avformat.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *volatile ballast; /* volatile: compilers leave out what nobody reads */

__attribute__((constructor)) static void take_ballast(void)
{
    const char *mib = getenv("BALLAST_MIB");
    size_t bytes = mib ? (size_t)atoi(mib) << 20 : 0;
    if (bytes)
        memset(ballast = malloc(bytes), 1, bytes);
}

int avformat_open_input(AVFormatContext **c, const char *url, const AVInputFormat *format,
                        AVDictionary **options)
{
    int (*real)(AVFormatContext **, const char *, const AVInputFormat *, AVDictionary **);
    if (strstr(url, "crash"))
        raise(SIGSEGV);
    while (strstr(url, "hang"))
        sleep(1);
    while (strstr(url, "hungry")) {
        memset(malloc(256 << 20), 1, 256 << 20);
        usleep(1000);
    }
    *(void **)&real = dlsym(RTLD_NEXT, "avformat_open_input");
    return real(c, url, format, options);
}
