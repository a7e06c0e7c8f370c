/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The task that hashes the bytes of a file (of both files of a discrete pair, one after the
 * other): XXH3-128. The payload is what hs_checked_put makes, the answer a result (run/result.h)
 * whose body is the hash.
 */
#ifndef HS_RUN_TASK_HASH_H
#define HS_RUN_TASK_HASH_H

#include "pool/task_kind.h"
#include "run/result.h"

extern const struct hs_task_kind hs_task_kind_hash;

bool hs_result_hash(const struct hs_result *r, uint64_t hash[2]);

#endif
