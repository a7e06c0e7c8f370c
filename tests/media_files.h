/* SPDX-License-Identifier: Apache-2.0 */
/* Test material: a signal in every channel count, written as WAV by hand and converted
 * by the ffmpeg and sox programs; and reading it back whole. */
#ifndef HS_TESTS_MEDIA_FILES_H
#define HS_TESTS_MEDIA_FILES_H

#include "check.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "core/wire.h"
#include "media/library.h"
#include "media/reader.h"
#include "media/tags.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum wave { WAVE_16, WAVE_24, WAVE_FLOAT };

/* Bursts over a sweep, another level and pitch in every channel, and a little noise. */
static inline double signal_at(long i, int rate, int channel)
{
    double t = (double)i / rate;
    double burst = fmod(t + 0.07 * channel, 0.5) < 0.3 ? 1 : 0.15;
    double noise = (double)((unsigned long)(i + 77 * channel) * 2654435761u >> 7 & 4095) / 4096;
    double sweep = sin(2 * 3.14159265358979323846 * (500 + 90 * channel - 20 * t) * t);
    return burst * sweep * 0.6 / (1 + 0.3 * channel) + 0.01 * (noise - 0.5);
}

/* What a reader must deliver for it, bit for bit, after storing in a lossless format.
 */
static inline float stored_at(long i, int rate, int channel, enum wave wave)
{
    double x = signal_at(i, rate, channel);
    if (wave == WAVE_FLOAT)
        return (float)(x * 1.9); /* beyond full scale: nothing may clip it */
    double scale = wave == WAVE_24 ? 8388608 : 32768;
    return (float)(rint(x * scale) / scale);
}

static inline void put_low(struct hs_buf *b, long x, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++, x >>= 8)
        hs_buf_putc(b, (char)(x & 255));
}

/* WAVE_FORMAT_EXTENSIBLE with the usual speakers for 1, 2 and 6 channels. */
static inline void put_wave_header(struct hs_buf *b, enum wave wave, int rate, int n_channels,
                                   long n_frames)
{
    int bytes = wave == WAVE_16 ? 2 : wave == WAVE_24 ? 3 : 4;
    static const unsigned char guid[] = {0, 0, 0,    0, 0x10, 0,    0x80,
                                         0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};
    hs_buf_puts(b, "RIFF");
    put_low(b, 60 + n_frames * n_channels * bytes, 4);
    hs_buf_puts(b, "WAVEfmt ");
    put_low(b, 40, 4);
    put_low(b, 0xfffe, 2);
    put_low(b, n_channels, 2);
    put_low(b, rate, 4);
    put_low(b, (long)rate * n_channels * bytes, 4);
    put_low(b, n_channels * bytes, 2);
    put_low(b, bytes * 8, 2);
    put_low(b, 22, 2);
    put_low(b, bytes * 8, 2);
    put_low(b, n_channels == 1 ? 4 : n_channels == 2 ? 3 : 0x3f, 4);
    put_low(b, wave == WAVE_FLOAT ? 3 : 1, 2);
    hs_buf_put(b, guid, sizeof guid);
    hs_buf_puts(b, "data");
    put_low(b, n_frames * n_channels * bytes, 4);
}

static inline void put_wave(struct hs_buf *b, enum wave wave, int rate, int n_channels,
                            long n_frames)
{
    put_wave_header(b, wave, rate, n_channels, n_frames);
    for (long i = 0; i < n_frames; i++)
        for (int c = 0; c < n_channels; c++) {
            float x = stored_at(i, rate, c, wave);
            if (wave == WAVE_FLOAT)
                hs_buf_put(b, &x, sizeof x);
            else if (wave == WAVE_24)
                put_low(b, lrint((double)x * 8388608), 3);
            else
                put_low(b, lrint((double)x * 32768), 2);
        }
}

static inline void write_buf(const char *path, struct hs_buf *b)
{
    struct hs_error err = {0};
    if (!CHECK(hs_fs_write(path, b->data, b->len, &err) == HS_OK))
        fprintf(stderr, "%s\n", err.msg);
    hs_buf_free(b);
    *b = (struct hs_buf){0};
}

/* Runs a program; argv ends in NULL. */
static inline int run_program(const char *const *argv)
{
    extern char **environ;
    pid_t pid;
    int status = -1;
    if (posix_spawnp(&pid, argv[0], NULL, NULL, (char *const *)argv, environ))
        return -1;
    if (waitpid(pid, &status, 0) < 0)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ffmpeg -i IN ARGUMENTS... OUT, where `arguments` are divided by blanks; those that
 * begin with "sox" are for sox instead. */
static inline bool convert(const char *in, const char *arguments, const char *out)
{
    static const char *const head[] = {"ffmpeg", "-nostdin", "-v", "error", "-y", "-i"};
    const char *argv[48];
    char words[400];
    int n = 0;
    snprintf(words, sizeof words, "%s", arguments);
    bool sox = !strncmp(words, "sox", 3);
    for (size_t i = 0; !sox && i < sizeof head / sizeof *head; i++)
        argv[n++] = head[i];
    char *save, *word = strtok_r(words, " ", &save);
    if (sox) {
        argv[n++] = "sox";
        word = strtok_r(NULL, " ", &save);
    }
    argv[n++] = in;
    for (; word && n < 45; word = strtok_r(NULL, " ", &save))
        argv[n++] = word;
    argv[n++] = out;
    argv[n] = NULL;
    bool good = run_program(argv) == 0;
    if (!good)
        fprintf(stderr, "cannot make %s with \"%s\"\n", out, arguments);
    return CHECK(good);
}

struct sound {
    float *channel[HS_MAX_CHANNELS];
    size_t n_frames;
    struct hs_stream stream;
    char remark[200];
    struct hs_error err; /* what reading ended in */
};

/* Reads all that can be had, in blocks of `most`; memory is freed by free_sound. */
static inline bool read_sound(struct sound *s, const char *path, size_t most)
{
    struct hs_source source = {.path = path};
    struct hs_reader *r;
    const float *const *p;
    size_t n, cap = 0;
    *s = (struct sound){0};
    if (hs_reader_open(&r, &source, &s->err))
        return false;
    s->stream = *hs_reader_stream(r);
    s->stream.codec = s->stream.container = NULL; /* they live in the reader */
    while (!hs_reader_read(r, most, &p, &n, &s->err) && n) {
        if (s->n_frames + n > cap) {
            cap = (s->n_frames + n) * 2;
            for (int c = 0; c < s->stream.n_channels; c++)
                s->channel[c] = hs_realloc(s->channel[c], cap, sizeof(float));
        }
        for (int c = 0; c < s->stream.n_channels; c++)
            memcpy(s->channel[c] + s->n_frames, p[c], n * sizeof(float));
        s->n_frames += n;
    }
    if (hs_reader_remarks(r))
        snprintf(s->remark, sizeof s->remark, "%s", hs_reader_remarks(r));
    hs_reader_close(r);
    return true;
}

static inline void free_sound(struct sound *s)
{
    for (int c = 0; c < HS_MAX_CHANNELS; c++)
        hs_free(s->channel[c]);
    *s = (struct sound){0};
}

#endif
