/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A large catalogue without its audio, to see what judging and reporting it costs:
 * fill_store OUT TRACKS MUSIC... measures the music, and writes OUT/job.yaml, OUT/files/ with
 * a byte for each track, and OUT/store, in which every track has the results of one of the
 * pieces, moved by a few dB. Then: hindsight audit --no-clips --store OUT/store OUT/job.yaml
 */
#include "core/buf.h"
#include "core/fs.h"
#include "core/num.h"
#include "core/wire.h"
#include "measure/analyser.h"
#include "measure/measure.h"
#include "media/media.h"
#include "run/entries.h"
#include "run/measure_file.h"
#include "run/tasks.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PER_RELEASE = 12, LAYOUT = 2 /* of run/collect.c */ };

struct filling {
    const char *out;
    struct hs_arena arena;
    struct hs_file *pieces;
    size_t n_pieces;
    struct hs_store *store;
    struct hs_buf job;
    struct hs_rng rng;
    struct hs_error err;
};

static double some_db(struct filling *f)
{
    return 3 * (hs_rng_uniform(&f->rng) + hs_rng_uniform(&f->rng) - 1);
}

static bool is_level(const char *key)
{
    const struct hs_measure *m = hs_measure_find(key);
    return m && (!strcmp(m->unit, "dB") || !strcmp(m->unit, "LUFS"));
}

/* The piece with its levels moved, each by itself. */
static void vary(struct filling *f, const struct hs_values *from, struct hs_values *to)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct hs_value *v = &from->items[i];
        double moved[64], db = is_level(v->key) ? some_db(f) : 0;
        if (v->kind == HS_NUMBER)
            hs_values_number_bound(to, v->key, v->number + db, v->bound);
        else if (v->kind == HS_FLAG)
            hs_values_flag(to, v->key, v->number != 0);
        else if (v->kind == HS_TEXT)
            hs_values_text(to, v->key, v->text);
        else if (v->kind == HS_SERIES)
            hs_values_series(to, v->key, v->series, v->n, v->start_s, v->step_s);
        else if (v->kind == HS_ABSENT)
            hs_values_absent(to, v->key, "%s", v->why);
        else if (v->n <= sizeof moved / sizeof *moved) {
            for (size_t k = 0; k < v->n; k++)
                moved[k] = v->array[k] + (db != 0 ? some_db(f) : 0);
            hs_values_array(to, v->key, moved, v->n);
        } else
            hs_values_array(to, v->key, v->array, v->n);
    }
}

static enum hs_status put_track(struct filling *f, size_t i)
{
    struct hs_arena a = {0};
    struct hs_buf result = {0}, versions = {0};
    struct hs_file file = {.state = HS_FILE_OK};
    struct hs_stamp stamp;
    uint64_t hash[2] = {i + 1, 0x5eed};
    const char *name = hs_arena_printf(&a, "files/%07zu.flac", i);
    struct hs_source source = {.path = hs_path_join(&a, f->out, name), .shown = name};
    enum hs_status status = hs_fs_write(source.path, "x", 1, &f->err);
    hs_values_init(&file.values, &a);
    vary(f, &f->pieces[i % f->n_pieces].values, &file.values);
    hs_measure_put_versions(&versions);
    hs_put_blob(&result, versions.data, versions.len);
    hs_put_file_result(&result, &file);
    hs_buf_free(&versions);
    if (status == HS_OK && !hs_stamp_read(&source, &stamp))
        status = hs_fail(&f->err, HS_E_IO, "%s: is not there", source.path);
    if (status == HS_OK)
        status = hs_store_file_put(f->store, source.path, NULL, &stamp, hash, &f->err);
    if (status == HS_OK)
        status = hs_store_put(f->store, HS_RESULT_FILE, hash, sizeof hash, LAYOUT,
                              result.data, result.len, &f->err);
    if (i % PER_RELEASE == 0)
        hs_buf_printf(&f->job, "  - title: Release %zu\n    year: %zu\n    tracks:\n",
                      i / PER_RELEASE, 1970 + i / PER_RELEASE % 50);
    hs_buf_printf(&f->job, "      - {title: Track %zu, master: %s}\n", i, name);
    hs_buf_free(&result);
    hs_arena_free(&a);
    return status;
}

static enum hs_status measure_pieces(struct filling *f, char **paths, size_t n)
{
    enum hs_status status = HS_OK;
    f->pieces = HS_ARENA_ARRAY(&f->arena, struct hs_file, n);
    f->n_pieces = n;
    for (size_t i = 0; i < n && status == HS_OK; i++) {
        struct hs_source *s = HS_ARENA_NEW(&f->arena, struct hs_source);
        *s = (struct hs_source){.path = paths[i], .shown = paths[i]};
        status = hs_run_measure_file(s, HS_ALL_ANALYSERS, NULL, NULL, &f->arena,
                                     &f->pieces[i]);
        if (status != HS_OK)
            hs_fail(&f->err, status, "%s: %s", paths[i], f->pieces[i].error);
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
    f.out = argv[1];
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
        status = hs_fs_write(hs_path_join(&f.arena, f.out, "job.yaml"), f.job.data, f.job.len,
                             &f.err);
    if (status != HS_OK)
        fprintf(stderr, "fill_store: %s\n", f.err.msg);
    hs_store_close(f.store);
    hs_buf_free(&f.job);
    hs_arena_free(&f.arena);
    return status != HS_OK;
}
