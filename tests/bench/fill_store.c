/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A large catalogue without its audio, to see what judging and reporting it costs:
 * fill_store OUT TRACKS MUSIC... measures the music (a file, or MIX=MASTER, which are compared
 * too), and writes OUT/job.yaml, OUT/files/ with a byte for each track, and OUT/store, in
 * which every track has the results of one of the pieces, its levels moved by a few dB; a
 * mix moves with its master. Then: hindsight audit --no-clips --store OUT/store OUT/job.yaml
 */
#include "core/buf.h"
#include "core/fs.h"
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/analysers.h"
#include "measure/measure.h"
#include "media/library.h"
#include "pair/pair.h"
#include "run/entries.h"
#include "run/measure_file.h"
#include "run/result.h"
#include "store/store.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PER_RELEASE = 12 };

struct piece {
    struct hs_file master, mix; /* mix: HS_FILE_NONE without */
    struct hs_pair pair;
};

struct filling {
    const char *out;
    struct hs_arena arena;
    struct piece *pieces;
    size_t n_pieces;
    struct hs_store *store;
    struct hs_buf job;
    struct hs_rng rng;
    struct hs_error err;
};

static double some_db(struct hs_rng *rng)
{
    return 3 * (hs_rng_uniform(rng) + hs_rng_uniform(rng) - 1);
}

static bool is_level(const char *key)
{
    const struct hs_measure *m = hs_measure_find(key);
    return m && (!strcmp(m->unit, "dB") || !strcmp(m->unit, "LUFS"));
}

static void move_array(const struct hs_value *v, bool level, struct hs_rng *rng,
                       struct hs_values *to)
{
    double moved[64];
    if (!level || v->n > sizeof moved / sizeof *moved) {
        hs_values_array(to, v->key, v->array, v->n);
        return;
    }
    for (size_t k = 0; k < v->n; k++)
        moved[k] = v->array[k] + some_db(rng);
    hs_values_array(to, v->key, moved, v->n);
}

/* The piece with its levels moved, each by itself. */
static void vary(const struct hs_values *from, struct hs_rng rng, struct hs_values *to)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct hs_value *v = &from->items[i];
        bool level = is_level(v->key);
        if (v->kind == HS_NUMBER)
            hs_values_number_bound(to, v->key, v->number + (level ? some_db(&rng) : 0), v->bound);
        else if (v->kind == HS_FLAG)
            hs_values_flag(to, v->key, v->number != 0);
        else if (v->kind == HS_TEXT)
            hs_values_text(to, v->key, v->text);
        else if (v->kind == HS_SERIES)
            hs_values_series(to, v->key, v->series, v->n, v->start_s, v->step_s);
        else if (v->kind == HS_ABSENT)
            hs_values_absent(to, v->key, "%s", v->why);
        else
            move_array(v, level, &rng, to);
    }
}

/* A file of one byte, known to the store by what the disk says of it. */
static enum hs_status put_known(struct filling *f, const char *name, const uint64_t hash[2],
                                struct hs_arena *a)
{
    struct hs_source source = {.path = hs_path_join(a, f->out, name), .shown = name};
    struct hs_stamp stamp;
    FILE *file = fopen(source.path, "w");
    bool written = file && fputc('x', file) == 'x';
    if ((file && fclose(file)) || !written || hs_stamp_read(source.path, &stamp, NULL))
        return hs_fail_errno(&f->err, HS_E_IO, "%s", source.path);
    return hs_store_file_put(f->store, source.path, NULL, &stamp, NULL, hash, &f->err);
}

static enum hs_status put_file(struct filling *f, const char *name, const struct hs_file *piece,
                               const uint64_t hash[2])
{
    struct hs_arena a = {0};
    struct hs_buf result = {0};
    struct hs_error none = {0};
    struct hs_file file = {.state = HS_FILE_OK};
    hs_values_init(&file.values, &a);
    vary(&piece->values, f->rng, &file.values);
    hs_result_put_file(&result, &file, &none);
    enum hs_status status = put_known(f, name, hash, &a);
    if (status == HS_OK)
        status = hs_store_put(f->store, HS_RESULT_FILE, hash, 2 * sizeof *hash,
                              hs_result_file_version(), result.data, result.len, &f->err);
    hs_buf_free(&result);
    hs_arena_free(&a);
    return status;
}

static enum hs_status put_pair(struct filling *f, const struct hs_pair *pair, const uint64_t mix[2],
                               const uint64_t master[2])
{
    struct hs_buf data = {0};
    uint64_t key[4] = {mix[0], mix[1], master[0], master[1]};
    struct hs_error none = {0};
    hs_result_put_pair(&data, pair, &none);
    enum hs_status status = hs_store_put(f->store, HS_RESULT_PAIR, key, sizeof key,
                                         hs_result_pair_version(), data.data, data.len, &f->err);
    hs_buf_free(&data);
    return status;
}

