/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* A pair that is measured and compared in one task leaves the rows, the states and the words that
 * measuring and comparing apart leave, also where that task fails: a file that cannot be read, one
 * that changes while it is read, one that ends the worker, the same bytes on both sides, parts of
 * files, two mono files, lossy and emphasised ones, samples that are no numbers, couples that were
 * blamed before. */
#include "core/log.h"
#include "fixture_dir.h"
#include "media_files.h"
#include "run/gather.h"
#include "run/gather_couples.h"
#include "run/gather_hash.h"
#include "run/gather_measure.h"
#include "run/gather_together.h"
#include "run/result.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>

static char folder[] = P_tmpdir "/hs_couple-XXXXXX";
static struct hs_arena names;
enum { RUNS = 2, STRIKES_AT = 1000000, WORDS = 400 };

/* What one way of gathering left behind. */
struct left {
    struct hs_store *store;
    uint64_t hash[2][2];
    enum hs_file_state state[2];
    char unfinished[WORDS];
    size_t n_taken; /* couples that were measured and compared at once, in all runs */
};

struct trial {
    const char *name;
    struct hs_source source[2];
    uint32_t blamed;  /* tries of the couple that ended the worker before */
    const char *swap; /* takes the place of the mix while it is measured */
    size_t taken;     /* couples to be taken at once, in all runs */
};

static const char *in_folder(const char *name)
{
    return hs_path_join(&names, folder, name);
}

static struct hs_source source_of(const char *name)
{
    const char *path = in_folder(name);
    return (struct hs_source){.path = path, .shown = path, .exists = true};
}

/* The next reads of a file named in FAULT_FILE are so many before the one that is struck. */
static void count_reads(long done)
{
    int fd = open(getenv("FAULT_COUNT"), O_RDWR);
    CHECK(fd >= 0 && pwrite(fd, &done, sizeof done, 0) == sizeof done);
    close(fd);
}

static void note_unfinished(const struct hs_gather *g, struct left *l)
{
    size_t n = strlen(l->unfinished);
    for (size_t i = 0; i < g->n_unfinished && n < WORDS; i++)
        n += (size_t)snprintf(l->unfinished + n, WORDS - n, "%s: %s (%d); ",
                              strrchr(g->unfinished[i].what, '/') + 1, g->unfinished[i].why,
                              g->unfinished[i].given_up);
    CHECK(n < WORDS);
}

static void blame(const struct trial *t, struct left *l)
{
    struct hs_buf row = {0};
    hs_wire_put_u32(&row, t->blamed);
    hs_wire_put_text(&row, "signal 11");
    CHECK(hs_store_put(l->store, HS_RESULT_BLAME, l->hash, sizeof l->hash, hs_result_pair_version(),
                       row.data, row.len, NULL) == HS_OK);
    hs_buf_free(&row);
}

/* One run, as each night has. */
static void gather(const struct trial *t, bool together, bool first, struct left *l)
{
    const struct hs_couple couple = {0, 1};
    const struct hs_log log = {.level = HS_LOG_QUIET, .out = stderr};
    struct hs_gather g = {.store = l->store, .log = &log, .jobs = 1};
    struct hs_error err = {0};
    for (int i = 0; i < 2; i++)
        CHECK(hs_entries_add(&g.entries, &t->source[i]) == (size_t)i);
    hs_gather_look(&g);
    CHECK(hs_gather_hashes(&g, &err) == HS_OK);
    for (int i = 0; i < 2; i++)
        memcpy(l->hash[i], g.entries.items[i].file.hash, sizeof l->hash[i]);
    if (t->blamed && first)
        blame(t, l);
    count_reads(t->swap && first ? STRIKES_AT - 5 : STRIKES_AT);
    if (together)
        CHECK(hs_gather_together(&g, &couple, 1, &err) == HS_OK);
    l->n_taken += g.n_paired;
    CHECK(hs_gather_measures(&g, &err) == HS_OK);
    CHECK(hs_gather_couples(&g, &couple, 1, &err) == HS_OK);
    hs_gather_sort_unfinished(&g);
    note_unfinished(&g, l);
    for (int i = 0; i < 2; i++)
        l->state[i] = g.entries.items[i].file.state;
    hs_gather_free(&g);
}

