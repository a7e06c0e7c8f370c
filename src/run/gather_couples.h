/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gathering what takes two files: masters with their mixes, updates with what they replace; and
 * the order of all rounds of a job. A couple of which one file could not be read is left out.
 */
#ifndef HS_RUN_GATHER_COUPLES_H
#define HS_RUN_GATHER_COUPLES_H

#include "run/couples.h"
#include "run/gather.h"

/* Comparisons of files that have been measured. */
enum hs_status hs_gather_couples(struct hs_gather *g, const struct hs_couple *couples, size_t n,
                                 struct hs_error *err);
/* All that a job needs: its files, every candidate mix with its master, every update with
 * what it may replace, every preview that is asked for. HS_E_INTERRUPTED, or a failure of the store
 * or the pool. */
enum hs_status hs_gather_job(struct hs_gather *g, const struct hs_job *job, struct hs_error *err);

#endif
