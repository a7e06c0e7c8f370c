/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Rows of the store: what is known is not measured again, an analyser of another version runs
 * alone, a row of which any bit has turned over is measured again, a pair whose files are read once
 * leaves what measuring and comparing leave; always with the same bytes. */
#include "core/log.h"
#include "fixture_dir.h"
#include "measure/analysers.h"
#include "media_files.h"
#include "pair/align.h"
#include "run/gather.h"
#include "run/gather_couples.h"
#include "run/gather_hash.h"
#include "run/gather_measure.h"
#include "run/gather_together.h"
#include "run/result.h"
#include "run/results.h"
#include "stems/analyse.h"

#include <string.h>

static char folder[] = P_tmpdir "/hs_gather-XXXXXX";
static const struct hs_log quiet = {.level = HS_LOG_QUIET};

struct world {
    struct hs_store *store;
    struct hs_source source[2];
    uint64_t hash[2][2];
};

/* A run of its own, as each night has: files, then the two as a pair. */
static void gather_how(struct world *w, bool together, size_t *n_measured, size_t *n_paired)
{
    const struct hs_couple couple = {0, 1};
    struct hs_log log = quiet;
    log.out = stderr;
    struct hs_gather g = {.store = w->store, .log = &log, .jobs = 2};
    struct hs_error err = {0};
    for (int i = 0; i < 2; i++)
        hs_entries_add(&g.entries, &w->source[i]);
    hs_gather_look(&g);
    CHECK(hs_gather_hashes(&g, &err) == HS_OK);
    if (together)
        CHECK(hs_gather_together(&g, &couple, 1, &err) == HS_OK && g.n_paired == 1);
    if (!CHECK(hs_gather_measures(&g, &err) == HS_OK))
        fprintf(stderr, "%s\n", err.msg);
    CHECK(hs_gather_couples(&g, &couple, 1, &err) == HS_OK);
    CHECK(g.n_unfinished == 0 && (!together || g.n_known == 0));
    for (int i = 0; i < 2; i++) {
        CHECK(g.entries.items[i].file.state == HS_FILE_OK);
        memcpy(w->hash[i], g.entries.items[i].file.hash, sizeof w->hash[i]);
    }
    *n_measured = g.n_measured;
    *n_paired = g.n_paired;
    hs_gather_free(&g);
}

static void gather(struct world *w, size_t *n_measured, size_t *n_paired)
{
    gather_how(w, false, n_measured, n_paired);
}

static struct hs_buf row_of(const struct world *w, int file)
{
    struct hs_buf row = {0};
    CHECK(hs_store_find(w->store, HS_RESULT_FILE, w->hash[file], sizeof w->hash[file],
                        hs_result_file_version(), &row));
    return row;
}

static void put_row(const struct world *w, int file, const void *data, size_t n)
{
    CHECK(hs_store_put(w->store, HS_RESULT_FILE, w->hash[file], sizeof w->hash[file],
                       hs_result_file_version(), data, n, NULL) == HS_OK);
}

static bool same(const struct hs_buf *a, const struct hs_buf *b)
{
    return a->len == b->len && !memcmp(a->data, b->data, a->len);
}

/* The name of the analyser stands before its version. */
static void test_other_version(struct world *w)
{
    static const char name[] = {3, 0, 0, 0, 'h', 'u', 'm'};
    struct hs_buf before = row_of(w, 0), changed = {0};
    struct hs_result r;
    size_t n_measured, n_paired;
    CHECK(hs_result_take(before.data, before.len, &r));
    char *versions = hs_malloc(r.n_versions);
    memcpy(versions, r.versions, r.n_versions);
    char *at = memmem(versions, r.n_versions, name, sizeof name);
    if (CHECK(at != NULL))
        at[sizeof name]++;
    r.versions = versions;
    hs_result_put(&changed, &r);
    put_row(w, 0, changed.data, changed.len);
    gather(w, &n_measured, &n_paired);
    CHECK(n_measured == 1 && n_paired == 0);
    struct hs_buf after = row_of(w, 0);
    CHECK(same(&before, &after));
    hs_free(versions);
    hs_buf_free(&changed);
    hs_buf_free(&before);
    hs_buf_free(&after);
}

