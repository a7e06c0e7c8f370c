/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which stems are fitted in which files of a job: every candidate mix with its master, and the
 * update. Gathering makes tasks of these sets, judging finds their rows by the same key.
 */
#ifndef HS_RUN_STEM_SETS_H
#define HS_RUN_STEM_SETS_H

#include "run/entries.h"

enum { HS_STEM_KEY = 6 };

struct hs_stem_set_of {
    const struct hs_track *track;
    const struct hs_source *side[HS_STEM_SIDES]; /* NULL: none; one at least */
};

/* How many sets a track has; 0 without stems. */
size_t hs_stem_sets_count(const struct hs_track *track);
/* The i-th one: those of the candidates first, that of the update last. */
struct hs_stem_set_of hs_stem_sets_at(const struct hs_track *track, size_t i);
/* The set of the update, if there is one, is the last. */
bool hs_stem_sets_has_update(const struct hs_track *track);

/* The entry that stands for a source: the first of its bytes. */
const struct hs_entry *hs_stem_entry(const struct hs_entries *e, const struct hs_source *source);
/* Without those that cannot be read. False where nothing is left to fit. */
bool hs_stem_sets_readable(const struct hs_entries *e, struct hs_stem_set_of *set);
/* What the result follows from: the files, then the stems with what they hold. */
void hs_stem_sets_key(const struct hs_entries *e, const struct hs_stem_set_of *set,
                      uint64_t key[HS_STEM_KEY]);

#endif
