/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each track has sets of stems to fit: in the mix, in the mix with the master, in an update. A
 * set is left out where a file of it could not be read, where its row is there, where it is in
 * quarantine, or where the same bytes are planned already. The rest is one round of tasks, the
 * longest first.
 */
#include "run/gather_stems.h"

#include "core/alloc.h"
#include "run/gather_round.h"
#include "run/stem_sets.h"
#include "run/task_stems.h"

#include <string.h>

struct fitting {
    struct hs_stem_set_of *sets;
    struct key {
        uint64_t x[HS_STEM_KEY];
    } * keys;
    size_t n, cap, keys_cap;
};

static const struct hs_stem_set_of *set_of(const struct hs_round *r, size_t task)
{
    const struct fitting *f = r->ctx;
    return &f->sets[r->subject[task]];
}

/* One file of the payload with its stored measures. */
static void put_file(struct hs_gather *g, const struct hs_source *source, struct hs_buf *payload)
{
    const struct hs_entry *named = &g->entries.items[hs_entries_find(&g->entries, source)];
    const struct hs_entry *e = hs_stem_entry(&g->entries, source);
    struct hs_buf row = {0};
    hs_store_find(g->store, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                  hs_result_file_version(), &row);
    hs_ask_stems_file(payload, named->file.source, &named->stamp, named->right, &row);
    hs_buf_free(&row);
}

/* Stems that cannot be read are left out of the fit. */
static bool is_readable(const struct hs_gather *g, const struct hs_stem *stem)
{
    const struct hs_entry *e = hs_stem_entry(&g->entries, &stem->source);
    return e && e->file.state == HS_FILE_OK;
}

/* The payload: the files of both sides as far as there are any, then the stems that can be
 * read. */
static void fill(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_stem_set_of *set = set_of(r, task);
    struct hs_gather *g = r->gather;
    size_t n = 0;
    hs_ask_stems(payload, HS_STEM_GIVEN);
    for (int s = 0; s < HS_STEM_SIDES; s++) {
        hs_ask_stems_side(payload, set->side[s] != NULL);
        if (set->side[s])
            put_file(g, set->side[s], payload);
    }
    for (size_t i = 0; i < set->track->n_stems; i++)
        n += is_readable(g, &set->track->stems[i]);
    hs_ask_stems_count(payload, n);
    for (size_t i = 0; i < set->track->n_stems; i++) {
        const struct hs_stem *stem = &set->track->stems[i];
        if (!is_readable(g, stem))
            continue;
        hs_ask_stems_stem(payload, stem->kind, stem->key);
        put_file(g, &stem->source, payload);
    }
}

/* A fit goes into the store; else it is unfinished, and given up after the last try. */
static void take(struct hs_round *r, size_t task, const struct hs_result *result)
{
    uint64_t key[HS_STEM_KEY], version = hs_result_stems_version();
    const char *why = result->why;
    hs_stem_sets_key(&r->gather->entries, set_of(r, task), key);
    if (hs_result_lasts(result)) {
        r->status = hs_round_keep(r, task, HS_RESULT_STEMS, key, sizeof key, version);
        return;
    }
    bool given_up =
        hs_round_failed(r, task) && hs_round_blame(r, task, key, sizeof key, version, &why);
    hs_gather_unfinished(r->gather, r->tasks[task].name, why, given_up);
}

/* Stored, or in quarantine. */
static bool is_known(struct hs_gather *g, const struct hs_stem_set_of *set, const char *path)
{
    struct hs_buf row = {0};
    struct hs_result result;
    uint64_t key[HS_STEM_KEY], version = hs_result_stems_version();
    const char *why = NULL;
    hs_stem_sets_key(&g->entries, set, key);
    bool known = hs_gather_find(g, HS_RESULT_STEMS, key, sizeof key, version, &row) &&
                 hs_result_take(row.data, row.len, &result);
    hs_buf_free(&row);
    if (!known && hs_round_quarantined(g, key, sizeof key, version, &why)) {
        hs_gather_unfinished(g, path, why, true);
        known = true;
    }
    return known;
}

/* The file by which a set is named in messages: the master, else the mix. */
static const char *path_of(const struct hs_stem_set_of *set)
{
    const struct hs_source *of = set->side[HS_STEM_IN_MASTER];
    return of ? of->path : set->side[HS_STEM_IN_MIX]->path;
}

/* The same files with the same stems are fitted once. */
static bool is_planned(const struct fitting *f, const struct key *key)
{
    for (size_t i = f->n; i-- > 0;)
        if (!memcmp(&f->keys[i], key, sizeof *key))
            return true;
    return false;
}

/* The sets that are readable, not known and not in quarantine, each combination of bytes once. */
static struct fitting plan(struct hs_gather *g, const struct hs_job *job)
{
    struct fitting f = {0};
    for (size_t t = 0; t < job->n_tracks; t++) {
        const struct hs_track *track = &job->tracks[t];
        for (size_t i = 0; i < hs_stem_sets_count(track); i++) {
            struct hs_stem_set_of set = hs_stem_sets_at(track, i);
            struct key key;
            if (!hs_stem_sets_readable(&g->entries, &set) || is_known(g, &set, path_of(&set)))
                continue;
            hs_stem_sets_key(&g->entries, &set, key.x);
            if (is_planned(&f, &key))
                continue;
            f.keys = hs_grow(f.keys, f.n, &f.keys_cap, sizeof *f.keys);
            f.keys[f.n] = key;
            f.sets = hs_grow(f.sets, f.n, &f.cap, sizeof *f.sets);
            f.sets[f.n++] = set;
        }
    }
    return f;
}

/* The length of all files of a set, which is what a fit costs. */
static double seconds_of(const struct hs_gather *g, const struct hs_stem_set_of *set)
{
    double sum = 0;
    for (int s = 0; s < HS_STEM_SIDES; s++)
        if (set->side[s])
            sum += hs_stem_entry(&g->entries, set->side[s])->audio_s;
    for (size_t i = 0; i < set->track->n_stems; i++)
        if (is_readable(g, &set->track->stems[i]))
            sum += hs_stem_entry(&g->entries, &set->track->stems[i].source)->audio_s;
    return sum;
}

enum hs_status hs_gather_stems(struct hs_gather *g, const struct hs_job *job, struct hs_error *err)
{
    struct fitting f = plan(g, job);
    struct hs_round r = hs_round_new(g, "fitting stems", &hs_task_kind_stems, f.n, err);
    r.fill = fill;
    r.take = take;
    r.ctx = &f;
    r.later = hs_costs_later(g->cost, HS_FITTING);
    for (size_t i = 0; i < f.n; i++) {
        double audio_s = seconds_of(g, &f.sets[i]);
        hs_round_add(&r, i, path_of(&f.sets[i]), audio_s, audio_s);
    }
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    hs_free(f.sets);
    hs_free(f.keys);
    return status;
}
