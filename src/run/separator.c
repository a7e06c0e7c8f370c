/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A private folder is made (mode 0700). The file is decoded into a WAV of 32-bit floats there,
 *    in a process of its own, so that a decoder that crashes does no harm.
 * 2. {in}, {out} and {name} are filled into the words of the command. It runs without a shell,
 *    within its limits of time and memory; no file may be larger than four times the WAV and 64
 *    MB.
 * 3. For each output the first regular file that its pattern finds is taken, with its stamp.
 * 4. The key of a result is a hash of the words of the command, the outputs and what the command
 *    says of its version.
 * 5. The folder is removed, or moved to where the job keeps it.
 */
#include "run/separator.h"

#include "core/fs.h"
#include "core/wire.h"
#include "media/reader.h"
#include "run/command.h"

#include <errno.h>
#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

static const double version_s = 60, write_s = 600;
/* No file that it makes may be larger than so many of the WAV. */
static const double file_share = 4, file_least = 64e6;

/* The word with what stands for files in it. */
static const char *fill_in(struct hs_arena *a, const char *word, const char *in, const char *out,
                           const char *name)
{
    const struct {
        const char *key, *value;
    } all[] = {{"{in}", in}, {"{out}", out}, {"{name}", name}};
    struct hs_buf b = {0};
    while (*word) {
        size_t i = 0;
        while (i < 3 && strncmp(word, all[i].key, strlen(all[i].key)))
            i++;
        if (i < 3) {
            hs_buf_puts(&b, all[i].value);
            word += strlen(all[i].key);
        } else {
            hs_buf_putc(&b, *word++);
        }
    }
    const char *text = hs_arena_strndup(a, b.len ? b.data : "", b.len);
    hs_buf_free(&b);
    return text;
}

/* All words of a command, filled in. */
static const char *const *fill_in_all(struct hs_arena *a, const char *const *words, const char *in,
                                      const char *out, const char *name)
{
    size_t n = 0;
    while (words[n])
        n++;
    const char **filled = HS_ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        filled[i] = fill_in(a, words[i], in, out, name);
    return filled;
}

/* Asks the command for its version, once. A version that cannot be found out is no failure. */
enum hs_status hs_separator_start(struct hs_separator *s, struct hs_arena *a, struct hs_error *err)
{
    struct hs_buf said = {0};
    struct hs_error failed = {0};
    s->version = "";
    if (!s->what->version)
        return HS_OK;
    const struct hs_command c = {.name = "separate",
                                 .limit_name = "version",
                                 .argv = s->what->version,
                                 .limit_s = version_s,
                                 .log = s->log,
                                 .stop = s->stop};
    enum hs_status status = hs_command_run(&c, &said, &failed);
    if (status == HS_OK)
        s->version = hs_arena_strndup(a, said.len ? said.data : "", said.len);
    hs_buf_free(&said);
    if (status == HS_E_INTERRUPTED)
        return hs_fail(err, status, "%s", failed.msg);
    if (status != HS_OK)
        hs_log_warn(s->log, "%s: its version is not known", failed.msg);
    return HS_OK;
}

/* "demucs 4.0.1", "spleeter (0.7)", or the program alone where it says nothing. */
const char *hs_separator_words(const struct hs_separator *s, struct hs_arena *a)
{
    enum { MOST = 60 };
    const char *program = hs_path_base(s->what->command[0]);
    const char *version = s->version + strspn(s->version, " \t\r\n");
    const size_t line = strcspn(version, "\r\n");
    const int n = (int)(line < MOST ? line : MOST);
    if (!n)
        return program;
    const bool named = !strncmp(version, program, strlen(program));
    return hs_arena_printf(a, named ? "%s%.*s" : "%s (%.*s)", named ? "" : program, n, version);
}

/* A hash of command, outputs and version: another separator gives other instruments. */
void hs_separator_key(const struct hs_separator *s, uint64_t key[2])
{
    struct hs_buf b = {0};
    for (size_t i = 0; s->what->command[i]; i++)
        hs_wire_put_text(&b, s->what->command[i]);
    for (size_t i = 0; i < s->what->n_outputs; i++) {
        hs_wire_put_text(&b, s->what->outputs[i].name);
        hs_wire_put_text(&b, s->what->outputs[i].pattern);
    }
    hs_wire_put_text(&b, s->version);
    XXH128_hash_t sum = XXH3_128bits(b.data, b.len);
    key[0] = sum.low64;
    key[1] = sum.high64;
    hs_buf_free(&b);
}

