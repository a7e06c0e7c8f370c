/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What judging reads: the rows of the store as files and pairs of an audit. Starts no task.
 * A row that is missing or not whole is unfinished work, with the reason that gathering
 * gave, or a plain one.
 */
#ifndef HS_RUN_RESULTS_H
#define HS_RUN_RESULTS_H

#include "model/audit.h"
#include "model/packed.h"
#include "run/entries.h"
#include "store/store.h"

struct hs_results {
    struct hs_store *store;
    struct hs_arena *arena;    /* where results live */
    struct hs_packing packing; /* of what is left in the store until it is looked at */
    const uint64_t *separator; /* the key of what took files apart; NULL: nothing did */
    const char *separated_by;  /* that: what it is, for people */
    bool whole;                /* nothing is left there: it is looked at again and again */
};

/* Values of all entries that could be measured. */
void hs_results_files(struct hs_results *r, struct hs_entries *e);
/* The comparison of two files; both may be of any state. False where there is none, though
 * both could be measured. */
bool hs_results_pair(struct hs_results *r, const struct hs_file *from, const struct hs_file *to,
                     struct hs_pair *out);
/* Files, pairs and references of the tracks of audit->job. */
void hs_results_tracks(struct hs_results *r, const struct hs_entries *e, struct hs_audit *audit);
void hs_results_free(struct hs_results *r); /* the packing alone */

#endif
