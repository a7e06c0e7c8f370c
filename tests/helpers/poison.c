/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into the program under test: a decoder that crashes, hangs or eats memory on
 * files whose name says so. It stands before libavformat's own function. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libavformat/avformat.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
