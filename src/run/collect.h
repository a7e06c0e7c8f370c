/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Collecting: from files on disk to measures and pairs, through the store and the pool.
 * Three rounds: hash what has changed, measure what is not known, compare the pairs.
 */
#ifndef HS_RUN_COLLECT_H
#define HS_RUN_COLLECT_H

#include "core/log.h"
#include "model/audit.h"
#include "model/bulk.h"
#include "pool/child.h"
#include "run/entries.h"
#include "store/store.h"

#include <signal.h>

struct hs_collect {
    struct hs_entries entries;
    struct hs_store *store; /* NULL: nothing is kept */
    const struct hs_log *log;
    int jobs;
    const volatile sig_atomic_t *stop;
    struct hs_child worker; /* kept over the rounds: its libraries take a while to load */
    struct hs_arena *arena; /* of the results */
    struct hs_bulk bulk;    /* of what is left in the store until it is looked at */
    size_t n_measured, n_paired, n_known; /* what was done this time */
    double audio_s;
};

/* Of what the store holds, series and long texts stay there; NULL without a store. */
struct hs_bulk *hs_collect_bulk(struct hs_collect *c);
/* Names a stored result for the bulk, in the arena of the results. */
const void *hs_collect_bulk_id(struct hs_collect *c, enum hs_result_kind kind, const void *key,
                               size_t key_n, uint64_t version);
void hs_collect_free(struct hs_collect *c); /* all but the arena and the store */

/* Looks at every file: stamps, states, and the hashes that the store still has. */
void hs_collect_look(struct hs_collect *c);
/* Share (0-1) of the entries that are not there. */
double hs_collect_missing(const struct hs_collect *c);
enum hs_status hs_collect_hash(struct hs_collect *c, struct hs_error *err);
enum hs_status hs_collect_measure(struct hs_collect *c, struct hs_error *err);
/* Fills files and pairs of the audit's tracks, and its references. */
enum hs_status hs_collect_tracks(struct hs_collect *c, struct hs_audit *audit,
                                 struct hs_error *err);

/* Compares couples of files that are not a track's mix and master: an old file and its
 * update. Both have been measured. */
struct hs_collect_couple {
    const struct hs_file *from, *to;
    struct hs_pair *out;
};
enum hs_status hs_collect_couples(struct hs_collect *c, const struct hs_collect_couple *couples,
                                  size_t n, struct hs_error *err);

#endif
