/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* What a track keeps in memory once it is measured, judged and put on the short list: as
 * much as lets a hundred thousand of them be reported in a gigabyte, with two hundred
 * megabytes for the program, the store's cache and what a page needs. A third have a mix. */
#include "catalogue/catalogue.h"
#include "check.h"
#include "judge/judge.h"
#include "measure/analyser.h"
#include "measure/analysers.h"
#include "model/packed.h"
#include "model/values_pack.h"
#include "pair/values.h"
#include "signals.h"

enum { TRACKS = 2000, PER_RELEASE = 10, WITH_MIX = 3, MOST_BYTES = 8000 };

struct world {
    struct hs_arena arena; /* of what the store would hold */
    struct hs_values piece;
    struct hs_audit audit;
    struct hs_job job;
    struct hs_packing packing;
};

static void measure(struct world *w)
{
    struct signal s = signal_new(44100, 2);
    struct hs_stream stream;
    struct hs_measuring *m;
    signal_song(&s, 60, 0.4, 7);
    stream = signal_stream(&s);
    hs_values_init(&w->piece, &w->arena);
    if (CHECK(hs_measuring_start(&m, &stream, HS_ALL_ANALYSERS, NULL, NULL) == HS_OK)) {
        hs_measuring_block(m, (const float *const[]){s.x[0], s.x[1]}, s.n);
        hs_measuring_finish(m, &w->piece);
        hs_measuring_free(m);
    }
    signal_free(&s);
}

/* The piece with its levels moved by up to 3 dB. */
static void make(const struct world *w, uint64_t seed, struct hs_values *out)
{
    struct hs_rng rng = {seed};
    double x[64];
    struct hs_buf packed = {0};
    hs_values_pack(&w->piece, &packed);
    CHECK(hs_values_unpack(out, packed.data, packed.len, NULL) == HS_OK);
    hs_buf_free(&packed);
    for (size_t i = 0; i < out->n; i++) {
        const struct hs_value v = out->items[i];
        const struct hs_measure *m = hs_measure_find(v.key);
        bool level = m && (!strcmp(m->unit, "dB") || !strcmp(m->unit, "LUFS"));
        if (level && v.kind == HS_NUMBER)
            hs_values_number(out, v.key, v.number + 6 * hs_rng_uniform(&rng) - 3);
        for (size_t k = 0; level && v.kind == HS_ARRAY && k < v.n && v.n <= 64; k++)
            x[k] = v.array[k] + 6 * hs_rng_uniform(&rng) - 3;
        if (level && v.kind == HS_ARRAY && v.n <= 64)
            hs_values_array(out, v.key, x, v.n);
    }
}

static bool read_again(void *ctx, const void *id, struct hs_values *out)
{
    if (!id) /* of a pair: those are not made again here */
        return false;
    make(ctx, *(const uint64_t *)id, out);
    return true;
}

static bool is_needed(void *ctx, const char *key)
{
    (void)ctx;
    return !strcmp(key, "bands_db");
}

static void keep(struct world *w, uint64_t seed, struct hs_values *out)
{
    struct hs_arena scratch = {0};
    hs_values_init(out, &scratch);
    make(w, seed, out);
    hs_packing_pack(&w->packing, out, &w->audit.arena,
                    hs_arena_copy(&w->audit.arena, &seed, sizeof seed));
    hs_arena_free(&scratch);
}

static void make_pair(struct world *w, struct hs_pair *pair)
{
    struct hs_arena scratch = {0};
    double bands[HS_BANDS] = {0};
    *pair = (struct hs_pair){.state = HS_PAIR_ALIGNED, .confidence = 0.99};
    hs_values_init(&pair->values, &scratch);
    for (size_t i = 0; i < hs_n_pair_measures; i++)
        if (strstr(hs_pair_measures[i].key, "eq_") || strstr(hs_pair_measures[i].key, "coh"))
            hs_values_array(&pair->values, hs_pair_measures[i].key, bands, HS_BANDS);
        else
            hs_values_number_bound(&pair->values, hs_pair_measures[i].key, 0.5, 0.1);
    hs_values_number(&pair->values, "channel_delay_change_ms", 0.01); /* hardly any comes late */
    hs_packing_pack(&w->packing, &pair->values, &w->audit.arena, NULL);
    hs_arena_free(&scratch);
}

static void make_job(struct world *w)
{
    struct hs_arena *a = &w->job.arena;
    struct hs_track *tracks = HS_ARENA_ARRAY(a, struct hs_track, TRACKS);
    struct hs_release *releases = HS_ARENA_ARRAY(a, struct hs_release, TRACKS / PER_RELEASE);
    for (size_t i = 0; i < TRACKS; i++)
        tracks[i] = (struct hs_track){.id = hs_arena_printf(a, "release-track-%zu", i),
                                      .title = hs_arena_printf(a, "Track %zu", i),
                                      .release = i / PER_RELEASE,
                                      .plays = NAN,
                                      .recall = HS_RECALL_SESSION};
    for (size_t i = 0; i < TRACKS / PER_RELEASE; i++)
        releases[i] = (struct hs_release){.title = "Release",
                                          .year = 1970 + (int)i % 50,
                                          .first_track = i * PER_RELEASE,
                                          .n_tracks = PER_RELEASE};
    w->job.profile = "popular";
    w->job.budget_hours = NAN;
    w->job.tracks = tracks;
    w->job.n_tracks = TRACKS;
    w->job.releases = releases;
    w->job.n_releases = TRACKS / PER_RELEASE;
}

static void make_tracks(struct world *w)
{
    struct hs_audit *audit = &w->audit;
    audit->job = &w->job;
    audit->tracks = HS_ARENA_ARRAY(&audit->arena, struct hs_track_result, TRACKS);
    for (size_t i = 0; i < TRACKS; i++) {
        struct hs_track_result *t = &audit->tracks[i];
        t->track = &w->job.tracks[i];
        t->master = (struct hs_file){.state = HS_FILE_OK, .hash = {i + 1, 1}};
        keep(w, i, &t->master.values);
        if (i % WITH_MIX)
            continue;
        t->mix = (struct hs_file){.state = HS_FILE_OK, .hash = {i + 1, 2}};
        keep(w, i + TRACKS, &t->mix.values);
        make_pair(w, &t->pair);
    }
}

int main(void)
{
    struct world w = {.packing = {.read = read_again, .stays = is_needed, .ctx = &w}};
    size_t findings = 0, judged = 0;
    measure(&w);
    make_job(&w);
    make_tracks(&w);
    size_t measured = hs_arena_bytes(&w.audit.arena);
    hs_judge_audit(&w.audit);
    hs_catalogue_analyse(&w.audit);
    for (size_t i = 0; i < TRACKS; i++) {
        findings += w.audit.tracks[i].n_findings;
        judged += w.audit.tracks[i].n_judgements;
    }
    size_t all = hs_arena_bytes(&w.audit.arena) + hs_arena_bytes(&w.job.arena);
    printf("%zu bytes a track, %zu of them measures; %.1f judgements, %.1f findings\n",
           all / TRACKS, measured / TRACKS, (double)judged / TRACKS, (double)findings / TRACKS);
    CHECK(findings > 2 * TRACKS);
    CHECK(judged > 20 * TRACKS);
    CHECK(all / TRACKS <= MOST_BYTES);
    hs_packing_free(&w.packing);
    hs_arena_free(&w.audit.arena);
    hs_arena_free(&w.job.arena);
    hs_arena_free(&w.arena);
    return check_done();
}
