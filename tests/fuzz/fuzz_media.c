/* SPDX-License-Identifier: Apache-2.0 */
/* A media file of any bytes goes the way of every file of an audit: tags, decoding with
 * seeks, measuring. */
#include "core/arena.h"
#include "measure/measure.h"
#include "media/library.h"
#include "media/reader.h"
#include "media/tags.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Seconds of audio that one input may take; a header can promise hours of silence. */
static const double most_s = 6;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    hs_media_init();
    return 0;
}

static void measure(struct hs_reader *r, struct hs_arena *a)
{
    const struct hs_stream *stream = hs_reader_stream(r);
    struct hs_measuring *m = NULL;
    const float *const *planar;
    size_t n;
    double frames = 0;
    if (hs_measuring_start(&m, stream, HS_ALL_ANALYSERS, NULL, NULL))
        return;
    while (frames < most_s * stream->sample_rate_hz &&
           !hs_reader_read(r, 4096, &planar, &n, NULL) && n) {
        hs_measuring_block(m, planar, n);
        frames += (double)n;
    }
    struct hs_values values;
    hs_values_init(&values, a);
    hs_measuring_finish(m, &values);
    hs_measuring_free(m);
    int64_t places[] = {(int64_t)(frames / 2), 0, (int64_t)frames + 100};
    for (size_t i = 0; i < 3; i++)
        if (!hs_reader_seek(r, places[i], NULL))
            hs_reader_read(r, 100, &planar, &n, NULL);
    if (hs_reader_remarks(r) && !*hs_reader_remarks(r))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    int fd = memfd_create("media", 0);
    char path[64];
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_stream stream;
    struct hs_tags tags;
    struct hs_reader *r = NULL;
    if (fd < 0 || write(fd, data, n) != (ssize_t)n)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct hs_source source = {.path = path};
    hs_media_probe(path, &a, &stream, &tags, NULL);
    if (!hs_reader_open(&r, &source, &err))
        measure(r, &a);
    else if (r || !err.msg[0])
        abort(); /* refused without a word */
    hs_reader_close(r);
    hs_arena_free(&a);
    close(fd);
    return 0;
}
