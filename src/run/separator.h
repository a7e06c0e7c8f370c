/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run of the separator that a job names: a file as WAV in a private folder, the command beside
 * it, and what it made. Called by the supervisor alone.
 */
#ifndef HS_RUN_SEPARATOR_H
#define HS_RUN_SEPARATOR_H

#include "core/arena.h"
#include "core/log.h"
#include "core/stamp.h"
#include "model/job.h"
#include "model/separate.h"

#include <signal.h>

struct hs_separator {
    const struct hs_separate *what;
    const char *version; /* what it says of itself; "" where it says nothing */
    const char *folder;  /* private ones are made in it */
    int jobs;            /* threads it is told to use, by OMP_NUM_THREADS */
    const struct hs_log *log;
    const volatile sig_atomic_t *stop;
};

struct hs_separated { /* of one file; n = what->n_outputs */
    const char *folder;
    struct hs_source *sources; /* path NULL: it made none of that name */
    struct hs_stamp *stamps;
};

/* Asks for the version. Only HS_E_INTERRUPTED is a failure. */
enum hs_status hs_separator_start(struct hs_separator *s, struct hs_arena *a, struct hs_error *err);
/* What it is, for people: the program and the first line of what it says of its version. */
const char *hs_separator_words(const struct hs_separator *s, struct hs_arena *a);
/* What a result follows from beside the file. */
void hs_separator_key(const struct hs_separator *s, uint64_t key[2]);
/* Takes the file apart. The folder is left until hs_separator_clear, also after a failure. */
enum hs_status hs_separator_run(const struct hs_separator *s, const struct hs_source *file,
                                struct hs_arena *a, struct hs_separated *out, struct hs_error *err);
/* Removes the private folder, or moves it to where it is kept. */
void hs_separator_clear(const struct hs_separator *s, struct hs_separated *made);

#endif
