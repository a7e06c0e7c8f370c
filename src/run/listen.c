/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A take is worth listening to where names left a pair undecided, or where a master has no mix
 *    and a mix without a master is about as long (within a quarter, or 20 s).
 * 2. These are measured through the pool, which gives their fingerprints.
 * 3. For masters without a mix the fingerprints of the free mixes are searched at all lags; the
 *    best three with a mean correlation of at least 0.35 become candidates.
 * 4. Candidates are aligned like the pairs of a job, and settled (listen_settle.h).
 * 5. Two masters are one recording in two formats where one line holds at least 0.8 of them at a
 *    correlation of at least 0.75, and both are as loud.
 */
#include "run/listen.h"

#include "core/alloc.h"
#include "core/num.h"
#include "init/signs.h"
#include "measure/fingerprint.h"
#include "pair/coarse.h"
#include "run/gather.h"
#include "run/gather_couples.h"
#include "run/gather_measure.h"
#include "run/listen_settle.h"
#include "run/results.h"

#include <math.h>
#include <string.h>

/* A mix may be longer by count-in and tail, or shorter by an edit. */
static const double LENGTH_SHARE = 0.25, LENGTH_S = 20;
/* Mean correlation of fingerprints from which a look-up deserves an alignment. */
static const double COARSE_LEAST = 0.35;
/* From here on two masters are one in two formats. */
static const double SAME_LEAST = 0.75, SAME_SHARE = 0.8;
enum { FOUND = 3 };

struct listening {
    struct hs_archive *in;
    struct hs_gather gather;
    struct hs_results results;
    struct hs_source *sources; /* by take; path NULL until needed */
};

/* The take as a source to be measured; made when it is first asked for. */
static struct hs_source *source_of(struct listening *l, const struct hs_take *t)
{
    struct hs_source *s = &l->sources[t - l->in->takes];
    if (!s->path)
        *s = (struct hs_source){.path = t->path,
                                .right_path = t->right,
                                .from_75 = t->part_of.from_75,
                                .to_75 = t->part_of.to_75,
                                .emphasised = t->part_of.emphasised,
                                .shown = t->path,
                                .exists = true};
    return s;
}

/* A store in memory; measures stay whole, since they are read once. */
static enum hs_status start(struct listening *l, struct hs_archive *in, struct hs_error *err)
{
    *l = (struct listening){.in = in};
    l->gather = (struct hs_gather){.log = in->log, .jobs = in->jobs, .stop = in->stop};
    l->results = (struct hs_results){.arena = in->arena, .whole = true};
    l->sources = HS_ARENA_ARRAY(in->arena, struct hs_source, in->n_takes);
    enum hs_status status = hs_store_open_memory(&l->gather.store, err);
    l->results.store = l->gather.store;
    return status;
}

static void end(struct listening *l)
{
    hs_results_free(&l->results);
    hs_gather_free(&l->gather);
    hs_store_close(l->gather.store);
}

/* Adds a take to what is to be measured; twice is once. */
static void want(struct listening *l, const struct hs_take *t)
{
    hs_entries_add(&l->gather.entries, source_of(l, t));
}

/* Measures all that was wanted and reads the values. */
static enum hs_status measure(struct listening *l, struct hs_error *err)
{
    hs_gather_look(&l->gather);
    enum hs_status status = hs_gather_files(&l->gather, err);
    if (status == HS_OK)
        hs_results_files(&l->results, &l->gather.entries);
    return status;
}

/* The measured file of a take. */
static const struct hs_file *file_of(struct listening *l, const struct hs_take *t)
{
    size_t i = hs_entries_find(&l->gather.entries, source_of(l, t));
    return &l->gather.entries.items[i].file;
}

/* Loudness and density of a take that was measured. */
static struct hs_sound sound(struct listening *l, const struct hs_take *t)
{
    const struct hs_values *v = &file_of(l, t)->values;
    return (struct hs_sound){hs_values_or_nan(v, "integrated_lufs"), hs_values_or_nan(v, "plr_db")};
}

