/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run is one row: key of job and report folder, hash of the published manifest, its state, and
 * a packed list of tracks with hashes and findings. A new run and the forgetting of those older
 * than the last 60 are one transaction. The run of the report that stands is found by the hash of
 * its manifest; without one it is the last that was published. Only the state (published, notice)
 * is written again later.
 */
#include "store/runs.h"

#include "core/wire.h"
#include "model/audit.h"
#include "store/rows.h"
#include "store/store.h"

#include <math.h>
#include <string.h>

enum { ID, KEY, REPORT, STATE, DATA, N_FIELDS, MOST_EXIT = 255 };

/* The data of a run's row. */
static void pack(const struct hs_run *r, struct hs_buf *b)
{
    for (int i = 0; i < 2; i++)
        hs_wire_put_u64(b, r->fingerprint[i]);
    hs_wire_put_u64(b, r->program);
    hs_wire_put_u64(b, r->references);
    hs_wire_put_u32(b, (uint32_t)r->exit_code);
    hs_wire_put_u32(b, (uint32_t)r->n_tracks);
    for (size_t i = 0; i < r->n_tracks; i++) {
        const struct hs_run_track *t = &r->tracks[i];
        hs_wire_put_text(b, t->track);
        for (int k = 0; k < 2; k++) {
            hs_wire_put_u64(b, t->master[k]);
            hs_wire_put_u64(b, t->mix[k]);
        }
        hs_wire_put_u32(b, (uint32_t)t->n_findings);
        for (size_t k = 0; k < t->n_findings; k++) {
            hs_wire_put_text(b, t->findings[k].rule);
            hs_wire_put_u32(b, (uint32_t)t->findings[k].severity);
            hs_wire_put_double(b, t->findings[k].steps);
        }
    }
}

/* A count of things that take at least `size` bytes each. */
static size_t take_count(struct hs_cursor *c, size_t size)
{
    size_t n = hs_wire_take_u32(c);
    if (n > c->left / size)
        c->bad = true;
    return c->bad ? 0 : n;
}

/* The findings of one track; severities and numbers must make sense. */
static void unpack_findings(struct hs_cursor *c, struct hs_arena *a, struct hs_run_track *t)
{
    t->n_findings = take_count(c, 16);
    struct hs_run_finding *items = HS_ARENA_ARRAY(a, struct hs_run_finding, t->n_findings);
    for (size_t i = 0; i < t->n_findings; i++) {
        uint32_t severity;
        items[i].rule = hs_wire_take_text(c, a);
        items[i].severity = (int)(severity = hs_wire_take_u32(c));
        items[i].steps = hs_wire_take_double(c);
        if (!items[i].rule || severity > HS_SEVERE || isnan(items[i].steps))
            c->bad = true;
    }
    t->findings = items;
}

/* The data of a row back; tracks must be in the order of their ids. */
static bool unpack(struct hs_bytes data, struct hs_arena *a, struct hs_run *r)
{
    struct hs_cursor c = hs_cursor(data.p, data.n);
    for (int i = 0; i < 2; i++)
        r->fingerprint[i] = hs_wire_take_u64(&c);
    r->program = hs_wire_take_u64(&c);
    r->references = hs_wire_take_u64(&c);
    uint32_t code = hs_wire_take_u32(&c);
    r->exit_code = (int)code;
    r->n_tracks = take_count(&c, 40);
    struct hs_run_track *tracks = HS_ARENA_ARRAY(a, struct hs_run_track, r->n_tracks);
    for (size_t i = 0; i < r->n_tracks && !c.bad; i++) {
        tracks[i].track = hs_wire_take_text(&c, a);
        for (int k = 0; k < 2; k++) {
            tracks[i].master[k] = hs_wire_take_u64(&c);
            tracks[i].mix[k] = hs_wire_take_u64(&c);
        }
        unpack_findings(&c, a, &tracks[i]);
        if (!tracks[i].track || (i && strcmp(tracks[i - 1].track, tracks[i].track) >= 0))
            c.bad = true;
    }
    r->tracks = tracks;
    return !c.bad && !c.left && code <= MOST_EXIT;
}

/* Takes the row before the statement; false where it is not whole. */
static bool take_row(struct hs_store *s, sqlite3_stmt *q, struct hs_arena *a, struct hs_run *out)
{
    sqlite3_int64 id = sqlite3_column_int64(q, ID), state = sqlite3_column_int64(q, STATE);
    struct hs_bytes key = hs_rows_bytes(q, KEY), report = hs_rows_bytes(q, REPORT);
    const struct hs_bytes fields[N_FIELDS] = {
        {&id, sizeof id}, key, report, {&state, sizeof state}, hs_rows_bytes(q, DATA)};
    *out = (struct hs_run){.id = id, .published = state & 1};
    if (!hs_rows_whole(s, q, fields, N_FIELDS))
        return false;
    bool good = key.n == sizeof out->key && report.n == sizeof out->report && state >= 0 &&
                state >> 1 < HS_N_NOTICES && unpack(fields[DATA], a, out);
    s->n_damaged += !good;
    if (!good)
        return false;
    out->notice = (enum hs_notice)(state >> 1);
    memcpy(out->key, key.p, sizeof out->key);
    memcpy(out->report, report.p, sizeof out->report);
    return true;
}

