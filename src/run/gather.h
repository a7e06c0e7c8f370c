/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gathering: from files on disk to rows of the store. A plan of what is not known becomes
 * tasks, the worker works them off, and what it answers is checked and committed as it
 * comes, as the bytes it sent: no result is unpacked here. Only what follows from the bytes
 * of the music and the version of the program is stored; all else is unfinished work, told
 * and tried again. A task that ended the worker in HS_TRIES runs is put in quarantine.
 */
#ifndef HS_RUN_GATHER_H
#define HS_RUN_GATHER_H

#include "core/log.h"
#include "model/audit.h"
#include "pool/child.h"
#include "run/costs.h"
#include "run/entries.h"
#include "store/store.h"

#include <signal.h>

enum { HS_TRIES = 3 };

struct hs_separator;
struct hs_result;

struct hs_gather {
    struct hs_entries entries;
    struct hs_store *store;  /* where the rows go */
    struct hs_store *before; /* what is known there is taken over, not measured; NULL: none */
    const struct hs_log *log;
    int jobs;
    const volatile sig_atomic_t *stop;
    bool rehash;                      /* every file is read, whatever its stamp says */
    unsigned survival;                /* destinations asked for, see model/survival.h */
    struct hs_child worker;           /* kept over the rounds: its libraries take a while to load */
    struct hs_arena arena;            /* of reasons */
    struct hs_unfinished *unfinished; /* with what is in quarantine */
    size_t n_unfinished, unfinished_cap;
    size_t n_measured, n_paired, n_known; /* what was done this time */
    double audio_s;
    double cost[HS_N_COSTS];        /* of the whole job, for the time that is left */
    bool clips_follow, all_clips;   /* clips are cut after gathering; of all songs */
    struct hs_separator *separator; /* NULL: none is to run */
    uint64_t separator_key[2];      /* what its results follow from beside the file */
    enum hs_status (*kept)(void *ctx, struct hs_error *err); /* after each row; NULL */
    void *ctx;                                               /* of `kept` */
};

void hs_gather_free(struct hs_gather *g); /* all but the stores */

/* Looks at every file: stamps, states, and the hashes that the store still has. */
void hs_gather_look(struct hs_gather *g);
/* Notes unfinished work; `given_up`: it is in quarantine. The texts are copied. */
void hs_gather_unfinished(struct hs_gather *g, const char *what, const char *why, bool given_up);
/* A file that cannot be used, by the answer of a task; what is not for good (gone, unfinished) is
 * noted as unfinished. */
void hs_gather_trouble(struct hs_gather *g, struct hs_entry *e, const struct hs_result *r);
/* A file that ended the worker in HS_TRIES runs: noted, and not tried again by itself. */
void hs_gather_quarantine(struct hs_gather *g, struct hs_entry *e, const char *why);
/* In the order of their names: tasks end in any order. Done by hs_gather_job. */
void hs_gather_sort_unfinished(struct hs_gather *g);

#endif