/* No bit of a result can turn over unseen, nor can its end be missing. */
static void test_bits(const struct world *w)
{
    struct hs_buf row = row_of(w, 0);
    struct hs_result r;
    size_t seen = 0, n = 0;
    for (size_t bit = 0; bit < 8 * row.len; bit += 1 + bit % 97) {
        row.data[bit / 8] ^= (char)(1 << bit % 8);
        seen += !hs_result_take(row.data, row.len, &r);
        row.data[bit / 8] ^= (char)(1 << bit % 8);
        n++;
    }
    CHECK(n > 1000 && seen == n);
    for (size_t len = 0; len < row.len; len += 1 + row.len / 500)
        CHECK(!hs_result_take(row.data, len, &r));
    CHECK(hs_result_take(row.data, row.len, &r));
    hs_buf_free(&row);
}

static void test_damaged_row(struct world *w)
{
    struct hs_buf before = row_of(w, 1), damaged = row_of(w, 1);
    size_t n_measured, n_paired;
    damaged.data[damaged.len / 2] ^= 16;
    put_row(w, 1, damaged.data, damaged.len);
    gather(w, &n_measured, &n_paired);
    CHECK(n_measured == 1 && n_paired == 0);
    struct hs_buf after = row_of(w, 1);
    CHECK(same(&before, &after));
    hs_buf_free(&before);
    hs_buf_free(&damaged);
    hs_buf_free(&after);
}

static struct hs_buf pair_row(const struct world *w)
{
    struct hs_buf row = {0};
    CHECK(hs_store_find(w->store, HS_RESULT_PAIR, w->hash, sizeof w->hash, hs_result_pair_version(),
                        &row));
    return row;
}

/* In a store of its own: each file is read once. */
static void test_together(const struct world *w)
{
    struct world once = *w;
    size_t n_measured, n_paired;
    CHECK(hs_store_open_memory(&once.store, NULL) == HS_OK);
    gather_how(&once, true, &n_measured, &n_paired);
    CHECK(n_measured == 2 && n_paired == 1);
    for (int i = 0; i < 3; i++) {
        struct hs_buf by_one = i < 2 ? row_of(w, i) : pair_row(w);
        struct hs_buf both = i < 2 ? row_of(&once, i) : pair_row(&once);
        CHECK(both.len > 100 && same(&by_one, &both));
        hs_buf_free(&by_one);
        hs_buf_free(&both);
    }
    hs_store_close(once.store);
}

/* Stems hang on their own version, on that of the alignment and on what they read of files, not on
 * what else is found of a pair. */
static void test_stems_version(void)
{
    const uint64_t step = 0x9e3779b97f4a7c15u, base = hs_result_file_version();
    const uint64_t own = hs_stems_version() * step ^ hs_align_version();
    CHECK(hs_result_stems_version() ==
          (own * step ^ hs_measure_version_of(hs_stems_reads)) * step + base);
}

int main(void)
{
    struct world w = {.store = NULL};
    struct hs_arena a = {0};
    size_t n_measured, n_paired;
    hs_media_init();
    CHECK(mkdtemp(folder) != NULL);
    CHECK(hs_store_open_memory(&w.store, NULL) == HS_OK);
    for (int i = 0; i < 2; i++) {
        const char *path = hs_path_join(&a, folder, i ? "master.wav" : "mix.wav");
        struct hs_buf wave = {0};
        put_wave(&wave, i ? WAVE_16 : WAVE_24, 44100, 2, 44100 * 5 + 100 * i);
        write_buf(path, &wave);
        w.source[i] = (struct hs_source){.path = path, .shown = path, .exists = true};
    }
    test_stems_version();
    gather(&w, &n_measured, &n_paired);
    CHECK(n_measured == 2 && n_paired == 1);
    gather(&w, &n_measured, &n_paired);
    CHECK(n_measured == 0 && n_paired == 0);
    test_together(&w);
    test_other_version(&w);
    test_bits(&w);
    test_damaged_row(&w);
    hs_store_close(w.store);
    CHECK(remove_tree(folder));
    hs_arena_free(&a);
    return check_done();
}