/* Integrated loudness and PLR, by which init tells a master from a mix where names do not. */
enum hs_status hs_listen_loudness(struct hs_archive *in, struct hs_take *const *takes, size_t n,
                                  double *lufs, double *plr_db, struct hs_error *err)
{
    struct listening l;
    enum hs_status status = start(&l, in, err);
    for (size_t i = 0; i < n; i++)
        want(&l, takes[i]);
    if (status == HS_OK)
        status = measure(&l, err);
    for (size_t i = 0; i < n && status == HS_OK; i++) {
        struct hs_sound s = sound(&l, takes[i]);
        lufs[i] = s.lufs;
        plr_db[i] = s.plr_db;
    }
    end(&l);
    return status;
}

/* NULL where the take could not be measured. */
static const char *fingerprint(struct listening *l, const struct hs_take *t)
{
    const struct hs_value *v = hs_values_get(&file_of(l, t)->values, HS_FINGERPRINT_KEY);
    return v && v->kind == HS_TEXT ? v->text : NULL;
}

static const double *bands(struct listening *l, const struct hs_take *t)
{
    return hs_values_doubles(&file_of(l, t)->values, "bands_db", HS_BANDS);
}

/* Is it the same recording from the same first second, as loud and of the same tone? A remaster is
 * not. */
static bool is_copy(struct listening *l, const struct hs_take *a, const struct hs_take *b)
{
    const char *mine = fingerprint(l, a), *theirs = fingerprint(l, b);
    struct hs_coarse c;
    if (!mine || !theirs)
        return false;
    hs_coarse_search(theirs, mine, 0, NULL, &c);
    bool same = c.n_lines && c.score[0] >= SAME_LEAST && c.share[0] >= SAME_SHARE;
    hs_coarse_free(&c);
    struct hs_sound x = sound(l, a), y = sound(l, b);
    bool lossy = !a->stream.lossless || !b->stream.lossless,
         silent = isnan(x.lufs) && isnan(y.lufs);
    return same && (silent || (hs_signs_as_loud(x, y, lossy) &&
                               hs_copies_same_tone(bands(l, a), bands(l, b), lossy)));
}

/* Which of these couples are one recording in two formats. */
enum hs_status hs_listen_copies(struct hs_archive *in, struct hs_maybe_copy *pairs, size_t n,
                                struct hs_error *err)
{
    struct listening l;
    enum hs_status status = start(&l, in, err);
    for (size_t i = 0; i < n; i++) {
        want(&l, pairs[i].a);
        want(&l, pairs[i].b);
    }
    if (status == HS_OK)
        status = measure(&l, err);
    for (size_t i = 0; i < n && status == HS_OK; i++)
        pairs[i].same = is_copy(&l, pairs[i].a, pairs[i].b);
    end(&l);
    return status;
}

/* About as long; unknown lengths are no reason against it. */
static bool like_lengths(const struct hs_take *a, const struct hs_take *b)
{
    double x = a->stream.duration_s, y = b->stream.duration_s;
    return x <= 0 || y <= 0 || fabs(x - y) <= LENGTH_S + LENGTH_SHARE * fmax(x, y);
}

/* A readable mix that no master has taken. */
static bool left_over(const struct hs_take *t)
{
    return t->part == HS_PART_MIX && !t->aside && !t->error && !t->used;
}

/* What has to be heard: rivals of undecided pairs; masters without a mix, and the mixes
 * left over that are about as long. */
static void want_all(struct listening *l)
{
    struct hs_archive *in = l->in;
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_guess *g = &in->guesses[i];
        bool heard = g->ambiguous;
        for (size_t k = 0; g->ambiguous && k < g->n_mixes; k++)
            want(l, g->mixes[k]);
        for (size_t k = 0; !g->n_mixes && k < in->n_takes; k++)
            if (left_over(&in->takes[k]) && like_lengths(g->master, &in->takes[k])) {
                want(l, &in->takes[k]);
                heard = true;
            }
        if (heard)
            want(l, g->master);
    }
}

