/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store against rot: single bits and whole sectors of its file are changed, a thousand
 * times. Whatever comes of it, a row that is found is the row that was put; what is missing
 * can be put again; a file whose structure is damaged can be mended, and says so.
 */
#include "check.h"
#include "fixture_dir.h"

#include "core/buf.h"
#include "core/fs.h"
#include "core/num.h"
#include "model/audit.h"
#include "store/check.h"
#include "store/mend.h"
#include "store/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_FILES = 24, N_RUNS = 3, N_ROUNDS = 1000, SECTOR = 512, VERSION = 7 };

static char dir[64];
static const uint64_t run_key[2] = {11, 12};

static const char *path_of(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

/* What row i holds, made anew each time it is asked for. */
static void data_of(size_t i, struct hs_buf *out)
{
    struct hs_rng rng = {i + 1};
    hs_buf_clear(out);
    for (size_t n = 100 + 700 * (i % 5); n; n--)
        hs_buf_putc(out, (char)(256 * hs_rng_uniform(&rng)));
}

static void key_of(size_t i, uint64_t key[2])
{
    key[0] = 0x9e3779b97f4a7c15u * (i + 1);
    key[1] = i;
}

static struct hs_stamp stamp_of(size_t i)
{
    return (struct hs_stamp){1, (int64_t)i, 1000 + (int64_t)i, 5, 6};
}

static void put_all(struct hs_store *s, struct hs_error *err)
{
    struct hs_buf data = {0};
    for (size_t i = 0; i < N_FILES; i++) {
        uint64_t key[2];
        char path[40];
        struct hs_stamp stamp = stamp_of(i);
        key_of(i, key);
        data_of(i, &data);
        snprintf(path, sizeof path, "/music/%zu.flac", i);
        CHECK(hs_store_file_put(s, path, NULL, &stamp, NULL, key, err) == HS_OK);
        CHECK(hs_store_put(s, HS_RESULT_FILE, key, sizeof key, VERSION, data.data, data.len, err) ==
              HS_OK);
    }
    hs_buf_free(&data);
}

static struct hs_run run_of(int n, const struct hs_run_finding *finding, struct hs_run_track *track)
{
    *track = (struct hs_run_track){"song", {1, 2}, {3, 4}, finding, 1};
    return (struct hs_run){.key = {run_key[0], run_key[1]},
                           .report = {(uint64_t)n, 77},
                           .fingerprint = {(uint64_t)n, 5},
                           .exit_code = n,
                           .published = true,
                           .tracks = track,
                           .n_tracks = 1};
}

static void make(const char *path)
{
    static const struct hs_run_finding finding = {"bright", HS_SEVERE, 5.5};
    struct hs_store *s = NULL;
    struct hs_error err = {0};
    CHECK(hs_store_open(&s, path, &err) == HS_OK);
    put_all(s, &err);
    for (int n = 1; n <= N_RUNS; n++) {
        struct hs_run_track track;
        struct hs_run run = run_of(n, &finding, &track);
        CHECK(hs_store_put_run(s, &run, &err) == HS_OK && run.id == n);
    }
    hs_store_close(s);
}

/* How many of the rows are there; each of them is what was put. */
static size_t count_right(struct hs_store *s, size_t *n_wrong)
{
    struct hs_buf expected = {0}, found = {0};
    struct hs_arena a = {0};
    size_t n = 0;
    for (size_t i = 0; i < N_FILES; i++) {
        uint64_t key[2], hash[2];
        char path[40];
        struct hs_stamp stamp = stamp_of(i);
        key_of(i, key);
        data_of(i, &expected);
        hs_buf_clear(&found);
        snprintf(path, sizeof path, "/music/%zu.flac", i);
        if (hs_store_file_find(s, path, NULL, &stamp, NULL, hash)) {
            n++;
            *n_wrong += memcmp(hash, key, sizeof key) != 0;
        }
        if (hs_store_find(s, HS_RESULT_FILE, key, sizeof key, VERSION, &found)) {
            n++;
            *n_wrong += found.len != expected.len || memcmp(found.data, expected.data, found.len);
        }
    }
    const uint64_t none[2] = {0};
    struct hs_run run;
    if (hs_store_last_run(s, run_key, none, &a, &run)) {
        n++;
        *n_wrong +=
            run.exit_code < 1 || run.exit_code > N_RUNS || run.n_tracks != 1 ||
            run.tracks[0].n_findings != 1 || run.tracks[0].findings[0].severity != HS_SEVERE ||
            run.tracks[0].findings[0].steps != 5.5 || run.report[0] != (uint64_t)run.exit_code;
    }
    hs_arena_free(&a);
    hs_buf_free(&expected);
    hs_buf_free(&found);
    return n;
}

static void write_file(const char *path, const struct hs_buf *b)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK(fd >= 0 && write(fd, b->data, b->len) == (ssize_t)b->len);
    close(fd);
}