/* Also unpacks the data, because a run that cannot be read is of no use. */
bool hs_run_row_whole(struct hs_store *s, sqlite3_stmt *q)
{
    struct hs_arena a = {0};
    struct hs_run r;
    bool whole = take_row(s, q, &a, &r);
    hs_arena_free(&a);
    return whole;
}

/* The run of this report, else the last that was published; rows that are not whole are passed
 * over. */
bool hs_store_last_run(struct hs_store *s, const uint64_t key[2], const uint64_t report[2],
                       struct hs_arena *a, struct hs_run *out)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_RUN_FIND);
    bool found = false;
    hs_rows_bind_bytes(q, 1, key, sizeof out->key);
    hs_rows_bind_bytes(q, 2, report, sizeof out->report);
    while (!found && hs_rows_step(s, q))
        found = take_row(s, q, a, out) &&
                (out->published || !memcmp(out->report, report, sizeof out->report));
    sqlite3_reset(q);
    if (!found)
        *out = (struct hs_run){0};
    return found;
}

/* Writes a run with the checksum over all its fields. */
static enum hs_status put_row(struct hs_store *s, const struct hs_run *r, struct hs_bytes data,
                              struct hs_error *err)
{
    sqlite3_int64 id = r->id, state = (sqlite3_int64)r->notice << 1 | r->published;
    const struct hs_bytes fields[N_FIELDS] = {{&id, sizeof id},
                                              {r->key, sizeof r->key},
                                              {r->report, sizeof r->report},
                                              {&state, sizeof state},
                                              data};
    sqlite3_stmt *q = hs_rows_statement(s, HS_RUN_PUT);
    sqlite3_bind_int64(q, 1 + ID, id);
    hs_rows_bind_bytes(q, 1 + KEY, r->key, sizeof r->key);
    hs_rows_bind_bytes(q, 1 + REPORT, r->report, sizeof r->report);
    sqlite3_bind_int64(q, 1 + STATE, state);
    hs_rows_bind_bytes(q, 1 + DATA, data.p, data.n);
    hs_rows_bind_sum(q, 1 + N_FIELDS, fields, N_FIELDS);
    return hs_rows_run(s, q, err);
}

/* Gives the run the next id, writes it, and forgets the oldest ones of its report. */
static enum hs_status put_run(struct hs_store *s, struct hs_run *r, struct hs_error *err)
{
    struct hs_buf data = {0};
    sqlite3_stmt *q = hs_rows_statement(s, HS_RUN_NEXT);
    r->id = hs_rows_step(s, q) ? sqlite3_column_int64(q, 0) : 1;
    sqlite3_reset(q);
    pack(r, &data);
    enum hs_status status = put_row(s, r, (struct hs_bytes){data.data, data.len}, err);
    hs_buf_free(&data);
    if (status != HS_OK)
        return status;
    q = hs_rows_statement(s, HS_RUN_FORGET);
    hs_rows_bind_bytes(q, 1, r->key, sizeof r->key);
    return hs_rows_run(s, q, err);
}

enum hs_status hs_store_put_run(struct hs_store *s, struct hs_run *r, struct hs_error *err)
{
    enum hs_status status = hs_store_begin(s, err);
    if (status != HS_OK)
        return status;
    status = put_run(s, r, err);
    if (status == HS_OK)
        return hs_store_commit(s, err);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Reads the row and writes it with another state; the checksum covers both. */
enum hs_status hs_store_mark_run(struct hs_store *s, const struct hs_run *run, struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_run stored = {0};
    struct hs_buf data = {0};
    sqlite3_stmt *q = hs_rows_statement(s, HS_RUN_GET);
    sqlite3_bind_int64(q, 1, run->id);
    bool found = hs_rows_step(s, q) && take_row(s, q, &a, &stored);
    if (found) {
        struct hs_bytes bytes = hs_rows_bytes(q, DATA);
        hs_buf_put(&data, bytes.p, bytes.n);
    }
    sqlite3_reset(q);
    stored.published = run->published;
    stored.notice = run->notice;
    enum hs_status status =
        found ? put_row(s, &stored, (struct hs_bytes){data.data, data.len}, err)
              : hs_fail(err, HS_E_FAILED, "%s: the record of the run is not there", s->path);
    hs_buf_free(&data);
    hs_arena_free(&a);
    return status;
}
