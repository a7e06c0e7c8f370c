/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once
 * Every allocation of our own code fails in turn: the process ends with exit code 1 and
 * one line, never by a signal. The heap is replaced at link time (--wrap). */
#include "check.h"
#include "core/heap.h"
#include "fixture_dir.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "job/job.h"
#include "measure/measure.h"
#include "media/clip.h"
#include "media/library.h"
#include "media/reader.h"
#include "media/tags.h"
#include "model/values.h"
#include "model/values_pack.h"
#include "store/store.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

void *__real_hs_heap_alloc(void *p, size_t size, size_t align);
void *__wrap_hs_heap_alloc(void *p, size_t size, size_t align);

static long countdown = -1; /* -1: never fail */

void *__wrap_hs_heap_alloc(void *p, size_t size, size_t align)
{
    if (countdown >= 0 && !countdown--)
        return NULL;
    return __real_hs_heap_alloc(p, size, align);
}

static const char yaml[] = "hindsight: 1\nartist: A\ndefaults: &d {genre: rock}\nreleases:\n"
                           "  - title: R\n    year: 2001\n    tracks:\n"
                           "      - {title: T, master: a.wav, mix: [b.wav, c.wav], "
                           "heard: [bright]}\n";

static void load_a_job(const char *dir)
{
    struct hs_arena a = {0};
    struct hs_job *job = NULL;
    struct hs_buf messages = {0};
    struct hs_error err = {0};
    const char *rules[] = {"bright"};
    hs_job_load(hs_path_join(&a, dir, "job.yaml"), rules, 1, &job, &messages, &err);
    hs_job_free(job);
    hs_buf_free(&messages);
    hs_arena_free(&a);
}

static void measure_noise(const char *dir)
{
    (void)dir;
    static float x[4096];
    const float *planar[2] = {x, x};
    struct hs_stream stream = {.sample_rate_hz = 44100,
                               .n_channels = 2,
                               .layout = {HS_CH_LEFT, HS_CH_RIGHT},
                               .codec = "pcm_s16le",
                               .container = "wav",
                               .lossless = true,
                               .bits = 16};
    struct hs_arena a = {0};
    struct hs_values v;
    struct hs_buf b = {0};
    struct hs_measuring *m = NULL;
    hs_values_init(&v, &a);
    if (hs_measuring_start(&m, &stream, HS_ALL_ANALYSERS, NULL, NULL) == HS_OK) {
        for (int i = 0; i < 4; i++)
            hs_measuring_block(m, planar, 4096);
        hs_measuring_finish(m, &v);
    }
    hs_measuring_free(m);
    hs_values_pack(&v, &b);
    hs_buf_free(&b);
    hs_arena_free(&a);
}

static void use_a_store(const char *dir)
{
    struct hs_arena a = {0};
    struct hs_store *s = NULL;
    struct hs_buf out = {0};
    struct hs_run run = {0};
    const uint64_t key[2] = {1, 2};
    if (hs_store_open(&s, hs_path_join(&a, dir, "s.sqlite"), NULL) == HS_OK) {
        hs_store_put(s, HS_RESULT_FILE, key, sizeof key, 1, "x", 1, NULL);
        hs_store_find(s, HS_RESULT_FILE, key, sizeof key, 1, &out);
        hs_store_last_run(s, key, key, &a, &run);
    }
    hs_store_close(s);
    hs_buf_free(&out);
    hs_arena_free(&a);
}

/* Runs `work` in a child whose n-th allocation fails; the exit status, -1 for a signal. */
static int in_child(void (*work)(const char *), const char *dir, long n)
{
    fflush(NULL);
    pid_t pid = fork();
    if (!pid) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(99);
        countdown = n;
        work(dir);
        _exit(0);
    }
    int status;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void each_fails(void (*work)(const char *), const char *dir, const char *what)
{
    long n = 0;
    int status;
    for (; (status = in_child(work, dir, n)) == 1; n++)
        check_n_passed++;
    if (!CHECK(status == 0) || !CHECK(n > 0))
        fprintf(stderr, "%s: allocation %ld gave status %d\n", what, n, status);
}

int main(void)
{
    char dir[] = "/tmp/hs-alloc-XXXXXX";
    struct hs_arena a = {0};
    if (!CHECK(mkdtemp(dir) != NULL))
        return check_done();
    CHECK(hs_fs_write(hs_path_join(&a, dir, "job.yaml"), yaml, sizeof yaml - 1, NULL) == HS_OK);
    each_fails(load_a_job, dir, "job");
    each_fails(measure_noise, dir, "measure");
    each_fails(use_a_store, dir, "store");
    CHECK(remove_tree(dir));
    hs_arena_free(&a);
    return check_done();
}