/* The best few of the mixes left over, by fingerprint. */
static void look_up(struct listening *l, struct hs_guess *g)
{
    struct hs_archive *in = l->in;
    double scores[FOUND] = {0};
    const char *mine = NULL;
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        struct hs_coarse c;
        if (!left_over(t) || !like_lengths(g->master, t))
            continue;
        mine = mine ? mine : fingerprint(l, g->master);
        const char *theirs = fingerprint(l, t);
        if (!mine || !theirs)
            continue;
        hs_coarse_search(theirs, mine, 0, NULL, &c);
        double score = c.n_lines ? c.score[0] : 0;
        hs_coarse_free(&c);
        /* sorted into the best few by score */
        size_t at = g->n_mixes < FOUND ? g->n_mixes : FOUND;
        while (at > 0 && scores[at - 1] < score)
            at--;
        if (score < COARSE_LEAST || at >= FOUND)
            continue;
        size_t kept = g->n_mixes < FOUND ? g->n_mixes++ : FOUND - 1;
        for (size_t k = kept; k > at; k--) {
            scores[k] = scores[k - 1];
            g->mixes[k] = g->mixes[k - 1];
        }
        scores[at] = score;
        g->mixes[at] = t;
    }
}

/* The guesses that were listened to, as a job of their own. */
static enum hs_status align(struct listening *l, const bool *by_name, struct hs_error *err)
{
    struct hs_archive *in = l->in;
    struct hs_arena *a = in->arena;
    struct hs_audit audit = {0};
    struct hs_job job = {0};
    struct hs_track *tracks = HS_ARENA_ARRAY(a, struct hs_track, in->n_guesses);
    struct hs_guess **guesses = HS_ARENA_ARRAY(a, struct hs_guess *, in->n_guesses);
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_guess *g = &in->guesses[i];
        if (!g->n_mixes || (by_name[i] && !g->ambiguous))
            continue;
        struct hs_source *mixes = HS_ARENA_ARRAY(a, struct hs_source, g->n_mixes);
        for (size_t k = 0; k < g->n_mixes; k++)
            mixes[k] = *source_of(l, g->mixes[k]);
        guesses[job.n_tracks] = g;
        tracks[job.n_tracks++] = (struct hs_track){.title = "",
                                                   .id = "",
                                                   .master = *source_of(l, g->master),
                                                   .mixes = mixes,
                                                   .n_mixes = g->n_mixes};
    }
    job.tracks = tracks;
    audit.job = &job;
    enum hs_status status = hs_gather_job(&l->gather, &job, err);
    if (status == HS_OK)
        hs_results_tracks(&l->results, &l->gather.entries, &audit);
    for (size_t i = 0; status == HS_OK && i < job.n_tracks; i++)
        hs_listen_settle(in, guesses[i], &audit.tracks[i].pair, by_name[guesses[i] - in->guesses]);
    hs_arena_free(&audit.arena);
    return status;
}

/* Settles the pairs that names left open, and looks for mixes of masters that have none. */
enum hs_status hs_listen_pairs(struct hs_archive *in, struct hs_error *err)
{
    struct listening l;
    enum hs_status status = start(&l, in, err);
    bool *by_name = HS_NEW_ARRAY(bool, in->n_guesses + 1);
    want_all(&l);
    for (size_t i = 0; i < in->n_guesses; i++)
        by_name[i] = in->guesses[i].n_mixes > 0;
    if (l.gather.entries.n && status == HS_OK)
        status = measure(&l, err);
    if (l.gather.entries.n && status == HS_OK) {
        for (size_t i = 0; i < in->n_guesses; i++)
            if (!in->guesses[i].n_mixes)
                look_up(&l, &in->guesses[i]);
        status = align(&l, by_name, err);
    }
    end(&l);
    hs_free(by_name);
    return status;
}
