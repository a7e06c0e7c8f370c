/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds of tasks. Each is a file task_NAME.c of the module that asks for it, which ends in `const
 * struct hs_task_kind hs_task_kind_NAME`; the build collects them in one table, so that pool/
 * knows none of them. `run` is called on any thread of the worker, several at a time.
 */
#ifndef HS_POOL_TASK_KIND_H
#define HS_POOL_TASK_KIND_H

#include "core/alive.h"
#include "core/buf.h"

#include <stddef.h>

struct hs_task_kind {
    const char *name;
    /* In the worker: works a payload off and appends the answer to `reply`. Pure but for the
     * files that it reads or makes. */
    void (*run)(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply);
};

extern const struct hs_task_kind *const hs_task_kinds[];
extern const size_t hs_n_task_kinds;

#endif
