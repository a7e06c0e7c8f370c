/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One round of gathering: tasks of one kind over many subjects (entries, couples). What
 * goes to the worker is made just before it is sent; what comes back is checked, dealt with
 * by `take`, and gone. For gather*.c.
 */
#ifndef HS_RUN_GATHER_ROUND_H
#define HS_RUN_GATHER_ROUND_H

#include "pool/pool.h"
#include "run/gather.h"
#include "run/result.h"

struct hs_round {
    struct hs_gather *gather;
    const char *what; /* "hashing" */
    const struct hs_task_kind *kind;
    struct hs_task *tasks;
    size_t *subject; /* of each task */
    size_t n;
    void (*fill)(struct hs_round *r, size_t task, struct hs_buf *payload);
    /* An answer that is not whole, and a task that ended the worker, are unfinished. */
    void (*take)(struct hs_round *r, size_t task, const struct hs_result *result);
    const void *ctx;
    double later; /* see hs_progress: what follows this round; 0: nothing */
    struct hs_error *err;
    enum hs_status status; /* of taking: the store fails */
};

struct hs_round hs_round_new(struct hs_gather *g, const char *what, const struct hs_task_kind *kind,
                             size_t most, struct hs_error *err);
void hs_round_add(struct hs_round *r, size_t subject, const char *name, double weight,
                  double audio_s);
enum hs_status hs_round_run(struct hs_round *r);
void hs_round_free(struct hs_round *r);
/* The entry that a task of a round over entries is about. */
struct hs_entry *hs_round_entry(struct hs_round *r, size_t task);

/* A row of the store, or else of the one before, which is taken over. */
bool hs_gather_find(struct hs_gather *g, enum hs_result_kind kind, const void *key, size_t key_n,
                    uint64_t version, struct hs_buf *row);
/* Whether there is one in either of them, without reading it. */
bool hs_gather_has(const struct hs_gather *g, enum hs_result_kind kind, const void *key,
                   size_t key_n, uint64_t version);
/* Puts the answer to a task into the store, as it came. */
enum hs_status hs_round_keep(struct hs_round *r, size_t task, enum hs_result_kind kind,
                             const void *key, size_t key_n, uint64_t version);
/* The same with one of several rows that an answer holds. */
enum hs_status hs_round_keep_row(struct hs_round *r, enum hs_result_kind kind, const void *key,
                                 size_t key_n, uint64_t version, const void *row, size_t row_n);
/* The task ended the worker, alone. */
bool hs_round_failed(const struct hs_round *r, size_t task);
/* Counts that against what the key names. True where it was the last try: it is in quarantine
 * from now on, for the reason in *why. Sets r->status where the store fails. */
bool hs_round_blame(struct hs_round *r, size_t task, const void *key, size_t key_n,
                    uint64_t version, const char **why);
/* Whether what the key names ended the worker in any run so far. */
bool hs_round_blamed(struct hs_gather *g, const void *key, size_t key_n, uint64_t version);
/* Whether what the key names is in quarantine; the reason lives in the arena of `g`. */
bool hs_round_quarantined(struct hs_gather *g, const void *key, size_t key_n, uint64_t version,
                          const char **why);

#endif