/* Writing the WAV, in a process of its own. */
struct writing {
    const struct hs_source *file;
    const char *path;
};

/* Little-endian, as RIFF wants it. */
static void put_u32(unsigned char *to, uint32_t x)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(x >> 8 * i);
}

/* Of 32 bit floats: nothing is lost, and every separator reads it. */
static void put_header(FILE *f, const struct hs_stream *s, uint32_t n_frames)
{
    unsigned char h[44] = "RIFF    WAVEfmt ";
    const uint32_t frame = 4 * (uint32_t)s->n_channels, bytes = n_frames * frame;
    put_u32(h + 4, 36 + bytes);
    put_u32(h + 16, 16);
    h[20] = 3;
    h[22] = (unsigned char)s->n_channels;
    put_u32(h + 24, (uint32_t)s->sample_rate_hz);
    put_u32(h + 28, (uint32_t)s->sample_rate_hz * frame);
    h[32] = (unsigned char)frame;
    h[34] = 32;
    memcpy(h + 36, "data", 4);
    put_u32(h + 40, bytes);
    fwrite(h, 1, sizeof h, f);
}

/* Decodes the file into a WAV of floats; the header is written again once the length is known.
 * Runs in a child process, so that what is left open goes with it. */
static int write_wave(const void *ctx)
{
    const struct writing *w = ctx;
    struct hs_reader *r = NULL;
    struct hs_error err = {0};
    const float *const *x;
    size_t n = 0;
    uint64_t frames = 0;
    FILE *f = fopen(w->path, "wxb");
    if (!f || hs_reader_open(&r, w->file, &err) != HS_OK)
        return 1;
    const struct hs_stream *s = hs_reader_stream(r);
    put_header(f, s, 0);
    while (hs_reader_read(r, 65536, &x, &n, &err) == HS_OK && n) {
        for (size_t i = 0; i < n; i++)
            for (int c = 0; c < s->n_channels; c++)
                fwrite(&x[c][i], sizeof(float), 1, f);
        frames += n;
    }
    if (err.status != HS_OK || frames * 4 * (uint64_t)s->n_channels > 0xffffff00u)
        return 2;
    rewind(f);
    put_header(f, s, (uint32_t)frames);
    return ferror(f) || fclose(f) ? 3 : 0;
}

/* The name of a file without folder and ending, safe as a word of a command. */
static const char *base_name(struct hs_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    size_t n = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    char *copy = hs_arena_strndup(a, name, n);
    if (*copy == '-') /* the command must not take the name for an option */
        *copy = '_';
    return copy;
}

/* For a pattern: a song that is called "Song [Live]" means those letters. */
static const char *as_letters(struct hs_arena *a, const char *text)
{
    char *out = hs_arena_array(a, 2 * strlen(text) + 1, 1), *end = out;
    for (; *text; *end++ = *text++)
        if (strchr("*?[\\", *text))
            *end++ = '\\';
    *end = 0;
    return out;
}

/* The first regular file, by name, that the pattern of an output finds, and how many it finds;
 * NULL: none. */
static const char *find_output(struct hs_arena *a, const char *folder, const char *pattern,
                               struct hs_stamp *stamp, size_t *n)
{
    glob_t found;
    const char *path = NULL;
    *n = 0;
    if (!glob(hs_path_join(a, as_letters(a, folder), pattern), 0, NULL, &found) && found.gl_pathc &&
        hs_stamp_read(found.gl_pathv[0], stamp, NULL) == HS_OK) {
        path = hs_arena_strdup(a, found.gl_pathv[0]);
        *n = found.gl_pathc;
    }
    globfree(&found);
    return path;
}

