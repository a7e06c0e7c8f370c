/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of evidence there are for a rule: the masters among songs, the mixes, what was read
 * from the stems themselves, what mastering did to them. A kind is a row of a table: what it counts
 * and what it is held against.
 */
#ifndef HS_CATALOGUE_KINDS_H
#define HS_CATALOGUE_KINDS_H

#include "catalogue/evidence.h"

/* The rows of a rule, those of the songs (of defects that need no other music to be one:
 * physics) first, the others where there is anything to count. Returns how many. */
size_t hs_evidence_kinds(const struct hs_audit *audit, const struct hs_census *c,
                         const struct hs_base_rate *base, struct hs_arena *arena,
                         struct hs_evidence_counts out[HS_N_EVIDENCES]);

/* Unit i of the census as a song is counted. */
struct hs_counted_unit hs_counted_song(const struct hs_census *c, size_t i);

#endif
