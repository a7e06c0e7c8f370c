/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs: what stood in a report, so that the next one can say what has changed. They are kept by
 * the report's own number (job and output folder), because jobs may share a store. A run is
 * recorded before its report is switched: the manifest of the report that stands tells which of
 * them was the last. One thread, under the lock of the store; texts live in the arena given.
 */
#ifndef HS_STORE_RUNS_H
#define HS_STORE_RUNS_H

#include "core/arena.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_store;

struct hs_run_finding {
    const char *rule;
    int severity; /* of enum hs_severity */
    double steps; /* a number */
};
struct hs_run_track {
    const char *track;
    uint64_t master[2], mix[2]; /* hashes, 0 where there is none */
    const struct hs_run_finding *findings;
    size_t n_findings;
};

enum hs_notice { HS_NOTICE_NONE, HS_NOTICE_DUE, HS_NOTICE_SENT, HS_N_NOTICES };

struct hs_run {
    uint64_t key[2];              /* of job and output folder */
    uint64_t report[2];           /* of the manifest of what was published */
    uint64_t fingerprint[2];      /* of everything the report was made from */
    uint64_t program, references; /* versions: of hindsight's judgement, of the references */
    int exit_code;                /* 0-255 */
    bool published;               /* the report was switched */
    enum hs_notice notice;
    const struct hs_run_track *tracks; /* by id */
    size_t n_tracks;
    int64_t id; /* of its row; 0: not recorded */
};

/* The run that made the manifest `report`, or else the last one that was published; false
 * where there is none. */
bool hs_store_last_run(struct hs_store *s, const uint64_t key[2], const uint64_t report[2],
                       struct hs_arena *a, struct hs_run *out);
/* Records a run (one transaction), sets its id, and forgets all but the last 60 of its key. */
enum hs_status hs_store_put_run(struct hs_store *s, struct hs_run *run, struct hs_error *err);
/* Writes down `published` and `notice` of a recorded run. */
enum hs_status hs_store_mark_run(struct hs_store *s, const struct hs_run *run,
                                 struct hs_error *err);

#endif
