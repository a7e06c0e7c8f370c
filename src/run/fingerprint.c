/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sum of all that a report is made from, so that a run without changes is recognised before
 * anything is judged: the program (its own bytes and the versions of its analysers), the job
 * file, separator, options, answers of listeners, every file by its bytes, and what was unfinished.
 * It is fed piece by piece: a large job has no second copy in memory. The program and the
 * references have sums of their own too, for telling why verdicts changed.
 */
#include "run/fingerprint.h"

#include "core/fs.h"
#include "core/wire.h"
#include "measure/measure.h"
#include "pair/align.h"
#include "pair/pack.h"
#include "preview/preview.h"
#include "stems/analyse.h"

#include <string.h>
#include <xxhash.h>

/* The bytes of the executable and the versions of all analysers: a new build judges anew. */
uint64_t hs_fingerprint_program(void)
{
    struct hs_buf exe = {0};
    uint64_t version = 0;
    if (hs_fs_read("/proc/self/exe", (size_t)1 << 30, &exe, NULL) == HS_OK)
        version = XXH3_64bits(exe.data, exe.len);
    hs_buf_free(&exe);
    return version ^ hs_measure_version() ^ hs_pair_version() ^ hs_stems_version() ^
           hs_align_version() << 32 ^ hs_preview_version() << 48;
}

/* The profile and the bytes of all references. */
uint64_t hs_fingerprint_references(const struct hs_job *job, const struct hs_entries *e)
{
    uint64_t sum = XXH3_64bits(job->profile, strlen(job->profile));
    const struct hs_source *lists[] = {job->references, job->mix_references};
    const size_t counts[] = {job->n_references, job->n_mix_references};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < counts[k]; i++) {
            const struct hs_file *f = &e->items[hs_entries_find(e, &lists[k][i])].file;
            sum = XXH3_64bits_withSeed(f->hash, sizeof f->hash, sum + (uint64_t)k);
        }
    return sum;
}

/* A file that was hashed enters as OK whatever its state: the outcome follows from its bytes. */
static void put_entry(struct hs_buf *b, const struct hs_entry *e)
{
    hs_wire_put_text(b, e->file.source->path);
    hs_wire_put_text(b, e->file.source->right_path);
    hs_wire_put_u32(b, e->hashed ? HS_FILE_OK : e->file.state);
    for (int i = 0; i < 2; i++)
        hs_wire_put_u64(b, e->file.hash[i]);
}

/* Answers in answers.yaml change a report as much as the job file does. */
static void put_said(struct hs_buf *b, const struct hs_said *s)
{
    hs_wire_put_u64(b, s->track);
    hs_wire_put_text(b, s->listener);
    hs_wire_put_text(b, s->rule);
    hs_wire_put_text(b, s->note);
    hs_wire_put_u32(b, s->reply);
    hs_wire_put_u32(b, s->blind);
}

/* Work that was unfinished then and is not now is a change. */
static void put_unfinished(struct hs_buf *b, const struct hs_unfinished *u)
{
    hs_wire_put_text(b, u->what);
    hs_wire_put_text(b, u->why);
    hs_wire_put_u32(b, u->given_up);
}

/* Adds the buffer to the sum and empties it, so that a large job is never held twice. */
static void add(XXH3_state_t *sum, struct hs_buf *b)
{
    XXH3_128bits_update(sum, b->data, b->len);
    hs_buf_clear(b);
}

/* The whole sum. Entries are fed in the order of the job. */
void hs_fingerprint_take(const struct hs_fingerprint_of *of, uint64_t out[2])
{
    struct hs_buf b = {0};
    XXH3_state_t *sum = XXH3_createState();
    XXH3_128bits_reset(sum);
    hs_wire_put_u64(&b, of->program);
    for (int i = 0; i < 2; i++) {
        hs_wire_put_u64(&b, of->job->hash[i]);
        hs_wire_put_u64(&b, of->gather->separator_key[i]);
    }
    hs_wire_put_text(&b, of->clips);
    hs_wire_put_u32(&b, of->single_file | of->zip << 1 | of->anonymous << 2 | of->all_clips << 3 |
                            of->survival << 4);
    for (size_t i = 0; i < of->job->n_said; i++)
        put_said(&b, &of->job->said[i]);
    add(sum, &b);
    for (size_t i = 0; i < of->gather->entries.n; i++) {
        put_entry(&b, &of->gather->entries.items[i]);
        add(sum, &b);
    }
    for (size_t i = 0; i < of->gather->n_unfinished; i++) {
        put_unfinished(&b, &of->gather->unfinished[i]);
        add(sum, &b);
    }
    XXH128_hash_t x = XXH3_128bits_digest(sum);
    out[0] = x.low64;
    out[1] = x.high64;
    XXH3_freeState(sum);
    hs_buf_free(&b);
}