/* Finds the outputs that the command made. Some may be missing (a warning each), not all. */
static enum hs_status collect(const struct hs_separator *s, struct hs_arena *a, const char *out,
                              const char *name, struct hs_separated *made, struct hs_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < s->what->n_outputs; i++) {
        const char *pattern = s->what->outputs[i].pattern;
        const char *shown = fill_in(a, pattern, "", "", name);
        size_t alike;
        const char *path = find_output(a, out, fill_in(a, pattern, "", "", as_letters(a, name)),
                                       &made->stamps[i], &alike);
        made->sources[i] = (struct hs_source){0};
        if (path) {
            made->sources[i] = (struct hs_source){.path = path, .shown = shown, .exists = true};
            n++;
            if (alike > 1)
                hs_log_warn(s->log, "separate: %zu files are %s: %s is taken", alike, shown,
                            hs_path_base(path));
        } else {
            hs_log_warn(s->log, "separate: it made no %s", shown);
        }
    }
    return n ? HS_OK : hs_fail(err, HS_E_FAILED, "separate: the command made none of its outputs");
}

/* Of this user alone: unreleased music lies in it. */
static enum hs_status make_folder(const struct hs_separator *s, struct hs_arena *a,
                                  struct hs_separated *out, struct hs_error *err)
{
    char *path = hs_path_join(a, s->folder, "hindsight-separate-XXXXXX");
    if (!mkdtemp(path)) /* of this user alone: 0700 */
        return hs_fail_errno(err, HS_E_FAILED, "separate: cannot make a folder in %s", s->folder);
    out->folder = path;
    return HS_OK;
}

enum hs_status hs_separator_run(const struct hs_separator *s, const struct hs_source *file,
                                struct hs_arena *a, struct hs_separated *made, struct hs_error *err)
{
    const size_t n = s->what->n_outputs;
    *made = (struct hs_separated){.sources = HS_ARENA_ARRAY(a, struct hs_source, n),
                                  .stamps = HS_ARENA_ARRAY(a, struct hs_stamp, n)};
    enum hs_status status = make_folder(s, a, made, err);
    if (status != HS_OK)
        return status;
    const char *name = base_name(a, file->path), *out = hs_path_join(a, made->folder, "out");
    const char *in = hs_path_join(a, made->folder, hs_arena_printf(a, "%s.wav", name));
    const struct writing writing = {file, in};
    /* First the decoder, in a child of its own: the file as WAV. */
    struct hs_command c = {.name = "separate",
                           .limit_name = "limit",
                           .work = write_wave,
                           .ctx = &writing,
                           .limit_s = write_s,
                           .log = s->log,
                           .stop = s->stop};
    if (mkdir(out, 0700))
        return hs_fail_errno(err, HS_E_FAILED, "separate: cannot make a folder");
    status = hs_command_run(&c, NULL, err);
    struct stat st = {0};
    if (status != HS_OK || stat(in, &st))
        return status != HS_OK ? status
                               : hs_fail_errno(err, HS_E_FAILED, "separate: the file is not there");
    /* Then the user's command, which may be given as many threads as the audit has jobs. */
    const char *threads = hs_arena_printf(a, "%d", s->jobs);
    const char *const env[][2] = {{"OMP_NUM_THREADS", threads}, {0}};
    c.work = NULL;
    c.env = env;
    c.argv = fill_in_all(a, s->what->command, in, out, name);
    c.limit_s = s->what->limit_s;
    c.memory_bytes = s->what->memory_bytes;
    c.file_bytes = file_share * (double)st.st_size + file_least;
    status = hs_command_run(&c, NULL, err);
    return status == HS_OK ? collect(s, a, out, name, made, err) : status;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st, (void)flag, (void)at;
    return remove(path);
}

void hs_separator_clear(const struct hs_separator *s, struct hs_separated *made)
{
    struct hs_arena a = {0};
    if (!made->folder)
        return;
    if (s->what->keep && hs_fs_mkdirs(s->what->keep, NULL) == HS_OK) {
        const char *name = strrchr(made->folder, '/') + 1;
        if (!rename(hs_path_join(&a, made->folder, "out"), hs_path_join(&a, s->what->keep, name)))
            hs_log_info(s->log, "separate: kept in %s/%s", s->what->keep, name);
        else
            hs_log_warn(s->log, "separate: what it made cannot be kept in %s: %s", s->what->keep,
                        strerror(errno));
    }
    nftw(made->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    made->folder = NULL;
    hs_arena_free(&a);
}