struct outcomes {
    size_t n_wrong, n_lost, n_mended, n_refused, n_untouched;
};

/* One damaged file: read, put what is missing again, mend where that does not work. */
static void live_with(const char *path, struct outcomes *o)
{
    struct hs_store *s = NULL;
    struct hs_error err = {0}, again = {0};
    size_t n_rows;
    enum hs_status status = hs_store_open(&s, path, &err);
    if (status == HS_E_FOREIGN || status == HS_E_VERSION) {
        o->n_refused++; /* the few bytes that say whose file it is */
        return;
    }
    bool broken = status != HS_OK;
    if (!broken) {
        size_t n = count_right(s, &o->n_wrong);
        o->n_untouched += n == 2 * N_FILES + 1 && !hs_store_damaged(s);
        o->n_lost += n < 2 * N_FILES + 1;
        struct hs_store_census census;
        hs_store_take_census(s, &census);
        broken = hs_store_broken(s) || !census.sound;
        hs_buf_free(&census.said);
    }
    hs_store_close(s);
    s = NULL;
    if (broken) {
        o->n_mended++;
        CHECK(hs_store_mend(path, &n_rows, &again) == HS_OK);
    }
    CHECK(hs_store_open(&s, path, &again) == HS_OK);
    if (!s)
        return;
    size_t before = o->n_wrong;
    count_right(s, &o->n_wrong);
    put_all(s, &again);
    CHECK(count_right(s, &o->n_wrong) >= 2 * N_FILES && before == o->n_wrong);
    hs_store_close(s);
}

static void test_rot(void)
{
    struct hs_buf whole = {0}, hurt = {0};
    struct hs_rng rng = {5};
    struct outcomes o = {0};
    char path[200];
    snprintf(path, sizeof path, "%s", path_of("store.sqlite"));
    make(path);
    CHECK(hs_fs_read(path, 1 << 30, &whole, NULL) == HS_OK);
    for (int round = 0; round < N_ROUNDS; round++) {
        hs_buf_clear(&hurt);
        hs_buf_put(&hurt, whole.data, whole.len);
        size_t at = (size_t)(hs_rng_uniform(&rng) * (double)whole.len);
        if (round % 5)
            hurt.data[at] ^= (char)(1 << (at + (size_t)round) % 8);
        else
            for (size_t i = at / SECTOR * SECTOR; i < at / SECTOR * SECTOR + SECTOR; i++)
                hurt.data[i] = (char)(256 * hs_rng_uniform(&rng));
        write_file(path, &hurt);
        live_with(path, &o);
        unlink(path_of("store.sqlite-wal"));
        unlink(path_of("store.sqlite-shm"));
    }
    printf("%d changes: %zu rounds with rows lost, %zu mended, %zu refused, %zu harmless\n",
           N_ROUNDS, o.n_lost, o.n_mended, o.n_refused, o.n_untouched);
    CHECK(o.n_wrong == 0);
    CHECK(o.n_lost > N_ROUNDS / 4 && o.n_mended > N_ROUNDS / 50 && o.n_refused < N_ROUNDS / 50);
    hs_buf_free(&whole);
    hs_buf_free(&hurt);
}

/* Numbers that are out of their range, in rows whose checksum holds. */
static void test_ranges(void)
{
    static const struct hs_run_finding bad[] = {
        {"bright", 5, 1}, {"bright", -1, 1}, {"bright", 2, NAN}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct hs_store *s = NULL;
        struct hs_error err = {0};
        struct hs_arena a = {0};
        struct hs_run_track track;
        struct hs_run run = run_of(1, &bad[i], &track), found;
        CHECK(hs_store_open_memory(&s, &err) == HS_OK);
        CHECK(hs_store_put_run(s, &run, &err) == HS_OK);
        CHECK(!hs_store_last_run(s, run_key, run.report, &a, &found));
        CHECK(hs_store_damaged(s) == 1);
        hs_store_close(s);
        hs_arena_free(&a);
    }
}