static struct left gather_all(const struct trial *t, bool together)
{
    struct left l = {.store = NULL};
    CHECK(hs_store_open_memory(&l.store, NULL) == HS_OK);
    for (int run = 0; run < RUNS; run++) {
        gather(t, together, !run, &l);
        if (t->swap && !run) /* the file of before is back */
            CHECK(renameat2(AT_FDCWD, t->swap, AT_FDCWD, t->source[0].path, RENAME_EXCHANGE) == 0);
    }
    return l;
}

/* Whether a row is in neither of both stores, or in both with the same bytes. */
static bool same_row(const struct left *a, const struct left *b, enum hs_result_kind kind,
                     const uint64_t *key, size_t key_n, uint64_t version, bool *there)
{
    struct hs_buf x = {0}, y = {0};
    *there = hs_store_find(a->store, kind, key, key_n, version, &x);
    bool same = hs_store_find(b->store, kind, key, key_n, version, &y) == *there &&
                hs_store_has(a->store, kind, key, key_n, version) == *there && x.len == y.len &&
                (!x.len || !memcmp(x.data, y.data, x.len));
    hs_buf_free(&x);
    hs_buf_free(&y);
    return same;
}

static bool same_rows(const struct left *a, const struct left *b)
{
    const uint64_t file = hs_result_file_version(), pair = hs_result_pair_version();
    bool there, same = true;
    for (int i = 0; i < 2; i++) {
        const size_t n = sizeof a->hash[i];
        same &= same_row(a, b, HS_RESULT_FILE, a->hash[i], n, file, &there);
        CHECK(there == (a->state[i] == HS_FILE_OK || a->state[i] == HS_FILE_UNREADABLE));
        same &= same_row(a, b, HS_RESULT_BLAME, a->hash[i], n, file, &there);
        CHECK(there == (a->state[i] == HS_FILE_UNFINISHED));
    }
    same &= same_row(a, b, HS_RESULT_BLAME, a->hash[0], sizeof a->hash, pair, &there);
    return same & same_row(a, b, HS_RESULT_PAIR, a->hash[0], sizeof a->hash, pair, &there);
}

static void try(const struct trial *t)
{
    struct left apart = gather_all(t, false), both = gather_all(t, true);
    bool same = !memcmp(apart.hash, both.hash, sizeof apart.hash) &&
                !memcmp(apart.state, both.state, sizeof apart.state) && same_rows(&apart, &both);
    if (!CHECK(same) || !CHECK(both.n_taken == t->taken) ||
        !CHECK(!strcmp(apart.unfinished, both.unfinished)))
        fprintf(stderr, "%s: %zu taken; \"%s\", \"%s\"\n", t->name, both.n_taken, apart.unfinished,
                both.unfinished);
    hs_store_close(apart.store);
    hs_store_close(both.store);
}

static void write_wave(const char *name, enum wave wave, int n_channels, long n_frames)
{
    struct hs_buf b = {0};
    put_wave(&b, wave, 44100, n_channels, n_frames);
    write_buf(in_folder(name), &b);
}

/* One sample of a file of floats is no number. */
static void write_broken(const char *name, long n_frames)
{
    const float broken = NAN;
    struct hs_buf b = {0};
    put_wave(&b, WAVE_FLOAT, 44100, 2, n_frames);
    memcpy(b.data + b.len / 2 / 8 * 8 + 68 % 8, &broken, sizeof broken);
    write_buf(in_folder(name), &b);
}

