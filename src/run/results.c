/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Rows are read under the key that gathering used: bytes of the file or files, and the version
 *    of what made them. A row that is missing is unfinished work; a row that says why a file
 *    cannot be read gives its reason.
 * 2. Values are packed to eight bytes a number. Numbers that rules need stay in memory; series,
 *    long texts and other arrays stay in the store, are found by the same key and read again when
 *    a page needs them.
 * 3. Files of the same bytes share their values. Of several candidates for a mix, all comparisons
 *    are read and the pair with the best evidence is chosen.
 * 4. Instruments follow the choice (result_instruments.h).
 */
#include "run/results.h"

#include "core/alloc.h"
#include "judge/rule.h"
#include "pair/choose.h"
#include "run/result.h"
#include "run/result_instruments.h"

#include <math.h>
#include <string.h>

static const char not_read[] = "the mix or the master could not be read";
static const char not_compared[] =
    "could not be compared this time; it is tried again in the next run";
static const char not_measured[] =
    "could not be measured this time; it is tried again in the next run";

struct stored {
    enum hs_result_kind kind;
    uint64_t key[4], version;
    size_t key_n;
};

/* Whether an array stays in memory: rules read what they need of every track, twice. */
static bool is_needed(void *ctx, const char *key)
{
    (void)ctx;
    for (size_t t = 0; t < hs_n_rule_tables; t++)
        for (size_t r = 0; r < hs_rule_tables[t]->n; r++) {
            const char *const *needs = hs_rule_tables[t]->rules[r].needs;
            for (size_t k = 0; k < HS_MAX_NEEDS && needs[k]; k++)
                if (!strcmp(needs[k], key))
                    return true;
        }
    return false;
}

/* A whole row under this key. */
static bool find(struct hs_results *r, const struct stored *s, struct hs_buf *row,
                 struct hs_result *out)
{
    return hs_store_find(r->store, s->kind, s->key, s->key_n, s->version, row) &&
           hs_result_take(row->data, row->len, out);
}

/* The values of a row, of a file or of a comparison. */
static enum hs_status take_values(const struct stored *s, const struct hs_result *result,
                                  struct hs_values *out)
{
    if (s->kind == HS_RESULT_FILE)
        return hs_result_take_values(result, out, NULL);
    struct hs_pair pair;
    enum hs_status status = hs_result_take_pair(result, out->arena, &pair, NULL);
    if (status == HS_OK)
        *out = pair.values;
    return status;
}

/* For the packing: a series or text that was left in the store is wanted. */
static bool read_again(void *ctx, const void *id, struct hs_values *out)
{
    struct hs_buf row = {0};
    struct hs_result result;
    bool whole = find(ctx, id, &row, &result) && take_values(id, &result, out) == HS_OK;
    hs_buf_free(&row);
    return whole;
}

/* Takes values over in the memory they take. */
static void keep(struct hs_results *r, const struct stored *s, struct hs_values *v)
{
    if (r->whole) {
        hs_values_settle(v, r->arena);
        return;
    }
    r->packing.read = read_again;
    r->packing.stays = is_needed;
    r->packing.ctx = r;
    hs_packing_pack(&r->packing, v, r->arena, hs_arena_copy(r->arena, s, sizeof *s));
}

/* Where the measures of a file stand. */
static struct stored file_key(const struct hs_file *f)
{
    struct stored s = {
        .kind = HS_RESULT_FILE, .version = hs_result_file_version(), .key_n = sizeof f->hash};
    memcpy(s.key, f->hash, sizeof f->hash);
    return s;
}

/* The measures of one file from its row; without a whole row the file is unfinished. */
static void read_file(struct hs_results *r, struct hs_file *f)
{
    struct hs_arena scratch = {0};
    struct hs_buf row = {0};
    struct hs_result result;
    const struct stored s = file_key(f);
    hs_values_init(&f->values, &scratch);
    if (find(r, &s, &row, &result) && hs_result_take_values(&result, &f->values, NULL) == HS_OK) {
        keep(r, &s, &f->values);
    } else {
        f->state = HS_FILE_UNFINISHED;
        f->error = not_measured;
        hs_values_init(&f->values, r->arena);
    }
    hs_buf_free(&row);
    hs_arena_free(&scratch);
}

void hs_results_files(struct hs_results *r, struct hs_entries *e)
{
    for (size_t i = 0; i < e->n; i++) {
        struct hs_entry *entry = &e->items[i], *first = &e->items[entry->same_as];
        if (entry->file.state == HS_FILE_OK && entry == first)
            read_file(r, &entry->file);
        entry->file.values = first->file.values; /* same_as <= i: it has been read */
        entry->file.state = first->file.state;
        entry->file.error = first->file.error;
    }
}

/* A pair without values: state and reason alone. */
static void no_pair(struct hs_results *r, struct hs_pair *pair, enum hs_pair_state state,
                    const char *why)
{
    *pair = (struct hs_pair){.state = state, .why = hs_arena_intern(r->arena, why)};
    hs_values_init(&pair->values, r->arena);
    hs_values_init(&pair->shared_mix, r->arena);
    hs_values_init(&pair->shared_master, r->arena);
}

/* What lies in the memory of the row is copied to that of the results. */
static void keep_lists(struct hs_results *r, struct hs_pair *p)
{
    p->why = hs_arena_intern(r->arena, p->why);
    p->segments = hs_arena_copy(r->arena, p->segments, p->n_segments * sizeof *p->segments);
    p->chain = hs_arena_copy(r->arena, p->chain, p->n_chain * sizeof *p->chain);
    p->fades = hs_arena_copy(r->arena, p->fades, p->n_fades * sizeof *p->fades);
    p->rides = hs_arena_copy(r->arena, p->rides, p->n_rides * sizeof *p->rides);
}

