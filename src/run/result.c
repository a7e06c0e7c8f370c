/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One result as bytes: magic, outcome, length of the audio, why it failed, versions of the
 * analysers, body, checksum over all of them. The same bytes travel through the pipe and stand in
 * the store.
 * A result lasts where it follows from the bytes of the file: measured, or not readable. A file
 * that is gone, and work that was cut short, say nothing about the file and are not kept.
 */
#include "run/result.h"
#include "model/values_pack.h"

#include "core/wire.h"
#include "measure/analysers.h"
#include "measure/measure.h"
#include "pair/align.h"
#include "pair/pack.h"
#include "stems/analyse.h"

#include <string.h>
#include <xxhash.h>

enum {
    MAGIC = 0x31725348, /* "HSr1" */
    LAYOUT = 4,
    READING = 2, /* raised when other samples, or other words of refusal, come out of a file */
    BASE = LAYOUT + READING,
};

/* Does the outcome follow from the bytes alone, so that it may be stored? */
bool hs_result_lasts(const struct hs_result *r)
{
    return r->outcome == HS_OUTCOME_OK || hs_result_refuses(r->outcome);
}

bool hs_result_refuses(enum hs_result_outcome outcome)
{
    return outcome == HS_OUTCOME_UNREADABLE || outcome == HS_OUTCOME_NOT_READ;
}

enum hs_result_outcome hs_result_outcome_of(enum hs_status status)
{
    switch (status) {
    case HS_OK:
        return HS_OUTCOME_OK;
    case HS_E_FORMAT:
        return HS_OUTCOME_UNREADABLE;
    case HS_E_LIMIT:
    case HS_E_UNSUPPORTED:
        return HS_OUTCOME_NOT_READ;
    case HS_E_MISSING:
        return HS_OUTCOME_GONE;
    default:
        return HS_OUTCOME_UNFINISHED;
    }
}

/* The layout of the head; hs_result_take reads the same. */
void hs_result_put(struct hs_buf *out, const struct hs_result *r)
{
    size_t from = out->len;
    hs_wire_put_u32(out, MAGIC);
    hs_wire_put_u32(out, r->outcome);
    hs_wire_put_double(out, r->audio_s);
    hs_wire_put_blob(out, r->why, r->why ? strlen(r->why) + 1 : 0);
    hs_wire_put_blob(out, r->versions, r->n_versions);
    hs_wire_put_blob(out, r->body, r->n_body);
    hs_wire_put_u64(out, XXH3_64bits(out->data + from, out->len - from));
}

/* False where the checksum does not hold or anything is cut short. Texts and bodies point into
 * `data`. */
bool hs_result_take(const void *data, size_t n, struct hs_result *out)
{
    uint64_t sum;
    *out = (struct hs_result){.outcome = HS_OUTCOME_UNFINISHED};
    if (n < sizeof sum)
        return false;
    memcpy(&sum, (const char *)data + n - sizeof sum, sizeof sum);
    if (XXH3_64bits(data, n - sizeof sum) != sum)
        return false;
    struct hs_cursor c = hs_cursor(data, n - sizeof sum);
    if (hs_wire_take_u32(&c) != MAGIC)
        return false;
    uint32_t outcome = hs_wire_take_u32(&c);
    size_t n_why;
    out->audio_s = hs_wire_take_double(&c);
    out->why = hs_wire_take_blob(&c, &n_why);
    out->versions = hs_wire_take_blob(&c, &out->n_versions);
    out->body = hs_wire_take_blob(&c, &out->n_body);
    if (c.bad || c.left || outcome > HS_OUTCOME_UNFINISHED || (n_why && out->why[n_why - 1]))
        return false;
    if (!n_why)
        out->why = NULL;
    out->outcome = (enum hs_result_outcome)outcome;
    return true;
}

/* Outcome and reason of an error; OK without one. */
static struct hs_result result_of(const struct hs_error *err)
{
    return (struct hs_result){.outcome = hs_result_outcome_of(err->status),
                              .why = err->status ? err->msg : NULL};
}

/* The result of measuring: packed values with the versions of the analysers that made them. */
void hs_result_put_file(struct hs_buf *out, const struct hs_file *file, const struct hs_error *err)
{
    struct hs_buf versions = {0}, body = {0};
    struct hs_result r = result_of(err);
    hs_measure_put_versions(&file->values, &versions);
    if (r.outcome == HS_OUTCOME_OK) {
        hs_values_pack(&file->values, &body);
        hs_values_read(&file->values, "duration_s", &r.audio_s);
    }
    r.versions = versions.data;
    r.n_versions = versions.len;
    r.body = body.data;
    r.n_body = body.len;
    hs_result_put(out, &r);
    hs_buf_free(&versions);
    hs_buf_free(&body);
}

void hs_result_put_body(struct hs_buf *out, const void *body, size_t n, const struct hs_error *err)
{
    struct hs_result r = result_of(err);
    r.body = body;
    r.n_body = n;
    hs_result_put(out, &r);
}

void hs_result_put_pair(struct hs_buf *out, const struct hs_pair *pair, const struct hs_error *err)
{
    struct hs_buf body = {0};
    if (err->status == HS_OK)
        hs_pair_pack(pair, &body);
    hs_result_put_body(out, body.data, body.len, err);
    hs_buf_free(&body);
}

enum hs_status hs_result_take_values(const struct hs_result *r, struct hs_values *out,
                                     struct hs_error *err)
{
    return hs_values_unpack(out, r->body, r->n_body, err);
}

enum hs_status hs_result_take_pair(const struct hs_result *r, struct hs_arena *arena,
                                   struct hs_pair *out, struct hs_error *err)
{
    return hs_pair_unpack(out, arena, r->body, r->n_body, err);
}

/* Versions of analysers are kept in the row itself, so that one new analyser does not make all rows
 * void. */
uint64_t hs_result_file_version(void)
{
    return BASE;
}

/* Behind a pair stand its own analysis and the measures that it reads of both files. */
uint64_t hs_result_pair_version(void)
{
    const uint64_t step = 0x9e3779b97f4a7c15u;
    const unsigned long long own = hs_pair_version() * step ^ hs_align_version();
    return (own * step ^ hs_measure_version_of(hs_pair_reads)) * step + BASE;
}

uint64_t hs_result_stems_version(void)
{
    const uint64_t step = 0x9e3779b97f4a7c15u;
    /* a file may be laid on another as a pair is */
    const unsigned long long own = hs_stems_version() * step ^ hs_align_version();
    return (own * step ^ hs_measure_version_of(hs_stems_reads)) * step + BASE;
}