/* Which run is the last: the one that made the standing report, or else the last published. */
static void test_runs(void)
{
    static const struct hs_run_finding finding = {"bright", HS_MINOR, 2};
    struct hs_store *s = NULL;
    struct hs_error err = {0};
    struct hs_arena a = {0};
    struct hs_run_track track;
    struct hs_run found;
    const uint64_t other_key[2] = {1, 1}, no_report[2] = {0};
    CHECK(hs_store_open_memory(&s, &err) == HS_OK);
    for (int n = 1; n <= 70; n++) {
        struct hs_run run = run_of(n, &finding, &track);
        run.published = n < 70; /* the last one was killed before its report was switched */
        run.notice = HS_NOTICE_DUE;
        CHECK(hs_store_put_run(s, &run, &err) == HS_OK);
    }
    CHECK(hs_store_last_run(s, run_key, no_report, &a, &found) && found.exit_code == 69);
    CHECK(hs_store_last_run(s, run_key, (uint64_t[]){70, 77}, &a, &found) && found.exit_code == 70);
    CHECK(hs_store_last_run(s, run_key, (uint64_t[]){3, 77}, &a, &found) && found.exit_code == 69);
    CHECK(hs_store_last_run(s, run_key, (uint64_t[]){30, 77}, &a, &found) && found.exit_code == 30);
    CHECK(!hs_store_last_run(s, other_key, no_report, &a, &found));
    CHECK(hs_store_last_run(s, run_key, no_report, &a, &found) && found.notice == HS_NOTICE_DUE);
    found.notice = HS_NOTICE_SENT;
    CHECK(hs_store_mark_run(s, &found, &err) == HS_OK);
    CHECK(hs_store_last_run(s, run_key, no_report, &a, &found) && found.notice == HS_NOTICE_SENT);
    CHECK(found.n_tracks == 1 && found.tracks[0].findings[0].severity == HS_MINOR);
    hs_store_close(s);
    hs_arena_free(&a);
}

/* Files that go: their rows and results are dropped, and the file shrinks. */
static void test_prune(void)
{
    struct hs_store *s = NULL;
    struct hs_error err = {0};
    struct hs_store_pruned pruned;
    struct hs_buf data = {0};
    char path[200], music[N_FILES][200];
    snprintf(path, sizeof path, "%s", path_of("pruned.sqlite"));
    CHECK(hs_store_open(&s, path, &err) == HS_OK);
    for (size_t i = 0; i < N_FILES; i++) {
        uint64_t key[4];
        struct hs_stamp stamp = stamp_of(i);
        key_of(i, key);
        key_of((i + 1) % N_FILES, key + 2);
        data_of(4, &data);
        snprintf(music[i], sizeof music[i], "%s/%zu.wav", dir, i);
        write_file(music[i], &data);
        CHECK(!hs_store_file_put(s, music[i], NULL, &stamp, NULL, key, &err));
        CHECK(!hs_store_put(s, HS_RESULT_FILE, key, 16, VERSION, data.data, data.len, &err));
        CHECK(!hs_store_put(s, HS_RESULT_PAIR, key, 32, VERSION, data.data, data.len, &err));
    }
    for (size_t i = 7; i < 9; i++) { /* a part of a file that goes, and of one that stays */
        uint64_t whole[2], part[2] = {i, 77};
        key_of(i, whole);
        CHECK(!hs_store_put(s, HS_RESULT_PART, part, 16, VERSION, whole, 16, &err));
        CHECK(!hs_store_put(s, HS_RESULT_FILE, part, 16, VERSION, data.data, data.len, &err));
    }
    CHECK(hs_store_prune(s, &pruned, &err) == HS_OK && !pruned.n_files && !pruned.n_results);
    long long before = hs_store_bytes(s);
    for (size_t i = 0; i < 8; i++)
        unlink(music[i]);
    CHECK(hs_store_prune(s, &pruned, &err) == HS_OK);
    CHECK(pruned.n_files == 8 && pruned.n_results == 8 + 9 + 2); /* pairs reach over the edges */
    uint64_t part[2] = {8, 77};
    CHECK(hs_store_find(s, HS_RESULT_FILE, part, 16, VERSION, &data));
    CHECK(hs_store_bytes(s) < before * 3 / 4);
    for (size_t i = 8; i < N_FILES; i++)
        unlink(music[i]); /* the disk is not mounted */
    CHECK(hs_store_prune(s, &pruned, &err) == HS_E_MISSING);
    uint64_t key[2];
    key_of(20, key);
    hs_buf_clear(&data);
    CHECK(hs_store_find(s, HS_RESULT_FILE, key, sizeof key, VERSION, &data));
    hs_store_close(s);
    hs_buf_free(&data);
}

int main(void)
{
    /* a thousand stores: in memory, where there is such a place */
    snprintf(dir, sizeof dir, "%s/test_store_XXXXXX",
             access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    CHECK(mkdtemp(dir) != NULL);
    test_rot();
    test_ranges();
    test_runs();
    test_prune();
    CHECK(remove_tree(dir));
    return check_done();
}
