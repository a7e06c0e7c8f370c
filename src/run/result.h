/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A result: what a task of the worker found out. The worker makes its bytes, the store
 * keeps them as they came, and whoever judges reads them; in between nobody looks further
 * than the head. One layout, written and read here:
 *   magic, outcome, seconds of audio, why (with its final zero, empty: none),
 *   versions of the analysers, body, XXH3-64 of all before.
 */
#ifndef HS_RUN_RESULT_H
#define HS_RUN_RESULT_H

#include "core/buf.h"
#include "core/error.h"
#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hs_result_outcome {
    HS_OUTCOME_OK,
    HS_OUTCOME_UNREADABLE, /* the bytes cannot be understood: that will not change */
    HS_OUTCOME_NOT_READ,   /* nor can these, but nothing shows that they are damaged */
    HS_OUTCOME_GONE,       /* the file is not there: never stored */
    HS_OUTCOME_UNFINISHED, /* any other trouble: never stored, tried again */
};

struct hs_result { /* points into the bytes it was read from */
    enum hs_result_outcome outcome;
    double audio_s;
    const char *why; /* of all but OK; NULL: none */
    const void *versions, *body;
    size_t n_versions, n_body;
};

/* Whether it follows from the bytes and the version alone, and may be kept. */
bool hs_result_lasts(const struct hs_result *r);
/* Whether the bytes are why there is no result. */
bool hs_result_refuses(enum hs_result_outcome outcome);
enum hs_result_outcome hs_result_outcome_of(enum hs_status status);

void hs_result_put(struct hs_buf *out, const struct hs_result *r);
/* False where the bytes are not whole. */
bool hs_result_take(const void *data, size_t n, struct hs_result *out);

/* The bodies. Those of a file are its values (with the versions of all analysers beside
 * them), those of a couple the pair; a task whose answer is not stored has a body of its own.
 * `err` is not OK where the task failed; its message must not name the path: the same bytes
 * have the same words wherever they lie. */
void hs_result_put_file(struct hs_buf *out, const struct hs_file *file, const struct hs_error *err);
void hs_result_put_pair(struct hs_buf *out, const struct hs_pair *pair, const struct hs_error *err);
void hs_result_put_body(struct hs_buf *out, const void *body, size_t n, const struct hs_error *err);
enum hs_status hs_result_take_values(const struct hs_result *r, struct hs_values *out,
                                     struct hs_error *err); /* out: initialised */
enum hs_status hs_result_take_pair(const struct hs_result *r, struct hs_arena *arena,
                                   struct hs_pair *out, struct hs_error *err);

/* What stands beside a key in the store: the layout of files, whose analysers carry their
 * own versions, and what a pair depends on. */
uint64_t hs_result_file_version(void);
uint64_t hs_result_pair_version(void);
uint64_t hs_result_stems_version(void);

#endif
