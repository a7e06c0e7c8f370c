/* SPDX-License-Identifier: Apache-2.0 */
/* Which bytes the files of a job have. */
#ifndef HS_RUN_GATHER_HASH_H
#define HS_RUN_GATHER_HASH_H

#include "run/gather.h"

/* True where a file that is there has yet to be read. */
bool hs_gather_wants_hashes(const struct hs_gather *g);
/* The hash of every file, and which of them are of the same bytes. */
enum hs_status hs_gather_hashes(struct hs_gather *g, struct hs_error *err);

#endif
