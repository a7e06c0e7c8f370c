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

/* A master of the census as it was counted in a row. */
struct hs_counted_of {
    struct hs_counted_unit counted;
    const struct hs_unit *unit;
    double value; /* as measured: of the master, of the mix, of moves what changed; NaN: unknown */
    double distance; /* what was counted, in the unit of the rule: from the centre, of moves what
                        mastering changed; NaN: not known */
};
/* Those of one row, in the order of the census, into `out`, which has room for all masters. */
size_t hs_evidence_units(const struct hs_audit *audit, const struct hs_census *c,
                         const struct hs_evidence_counts *row, struct hs_counted_of *out);

#endif