static void put_release(struct filling *f, size_t number)
{
    hs_buf_printf(&f->job,
                  "  - title: Release %zu\n    year: %zu\n    mixed_by: Mixer %zu\n"
                  "    mastered_by: Master %zu\n    tracks:\n",
                  number, 1970 + number % 50, number % 7, number * number % 11);
}

static enum hs_status put_track(struct filling *f, size_t i)
{
    const struct piece *piece = &f->pieces[i % f->n_pieces];
    uint64_t master[2] = {i + 1, 0x5eed}, mix[2] = {i + 1, 0x1eed};
    char name[64], mix_name[64];
    snprintf(name, sizeof name, "files/%07zu.flac", i);
    snprintf(mix_name, sizeof mix_name, "files/%07zu.mix.flac", i);
    if (i % PER_RELEASE == 0)
        put_release(f, i / PER_RELEASE);
    hs_buf_printf(&f->job, "      - {title: Track %zu, master: %s", i, name);
    enum hs_status status = put_file(f, name, &piece->master, master);
    if (status == HS_OK && piece->mix.state == HS_FILE_OK) {
        hs_buf_printf(&f->job, ", mix: %s", mix_name);
        status = put_file(f, mix_name, &piece->mix, mix);
        if (status == HS_OK)
            status = put_pair(f, &piece->pair, mix, master);
    }
    hs_buf_puts(&f->job, "}\n");
    hs_rng_uniform(&f->rng);
    return status;
}

static enum hs_status measure(struct filling *f, const char *path, struct hs_file *out)
{
    struct hs_source *s = HS_ARENA_NEW(&f->arena, struct hs_source);
    *s = (struct hs_source){.path = path, .shown = path};
    *out = (struct hs_file){.source = s, .state = HS_FILE_OK};
    hs_values_init(&out->values, &f->arena);
    return hs_run_measure_file(s, HS_ALL_ANALYSERS, NULL, NULL, NULL, &out->values, &f->err);
}

static enum hs_status measure_pieces(struct filling *f, char **paths, size_t n)
{
    enum hs_status status = HS_OK;
    f->pieces = HS_ARENA_ARRAY(&f->arena, struct piece, n);
    f->n_pieces = n;
    for (size_t i = 0; i < n && status == HS_OK; i++) {
        struct piece *p = &f->pieces[i];
        char *master = strchr(paths[i], '=');
        if (master)
            *master++ = '\0';
        status = measure(f, master ? master : paths[i], &p->master);
        if (master && status == HS_OK)
            status = measure(f, paths[i], &p->mix);
        if (master && status == HS_OK)
            status = hs_pair_analyse(&p->mix, &p->master, &f->arena, &p->pair, &f->err);
    }
    return status;
}

int main(int argc, char **argv)
{
    struct filling f = {.rng = {7}};
    if (argc < 4) {
        fprintf(stderr, "Usage: fill_store OUT TRACKS MUSIC...\n");
        return 2;
    }
    char here[PATH_MAX] = ".";
    f.out = hs_path_join(&f.arena, getcwd(here, sizeof here), argv[1]);
    size_t n = strtoul(argv[2], NULL, 10);
    const char *state = hs_path_join(&f.arena, f.out, "store");
    hs_media_init();
    hs_buf_puts(&f.job, "hindsight: 1\nartist: Many\nreleases:\n");
    enum hs_status status = hs_fs_mkdirs(hs_path_join(&f.arena, f.out, "files"), &f.err);
    if (status == HS_OK)
        status = hs_fs_mkdirs(state, &f.err);
    if (status == HS_OK)
        status = measure_pieces(&f, argv + 3, (size_t)argc - 3);
    if (status == HS_OK)
        status = hs_store_open(&f.store, hs_path_join(&f.arena, state, "store.sqlite"), &f.err);
    if (status == HS_OK)
        status = hs_store_begin(f.store, &f.err);
    for (size_t i = 0; i < n && status == HS_OK; i++)
        status = put_track(&f, i);
    if (status == HS_OK)
        status = hs_store_commit(f.store, &f.err);
    if (status == HS_OK)
        status =
            hs_fs_write(hs_path_join(&f.arena, f.out, "job.yaml"), f.job.data, f.job.len, &f.err);
    if (status != HS_OK)
        fprintf(stderr, "fill_store: %s\n", f.err.msg);
    hs_store_close(f.store);
    hs_buf_free(&f.job);
    hs_arena_free(&f.arena);
    return status != HS_OK;
}