static void make_files(void)
{
    const long five_s = 5 * 44100;
    struct hs_buf text = {0};
    write_wave("mix.wav", WAVE_24, 2, five_s);
    write_wave("crash.wav", WAVE_24, 2, five_s + 1);
    write_wave("other.wav", WAVE_24, 2, five_s + 2);
    write_wave("master.wav", WAVE_16, 2, five_s + 100);
    write_wave("copy.wav", WAVE_16, 2, five_s + 100);
    write_wave("left.wav", WAVE_24, 1, five_s);
    write_wave("right.wav", WAVE_24, 1, five_s - 50);
    write_wave("album.wav", WAVE_16, 2, 2 * five_s);
    write_broken("broken.wav", five_s);
    for (int i = 0; i < 1000; i++)
        hs_buf_puts(&text, "no audio ");
    write_buf(in_folder("text.wav"), &text);
    convert(in_folder("mix.wav"), "-c:a libvorbis -q:a 3", in_folder("mix.ogg"));
    convert(in_folder("master.wav"), "-c:a libmp3lame -b:a 128k", in_folder("master.mp3"));
}

static void try_all(void)
{
    const struct hs_source mix = source_of("mix.wav"), master = source_of("master.wav");
    struct hs_source album[2] = {source_of("album.wav"), source_of("album.wav")};
    struct hs_source mono = source_of("left.wav"), emphasised = source_of("master.wav");
    album[0].from_75 = 75, album[0].to_75 = 450;
    album[1].from_75 = 60;
    mono.right_path = in_folder("right.wav");
    emphasised.emphasised = true;
    const struct trial trials[] = {
        {.name = "sound", .source = {mix, master}, .taken = 1},
        {.name = "unreadable mix", .source = {source_of("text.wav"), master}},
        {.name = "unreadable master", .source = {mix, source_of("text.wav")}},
        {.name = "crash", .source = {source_of("crash.wav"), master}},
        {.name = "crash of the master", .source = {mix, source_of("crash.wav")}},
        {.name = "changed", .source = {mix, master}, .swap = in_folder("other.wav")},
        {.name = "the same bytes", .source = {master, source_of("copy.wav")}},
        {.name = "parts of one file", .source = {album[0], album[1]}, .taken = 1},
        {.name = "two mono files", .source = {mono, master}, .taken = 1},
        {.name = "lossy", .source = {source_of("mix.ogg"), source_of("master.mp3")}, .taken = 1},
        {.name = "emphasised", .source = {mix, emphasised}, .taken = 1},
        {.name = "no numbers", .source = {source_of("broken.wav"), master}, .taken = 1},
        {.name = "blamed", .source = {mix, master}, .blamed = 1},
        {.name = "in quarantine", .source = {mix, master}, .blamed = HS_TRIES},
    };
    setenv("FAULT_FILE", mix.path, 1);
    setenv("FAULT_SWAP", in_folder("other.wav"), 1);
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        try(&trials[i]);
}

/* Again, with what strikes (helpers/) in front of the libraries. */
static void preload(char **argv)
{
    char self[3000], libraries[8000];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (!CHECK(n > 0))
        return;
    self[n] = '\0';
    *strrchr(self, '/') = '\0';
    snprintf(libraries, sizeof libraries, "%s/libfault.so %s/libpoison.so", self, self);
    setenv("LD_PRELOAD", libraries, 1);
    setenv("FAULT_OP", "read", 1);
    setenv("FAULT_DO", "swap", 1);
    setenv("FAULT_AT", "1000000", 1);
    setenv("COUPLE_PRELOADED", "1", 1);
    execv("/proc/self/exe", argv);
    CHECK(false);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (!getenv("COUPLE_PRELOADED")) {
        preload(argv);
        return check_done();
    }
    hs_media_init();
    CHECK(mkdtemp(folder) != NULL);
    setenv("FAULT_COUNT", in_folder("count"), 1);
    struct hs_buf zero = {0};
    put_low(&zero, 0, sizeof(long));
    write_buf(in_folder("count"), &zero);
    make_files();
    try_all();
    CHECK(remove_tree(folder));
    hs_arena_free(&names);
    return check_done();
}
