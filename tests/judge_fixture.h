/* SPDX-License-Identifier: Apache-2.0 */
/* A made-up audit: files whose measures stand where the built-in distribution expects
 * them, but for what a test changes. */
#ifndef HS_TESTS_JUDGE_FIXTURE_H
#define HS_TESTS_JUDGE_FIXTURE_H

#include "core/arena.h"
#include "judge/builtin.h"
#include "judge/judge.h"
#include "model/audit.h"

#include <math.h>
#include <string.h>

enum { FIXTURE_TRACKS = 24 };

struct fixture {
    struct hs_audit audit;
    struct hs_job job;
    struct hs_track tracks[FIXTURE_TRACKS];
    struct hs_track_result results[FIXTURE_TRACKS];
    struct hs_release release;
    struct hs_source source;
    struct hs_file references[FIXTURE_TRACKS], mix_references[FIXTURE_TRACKS];
};

/* Adds dB to third octaves first .. last. */
__attribute__((unused)) static void fixture_lift(struct hs_values *v, size_t first, size_t last,
                                                 double db)
{
    double bands[HS_BANDS];
    memcpy(bands, hs_values_doubles(v, "bands_db", HS_BANDS), sizeof bands);
    for (size_t i = first; i <= last; i++)
        bands[i] += db;
    hs_values_array(v, "bands_db", bands, HS_BANDS);
}

/* A high shelf that lifts the zone of `bright` by this much. */
__attribute__((unused)) static void fixture_brighten(struct hs_values *v, double db)
{
    fixture_lift(v, 22, 23, db / 2);
    fixture_lift(v, 24, 30, db);
}

__attribute__((unused)) static void fixture_measure(struct hs_values *v, struct hs_arena *arena)
{
    static const struct {
        const char *key;
        double x;
    } usual[] = {{"duration_s", 180},       {"integrated_lufs", -12}, {"loudness_range_lu", 7},
                 {"side_mid_db", -8},       {"sides_mid_db", -8},     {"bass_side_mid_db", -20},
                 {"balance_db", 0},         {"correlation", 0.7},     {"psr_p10_db", 10.5},
                 {"limited_share", 0.01},   {"clipped_ppm", 0},       {"dc_offset", 0.0001},
                 {"sample_rate_hz", 44100}, {"channels", 2}};
    double bands[HS_BANDS];
    float loudness[180], treble[180], middle[180];
    hs_values_init(v, arena);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        hs_values_number(v, usual[i].key, usual[i].x);
    for (size_t i = 0; i < HS_BANDS; i++)
        bands[i] = hs_builtin_bands[i].centre;
    hs_values_array(v, "bands_db", bands, HS_BANDS);
    hs_values_number(v, "percussiveness", hs_builtin_percussiveness);
    for (size_t i = 0; i < 180; i++) {
        loudness[i] = i < 3 ? -60 : -12;
        treble[i] = i >= 90 && i < 98 ? -20 : -30;
        middle[i] = -20;
    }
    hs_values_series(v, "short_term_lufs", loudness, 180, 1.5, 1);
    hs_values_series(v, "zones_db.air", treble, 180, 0, 1);
    hs_values_series(v, "zones_db.mid", middle, 180, 0, 1);
}

/* n tracks, each a sound master without a mix. */
__attribute__((unused)) static void fixture_start(struct fixture *f, size_t n)
{
    static const char *const names[FIXTURE_TRACKS] = {"a", "b", "c", "d", "e", "f", "g", "h",
                                                      "i", "j", "k", "l", "m", "n", "o", "p",
                                                      "q", "r", "s", "t", "u", "v", "w", "x"};
    memset(f, 0, sizeof *f);
    struct hs_arena *arena = &f->audit.arena;
    f->source = (struct hs_source){.path = "/nowhere", .shown = "nowhere", .exists = true};
    f->release = (struct hs_release){.title = "Release", .year = 2010, .n_tracks = n};
    for (size_t i = 0; i < n; i++) {
        f->tracks[i] = (struct hs_track){
            .id = names[i], .title = names[i], .plays = NAN, .recall = HS_RECALL_SESSION};
        f->results[i].track = &f->tracks[i];
        f->results[i].master = (struct hs_file){.state = HS_FILE_OK, .source = &f->source};
        fixture_measure(&f->results[i].master.values, arena);
        hs_values_init(&f->results[i].pair.values, arena);
        hs_values_init(&f->results[i].mix.values, arena);
    }
    f->job = (struct hs_job){.name = "fixture",
                             .profile = "popular",
                             .tracks = f->tracks,
                             .n_tracks = n,
                             .releases = &f->release,
                             .n_releases = 1};
    f->audit.job = &f->job;
    f->audit.tracks = f->results;
}

/* Gives track i a mix that measures like the usual master, and a pair that is aligned. */
__attribute__((unused)) static void fixture_pair(struct fixture *f, size_t i)
{
    struct hs_track_result *t = &f->results[i];
    t->mix = (struct hs_file){.state = HS_FILE_OK, .source = &f->source};
    fixture_measure(&t->mix.values, &f->audit.arena);
    t->pair.state = HS_PAIR_ALIGNED;
    t->pair.confidence = 0.99;
    hs_values_number(&t->pair.values, "gain_reduction_db.median", 0.5);
    hs_values_number(&t->pair.values, "gain_reduction_db.p95", 1);
    hs_values_number(&t->pair.values, "gain_db", 4);
}

/* n references like the usual master, their treble spread evenly over +-spread_db. */
__attribute__((unused)) static void fixture_references(struct fixture *f, size_t n,
                                                       double centre_db, double spread_db)
{
    for (size_t i = 0; i < n; i++) {
        f->references[i] = (struct hs_file){.state = HS_FILE_OK, .source = &f->source};
        fixture_measure(&f->references[i].values, &f->audit.arena);
        double at = n > 1 ? 2 * (double)i / (double)(n - 1) - 1 : 0;
        fixture_brighten(&f->references[i].values, centre_db + spread_db * at);
    }
    f->audit.references = f->references;
    f->job.references = &f->source;
    f->job.n_references = n;
}

__attribute__((unused)) static const struct hs_finding *
fixture_finding(const struct fixture *f, size_t track, const char *rule)
{
    const struct hs_track_result *t = &f->results[track];
    for (size_t i = 0; i < t->n_findings; i++)
        if (!strcmp(t->findings[i].rule, rule))
            return &t->findings[i];
    return NULL;
}

__attribute__((unused)) static const struct hs_judgement *
fixture_stand(const struct fixture *f, size_t track, const char *rule)
{
    const struct hs_track_result *t = &f->results[track];
    for (size_t i = 0; i < t->n_judgements; i++)
        if (!strcmp(t->judgements[i].of->rule, rule))
            return &t->judgements[i];
    return NULL;
}

__attribute__((unused)) static const char *fixture_why_not(const struct fixture *f, size_t track,
                                                           const char *rule)
{
    const struct hs_track_result *t = &f->results[track];
    for (size_t i = 0; i < t->n_not_judged; i++)
        if (!strcmp(t->not_judged[i].rule, rule))
            return t->not_judged[i].why;
    return NULL;
}

__attribute__((unused)) static void fixture_free(struct fixture *f)
{
    hs_arena_free(&f->audit.arena);
}

#endif
