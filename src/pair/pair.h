/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mix against master: alignment, what mastering did, what is left unexplained. Reads both
 * files itself (media/), guided by the measures of both (the fingerprint series). One
 * call on one thread; memory does not grow with the length but for 100 Hz series.
 */
#ifndef HS_PAIR_PAIR_H
#define HS_PAIR_PAIR_H

#include "model/audit.h"

/* `mix` and `master` must be HS_FILE_OK. Fills state, confidence, why, values, segments;
 * all owned by `arena`. An error is returned only when a file cannot be read. */
enum hs_status hs_pair_analyse(const struct hs_file *mix, const struct hs_file *master,
                               struct hs_arena *arena, struct hs_pair *out, struct hs_error *err);

#endif
