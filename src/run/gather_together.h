/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Couples of which nothing is known yet: both files are measured and compared in one task, which
 * reads each of them once. The rows are those that measuring and comparing them one by one
 * leave. What fails here is left to these, which say why.
 */
#ifndef HS_RUN_GATHER_TOGETHER_H
#define HS_RUN_GATHER_TOGETHER_H

#include "run/couples.h"
#include "run/gather.h"

/* After the hashes, before the measures. */
enum hs_status hs_gather_together(struct hs_gather *g, const struct hs_couple *couples, size_t n,
                                  struct hs_error *err);

#endif
