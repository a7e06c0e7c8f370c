/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A corrected file against its plan: what was planned and what was measured, correction
 * by correction, and what else moved by more than an audible step. Reads the measures
 * of the old and the new file and their comparison; pure. Results live in the arena
 * given.
 */
#ifndef HS_CATALOGUE_VERIFY_H
#define HS_CATALOGUE_VERIFY_H

#include "catalogue/verification.h"

const char *hs_outcome_name(enum hs_outcome outcome);  /* "cannot_tell" "done" ... */
const char *hs_outcome_words(enum hs_outcome outcome); /* "cannot tell" "done" ... */

/* `out->track`, `kind`, `pair` and `from` are set by the caller; fills the rest. */
void hs_verify_update(const struct hs_audit *audit, struct hs_arena *arena,
                      struct hs_verification *out);

/* The parts of it, for tests. */
/* Done is what lies between `planned` and `most` (NaN: the same), with the tolerance on either
 * side. */
enum hs_outcome hs_verify_outcome(double before, double planned, double most, double measured,
                                  double tolerance);

#endif
