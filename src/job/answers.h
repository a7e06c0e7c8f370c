/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers given in a report: a YAML list of
 * {listener, track, rule, answer: yes | no | on_purpose, blind, note}. They are laid over the
 * job once it is loaded: yes joins `heard`, no `not_heard`, on_purpose `accept`. Entries of
 * tracks that are not in the job (any more) are left out.
 */
#ifndef HS_JOB_ANSWERS_H
#define HS_JOB_ANSWERS_H

#include "job/schema.h"

/* The entries of a file, in its order, in the arena of the job; what is wrong becomes a
 * problem. *unknown counts the entries of tracks that are not there. */
void hs_answers_read(struct hs_load *l, const void *data, size_t n, const struct hs_said **said,
                     size_t *n_said, size_t *unknown);
/* A yes and a no about one finding. */
bool hs_answers_contradict(const struct hs_said *a, const struct hs_said *b);
/* Marks the entries that decide, counts the contradictions among them and with the job, and lays
 * them over the tracks. The entries of the job's `listener` and those without a name decide; where
 * the job names no listener, those of the only one that there is. Of several entries about one
 * finding the last counts. */
void hs_answers_apply(struct hs_job *job, struct hs_track *tracks);

#endif