/* Takes over a comparison in the memory it takes. */
static bool read_pair(struct hs_results *r, const struct stored *s, const struct hs_result *result,
                      struct hs_pair *pair)
{
    struct hs_arena scratch = {0};
    bool whole = hs_result_take_pair(result, &scratch, pair, NULL) == HS_OK;
    if (whole) {
        keep(r, s, &pair->values);
        keep_lists(r, pair);
        hs_values_settle(&pair->shared_mix, r->arena);
        hs_values_settle(&pair->shared_master, r->arena);
    }
    hs_arena_free(&scratch);
    return whole;
}

/* Reads one comparison; false: there is no row, so the work is unfinished. */
bool hs_results_pair(struct hs_results *r, const struct hs_file *from, const struct hs_file *to,
                     struct hs_pair *out)
{
    struct hs_buf row = {0};
    struct hs_result result;
    struct stored s = {.kind = HS_RESULT_PAIR,
                       .version = hs_result_pair_version(),
                       .key_n = sizeof from->hash + sizeof to->hash};
    memcpy(s.key, from->hash, sizeof from->hash);
    memcpy(s.key + 2, to->hash, sizeof to->hash);
    bool answered = true;
    if (from->state != HS_FILE_OK || to->state != HS_FILE_OK)
        no_pair(r, out, HS_PAIR_NONE, not_read);
    else if (!find(r, &s, &row, &result))
        answered = false;
    else if (result.outcome != HS_OUTCOME_OK)
        no_pair(r, out, HS_PAIR_CANNOT_SAY, result.why);
    else
        answered = read_pair(r, &s, &result, out);
    if (!answered)
        no_pair(r, out, HS_PAIR_CANNOT_SAY, not_compared);
    hs_buf_free(&row);
    return answered;
}

/* Results of a list of files, sharing their values. */
static struct hs_file *copies(struct hs_results *r, const struct hs_entries *e,
                              const struct hs_source *sources, size_t n)
{
    struct hs_file *out = HS_ARENA_ARRAY(r->arena, struct hs_file, n);
    for (size_t i = 0; i < n; i++)
        out[i] = hs_entries_file(e, &sources[i]);
    return out;
}

/* The files of a track from their entries. */
static void fill_files(struct hs_results *r, const struct hs_entries *e, struct hs_track_result *t)
{
    const struct hs_track *track = t->track;
    t->master = hs_entries_file(e, &track->master);
    t->update = hs_entries_file(e, &track->update);
    t->mixes = copies(r, e, track->mixes, track->n_mixes);
    t->stems = HS_ARENA_ARRAY(r->arena, struct hs_file, track->n_stems);
    for (size_t i = 0; i < track->n_stems; i++)
        t->stems[i] = hs_entries_file(e, &track->stems[i].source);
}

/* Reads the comparison of every candidate with the master and chooses one. */
static void fill_pair(struct hs_results *r, struct hs_track_result *t)
{
    size_t n = t->track->n_mixes;
    t->unfinished = t->master.state == HS_FILE_UNFINISHED;
    if (!n) {
        no_pair(r, &t->pair, HS_PAIR_NONE, "no mix in the job file");
        return;
    }
    if (!t->track->master.path) { /* unreleased: measured, and judged as nothing */
        no_pair(r, &t->pair, HS_PAIR_NONE, "no master in the job file: an unreleased mix");
        t->mix = t->mixes[0];
        return;
    }
    struct hs_pair *pairs = HS_NEW_ARRAY(struct hs_pair, n);
    for (size_t i = 0; i < n; i++) {
        bool answered = hs_results_pair(r, &t->mixes[i], &t->master, &pairs[i]);
        t->unfinished |= !answered || t->mixes[i].state == HS_FILE_UNFINISHED;
    }
    hs_pair_choose(pairs, t->mixes, n, r->arena, &t->pair);
    t->mix = t->mixes[t->pair.chosen];
    hs_free(pairs);
}

/* Everything that judging needs, from the store alone: no file is opened. */
void hs_results_tracks(struct hs_results *r, const struct hs_entries *e, struct hs_audit *audit)
{
    const struct hs_job *job = audit->job;
    const struct hs_instrument_rows instruments = {r->store, r->arena, r->separator,
                                                   r->separated_by};
    audit->references = copies(r, e, job->references, job->n_references);
    audit->mix_references = copies(r, e, job->mix_references, job->n_mix_references);
    for (size_t i = 0; r->separator && i < job->n_references; i++)
        hs_result_separated(&instruments, job->separate, &audit->references[i], HS_STEM_IN_MASTER);
    audit->tracks = HS_ARENA_ARRAY(r->arena, struct hs_track_result, job->n_tracks);
    for (size_t i = 0; i < job->n_tracks; i++) {
        audit->tracks[i].track = &job->tracks[i];
        fill_files(r, e, &audit->tracks[i]);
        fill_pair(r, &audit->tracks[i]);
        hs_result_instruments(&instruments, e, &audit->tracks[i]);
        if (r->separator && !job->tracks[i].n_stems) {
            hs_result_separated(&instruments, job->separate, &audit->tracks[i].mix, HS_STEM_IN_MIX);
            hs_result_separated(&instruments, job->separate, &audit->tracks[i].master,
                                HS_STEM_IN_MASTER);
        }
    }
}

void hs_results_free(struct hs_results *r)
{
    hs_packing_free(&r->packing);
}
