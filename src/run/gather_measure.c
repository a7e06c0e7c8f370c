/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of the same bytes are measured once. The row of the store is kept where every analyser in
 * it is of this version; otherwise only the analysers that are stale run, with those that depend on
 * them. Outcomes that follow from the bytes are stored, also that a file cannot be decoded. A task
 * that ended the worker is counted; after HS_TRIES runs it is in quarantine. Everything else is
 * unfinished work and is tried again.
 */
#include "run/gather_measure.h"

#include "measure/analysers.h"
#include "measure/measure.h"
#include "run/gather_hash.h"
#include "run/gather_round.h"
#include "run/result.h"
#include "run/task_measure.h"

#include <string.h>

/* What was found out about the bytes holds for every name of them. */
static void share_outcomes(struct hs_entries *e)
{
    for (size_t i = 0; i < e->n; i++) {
        struct hs_entry *entry = &e->items[i], *first = &e->items[entry->same_as];
        entry->audio_s = first->audio_s;
        entry->file.state = first->file.state;
        entry->file.error = first->file.error;
    }
}

/* The stored result of these bytes, of any state of the analysers. */
static bool find_row(struct hs_gather *g, const struct hs_entry *e, struct hs_buf *row)
{
    return hs_gather_find(g, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                          hs_result_file_version(), row);
}

/* Which analysers must run for a row that was stored: none, some, or all of them where it
 * is not whole or where there is nothing to add to. */
static hs_analyser_set stale_of(const struct hs_gather *g, const struct hs_buf *row,
                                struct hs_result *r)
{
    if (!hs_result_take(row->data, row->len, r))
        return HS_ALL_ANALYSERS;
    hs_analyser_set stale = hs_measure_stale(r->versions, r->n_versions, g->survival);
    return stale && r->outcome != HS_OUTCOME_OK ? HS_ALL_ANALYSERS : stale;
}

/* Length of the audio, and the reason where the file could not be read. */
static void take_outcome(struct hs_gather *g, struct hs_entry *e, const struct hs_result *r)
{
    e->audio_s = r->audio_s;
    if (r->outcome != HS_OUTCOME_OK)
        hs_gather_trouble(g, e, r);
}

/* True where the file has to be measured; false: it is known, or in quarantine. */
static bool wants_measures(struct hs_gather *g, struct hs_entry *e)
{
    struct hs_buf row = {0};
    struct hs_result r;
    const char *why = NULL;
    bool known = find_row(g, e, &row) && !stale_of(g, &row, &r);
    if (known) {
        take_outcome(g, e, &r);
    } else if (hs_round_quarantined(g, e->file.hash, sizeof e->file.hash, hs_result_file_version(),
                                    &why)) {
        hs_gather_quarantine(g, e, why);
        known = true;
    }
    hs_buf_free(&row);
    g->n_known += known && !e->measured;
    return !known;
}

/* The payload of measuring: the file, the analysers that are stale, and the row they are added
 * to. */
static void fill_measure(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct hs_entry *e = hs_round_entry(r, task);
    struct hs_buf row = {0};
    struct hs_result known;
    hs_analyser_set set = HS_ALL_ANALYSERS;
    if (find_row(r->gather, e, &row))
        set = stale_of(r->gather, &row, &known);
    if (set == HS_ALL_ANALYSERS) {
        set = hs_measure_asked(r->gather->survival);
        hs_buf_clear(&row);
    }
    hs_ask_measure(payload, e->file.source, &e->stamp, e->right, set, &row);
    hs_buf_free(&row);
}

/* A result goes into the store; a task that ended the worker is counted against these bytes. */
static void take_measures(struct hs_round *r, size_t task, const struct hs_result *result)
{
    struct hs_entry *e = hs_round_entry(r, task);
    const char *why = NULL;
    r->gather->n_measured += !hs_round_failed(r, task);
    if (hs_round_failed(r, task) && hs_round_blame(r, task, e->file.hash, sizeof e->file.hash,
                                                   hs_result_file_version(), &why)) {
        hs_gather_quarantine(r->gather, e, why);
        return;
    }
    take_outcome(r->gather, e, result);
    if (hs_result_lasts(result))
        r->status = hs_round_keep(r, task, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                                  hs_result_file_version());
}

/* Measures one file of each group of equal bytes, unless its row is there. */
enum hs_status hs_gather_measures(struct hs_gather *g, struct hs_error *err)
{
    struct hs_round r = hs_round_new(g, "measuring", &hs_task_kind_measure, g->entries.n, err);
    r.fill = fill_measure;
    r.take = take_measures;
    r.later = hs_costs_later(g->cost, HS_MEASURING);
    for (size_t i = 0; i < g->entries.n; i++) {
        struct hs_entry *e = &g->entries.items[i];
        if (e->file.state == HS_FILE_OK && e->hashed && e->same_as == i && wants_measures(g, e))
            hs_round_add(&r, i, e->file.source->path, hs_entry_bytes(e), 0);
    }
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    share_outcomes(&g->entries);
    return status;
}

/* Hashes, then measures of all files that have no row. */
enum hs_status hs_gather_files(struct hs_gather *g, struct hs_error *err)
{
    enum hs_status status = hs_gather_hashes(g, err);
    return status == HS_OK ? hs_gather_measures(g, err) : status;
}
