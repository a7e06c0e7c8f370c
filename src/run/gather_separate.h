/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gathering what a separator shows: mixes and masters of tracks without stems, each once, one
 * after another, since a separator uses all threads. What fails is unfinished work with its
 * reason.
 */
#ifndef HS_RUN_GATHER_SEPARATE_H
#define HS_RUN_GATHER_SEPARATE_H

#include "run/gather.h"
#include "run/separator.h"

enum { HS_SEPARATED_KEY = 6 };

/* Sets g->separator where the job names one and the job file is trusted (job.trusted); an untrusted
 * one is reported in the log. Only HS_E_INTERRUPTED is a failure. */
enum hs_status hs_gather_set_separator(struct hs_gather *g, const struct hs_job *job,
                                       struct hs_separator *separator, struct hs_error *err);
/* Of files that have been measured; g->separator is set, or nothing is done. */
enum hs_status hs_gather_separate(struct hs_gather *g, const struct hs_job *job,
                                  struct hs_error *err);
/* The key of what was found in a file. */
void hs_separated_key(const struct hs_file *file, const uint64_t separator[2],
                      uint64_t key[HS_SEPARATED_KEY]);

#endif
