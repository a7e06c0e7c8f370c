/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Masters and mixes by name and length. A name counts in this order: the same recording code, the
 * same title, a title that begins or ends with the other, one or two letters that differ. Of
 * several mixes of one title the highest revision counts. Confidence is a probability from
 * experience with archives, 0 to 0.99. Reads no disk; never fails.
 */
#ifndef HS_INIT_MATCH_H
#define HS_INIT_MATCH_H

#include "init/archive.h"

/* Fills in the guesses: one for each master, in the order of releases. */
void hs_init_match(struct hs_archive *in);
#endif
